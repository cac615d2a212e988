"""Which entries of two libraries are one: by their keys, and by what they are where keys differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pubkit.dedupe.link import link
from pubkit.dedupe.prepare import prepare
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.model.entry import Entry

_OTHER_WORK = 60  # likeness of titles, 0 to 100, below which one key stands for two works


def paired(ours: Library, theirs: Library) -> list[tuple[Entry | None, Entry | None]]:
    """Return the entries of two libraries side by side, in the order of the first, then of the second.

    Entries of one key are one; where a library has a key twice, in their order. What is left is one where it
    is surely the same record under another key.

    Args:
        ours: A library.
        theirs: Another one.
    """
    waiting: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in theirs:
        if entry.key:
            waiting[entry.key].append(entry)
    partner: dict[int, Entry] = {}
    for entry in ours:
        if entry.key and waiting[entry.key]:
            partner[id(entry)] = waiting[entry.key].pop(0)
    taken = {id(entry) for entry in partner.values()}
    partner |= same_records(
        [entry for entry in ours if id(entry) not in partner],
        [entry for entry in theirs if id(entry) not in taken],
    )
    taken = {id(entry) for entry in partner.values()}
    pairs: list[tuple[Entry | None, Entry | None]] = [(entry, partner.get(id(entry))) for entry in ours]
    return [*pairs, *((None, entry) for entry in theirs if id(entry) not in taken)]


def same_records(ours: Iterable[Entry], theirs: Iterable[Entry]) -> dict[int, Entry]:
    """Return for entries (by `id`) the one of another list that is the same record, each taken once."""
    mine, yours = Library(tuple(ours)), Library(tuple(theirs))
    if not mine or not yours:
        return {}
    found: dict[int, Entry] = {}
    taken: set[int] = set()
    for match in sorted(link(mine, yours), key=lambda match: -match.score):
        if match.relation == "same" and id(match.entry) not in found and id(match.other) not in taken:
            found[id(match.entry)] = match.other
            taken.add(id(match.other))
    return found


def is_other_work(one: Entry, other: Entry) -> bool:
    """Say whether two entries of one key are surely two works: then no field of one belongs to the other."""
    first, second = prepare(one), prepare(other)
    if set(first.ids) & set(second.ids) or not first.title or not second.title:
        return False
    alike = fuzz.ratio(first.title, second.title)
    shared = not first.families or not second.families or set(first.families) & set(second.families)
    return alike < _OTHER_WORK or (first.title != second.title and not shared)
