"""Which lines of a page were broken by width: those behind which the next word had no place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pubkit.formats.paperlist.pdfpage import Char, Row
from pubkit.formats.paperlist.plain import MARKER


class Column(NamedTuple):
    """Rows one below the other on a page.

    Attributes:
        number: Counts the columns of a document.
        left: Its left edge.
        right: The right edge of its type, as far as the rows show it.
    """

    number: int
    left: float
    right: float


_CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
# Columns whose left edges differ by less, in points, are one column on several pages.
_ALIKE = 3.0
# Left edges that differ by less than so many times the size of the type are one.
_SAME = 0.8
# A gap of so many times the size of its type is a tabulator: what follows stands at the right on purpose.
_TAB = 2.5
# An edge is where so many rows, or this share of them, end within so many times the size of the type, or
# where the margin is about as wide as the left one; so many rows may stand farther out: a single date.
_LEAST, _SHARE, _NEAR = 3, 0.1, 2.0
_MARGIN, _OUTSIDE = 3.0, 0.02
# How wide a space is, with the room that letters keep around them.
_SPACE = 0.33
# Text is stretched where most full lines end so near the edge, in sizes of its type.
_FLUSH, _STRETCHED = 0.2, 0.7


def columns_of(rows: Sequence[Row], widths: Sequence[float], size: float) -> list[Column]:
    """Return the column of each row.

    Args:
        rows: The rows of a document.
        widths: How wide each page is.
        size: The size of most of the type.
    """
    parts: list[list[int]] = []
    for at, row in enumerate(rows):
        last = rows[parts[-1][-1]] if parts else None
        if last is not None and last.page == row.page and row.bottom <= last.top:
            parts[-1].append(at)
        else:
            parts.append([at])
    lefts = [min(rows[at].left for at in part) for part in parts]
    # Pages of one document share their edges: a page of few lines shows its own badly.
    starts: list[float] = []
    for left in sorted(set(lefts)):
        if not starts or left - starts[-1] >= _ALIKE:
            starts.append(left)
    group_of = [bisect_right(starts, left) - 1 for left in lefts]
    rights: list[list[float]] = [[] for _ in starts]
    for group, part in zip(group_of, parts, strict=True):
        rights[group] += [rows[at].right for at in part if not _tabbed(rows[at])]
    for some in rights:
        some.sort(reverse=True)
    outer = min(lefts, default=0.0) + _MARGIN * size
    columns: list[Column] = []
    for number, (group, part, left) in enumerate(zip(group_of, parts, lefts, strict=True)):
        edge = _edge(rights[group], size, widths[rows[part[0]].page] - outer)
        columns += [Column(number, left, edge)] * len(part)
    return columns


def _edge(rights: Sequence[float], size: float, margin: float) -> float:
    """Return the right edge of a column: the farthest that several rows come near.

    Args:
        rights: Where its rows end, the farthest first.
        size: The size of most type.
        margin: What is as far as the left margin is wide.
    """
    least = max(_LEAST, round(_SHARE * len(rights)))
    for at, right in enumerate(rights[: 1 + max(1, round(_OUTSIDE * len(rights)))]):
        last = at + least - 1
        if right >= margin or (last < len(rights) and rights[last] >= right - _NEAR * size):
            return right
    return float("inf")  # nothing tells: no row counts as full


def wraps(rows: Sequence[Row], columns: Sequence[Column], apart: Sequence[bool], size: float) -> list[bool]:
    """Tell of each row whether it goes on with the line above it.

    Args:
        rows: The rows of a document.
        columns: The column of each.
        apart: Of each, whether white space or size part it from the one above it.
        size: The size of most of the type.

    Returns:
        Whether the first word of a row would not have fitted behind the row above it, and nothing else
        says that a new line begins: a marker, an edge farther left, other mark-up behind what may be an end.
    """
    goes_on = [False] * len(rows)
    full = [
        not apart[at]
        and abs(_largest(rows[at]) - _largest(rows[at - 1])) < 0.15 * rows[at].size
        and not _tabbed(rows[at - 1])
        and rows[at - 1].right + _word(rows[at]) + _SPACE * rows[at].size > columns[at - 1].right
        for at in range(1, len(rows))
    ]
    # Where lines are stretched to the edge, those that end before it are no broken ones.
    ragged = [columns[at - 1].right - rows[at - 1].right for at, is_full in enumerate(full, 1) if is_full]
    flush = _FLUSH * size
    stretched = len(ragged) > 2 and sum(gap < flush for gap in ragged) > _STRETCHED * len(ragged)
    if stretched:
        full = [
            is_full and columns[at - 1].right - rows[at - 1].right < 2 * flush
            for at, is_full in enumerate(full, 1)
        ]
    # A line may go on in the next column or page: what counts is how far in its column a row is set in.
    depths = [row.left - column.left for row, column in zip(rows, columns, strict=True)]
    steps = [depths[at] - depths[at - 1] for at, is_full in enumerate(full, 1) if is_full]
    deeper = sum(step > _SAME * size for step in steps)
    # Where paragraphs are set in at their first line, the second one stands farther left than it.
    outward = sum(step < -_SAME * size for step in steps) > 2 * deeper
    for at, is_full in enumerate(full, 1):
        step = depths[at] - depths[at - 1]
        if not is_full or _begins(rows[at - 1], rows[at], step, stretched=stretched):
            continue
        if outward:  # deeper is a new paragraph; farther left only behind a paragraph's first line
            goes_on[at] = step <= _SAME * size and (step >= -_SAME * size or not goes_on[at - 1])
        else:
            goes_on[at] = step >= -_SAME * size
    return goes_on


def _begins(before: Row, row: Row, step: float, *, stretched: bool) -> bool:
    """Tell whether a row says by itself that a line begins with it; `step` is how much it is set in."""
    if MARKER.match(f"{row.text} -") and step < _SAME * row.size:
        return True
    if stretched:  # the row above was made to reach the edge: it goes on
        return False
    last, first = _last(before), _first(row)
    if last is None or first is None or last.marks == first.marks:
        return False
    return first.text.isupper() and last.text not in ",;:-–(&"


def _first(row: Row) -> Char | None:
    return next((char for char in row.chars if char.size and not char.text.isspace()), None)


def _last(row: Row) -> Char | None:
    return next((char for char in reversed(row.chars) if char.size and not char.text.isspace()), None)


def _largest(row: Row) -> float:
    """Return the size of a row's largest type: names in small capitals are of two sizes."""
    return max((char.size for char in row.chars), default=0.0)


def _word(row: Row) -> float:
    """Return the width of a row's first word: as much of it as could not have been broken."""
    right = row.left
    for char in row.chars:
        if char.text.isspace() or (right > row.left and _CJK.match(char.text)):
            break
        if char.size:
            right = max(right, char.right)
    return right - row.left


def _tabbed(row: Row) -> bool:
    """Tell whether a row has a wide gap in its right half: a date or place at the edge follows it."""
    placed = [char for char in row.chars if char.size and not char.text.isspace()]
    middle = (row.left + row.right) / 2
    return any(
        other.left - one.right > _TAB * row.size and other.left > middle for one, other in pairwise(placed)
    )
