"""Where an entry came from: the input text and the span in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal

from pubkit.diagnostics import Location

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(eq=False, slots=True)
class Document:
    """An input, decoded. Shared by all entries read from it.

    Attributes:
        name: File name as the user gave it, or "" for a string.
        text: The whole text, line endings as they stood.
        encoding: The codec that decoded it, and encodes it back.
        bom: Byte-order mark that stood before the text.
        odd_bytes: Offset in the text and byte, for characters that stood there in another encoding.
    """

    name: str
    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    odd_bytes: tuple[tuple[int, bytes], ...] = ()
    _line_starts: list[int] | None = field(default=None, repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column (both from 1) of a character offset; CRLF, LF and CR end lines."""
        if self._line_starts is None:
            self._line_starts = line_starts(self.text)
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_span(self, line: int) -> tuple[int, int]:
        r"""Return the offsets of the start and the end of a line, counted from 1; of the last one beyond it.

        >>> Document("", "a\nbc\n").line_span(2)
        (2, 5)
        """
        if self._line_starts is None:
            self._line_starts = line_starts(self.text)
        starts = self._line_starts
        at = min(line, len(starts)) - 1
        return starts[at], starts[at + 1] if at + 1 < len(starts) else len(self.text)

    def location(self, offset: int, *, key: str = "", field: str = "") -> Location:
        """Return the `Location` of a character offset."""
        line, column = self.position(offset)
        return Location(self.name, line, column, key, field)


@dataclass(eq=False, slots=True)
class Stream:
    """An input too large to hold: its text comes piece by piece, once.

    Attributes:
        name: File name as the user gave it, or "".
        pieces: The text in order, cut anywhere.
    """

    name: str
    pieces: Iterable[str]


def line_starts(text: str) -> list[int]:
    r"""Return the offsets at which lines start; CRLF, LF and CR end lines.

    >>> line_starts("a\nb\r\nc\rd")
    [0, 2, 5, 7]
    """
    if "\r" not in text:
        return list(accumulate((len(line) + 1 for line in text.split("\n")[:-1]), initial=0))
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


@dataclass(frozen=True, slots=True)
class Block:
    """A span of a document, and what it is. The blocks of a `.bib` cover every character of it.

    Attributes:
        kind: "junk" is text outside any block; "failed" an entry that could not be read.
        start: Offset of the first character.
        end: Offset behind the last character.
    """

    kind: Literal["entry", "string", "preamble", "comment", "junk", "failed"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The span of a document that an entry was read from.

    Attributes:
        document: The input.
        start: Offset of the first character.
        end: Offset behind the last character.
        touched: Whether the entry was changed since, so that `raw` no longer says what it holds.
    """

    document: Document
    start: int
    end: int
    touched: bool = False

    @property
    def raw(self) -> str:
        """The text as it stands in the input."""
        return self.document.text[self.start : self.end]

    def location(self, *, key: str = "", field: str = "") -> Location:
        """Return where the entry starts."""
        return self.document.location(self.start, key=key, field=field)

    def touch(self) -> Source:
        """Return the same span, marked as changed since."""
        return self if self.touched else replace(self, touched=True)
