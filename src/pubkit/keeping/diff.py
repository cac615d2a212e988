"""What differs between two libraries: entries and fields, not lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pubkit.crosswalks.forms import same_value
from pubkit.keeping.pairs import paired
from pubkit.model.fields import datatype

if TYPE_CHECKING:
    from pubkit.model.entry import Entry
    from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else.

    Attributes:
        field: The field; "type" and "key" for those of the entry.
        before: Its source text before; None where it is new.
        after: Its source text after; None where it is gone.
        spelling: Whether both mean the same and are only written in another way.
    """

    field: str
    before: str | None
    after: str | None
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that differs.

    Attributes:
        key: Its key before.
        new_key: Its key after.
        fields: What differs, the entry's type and key first.
    """

    key: str
    new_key: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two libraries. It is false where nothing does.

    Attributes:
        added: Entries that only the second one has.
        removed: Entries that only the first one has.
        changed: Entries that differ in more than spelling; a new key of the same record is a change.
        respelled: Entries that differ in spelling only.
        strings: `@string` macros that differ: name, value before, value after.
        others: What else differs: "preamble", "comments".
    """

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    changed: tuple[EntryChange, ...] = ()
    respelled: tuple[EntryChange, ...] = ()
    strings: tuple[FieldChange, ...] = ()
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.strings or self.others)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            "added": [_entry(entry) for entry in self.added],
            "removed": [_entry(entry) for entry in self.removed],
            "changed": [asdict(change) for change in self.changed],
            "respelled": [asdict(change) for change in self.respelled],
            "strings": [asdict(change) for change in self.strings],
            "others": list(self.others),
        }


def diff(before: Library, after: Library) -> Difference:
    """Return what differs between two libraries, whatever formats they were read from.

    The order of entries and fields is no difference. Accents by macro or as letters, braces or quotes around
    a value, names in either order, months by name or number are spelling.

    Args:
        before: The first library.
        after: The second one.

    >>> from pubkit.model.entry import Entry
    >>> from pubkit.model.library import Library
    >>> one = Library((Entry("misc", "a", {"title": "Bees", "date": "2020"}),))
    >>> two = Library((Entry("misc", "a", {"title": "Bees", "date": "2021"}),))
    >>> [(change.field, change.before, change.after) for change in diff(one, two).changed[0].fields]
    [('date', '2020', '2021')]
    """
    added: list[Entry] = []
    removed: list[Entry] = []
    changed: list[EntryChange] = []
    respelled: list[EntryChange] = []
    for one, other in paired(before, after):
        if one is None and other is not None:
            added.append(other)
        elif other is None and one is not None:
            removed.append(one)
        elif one is not None and other is not None and (fields := tuple(field_changes(one, other))):
            change = EntryChange(one.key, other.key, fields)
            (respelled if all(field.spelling for field in fields) else changed).append(change)
    others = [
        name
        for name, first, second in (
            ("preamble", before.preamble, after.preamble),
            ("comments", before.comments, after.comments),
        )
        if first != second
    ]
    return Difference(
        tuple(added), tuple(removed), tuple(changed), tuple(respelled),
        tuple(_strings(before, after)), tuple(others),
    )  # fmt: skip


def field_changes(one: Entry, other: Entry) -> Iterator[FieldChange]:
    """Yield the fields in which two entries differ, type and key first."""
    if one.type != other.type:
        yield FieldChange("type", one.type, other.type)
    if one.key != other.key:
        yield FieldChange("key", one.key, other.key)
    for name in dict.fromkeys((*one, *other)):
        before, after = one.get(name), other.get(name)
        if before != after:
            yield FieldChange(name, before, after, says_the_same(name, before, after))


def says_the_same(name: str, one: str | None, other: str | None) -> bool:
    """Say whether two source texts of a field mean the same to a reader; an empty field says nothing."""
    if one is None or other is None:
        return not (one or other or "").strip()
    return " ".join(one.split()) == " ".join(other.split()) or same_value(datatype(name), name, one, other)


def _strings(before: Library, after: Library) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*before.strings, *after.strings)):
        first, second = before.strings.get(name), after.strings.get(name)
        if first != second:
            yield FieldChange(name, first, second)


def _entry(entry: Entry) -> dict[str, Any]:
    return {"type": entry.type, "key": entry.key, "fields": dict(entry.fields)}
