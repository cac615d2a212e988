"""Whether two titles that are nearly equal say the same: slips of the pen differ from other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rapidfuzz.distance import OSA

#: Says whether a word is known to stand in titles.
Knows = Callable[[str], bool]

_SMALL_WORDS = frozenset(
    {"a", "an", "the", "of", "on", "in", "for", "and", "to", "with", "by", "at", "from", "via", "as", "its"}
    | {
        "der",
        "die",
        "das",
        "und",
        "von",
        "zur",
        "zum",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "et",
        "el",
        "los",
    }
)
# Words of which one is the other with such a beginning, or that begin with either, are no slips.
_TURNED = ("un", "in", "im", "ir", "il", "non", "dis", "anti", "de", "re", "sub", "semi", "bi", "co", "a")
_OPPOSED = (
    ("inter", "intra"), ("hyper", "hypo"), ("micro", "macro"), ("over", "under"), ("endo", "exo"),
    ("pre", "pro"), ("pre", "post"), ("max", "min"), ("mono", "poly"), ("ex", "in"), ("up", "down"),
)  # fmt: skip
_SHORTEST, _LONG = 4, 8


def other_words(ours: Sequence[str], theirs: Sequence[str], knows: Knows | None = None) -> tuple[str, ...]:
    """Return the words in which two folded titles differ in meaning.

    Articles and prepositions, words written together or apart, plurals and slips of the pen do not count. A
    slip is one letter more, less, other or moved, two in long words; what is a known word is none.

    Args:
        ours: The words of one title.
        theirs: The words of the other.
        knows: Says whether one of ours is a word of other titles.

    >>> other_words("unsupervised parsing".split(), "supervised parsing".split())
    ('unsupervised', 'supervised')
    >>> other_words("the data base of bees".split(), "database of the beess".split())
    ()
    """
    if "".join(ours) == "".join(theirs):
        return ()
    mine, yours = Counter(ours), Counter(theirs)
    left, right = list((mine - yours).elements()), list((yours - mine).elements())
    for word in list(left):
        like = next((other for other in right if _is_slip(word, other, knows)), None)
        if like is not None:
            left.remove(word)
            right.remove(like)
    left = [word for word in left if word not in _SMALL_WORDS]
    right = [word for word in right if word not in _SMALL_WORDS]
    # "Learningkernels", "Learningekernels": written together, with a slip between the words.
    whole, other = "".join(left), "".join(right)
    if whole == other or (len(left) < len(right) and _is_slip(whole, other, knows)):
        return ()
    return (*left, *right)


def _is_slip(ours: str, theirs: str, knows: Knows | None) -> bool:
    short, long = sorted((ours, theirs), key=len)
    if long == f"{short}s" and len(short) >= _SHORTEST - 1:
        return True
    if theirs in _SMALL_WORDS and ours not in _SMALL_WORDS and OSA.distance(ours, theirs) == 1:
        return knows is not None and not knows(ours)
    if len(short) < _SHORTEST or any(char.isdigit() for char in ours + theirs):
        return False
    if OSA.distance(ours, theirs) > (1 if len(short) < _LONG else 2):
        return False
    if long.endswith(short) and long[: -len(short)] in _TURNED:
        return False
    for pair in _OPPOSED:
        if any(ours.startswith(one) and theirs.startswith(two) for one, two in (pair, pair[::-1])):
            return False
    return not (knows is not None and knows(ours))
