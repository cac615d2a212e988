"""`pubkit cite`: an in-text citation."""

from __future__ import annotations

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import show_diagnostics
from pubkit.cli.group import verb
from pubkit.diagnostics import Diagnostic


@verb(
    "cite",
    "Print one citation, as it stands in a text.",
    examples="pubkit cite refs.bib wu2025meta ong2025routellm --style apa",
)
@click.argument("source", metavar="IN")
@click.argument("keys", nargs=-1, required=True, metavar="KEY…")
@options.from_
@options.style
@options.to_markup
@options.locale
@options.reading
@options.quiet
def command(
    *,
    source: str,
    keys: tuple[str, ...],
    from_: str | None,
    style: str,
    to: str,
    locale: str | None,
    encoding: str | None,
    quiet: bool,
) -> None:
    """Print one citation of the entries with these keys, as it would stand in a text."""
    library = files.read((source,), from_, encoding=encoding)
    show_diagnostics(library.diagnostics, quiet=quiet)
    report: list[Diagnostic] = []
    text = api.cite(library, list(keys), style, to, report=report, **files.said({"locale": locale}))
    show_diagnostics(report, quiet=quiet)
    click.echo(text)
