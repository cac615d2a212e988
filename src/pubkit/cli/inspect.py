"""`pubkit inspect`: what each part of a paper list was read as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePath
from typing import Any, NamedTuple

import click

from pubkit import api
from pubkit.cli import files, options
from pubkit.cli.console import plural, say, visible
from pubkit.cli.group import verb
from pubkit.diagnostics import Diagnostic
from pubkit.model.entry import Entry
from pubkit.model.library import Library


class Look(NamedTuple):
    """How a part is shown: what it is called, its colours on light and dark paper, its underline."""

    name: str
    light: str
    dark: str
    line: str


# Text stands on each colour with a contrast of 7 or more; the legend and a tooltip name it, so that nobody
# has to tell parts apart by colour.
LOOKS = {
    "author": Look("author", "#d4e7fb", "#1f3d5c", "#4b8fd1"),
    "title": Look("title", "#fdeeb5", "#574511", "#c79a12"),
    "venue": Look("venue", "#d8f0d0", "#264a22", "#5da24c"),
    "date": Look("date", "#f8d9e6", "#592540", "#c9558b"),
    "numbers": Look("volume, pages", "#e6ddf9", "#3f3169", "#8a6bd1"),
    "identifier": Look("identifier", "#cfeeee", "#144848", "#2f9c9c"),
    "link": Look("link", "#e6e7ea", "#3a3e46", "#8b919c"),
    "type": Look("type", "#e9efc4", "#434c14", "#98a62c"),
    "state": Look("state", "#ffdfcb", "#5c3216", "#d9793a"),
    "note": Look("note", "#efe3d6", "#4a3b2a", "#a88a67"),
}
# The fields that come from a part, in the order in which they are looked up.
_FIELDS = {
    "author": ("author", "editor"),
    "title": ("title",),
    "venue": ("journaltitle", "booktitle", "eventtitle", "publisher", "institution", "howpublished"),
    "date": ("date",),
    "numbers": ("volume", "pages"),
}
# Below this a part is shown as unsure.
SURE = 0.7


class Piece(NamedTuple):
    """A stretch of an entry's text, what it was read as ("" for nothing), and what is said of it."""

    text: str
    part: str
    says: str = ""
    unsure: bool = False

    @property
    def left(self) -> bool:
        """Whether it says something that was not understood."""
        return not self.part and sum(map(str.isalnum, self.text)) > 1


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
@options.reading
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
        hint = "give a list as text, Markdown, HTML, LaTeX, org, rst, Word or PDF"
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
    yield f"line {_line(entry)}: @{entry.type}"
    for piece in pieces(entry):
        if piece.text.strip():
            yield f"  {piece.part or '?':10} {visible(' '.join(piece.text.split()))}"


def _line(entry: Entry) -> int:
    return entry.source.location().line if entry.source else 0


def pieces(entry: Entry) -> Iterator[Piece]:
    """Yield an entry's text piece by piece, each with the part it was read as."""
    text, at = entry.extra["text"], 0
    for start, end, part in entry.extra["spans"]:
        if start > at:
            yield Piece(text[at:start], "")
        yield _piece(entry, text[max(at, start) : end], part)
        at = max(at, end)
    yield Piece(text[at:], "")


def _piece(entry: Entry, text: str, part: str) -> Piece:
    sure = entry.extra.get("confidence", {})
    name = LOOKS[part].name if part in LOOKS else part
    field = next((field for field in _FIELDS.get(part, ()) if field in sure), None)
    if field is None:
        return Piece(text, part, name)
    return Piece(text, part, f"{name}: {sure[field]:.0%} sure", sure[field] < SURE)


def page_of(library: Library, shown: Sequence[Entry], name: str) -> str:
    """Return the page: self-contained, without scripts, everything from the list escaped."""
    entries: list[dict[str, Any]] = []
    told: set[int] = set()
    counts: Counter[str] = Counter()
    for entry in shown:
        cut = list(pieces(entry))
        counts.update(piece.part for piece in cut if piece.part or piece.left)
        findings = [found for found in library.diagnostics if _is_about(found, entry)]
        told.update(map(id, findings))
        entries.append(
            {
                "type": entry.type,
                "line": _line(entry),
                "pieces": cut,
                "findings": findings,
                "fields": list(_fields(entry)),
            }
        )
    rest = [found for found in library.diagnostics if id(found) not in told]
    page: str = _template().render(
        title=f"How {PurePath(name).name} was read",
        counted=f"{plural(len(shown), 'entry', 'entries')}; {plural(len(library.diagnostics), 'remark')}.",
        looks=LOOKS,
        counts=counts,
        unsure=sum(piece.unsure for one in entries for piece in one["pieces"]),
        sure=f"{SURE:.0%}",
        entries=entries,
        rest=rest,
    )
    return page


def _fields(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield each field: name, text, how sure it is."""
    sure = entry.extra.get("confidence", {})
    for field in entry.fields:
        yield field, entry.text(field), f"{sure[field]:.0%}" if field in sure else ""


def _is_about(found: Diagnostic, entry: Entry) -> bool:
    """Tell whether a finding is about an entry: it stands where the entry starts."""
    if entry.source is None or not found.location.line:
        return False
    place = entry.source.location()
    return (found.location.line, found.location.column) == (place.line, place.column)


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("pubkit.cli", "")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("inspect.html.j2")
