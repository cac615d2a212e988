"""Adding to a library: nothing twice, no key twice, each in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    kept = list(library)
    taken = {entry.key for entry in kept}
    is_sorted = _is_sorted(kept)
    added: list[Entry] = []
    known: list[tuple[Entry, str, str]] = []
    updated: list[str] = []
    for entry in entries:
        same = next((match for match in index.find(entry) if match.relation == "same"), None)
        if same is not None and not allow_duplicates:
            known.append((entry, same.other.key, same.reason))
            if update and _learn(kept, same.other, entry):
                updated.append(same.other.key)
            continue
        new = _with_key(entry, kept, taken, key_pattern, new_keys=new_keys)
        taken.add(new.key)
        index.add(new)
        added.append(new)
        kept.insert(_place(kept, new) if is_sorted else len(kept), new)
    return Added(replace(library, entries=tuple(kept)), tuple(added), tuple(known), tuple(updated))


def _with_key(entry: Entry, kept: Sequence[Entry], taken: set[str], pattern: str, *, new_keys: bool) -> Entry:
    base = entry.key if entry.key and not new_keys else make_key(entry, pattern)
    if entry.key and not new_keys and base in taken:
        holder = next(each for each in kept if each.key == base)
        if is_other_work(holder, entry):  # a letter behind a key says "another work of that year"
            base = make_key(entry, pattern)
    key = free_key(base, taken)
    return entry if key == entry.key else entry.replace(key=key)


def _learn(kept: list[Entry], old: Entry, new: Entry) -> bool:
    """Fill the empty fields of an entry from a new one; say whether there was anything to fill."""
    at = next((at for at, entry in enumerate(kept) if entry.key == old.key), None)
    if at is None:
        return False
    facts = missing_facts(kept[at], new, whole_names=goes_on(prepare(kept[at]), prepare(new)))
    if facts:
        kept[at] = kept[at].with_fields(facts)
    return bool(facts)


def _is_sorted(entries: Sequence[Entry]) -> bool:
    keys = [entry.key.casefold() for entry in entries]
    return len(keys) >= _FEWEST_SORTED and all(one <= other for one, other in pairwise(keys))


def _place(entries: Sequence[Entry], new: Entry) -> int:
    key = new.key.casefold()
    return next((at for at, entry in enumerate(entries) if entry.key.casefold() > key), len(entries))
