"""`pubkit format`: a list of references in a citation style."""

from __future__ import annotations

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import logged, show_diagnostics
from pubkit.cli.group import verb
from pubkit.diagnostics import Diagnostic


@verb(
    "format",
    "Format references in a citation style.",
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
@click.option("--highlight", multiple=True, metavar="NAME", help="A person whose name is to stand out.")
@click.option("--group-by", metavar="BY", help="Headings over groups: year, type or a field.")
@click.option(
    "--sort", metavar="BY", help="library, year, author, title, key, type or a field; -year turns it round."
)
@click.option("--number", type=click.Choice(["forward", "reverse"]), help="Number the references.")
@click.option(
    "--titles",
    type=click.Choice(["keep", "sentence"]),
    help="sentence prints English titles in sentence case, as APA wants.",
)
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
    highlight: tuple[str, ...],
    group_by: str | None,
    sort: str | None,
    number: str | None,
    titles: str | None,
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
    wanted = {"locale": locale, "group_by": group_by, "sort": sort, "titles": titles}
    report: list[Diagnostic] = []
    with logged(quiet=quiet):
        text = api.format(
            library,
            style,
            to,
            highlight=list(highlight) or None,
            number=number == "forward" or number or False,
            report=report,
            **files.said(wanted),
        )
    show_diagnostics(report, verbose=verbose, quiet=quiet)
    api.save(output, text if text.endswith("\n") or not text else text + "\n", force=force)
