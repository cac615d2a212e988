"""What de-duplication returns: the library, and everything needed to check and to undo it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import shorten

from pubkit.model.entry import Entry
from pubkit.model.library import Library

# So much of a title stands for an entry without a key.
_NAME = 42


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of one field in merged entries.

    Attributes:
        field: The field.
        kept: The value that stands in the merged entry.
        other: The value that was given up; provenance keeps it.
        key: Key of the entry that had it.
    """

    field: str
    kept: str
    other: str
    key: str

    def __str__(self) -> str:
        return f"{self.field}: kept “{self.kept}”, not “{self.other}”" + (
            f" ({self.key})" if self.key else ""
        )


def name_of(entry: Entry) -> str:
    """Return what a person knows an entry by: its key, or the beginning of its title.

    >>> name_of(Entry("misc", "", {"title": "On the Dances of Honey Bees in the Swiss Alps"}))
    '“On the Dances of Honey Bees in the Swiss…”'
    """
    if entry.key:
        return entry.key
    title = shorten(entry.text("title"), _NAME, placeholder="…")
    return f"“{title}”" if title else "(no key, no title)"


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together.

    Attributes:
        keys: Their citation keys, in the order of the library; an entry without a key has "".
        score: How sure that is, 0 to 1: the weakest link that holds the group together.
        reasons: Why, one line a link.
        entries: The entries as they were, in the same order: putting them back undoes a merge.
        kept: Key of the merged entry; "" where nothing was merged.
        conflicts: Where the merged entries said different things.
        places: The positions of the entries in the library as it was; empty where nothing was merged.
        merged: The entry they became, its references as they were; None where nothing was merged.
    """

    keys: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    kept: str = ""
    conflicts: tuple[Conflict, ...] = ()
    places: tuple[int, ...] = field(default=(), repr=False)
    merged: Entry | None = field(default=None, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """What a person knows the entries by: their keys, or the beginnings of their titles."""
        return tuple(map(name_of, self.entries)) or self.keys


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """What `dedupe` found and did.

    Attributes:
        library: The library, each group merged into one entry.
        groups: The groups that were merged.
        maybe: Pairs that may be one record, for a person to look at; nothing was done about them.
        works: Versions of one work (preprint, conference, journal), linked by `related`; with `works=True`
            they are merged and stand in `groups`.
        removed: Keys of the entries that are no longer in the library, in its order.
        renamed: Old key → key of the entry that it was merged into.
        compared: How many pairs were compared.
        before: The library as it was; `restore` undoes merges with it.
    """

    library: Library
    groups: tuple[Group, ...] = ()
    maybe: tuple[Group, ...] = ()
    works: tuple[Group, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    compared: int = 0
    before: Library | None = field(default=None, repr=False, compare=False)
