"""`pubkit dedupe`: find entries of the same paper and merge them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.errors import WriteError

if TYPE_CHECKING:
    from pubkit.dedupe import DedupeResult, Group

_PARTS = ("groups", "maybe", "works")


@verb(
    "dedupe",
    "Find duplicates, merge them, say why.",
    examples="""
    pubkit dedupe scopus.bib wos.bib -o merged.bib --report report.json
    pubkit dedupe refs.bib --in-place
    """,
)
@options.inputs
@options.from_
@options.to_format
@options.output
@options.force
@options.in_place
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="How sure a merge must be, from 0 to 1; by default 0.8."
)
@click.option(
    "--review",
    type=click.FloatRange(0, 1),
    help="From where on a pair is listed to be looked at, from 0 to 1.",
)
@click.option(
    "--merge-works", is_flag=True, help="Merge versions of one work too, such as a preprint and its paper."
)
@click.option("--report", metavar="FILE", help="Write what was found to a .json or .csv file.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where duplicates are found.")
@options.encoding
@options.owner
@options.dialect
@options.layout
@options.ascii_
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    to: str | None,
    output: str,
    force: bool,
    in_place: bool,
    threshold: float | None,
    review: float | None,
    merge_works: bool,
    report: str | None,
    check: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Find entries of the same record, merge them, and say why.

    The richest entry of a group stays and its gaps are filled from the others. Likely duplicates that are
    not sure enough are reported, not merged.
    """
    reading = {name: given[name] for name in ("encoding", "owner", "strict")}
    writing = {"dialect": given["dialect"], "layout": given["layout"], "ascii": given["ascii_"]}
    if report and not report.endswith((".json", ".csv")):
        raise WriteError("the report must be a .json or .csv file", hint="name it so", where=report)
    if in_place:
        files.in_place(inputs, output, to)
        if len(inputs) != 1:
            raise click.UsageError(
                "--in-place takes one input; merge several into one with -o", click.get_current_context()
            )
        writing["layout"] = writing["layout"] or "preserve"
    library = files.read(inputs, from_, **reading)
    target = files.same_format(library, inputs[0], from_) if in_place else files.out_format(to, output)
    result = api.dedupe(library, **_given(threshold=threshold, review=review, works=merge_works or None))
    show_diagnostics(result.library.diagnostics, verbose=verbose, quiet=quiet)
    if not quiet:
        _tell(result)
    if report:
        api.save(report, _csv(result) if report.endswith(".csv") else _json(result), force=force)
    if check:
        return 1 if result.groups else 0
    if not in_place or result.removed:
        path = inputs[0] if in_place else output
        found = files.write(result.library, target, path, force=force or in_place, **writing)
        show_diagnostics(found, verbose=verbose, quiet=quiet)
    return 0


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _tell(result: DedupeResult) -> None:
    """Say in lines what was merged and what a person should look at."""
    say(f"merged {plural(len(result.removed), 'duplicate')} in {plural(len(result.groups), 'group')}")
    for title, groups in (
        ("merged", result.groups),
        ("maybe the same", result.maybe),
        ("same work", result.works),
    ):
        for group in groups:
            reasons = "; ".join(group.reasons)
            say(visible(f"  {title}: {', '.join(group.keys)} ({group.score:.2f}: {reasons})"))
            for conflict in group.conflicts:
                say(visible(f"    {conflict}"))


def _json(result: DedupeResult) -> str:
    """Return the report as JSON: `groups`, `maybe`, `works`, `removed` and `renamed`."""
    content: dict[str, Any] = {part: [_record(group) for group in getattr(result, part)] for part in _PARTS}
    content["removed"] = list(result.removed)
    content["renamed"] = dict(result.renamed)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _record(group: Group) -> dict[str, Any]:
    record = {
        "keys": group.keys,
        "score": round(group.score, 4),
        "reasons": group.reasons,
        "kept": group.kept,
    }
    conflicts = [
        {"field": found.field, "kept": found.kept, "other": found.other, "key": found.key}
        for found in group.conflicts
    ]
    return {**record, "conflicts": conflicts}


def _csv(result: DedupeResult) -> str:
    """Return the report as CSV, one line an entry of a group."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["kind", "group", "key", "score", "reasons"])
    for part in _PARTS:
        for number, group in enumerate(getattr(result, part), 1):
            reasons = "; ".join(group.reasons)
            rows.writerows([part, number, key, f"{group.score:.4f}", reasons] for key in group.keys)
    return text.getvalue()
