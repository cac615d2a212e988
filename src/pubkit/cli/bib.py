"""`pubkit bib`: the `.bib` that a manuscript needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubkit import api
from pubkit.cli import files, findings, options
from pubkit.cli.console import plural, say, show_diagnostics, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from pubkit.cited import Bib
    from pubkit.model.library import Library

_SYNTAXES = ["tex", "aux", "bcf", "markdown", "typst", "rst", "org", "notebook"]


@verb(
    "bib",
    "Pick the entries that a manuscript cites.",
    examples="""
    pubkit bib paper.tex --library all.bib -o refs.bib
    pubkit bib thesis.tex --library mine.bib --library group.bib -o refs.bib --watch
    pubkit bib paper.qmd -o refs.bib --check
    pubkit bib paper.tex -l mine.bib --source crossref --source arxiv -o refs.bib
    """,
)
@click.argument("manuscripts", nargs=-1, required=True, metavar="MANUSCRIPT…")
@click.option(
    "-l",
    "--library",
    "libraries",
    multiple=True,
    metavar="FILE",
    help="A library; repeat it in the order to ask them. By default those that the manuscript names.",
)
@click.option(
    "-f",
    "--from",
    "syntax",
    type=click.Choice(_SYNTAXES),
    help="Syntax of the manuscript; by default its extension tells.",
)
@click.option(
    "--root",
    metavar="FOLDER",
    help="Included files are read from here and below only; by default the manuscript's folder.",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Look here for keys that are a DOI, arXiv number, ISBN or PMID and that no library has: a file or "
    "folder of records, or a web source (crossref, datacite, arxiv, pubmed …). Repeat it.",
)
@options.web
@options.to_format
@options.output
@options.force
@click.option(
    "--sort",
    type=click.Choice(["key", "type", "year", "-year", "author", "title"]),
    help="Order of the entries; by default that of the libraries.",
)
@click.option("--unused", is_flag=True, help="List the entries that are not cited.")
@click.option("--report", metavar="FILE", help="Write what was found to a .json file.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; exit with 1 where keys are missing or double, or the -o file is not current.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Of the findings of --check: text, json, or github (annotations of a workflow).",
)
@click.option("--watch", "again", is_flag=True, help="Write it again whenever a file changes.")
@options.reading
@options.dialect
@options.ascii_
@options.verbose
@options.quiet
def command(
    *,
    manuscripts: tuple[str, ...],
    libraries: tuple[str, ...],
    sources: tuple[str, ...],
    syntax: str | None,
    root: str | None,
    to: str | None,
    output: str,
    force: bool,
    sort: str | None,
    unused: bool,
    report: str | None,
    check: bool,
    output_format: str,
    again: bool,
    encoding: str | None,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Pick the entries that a manuscript cites out of libraries, with their parents and macros.

    Manuscripts are LaTeX (with the files they include), .aux, .bcf, Markdown, Quarto, R Markdown, Typst,
    reStructuredText, MyST, Org and Jupyter notebooks. Keys that no library has, keys of one publication,
    and entries that are not cited are reported.
    """
    if again and (check or output == "-"):
        raise click.UsageError(
            "--watch writes to a file: give -o, without --check", click.get_current_context()
        )
    target = files.out_format(to, output)
    looked_at: list[str] = [*manuscripts, *libraries]

    silent: list[Diagnostic] = []  # sources that did not answer
    fetch = api.fetcher(sources, settings=options.web_settings(given), report=silent) if sources else None

    def find() -> tuple[Bib, dict[str, Any]]:
        silent.clear()
        with working("reading"):
            found = api.bib(
                manuscripts,
                libraries or None,
                syntax=syntax,
                root=root,
                fetch=fetch,
                **files.said({"encoding": encoding}),
                **files.reading(),
            )
        looked_at[:] = dict.fromkeys(
            [*manuscripts, *found.manuscript.files, *(libraries or found.manuscript.resources)]
        )
        dialect = given["dialect"] or (None if to else found.manuscript.dialect or None)
        return found, files.said({"dialect": dialect, "ascii": given["ascii_"], "sort": sort})

    def write() -> None:
        nonlocal force
        found, writing = find()
        show_diagnostics([*found.library.diagnostics, *silent], verbose=verbose, quiet=quiet)
        if report:
            api.save(report, _json(found), force=force)
        told = files.write(found.library, target, output, force=force, **_for(target.name, writing))
        show_diagnostics(told, verbose=verbose, quiet=quiet)
        force = True  # what a later run replaces is our own
        if not quiet:
            _tell(found, output, unused=unused)

    if check:
        found, writing = find()
        if report:
            api.save(report, _json(found), force=force)
        told = [*found.library.diagnostics, *silent]
        wrong = [one for one in told if one.severity is not Severity.INFO]
        if output != "-":
            wrong += _outdated(found.library, target.name, output, writing)
        findings.show(wrong, output_format)
        if not quiet and output_format == "text":
            _tell(found, "", unused=unused)
        return 1 if wrong else 0
    if again:
        from pubkit.cli.watch import watch

        watch(lambda: looked_at, write)
    else:
        write()
    return 0


def _for(target: str, writing: dict[str, Any]) -> dict[str, Any]:
    """Return the options for a format: the dialect is told by the name of BibLaTeX already."""
    return {name: value for name, value in writing.items() if name != "dialect" or target == "bibtex"}


def _outdated(library: Library, target: str, output: str, writing: dict[str, Any]) -> list[Diagnostic]:
    """Return a finding where a file does not hold what would be written."""
    text = api.write_string(library, target, **_for(target, writing))
    try:
        current = Path(output).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        current = None
    if current == text:
        return []
    message = "is not there" if current is None else "is not what the manuscript needs"
    hint = "write it anew without --check"
    return [Diagnostic("PK808", message, Severity.WARNING, Location(output), hint)]


def _tell(found: Bib, output: str, *, unused: bool) -> None:
    manuscript = found.manuscript
    said = f"{plural(len(manuscript.keys), 'key')} cited in {plural(len(manuscript.files) or 1, 'file')}"
    if found.missing:
        said += f", {plural(len(found.missing), 'key')} missing"
    wrote = f"wrote {output}: " if output not in ("", "-") else ""
    number = plural(len(found.library), "entry", "entries")
    say(visible(f"{wrote}{number} for {said}; {plural(len(found.unused), 'entry', 'entries')} not cited"))
    for key, own in found.resolved.items():
        say(visible(f"  {key} is {own or 'from a source'}"))
    if unused:
        for key in found.unused:
            say(visible(f"  not cited: {key}"))


def _json(found: Bib) -> str:
    """Return the report as JSON: `cited`, `missing`, `duplicates`, `unused`, `resolved`."""
    content = {
        "cited": found.manuscript.keys,
        "missing": [
            {
                "key": one.key,
                "near": one.near,
                "places": [
                    {"file": cite.location.file, "line": cite.location.line, "column": cite.location.column}
                    for cite in one.citations
                ],
            }
            for one in found.missing
        ],
        "duplicates": [{"keys": group.keys, "reasons": group.reasons} for group in found.duplicates],
        "unused": found.unused,
        "resolved": dict(found.resolved),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
