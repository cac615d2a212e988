"""Stage 2: which pairs are worth comparing, without looking at all pairs.

Records meet that share an identifier, a title, a beginning of the title, two of their rarest words, volume,
first page and year, or a name, first page and year; and those that are neighbours when titles are sorted,
forward or reversed. All of it is sorting and shifting of arrays: no Python object a pair.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.codes import distinct, stable_codes
from pubkit.dedupe.columns import ID_KINDS, Columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

#: Larger blocks say little; in them only neighbours in sorted order meet, so that cost stays linear.
MAX_BLOCK = 50
#: Blocks of records that share no more than a beginning or two words say less still.
MAX_LOOSE_BLOCK = 20
#: The kinds of blocks, in the order of `block_keys`, and the size from which on one is large.
KINDS = {
    **dict.fromkeys((*ID_KINDS, "compact"), MAX_BLOCK),
    "start": MAX_LOOSE_BLOCK,
    **dict.fromkeys(("volume, page, year", "name, page, year", "name, year"), MAX_BLOCK),
    "two rare words": MAX_LOOSE_BLOCK,
}
WINDOW = 8
NEIGHBOURS = 3
RAREST_WORDS = 4
#: Titles are sorted by so many of their first (last) letters.
SORTED_LETTERS = 64


def candidate_pairs(columns: Columns) -> tuple[Ints, Ints]:
    """Return the pairs of positions to compare, each once, in order.

    Args:
        columns: The records, in an order that depends on their content only.

    Returns:
        Two arrays, of the lower and of the higher position. Their length grows with the number of records,
        not with its square.
    """
    import numpy as np

    count = len(columns)
    codes = [
        distinct(
            np.concatenate(
                [low * count + high for low, high in block_pairs(who, key, KINDS[kind])] or [_none()]
            )
        )
        for kind, who, key in block_keys(columns)
    ]
    for backwards in (False, True):
        codes.append(_neighbour_codes(columns, backwards=backwards))
    code = distinct(np.concatenate(codes))
    return code // max(count, 1), code % max(count, 1)


def _none() -> Any:
    import numpy as np

    return np.zeros(0, dtype=np.int64)


def _mixed(*parts: Any) -> Any:
    """Return one 64-bit number for some numbers; different ones hardly ever meet."""
    import numpy as np

    code: Any = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        for part in parts:
            code = (code ^ np.asarray(part).astype(np.uint64)) * np.uint64(0xBF58476D1CE4E5B9)
            code = code ^ (code >> np.uint64(29))
    return code


def block_keys(columns: Columns, codes: Any = None) -> Iterator[tuple[str, Any, Any]]:
    """Yield, kind by kind of block, its name, who belongs to a block, and to which.

    Args:
        columns: The records.
        codes: A number for each of the columns' texts that is the same in every part of a list, where the
            records are a part of it; by default the text's own number.
    """
    import numpy as np

    ints = columns.ints

    def coded(numbers: Any) -> Any:
        return numbers if codes is None else codes[numbers]

    for name in (*ID_KINDS, "compact", "start"):
        who = np.flatnonzero(ints[name])
        yield name, who, coded(ints[name][who])
    volume, page, year = ints["volume"], ints["bare_page"], ints["year"]
    who = np.flatnonzero((volume > 0) & (page > 0) & (year != 0))
    yield "volume, page, year", who, _mixed(coded(volume[who]), coded(page[who]), year[who])
    families = columns.ordered_names
    named = np.flatnonzero(np.diff(families.starts))
    first = np.zeros(len(columns), dtype=np.int64)
    first[named] = families.items[families.starts[named]]
    who = named[(page[named] > 0) & (year[named] != 0)]
    yield "name, page, year", who, _mixed(coded(first[who]), coded(page[who]), year[who])
    who = named[(ints["title"][named] == 0) & (year[named] != 0)]
    yield "name, year", who, _mixed(coded(first[who]), year[who])
    who, low, high = _rare_words(columns)
    yield "two rare words", who, _mixed(*np.sort([coded(low), coded(high)], axis=0))


def _rare_words(columns: Columns) -> tuple[Any, Any, Any]:
    """Return who has which two words, of the rarest ones of each title."""
    import numpy as np

    words = columns.words
    sizes = np.diff(words.starts)
    who = np.repeat(np.arange(len(columns)), sizes)
    used = np.zeros(len(columns.texts), dtype=bool)
    used[words.items] = True
    at = np.flatnonzero(used)
    # Many words are equally rare; which of them counts must not depend on the order of records.
    tie = stable_codes([columns.texts[number] for number in at.tolist()])
    by_rank = at[np.lexsort((tie, -columns.rarity[at]))]
    rank = np.zeros(len(used), dtype=np.int64)
    rank[by_rank] = np.arange(len(by_rank))
    # One number a word and record, for sorting such numbers is far faster than sorting by several keys.
    order = np.sort(who * len(used) + rank[words.items]) % len(used)
    place = np.arange(len(who)) - np.repeat(words.starts[:-1], sizes)
    rare = np.zeros((len(columns), RAREST_WORDS), dtype=np.int64)
    few = place < RAREST_WORDS
    rare[who[few], place[few]] = by_rank[order[few]]
    one, other = zip(*combinations(range(RAREST_WORDS), 2), strict=True)
    low, high = rare[:, one].ravel(), rare[:, other].ravel()
    both = np.flatnonzero((low > 0) & (high > 0))
    return both // len(one), low[both], high[both]


def block_pairs(who: Any, key: Any, most: Any = MAX_BLOCK) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of records of one block; in large blocks those that are near each other.

    Args:
        who: Positions of records, ascending within each block.
        key: The block that each is in.
        most: How many records a block may have before it is large; or that for each record's block.
    """
    import numpy as np

    order = np.argsort(key, kind="stable")
    who, key, most = who[order], key[order], np.broadcast_to(most, len(order))[order]
    if not len(who):
        return
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    left = np.repeat(sizes, sizes) - (np.arange(len(key)) - np.repeat(starts, sizes)) - 1
    large = np.repeat(sizes, sizes) > most
    at = np.flatnonzero(left > 0)
    for distance in range(1, MAX_BLOCK):
        at = at[(left[at] >= distance) & ~(large[at] & (distance > WINDOW))]
        if not len(at):
            return
        one, other = who[at], who[at + distance]
        yield np.minimum(one, other), np.maximum(one, other)


def _neighbour_codes(columns: Columns, *, backwards: bool) -> Any:
    """Return the pairs that are near each other in the order of titles."""
    import numpy as np

    count = len(columns)
    titled = [at for at, title in enumerate(columns.titles) if title]
    beginnings = [
        title[: -SORTED_LETTERS - 1 : -1] if backwards else title[:SORTED_LETTERS] for title in columns.titles
    ]
    order = np.array(sorted(titled, key=beginnings.__getitem__), dtype=np.int64)
    codes = [_none()]
    for distance in range(1, NEIGHBOURS + 1):
        one, other = order[:-distance], order[distance:]
        codes.append(np.minimum(one, other) * count + np.maximum(one, other))
    return np.concatenate(codes)
