"""Inputs that do not fit into memory, piece by piece: a format that can reads them as they come.

A format that has `stream` makes entries of a `Stream`, one after another. The text is decoded on the way: by
a byte-order mark, the encoding that an XML declaration names where it has letters of several bytes, else as
UTF-8, odd bytes of it as Windows-1252.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TextIO

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import EncodingError, ReadError
from pubkit.formats.base import Format
from pubkit.formats.decode import declared_encoding, marked_encoding
from pubkit.formats.detect import choose, get_format
from pubkit.formats.packed import Unpacked, plain_name
from pubkit.model.library import Library
from pubkit.model.source import Document, Stream

#: Streamed inputs above this many bytes, unpacked, are refused unless `max_bytes` says otherwise: 64 GiB.
MAX_STREAMED = 1 << 36
#: How many entries one library of a stream has.
BATCH = 1000
_PIECE = 1 << 18
_LOOK = 65_536
_ODD = re.compile("[\udc80-\udcff]")


@contextmanager
def opened(path: str, max_bytes: int) -> Iterator[Unpacked]:
    """Open a file, or standard input for "-", and unpack it.

    Raises:
        ReadError: It cannot be opened.
    """
    if path == "-":
        yield Unpacked(sys.stdin.buffer, "<stdin>", max_bytes)
        return
    try:
        stream: IO[bytes] = Path(path).open("rb")  # noqa: SIM115  # closed below
    except FileNotFoundError:
        raise ReadError("there is no such file", hint="check the name and the folder", where=path) from None
    except (OSError, ValueError) as error:
        raise ReadError(
            f"cannot be read ({getattr(error, 'strerror', None) or error})",
            hint="check its permissions",
            where=path,
        ) from error
    with stream:
        yield Unpacked(stream, path, max_bytes)


def streamed_format(path: str, name: str | None = None) -> Format | None:
    """Return the format of a file where it can be read piece by piece; None where not, or where unknown.

    Args:
        path: The file.
        name: Name of the format; by default the file's name and its first 64 KB tell.

    Raises:
        ReadError: The file cannot be read.
        UnknownFormatError: No format is called so.
    """
    if name:
        chosen = get_format(name)
    else:
        with opened(path, MAX_STREAMED) as data:
            head = data.read(_LOOK)
        text = head.decode(marked_encoding(head)[1] or "utf-8", "replace")
        try:
            chosen = choose(Document(plain_name(path), text))[0]
        except ReadError:
            return None
    return chosen if chosen.stream else None


def read_stream(
    path: str,
    chosen: Format,
    *,
    encoding: str | None = None,
    size: int = BATCH,
    max_bytes: int = MAX_STREAMED,
) -> Iterator[Library]:
    """Read a file piece by piece.

    Args:
        path: The file; "-" is standard input.
        chosen: A format that has `stream`.
        encoding: Name of the encoding; by default the content tells.
        size: How many entries each library has.
        max_bytes: Refuse larger files; counted unpacked.

    Yields:
        Libraries of `size` entries, the last one of fewer, in the order of the file; each has the findings
        about its part.
    """
    if chosen.stream is None:
        raise ReadError(f"{chosen.name} is not read part by part", hint="read it whole", where=path)
    with opened(path, max_bytes) as data:
        name = "<stdin>" if path == "-" else path
        findings = data.findings
        pieces = _texts(data, name, encoding, findings)
        entries = []
        for entry in chosen.stream(Stream(name, pieces), findings):
            entries.append(entry)
            if len(entries) >= size:
                yield Library(tuple(entries), diagnostics=tuple(findings))
                entries.clear()
                findings.clear()
        if entries or findings:
            yield Library(tuple(entries), diagnostics=tuple(findings))


def write_joined(parts: Iterable[str], stream: TextIO, between: str = "") -> None:
    """Write texts of a format whose files can be put one behind the other."""
    first = True
    for part in parts:
        if part:
            stream.write(part if first else between + part)
            first = False


# -- decoding --------------------------------------------------------------------------------------


def _texts(data: Unpacked, name: str, encoding: str | None, findings: list[Diagnostic]) -> Iterator[str]:
    """Yield the text of an input, piece by piece."""
    head = data.read(_PIECE)
    mark, marked = marked_encoding(head)
    declared = declared_encoding(head) or ""
    codec = encoding or marked or "utf-8"
    if not encoding and not marked and declared and not _is_single_byte(declared):
        codec = declared
    try:
        decoder = codecs.getincrementaldecoder(codec)("surrogateescape" if codec == "utf-8" else "replace")
    except LookupError:
        raise EncodingError(
            f"there is no encoding {encoding!r}", hint="use e.g. utf-8, cp1252 or utf-16", where=name
        ) from None
    odd = 0
    pieces = chain((head[len(mark) :],), iter(lambda: data.read(_PIECE), b""))
    single = declared if declared and _is_single_byte(declared) else "cp1252"
    for piece in pieces:
        text = decoder.decode(piece)
        if codec == "utf-8" and not text.isascii():
            text, count = _ODD.subn(lambda found: _byte_in(found[0], single), text)
            odd += count
        if text:
            yield text
    if rest := decoder.decode(b"", final=True):
        yield _ODD.sub(lambda found: _byte_in(found[0], single), rest)
    if odd:
        message = f"{odd} bytes are not UTF-8; they were read as {single}"
        findings.append(Diagnostic("PK002", message, Severity.WARNING, Location(name), "check those letters"))


def _is_single_byte(codec: str) -> bool:
    try:
        return len(bytes(range(0xA1, 0xFF)).decode(codec, "replace")) == 0xFF - 0xA1
    except LookupError:
        return True


def _byte_in(char: str, codec: str) -> str:
    byte = bytes((ord(char) - 0xDC00,))
    return byte.decode(codec, "replace").replace("\ufffd", byte.decode("latin-1"))
