"""`pubkit dedupe`: find entries of the same paper and merge them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import Progress
from pubkit.errors import ReadError, WriteError

if TYPE_CHECKING:
    from pubkit.dedupe import Answer, DedupeResult
    from pubkit.model.library import Library

_REPORTS = (".json", ".csv", ".html")
_STAGES = ("reading", "preparing", "comparing", "clustering", "merging", "writing")
_SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_MOST_LINES = 50
# Conflicts and pairs to look at stand among the lines about groups.
_TOLD = ("PK601", "PK602")


@verb(
    "dedupe",
    "Find duplicates, merge them, say why.",
    examples="""
    pubkit dedupe scopus.bib wos.bib -o merged.bib --report report.html
    pubkit dedupe refs.bib --in-place
    pubkit dedupe refs.bib -o merged.bib --review
    pubkit dedupe works.parquet -o dups.parquet --engine duckdb --memory 4GB
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
    "--maybe-from",
    type=click.FloatRange(0, 1),
    help="From where on a pair is listed to be looked at, from 0 to 1; by default 0.4.",
)
@click.option(
    "--works", is_flag=True, help="Merge versions of one work too, such as a preprint and its paper."
)
@click.option(
    "--report", multiple=True, metavar="FILE", help="Write what was found to a .json, .csv or .html file."
)
@click.option("--review", is_flag=True, help="Decide unsure pairs here, side by side, one after the other.")
@click.option(
    "--answers",
    metavar="FILE",
    help="Answers of a review or of an HTML report; by default, with --review, IN.answers.json.",
)
@click.option("--engine", metavar="NAME", help="For tables of millions: duckdb or spark.")
@click.option(
    "--memory", default="4GB", show_default=True, metavar="SIZE", help="How much memory an engine may use."
)
@click.option(
    "--scratch",
    metavar="FOLDER",
    help="Where an engine puts what does not fit; by default beside the output.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where duplicates are found.")
@options.bib_to_bib
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    to: str | None,
    output: str,
    force: bool,
    in_place: bool,
    threshold: float | None,
    maybe_from: float | None,
    works: bool,
    report: tuple[str, ...],
    review: bool,
    answers: str | None,
    engine: str | None,
    memory: str,
    scratch: str | None,
    check: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Find entries of the same record, merge them, and say why.

    The richest entry of a group stays and its gaps are filled from the others. Likely duplicates that are
    not sure enough are reported, not merged. With --engine the inputs are tables (.parquet, .csv, .jsonl)
    that need not fit into memory, and the output is one too.
    """
    for path in report:
        allowed = (*_REPORTS, ".parquet", ".jsonl") if engine else _REPORTS
        if not path.endswith(allowed):
            raise WriteError(f"the report must be a {', '.join(allowed)} file", hint="name it so", where=path)
    written = report if engine or in_place or check else (*report, output)
    for path in written:  # told before the work is done, not after it
        if path != "-" and Path(path).exists() and not force:
            raise WriteError("exists already", hint="use --force to replace it", where=path)
    if answers and not review and not Path(answers).exists():
        raise ReadError(
            "there is no such file", hint="give the answers that a review or a report made", where=answers
        )
    decided = _given(threshold=threshold, review=maybe_from, works=works or None)
    if engine:
        if review:
            raise click.UsageError(
                "--review does not go with --engine: write --report FILE.html, answer there, download the "
                "answers and run again with --answers",
                click.get_current_context(),
            )
        others = {"--in-place": in_place, "--check": check, "--to": to}
        refused = [name for name, value in others.items() if value]
        if refused:
            raise click.UsageError(f"{refused[0]} does not go with --engine", click.get_current_context())
        from pubkit.cli.dedupe_tables import run_engine

        return run_engine(
            inputs, from_, output, engine=engine, memory=_bytes(memory), scratch=scratch, decided=decided,
            answers=answers, reports=report, force=force, quiet=quiet,
        )  # fmt: skip
    reading = {name: given[name] for name in ("encoding", "owner", "strict")}
    writing = {"dialect": given["dialect"], "layout": given["layout"], "ascii": given["ascii_"]}
    if in_place:
        files.in_place(inputs, output, to)
        if len(inputs) != 1:
            raise click.UsageError(
                "--in-place takes one input; merge several into one with -o", click.get_current_context()
            )
        writing["layout"] = writing["layout"] or "preserve"
    if review and not answers:
        if not inputs or inputs[0] == "-":
            raise click.UsageError(
                "--review of standard input needs --answers FILE", click.get_current_context()
            )
        answers = f"{inputs[0]}.answers.json"
    from pubkit.dedupe.answers import read_answers

    known = read_answers(answers) if answers else []
    with Progress(_STAGES) as progress:
        progress("reading")
        library = files.read(inputs, from_, **reading)
        target = files.same_format(library, inputs[0], from_) if in_place else files.out_format(to, output)
        result = api.dedupe(library, answers=known, progress=progress, **decided)
    if review and answers:
        from pubkit.cli.review import review as ask

        answered = ask(result.maybe, known, answers)
        if answered != known:
            known = answered
            result = api.dedupe(library, answers=known, **decided)
    told = () if quiet else _TOLD
    found = [one for one in result.library.diagnostics if one.code not in told]
    show_diagnostics(found, verbose=verbose, quiet=quiet)
    if not quiet:
        _tell(result, verbose=verbose)
        if result.maybe and not review:
            pairs = plural(len(result.maybe), "pair")
            pages = [path for path in report if path.endswith(".html")]
            beside = pages[0] if pages else "--report FILE.html"
            say(f"{pairs} to decide: with --review here, or side by side in {beside}")
    for path in report:
        api.save(path, _report(path, result, library, known), force=force)
    if check:
        return 1 if result.groups else 0
    if not in_place or result.removed:
        path = inputs[0] if in_place else output
        found = files.write(result.library, target, path, force=force or in_place, **writing)
        show_diagnostics(found, verbose=verbose, quiet=quiet)
    return 0


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _bytes(size: str) -> int:
    """Return how many bytes "4GB", "512 MiB" or "2g" are."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(?:i?B)?", size.strip(), re.IGNORECASE)
    found = int(float(match[1]) * _SIZES[match[2].upper()]) if match else 0
    if found < 1 << 28:
        raise click.UsageError(
            f"--memory {size} is no size of at least 256MB, such as 4GB", click.get_current_context()
        )
    return found


def _tell(result: DedupeResult, *, verbose: bool) -> None:
    """Say in lines what was merged and what a person should look at."""
    say(f"merged {plural(len(result.removed), 'duplicate')} in {plural(len(result.groups), 'group')}")
    for title, groups in (
        ("merged", result.groups),
        ("maybe the same", result.maybe),
        ("same work", result.works),
    ):
        for group in groups if verbose else groups[:_MOST_LINES]:
            reasons = "; ".join(group.reasons)
            say(visible(f"  {title}: {', '.join(group.names)} ({group.score:.2f}: {reasons})"))
            for conflict in group.conflicts:
                say(visible(f"    {conflict}"))
        if len(groups) > _MOST_LINES and not verbose:
            say(f"  … and {len(groups) - _MOST_LINES:,} more; --verbose shows all, --report keeps them")


def _report(path: str, result: DedupeResult, library: Library, answers: list[Answer]) -> str:
    """Return the report in the format of its name."""
    from pubkit.dedupe.report.content import content, groups_of, to_csv, to_json

    found = content(result, library)
    if path.endswith(".csv"):
        return to_csv(groups_of(found))
    if path.endswith(".json"):
        return to_json(found)
    from pubkit.dedupe.report.html import to_html

    return to_html(groups_of(found), answers=answers)
