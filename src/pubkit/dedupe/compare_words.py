"""What lists of words have in common: titles word by word, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import UNKNOWN, Columns, Lists
from pubkit.dedupe.compare_titles import ratios

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SAME_WORD = 0.8
_SAME_NAME = 0.82
# So many leftover words or names a side are looked at for slips of the pen; more are another text.
_MOST_LEFT = 10


def _spread(lists: Lists, at: Ints) -> tuple[Any, Any]:
    """Return the items of the lists at some positions, and for each which of the positions it is of."""
    import numpy as np

    starts, sizes = lists.starts[at], lists.starts[at + 1] - lists.starts[at]
    pair = np.repeat(np.arange(len(at)), sizes)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return pair, lists.items[np.repeat(starts, sizes) + within]


def _among(pair: Any, item: Any, other_pair: Any, other_item: Any, size: int) -> Any:
    """Return for each item whether the same pair has it on the other side; those are in ascending order."""
    import numpy as np

    codes, others = pair * size + item, other_pair * size + other_item
    if not len(others):
        return np.zeros(len(codes), dtype=bool)
    at = np.minimum(np.searchsorted(others, codes), len(others) - 1)
    return others[at] == codes


def _has_like(columns: Columns, one: Any, other: Any, floor: float) -> Any:
    """Return for each leftover word whether the same pair has one like it on the other side.

    Args:
        columns: The records.
        one: Pairs and words, ascending by pair.
        other: The same of the other side.
        floor: How alike two words must be.
    """
    import numpy as np

    (pair, item), (other_pair, other_item) = one, other
    found = np.zeros(len(pair), dtype=bool)
    count = 1 + max(int(pair.max(initial=-1)), int(other_pair.max(initial=-1)))
    sizes_there = np.bincount(other_pair, minlength=count)
    low = (np.cumsum(sizes_there) - sizes_there)[pair]
    sizes = np.minimum(sizes_there, _MOST_LEFT)[pair]
    mine = np.repeat(np.arange(len(pair)), sizes)
    theirs = np.repeat(low, sizes) + np.arange(len(mine)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    if not len(mine):
        return found
    letters = columns.letters
    left, right = item[mine], other_item[theirs]
    possible = np.flatnonzero(~letters.digits[left] & letters.may_be_alike(left, right, floor))
    mine, left, right = mine[possible], left[possible], right[possible]
    words = columns.texts
    codes, inverse = np.unique(left * len(words) + right, return_inverse=True)
    ones = [words[code] for code in (codes // len(words)).tolist()]
    others = [words[code] for code in (codes % len(words)).tolist()]
    alike = ratios(ones, others, floor) > 0
    found[mine[alike[inverse]]] = True
    return found


def _sums(pair: Any, values: Any, count: int) -> Any:
    import numpy as np

    return np.bincount(pair, weights=values, minlength=count)


def information(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any, Any]:
    """Return how much the titles say, the share of it in which they differ, and that on both sides."""
    import numpy as np

    count, size = len(left), len(columns.texts)
    pair, item = _spread(columns.words, left)
    other_pair, other_item = _spread(columns.words, right)
    information = np.minimum(
        _sums(pair, columns.rarity[item], count), _sums(other_pair, columns.rarity[other_item], count)
    )
    here = ~_among(pair, item, other_pair, other_item, size)
    there = ~_among(other_pair, other_item, pair, item, size)
    one, other = (pair[here], item[here]), (other_pair[there], other_item[there])
    losses = []
    for mine, theirs in ((one, other), (other, one)):
        rest = ~_has_like(columns, mine, theirs, _SAME_WORD)
        losses.append(_sums(mine[0][rest], columns.rarity[mine[1][rest]], count))
    less, more = np.minimum(*losses), np.maximum(*losses)
    whole = np.maximum(information + more, 1e-9)
    return information, more / whole, less / whole


def authors(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any, Any]:
    """Compare the name lists of pairs.

    Families are looked up among all words of the other list, since family and given names get swapped.
    """
    import numpy as np

    sizes = np.diff(columns.ordered_names.starts)
    one, other = sizes[left], sizes[right]
    here, first = _found(columns, left, right)
    there, first_there = _found(columns, right, left)
    unknown = (one == 0) | (other == 0)
    share_here, share_there = here / np.maximum(one, 1), there / np.maximum(other, 1)
    shorter = np.where(one < other, share_here, share_there)
    shorter = np.where(one == other, np.maximum(share_here, share_there), shorter)
    every = (here + there) / np.maximum(one + other, 1)
    shorter[unknown] = every[unknown] = UNKNOWN
    first_author = (first | first_there).astype(np.int64)
    first_author[unknown] = UNKNOWN
    return shorter, every, first_author


def _found(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any]:
    """Return how many family names the other list has, and whether the first one is its first."""
    import numpy as np

    count, size = len(left), len(columns.texts)
    pair, item = _spread(columns.ordered_names, left)
    other_pair, other_item = _spread(columns.names, right)
    there = _among(pair, item, other_pair, other_item, size)
    is_first = np.r_[True, pair[1:] != pair[:-1]] if len(pair) else np.zeros(0, dtype=bool)
    rest = np.flatnonzero(~there)
    family_pair, family_item = _spread(columns.ordered_names, right)
    like = _has_like(columns, (pair[rest], item[rest]), (family_pair, family_item), _SAME_NAME)
    there[rest] = like
    heads = (
        columns.ordered_names.items[
            np.minimum(columns.ordered_names.starts[right], max(len(columns.ordered_names.items) - 1, 0))
        ]
        if len(columns.ordered_names.items)
        else np.zeros(count, dtype=np.int64)
    )
    first = np.zeros(count, dtype=bool)
    owners = pair[is_first]
    exact = item[is_first] == heads[owners]
    texts = columns.texts
    inexact = np.flatnonzero(~exact & there[is_first])
    alike = ratios(
        [texts[at] for at in item[is_first][inexact].tolist()],
        [texts[at] for at in heads[owners[inexact]].tolist()],
        _SAME_NAME,
    )
    exact[inexact] = alike > 0
    first[owners] = exact
    return _sums(pair[there], np.ones(int(there.sum())), count), first
