"""Prepared records as Arrow tables: what `Columns` holds, with the texts themselves instead of their numbers.

A part of a list becomes `Columns` again with `unpack`; numbers of texts then mean something in that part
only. What depends on the whole list comes with each record (`often`) or with `Frequencies`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.codes import codes_of_bytes
from pubkit.dedupe.columns import ID_KINDS, PLAIN, TEXTS, Columns, Lists, rarity

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from pubkit.dedupe.distributed.executor import Part

_LISTS = ("words", "ordered_names", "names")
#: What title comparison looks at: numbers that are the same in every part stand for these texts.
CODED = ("title", "compact", "start", "finish", *ID_KINDS)


def column(name: str) -> str:
    """Return the name of a property's column in a table.

    >>> column("preprint DOI")
    'preprint_doi'
    """
    return name.lower().replace(" ", "_").replace(",", "")


#: The columns of a packed record, without its position and `often`.
COLUMNS = tuple(map(column, (*TEXTS, *PLAIN, *_LISTS)))
#: The columns of a record of which only the title is compared.
LIGHT = ("title", *(f"{column(name)}_code" for name in CODED))


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many distinct titles of the whole list each word stands, for words in two or more.

    Attributes:
        codes: The words' stable codes, ascending.
        counts: In how many titles each stands.
        total: How many titles there are.
    """

    codes: NDArray[np.uint64]
    counts: NDArray[np.int64]
    total: int

    def of(self, codes: Any) -> Any:
        """Return the counts of words by their codes; a word that is not known stands in one title."""
        import numpy as np

        if not len(self.codes):
            return np.ones(len(codes), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[at] == codes, self.counts[at], 1)


def schema() -> pa.Schema:
    """Return the types of a packed record's columns."""
    import pyarrow as pa

    kinds = [
        *((name, pa.string()) for name in TEXTS),
        *((name, pa.int64()) for name in PLAIN),
        *((name, pa.list_(pa.string())) for name in _LISTS),
    ]
    return pa.schema([(column(name), kind) for name, kind in kinds])


def pack(columns: Columns) -> dict[str, pa.Array]:
    """Return records as columns of an Arrow table."""
    import numpy as np
    import pyarrow as pa

    texts = pa.array(columns.texts, pa.string())
    packed: dict[str, pa.Array] = {column(name): texts.take(pa.array(columns.ints[name])) for name in TEXTS}
    packed |= {column(name): pa.array(columns.ints[name], pa.int64()) for name in PLAIN}
    for name in _LISTS:
        lists: Lists = getattr(columns, name)
        items = texts.take(pa.array(lists.items))
        packed[name] = pa.ListArray.from_arrays(pa.array(lists.starts.astype(np.int32)), items)
    return packed


def unpack(parts: Sequence[Part], frequencies: Frequencies) -> Columns:
    """Return the records of some tables, one behind the other, as columns.

    Args:
        parts: Tables with the columns of `pack`, and `often`.
        frequencies: In how many titles of the whole list words stand.
    """
    import numpy as np
    import pyarrow as pa

    def joined(name: str) -> Any:
        return _whole([part.column(name) for part in parts])

    listed = {name: joined(name) for name in _LISTS}
    strings = [pa.array([""], pa.string()), *(joined(column(name)) for name in TEXTS)]
    strings += [found.flatten() for found in listed.values()]
    encoded = pa.concat_arrays(strings).dictionary_encode()
    numbers = encoded.indices.to_numpy().astype(np.int64)
    bounds = np.cumsum([len(string) for string in strings])
    cut = dict(zip((*TEXTS, *_LISTS), np.split(numbers[1:], bounds[1:-1] - 1), strict=True))
    texts = encoded.dictionary
    every = texts.to_pylist()
    ints = {name: cut[name] for name in TEXTS}
    ints |= {name: joined(column(name)).to_numpy() for name in PLAIN}
    ints["often"] = joined("often").to_numpy()
    lists = {}
    for name in _LISTS:
        sizes = np.diff(np.r_[0, np.cumsum(_sizes(listed[name]))])
        ascending = _ascending(cut[name], sizes) if name != "ordered_names" else cut[name]
        lists[name] = Lists(ascending, np.r_[0, np.cumsum(sizes)])
    counts = np.ones(len(every), dtype=np.float64)
    words = np.unique(lists["words"].items)
    counts[words] = frequencies.of(codes(texts.take(pa.array(words))))
    titles = [every[at] for at in ints["title"].tolist()]
    return Columns(titles, every, ints, **lists, rarity=rarity(every, counts, frequencies.total))


def light(parts: Sequence[Part]) -> Columns:
    """Return columns that hold only what `worth_comparing` looks at, from tables with the columns `LIGHT`."""
    import numpy as np

    def joined(name: str) -> Any:
        return _whole([part.column(name) for part in parts])

    titles = joined("title").to_pylist()
    nothing = Lists(np.zeros(0, dtype=np.int64), np.zeros(len(titles) + 1, dtype=np.int64))
    ints = {name: joined(f"{column(name)}_code").to_numpy() for name in CODED}
    return Columns(titles, [], ints, nothing, nothing, nothing, np.zeros(0))


def coded(part: Part) -> dict[str, pa.Array]:
    """Return the numbers that stand for the texts of `CODED` in every part; 0 for no text."""
    import numpy as np
    import pyarrow as pa

    found = {}
    for name in CODED:
        texts = _whole([part.column(column(name))])
        # Texts are told apart by equality only: any 63 bits of their code will do.
        numbers = (codes(texts) >> np.uint64(1)).astype(np.int64)
        found[f"{column(name)}_code"] = pa.array(np.where(_byte_sizes(texts) > 0, numbers, 0))
    return found


def codes(texts: pa.StringArray) -> NDArray[np.uint64]:
    """Return the stable codes of an array of texts; equal to `stable_codes` of the same texts."""
    import numpy as np

    sizes = _byte_sizes(texts)
    if not len(sizes):
        return np.zeros(0, dtype=np.uint64)
    _, _, content = texts.buffers()
    first = _offsets(texts)[0]
    found: NDArray[np.uint64] = codes_of_bytes(
        np.frombuffer(content, dtype=np.uint8)[first : first + sizes.sum()]
        if content is not None
        else np.zeros(0, dtype=np.uint8),
        sizes,
    )
    return found


def _offsets(texts: pa.StringArray) -> Any:
    import numpy as np

    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    return offsets[texts.offset : texts.offset + len(texts) + 1]


def _byte_sizes(texts: pa.StringArray) -> Any:
    import numpy as np

    if not len(texts):
        return np.zeros(0, dtype=np.int64)
    return np.diff(_offsets(texts)).astype(np.int64)


def _sizes(lists: pa.ListArray) -> Any:
    import numpy as np

    return np.diff(lists.offsets.to_numpy()).astype(np.int64)


def _whole(parts: list[Any]) -> Any:
    """Return one array of arrays and chunked arrays."""
    import pyarrow as pa

    arrays: list[Any] = []
    for part in parts:
        arrays += part.chunks if isinstance(part, pa.ChunkedArray) else [part]
    if len(arrays) == 1:
        return arrays[0]
    return pa.concat_arrays(arrays) if arrays else pa.array([], parts[0].type)


def _ascending(items: Any, sizes: Any) -> Any:
    """Return lists with the items of each in ascending order."""
    import numpy as np

    return items[np.lexsort((items, np.repeat(np.arange(len(sizes)), sizes)))]
