"""Libraries and entries as notebooks show them: small HTML tables, everything escaped."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from pubkit.diagnostics import Severity

if TYPE_CHECKING:
    from pubkit.model.entry import Entry
    from pubkit.model.library import Library

_ROWS = 60
_TEXT = 300
_AUTHORS = 3
_LEFT = "style='text-align:left'"
_VENUES = ("journaltitle", "booktitle", "publisher", "institution", "eprinttype")


def entry_html(entry: Entry) -> str:
    """Return an entry as a table of its fields."""
    rows = "".join(
        f"<tr><th {_LEFT}>{escape(name)}</th><td {_LEFT}>{_short(value)}</td></tr>"
        for name, value in entry.fields.items()
    )
    head = f"<b>@{escape(entry.type)}</b> <code>{escape(entry.key)}</code>"
    return f"<div>{head}<table>{rows}</table></div>"


def library_html(library: Library) -> str:
    """Return a library as a table of its first entries, with what was found about them."""
    columns = ("key", "authors", "year", "title", "venue", "type")
    head = "".join(f"<th {_LEFT}>{name}</th>" for name in columns)
    rows = "".join(_row(entry) for entry in library.entries[:_ROWS])
    more = len(library) - _ROWS
    rest = f"<p>… and {more:,} more</p>" if more > 0 else ""
    counts = Counter(found.severity for found in library.diagnostics)
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    found = [
        f"{counts[kind]:,} {word}{'s' * (counts[kind] != 1)}" for kind, word in words.items() if counts[kind]
    ]
    title = f"{len(library):,} {'entry' if len(library) == 1 else 'entries'}"
    return (
        f"<div><p><b>{title}</b>{' · ' if found else ''}{', '.join(found)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{rest}</div>"
    )


def _row(entry: Entry) -> str:
    names = entry.names("author") or entry.names("editor")
    authors = ", ".join(name.full_family for name in names[:_AUTHORS])
    if len(names) > _AUTHORS or names.others:
        authors += " et al."
    venue = next((entry.text(field) for field in _VENUES if entry.get(field)), "")
    cells = (entry.key, authors, str(entry.year or ""), entry.text("title"), venue, entry.type)
    return "<tr>" + "".join(f"<td {_LEFT}>{_short(cell)}</td>" for cell in cells) + "</tr>"


def _short(text: str) -> str:
    return escape(text if len(text) <= _TEXT else f"{text[: _TEXT - 1]}…")
