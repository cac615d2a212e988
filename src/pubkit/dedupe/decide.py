"""Stage 6: what is done about a pair: merged, linked, shown to a person, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pubkit.dedupe.compare import compare
from pubkit.dedupe.prepare import Record, document_frequency
from pubkit.dedupe.score import Score, score

#: Pairs at least this sure are merged.
THRESHOLD = 0.8
#: Pairs at least this sure are shown.
REVIEW = 0.4


class Judge:
    """Judges pairs of records, each pair once.

    Args:
        records: The records.
        threshold: How sure a merge must be, 0 to 1.
        review: From where on a pair is shown to a person, 0 to 1.
    """

    def __init__(self, records: Sequence[Record], threshold: float, review: float) -> None:
        self.records = records
        self.threshold = threshold
        self.review = review
        self.frequency = document_frequency(records)
        self._scores: dict[tuple[int, int], Score] = {}

    def score(self, one: int, other: int) -> Score:
        """Return what is thought of a pair, given by positions."""
        pair = (one, other) if one < other else (other, one)
        found = self._scores.get(pair)
        if found is None:
            left, right = self.records[pair[0]], self.records[pair[1]]
            seen = compare(left, right, self.frequency, len(self.records))
            found = self._scores[pair] = score(left, right, seen)
        return found

    def same_record(self, one: int, other: int) -> float:
        """Return how surely a pair is one record; 0 where it is two, or two versions."""
        found = self.score(one, other)
        return found.value if found.relation == "same" else 0.0

    def same_work(self, one: int, other: int) -> float:
        """Return how surely a pair is one work."""
        return self.score(one, other).value

    def is_version(self, one: int, other: int) -> bool:
        """Say whether a pair is surely two versions of one work."""
        found = self.score(one, other)
        return found.relation == "version" and found.value >= self.threshold

    def doubt(self, one: int, other: int) -> float:
        """Return how likely a pair is one record although it is not merged; 0 where it need not be shown."""
        found = self.score(one, other)
        if found.relation != "different":
            return found.value if found.value >= self.review else 0.0
        return found.reviewed if found.reviewed >= self.threshold else 0.0
