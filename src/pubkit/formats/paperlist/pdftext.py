"""Characters with their places on pages → lines of text: columns, running heads, paragraphs, mark-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
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


class Run(NamedTuple):
    """A stretch of the text in one mark-up."""

    start: int
    end: int
    marks: frozenset[Mark]
    url: str


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


@dataclass(slots=True)
class Text:
    """What was read from pages.

    Attributes:
        text: Lines; a blank one between paragraphs, spaces where a line is set in.
        runs: The mark-up, in order.
        large: Where lines in larger type start → how many times as large as most of the text.
    """

    text: str = ""
    runs: list[Run] = field(default_factory=list)
    large: dict[int, float] = field(default_factory=dict)


# A gap between lines of so many times the usual pitch parts paragraphs.
_GAP = 1.3
# The part of a page at its top and bottom where running heads and page numbers stand.
_EDGE = 0.1
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|página|pagina|страница)?\s*(?:\d{1,4}|[ivxl]{1,5})(?:\s*(?:/|of|von|de"
    r"|sur|из)\s*\d{1,4})?)\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


def laid_out(pages: Sequence[Page]) -> Text:
    """Return the text of pages, without running heads and page numbers, columns one below the other."""
    rows = [_in_order(_joined(_rows(page, number)), page.width) for number, page in enumerate(pages)]
    rows = _without_heads(rows, [page.height for page in pages])
    return _text([row for page in rows for row in page])


def _rows(page: Page, number: int) -> list[Row]:
    """Cut the characters of a page into lines: at line ends, and where the next one stands elsewhere."""
    rows: list[Row] = []
    line: list[Char] = []
    last: Char | None = None

    def close() -> None:
        nonlocal line, last
        while line and line[-1].text.isspace():
            line.pop()
        placed = [char for char in line if char.size]
        if placed:
            rows.append(
                Row(
                    line,
                    min(char.left for char in placed),
                    median(char.bottom for char in placed),
                    max(char.right for char in placed),
                    median(char.top for char in placed),
                    Counter(round(char.top - char.bottom and char.size, 1) for char in placed).most_common(1)[
                        0
                    ][0],
                    number,
                )
            )
        line, last = [], None

    for char in page.chars:
        if char.text == "\n":
            close()
            continue
        if last is not None and char.size and not _on_line(last, char):
            close()
        if not line and char.text.isspace():
            continue
        line.append(char)
        if char.size and not char.text.isspace():
            last = char
    close()
    return rows


def _on_line(one: Char, other: Char) -> bool:
    """Tell whether a character may stand on the line of the one before it: not far above or below it."""
    reach = 1.2 * max(one.size, other.size, 4.0)
    return abs((one.bottom + one.top) / 2 - (other.bottom + other.top) / 2) < reach


def _joined(rows: list[Row]) -> list[Row]:
    """Join neighbours that stand on one line: a number or year, and the text to its right."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and _beside(before, row):
            size = before.size if len(before.chars) >= len(row.chars) else row.size
            joined[-1] = Row(
                [*before.chars, Char(" ", 0, 0, 0, 0, 0.0), *row.chars],
                before.left,
                min(before.bottom, row.bottom),
                row.right,
                max(before.top, row.top),
                size,
                row.page,
            )
        else:
            joined.append(row)
    return joined


def _beside(one: Row, other: Row) -> bool:
    middle = (other.bottom + other.top) / 2
    overlap = one.bottom <= middle <= one.top or other.bottom <= (one.bottom + one.top) / 2 <= other.top
    narrow = one.right - one.left < 12 * one.size  # a marker or a year, no column
    return overlap and other.left >= one.right - 1 and (narrow or other.left - one.right < 4 * one.size)


def _in_order(rows: list[Row], width: float) -> list[Row]:
    """Put lines in the order of reading, if the page's source has them in no order of its own."""
    jumps = sum(other.bottom > one.top + one.size for one, other in pairwise(rows))
    if jumps <= 3 + len(rows) * 0.1:
        return rows
    gutter = _gutter(rows, width)
    return sorted(rows, key=lambda row: (row.left >= gutter > 0, -row.bottom, row.left))


def _gutter(rows: Iterable[Row], width: float) -> float:
    """Return where a second column begins; 0.0 where there is none."""
    rows = list(rows)
    for place in range(60, 39, -2):
        at = width * place / 100
        crossing = sum(row.left < at - 2 and row.right > at + 2 for row in rows)
        right = sum(row.left >= at - 2 for row in rows)
        if crossing <= len(rows) * 0.05 and right >= len(rows) * 0.25:
            return at - 2
    return 0.0


def _without_heads(pages: list[list[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Leave out what stands at the edge of pages and is a page number, or is on several of them."""
    edges: Counter[str] = Counter()
    outer: list[set[int]] = []
    for rows, height in zip(pages, heights, strict=True):
        some = {
            at for at, row in enumerate(rows) if row.bottom > height * (1 - _EDGE) or row.top < height * _EDGE
        }
        outer.append(some)
        edges.update({_same(rows[at].text) for at in some})
    least = 2 if len(pages) < 6 else 3
    return [
        [
            row
            for at, row in enumerate(rows)
            if not (at in some and (_NUMBER.fullmatch(row.text) or edges[_same(row.text)] >= least))
        ]
        for rows, some in zip(pages, outer, strict=True)
    ]


def _same(text: str) -> str:
    """Return what is the same in a running head on each page."""
    return _DIGITS.sub("0", " ".join(text.split()).casefold())


def _text(rows: list[Row]) -> Text:
    found = Text()
    if not rows:
        return found
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.chars)
    usual = sizes.most_common(1)[0][0] or 1.0
    pitches = [
        one.bottom - other.bottom
        for one, other in pairwise(rows)
        if 0 < one.bottom - other.bottom < 4 * usual
    ]
    pitch = median(pitches) if pitches else 1.2 * usual
    margins = _margins(rows)
    pieces: list[str] = []
    length = 0
    for at, row in enumerate(rows):
        big = row.size / usual
        before = rows[at - 1] if at else None
        if before is not None and (_parted(before, row, pitch) or _hangs(rows, at, margins) or big > 1.12):
            pieces.append("\n")
            length += 1
        indent = " " * min(40, max(0, round(2 * (row.left - margins[at]) / usual)))
        pieces.append(indent)
        length += len(indent)
        if big > 1.12:
            found.large[length] = big
        _add_runs(found.runs, row.chars, length)
        line = row.text
        pieces += [line, "\n", "\n" * (big > 1.12)]
        length += len(line) + 1 + (big > 1.12)
    found.text = "".join(pieces)
    return found


def _parted(one: Row, other: Row, pitch: float) -> bool:
    """Tell whether two lines that follow each other are of two paragraphs by the space between them."""
    if one.page != other.page or other.bottom > one.bottom:
        return False  # a paragraph may go on in the next column or page
    return one.bottom - other.bottom > _GAP * pitch


def _margins(rows: Sequence[Row]) -> list[float]:
    """Return the left edge of the column of each line."""
    columns: list[list[int]] = []
    for at, row in enumerate(rows):
        last = rows[columns[-1][-1]] if columns else None
        if last is not None and last.page == row.page and row.bottom <= last.top:
            columns[-1].append(at)
        else:
            columns.append([at])
    margins = [0.0] * len(rows)
    for column in columns:
        edge = min(rows[at].left for at in column)
        for at in column:
            margins[at] = edge
    return margins


def _hangs(rows: Sequence[Row], at: int, margins: Sequence[float]) -> bool:
    """Tell whether a line begins a paragraph whose other lines are set in, behind another such."""
    row, before = rows[at], rows[at - 1]
    step = row.size * 0.8
    if before.page != row.page:
        return False
    out = row.left - margins[at] < step * 0.5
    return out and step < before.left - row.left < 8 * row.size


def _add_runs(runs: list[Run], chars: Sequence[Char], start: int) -> None:
    """Add the mark-up of a line; a space between words has that of the word before it."""
    marks, url = NO_MARKS, ""
    first = at = start
    for char in chars:
        if char.size and (char.marks, char.url) != (marks, url):
            if (marks or url) and at > first:
                runs.append(Run(first, at, marks, url))
            first, marks, url = at, char.marks, char.url
        at += len(char.text)
    if (marks or url) and at > first:
        runs.append(Run(first, at, marks, url))
