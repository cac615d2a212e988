"""Sets as bits: what two texts cannot have in common is told at once, before any letters are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.codes import codes_of_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SPACE = 32
# So many titles are split at a time, so that memory stays bounded.
_PORTION = 50_000


def word_bits(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return the words of each text as a set of 64 bits, one of them for each word.

    >>> one, other, none = word_bits(["bees dance", "dance bees", ""]).tolist()
    >>> one == other, none
    (True, 0)
    """
    import numpy as np

    parts = [_word_bits(texts[at : at + _PORTION]) for at in range(0, len(texts), _PORTION)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint64)


def _word_bits(texts: Sequence[str]) -> Any:
    import numpy as np

    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    content = np.frombuffer(b" ".join(encoded), dtype=np.uint8)
    ends = np.r_[np.flatnonzero(content == _SPACE), len(content)]
    sizes = np.diff(np.r_[-1, ends]) - 1
    codes = codes_of_bytes(content[content != _SPACE], sizes)
    bits = np.where(sizes > 0, np.uint64(1) << (codes >> np.uint64(58)), np.uint64(0))
    words = np.fromiter((text.count(b" ") + 1 for text in encoded), np.int64, len(encoded))
    return np.bitwise_or.reduceat(bits, np.cumsum(words) - words)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of words, one item a text; those that no list names are empty.

    Attributes:
        bits: The letters as a set of bits, one for each byte.
        sizes: How many letters there are.
        digits: Whether a word is a number.
        ascii: Whether each letter is one byte; of other words `bits` says nothing.
    """

    bits: NDArray[np.uint64]
    sizes: NDArray[np.int64]
    digits: NDArray[np.bool_]
    ascii: NDArray[np.bool_]

    def may_be_alike(self, left: Any, right: Any, floor: float) -> Any:
        """Say for pairs of words whether their edit similarity can reach a floor.

        Each letter that only one of them has must be taken out or put in: with `n` letters in both together
        that may be `(1 - floor) * n` at the most. Never wrong where it says no.
        """
        import numpy as np

        spare = np.floor((1 - floor) * (self.sizes[left] + self.sizes[right]) + 1e-9)
        possible = np.abs(self.sizes[left] - self.sizes[right]) <= spare
        other = np.bitwise_count(self.bits[left] ^ self.bits[right]) <= spare
        return possible & (other | ~self.ascii[left] | ~self.ascii[right])


def letters(texts: Sequence[str], lists: Sequence[Any]) -> Letters:
    """Return the letters of the texts whose numbers stand in some lists."""
    import numpy as np

    count = len(texts)
    used = np.zeros(count, dtype=bool)
    for items in lists:
        used[items] = True
    at = np.flatnonzero(used)
    words = [texts[number] for number in at.tolist()]
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    content = np.frombuffer(b"".join(encoded), dtype=np.uint8)
    found = Letters(
        np.zeros(count, dtype=np.uint64), np.zeros(count, dtype=np.int64),
        np.zeros(count, dtype=bool), np.zeros(count, dtype=bool),
    )  # fmt: skip
    found.sizes[at] = np.fromiter(map(len, words), np.int64, len(words))
    found.digits[at] = np.fromiter(map(str.isdigit, words), bool, len(words))
    found.ascii[at] = np.fromiter(map(str.isascii, words), bool, len(words))
    filled = np.flatnonzero(sizes)
    if len(filled):
        bits = np.uint64(1) << (content & np.uint8(63)).astype(np.uint64)
        found.bits[at[filled]] = np.bitwise_or.reduceat(bits, (np.cumsum(sizes) - sizes)[filled])
    return found
