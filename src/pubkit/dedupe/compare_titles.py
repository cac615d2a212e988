"""How alike the titles of pairs are: what decides whether anything else is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import Columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

#: Below this title similarity (0 to 1) nothing else is looked at.
TITLE_FLOOR = 0.72
# A title that is the other's beginning counts as this similar.
_BEGINS_ALIKE = 0.86
# Titles of which the other has fewer of the shorter one's words, to the letter, are hardly ever alike.
_FEW_WORDS = 0.2
# Less still are those whose words stand in another order, where the other has too few of them: more than one
# word in five is missing, of short titles more than two words or two in five.
_SHUFFLED, _SHUFFLED_LONG = 0.6, 0.8


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
    lengths = columns.title_lengths
    # `fuzz.ratio` is at most twice the shorter length over both lengths.
    short, long = (
        np.minimum(lengths[left[rest]], lengths[right[rest]]),
        lengths[left[rest]] + lengths[right[rest]],
    )
    shared, words = _shared_words(columns, left, right)
    possible = rest[(2 * short >= TITLE_FLOOR * long) & (shared[rest] >= _FEW_WORDS * words[rest])]
    # Where a title stands over many records, the same two titles meet many times.
    one, other = title[left[possible]], title[right[possible]]
    size = int(title.max(initial=0)) + 1
    pairs, pair_of = np.unique(np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True)
    first = np.empty(len(pairs), dtype=np.int64)
    first[pair_of] = possible
    one, other = left[first], right[first]
    written = ratios(_at(columns.titles, one), _at(columns.titles, other), TITLE_FLOOR)
    whole = words[first].astype(np.int64)
    enough = np.maximum(_SHUFFLED * whole, np.minimum(_SHUFFLED_LONG * whole, whole - 2))
    again = np.flatnonzero((written < 0.9) & (shared[first] >= enough))
    shuffled = ratios(columns.shuffled(one[again]), columns.shuffled(other[again]), TITLE_FLOOR)
    written[again] = np.maximum(written[again], shuffled)
    found[possible] = written[pair_of]
    return _beginnings(columns, left, right, found)


def _at(titles: Sequence[str], positions: Ints) -> list[str]:
    return [titles[at] for at in positions.tolist()]


def _shared_words(columns: Columns, left: Ints, right: Ints) -> tuple[Any, Any]:
    """Return how many words of the shorter title the other may have, never too few, and of how many."""
    import numpy as np

    words = columns.title_words
    sizes = np.bitwise_count(words)
    both = np.bitwise_count(words[left] & words[right])
    return both, np.minimum(sizes[left], sizes[right])


def _beginnings(columns: Columns, left: Ints, right: Ints, found: Floats) -> Floats:
    """Raise the similarity where one title is the other with words added at one end."""
    import numpy as np

    titles, words = columns.titles, columns.title_words
    one, other = words[left], words[right]
    within = ((one & ~other) == 0) | ((other & ~one) == 0)
    for name, test in (("start", str.startswith), ("finish", str.endswith)):
        numbers = columns.ints[name]
        alike = within & (numbers[left] > 0) & (numbers[left] == numbers[right])
        for at in np.flatnonzero(alike & (found >= 0) & (found < _BEGINS_ALIKE)).tolist():
            short, long = sorted((titles[left[at]], titles[right[at]]), key=len)
            if test(long, short + " " if name == "start" else " " + short):
                found[at] = _BEGINS_ALIKE
    return found


def ratios(one: Sequence[str], other: Sequence[str], floor: float) -> Any:
    """Return the edit similarity of pairs of texts, 0 to 1; 0 for less than the floor."""
    import numpy as np
    from rapidfuzz import fuzz
    from rapidfuzz.process import cpdist

    if not one:
        return np.zeros(0)
    workers = -1 if len(one) > 5000 else 1
    found = cpdist(one, other, scorer=fuzz.ratio, score_cutoff=100 * floor, workers=workers, dtype=np.float64)
    return found / 100
