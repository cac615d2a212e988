"""`pubkit publish`: the main job, from a list to a `.bib`, formatted lists and a page."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.changes import show_changes, summary
from pubkit.cli.console import logged, paint, plural, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import Progress
from pubkit.diagnostics import Severity

_STAGES = ("reading", "normalising", "looking for duplicates", "formatting", "writing")


@verb(
    "publish",
    "Turn a list into a .bib, formatted lists and a page.",
    examples="""
    pubkit publish cv.txt -o site/ --owner "Tianhao Wu"
    pubkit publish refs.bib -o out/ --style ieee --style nature --dialect biblatex --force
    """,
)
@click.argument("source", metavar="IN")
@options.from_
@click.option(
    "-o", "--output", default="out", show_default=True, metavar="FOLDER", help="Folder to write to."
)
@options.owner
@options.lists
@click.option(
    "-s",
    "--style",
    "styles",
    multiple=True,
    default=("apa", "acm"),
    show_default=True,
    metavar="STYLE",
    help="Style of a formatted list; the first is the page's. May be repeated.",
)
@click.option("--title", default="", metavar="TEXT", help="Heading of the page.")
@options.dialect
@options.force
@options.reading
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    source: str,
    from_: str | None,
    output: str,
    owner: str,
    styles: tuple[str, ...],
    title: str,
    dialect: str | None,
    force: bool,
    encoding: str | None,
    strict: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Turn a list of publications into a clean .bib, formatted lists and a web page.

    Writes publications.bib, publications.STYLE.md for each style, and index.html.
    """
    with logged(quiet=quiet), Progress(_STAGES) as progress:
        done = api.publish(
            source,
            output,
            owner=owner,
            dialect=dialect or "bibtex",
            styles=list(dict.fromkeys(styles)),
            title=title,
            force=force,
            progress=progress,
            format=from_,
            **files.said({"encoding": encoding, "strict": strict}),
            **files.reading(),
        )
    if not quiet:
        _tell(done, source)
    if verbose:
        show_changes(done.normalized.changes)
    sys.stdout.flush()  # the summary first, also where both streams are one terminal
    show_diagnostics(done.diagnostics, verbose=verbose, quiet=quiet)


def _tell(done: api.Published, source: str) -> None:
    """Print what was found, changed, merged, could not be known, and written."""
    kinds = Counter(entry.type for entry in done.normalized).most_common()
    merged = [f"{', '.join(group.keys)} ({'; '.join(group.reasons)})" for group in done.result.groups]
    maybe = [f"{', '.join(group.keys)}: maybe the same" for group in done.result.maybe]
    counts = Counter(found.severity for found in done.diagnostics)
    unknown = ", ".join(
        plural(counts[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity]
    )
    _row(
        "Found",
        f"{plural(len(done.found), 'paper')} in {source}",
        f"{', '.join(f'{kind} {n}' for kind, n in kinds)}",
    )
    _row("Changed", summary(done.normalized.changes))
    _row("Merged", plural(len(done.result.removed), "duplicate"), *merged, *maybe)
    _row("Unsure", f"{unknown}, below" if unknown else "nothing")
    _row("Wrote", *(str(Path(path)) for path in done.files.values()))


def _row(head: str, *lines: str) -> None:
    """Print a heading with its lines aligned beside it."""
    for number, line in enumerate(lines):
        label = paint(f"{head:<9}", err=False, bold=True) if number == 0 else " " * 9
        click.echo(f"{label} {visible(line)}")
