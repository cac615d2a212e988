"""Stage 5: from pairs to groups, best pairs first, without chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

#: Of larger groups only this many members, evenly spread, are asked whether they agree to a union.
MAX_ASKED = 24


class Link(NamedTuple):
    """Two items that belong together, and how surely; `given` where they did so from the start."""

    score: float
    one: int
    other: int
    given: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Items that belong together, in order, and the links that united them."""

    members: tuple[int, ...]
    links: tuple[Link, ...]


def cluster(
    count: int,
    links: Iterable[Link],
    agree: Callable[[int, int], float | None],
    *,
    together: Iterable[Sequence[int]] = (),
    refusal: float = 0.15,
    most_refused: float = 0.0,
    mean: float = 0.6,
) -> list[Cluster]:
    """Unite items along the best links first, and only where the groups as wholes agree.

    A union is refused where any two members, one of each group, refuse each other, or where they do not agree
    on average. So A≈B≈C with A≠C splits at its weakest link.

    Args:
        count: How many items there are; they are numbered by content, so that the result does not depend on
            the order of input.
        links: Pairs that shall be united if their groups agree.
        agree: How well two items agree, from 0 (never) to 1; None where nobody looked.
        together: Items that are united from the start.
        refusal: Two items that agree less than this refuse each other.
        most_refused: The greatest share of pairs, one of each group, that may refuse each other.
        mean: The least mean agreement of two groups.

    Returns:
        The groups of two or more, in the order of their first members.

    >>> alike = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0}
    >>> links = [Link(score, *pair) for pair, score in alike.items() if score > 0.5]
    >>> groups = cluster(3, links, lambda one, other: alike[min(one, other), max(one, other)])
    >>> [group.members for group in groups]
    [(0, 1)]
    """
    group_of = list(range(count))
    members: dict[int, list[int]] = {}
    used: dict[int, list[Link]] = {}

    def unite(link: Link) -> None:
        left, right = group_of[link.one], group_of[link.other]
        if len(members.get(left, ())) < len(members.get(right, ())):
            left, right = right, left
        moved = members.pop(right, [right])
        members.setdefault(left, [left]).extend(moved)
        used.setdefault(left, []).extend([link, *used.pop(right, [])])
        for item in moved:
            group_of[item] = left

    for united in together:
        for item in united[1:]:
            if group_of[united[0]] != group_of[item]:
                unite(Link(1.0, united[0], item, given=True))
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.other)):
        left, right = group_of[link.one], group_of[link.other]
        if left == right:
            continue
        if left not in members and right not in members:
            unite(link)
            continue
        asked = [
            agree(here, there)
            for here in _spread(members.get(left, [left]))
            for there in _spread(members.get(right, [right]))
        ]
        cross = [answer for answer in asked if answer is not None]
        refused = sum(answer < refusal for answer in cross)
        if refused <= most_refused * len(cross) and sum(cross) >= mean * len(cross):
            unite(link)
    groups = [Cluster(tuple(sorted(group)), tuple(used[at])) for at, group in members.items()]
    return sorted(groups, key=lambda group: group.members)


def cluster_pairs(
    count: int, left: Any, right: Any, value: Any, sure: Any, *, together: Iterable[Sequence[int]] = ()
) -> list[Cluster]:
    """Unite items along the sure pairs as far as all that is known of the groups agrees.

    Args:
        count: How many items there are.
        left: The lower items of the pairs that are known, as an array.
        right: The higher ones.
        value: How well each pair agrees, 0 to 1.
        sure: Whether each pair shall be united if its groups agree.
        together: Items that are united from the start.
    """
    import numpy as np

    together = [list(united) for united in together]
    in_group = np.zeros(count, dtype=bool)
    for items in (left[sure], right[sure], *([np.concatenate(together)] if together else ())):
        in_group[items] = True
    asked = in_group[left] & in_group[right]  # of other pairs nobody asks: in long lists that is most of them
    known = dict(zip((left[asked] * count + right[asked]).tolist(), value[asked].tolist(), strict=True))

    def agree(one: int, other: int) -> float | None:
        return known.get(one * count + other if one < other else other * count + one)

    links = [
        Link(score, one, other)
        for score, one, other in zip(
            value[sure].tolist(), left[sure].tolist(), right[sure].tolist(), strict=True
        )
    ]
    return cluster(count, links, agree, together=together)


def _spread(group: list[int]) -> list[int]:
    """Return the group, or as many of a large one as are asked."""
    if len(group) <= MAX_ASKED:
        return group
    ordered = sorted(group)
    return [ordered[at * len(ordered) // MAX_ASKED] for at in range(MAX_ASKED)]
