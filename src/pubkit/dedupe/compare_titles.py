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
    titles = columns.titles
    one, other = left[possible].tolist(), right[possible].tolist()
    written = ratios([titles[at] for at in one], [titles[at] for at in other], TITLE_FLOOR)
    whole = words[possible].astype(np.int64)
    enough = np.maximum(_SHUFFLED * whole, np.minimum(_SHUFFLED_LONG * whole, whole - 2))
    again = np.flatnonzero((written < 0.9) & (shared[possible] >= enough))
    of = [one[at] for at in again.tolist()], [other[at] for at in again.tolist()]
    sorted_titles = {at: " ".join(sorted(titles[at].split())) for at in {*of[0], *of[1]}}
    shuffled = ratios([sorted_titles[at] for at in of[0]], [sorted_titles[at] for at in of[1]], TITLE_FLOOR)
    written[again] = np.maximum(written[again], shuffled)
    found[possible] = written
    return _beginnings(columns, left, right, found)


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
