"""`pubkit styles`: find a citation style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubkit.cli import files
from pubkit.cli.console import paint, say, visible
from pubkit.cli.group import verb
from pubkit.cli.progress import Progress
from pubkit.cli.table import show_table

if TYPE_CHECKING:
    from pubkit.csl.styles import StyleInfo
    from pubkit.model.library import Library

_PREVIEWS = 5  # styles
_ENTRIES = 3


@verb(
    "styles",
    "Find a citation style.",
    examples="""
    pubkit styles apa
    pubkit styles "nature climate"
    pubkit styles apa --preview refs.bib
    pubkit styles | wc -l
    """,
)
@click.argument("words", nargs=-1, metavar="[WORD…]")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), help="At most so many; by default 20 for a search."
)
@click.option(
    "--preview", metavar="FILE", help="Show the first entries of this library in each style that is found."
)
def command(words: tuple[str, ...], limit: int | None, preview: str | None) -> int:
    """List citation styles: all, or those whose id or title holds the words, the nearest first.

    Columns: id for --style, kind of citation, title. With --preview each style that is found, at most five
    unless -n says otherwise, shows a citation and references of your own entries.
    """
    from pubkit.csl.styles import list_styles, search_styles

    query = " ".join(words)
    found = search_styles(query, limit=limit or 20) if query else list(list_styles())[:limit]
    if preview is not None:
        found = found[: limit or _PREVIEWS]
        library = files.read([preview], None)
        with Progress([style.id for style in found]) as progress:  # its bar and data do not share a terminal
            shown = []
            for style in found:
                progress(style.id)
                shown += _preview(style, library)
        for line in shown:
            click.echo(line)
        return 0
    show_table([style.id, style.citation_format or "—", style.title] for style in found)
    if not found:
        say(f"no style matches {query!r}; try one word of the journal's or society's name")
    return 0


def _preview(style: StyleInfo, library: Library) -> list[str]:
    """Return a citation and references in a style, as lines."""
    from pubkit.cite.document import cite_document
    from pubkit.csl.citations import Citation, Cite

    entries = [entry for entry in library if entry.key and entry.type != "xdata"][:_ENTRIES]
    citation = Citation(tuple(Cite(entry.key) for entry in entries))
    done = cite_document(entries, [citation], style.id, "text")
    return [
        f"{paint(style.id, err=False, bold=True)}  {visible(style.title)}",
        f"  {visible(' '.join(done.citations[0].split()))}",
        *(f"    {visible(' '.join(text.split()))}" for _, text in done.references),
        "",
    ]
