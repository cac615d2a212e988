"""`pubkit dedupe --engine`: tables of millions, and the reports about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

from pubkit.cli.console import plural, say
from pubkit.cli.files import given
from pubkit.cli.progress import Progress
from pubkit.dedupe.report.content import PARTS

if TYPE_CHECKING:
    from pubkit.dedupe.answers import Answer
    from pubkit.dedupe.distributed.executor import Executor

_ORDER = "select {columns} from report where part = '{part}' order by {order}"


def run_engine(
    inputs: Sequence[str],
    from_: str | None,
    output: str,
    *,
    engine: str,
    memory: int,
    scratch: str | None,
    decided: Mapping[str, Any],
    answers: str | None,
    reports: Sequence[str],
    force: bool,
    quiet: bool,
) -> int:
    """De-duplicate tables; the arguments are the options of the verb."""
    from pubkit.dedupe.answers import read_answers
    from pubkit.dedupe.distributed.plan import STAGES, Settings
    from pubkit.dedupe.distributed.run import dedupe_tables

    if output == "-" or "-" in given(inputs):
        raise click.UsageError("--engine reads and writes files; name them", click.get_current_context())
    known = tuple(read_answers(answers)) if answers else ()
    with Progress(STAGES) as progress:
        found = dedupe_tables(
            inputs, output, engine=engine, format=from_, settings=Settings(**decided, answers=known),
            memory=memory, scratch=scratch, reports=[_Report(path, force, known) for path in reports],
            force=force, progress=progress,
        )  # fmt: skip
    if not quiet:
        say(
            f"{plural(found.counts.records, 'record')}, {plural(found.counts.compared, 'pair')} compared: "
            f"merged {plural(found.removed, 'duplicate')} in {plural(found.groups, 'group')}, "
            f"{plural(found.maybe, 'pair')} to look at, {plural(found.works, 'work')} in several versions"
        )
    return 0


class _Report:
    """Writes a report from the tables of an engine, group by group.

    Args:
        path: The file; its extension tells the format.
        force: Replace a file that is there.
        answers: What was answered before; a page hands it on.
    """

    def __init__(self, path: str, force: bool, answers: Sequence[Answer]) -> None:
        self.path, self.force, self.answers = path, force, answers

    def __call__(self, executor: Executor) -> None:
        """Write the report."""
        from pubkit.dedupe.report.content import to_csv
        from pubkit.dedupe.report.html import MOST, to_html
        from pubkit.formats.output import replacing

        if self.path.endswith((".parquet", ".jsonl")):
            executor.save("report", self.path, force=self.force)
            return
        with (
            replacing(self.path, force=self.force) as temporary,
            temporary.open("w", encoding="utf-8") as stream,
        ):
            if self.path.endswith(".json"):
                _write_json(executor, stream)
            elif self.path.endswith(".csv"):
                stream.write(to_csv(_groups(executor)))
            else:
                counts = {
                    row["part"]: row["n"]
                    for rows in executor.rows("select part, count(*) as n from report group by part")
                    for row in rows.to_pylist()
                }
                stream.write(to_html(_groups(executor, MOST), counts=counts, answers=self.answers))


def _groups(executor: Executor, most: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the groups of the report, each with the name of its part."""
    return ((part, group) for part in PARTS for group in _part(executor, part, most))


def _part(executor: Executor, part: str, most: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the groups of one part of the report."""
    columns = "keys, score, reasons, kept, conflicts, entries"
    order = ("score desc, row" if part == "maybe" else "row") + (f" limit {most}" if most else "")
    for rows in executor.rows(_ORDER.format(columns=columns, part=part, order=order)):
        for row in rows.to_pylist():
            told = {name: json.loads(row[name]) for name in ("conflicts", "entries")}
            yield {**row, "score": round(row["score"], 4), **told}


def _write_json(executor: Executor, stream: TextIO) -> None:
    """Write the report as one JSON object, group by group."""
    stream.write("{")
    for part in PARTS:
        _write_list(stream, part, _part(executor, part))
        stream.write(",")
    _write_list(stream, "removed", (key for group in _part(executor, "groups") for key in _gone(group)))
    stream.write("\n}\n")


def _write_list(stream: TextIO, name: str, items: Iterable[Any]) -> None:
    stream.write(f'\n "{name}": [')
    for at, item in enumerate(items):
        stream.write(("," if at else "") + "\n  " + json.dumps(item, ensure_ascii=False))
    stream.write("]")


def _gone(group: Mapping[str, Any]) -> list[str]:
    """Return the keys of a group's rows but the kept one."""
    keys = list(group["keys"])
    keys.remove(group["kept"])
    return keys
