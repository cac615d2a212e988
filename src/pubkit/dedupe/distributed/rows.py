"""Rows of a table as entries and back: the columns of the contracts, `id` being the citation key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pubkit.crosswalks.rows import COLUMNS, VENUES
from pubkit.model.entry import Entry

#: The columns that mean something; others are carried along.
CONTRACT = COLUMNS
# Column → field, where the two do not share a name.
_FIELD = {"year": "date"}
_CONTAINERS = tuple(dict.fromkeys(("journaltitle", *VENUES.values())))
_PLAIN = tuple(name for name in COLUMNS if name not in ("id", "type", "venue", "source"))


def to_entry(row: Mapping[str, str | None]) -> Entry:
    """Return a row as an entry, cells as they stand: the CSV format reads them, 40 times as slowly.

    >>> to_entry({"id": "a", "type": "inproceedings", "venue": "ICML", "year": "2020"})["booktitle"]
    'ICML'
    """
    kind = (row.get("type") or "").strip().lower() or "misc"
    fields = {}
    for name in _PLAIN:
        value = (row.get(name) or "").strip()
        if value:
            fields[_FIELD.get(name, name)] = value
    venue = (row.get("venue") or "").strip()
    if venue:
        fields[VENUES.get(kind, "journaltitle")] = venue
    return Entry(kind, row.get("id") or "", fields)


def to_row(entry: Entry) -> dict[str, str]:
    """Return what a row says of an entry; "" where it says nothing. `source` is not of the entry."""
    row = {name: entry.fields.get(_FIELD.get(name, name), "") for name in _PLAIN}
    venues = (VENUES.get(entry.type, "journaltitle"), *_CONTAINERS)
    row["venue"] = next((entry.fields[name] for name in venues if entry.fields.get(name)), "")
    return {"id": entry.key, "type": entry.type, **row}


def as_entry(row: Mapping[str, str | None]) -> dict[str, Any]:
    """Return a row as reports show entries: key, type, and the columns that say something as fields."""
    fields = {name: value for name in CONTRACT[2:] if (value := row.get(name))}
    return {"key": row.get("id") or "", "type": row.get("type") or "", "fields": fields}
