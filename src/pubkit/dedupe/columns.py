"""Records as columns: numbers in numpy arrays, so that a million records cost a few hundred megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pubkit.dedupe.record import Record, Stage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

STAGES: tuple[str, ...] = get_args(Stage)
MARKERS = ("erratum", "reply", "comment", "review", "editorial")
ID_KINDS = ("DOI", "preprint DOI", "arXiv number", "PMID", "ISBN")
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
#: Properties whose numbers stand for texts of this list, and those whose numbers mean the same in every list.
TEXTS: tuple[str, ...] = (
    *("title", "compact", "start", "finish", "numbers", "venue", "known"),
    *("volume", "number", "page", "bare_page", "last_page"),
    *ID_KINDS,
)
PLAIN = ("markers", "generic", "more", "year", "stage")


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers in one array: those of record `i` are `items[starts[i]:starts[i + 1]]`."""

    items: Ints
    starts: Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """Records, one array a property; texts are numbers of `texts`, 0 standing for nothing.

    Attributes:
        titles: The folded titles.
        texts: The texts that the numbers stand for.
        ints: Property → one number a record: those of `TEXTS` and `PLAIN`, and `often`, how many records of
            the whole list have this title, letter case and spaces aside.
        words: The different words of each title, ascending.
        ordered_names: The family names of each record, in order.
        names: All different words of the names of each record, ascending.
        rarity: Text → how much a title says that has this word, in nats.
    """

    titles: list[str]
    texts: list[str]
    ints: Mapping[str, Ints]
    words: Lists
    ordered_names: Lists
    names: Lists
    rarity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.titles)


# Short lists tell little about how rare a word is: as if so many more titles without it were there.
_PRIOR = 1000
_SHORT_WORD = 0.5


def to_columns(
    records: Iterable[Record], *, frequency: Mapping[str, int] | None = None, total: int | None = None
) -> Columns:
    """Return records as columns.

    Args:
        records: The records; they are read once and not kept.
        frequency: In how many titles each word stands; by default counted here. Give it where the records
            are a part of more.
        total: How many titles that was counted in.
    """
    import numpy as np

    texts: dict[str, int] = {"": 0}
    number = texts.setdefault
    titles: list[str] = []
    ints = {name: array("q") for name in (*TEXTS, *PLAIN)}
    lists = {name: (array("q"), array("q", [0])) for name in ("words", "ordered_names", "names")}
    for record in records:
        words = record.words
        titles.append(record.title)
        page = record.first_page
        ids = dict(record.ids)
        values: tuple[int, ...] = (
            number(record.title, len(texts)),
            number(record.title.replace(" ", ""), len(texts)),
            number(" ".join(words[:3]) if len(words) > 2 else "", len(texts)),
            number(" ".join(words[-3:]) if len(words) > 2 else "", len(texts)),
            number(" ".join(record.numbers), len(texts)),
            number(record.venue, len(texts)),
            number(record.known_venue, len(texts)),
            number(record.volume, len(texts)),
            number(record.number, len(texts)),
            number(page, len(texts)),
            number(page if page.isdigit() else page.lstrip(_LETTERS), len(texts)),
            number(record.last_page, len(texts)),
            *(number(ids.get(kind, ""), len(texts)) for kind in ID_KINDS),
            sum(1 << MARKERS.index(name) for name in record.markers),
            record.generic,
            record.more_names,
            record.year or 0,
            STAGES.index(record.stage),
        )
        for name, value in zip((*TEXTS, *PLAIN), values, strict=True):
            ints[name].append(value)
        for name, members in (
            ("words", sorted({number(word, len(texts)) for word in words})),
            ("ordered_names", [number(word, len(texts)) for word in record.families]),
            ("names", sorted({number(word, len(texts)) for word in record.names})),
        ):
            items, starts = lists[name]
            items.extend(members)
            starts.append(len(items))

    def listed(name: str) -> Lists:
        items, starts = lists[name]
        return Lists(_numpy(items), _numpy(starts))

    every = list(texts)
    _, titled_as, often = np.unique(_numpy(ints["compact"]), return_inverse=True, return_counts=True)
    titled = listed("words")
    if frequency is None:
        # A title counts once however many records have it: copies make no word common.
        _, first = np.unique(_numpy(ints["compact"]), return_index=True)
        once = np.zeros(len(titles), dtype=bool)
        once[first] = True
        distinct = titled.items[np.repeat(once, np.diff(titled.starts))]
        counts = np.bincount(distinct, minlength=len(every)).astype(np.float64)
        total = len(first)
    else:
        counts = np.array([frequency.get(text, 1) for text in every], dtype=np.float64)
    with_title = total if total is not None else len(titles)
    rarity = np.log((with_title + _PRIOR) / np.maximum(counts, 1))
    lengths = np.fromiter(map(len, every), np.int64, len(every))
    return Columns(
        titles,
        every,
        {name: _numpy(column) for name, column in ints.items()} | {"often": often[titled_as]},
        titled,
        listed("ordered_names"),
        listed("names"),
        np.where(lengths > 3, rarity, _SHORT_WORD),
    )


def _numpy(numbers: array[int]) -> Any:
    """Return an array of numbers as numpy's, without a copy."""
    import numpy as np

    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.zeros(0, dtype=np.int64)
