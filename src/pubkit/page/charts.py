"""The charts of a page as numbers: which bar stands where. The template draws them and a table beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from pubkit.page.papers import Paper
from pubkit.page.people import most_frequent

_WIDTH, _HEIGHT = 640, 150  # of the bars by year, in SVG units
_KINDS = 4  # types that have a colour of their own; the rest shares one
_PEOPLE = 10
_FEW = 4  # papers that need no chart


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a chart, in SVG units, and the number of its series."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True, slots=True)
class Column:
    """A year: its bars, its label, and the numbers for the table."""

    year: int
    middle: float
    labelled: bool
    counts: Sequence[int]
    total: int
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class YearChart:
    """Papers by year and type."""

    width: int
    height: int
    top: int
    kinds: Sequence[str]
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class PersonBar:
    """A co-author: how many papers, and how long their bar is, in per cent of the longest."""

    name: str
    count: int
    share: float


def by_year(papers: Sequence[Paper], other: str) -> YearChart | None:
    """Return the chart of papers by year and type; None where there is too little to see.

    Args:
        papers: The papers.
        other: What the types are called that have no colour of their own.
    """
    dated = [paper for paper in papers if paper.entry.year is not None]
    years = {paper.entry.year or 0 for paper in dated}
    if len(dated) < _FEW or len(years) < 3 or max(years) - min(years) > 100:
        return None
    frequent = [kind for kind, _ in Counter(paper.kind for paper in dated).most_common()]
    kinds = frequent if len(frequent) <= _KINDS + 1 else [*frequent[:_KINDS], other]
    counts: dict[int, Counter[str]] = {year: Counter() for year in range(min(years), max(years) + 1)}
    for paper in dated:
        counts[paper.entry.year or 0][paper.kind if paper.kind in kinds else other] += 1
    top = max(sum(counter.values()) for counter in counts.values())
    step = _WIDTH / len(counts)
    every = max(1, ceil(60 / step))  # a label needs 60 units where it is read on a telephone
    columns = []
    for number, (year, counter) in enumerate(counts.items()):
        bars, base = [], float(_HEIGHT)
        width = min(step * 0.7, 48)
        for series, kind in enumerate(kinds):
            height = _HEIGHT * counter[kind] / top
            base -= height
            if height:
                x = number * step + (step - width) / 2
                bars.append(Bar(round(x, 1), round(base, 1), round(width, 1), round(height, 1), series))
        labelled = (len(counts) - 1 - number) % every == 0
        columns.append(
            Column(
                year,
                round((number + 0.5) * step, 1),
                labelled,
                [counter[kind] for kind in kinds],
                sum(counter.values()),
                bars,
            )
        )
    return YearChart(_WIDTH, _HEIGHT, top, kinds, columns)


def with_whom(papers: Sequence[Paper]) -> list[PersonBar]:
    """Return the most frequent co-authors; none where nobody occurs twice."""
    found = most_frequent((paper.people for paper in papers), _PEOPLE)
    found = [(name, count) for name, count in found if count > 1 and len(papers) >= _FEW]
    return [PersonBar(name, count, round(100 * count / found[0][1], 1)) for name, count in found]
