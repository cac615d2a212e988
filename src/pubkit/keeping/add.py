"""Adding to a library: nothing twice, no key twice, each in its place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pubkit.dedupe.index import Index
from pubkit.dedupe.prepare import prepare
from pubkit.enrich.facts import goes_on, missing_facts
from pubkit.keeping.pairs import is_other_work
from pubkit.keys import DEFAULT_PATTERN
from pubkit.keys.assign import free_key, make_key
from pubkit.model.entry import Entry

if TYPE_CHECKING:
    from pubkit.model.library import Library

_FEWEST_SORTED = 3  # so many entries show that a library is kept in the order of its keys


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did.

    Attributes:
        library: The library with what was added.
        added: The new entries, with their keys.
        known: Entries that were not added, each with the key of the one that is there and why it is the same.
        updated: Keys of entries that were there and learnt something new.
    """

    library: Library
    added: tuple[Entry, ...]
    known: tuple[tuple[Entry, str, str], ...]
    updated: tuple[str, ...]


def add(
    library: Library,
    entries: Iterable[Entry],
    *,
    allow_duplicates: bool = False,
    update: bool = False,
    key_pattern: str = DEFAULT_PATTERN,
    new_keys: bool = False,
) -> Added:
    """Add entries to a library.

    What is there already is not added again. A library that is kept in the order of its keys stays so; to any
    other one is added at its end.

    Args:
        library: The library.
        entries: What to add.
        allow_duplicates: Add what is there already.
        update: Fill the empty fields of the entry that is there, instead of only saying so.
        key_pattern: The pattern of keys, for entries that have none or one that is taken.
        new_keys: Give all of them a key by the pattern, also those that have one.

    Returns:
        The library, what was added, and what was known.

    Raises:
        PubkitError: The pattern cannot be read.

    >>> from pubkit.model.library import Library
    >>> mine = Library((Entry("misc", "a", {"title": "On the Dances of Bees", "author": "Wu, T."}),))
    >>> again = Entry("misc", "", {"title": "On the dances of bees", "author": "Tianhao Wu", "date": "2020"})
    >>> other = Entry("misc", "", {"title": "The Hive", "author": "Li, Bo", "date": "2021"})
    >>> done = add(mine, [again, other])
    >>> [entry.key for entry in done.added], done.known[0][1]
    (['li2021hive'], 'a')
    """
    index = Index(library)
    shelf = _Shelf(library)
    added: list[Entry] = []
    known: list[tuple[Entry, str, str]] = []
    updated: list[str] = []
    for entry in entries:
        same = next((match for match in index.find(entry) if match.relation == "same"), None)
        if same is not None and not allow_duplicates:
            known.append((entry, same.other.key, same.reason))
            if update and shelf.learn(same.other.key, entry):
                updated.append(same.other.key)
            continue
        new = _with_key(entry, shelf, key_pattern, new_keys=new_keys)
        index.insert(new)
        shelf.put(new)
        added.append(new)
    return Added(replace(library, entries=shelf.entries()), tuple(added), tuple(known), tuple(updated))


class _Shelf:
    """The entries of a library while others are added; nothing costs more the more of them there are."""

    def __init__(self, library: Iterable[Entry]) -> None:
        self._entries = list(library)
        self._learnt: dict[str, Entry] = {}
        self.by_key: dict[str, Entry] = {}
        for entry in self._entries:
            self.by_key.setdefault(entry.key, entry)
        self.taken = {key.casefold() for key in self.by_key}
        keys = [entry.key.casefold() for entry in self._entries]
        is_sorted = len(keys) >= _FEWEST_SORTED and all(one <= other for one, other in pairwise(keys))
        self._order: list[str] | None = keys if is_sorted else None

    def put(self, entry: Entry) -> None:
        """Add an entry: in its place where the library is kept in the order of its keys, else at the end."""
        key = entry.key.casefold()
        at = len(self._entries)
        if self._order is not None:
            at = bisect_right(self._order, key)
            self._order.insert(at, key)
        self._entries.insert(at, entry)
        self.by_key.setdefault(entry.key, entry)
        self.taken.add(key)

    def learn(self, key: str, new: Entry) -> bool:
        """Fill the empty fields of an entry from a new one; say whether there was anything to fill."""
        old = self.by_key.get(key)
        if old is None:
            return False
        facts = missing_facts(old, new, whole_names=goes_on(prepare(old), prepare(new)))
        if facts:
            self.by_key[key] = self._learnt[key] = old.with_fields(facts)
        return bool(facts)

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in their order, with what they learnt."""
        learnt = dict(self._learnt)  # of two entries of one key the first learns
        return tuple(learnt.pop(entry.key, entry) for entry in self._entries)


def _with_key(entry: Entry, shelf: _Shelf, pattern: str, *, new_keys: bool) -> Entry:
    base = entry.key if entry.key and not new_keys else make_key(entry, pattern)
    holder = shelf.by_key.get(base) if entry.key and not new_keys else None
    if holder is not None and is_other_work(holder, entry):
        base = make_key(entry, pattern)  # a letter behind a key says "another work of that year"
    key = free_key(base, shelf.taken)
    return entry if key == entry.key else entry.replace(key=key)
