"""What every engine asks of the tables it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from pubkit.dedupe.distributed.rows import CONTRACT
from pubkit.errors import ReadError, UnknownFormatError

#: Extension → kind of table; a packed one (`.csv.gz`) has a second extension.
KINDS = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
#: Columns that the engines add: the output tells by them what became of a row.
ADDED = ("duplicates", "related")
_OURS = ("row", *ADDED)
_PACKED = (".gz", ".zst")


def kind_of(path: str, format: str | None = None) -> str:  # noqa: A002  # as in pk.read
    """Return the kind of a table: "parquet", "csv" or "jsonl".

    Raises:
        UnknownFormatError: It is none of them.

    >>> kind_of("works/2024.csv.gz"), kind_of("works", "parquet")
    ('csv', 'parquet')
    """
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    named = {"json-lines": "jsonl"}.get(format or "", format)
    found = named or (KINDS.get(suffixes[-1]) if suffixes else None)
    if found not in set(KINDS.values()):
        raise UnknownFormatError(
            f"an engine reads and writes Parquet, CSV and JSON Lines, not {format or 'this'}",
            hint="name the file .parquet, .csv or .jsonl, or leave out --engine",
            where=path,
        )
    return str(found)


def check(columns: Mapping[str, str], where: str) -> None:
    """Refuse tables without the columns that are needed.

    Raises:
        ReadError: The table cannot be used.
    """
    lost = [name for name in ("id", "title") if name not in columns]
    if lost:
        raise ReadError(
            f"has no column {' and no column '.join(lost)} (it has: {', '.join(columns)})",
            hint=f"name the columns {', '.join(CONTRACT)}, all but id and title may be absent; "
            "pubkit convert TABLE -o works.csv does that for exports of databases",
            where=where,
        )
    nested = [name for name in CONTRACT if columns.get(name, "").lower().startswith(("struct", "map"))]
    if nested:
        raise ReadError(f"holds {columns[nested[0]]} in column {nested[0]}", hint="make it text", where=where)


def inside(columns: Iterable[str]) -> dict[str, str]:
    """Return for each column of an input its name within the engine, where some names are taken.

    >>> inside(["id", "Row", "row (input)"])
    {'id': 'id', 'Row': 'Row (input) (input)', 'row (input)': 'row (input)'}
    """
    taken = {*_OURS, *(name.lower() for name in columns)}  # engines tell no capitals apart
    found = {}
    for name in columns:
        found[name] = name
        while found[name].lower() in _OURS or (found[name] != name and found[name].lower() in taken):
            found[name] += " (input)"
    return found


def outside(columns: Mapping[str, str]) -> dict[str, str]:
    """Return for each column of an output its name in the file; the input's columns keep theirs.

    Args:
        columns: Name in the input → name within the engine.

    >>> outside({"id": "id", "related": "related (input)"})
    {'id': 'id', 'related (input)': 'related', 'duplicates': 'duplicates', 'related': 'pubkit_related'}
    """
    taken = {name.lower() for name in columns}
    found = {stored: name for name, stored in columns.items()}
    for name in ADDED:
        shown = name
        while shown in taken:
            shown = f"pubkit_{shown}"
        found[name] = shown
    return found
