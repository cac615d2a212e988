"""Records as columns: numbers in numpy arrays, so that a million records cost a few hundred megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

from pubkit.dedupe.bits import Letters, letters, word_bits
from pubkit.dedupe.record import Record, Stage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

STAGES: tuple[str, ...] = get_args(Stage)
MARKERS = ("erratum", "reply", "comment", "review", "editorial")
ID_KINDS = ("DOI", "preprint DOI", "arXiv number", "PMID", "ISBN")
#: What stands for "one side says nothing" where 1 stands for the same and 0 for different.
UNKNOWN = -1
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
#: Properties whose numbers stand for texts of this list, and those whose numbers mean the same in every list.
TEXTS: tuple[str, ...] = (
    *("title", "compact", "start", "finish", "numbers", "spelled", "venue", "known"),
    *("volume", "number", "page", "bare_page", "last_page", "edition", "again"),
    *ID_KINDS,
)
PLAIN = ("markers", "generic", "opposites", "more", "year", "stage", "initial")
_MARKER_BITS = {name: 1 << bit for bit, name in enumerate(MARKERS)}
_STAGE_NUMBERS = {name: number for number, name in enumerate(STAGES)}
_NO_IDS = (0,) * len(ID_KINDS)
# So many records are held as rows before they become numbers in an array.
_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of numbers in one array: those of record `i` are `items[starts[i]:starts[i + 1]]`."""

    items: Ints
    starts: Ints


@dataclass(frozen=True)
class Columns:
    """Records, one array a property; texts are numbers of `texts`, 0 standing for nothing.

    Attributes:
        titles: The folded titles.
        texts: The texts that the numbers stand for.
        ints: Property → one number a record: those of `TEXTS` and `PLAIN`, and `often`, how many records of
            the whole list have the same `again` (of titles such as "Editorial": title, first author, year).
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

    @cached_property
    def title_lengths(self) -> Ints:
        """How many letters each title has."""
        import numpy as np

        return np.fromiter(map(len, self.titles), np.int64, len(self.titles))

    @cached_property
    def title_words(self) -> NDArray[np.uint64]:
        """The words of each title as a set of bits."""
        return word_bits(self.titles)

    @cached_property
    def _shuffled(self) -> dict[int, str]:
        return {}

    def shuffled(self, positions: Ints) -> list[str]:
        """Return the titles of some records with the words sorted; each title is sorted once."""
        known, titles = self._shuffled, self.titles
        found = []
        for number, at in zip(self.ints["title"][positions].tolist(), positions.tolist(), strict=True):
            text = known.get(number)
            if text is None:
                text = known[number] = " ".join(sorted(titles[at].split()))
            found.append(text)
        return found

    @cached_property
    def letters(self) -> Letters:
        """The letters of all words of titles and names."""
        return letters(self.texts, (self.words.items, self.names.items, self.ordered_names.items))


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

    every = [""]
    # Two tables, for whole titles are many and seldom met again: words are found faster among words.
    number, whole = _Numbers(every), _Numbers(every)
    titles: list[str] = []
    rows: list[tuple[int, ...]] = []
    blocks: list[Any] = []
    lists = {name: (array("q"), array("q", [0])) for name in ("words", "ordered_names", "names")}
    (words_of, words_end), (families_of, families_end), (names_of, names_end) = lists.values()
    for record in records:
        words = record.words
        titles.append(record.title)
        page = record.first_page
        several = len(words) > 2
        rows.append(
            (
                whole[record.title],
                whole["".join(words)],
                whole[" ".join(words[:3])] if several else 0,
                whole[" ".join(words[-3:])] if several else 0,
                number[" ".join(record.numbers)] if record.numbers else 0,
                number[" ".join(record.spelled)] if record.spelled else 0,
                number[record.venue],
                number[record.known_venue],
                number[record.volume],
                number[record.number],
                number[page],
                number[page if page.isdigit() else page.lstrip(_LETTERS)],
                number[record.last_page],
                number[record.edition],
                whole[_again(record)] if record.generic else 0,
                *(_numbered_ids(record.ids, whole) if record.ids else _NO_IDS),
                sum(_MARKER_BITS[name] for name in record.markers) if record.markers else 0,
                record.generic,
                record.opposites,
                record.more_names,
                record.year or 0,
                _STAGE_NUMBERS[record.stage],
                ord(record.initial) if record.initial else 0,
            )
        )
        if len(rows) == _BLOCK:
            blocks.append(np.array(rows, dtype=np.int64))
            rows.clear()
        words_of.extend(sorted({number[word] for word in words}))
        words_end.append(len(words_of))
        families_of.extend([number[word] for word in record.families])
        families_end.append(len(families_of))
        names_of.extend(sorted([number[word] for word in record.names]))
        names_end.append(len(names_of))
    blocks.append(np.array(rows, dtype=np.int64).reshape(len(rows), len(TEXTS) + len(PLAIN)))
    ints = dict(zip((*TEXTS, *PLAIN), np.ascontiguousarray(np.concatenate(blocks).T), strict=True))

    def listed(name: str) -> Lists:
        items, starts = lists[name]
        return Lists(_numpy(items), _numpy(starts))

    _, again, often = np.unique(ints["again"], return_inverse=True, return_counts=True)
    titled = listed("words")
    if frequency is None:
        # A title counts once however many records have it: copies make no word common.
        _, first = np.unique(ints["compact"], return_index=True)
        once = np.zeros(len(titles), dtype=bool)
        once[first] = True
        distinct = titled.items[np.repeat(once, np.diff(titled.starts))]
        counts = np.bincount(distinct, minlength=len(every)).astype(np.float64)
        total = len(first)
    else:
        counts = np.array([frequency.get(text, 1) for text in every], dtype=np.float64)
    return Columns(
        titles,
        every,
        ints | {"often": often[again]},
        titled,
        listed("ordered_names"),
        listed("names"),
        rarity(every, counts, total if total is not None else len(titles)),
    )


def _again(record: Record) -> str:
    """Return what a column has in common in each of a year's issues: title, first author, year."""
    return f"{''.join(record.words)} {''.join(record.families[:1])} {record.year or ''}"


class _Numbers(dict[str, int]):
    """The number of each text: its place in a list, to whose end a text that is not there yet goes."""

    def __init__(self, every: list[str]) -> None:
        super().__init__({"": 0})
        self._every = every

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self._every)
        self._every.append(text)
        return number


def _numbered_ids(ids: Iterable[tuple[str, str]], texts: _Numbers) -> tuple[int, ...]:
    """Return the number of each kind of identifier."""
    found = dict(ids)
    return tuple(texts[found.get(kind, "")] for kind in ID_KINDS)


def rarity(texts: Sequence[str], counts: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """Return how much a title says that has these words, in nats; short words say little.

    Args:
        texts: The words.
        counts: In how many titles each stands.
        total: How many titles there are.
    """
    import numpy as np

    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.where(lengths > 3, np.log((total + _PRIOR) / np.maximum(counts, 1)), _SHORT_WORD)


def _numpy(numbers: array[int]) -> Any:
    """Return an array of numbers as numpy's, without a copy."""
    import numpy as np

    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.zeros(0, dtype=np.int64)


def equal(numbers: Ints, left: Ints, right: Ints) -> Any:
    """Return 1 where two records have the same, 0 where another, -1 where one has nothing."""
    import numpy as np

    one, other = numbers[left], numbers[right]
    found = (one == other).astype(np.int64)
    found[(one == 0) | (other == 0)] = UNKNOWN
    return found
