"""Bytes → text, and back to the same bytes.

What a file's bytes mean is told by, in this order: the caller, a byte-order mark, the NULs of UTF-16 and
UTF-32, UTF-8 itself, JabRef's line `% Encoding: …` or an XML declaration; else it is Windows-1252, or
Latin-1 where even that fails. Files that are no text at all (PDF, Word, images …) are named for what they
are.
"""

from __future__ import annotations

import codecs
import re

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import EncodingError, UnknownFormatError
from pubkit.model.source import Document

# Longest first: the mark of UTF-32-LE begins like that of UTF-16-LE.
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TO_TEXT = "give its text: export or copy it from the program that opens it"
# (first bytes, what it is, what to do)
_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "give its text, e.g. from pdftotext"),
    (b"PK\x03\x04", "a zip archive or an Office document (.docx, .odt, .xlsx, .epub)", _TO_TEXT),
    (b"PK\x05\x06", "an empty zip archive", "give the file that should be in it"),
    (b"\x1f\x8b", "gzip-compressed", "unpack it first, e.g. with gunzip"),
    (b"BZh", "bzip2-compressed", "unpack it first, e.g. with bunzip2"),
    (b"\xfd7zXZ\x00", "xz-compressed", "unpack it first, e.g. with unxz"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed", "unpack it first, e.g. with unzstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)", _TO_TEXT),
    (b"SQLite format 3\x00", "an SQLite database", "export its records, e.g. as BibTeX or CSV"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _TO_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", _TO_TEXT),
    (b"GIF87a", "a GIF image", _TO_TEXT),
    (b"GIF89a", "a GIF image", _TO_TEXT),
    (b"II*\x00", "a TIFF image", _TO_TEXT),
    (b"MM\x00*", "a TIFF image", _TO_TEXT),
    (b"\x7fELF", "a program", "give a text file"),
    (b"\xca\xfe\xba\xbe", "a program", "give a text file"),
)
_HEADER = re.compile(
    rb"""\A\s*(?:%\s*Encoding:\s*|<\?xml\s[^>]*?encoding\s*=\s*["'])([\w.:-]+)""", re.IGNORECASE
)
_HEADER_LOOK = 1024
_LOOK = 65_536
# Control characters that texts do not hold (NUL is counted apart: stray ones are met in real files).
_CONTROLS = bytes(set(range(1, 32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x1c\x1d\x1e\x1f"))


def decode(
    data: bytes, name: str = "", encoding: str | None = None
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return bytes as a document that knows how to become the same bytes again.

    Args:
        data: The content of a file.
        name: Its name, for messages.
        encoding: The codec, where the caller knows it.

    Returns:
        The document, and what had to be guessed.

    Raises:
        UnknownFormatError: The file is no text but a PDF, an archive, an image …; the message says which.
        EncodingError: `encoding` is not known or does not fit, or the bytes are no text.

    >>> document, findings = decode("Gödel".encode("cp1252"))
    >>> document.text, document.encoding, [finding.code for finding in findings]
    ('Gödel', 'cp1252', ['PK001'])
    """
    for start, what, hint in _BINARY:
        if data.startswith(start):
            raise UnknownFormatError(f"the file is {what}, not text", hint=hint, where=name)
    if encoding is not None:
        return _given(data, name, encoding), ()
    for bom, codec in _BOMS:
        if data.startswith(bom):
            try:
                return Document(name, data[len(bom) :].decode(codec), codec, bom), ()
            except UnicodeDecodeError as error:
                if codec != "utf-8":
                    raise _broken(name, codec, error) from None
    if wide := _wide(data):
        try:
            text = data.decode(wide)
        except UnicodeDecodeError:
            pass  # only looked like it
        else:
            return Document(name, text, wide), (_read_as(name, wide, Severity.INFO),)
    _refuse_binary(data, name)
    try:
        return Document(name, data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        return _not_utf8(data, name, error)


def marked_encoding(data: bytes) -> tuple[bytes, str | None]:
    """Return the byte-order mark that bytes begin with, or b"", and the codec that it (or NULs) tells."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return bom, codec
    return b"", _wide(data)


def is_binary(data: bytes) -> bool:
    r"""Say whether bytes begin like a file that is no text; a text in UTF-16 may look so too.

    >>> is_binary(b"PK\x03\x04..."), is_binary(b"@book{a}")
    (True, False)
    """
    return data.startswith(tuple(start for start, _, _ in _BINARY)) or b"\0" in data[:1024]


def encode(document: Document, text: str) -> bytes:
    """Return a text as bytes in the encoding of a document, its byte-order mark in front.

    A text that the encoding cannot hold is written as UTF-8.

    Args:
        document: Where the text came from.
        text: The document's text, or a changed one.
    """
    if document.odd_bytes and text == document.text:
        return document.bom + _with_odd_bytes(document)
    try:
        return document.bom + text.encode(document.encoding)
    except UnicodeEncodeError:
        return (document.bom if document.encoding == "utf-8" else b"") + text.encode("utf-8", "replace")


# -- inside --------------------------------------------------------------------------------------


def _given(data: bytes, name: str, encoding: str) -> Document:
    """Decode in the encoding that the caller named; a byte-order mark is kept apart."""
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)  # LookupError for codecs that are not about text
    except LookupError:
        raise EncodingError(
            f"there is no encoding {encoding!r}", hint="use e.g. utf-8, cp1252 or utf-16", where=name
        ) from None
    bom = next((mark for mark, marked in _BOMS if data.startswith(mark) and _fits(codec, marked)), b"")
    if codec in ("utf-16", "utf-32", "utf-8-sig"):  # these would write a mark of their own
        codec = next(marked for mark, marked in _BOMS if mark == bom) if bom else _DEFAULTS[codec]
    try:
        return Document(name, data[len(bom) :].decode(codec), codec, bom)
    except UnicodeDecodeError as error:
        raise _broken(name, encoding, error) from None


_DEFAULTS = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}


def _fits(codec: str, marked: str) -> bool:
    return codec == marked or marked.startswith(codec) or (codec == "utf-8-sig" and marked == "utf-8")


def _broken(name: str, codec: str, error: UnicodeDecodeError) -> EncodingError:
    return EncodingError(
        f"the bytes from {error.start} on are no {codec} text ({error.reason})",
        hint="give the encoding it is in, e.g. encoding='cp1252'",
        where=name,
    )


def _wide(data: bytes) -> str | None:
    """Return the codec of a text without byte-order mark of which every second byte, or 3 of 4, is NUL."""
    look = data[:4096]
    if b"\x00" not in look or len(look) < 4:
        return None
    for codec, width, filled in (
        ("utf-32-le", 4, 0),
        ("utf-32-be", 4, 3),
        ("utf-16-le", 2, 0),
        ("utf-16-be", 2, 1),
    ):
        if len(data) % width:
            continue
        usable = len(look) - len(look) % width
        lanes = [look[lane:usable:width] for lane in range(width)]
        blank = [lane.count(0) / len(lane) for lane in lanes]
        # Letters beyond Latin-1 fill the other lane too, so half of it may be full.
        if blank[filled] < 0.05 and all(share > 0.5 for lane, share in enumerate(blank) if lane != filled):
            return codec
    return None


def _refuse_binary(data: bytes, name: str) -> None:
    look = data[:_LOOK]
    controls = len(look) - len(look.translate(None, _CONTROLS))
    if look and (look.count(0) > len(look) * 0.1 + 16 or controls > len(look) * 0.05 + 16):
        raise EncodingError(
            "the file is not text (it is full of control characters)",
            hint="give a text file, or the encoding it is in",
            where=name,
        )


def _not_utf8(data: bytes, name: str, error: UnicodeDecodeError) -> tuple[Document, tuple[Diagnostic, ...]]:
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(bom) :]
    if mixed := _mostly_utf8(body, name, bom):
        return mixed
    codec = declared_encoding(body) or "cp1252"
    for candidate in (codec, "cp1252", "latin-1"):
        try:
            text = body.decode(candidate)
        except UnicodeDecodeError:
            continue
        if text.encode(candidate) == body:
            return Document(name, text, candidate, bom), (_read_as(name, candidate, Severity.WARNING),)
    raise _broken(name, "utf-8", error)  # not reached: Latin-1 holds any bytes


def declared_encoding(data: bytes) -> str | None:
    """Return the codec that JabRef's header or an XML declaration names, if Python knows it."""
    found = _HEADER.match(data[:_HEADER_LOOK])
    if not found:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii")).name
        "".encode(codec)
    except (LookupError, UnicodeDecodeError):
        return None
    return None if codec.startswith(("utf-8", "utf-16", "utf-32")) else codec


def _mostly_utf8(data: bytes, name: str, bom: bytes) -> tuple[Document, tuple[Diagnostic, ...]] | None:
    """Read a UTF-8 text with a few bytes of Windows-1252 in it (pasted lines); None where it is not that."""
    text = data.decode("utf-8", "surrogateescape")
    odd = [at for at, char in enumerate(text) if "\udc80" <= char <= "\udcff"]
    proper = len(text.encode("utf-8", "surrogateescape")) - len(text) if odd else 0
    if not odd or proper <= 4 * len(odd):
        return None
    patches: list[tuple[int, bytes]] = []
    chars = list(text)
    for at in odd:
        byte = bytes((ord(chars[at]) - 0xDC00,))
        patches.append((at, byte))
        chars[at] = byte.decode("cp1252", "replace").replace("\ufffd", byte.decode("latin-1"))
    document = Document(name, "".join(chars), "utf-8", bom, odd_bytes=tuple(patches))
    line, column = document.position(odd[0])
    message = f"{len(odd)} bytes are not UTF-8; they were read as Windows-1252"
    finding = Diagnostic(
        "PK002", message, Severity.WARNING, Location(name, line, column), "check those letters, save as UTF-8"
    )
    return document, (finding,)


def _with_odd_bytes(document: Document) -> bytes:
    parts: list[bytes] = []
    start = 0
    for at, byte in document.odd_bytes:
        parts += [document.text[start:at].encode(document.encoding), byte]
        start = at + 1
    parts.append(document.text[start:].encode(document.encoding))
    return b"".join(parts)


def _read_as(name: str, codec: str, severity: Severity) -> Diagnostic:
    hint = (
        ""
        if severity is Severity.INFO
        else "check accented letters, or give the encoding; saving as UTF-8 helps all"
    )
    return Diagnostic(
        "PK001", f"the text is not UTF-8; it was read as {codec}", severity, Location(name, 1), hint
    )
