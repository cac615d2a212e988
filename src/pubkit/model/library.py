"""The library: entries in order, and what stood around them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from pubkit.diagnostics import Diagnostic
from pubkit.model.entry import Entry
from pubkit.model.source import Block, Document


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a stage changed.

    Attributes:
        key: Citation key of the entry (the new one, where the key itself changed).
        field: Field name, or "type" or "key".
        before: Source text before; None where the field is new.
        after: Source text after; None where the field was removed.
        code: The rule that did it.
        reason: Why, in one clause.
    """

    key: str
    field: str
    before: str | None
    after: str | None
    code: str
    reason: str

    def __str__(self) -> str:
        before = "—" if self.before is None else self.before
        after = "—" if self.after is None else self.after
        return f"[{self.key}] {self.field}: {before} → {after} ({self.code} {self.reason})"


@dataclass(frozen=True, slots=True)
class Library(Sequence[Entry]):
    """An ordered collection of entries. It has no verbs of its own and is never changed.

    `library[3]` is the fourth entry and `library["knuth1986"]` the first of that key; `in` takes entries and
    keys. Several entries may share a key: iteration gives all of them.

    Args:
        entries: The entries in order.
        strings: `@string` macros, name (lower case) → value.
        preamble: Texts of the `@preamble` blocks.
        comments: Texts of the `@comment` blocks.
        diagnostics: What was found while reading and in later stages, in order.
        changes: What `normalize` changed.
        document: The input, where there is one, for writing back with `layout="preserve"`.
        blocks: The spans of that input in order.
    """

    entries: tuple[Entry, ...] = ()
    strings: Mapping[str, str] = field(default_factory=dict)
    preamble: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    changes: tuple[Change, ...] = ()
    document: Document | None = field(default=None, compare=False, repr=False)
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)
    _by_key: dict[str, Entry] = field(default_factory=dict, init=False, compare=False, repr=False)

    @overload
    def __getitem__(self, index: int | str) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | str | slice) -> Entry | Sequence[Entry]:
        if isinstance(index, str):
            return self._keys()[index]
        return self.entries[index]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __contains__(self, item: object) -> bool:
        return item in self._keys() if isinstance(item, str) else item in self.entries

    def __add__(self, other: Library) -> Library:
        """Return both libraries' entries in order; where a macro has two values, the left one stays."""
        return replace(
            self,
            entries=self.entries + other.entries,
            strings={**other.strings, **self.strings},
            preamble=self.preamble + other.preamble,
            comments=self.comments + other.comments,
            diagnostics=self.diagnostics + other.diagnostics,
            changes=self.changes + other.changes,
        )

    def _repr_html_(self) -> str:
        from pubkit.model.display import library_html

        return library_html(self)

    def _keys(self) -> dict[str, Entry]:
        if not self._by_key and self.entries:
            for entry in self.entries:
                self._by_key.setdefault(entry.key, entry)
        return self._by_key

    def with_entries(self, entries: Iterable[Entry], *, diagnostics: Iterable[Diagnostic] = ()) -> Library:
        """Return the library with other entries, and diagnostics added to the ones it has."""
        return replace(self, entries=tuple(entries), diagnostics=(*self.diagnostics, *diagnostics))

    def select(self, test: Callable[[Entry], bool]) -> Library:
        """Return the entries that pass a test.

        >>> library = Library((Entry("book", "a"), Entry("article", "b")))
        >>> [entry.key for entry in library.select(lambda entry: entry.type == "book")]
        ['a']
        """
        return replace(self, entries=tuple(entry for entry in self.entries if test(entry)))

    def sorted(self, key: Callable[[Entry], Any], *, reverse: bool = False) -> Library:
        """Return the entries ordered by a sort key; equal ones keep their order."""
        return replace(self, entries=tuple(sorted(self.entries, key=key, reverse=reverse)))

    def group_by(self, key: Callable[[Entry], Hashable]) -> dict[Any, Library]:
        """Return one library a value of `key`, values in the order they first come."""
        groups: dict[Any, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(key(entry), []).append(entry)
        return {value: replace(self, entries=tuple(members)) for value, members in groups.items()}
