"""`pubkit inspect`: what each part of a paper list was read as."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import plural, say, visible
from pubkit.cli.group import verb
from pubkit.model.entry import Entry
from pubkit.model.library import Library

# One colour a part; each is named in the legend and on hover, so that none has to be told apart by colour.
_COLORS = {
    "author": "#cfe8ff",
    "title": "#ffe9a8",
    "venue": "#d5f2d0",
    "date": "#f6d0e0",
    "numbers": "#e3d8f8",
    "identifier": "#d2f1f1",
    "link": "#e4e4e4",
    "state": "#ffd9c2",
    "note": "#f3e2d0",
}
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.6 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #111;
  background: #fff }}
mark {{ border-radius: .2em; padding: .1em .15em; color: inherit; background: #eee }}
li {{ margin: 1rem 0; white-space: pre-line }}
small {{ color: #555; display: block; white-space: normal }}
{colors}
</style>
<h1>{title}</h1>
<p>{legend}</p>
<p>{count}. Text without a colour was not understood. Hover over a part for its name.</p>
<ol>
{entries}
</ol>
{rest}
</html>
"""


@verb(
    "inspect",
    "Show what each part of a paper list was read as.",
    examples="""
    pubkit inspect cv.txt
    pubkit inspect cv.tex --html read.html
    """,
)
@click.argument("input_", metavar="FILE")
@options.from_
@click.option("--html", metavar="OUT", help="Write a page with the parts in colour; - is standard output.")
@options.force
@options.encoding
@options.owner
@options.quiet
def command(
    *,
    input_: str,
    from_: str | None,
    html: str | None,
    force: bool,
    encoding: str | None,
    owner: str,
    quiet: bool,
) -> None:
    """Show the entries of a paper list as they stand, and what each part of them was read as."""
    library = files.read((input_,), from_, encoding=encoding, owner=owner)
    shown = [entry for entry in library if "spans" in entry.extra]
    if not shown:
        hint = "give a list as text, Markdown, HTML, LaTeX, org or rst"
        message = f"{input_} has fields with names: nothing in it is guessed; {hint}"
        raise click.UsageError(message, click.get_current_context())
    if html is None:
        for entry in shown:
            click.echo("\n".join(_lines(entry)) + "\n")
        return
    page = page_of(library, shown, input_)
    if html == "-":
        click.echo(page, nl=False)
        return
    api.save(html, page, force=force)
    if not quiet:
        say(f"{html}: {plural(len(shown), 'entry', 'entries')}")


def _lines(entry: Entry) -> Iterator[str]:
    """Yield an entry's parts as lines for a terminal."""
    place = entry.source.location().line if entry.source else 0
    yield f"line {place}: @{entry.type}"
    for text, part in pieces(entry):
        if text.strip():
            yield f"  {part or '?':10} {visible(' '.join(text.split()))}"


def pieces(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield an entry's text piece by piece, each with the part it was read as, "" for none."""
    text, at = entry.extra["text"], 0
    for start, end, part in entry.extra["spans"]:
        if start > at:
            yield text[at:start], ""
        yield text[max(at, start) : end], part
        at = max(at, end)
    yield text[at:], ""


def page_of(library: Library, shown: list[Entry], name: str) -> str:
    """Return the page: self-contained, without scripts, everything from the list escaped."""
    colors = "\n".join(f".{part} {{ background: {color} }}" for part, color in _COLORS.items())
    legend = " ".join(f'<mark class="{part}">{part}</mark>' for part in _COLORS)
    left = [found for found in library.diagnostics if found.code == "PK103"]
    rest = "".join(f"<li>line {found.location.line}: {escape(found.message)}</li>\n" for found in left)
    return _PAGE.format(
        title=escape(f"How {name} was read"),
        colors=colors,
        legend=legend,
        count=plural(len(shown), "entry", "entries"),
        entries="\n".join(_item(entry) for entry in shown),
        rest=f"<h2>Read as no publication</h2>\n<ul>\n{rest}</ul>" if rest else "",
    )


def _item(entry: Entry) -> str:
    sure = entry.extra.get("confidence", {})
    parts = "".join(
        f'<mark class="{part}" title="{part}">{escape(text)}</mark>' if part else escape(text)
        for text, part in pieces(entry)
    )
    fields = ", ".join(f"{field} {value:.0%}" for field, value in sure.items())
    return f"<li>{parts}<small>@{entry.type} · {escape(fields)}</small></li>"
