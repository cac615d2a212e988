"""Numbers for texts that are the same in every process and on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# So many bytes are multiplied at a time, so that memory stays bounded.
_PORTION = 1 << 22


def stable_codes(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return a 64-bit number for each text; those of different texts hardly ever meet.

    Each byte is multiplied by a random number for its place and the products are added (multilinear hashing;
    Lemire and Kaser, "Strongly universal string hashing is fast", 2014), whole columns at once.

    >>> one, other, again = stable_codes(["bees", "bee", "bees"]).tolist()
    >>> one == again, one == other
    (True, False)
    """
    import numpy as np

    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    codes: NDArray[np.uint64] = codes_of_bytes(np.frombuffer(b"".join(encoded), dtype=np.uint8), sizes)
    return codes


def distinct(numbers: Any) -> Any:
    """Return the different numbers, ascending.

    `np.unique` hashes integers, which takes a hundred times as long as sorting tens of millions of them.

    >>> distinct([3, 1, 3]).tolist()
    [1, 3]
    """
    import numpy as np

    ordered = np.sort(numbers)
    if len(ordered) < 2:
        return ordered
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]]


def codes_of_bytes(content: Any, sizes: Any) -> Any:
    """Return the codes of texts that lie one behind the other.

    Args:
        content: Their bytes in UTF-8.
        sizes: How many bytes each has.
    """
    import numpy as np

    ends = np.cumsum(sizes)
    total = _scrambled(sizes.astype(np.uint64) + np.uint64(1))
    first = 0
    while first < len(sizes):  # as many whole texts as fit into a portion, at least one
        begin = ends[first] - sizes[first]
        last = max(first + 1, int(np.searchsorted(ends, begin + _PORTION, side="right")))
        part = sizes[first:last]
        text = np.repeat(np.arange(len(part)), part)
        place = np.arange(len(text)) - np.repeat(np.cumsum(part) - part, part)
        factors = _scrambled(np.arange(int(part.max(initial=0)), dtype=np.uint64) + np.uint64(1 << 32))
        products = (content[begin : ends[last - 1]].astype(np.uint64) + np.uint64(1)) * factors[place]
        filled = np.flatnonzero(part)
        if len(filled):
            starts = (np.cumsum(part) - part)[filled]
            total[first + filled] += np.add.reduceat(products, starts)
        first = last
    return _scrambled(total)


def _scrambled(numbers: Any) -> Any:
    """Return numbers whose bits look random (the finaliser of splitmix64)."""
    import numpy as np

    with np.errstate(over="ignore"):
        mixed = numbers * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
