"""Stage 6: what is thought of all pairs of a list: scored in portions, then made complete within groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.block import candidate_pairs
from pubkit.dedupe.columns import Columns
from pubkit.dedupe.compare import TITLE_FLOOR, at_best, compare, same_id, similar_titles, with_words
from pubkit.dedupe.score import Scores, likely_unguarded, reasons, score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Pairs at least this sure are merged.
THRESHOLD = 0.8
#: Pairs at least this sure are shown.
REVIEW = 0.4
#: So many pairs are compared at a time, so that memory stays bounded.
PORTION = 400_000
#: Within groups of up to so many records every pair is compared, not only those of one block.
COMPLETE = 400
#: Pairs less likely than this need not be remembered: they unite nothing and are not shown.
FORGOTTEN = 0.05
# Lower than that, for "the same first author with another initial" counts more against a pair than no first
# author in common: with names as alike as can be, a pair may seem that much less likely than it is.
_HOPELESS = 0.03


@dataclass(frozen=True, slots=True)
class Judged:
    """What is thought of the pairs of a list.

    Attributes:
        columns: The records.
        left: The lower positions of the pairs that were scored.
        right: The higher ones.
        scores: What is thought of them.
        compared: How many pairs blocking brought together.
    """

    columns: Columns
    left: Ints
    right: Ints
    scores: Scores
    compared: int

    def both(self, kind: str) -> NDArray[np.bool_]:
        """Return for each pair whether both records have different identifiers of a kind."""
        ids = self.columns.ints[kind]
        one, other = ids[self.left], ids[self.right]
        different: NDArray[np.bool_] = (one > 0) & (other > 0) & (one != other)
        return different

    def told_apart(self, pairs: Sequence[tuple[int, int]]) -> Judged:
        """Return the same, some pairs being two different publications whatever speaks for them."""
        import numpy as np

        if not pairs:
            return self
        given = np.array(pairs, dtype=np.int64)
        count = len(self.columns)
        known, apart = self.left * count + self.right, given[:, 0] * count + given[:, 1]
        new = ~np.isin(apart, known)
        free = (~np.isin(known, apart)).astype(np.int64)
        zeros = np.zeros(int(new.sum()), dtype=np.int64)
        scores = self.scores
        return replace(
            self,
            left=np.r_[self.left, given[new, 0]],
            right=np.r_[self.right, given[new, 1]],
            scores=Scores(
                np.r_[scores.relation * free, zeros],
                np.r_[scores.value * free, zeros],
                np.r_[scores.guard, zeros],
                np.r_[scores.reviewed * free, zeros],
            ),
        )

    def explain(self, pairs: Iterable[tuple[int, int]]) -> tuple[list[str], list[int]]:
        """Return for each pair, in words, why it is judged as it is, and how the two belong together."""
        import numpy as np

        given = np.array([sorted(pair) for pair in pairs], dtype=np.int64).reshape(-1, 2)
        left, right = given[:, 0], given[:, 1]
        seen = compare(self.columns, left, right)
        scores = score(self.columns, left, right, seen)
        return reasons(self.columns, left, right, seen, scores), scores.relation.tolist()


def judge(
    columns: Columns,
    *,
    weights: Mapping[str, float] | None = None,
    across: Ints | None = None,
    threshold: float = THRESHOLD,
) -> Judged:
    """Find the pairs worth comparing, and score them.

    Args:
        columns: The records, in an order that depends on their content only.
        weights: Evidence → log-odds; by default those that pubkit ships.
        across: A number a record; only pairs of two numbers are compared.
        threshold: From where on a pair holds a group together.
    """
    import numpy as np

    left, right = candidate_pairs(columns)
    if across is not None:
        apart = across[left] != across[right]
        left, right = left[apart], right[apart]
    found = [_scored(columns, left[at : at + PORTION], right[at : at + PORTION], weights)
             for at in range(0, max(len(left), 1), PORTION)]  # fmt: skip
    if across is None:
        first = _joined(found)
        sure = first[2] >= threshold
        more = _missing(len(columns), first[0][sure], first[1][sure], first[0], first[1])
        found += [
            _scored(columns, more[0][at : at + PORTION], more[1][at : at + PORTION], weights, forget=False)
            for at in range(0, len(more[0]), PORTION)
        ]
    one, other, value, relation, guard, reviewed = _joined(found)
    order = np.argsort(one * len(columns) + other)
    return Judged(
        columns,
        one[order],
        other[order],
        Scores(relation[order], value[order], guard[order], reviewed[order]),
        len(left),
    )


def worth_comparing(columns: Columns, left: Ints, right: Ints) -> tuple[Ints, Ints, Any]:
    """Return the pairs whose titles or identifiers are like enough, and how alike the titles are."""
    import numpy as np

    title = similar_titles(columns, left, right)
    keep = np.flatnonzero((title >= TITLE_FLOOR) | (title < 0) | same_id(columns, left, right))
    return left[keep], right[keep], title[keep]


def _scored(
    columns: Columns, left: Ints, right: Ints, weights: Mapping[str, float] | None, *, forget: bool = True
) -> tuple[Any, ...]:
    """Return the pairs that may matter, with their scores."""
    import numpy as np

    left, right, title = worth_comparing(columns, left, right)
    seen = at_best(columns, left, right, title)
    if forget:  # what stays unlikely however alike the words are needs no look at them
        hope = np.flatnonzero(likely_unguarded(columns, left, right, seen, weights) >= _HOPELESS)
        left, right, seen = left[hope], right[hope], seen.of(hope)
    scores = score(columns, left, right, with_words(columns, left, right, seen), weights)
    keep = np.flatnonzero((scores.reviewed >= FORGOTTEN) | (not forget))
    return (
        left[keep], right[keep], scores.value[keep], scores.relation[keep], scores.guard[keep],
        scores.reviewed[keep],
    )  # fmt: skip


def _joined(found: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    import numpy as np

    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def components(count: int, left: Ints, right: Ints) -> list[list[int]]:
    """Return the groups that pairs connect, each ascending."""
    group_of = list(range(count))

    def root(item: int) -> int:
        while group_of[item] != item:
            group_of[item] = group_of[group_of[item]]
            item = group_of[item]
        return item

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        group_of[high] = low
    groups: dict[int, list[int]] = {}
    for item in sorted({*left.tolist(), *right.tolist()}):
        groups.setdefault(root(item), []).append(item)
    return list(groups.values())


def _missing(count: int, left: Ints, right: Ints, known_left: Ints, known_right: Ints) -> tuple[Ints, Ints]:
    """Return the pairs within the groups that were not scored yet."""
    import numpy as np

    # Most groups are one pair, in which nothing is missing.
    met = np.bincount(np.r_[left, right], minlength=count)
    more = (met[left] > 1) | (met[right] > 1)
    of_size: dict[int, list[list[int]]] = {}
    for group in components(count, left[more], right[more]):
        if len(group) <= COMPLETE:
            of_size.setdefault(len(group), []).append(group)
    pairs = [np.zeros((2, 0), dtype=np.int64)]
    for size, groups in of_size.items():
        one, other = np.triu_indices(size, 1)
        members = np.array(groups)
        pairs.append(np.stack((members[:, one].ravel(), members[:, other].ravel())))
    one, other = np.concatenate(pairs, axis=1)
    new = ~np.isin(one * count + other, known_left * count + known_right)
    return one[new], other[new]


__all__ = ["REVIEW", "THRESHOLD", "Judged", "components", "judge", "worth_comparing"]
