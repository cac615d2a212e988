"""`pubkit enrich`: complete a list from records, and verify it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import paint, plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.formats.output import refuse_existing

if TYPE_CHECKING:
    from pubkit.enrich import EnrichResult

_SHOWN = 60


@verb(
    "enrich",
    "Complete and verify entries from records.",
    examples="""
    pubkit enrich refs.bib --source group.bib -o complete.bib
    pubkit enrich cv.txt --owner "Tianhao Wu" --source dblp.xml --source crossref -o papers.bib
    pubkit enrich refs.bib --source dblp --in-place --overwrite year
    pubkit enrich refs.bib --source dump/ --check --output-format json
    """,
)
@options.inputs
@options.from_
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="A file or folder of records, or a web source: crossref, openalex, dblp, arxiv, datacite, "
    "semanticscholar, pubmed, openlibrary. Repeat it; the first is believed first.",
)
@options.to_format
@options.output
@options.force
@options.in_place
@click.option(
    "--overwrite",
    multiple=True,
    metavar="FIELD",
    help="Let the sources' word replace this field where it contradicts: year, author, venue …",
)
@click.option(
    "--upgrade-preprints", is_flag=True, help="Make a preprint its published version; keep the arXiv number."
)
@click.option("--report", default="", metavar="FILE", help="Write all facts with their origin here, as JSON.")
@click.option(
    "--check", is_flag=True, help="Write no list; exit with 1 where anything would change or is wrong."
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="With --check: how the facts are printed.",
)
@options.web
@options.bib_to_bib
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    sources: tuple[str, ...],
    to: str | None,
    output: str,
    force: bool,
    in_place: bool,
    overwrite: tuple[str, ...],
    upgrade_preprints: bool,
    report: str,
    check: bool,
    output_format: str,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Fill the empty fields of entries from records, and tell what contradicts the others.

    Facts are taken only from a record that is surely the same publication. What the list says is never
    changed, but for the fields that --overwrite names. The network is used only for web sources.
    """
    if not sources:
        raise click.UsageError("no source was named; give a file of records or a web source with --source")
    paths = files.given(inputs)
    if in_place:
        files.in_place(inputs, output, to)
        if len(paths) > 1:
            raise click.UsageError("--in-place takes one input; run it once for each")
    # Both are refused before sources are asked, so that not one of them is written without the other.
    for path in (report, "" if check or in_place else output):
        if path and path != "-":
            refuse_existing(path, force=force)
    from pubkit.enrich import enrich

    reading = {name: given[name] for name in ("encoding", "owner", "strict")}
    library = files.read(paths, from_, **reading)
    target = files.same_format(library, paths[0], from_) if in_place else files.out_format(to, output)
    with working("looking up"):
        done = enrich(
            library,
            sources,
            owner=given["owner"],
            overwrite=[name for value in overwrite for name in value.split(",")],
            upgrade_preprints=upgrade_preprints,
            settings=options.web_settings(given),
        )
    show_diagnostics(done.library.diagnostics, verbose=verbose, quiet=quiet)
    text = json.dumps(done.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if report:
        api.save(report, text, force=force)
    if check:
        if output_format == "json":
            click.echo(text, nl=False)
        else:
            _show(done)
        return 1 if done.filled or done.findings else 0
    writing = {"dialect": given["dialect"], "layout": given["layout"], "ascii": given["ascii_"]}
    if in_place:
        writing["layout"] = writing["layout"] or "preserve"
        if done.filled:
            told = files.write(done.library, target, paths[0], force=True, **writing)
            show_diagnostics(told, verbose=verbose, quiet=quiet)
    else:
        told = files.write(done.library, target, output, force=force, **writing)
        show_diagnostics(told, verbose=verbose, quiet=quiet)
    if not quiet:
        if verbose:
            _show(done, err=True)
        say(_summary(done))
    return 0


def _summary(done: EnrichResult) -> str:
    """Return the counts in one line."""
    unsure = len({each.entry for each in done.proposed})
    parts = [
        f"found {len(done.matches)} of {plural(len(done.library), 'entry', 'entries')}",
        f"set {plural(len(done.filled), 'field')}",
        f"{plural(len(done.findings), 'contradiction')}",
        f"{unsure} unsure",
        f"{len(done.unmatched)} unknown",
    ]
    return ", ".join(parts)


def _show(done: EnrichResult, *, err: bool = False) -> None:
    """Print every value that was set, with where it came from."""
    for each in done.filled:
        text = each.value if len(each.value) <= _SHOWN else f"{each.value[:_SHOWN]}…"
        before = f" (was {each.before})" if each.before else ""
        name = paint(visible(each.entry), err=err, bold=True)
        line = f"{name} {each.field} = {visible(' '.join(text.split()))}{visible(before)}, from {each.origin}"
        click.echo(line, err=err)
