"""Finding one list's entries in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.order import in_order
from pubkit.dedupe.prepare import prepare
from pubkit.errors import PubkitError

if TYPE_CHECKING:
    from pubkit.model.entry import Entry
    from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of one list found in another.

    Attributes:
        entry: The entry of the first list.
        other: The entry of the second list.
        score: How sure that is, 0 to 1.
        relation: "same" record, or another "version" of the same work.
        reason: Why, in words.
    """

    entry: Entry
    other: Entry
    score: float
    relation: str
    reason: str


def link(one: Library, other: Library, *, threshold: float = 0.8) -> tuple[Match, ...]:
    """Find one list's entries in another.

    Only pairs across the two lists are compared; each entry may have several matches, for a list may hold
    duplicates of its own. Nothing is merged.

    Args:
        one: A list of entries.
        other: Another one.
        threshold: How sure a match must be, 0 to 1.

    Returns:
        The matches, in the order of the first list, the surest first.

    Raises:
        PubkitError: The threshold is not between 0 and 1.

    >>> from pubkit.model.entry import Entry
    >>> from pubkit.model.library import Library
    >>> mine = Library((Entry("misc", "a", {"title": "On the Dances of Bees", "author": "Wu, T."}),))
    >>> theirs = Library((Entry("misc", "z", {"title": "On the dances of bees", "author": "Tianhao Wu"}),))
    >>> [(match.entry.key, match.other.key, match.relation) for match in link(mine, theirs)]
    [('a', 'z', 'same')]
    """
    import numpy as np

    from pubkit.dedupe.decide import judge
    from pubkit.dedupe.score import SAME

    if not 0 <= threshold <= 1:
        raise PubkitError(f"threshold={threshold} is not between 0 and 1", hint="0.8 is usual")
    entries: Sequence[Entry] = (*one, *other)
    order = in_order(range(len(entries)), lambda at: entries[at])
    columns = to_columns(prepare(entries[at]) for at in order)
    sides = np.array([at >= len(one) for at in order], dtype=np.int64)
    judged = judge(columns, across=sides, threshold=threshold)
    sure = np.flatnonzero(judged.scores.value >= threshold)
    pairs = list(zip(judged.left[sure].tolist(), judged.right[sure].tolist(), strict=True))
    reasons, relations = judged.explain(pairs)
    found = []
    for (left, right), value, reason, relation in zip(
        pairs, judged.scores.value[sure].tolist(), reasons, relations, strict=True
    ):
        here, there = sorted((order[left], order[right]))
        name = "same" if relation == SAME else "version"
        found.append((here, -value, there, Match(entries[here], entries[there], value, name, reason)))
    return tuple(match for *_, match in sorted(found, key=lambda item: item[:3]))
