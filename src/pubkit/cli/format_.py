"""`pubkit format`: a list of references in a citation style."""

from __future__ import annotations

import sys

import click

from pubkit import api
from pubkit.cite.layouts import BINARY
from pubkit.cli import files, options
from pubkit.cli.console import logged, show_diagnostics
from pubkit.cli.group import verb
from pubkit.cli.progress import working
from pubkit.diagnostics import Diagnostic

# Extension of an output → what it holds.
_FORMATS = {
    "html": "html", "htm": "html", "md": "markdown", "tex": "latex", "rtf": "rtf", "typ": "typst",
    "rst": "rst", "org": "org", "docx": "docx", "pdf": "pdf",
}  # fmt: skip


@verb(
    "format",
    "Format references in a citation style.",
    examples="""
    pubkit format refs.bib --style apa
    pubkit format refs.bib --style acm --to html --highlight "Tianhao Wu" --group-by year
    pubkit format refs.bib --style ./own.csl -o refs.tex
    pubkit format refs.bib --group-by type --number reverse -o cv.docx
    """,
)
@options.inputs
@options.from_
@options.style
@click.option(
    "-t",
    "--to",
    "to",
    metavar="MARKUP",
    help="text, html, markdown, latex, rtf, typst, rst, org, docx or pdf; by default the output's extension.",
)
@options.output
@options.force
@options.locale
@click.option("--highlight", multiple=True, metavar="NAME", help="A person whose name is to stand out.")
@click.option("--group-by", metavar="BY", help="Headings over groups: year, type or a field.")
@click.option(
    "--sort", metavar="BY", help="library, year, author, title, key, type or a field; -year turns it round."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Only the first N references.")
@click.option("--number", type=click.Choice(["forward", "reverse"]), help="Number the references.")
@click.option(
    "--titles",
    type=click.Choice(["keep", "sentence"]),
    help="sentence prints English titles in sentence case, as APA wants.",
)
@click.option("--width", type=click.IntRange(min=20), metavar="N", help="Wrap text at this column.")
@click.option(
    "--environment",
    type=click.Choice(["list", "enumerate", "itemize", "moderncv", "thebibliography"]),
    help="LaTeX environment of the list.",
)
@click.option(
    "--template", metavar="FILE", help="Put the list into this document, where it says {{ publications }}."
)
@options.reading
@options.owner
@options.strict
@options.verbose
@options.quiet
def command(
    *,
    inputs: tuple[str, ...],
    from_: str | None,
    style: str,
    to: str | None,
    output: str,
    force: bool,
    locale: str | None,
    highlight: tuple[str, ...],
    group_by: str | None,
    sort: str | None,
    number: str | None,
    titles: str | None,
    limit: int | None,
    width: int | None,
    environment: str | None,
    template: str | None,
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
    wanted = {
        "locale": locale, "group_by": group_by, "sort": sort, "titles": titles, "limit": limit,
        "width": width, "environment": environment, "template": template,
    }  # fmt: skip
    if to is None:
        to = _FORMATS.get(output.rpartition(".")[2].lower(), "text")
    if to in BINARY and output == "-" and sys.stdout.isatty():
        raise click.UsageError(f"{to} is no text; name a file with -o", click.get_current_context())
    report: list[Diagnostic] = []
    with logged(quiet=quiet), working("formatting"):
        text = api.format(
            library,
            style,
            to,
            highlight=list(highlight) or None,
            number=number == "forward" or number or False,
            report=report,
            **{name: value for name, value in wanted.items() if value is not None},
        )
    show_diagnostics(report, verbose=verbose, quiet=quiet)
    if isinstance(text, str) and text and not text.endswith("\n"):
        text += "\n"
    api.save(output, text, force=force)
