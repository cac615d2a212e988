"""Rows of pages → text: paragraphs, lines that were broken by width put together, mark-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import NO_MARKS
from pubkit.formats.paperlist.joints import joint
from pubkit.formats.paperlist.pdfpage import Char, Row
from pubkit.formats.paperlist.pdfwraps import columns_of, wraps


class Run(NamedTuple):
    """A stretch of the text in one mark-up."""

    start: int
    end: int
    marks: frozenset[Mark]
    url: str


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


# Type that is so many times as large as most is that of headings.
LARGE = 1.12
# A heading in the type of the text has so many words at most.
_FEW = 3
# A gap between lines of so many times the usual pitch parts paragraphs.
_GAP = 1.3


def text_of(rows: Sequence[Row], widths: Sequence[float]) -> Text:
    """Return rows as lines of text: those that were broken by width are put together again.

    Args:
        rows: The rows of all pages.
        widths: How wide each page is.
    """
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
    columns = columns_of(rows, widths, usual)
    margins = [column.left for column in columns]
    heads = [
        max(row.size / usual, LARGE if _is_bold_heading(rows, at) else 0.0) for at, row in enumerate(rows)
    ]
    apart = [
        at == 0 or _parted(rows[at - 1], row, pitch) or heads[at] >= LARGE for at, row in enumerate(rows)
    ]
    wrapped = wraps(rows, columns, apart, usual)
    apart = [known or _hangs(rows, at, margins) for at, known in enumerate(apart)]
    pieces: list[str] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)

    for at, row in enumerate(rows):
        if wrapped[at]:
            dropped, between = joint(pieces[-1], row.text)
            if dropped:
                pieces[-1] = pieces[-1][:-dropped]
                length -= dropped
            add(between)
        else:
            if at:
                add("\n" * (1 + (heads[at - 1] >= LARGE) + apart[at]))
            add(" " * min(40, max(0, round(2 * (row.left - margins[at]) / usual))))
            if heads[at] >= LARGE:
                found.large[length] = heads[at]
        runs: list[Run] = []
        _add_runs(runs, row.chars, length)
        if wrapped[at] and runs and found.runs and _goes_on(found.runs[-1], runs[0], length):
            found.runs[-1] = found.runs[-1]._replace(end=runs.pop(0).end)
        found.runs += runs
        add(row.text)
    add("\n" * (1 + (heads[-1] >= LARGE)))
    found.text = "".join(pieces)
    return found


def _parted(one: Row, other: Row, pitch: float) -> bool:
    """Tell whether two lines that follow each other are of two paragraphs by the space between them."""
    if one.page != other.page or other.bottom > one.bottom:
        return False  # a paragraph may go on in the next column or page
    return one.bottom - other.bottom > _GAP * pitch


def _hangs(rows: Sequence[Row], at: int, margins: Sequence[float]) -> bool:
    """Tell whether a line begins a paragraph whose other lines are set in, behind another such."""
    row, before = rows[at], rows[at - 1]
    step = row.size * 0.8
    if before.page != row.page:
        return False
    out = row.left - margins[at] < step * 0.5
    return out and step < before.left - row.left < 8 * row.size


def _goes_on(one: Run, other: Run, start: int) -> bool:
    """Tell whether a stretch in one mark-up goes on from the end of a row to the start of the next."""
    return other.start == start and start - one.end <= 2 and one[2:] == other[2:]


def _is_bold_heading(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is a heading in bold type: a few words farther left than the rows around it."""
    row = rows[at]
    after = rows[at + 1] if at + 1 < len(rows) else None
    before = rows[at - 1] if at else None
    step = 0.8 * row.size
    return (
        after is not None
        and len(row.text.split()) <= _FEW
        and row.text[:1].isupper()
        and row.text[-1:].isalpha()
        and not any(map(str.isdigit, row.text))
        and all("strong" in char.marks for char in row.chars if char.size)
        and after.left - row.left > step
        and (before is None or before.left - row.left > step or before.size / row.size > LARGE)
    )


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
