"""Characters with their places on pages → rows in the order of reading, without running heads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pubkit.formats.paperlist.pdflines import Text, text_of
from pubkit.formats.paperlist.pdfpage import Char, Page, Row
from pubkit.formats.paperlist.plain import LONE_NUMBER

# The part of a page at its top and bottom where running heads and page numbers stand: TeX sets these higher.
_EDGE, _EDGE_OF_NUMBERS = 0.1, 0.18
_NUMBER = re.compile(
    r"[^\w\[\]]*(?:page|seite|p\.|página|pagina|страница)?\s*(?!(?:19|20)\d\d\b)(?:\d{1,4}|[ivxl]{1,5})"
    r"(?:\s*(?:/|of|von|de|sur|из)\s*\d{1,4})?[^\w.\]]*",
    re.IGNORECASE,
)
# What browsers print above and below pages: "11/26/26, 1:18 AM", "https://example.org/papers 1/2".
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)?\b.*"
    r"|(?:https?|file)://\S+(?: \d{1,4}(?:/| of )\d{1,4})?",
    re.IGNORECASE,
)
# What stands in a column of its own beside entries, if at least so many do, and this share has one beside it.
_MARKER = re.compile(r"\[?\d{1,3}[\].)]|\(?(?:19|20)\d\d\)?|[•▪●◦■□–-]")
_MARKERS, _PAIRED, _LOOK = 2, 0.6, 40
_DIGITS = re.compile(r"\d+")


def laid_out(pages: Sequence[Page]) -> Text:
    """Return the text of pages, without running heads and page numbers, columns one below the other."""
    rows = [
        _in_order(_joined(_with_markers(_rows(page, number))), page.width)
        for number, page in enumerate(pages)
    ]
    rows = _without_heads(rows, pages)
    return text_of([row for page in rows for row in page], [page.width for page in pages])


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


def _with_markers(rows: list[Row]) -> list[Row]:
    """Put numbers and years that are a column of their own before what stands to their right."""
    alone = [at for at, row in enumerate(rows) if _MARKER.fullmatch(row.text)]
    if len(alone) < _MARKERS:
        return rows
    places = sorted((row.bottom, at) for at, row in enumerate(rows) if at not in set(alone))
    before: dict[int, int] = {}
    for at in alone:
        row = rows[at]
        first = bisect_left(places, (row.bottom - row.size / 2, -1))
        near = [
            place for bottom, place in places[first : first + _LOOK] if bottom < row.bottom + row.size / 2
        ]
        right = [place for place in near if rows[place].left >= row.right - 1 and place not in before]
        if right:
            before[min(right, key=lambda place: rows[place].left)] = at
    if len(before) < _PAIRED * len(alone) or any(place == at + 1 for place, at in before.items()):
        return rows
    moved = set(before.values())
    return [
        rows[one]
        for at in range(len(rows))
        if at not in moved
        for one in ([before[at], at] if at in before else [at])
    ]


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


def _without_heads(rows: list[list[Row]], pages: Sequence[Page]) -> list[list[Row]]:
    """Leave out what stands at the edge of pages and is a page number, or is on several of them."""
    edges: Counter[str] = Counter()
    outer: list[set[int]] = []
    for rows_, page in zip(rows, pages, strict=True):
        some = {
            at
            for at, row in enumerate(rows_)
            for edge in [page.height * (_EDGE_OF_NUMBERS if _is_centred_number(row, page) else _EDGE)]
            if (row.bottom > page.height - edge or row.top < edge) and not LONE_NUMBER.fullmatch(row.text)
        }
        outer.append(some)
        edges.update({_same(rows_[at].text) for at in some})
    least = 2 if len(pages) < 6 else 3
    return [
        [
            row
            for at, row in enumerate(rows_)
            if not (
                at in some
                and (
                    _NUMBER.fullmatch(row.text)
                    or _PRINTED.fullmatch(row.text)
                    or edges[_same(row.text)] >= least
                )
            )
        ]
        for rows_, some in zip(rows, outer, strict=True)
    ]


def _is_centred_number(row: Row, page: Page) -> bool:
    middle = (row.left + row.right) / 2
    return row.text.isdecimal() and len(row.text) <= 3 and abs(middle - page.width / 2) < 0.02 * page.width


def _same(text: str) -> str:
    """Return what is the same in a running head on each page."""
    return _DIGITS.sub("0", " ".join(text.split()).casefold())
