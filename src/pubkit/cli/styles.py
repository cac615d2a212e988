"""`pubkit styles`: find a citation style."""

from __future__ import annotations

import click

from pubkit.cli.console import say
from pubkit.cli.group import verb
from pubkit.cli.table import show_table


@verb(
    "styles",
    "Find a citation style.",
    examples="""
    pubkit styles apa
    pubkit styles "nature climate"
    pubkit styles | wc -l
    """,
)
@click.argument("words", nargs=-1, metavar="[WORD…]")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), help="At most so many; by default 20 for a search."
)
def command(words: tuple[str, ...], limit: int | None) -> int:
    """List citation styles: all, or those whose id or title holds the words, the nearest first.

    Columns: id for --style, kind of citation, title.
    """
    from pubkit.csl.styles import list_styles, search_styles

    query = " ".join(words)
    found = search_styles(query, limit=limit or 20) if query else list(list_styles())[:limit]
    show_table([style.id, style.citation_format or "—", style.title] for style in found)
    if not found:
        say(f"no style matches {query!r}; try one word of the journal's or society's name")
    return 0
