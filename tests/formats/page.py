"""docs/formats.md, made of the formats: every type and field is written, read back and compared."""

from __future__ import annotations

from pubkit.formats.base import Format
from pubkit.formats.detect import formats
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import takes
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.formats.laws import FIELD_NAMES, TYPES, lost, two_way, value_of

# Fields that say something only beside another one.
_COMPANY = {
    **{f"editor{x}type": (f"editor{x}",) for x in ("", "a", "b", "c")},
    **{f"name{x}type": (f"name{x}",) for x in "abc"},
    "authortype": ("author",),
    "eprintclass": ("eprint", "eprinttype"),
    "eprinttype": ("eprint",),
    "eprint": ("eprinttype",),
    "urldate": ("url",),
    "subtitle": ("title",),
    "booksubtitle": ("booktitle",),
    "journalsubtitle": ("journaltitle",),
    "mainsubtitle": ("maintitle",),
    "issuesubtitle": ("issuetitle",),
    "options": ("author",),
}
# Types whose entries have the field though the data model does not list it.
_ANY = ("abstract", "keywords", "annotation", "file", "pmid", "pmcid", "langid", "library", "affiliation")


def page() -> str:
    """Return the page."""
    every = formats()
    ways = [found for found in two_way() if found.name not in ("bibtex", "biblatex")]
    types = {found.name: _types(found) for found in ways}
    fields = {found.name: _fields(found) for found in ways}
    lines = [
        "# Formats",
        "",
        "`pubkit convert IN… -t FORMAT` reads any mix of these files and writes one. The content of a file",
        "tells its format, so a renamed one is still read; `-f` overrules that. Converting cleans nothing.",
        "",
        "What a format cannot hold is reported, entry by entry and field by field (`PK430` to `PK434`). The",
        "tables below are made by writing every entry type with every field and reading it back.",
        "",
        "| name | read | write | what it is | extensions |",
        "|---|---|---|---|---|",
        *(
            f"| `{found.name}` | {_yes(found.read or found.read_bytes)} | {_yes(found.write)} "
            f"| {found.title} | {' '.join(found.extensions)} |"
            for found in every
        ),
        "",
        "`bibtex` and `biblatex` hold everything.",
        "",
        "## Entry types",
        "",
        "✓ comes back; else the type that comes back.",
        "",
        "| type | " + " | ".join(types) + " |",
        "|---" * (len(types) + 1) + "|",
        *(f"| {kind} | " + " | ".join(column[kind] for column in types.values()) + " |" for kind in TYPES),
        "",
        "## Fields",
        "",
        "✓ comes back from every type that takes the field; – from none; else the types it is lost from, or",
        "the only ones that keep it.",
        "",
        "| field | " + " | ".join(fields) + " |",
        "|---" * (len(fields) + 1) + "|",
        *(
            f"| {name} | " + " | ".join(column[name] for column in fields.values()) + " |"
            for name in FIELD_NAMES
        ),
        "",
    ]
    return "\n".join(lines)


def _yes(way: object) -> str:
    return "✓" if way else ""


def _back(chosen: Format, entries: list[Entry]) -> list[Entry]:
    assert chosen.write
    assert chosen.read
    back = chosen.read(Document("", chosen.write(Library(tuple(entries)))))
    assert len(back) == len(entries), chosen.name
    return list(back)


def _types(chosen: Format) -> dict[str, str]:
    entries = [
        Entry(kind, f"k{at}", {"author": "Doe, Jane", "title": "T", "date": "2019"})
        for at, kind in enumerate(TYPES)
    ]
    back = _back(chosen, entries)
    return {kind: "✓" if kind == got.type else got.type for kind, got in zip(TYPES, back, strict=True)}


def _fields(chosen: Format) -> dict[str, str]:
    wanted = [
        (kind, name)
        for name in FIELD_NAMES
        for kind in TYPES
        if takes(kind, name) or name in _ANY or not any(takes(other, name) for other in TYPES)
    ]
    entries = []
    for at, (kind, name) in enumerate(wanted):
        company = {other: value_of(other) for other in _COMPANY.get(name, ())}
        entries.append(Entry(kind, f"k{at}", {"title": "T", **company, name: value_of(name)}))
    back = _back(chosen, entries)
    gone: dict[str, list[str]] = {name: [] for name in FIELD_NAMES}
    kept: dict[str, list[str]] = {name: [] for name in FIELD_NAMES}
    for (kind, name), entry, got in zip(wanted, entries, back, strict=True):
        (gone if name in lost(entry, got) else kept)[name].append(kind)
    return {name: _cell(kept[name], gone[name]) for name in FIELD_NAMES}


def _cell(kept: list[str], gone: list[str]) -> str:
    if not gone:
        return "✓"
    if not kept:
        return "–"
    return f"not {', '.join(gone)}" if len(gone) < len(kept) else f"only {', '.join(kept)}"
