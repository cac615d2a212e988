"""Words of which one title has the one and another title the other: "in men", "in women"."""

from __future__ import annotations

from typing import Any

#: Pairs of words that tell two works apart however alike their titles are; each word has a bit of its own.
OPPOSITES = (
    ("men", "women"), ("male", "female"), ("males", "females"), ("boys", "girls"), ("mothers", "fathers"),
    ("maternal", "paternal"), ("sons", "daughters"), ("children", "adults"), ("left", "right"),
    ("upper", "lower"), ("anterior", "posterior"), ("medial", "lateral"), ("proximal", "distal"),
    ("systolic", "diastolic"), ("acute", "chronic"), ("benign", "malignant"), ("vitro", "vivo"),
    ("with", "without"), ("before", "after"), ("increased", "decreased"), ("increases", "decreases"),
    ("positive", "negative"), ("northern", "southern"), ("eastern", "western"), ("urban", "rural"),
    ("supervised", "unsupervised"), ("linear", "nonlinear"), ("directed", "undirected"),
)  # fmt: skip
_BITS = {
    word: 1 << (2 * number + side) for number, pair in enumerate(OPPOSITES) for side, word in enumerate(pair)
}
_FIRSTS = sum(1 << (2 * number) for number in range(len(OPPOSITES)))


def opposites_in(words: frozenset[str]) -> int:
    """Return which of the words have an opposite, as bits.

    >>> opposites_in(frozenset({"men", "bees"})), opposites_in(frozenset({"women"}))
    (1, 2)
    """
    return 0 if _BITS.keys().isdisjoint(words) else sum(_BITS[word] for word in words if word in _BITS)


def opposed(one: Any, other: Any) -> Any:
    """Say for arrays of such bits where one title has a word only, and the other its opposite only."""
    mine, theirs = one & ~other, other & ~one
    return ((((mine & _FIRSTS) << 1) | ((mine >> 1) & _FIRSTS)) & theirs) != 0


def opposites_named(one: int, other: int) -> tuple[str, str]:
    """Return the first two words in which two titles are opposed.

    >>> opposites_named(opposites_in(frozenset({"rural"})), opposites_in(frozenset({"urban"})))
    ('rural', 'urban')
    """
    for pair in OPPOSITES:
        for mine, theirs in (pair, pair[::-1]):
            if one & ~other & _BITS[mine] and other & ~one & _BITS[theirs]:
                return mine, theirs
    return "", ""
