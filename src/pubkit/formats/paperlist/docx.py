"""Word documents as HTML, through mammoth; the reader of HTML goes on from there."""

from __future__ import annotations

import io
import zipfile
import zlib

from pubkit.errors import LimitError, PluginError

# What the parts of a document may unpack to. A zip archive may hold a thousand times its size.
MAX_PART = 40_000_000
MAX_PARTS = 10_000
_TYPES = "[Content_Types].xml"


class DamagedError(Exception):
    """A Word document that cannot be read."""


def is_docx(data: bytes) -> bool:
    """Tell whether bytes are a Word document: a zip archive with a part of that name."""
    return data.startswith(b"PK\x03\x04") and b"word/document" in data and _TYPES.encode() in data


def to_html(data: bytes, name: str) -> str:
    """Return a Word document as HTML: headings, lists, tables, bold, italics, links; no pictures.

    Args:
        data: The file.
        name: Its name, for messages.

    Raises:
        PluginError: The library that reads Word documents is not installed.
        LimitError: It would unpack to more than a document holds.
        DamagedError: It is no whole Word document.
    """
    try:
        import mammoth
    except ImportError as error:
        raise PluginError(
            "reading a Word document needs the package mammoth", hint="install it: pip install 'pubkit[docx]'"
        ) from error
    _check(data, name)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=lambda _: [],
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except Exception as error:  # mammoth raises what its parsers stumble over in damaged files
        raise DamagedError(str(error) or type(error).__name__) from error
    return str(result.value)


def _check(data: bytes, name: str) -> None:
    """Look at an archive before it is unpacked: its sizes, and that no part declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            large = [part for part in parts if part.filename.endswith(".xml") and part.file_size > MAX_PART]
            if large or len(parts) > MAX_PARTS:
                raise LimitError(
                    f"the Word document would unpack to more than {MAX_PART:,} bytes",
                    hint="save it again without pictures and revisions, or give its text",
                    where=name,
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4000).replace(b"\0", b""):
                            raise DamagedError("a part of it declares entities, which no Word document does")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, EOFError) as error:
        raise DamagedError(str(error)) from error
