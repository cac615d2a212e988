"""`pubkit format`: a list of references in a citation style."""

from __future__ import annotations

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import show_diagnostics
from pubkit.cli.group import verb


@verb(
    "format",
    examples="""
    pubkit format refs.bib --style apa
    pubkit format refs.bib --style acm --to html --highlight "Tianhao Wu" --group-by year
    pubkit format refs.bib --style ./own.csl --to latex -o refs.tex
    """,
)
@options.inputs
@options.from_
@options.style
@options.to_markup
@options.output
@options.force
@options.locale
@click.option("--highlight", metavar="NAME", help="A person whose name is to stand out.")
@click.option("--group-by", type=click.Choice(["year", "type"]), help="Put headings between the references.")
@options.encoding
@options.owner
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    style: str,
    to: str,
    output: str,
    force: bool,
    locale: str | None,
    highlight: str | None,
    group_by: str | None,
    encoding: str | None,
    owner: str,
    strict: bool,
    verbose: bool,
    quiet: bool,
) -> None:
    """Format lists of publications as references in a citation style.

    `pubkit styles WORD` finds styles.
    """
    library = files.read(inputs, from_, encoding=encoding, owner=owner, strict=strict)
    show_diagnostics(library.diagnostics, verbose=verbose, quiet=quiet)
    wanted = files.said({"locale": locale, "highlight": highlight, "group_by": group_by})
    text = api.format(library, style, to, **wanted)
    api.save(output, text if text.endswith("\n") or not text else text + "\n", force=force)
