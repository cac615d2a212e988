"""De-duplicating tables with an engine: what `pubkit dedupe --engine` does."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubkit import registry
from pubkit.dedupe.distributed.plan import Counts, Settings, find
from pubkit.dedupe.distributed.tables import kind_of
from pubkit.errors import PluginError, WriteError

MEMORY = 4 << 30


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found.

    Attributes:
        counts: How much there was to do.
        groups: How many groups were merged.
        works: How many works have several versions.
        maybe: How many pairs a person should look at.
        removed: How many rows went.
    """

    counts: Counts
    groups: int
    works: int
    maybe: int
    removed: int


def dedupe_tables(
    paths: Sequence[str],
    output: str | os.PathLike[str],
    *,
    engine: str = "duckdb",
    format: str | None = None,  # noqa: A002  # as in pk.read
    settings: Settings | None = None,
    memory: int = MEMORY,
    scratch: str | os.PathLike[str] | None = None,
    reports: Sequence[Callable[[Any], None]] = (),
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
) -> Found:
    """Find duplicates in tables, and write the table without them.

    Args:
        paths: Parquet, CSV or JSON Lines with the columns of the contracts; other columns are carried along.
        output: The table to write: one row a publication, with the ids merged into it in `duplicates` and the
            ids of other versions in `related`.
        engine: "duckdb" or "spark".
        format: Kind of the input; by default its name tells.
        settings: Thresholds.
        memory: How many bytes may be used on this machine.
        scratch: Folder for what does not fit into memory; by default beside the output.
        reports: Called with the engine before it is closed, for instance to write a report.
        force: Replace an output that is there.
        progress: Called with the name of each stage as it starts.

    Raises:
        PluginError: No such engine, or its package is missing.
        ReadError: A table cannot be read, or lacks columns.
        WriteError: The output exists, or cannot be written.
    """
    try:
        make = registry.load("engines", engine)
    except KeyError:
        names = ", ".join(registry.names("engines"))
        raise PluginError(f"there is no engine {engine!r}", hint=f"the engines are {names}") from None
    target = Path(output)
    if target.exists() and not force:  # say so now, not after hours
        raise WriteError("exists already", hint="use --force (force=True) to replace it", where=str(output))
    kind_of(str(output))
    progress("reading")
    with make(memory, scratch or target.parent) as executor:
        executor.load(paths, format)
        counts = find(executor, settings or Settings(), progress)
        progress("writing")
        for report in reports:
            report(executor)
        executor.save("output", output, force=force)
        parts = {
            row["part"]: (row["n"], row["members"])
            for rows in executor.rows(
                "select part, count(*) as n, sum(size) as members from report group by part"
            )
            for row in rows.to_pylist()
        }
    groups, members = parts.get("groups", (0, 0))
    return Found(
        counts, groups, parts.get("works", (0, 0))[0], parts.get("maybe", (0, 0))[0], members - groups
    )
