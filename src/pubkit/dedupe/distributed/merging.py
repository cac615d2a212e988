"""Stage 7 over tables: one row out of several."""

from __future__ import annotations

import json
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.distributed.rows import CONTRACT, as_entry, to_entry, to_row
from pubkit.dedupe.merge import merge as merge_entries

if TYPE_CHECKING:
    import pyarrow as pa

    from pubkit.dedupe.distributed.executor import Executor, Part


def merge(executor: Executor) -> None:
    """Make `output`: the rows of each group merged into one, those of other versions named in `related`."""
    import pyarrow as pa

    quote = executor.quote
    known = [name for name in executor.columns if name in CONTRACT and name != "source"]
    whole, text = pa.int64(), pa.string()
    numbers, texts = ("root", "row", "kept_row"), ("kept", "conflicts", "entries", *known)
    merged = pa.schema([
        *((name, whole) for name in numbers), *((name, text) for name in texts),
        ("duplicates", pa.list_(text)),
    ])  # fmt: skip
    said = ", ".join(f"i.{quote(name)}" for name in executor.columns if name in CONTRACT)
    executor.map_groups(
        "merged",
        f"select h.root, h.version, r.pos, i.row, {said} "
        "from homes h join records r on r.pos = h.pos join input i on i.row = r.row",
        partial(_merge_rows, merged), merged, by=("root",), order=("pos",),
    )  # fmt: skip
    # What each record is part of now: its group's root, first row and key, and its work.
    executor.table(
        "now",
        """
        select r.pos, r.row, r.id, coalesce(h.root, r.pos) as home, coalesce(m.row, r.row) as home_row,
               coalesce(m.kept_row, r.row) as kept_row, coalesce(m.kept, r.id) as kept, w.root as work
        from records r left join homes h on h.pos = r.pos left join merged m on m.root = h.root
        left join of_work w on w.pos = r.pos
    """,
    )
    related = pa.schema([("row", whole), ("related", pa.list_(text))])
    executor.map_groups(
        "relations", "select distinct work, home_row, kept from now where work is not null",
        partial(_relations, related), related, by=("work",), order=("home_row",),
    )  # fmt: skip
    columns = ", ".join(_column(executor, name, merge=name in known) for name in executor.columns)
    executor.table(
        "output",
        f"""
        select coalesce(m.row, i.row) as row, {columns}, m.duplicates, r.related
        from input i join now n on n.row = i.row and n.kept_row = i.row
        left join merged m on m.kept_row = i.row
        left join relations r on r.row = n.home_row
    """,
    )
    executor.drop("relations")


def _column(executor: Executor, name: str, *, merge: bool) -> str:
    """Return a column of the output: the merged value where rows were merged, in the input's type."""
    quoted, kind = executor.quote(name), executor.columns[name]
    if merge:
        return f"cast(case when m.root is null then i.{quoted} else m.{quoted} end as {kind}) as {quoted}"
    return f"cast(i.{quoted} as {kind}) as {quoted}" if name in CONTRACT else f"i.{quoted}"


def _merge_rows(schema: pa.Schema, part: Part) -> pa.Table:
    """Merge the rows of whole groups."""
    import pyarrow as pa

    groups = groupby(part.to_pylist(), key=lambda row: row["root"])
    return pa.Table.from_pylist([_merged(list(rows)) for _, rows in groups], schema=schema)


def _merged(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Merge the rows of a group, which come in content order."""
    entry, conflicts = merge_entries([to_entry(row) for row in rows], versions=rows[0]["version"])
    kept = next((row for row in rows if row["id"] == entry.key), rows[0])
    rows = sorted(rows, key=lambda row: row["row"])
    return {
        **{name: value or None for name, value in to_row(entry).items()},
        "root": rows[0]["root"],
        "row": rows[0]["row"],
        "kept_row": kept["row"],
        "kept": entry.key,
        "duplicates": [row["id"] for row in rows if row is not kept],
        "conflicts": json.dumps(
            [{"field": c.field, "kept": c.kept, "other": c.other, "key": c.key} for c in conflicts],
            ensure_ascii=False,
        ),
        "entries": json.dumps(list(map(as_entry, rows)), ensure_ascii=False),
    }


def _relations(schema: pa.Schema, part: Part) -> pa.Table:
    """Return for each version of a work the keys of the others."""
    import pyarrow as pa

    rows = [
        {"row": row["home_row"], "related": [other["kept"] for other in work if other is not row]}
        for _, found in groupby(part.to_pylist(), key=lambda row: row["work"])
        for work in [list(found)]
        for row in work
    ]
    return pa.Table.from_pylist(rows, schema=schema)
