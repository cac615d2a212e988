"""An index to which entries are added one at a time, each checked against all before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from pubkit.dedupe.block import RAREST_WORDS
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.link import Match
from pubkit.dedupe.prepare import Record, prepare
from pubkit.errors import PubkitError

if TYPE_CHECKING:
    from pubkit.model.entry import Entry

#: So many entries are compared with a new one at most, those first that share the most blocks with it.
MOST = 40
# Of larger blocks only the latest members are asked.
_LATEST = 30


class Index:
    """Entries in which duplicates of a new one are found at once.

    A new entry meets those that share an identifier, a title, the beginning or end of a title, two of their
    longest words, or name, first page and year; the cost of a check does not grow with the number of entries.

    Args:
        entries: The entries to start with.
        threshold: How sure a match must be, 0 to 1.

    Raises:
        PubkitError: The threshold is not between 0 and 1.

    >>> from pubkit.model.entry import Entry
    >>> index = Index([Entry("misc", "a", {"title": "On the Dances of Bees", "author": "Wu, T."})])
    >>> new = Entry("misc", "b", {"title": "On the dances of bees", "author": "Tianhao Wu"})
    >>> [match.other.key for match in index.add(new)], len(index)
    (['a'], 2)
    """

    def __init__(self, entries: Iterable[Entry] = (), *, threshold: float = 0.8) -> None:
        if not 0 <= threshold <= 1:
            raise PubkitError(f"threshold={threshold} is not between 0 and 1", hint="0.8 is usual")
        self.threshold = threshold
        self._entries: list[Entry] = []
        self._records: list[Record] = []
        self._frequency: Counter[str] = Counter()
        self._blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
        for entry in entries:
            self.insert(entry)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, entry: Entry) -> tuple[Match, ...]:
        """Return the entries of the index that are the same record or work as this one, the surest first."""
        return self._find(entry, prepare(entry))

    def add(self, entry: Entry) -> tuple[Match, ...]:
        """Add an entry, and return what `find` said about it before."""
        record = prepare(entry)
        found = self._find(entry, record)
        self._insert(entry, record)
        return found

    def insert(self, entry: Entry) -> None:
        """Add an entry without looking for it."""
        self._insert(entry, prepare(entry))

    def _insert(self, entry: Entry, record: Record) -> None:
        self._frequency.update(set(record.words))
        for key in self._keys(record):
            self._blocks[key].append(len(self._entries))
        self._entries.append(entry)
        self._records.append(record)

    def _find(self, entry: Entry, record: Record) -> tuple[Match, ...]:
        import numpy as np

        from pubkit.dedupe.compare import compare
        from pubkit.dedupe.decide import worth_comparing
        from pubkit.dedupe.score import SAME, reasons, score

        shared: Counter[int] = Counter()
        for key in self._keys(record):
            shared.update(self._blocks.get(key, ())[-_LATEST:])
        near = [at for at, _ in sorted(shared.items(), key=lambda item: (-item[1], -item[0]))[:MOST]]
        if not near:
            return ()
        columns = to_columns(
            [record, *(self._records[at] for at in near)],
            frequency=self._frequency,
            total=len(self._records),
        )
        right = np.arange(1, len(near) + 1)
        left, right, title = worth_comparing(columns, np.zeros_like(right), right)
        seen = compare(columns, left, right, title)
        scores = score(columns, left, right, seen)
        told = reasons(columns, left, right, seen, scores)
        found = [
            Match(
                entry,
                self._entries[near[int(other) - 1]],
                float(value),
                "same" if relation == SAME else "version",
                reason,
            )
            for other, value, relation, reason in zip(right, scores.value, scores.relation, told, strict=True)
            if value >= self.threshold
        ]
        return tuple(sorted(found, key=lambda match: -match.score))

    @staticmethod
    def _keys(record: Record) -> Iterator[Hashable]:
        """Yield the blocks that a record belongs to.

        Which words are rare changes as entries are added; which are longest never does.
        """
        yield from record.ids
        if record.first_page and record.year and record.families:
            yield "place", record.families[0], record.first_page, record.year
        if not record.words:
            if record.families and record.year:
                yield "names", record.families[:3], record.year
            return
        yield "title", "".join(record.words)
        if len(record.words) > 2:
            yield "start", record.words[:3]
            yield "finish", record.words[-3:]
        longest = sorted(set(record.words), key=lambda word: (-len(word), word))[:RAREST_WORDS]
        for pair in combinations(sorted(longest), 2):
            yield "words", pair
