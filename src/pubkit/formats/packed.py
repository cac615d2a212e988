"""Files as they lie, packed or not: gzip, bzip2 and xz are unpacked on the way."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import LimitError, ReadError

_SUFFIXES = (".gz", ".bz2", ".xz")


def _gzip(stream: IO[bytes]) -> IO[bytes]:
    import gzip

    return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]  # it reads like any file


def _bzip2(stream: IO[bytes]) -> IO[bytes]:
    import bz2

    return bz2.BZ2File(stream)


def _xz(stream: IO[bytes]) -> IO[bytes]:
    import lzma

    return lzma.LZMAFile(stream)


# First bytes → what unpacks the rest. Loaded when needed: not every Python was built with all three.
_PACKINGS: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", _gzip),
    (b"BZh", _bzip2),
    (b"\xfd7zXZ\x00", _xz),
)


def plain_name(name: str) -> str:
    """Return a file's name without the suffix of a packing.

    >>> plain_name("dblp.xml.gz"), plain_name("refs.bib")
    ('dblp.xml', 'refs.bib')
    """
    return name.removesuffix(PurePath(name).suffix) if name.lower().endswith(_SUFFIXES) else name


class Unpacked:
    """The bytes of an input, unpacked, and not more of them than allowed.

    Args:
        stream: The input as it lies.
        name: Its name, for messages.
        max_bytes: How many bytes it may have when unpacked: a packed file can hold a thousand times its size.

    Attributes:
        findings: What was wrong with the packing; a file that is cut off is read up to there.
    """

    def __init__(self, stream: IO[bytes], name: str, max_bytes: int) -> None:
        head = stream.read(8)
        whole: Any = _Rejoined(head, stream)
        unpack = next((how for start, how in _PACKINGS if head.startswith(start)), None)
        self._stream: IO[bytes] = unpack(whole) if unpack else whole
        self._name = name
        self._max = self._left = max_bytes
        self.findings: list[Diagnostic] = []

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; none at the end.

        Raises:
            LimitError: The input is larger than allowed.
        """
        try:
            data = self._stream.read(min(size, self._left + 1))
        except (EOFError, OSError, zlib.error, ValueError) as error:
            return self._broken(error)
        except Exception as error:  # lzma.LZMAError, where that module exists
            if type(error).__name__ != "LZMAError":
                raise
            return self._broken(error)
        self._left -= len(data)
        if self._left < 0:
            raise LimitError(
                f"is larger than {self._max} bytes",
                hint="if it is meant to be, raise max_bytes (--max-bytes on the command line)",
                where=self._name,
            )
        return data

    def _broken(self, error: Exception) -> bytes:
        if self._left == self._max:
            raise ReadError(
                f"cannot be read ({error})", hint="get the whole file again", where=self._name
            ) from error
        if not self.findings:
            message = f"the packed file is cut off or damaged ({error}); it was read up to there"
            place = Location(self._name)
            self.findings.append(
                Diagnostic("PK455", message, Severity.ERROR, place, "get the whole file again")
            )
        return b""


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes were read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._head:
            return self._rest.read(size)
        if size < 0 or size >= len(self._head):
            found, self._head = self._head, b""
        else:
            found, self._head = self._head[:size], self._head[size:]
        return found if 0 <= size <= len(found) else found + self._rest.read(size - len(found))
