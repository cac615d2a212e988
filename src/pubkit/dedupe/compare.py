"""Stage 3: how alike pairs of records are, field by field, whole columns at once; no judgement yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import ID_KINDS, Columns, Lists

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Below this title similarity (0 to 1) nothing else is looked at.
TITLE_FLOOR = 0.72
#: What stands for "one side says nothing" where 1 stands for the same and 0 for different.
UNKNOWN = -1
# A title that is the other's beginning counts as this similar.
_BEGINS_ALIKE = 0.86
_SAME_WORD = 0.8
_SAME_NAME = 0.82
_SAME_VENUE = 0.85
# So many leftover words or names a side are looked at for slips of the pen; more are another text.
_MOST_LEFT = 10
_LONG_NAME = 3
_SMALL_WORDS = frozenset({"of", "on", "the", "and", "for", "in", "de", "der", "und", "to", "s"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What pairs of records have in common: one array a property, one item a pair.

    Where an array holds 1 for the same and 0 for different, -1 says that one side says nothing.

    Attributes:
        title: Similarity of the titles, 0 to 1, as written or with the words sorted; -1 where one is missing.
        information: How much the shorter title says: the sum of its words' rarity, in nats.
        unmatched: The share of that which has no counterpart in the other title.
        swapped: The same, of the side that lost less: what one title has in place of something in the other.
        families: The share of the shorter list's family names that the other has; -1 where unknown.
        all_families: The share of all family names that both have; -1 where unknown.
        first_author: Whether the first authors agree.
        years: How many years lie between them; -1 where unknown.
        venue: Whether the venues are the same.
        known_venues: Whether both venues are in the table of venues.
        volume: Whether the volumes agree.
        number: Whether the issues agree.
        first_page: Whether the first pages agree.
        last_page: Whether the last pages agree.
        ids: Kind of identifier → whether they agree.
    """

    title: Floats
    information: Floats
    unmatched: Floats
    swapped: Floats
    families: Floats
    all_families: Floats
    first_author: Ints
    years: Ints
    venue: Ints
    known_venues: NDArray[np.bool_]
    volume: Ints
    number: Ints
    first_page: Ints
    last_page: Ints
    ids: Mapping[str, Ints]


def same_id(columns: Columns, left: Ints, right: Ints) -> Any:
    """Return for each pair whether the two share an identifier."""
    import numpy as np

    found = np.zeros(len(left), dtype=bool)
    for kind in ID_KINDS:
        found |= _equal(columns.ints[kind], left, right) == 1
    return found


def similar_titles(columns: Columns, left: Ints, right: Ints) -> Floats:
    """Return how alike the titles of pairs are, 0 to 1; 0 for less than the floor, -1 where one is missing.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
    """
    import numpy as np

    ints = columns.ints
    title, compact = ints["title"], ints["compact"]
    found = np.zeros(len(left))
    found[compact[left] == compact[right]] = 0.995
    found[title[left] == title[right]] = 1.0
    missing = (title[left] == 0) | (title[right] == 0)
    found[missing] = -1.0
    rest = np.flatnonzero((found == 0) & ~missing)
    lengths = np.fromiter(map(len, columns.titles), np.int64, len(columns))
    # `fuzz.ratio` is at most twice the shorter length over both lengths.
    short, long = (
        np.minimum(lengths[left[rest]], lengths[right[rest]]),
        lengths[left[rest]] + lengths[right[rest]],
    )
    possible = rest[2 * short >= TITLE_FLOOR * long]
    titles = columns.titles
    one, other = left[possible].tolist(), right[possible].tolist()
    written = _ratios([titles[at] for at in one], [titles[at] for at in other], TITLE_FLOOR)
    again = np.flatnonzero(written < 0.9)
    of = [one[at] for at in again.tolist()], [other[at] for at in again.tolist()]
    sorted_titles = {at: " ".join(sorted(titles[at].split())) for at in {*of[0], *of[1]}}
    shuffled = _ratios([sorted_titles[at] for at in of[0]], [sorted_titles[at] for at in of[1]], TITLE_FLOOR)
    written[again] = np.maximum(written[again], shuffled)
    found[possible] = written
    return _beginnings(columns, left, right, found)


def _beginnings(columns: Columns, left: Ints, right: Ints, found: Floats) -> Floats:
    """Raise the similarity where one title is the other with words added at one end."""
    import numpy as np

    titles = columns.titles
    for name, test in (("start", str.startswith), ("finish", str.endswith)):
        numbers = columns.ints[name]
        alike = (numbers[left] > 0) & (numbers[left] == numbers[right])
        for at in np.flatnonzero(alike & (found >= 0) & (found < _BEGINS_ALIKE)).tolist():
            short, long = sorted((titles[left[at]], titles[right[at]]), key=len)
            if test(long, short + " " if name == "start" else " " + short):
                found[at] = _BEGINS_ALIKE
    return found


def compare(columns: Columns, left: Ints, right: Ints, title: Floats | None = None) -> Comparison:
    """Compare pairs of records.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
        title: How alike their titles are, where that is known.
    """
    import numpy as np

    if title is None:
        title = similar_titles(columns, left, right)
    ints = columns.ints
    information, unmatched, swapped = _information(columns, left, right)
    glued = ints["compact"][left] == ints["compact"][right]
    unmatched[glued] = swapped[glued] = 0.0
    families, all_families, first = _authors(columns, left, right)
    years = np.abs(ints["year"][left] - ints["year"][right])
    years[(ints["year"][left] == 0) | (ints["year"][right] == 0)] = UNKNOWN
    known = ints["known"]
    page, bare = ints["page"], ints["bare_page"]
    first_page = _equal(page, left, right)
    digits = (page[left] == bare[left]) | (page[right] == bare[right])
    first_page[(first_page == 0) & digits & (bare[left] == bare[right])] = 1
    return Comparison(
        title=title,
        information=information,
        unmatched=unmatched,
        swapped=swapped,
        families=families,
        all_families=all_families,
        first_author=first,
        years=years,
        venue=_venues(columns, left, right),
        known_venues=(known[left] > 0) & (known[right] > 0),
        volume=_equal(ints["volume"], left, right),
        number=_equal(ints["number"], left, right),
        first_page=first_page,
        last_page=_equal(ints["last_page"], left, right),
        ids={kind: _equal(ints[kind], left, right) for kind in ID_KINDS},
    )


def _ratios(one: Sequence[str], other: Sequence[str], floor: float) -> Any:
    """Return the edit similarity of pairs of texts, 0 to 1; 0 for less than the floor."""
    import numpy as np
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    if not one:
        return np.zeros(0)
    workers = -1 if len(one) > 5000 else 1
    found = cpdist(one, other, scorer=fuzz.ratio, score_cutoff=100 * floor, workers=workers, dtype=np.float64)
    return found / 100


def _equal(numbers: Ints, left: Ints, right: Ints) -> Any:
    """Return 1 where two records have the same, 0 where another, -1 where one has nothing."""
    import numpy as np

    one, other = numbers[left], numbers[right]
    found = (one == other).astype(np.int64)
    found[(one == 0) | (other == 0)] = UNKNOWN
    return found


# -- venues ------------------------------------------------------------------------------------------------


def _venues(columns: Columns, left: Ints, right: Ints) -> Any:
    """Say whether two venues are the same: by the table of venues, else by their names."""
    import numpy as np

    ints, texts = columns.ints, columns.texts
    found = _equal(ints["venue"], left, right)
    known = _equal(ints["known"], left, right)
    found[known >= 0] = known[known >= 0]
    rest = np.flatnonzero((found == 0) & (known < 0))
    one, other = ints["venue"][left[rest]], ints["venue"][right[rest]]
    codes, inverse = np.unique(
        np.minimum(one, other) * len(texts) + np.maximum(one, other), return_inverse=True
    )
    same = [_same_name(texts[code // len(texts)], texts[code % len(texts)]) for code in codes.tolist()]
    found[rest] = np.array(same, dtype=np.int64)[inverse] if same else 0
    return found


@lru_cache(maxsize=1 << 15)
def _same_name(one: str, other: str) -> bool:
    """Say whether two names of venues are the same, abbreviations taken word by word."""
    from rapidfuzz import fuzz

    if fuzz.token_sort_ratio(one, other) >= 100 * _SAME_VENUE:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1:
        initials = "".join(word[0] for word in long if word not in _SMALL_WORDS)
        if len(short[0]) > 2 and (short[0] == initials or short[0] in long):
            return True
    return _abbreviates(short, long)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether the words of one name begin words of the other, in order (`j clin oncol`).

    Of long names, one word in four need not: ordinals and places are written in many ways.
    """
    at = found = 0
    for word in short:
        there = at
        while there < len(long) and not (long[there].startswith(word) or word.startswith(long[there])):
            there += 1
        if there < len(long):
            at = there + 1
            found += 1
    return found >= len(short) if len(short) < _LONG_NAME else found >= 0.75 * len(short)


# -- lists of words ----------------------------------------------------------------------------------------


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
    low, high = np.searchsorted(other_pair, pair), np.searchsorted(other_pair, pair, side="right")
    high = np.minimum(high, low + _MOST_LEFT)
    sizes = high - low
    mine = np.repeat(np.arange(len(pair)), sizes)
    theirs = np.repeat(low, sizes) + np.arange(len(mine)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    if not len(mine):
        return found
    words = columns.texts
    left, right = item[mine], other_item[theirs]
    codes, inverse = np.unique(left * len(words) + right, return_inverse=True)
    ones = [words[code] for code in (codes // len(words)).tolist()]
    others = [words[code] for code in (codes % len(words)).tolist()]
    alike = _ratios(ones, others, floor) > 0
    alike &= ~np.fromiter((word.isdigit() for word in ones), bool, len(ones))
    found[mine[alike[inverse]]] = True
    return found


def _sums(pair: Any, values: Any, count: int) -> Any:
    import numpy as np

    return np.bincount(pair, weights=values, minlength=count)


def _information(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any, Any]:
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


def _authors(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any, Any]:
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
    alike = _ratios(
        [texts[at] for at in item[is_first][inexact].tolist()],
        [texts[at] for at in heads[owners[inexact]].tolist()],
        _SAME_NAME,
    )
    exact[inexact] = alike > 0
    first[owners] = exact
    return _sums(pair[there], np.ones(int(there.sum())), count), first
