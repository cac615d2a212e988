"""Builds blocks from a stream of text and breaks: shared by the readers of marked-up inputs."""

from __future__ import annotations

import re
from typing import Literal

from pubkit.formats.paperlist.blocks import Block, Line, Mark, Span, trim

_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
NO_MARKS: frozenset[Mark] = frozenset()
LINK: frozenset[Mark] = frozenset(("link",))


_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str) -> str:
    """Return a superscript as text: digits as Unicode has them; marks and letters ("25th") as they are.

    >>> raised("11"), raised("*"), raised("th")
    ('¹¹', '*', 'th')
    """
    return text if any(map(str.isalpha, text)) else text.translate(_RAISED)


class Builder:
    """Collects spans into lines and lines into blocks.

    Attributes:
        blocks: The finished blocks.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lines: list[Line] = []
        self._spans: list[Span] = []
        self._kind: Literal["heading", "item", "text"] = "text"
        self._level = 0
        self._marker = ""
        self._space = True  # whether the line so far ends in white space

    def text(self, text: str, start: int, end: int, marks: frozenset[Mark] = NO_MARKS, url: str = "") -> None:
        """Add text to the open line; a run of white space becomes one space."""
        text = _SPACE.sub(" ", text)
        if self._space:
            text = text.lstrip(" ")
        if text:
            self._space = text[-1] == " "
            self._spans.append(Span(text, start, end, marks, url))

    def newline(self) -> None:
        """End the open line."""
        spans = trim(self._spans)
        if spans:
            self._lines.append(Line(spans))
        self._spans = []
        self._space = True

    def begin(self, kind: Literal["heading", "item", "text"], level: int = 0, marker: str = "") -> None:
        """Close the open block and start another."""
        self.close()
        self._kind, self._level, self._marker = kind, level, marker

    def close(self) -> None:
        """Close the open block; what follows is a paragraph."""
        self.newline()
        if self._lines:
            self.blocks.append(Block(self._kind, tuple(self._lines), self._level, self._marker))
        self._lines = []
        self._kind, self._level, self._marker = "text", 0, ""

    @property
    def is_empty(self) -> bool:
        """Whether the open block has no text yet."""
        return not self._lines and not self._spans

    @property
    def in_item(self) -> bool:
        """Whether the open block is an item."""
        return self._kind == "item"
