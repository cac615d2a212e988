"""Whether two venues are the same: by the table of venues, else by their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import Columns, equal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SAME_VENUE = 0.85
_LONG_NAME = 3
# Words that acronyms of venues leave out as often as not.
_COMMON_WORDS = frozenset({"international", "conference", "symposium", "workshop", "journal", "transactions"})
_SMALL_WORDS = frozenset({"of", "on", "the", "and", "for", "in", "de", "der", "und", "to", "s"})


def same_venues(columns: Columns, left: Ints, right: Ints) -> Any:
    """Say whether two venues are the same: by the table of venues, else by their names."""
    import numpy as np

    ints, texts = columns.ints, columns.texts
    found = equal(ints["venue"], left, right)
    known = equal(ints["known"], left, right)
    found[known >= 0] = known[known >= 0]
    rest = np.flatnonzero((found == 0) & (known < 0))
    one, other = ints["venue"][left[rest]], ints["venue"][right[rest]]
    codes, inverse = np.unique(
        np.minimum(one, other) * len(texts) + np.maximum(one, other), return_inverse=True
    )
    same = [same_name(texts[code // len(texts)], texts[code % len(texts)]) for code in codes.tolist()]
    found[rest] = np.array(same, dtype=np.int64)[inverse] if same else 0
    return found


@lru_cache(maxsize=1 << 15)
def same_name(one: str, other: str) -> bool:
    """Say whether two names of venues are the same, abbreviations taken word by word."""
    from rapidfuzz import fuzz

    if fuzz.token_sort_ratio(one, other) >= 100 * _SAME_VENUE:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1 and len(short[0]) > 2 and (short[0] in long or _is_acronym(short[0], long)):
        return True
    return _abbreviates(short, long)


def _is_acronym(acronym: str, words: Sequence[str]) -> bool:
    """Say whether beginnings of words make the acronym, in order, none left out but small or common ones.

    So `amcis` stands for `americas conference information systems`, `vldb` for `very large data bases`.
    """
    reached = {0}
    for word in words:
        following = set(reached) if word in _SMALL_WORDS or word in _COMMON_WORDS else set()
        for at in reached:
            here = at
            while here < len(acronym) and here - at < len(word) and acronym[here] == word[here - at]:
                here += 1
                following.add(here)
        reached = following
    return len(acronym) in reached


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
