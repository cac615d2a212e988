"""`pubkit convert`: one format to another, nothing cleaned on the way."""

from __future__ import annotations

from typing import Any

from pubkit.cli import files, options
from pubkit.cli.console import show_diagnostics
from pubkit.cli.group import verb


@verb(
    "convert",
    "Convert from one format to another.",
    examples="""
    pubkit convert refs.bib -t csl-json > refs.json
    pubkit convert zotero.json more.bib -o all.bib
    cat refs.bib | pubkit convert - -f bibtex -t biblatex
    pubkit convert dblp.xml.gz -o dblp.jsonl
    """,
)
@options.inputs
@options.from_
@options.to_format
@options.output
@options.force
@options.bib_to_bib
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    to: str | None,
    output: str,
    force: bool,
    verbose: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Convert lists of publications from one format to another.

    Values are carried over as they are; `pubkit normalize` cleans them. What the output's format cannot
    hold is reported on standard error. Large files of DBLP, PubMed, MARC or JSON Lines are read and written
    part by part, in bounded memory, where the output's format allows that (jsonl, csv, bibtex, ris).
    """
    target = files.out_format(to, output)
    if files.large(inputs) and not (
        given["dialect"] or given["layout"] or given["ascii_"] or given["strict"]
    ):
        told = files.stream(
            inputs,
            from_,
            target,
            output,
            force=force,
            encoding=given["encoding"],
            verbose=verbose,
            quiet=quiet,
        )
        if told:
            return
    reading = {name: given[name] for name in ("encoding", "owner", "strict")}
    writing = {"dialect": given["dialect"], "layout": given["layout"], "ascii": given["ascii_"]}
    library = files.read(inputs, from_, **reading)
    show_diagnostics(library.diagnostics, verbose=verbose, quiet=quiet)
    report = files.write(library, target, output, force=force, **writing)
    show_diagnostics(report, verbose=verbose, quiet=quiet)
