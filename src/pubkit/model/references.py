"""References from entry to entry: the fields that hold citation keys, and renaming the keys in them."""

from __future__ import annotations

from collections.abc import Mapping

from pubkit.model.entry import Entry

#: Fields that hold citation keys of other entries, separated by commas.
REFERENCE_FIELDS = ("crossref", "xref", "xdata", "related", "entryset")


def references(entry: Entry, field: str) -> list[str]:
    """Return the keys that a reference field names.

    >>> references(Entry("misc", "a", {"related": "b, c"}), "related")
    ['b', 'c']
    """
    return [key for key in map(str.strip, entry.fields.get(field, "").split(",")) if key]


def rename_references(entry: Entry, renamed: Mapping[str, str]) -> Entry:
    """Return an entry whose reference fields name the new keys; itself where none changed.

    Args:
        entry: The entry.
        renamed: Old key → new key.

    >>> rename_references(Entry("misc", "a", {"related": "b,c,d"}), {"b": "x", "d": "x"})["related"]
    'x,c'
    """
    fields: dict[str, str | None] = {}
    for name in REFERENCE_FIELDS if renamed else ():
        keys = references(entry, name)
        if any(key in renamed for key in keys):
            kept = dict.fromkeys(renamed.get(key, key) for key in keys)
            fields[name] = ",".join(kept)
    return entry.with_fields(fields) if fields else entry
