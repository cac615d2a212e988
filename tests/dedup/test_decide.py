"""What is left out of judging changes no judgement."""

from __future__ import annotations

import numpy as np

from benchmarks.dedup_data import records, works
from pubkit.dedupe.block import candidate_pairs
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.compare import compare
from pubkit.dedupe.decide import FORGOTTEN, judge, worth_comparing
from pubkit.dedupe.score import score
from tests.conftest import data_path
from tests.dedup.score import prepared


def made_up(count: int):
    rows = [
        {**{name: str(value) for name, value in row.items()}, "id": str(at)}
        for at, row in enumerate(records(count, 7, works(data_path("bench/dblp-10k.bib"))[:600]))
    ]
    return to_columns(prepared(rows))


def test_pairs_without_hope_are_not_the_likely_ones():
    columns = made_up(3000)
    left, right, title = worth_comparing(columns, *candidate_pairs(columns))
    scores = score(columns, left, right, compare(columns, left, right, title))
    likely = scores.reviewed >= FORGOTTEN
    judged = judge(columns)
    place = judged.left * len(columns) + judged.right
    expected = left[likely] * len(columns) + right[likely]
    at = np.searchsorted(place, expected)
    assert likely.sum() > 1000
    assert (~likely).sum() > 1000
    assert np.array_equal(place[at], expected)
    assert np.array_equal(judged.scores.value[at], scores.value[likely])
