"""Page numbers and running heads in text that was copied from pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A line of a plain text.

    Attributes:
        text: Its text, stripped; "" for a blank one.
        start: Offset of its first character.
        indent: White space before it, in columns.
        opens: Whether a page begins with it (a form feed stands before it).
    """

    text: str
    start: int
    indent: int
    opens: bool = False


# What can only be the number of a page.
NUMBERED = re.compile(
    r"\W*(?:page|seite|p\.|página|pagina|страница)\s*\d{1,4}(?:\s*(?:/|of|von|de|sur|di|из)\s*\d{1,4})?\W*"
    r"|\d{1,4}\s*(?:/|of|von)\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_OPEN_END = re.compile(r"[^.!?)\]\d]$")


def without(rows: Sequence[Row]) -> list[Row]:
    """Leave out page numbers and running heads; what they part goes on where the sentence does.

    >>> texts = ["On the", "", "Page 3 of 9", "", "way. 2020."]
    >>> [row.text for row in without([Row(text, 0, 0) for text in texts])]
    ['On the', 'way. 2020.']
    """
    furniture = _furniture(rows)
    if not furniture:
        return list(rows)
    kept: list[Row] = []
    at = 0
    while at < len(rows):
        if at not in furniture:
            kept.append(rows[at])
            at += 1
            continue
        while at < len(rows) and (at in furniture or not rows[at].text):
            at += 1
        while kept and not kept[-1].text:
            kept.pop()
        if kept and at < len(rows) and not _goes_on(kept[-1].text, rows[at].text):
            kept.append(Row("", rows[at].start, 0))
    return kept


def _furniture(rows: Sequence[Row]) -> set[int]:
    """Return which lines are page numbers, or stand beside them on several pages."""
    found = {at for at, row in enumerate(rows) if row.text and NUMBERED.fullmatch(row.text)}
    breaks = [at for at, row in enumerate(rows) if row.opens]
    if not found and not breaks:
        return found
    edges: list[int] = []
    for at in breaks:
        edges += [*_texts(rows, at - 1, -1, 2), *_texts(rows, at, 1, 2)]
    if breaks:
        edges += [*_texts(rows, 0, 1, 1), *_texts(rows, len(rows) - 1, -1, 1)]
    for at in list(found):
        edges += [*_texts(rows, at - 1, -1, 1), *_texts(rows, at + 1, 1, 1)]
    edges = sorted(set(edges) - found)
    if breaks:
        found.update(at for at in edges if _NUMBER.fullmatch(rows[at].text))
    alike = Counter(_same(rows[at].text) for at in edges)
    pages = max(len(breaks), len(found))
    found.update(at for at in edges if alike[_same(rows[at].text)] >= max(2, pages // 2))
    return found


def _texts(rows: Sequence[Row], at: int, step: int, count: int) -> list[int]:
    """Return the next lines with text in a direction."""
    found: list[int] = []
    while 0 <= at < len(rows) and len(found) < count:
        if rows[at].text:
            found.append(at)
        at += step
        if len(found) == 0 and step > 0 and at < len(rows) and rows[at].opens:
            break
    return found


def _same(text: str) -> str:
    """Return what a running head has in common on all pages."""
    return _DIGITS.sub("0", " ".join(text.split()).casefold())


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a sentence that a page ends in goes on behind the break."""
    return bool(_OPEN_END.search(before)) and not (after[:1].isupper() and before[-1:] != ",")
