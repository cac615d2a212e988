"""The common ground of all inputs: blocks of lines of marked-up spans.

Each input (plain text, Markdown, HTML, LaTeX, org) has one reader that turns its text into a flat sequence of
blocks; heading levels and item depths give the tree. Everything behind it sees only these values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["strong", "emph", "link", "quote", "small", "sup"]
_NONE: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one mark-up.

    Attributes:
        text: The text, decoded.
        start: Offset in the input of its first character.
        end: Offset behind its last character.
        marks: How it is set.
        url: Target, if it is a link.
    """

    text: str
    start: int
    end: int
    marks: frozenset[Mark] = _NONE
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the reader of the page sees it, or as it stands in a plain text.

    Attributes:
        spans: Its text.
        indent: White space before it, in columns.
    """

    spans: tuple[Span, ...]
    indent: int = 0

    @property
    def text(self) -> str:
        """The text without mark-up."""
        return "".join(span.text for span in self.spans)

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item, or a paragraph.

    Attributes:
        kind: What it is.
        lines: Its lines; at least one.
        level: Of a heading from 1; of an item its depth from 0.
        marker: What stood before an item: "-", "12.", "[3]".
    """

    kind: Literal["heading", "item", "text"]
    lines: tuple[Line, ...]
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The text of all lines, without mark-up."""
        return "\n".join(line.text for line in self.lines)

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.lines[-1].end


def trim(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans without white space at both ends of the line; none if nothing is left."""
    first, last = 0, len(spans)
    while first < last and not spans[first].text.strip():
        first += 1
    while last > first and not spans[last - 1].text.strip():
        last -= 1
    kept = spans[first:last]
    if not kept:
        return ()
    head = kept[0]
    stripped = head.text.lstrip()
    if stripped != head.text:
        shift = min(len(head.text) - len(stripped), head.end - head.start)
        kept[0] = Span(stripped, head.start + shift, head.end, head.marks, head.url)
    tail = kept[-1]
    if tail.text != tail.text.rstrip():
        kept[-1] = Span(tail.text.rstrip(), tail.start, tail.end, tail.marks, tail.url)
    return tuple(kept)
