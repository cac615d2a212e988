"""Whether two venues are the same: by the table of venues, else by their names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import STAGES, Columns, equal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_SAME_VENUE = 0.85
_LONG_NAME = 3
# Words that acronyms of venues leave out as often as not.
_COMMON_WORDS = frozenset({"international", "conference", "symposium", "workshop", "journal", "transactions"})
_SMALL_WORDS = frozenset({"of", "on", "the", "and", "for", "in", "de", "der", "und", "to", "s"})


# What may stand behind the name of a journal without making it another one.
_SUBTITLE = frozenset({"official", "journal", "magazine"})
_SHORT_WORD = 3


def same_venues(columns: Columns, left: Ints, right: Ints) -> Any:
    """Say whether two venues are the same (1) or not (0): by the table of venues, else by their names.

    Where the name of a journal is a part of the other name, -1: "Ecology" may be short for a longer name, and
    is not "Ecology Letters".
    """
    import numpy as np

    ints, texts = columns.ints, columns.texts
    found = equal(ints["venue"], left, right)
    known = equal(ints["known"], left, right)
    found[known >= 0] = known[known >= 0]
    rest = np.flatnonzero((found == 0) & (known < 0))
    one, other = ints["venue"][left[rest]], ints["venue"][right[rest]]
    stages = np.stack([ints["stage"][left[rest]], ints["stage"][right[rest]]])
    journal, conference = STAGES.index("journal"), STAGES.index("conference")
    journals = np.isin(stages, (journal, conference)).all(axis=0) & (stages == journal).any(axis=0)
    size = len(texts)
    pairs = (np.minimum(one, other) * size + np.maximum(one, other)) * 2 + journals
    codes, inverse = np.unique(pairs, return_inverse=True)
    same = [
        compare_names(texts[code // 2 // size], texts[code // 2 % size], journals=bool(code % 2))
        for code in codes.tolist()
    ]
    found[rest] = np.array(same, dtype=np.int64)[inverse] if same else 0
    return found


def compare_names(one: str, other: str, *, journals: bool) -> int:
    """Compare two folded names of venues: 1 the same, 0 different, -1 where one may be short for the other.

    >>> compare_names("j clin oncol", "journal clinical oncology", journals=True)
    1
    >>> compare_names("ecology", "ecology letters", journals=True)
    -1
    """
    if not same_name(one, other):
        return 0
    return -1 if journals and not _says_all(one, other) else 1


@lru_cache(maxsize=1 << 15)
def same_name(one: str, other: str) -> bool:
    """Say whether two names of venues may be the same, abbreviations taken word by word."""
    from rapidfuzz import fuzz

    if fuzz.token_sort_ratio(one, other) >= 100 * _SAME_VENUE:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1 and len(short[0]) > 2 and (short[0] in long or _is_acronym(short[0], long)):
        return True
    return _abbreviates(short, long)


@lru_cache(maxsize=1 << 15)
def _says_all(one: str, other: str) -> bool:
    """Say whether each of two names has a word for every word of the other, small ones left aside."""
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1 and _is_acronym(short[0], long):
        return True
    rest = iter([word for word in long if word not in _SMALL_WORDS])
    for word in short:
        if word not in _SMALL_WORDS and not _is_short_for(*sorted((word, next(rest, "")), key=len)):
            return False
    return next(rest, "official") in _SUBTITLE


def _is_short_for(short: str, long: str) -> bool:
    """Say whether a word abbreviates another (its beginning, letters of it) or is nearly the same."""
    from rapidfuzz import fuzz

    if not short or short[0] != long[0]:
        return False
    if long.startswith(short) or fuzz.ratio(short, long) >= 100 * _SAME_VENUE:
        return True
    letters = iter(long)
    return len(short) >= _SHORT_WORD and short[-1] == long[-1] and all(letter in letters for letter in short)


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
        while there < len(long) and not (
            long[there].startswith(word) or (word.startswith(long[there]) and long[there] not in _SMALL_WORDS)
        ):
            there += 1
        if there < len(long):
            at = there + 1
            found += 1
    return found >= len(short) if len(short) < _LONG_NAME else found >= 0.75 * len(short)
