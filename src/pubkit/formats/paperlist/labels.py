"""What the reference labeller says about an entry: evidence beside its mark-up and the list's regularity.

The labeller (`reference/`) knows the styles of bibliographies; it does not know this list. So it counts as
much as it agrees with itself: where it reads most entries of a list in one order of fields, it is to be
believed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.reference.features import Marked
from pubkit.formats.paperlist.reference.tagger import Segment, label
from pubkit.formats.paperlist.shapes import QUOTED

# The labels of each field; an editor or publisher stands with the book.
FIELDS: dict[str, str] = {
    "author": "A",
    "title": "T",
    "journal": "V",
    "booktitle": "V",
    "series": "V",
    "publisher": "V",
    "location": "V",
    "editor": "V",
    "genre": "V",
}
_STOPS = '.,;:?!)]"”»'
# Scripts of which the labeller has seen little.
_FOREIGN = re.compile(r"[\u0400-\u04ff\u3040-\u9fff\uac00-\ud7af]")
_TELLING = frozenset(("strong", "emph", "quote"))
_MARKS = {"strong": "bold", "emph": "italic", "link": "link", "small": "smallcaps"}
# Longer texts are cut before they are labelled.
MAX_LABELLED = 3000
# How much a label says at most and at least, in the scores of `looks`.
# From this confidence on a label is believed by itself.
SURE = 0.75
MOST, LEAST = 1.8, 0.3


@dataclass(frozen=True, slots=True)
class Labels:
    """An item's labelled segments.

    Attributes:
        segments: They follow each other and do not overlap.
        starts: Where each starts.
        agrees: Share of the marked-up stretches that are labelled as one field, and begin where it does; None
            where there are none.
        weight: How much of its usual weight the labeller has for this text.
    """

    segments: tuple[Segment, ...]
    starts: tuple[int, ...]
    agrees: float | None = None
    weight: float = 1.0

    @property
    def order(self) -> str:
        """The fields in the order of the text, neighbours of one field counted once: "ATV"."""
        order = ""
        for segment in self.segments:
            field = FIELDS.get(segment.label, "")
            if field and not order.endswith(field):
                order += field
        return order

    @property
    def confidence(self) -> float:
        """How sure the labeller is of the fields, by length."""
        fields = [one for one in self.segments if one.label in FIELDS]
        length = sum(one.end - one.start for one in fields)
        return sum(one.confidence * (one.end - one.start) for one in fields) / length if length else 0.0

    def shares(self, start: int, end: int) -> dict[str, float]:
        """Return how much of a stretch is labelled as each field, weighed by how sure the labeller is."""
        shares: dict[str, float] = {}
        at = max(0, bisect_right(self.starts, start) - 1)
        while at < len(self.segments) and self.segments[at].start < end:
            segment = self.segments[at]
            overlap = min(segment.end, end) - max(segment.start, start)
            field = FIELDS.get(segment.label)
            if field and overlap > 0:
                share = overlap * segment.confidence / (end - start)
                # A place alone is no venue.
                shares[field] = shares.get(field, 0.0) + share * (0.4 if segment.label == "location" else 1.0)
            at += 1
        return shares

    def at(self, start: int, end: int) -> str:
        """Return the label of nearly all of a stretch, "" where the labeller is not sure."""
        for segment in self.segments:
            overlap = min(segment.end, end) - max(segment.start, start)
            if overlap > 0.8 * (end - start) and segment.confidence > SURE:
                # A part of a longer name is no publisher or place of its own.
                return segment.label if segment.end - segment.start < 2.5 * (end - start) + 12 else ""
        return ""

    def edges(self) -> Iterable[int]:
        """Yield where one field ends and another begins."""
        for one, other in pairwise(self.segments):
            fields = FIELDS.get(one.label), FIELDS.get(other.label)
            least = min(one.confidence, other.confidence)
            if fields[0] != fields[1] and all(fields) and least > SURE and one.text[-1] in _STOPS:
                yield other.start


def labels(item: Item) -> Labels:
    """Label an item's text."""
    marked = [
        Marked(start, end, frozenset(_MARKS[mark] for mark in marks if mark in _MARKS))
        for start, end, marks, _ in item.runs
        if start < MAX_LABELLED
    ]
    segments = tuple(label(item.text[:MAX_LABELLED], marked))
    foreign = len(_FOREIGN.findall(item.text[:MAX_LABELLED])) * 5 > min(len(item.text), MAX_LABELLED)
    found = Labels(segments, tuple(one.start for one in segments), weight=0.3 if foreign else 1.0)
    edges = [0, *(b.start for a, b in pairwise(segments) if FIELDS.get(a.label) != FIELDS.get(b.label))]
    long = [
        (start, end)
        for start, end, marks, _ in item.runs
        if end < MAX_LABELLED and marks & _TELLING and item.text.count(" ", start, end) >= 3
    ]
    long += [match.span() for match in QUOTED.finditer(item.text[:MAX_LABELLED])]
    if not long:
        return found
    good = sum(
        any(abs(edge - start) <= 3 for edge in edges)
        and not any(start + 3 < edge < end - 3 for edge in edges)
        for start, end in long
    )
    return replace(found, agrees=good / len(long))


def trust(labelled: Sequence[Labels]) -> float:
    """Return how much the labels of a list's entries count: from `LEAST` to `MOST`.

    A full order that most entries share is proof that the labeller understands the list.
    """
    orders = Counter(one.order for one in labelled)
    whole = sum(count for order, count in orders.items() if sorted(order) == ["A", "T", "V"])
    if not labelled or not whole:
        return LEAST
    order, _ = max(
        ((order, count) for order, count in orders.items() if sorted(order) == ["A", "T", "V"]),
        key=lambda found: found[1],
    )
    kept = sum(
        count
        for part, count in orders.items()
        if part and "".join(field for field in order if field in part) == part
    )
    agreed = [one.agrees for one in labelled if one.agrees is not None]
    agreement = sum(agreed) / len(agreed) if agreed else 1.0
    return LEAST + (MOST - LEAST) * (kept / len(labelled) * agreement) ** 2
