"""What was found in tables, as a table: one row a group, a work, or a pair for review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.distributed.rows import CONTRACT, as_entry
from pubkit.dedupe.distributed.stages import LINK, WORK_LINK

if TYPE_CHECKING:
    import pyarrow as pa

    from pubkit.dedupe.distributed.executor import Executor, Part

#: The part of `told` that holds pairs for review, beside links of groups (`LINK`) and works (`WORK_LINK`).
DOUBT = 4
#: Number of a part → its name in reports.
PARTS = {LINK: "groups", WORK_LINK: "works", DOUBT: "maybe"}


def schema() -> pa.Schema:
    """Return the types of the report's columns; `conflicts` and `entries` are JSON."""
    import pyarrow as pa

    whole, text = pa.int64(), pa.string()
    return pa.schema([
        ("part", text), ("row", whole), ("size", whole), ("keys", pa.list_(text)), ("score", pa.float64()),
        ("reasons", pa.list_(text)), ("kept", text), ("conflicts", text), ("entries", text),
    ])  # fmt: skip


def report(executor: Executor) -> None:
    """Make `report` of `told`, `now` and `merged`."""
    nothing = "cast(null as double), cast(null as string)"
    members = f"""
        select t.part, t.root, true as is_link, t.one as row, a.id as key, b.id as other_key,
               t.value, t.reason, cast(null as string) as conflicts, cast(null as string) as entries
        from told t join records a on a.pos = t.one join records b on b.pos = t.other
        where t.part in ({LINK}, {WORK_LINK})
        union all
        select cast({LINK} as bigint), n.home, false, n.row, n.id, m.kept, {nothing}, m.conflicts, m.entries
        from now n join merged m on m.root = n.home
        union all
        select distinct cast({WORK_LINK} as bigint), n.work, false, n.home_row, n.kept, '',
               {nothing}, '[]', '[]' from now n where n.work is not null
    """
    executor.map_groups(
        "report_groups", members, partial(_groups, schema()), schema(),
        by=("part", "root"), order=("is_link", "row", "other_key"),
    )  # fmt: skip
    names = [name for name in executor.columns if name in CONTRACT]
    both = ", ".join(
        f"{table}.{executor.quote(name)} as {executor.quote(f'{name}_{side}')}"
        for side, table in ((1, "i"), (2, "k"))
        for name in names
    )
    sides = ", ".join(
        f"case when a.home_row < b.home_row then {one} else {other} end as {name}"
        for one, other, name in (
            ("a.home_row", "b.home_row", "row"),
            ("b.home_row", "a.home_row", "other_row"),
            ("a.kept_row", "b.kept_row", "kept_row"),
            ("b.kept_row", "a.kept_row", "other_kept_row"),
        )
    )
    doubts = f"""
        with homed as (
            select t.value, t.reason, {sides}
            from told t join now a on a.pos = t.one join now b on b.pos = t.other where t.part = {DOUBT}
        ), best as (
            select homed.*,
                   row_number() over (partition by row, other_row order by value desc, reason desc) as n
            from homed
        )
        select best.row, best.value, best.reason, {both} from best
        join input i on i.row = best.kept_row join input k on k.row = best.other_kept_row where best.n = 1
    """
    executor.map("report_pairs", doubts, partial(_doubts, schema()), schema())
    executor.table("report", "select * from report_groups union all select * from report_pairs")
    executor.drop("report_groups", "report_pairs", "told", "now")


def _groups(kinds: pa.Schema, part: Part) -> pa.Table:
    """Return what the report says of whole groups and works."""
    import pyarrow as pa

    rows = groupby(part.to_pylist(), key=lambda row: (row["part"], row["root"]))
    return pa.Table.from_pylist([_told(number, list(group)) for (number, _), group in rows], schema=kinds)


def _told(part: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    members = [row for row in rows if not row["is_link"]]
    links = [row for row in rows if row["is_link"]]
    alone = len(links) == 1
    return {
        "part": PARTS[part],
        "row": members[0]["row"],
        "size": len(members),
        "keys": [row["key"] for row in members],
        "score": min((row["value"] for row in links), default=1.0),
        "reasons": [
            row["reason"] if alone else f"{row['key']} ~ {row['other_key']}: {row['reason']}" for row in links
        ],
        "kept": members[0]["other_key"],
        "conflicts": members[0]["conflicts"],
        "entries": members[0]["entries"],
    }


def _doubts(kinds: pa.Schema, part: Part) -> pa.Table:
    """Return what the report says of pairs for review."""
    import pyarrow as pa

    def told() -> Iterator[dict[str, Any]]:
        for row in part.to_pylist():
            sides = [as_entry({name: row.get(f"{name}_{side}") for name in CONTRACT}) for side in (1, 2)]
            yield {
                "part": PARTS[DOUBT],
                "row": row["row"],
                "size": 2,
                "keys": [side["key"] for side in sides],
                "score": row["value"],
                "reasons": [row["reason"]],
                "kept": "",
                "conflicts": "[]",
                "entries": json.dumps(sides, ensure_ascii=False),
            }

    return pa.Table.from_pylist(list(told()), schema=kinds)
