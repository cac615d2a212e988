"""What stands on the pages of a PDF: characters with their places, and the rows that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import NO_MARKS


class Char(NamedTuple):
    r"""A character on a page; "\n" ends a line, a space without a size was put in between words."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    marks: frozenset[Mark] = NO_MARKS
    url: str = ""


class Page(NamedTuple):
    """The characters of a page in the order of its source, and its size."""

    chars: tuple[Char, ...]
    width: float
    height: float


@dataclass(slots=True)
class Row:
    """A line on a page.

    Attributes:
        chars: Its characters.
        left: Its left edge; the other edges likewise.
        size: The size of most of its type.
        page: The number of its page, from 0.
    """

    chars: list[Char]
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(char.text for char in self.chars)
