"""What is done to the entries of a list only where the user asks: subtitles, entries for second venues."""

from __future__ import annotations

from collections.abc import Iterator

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist.draft import squeeze
from pubkit.keys import make_keys
from pubkit.markup.latex import escape
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.titles import split_title


def finish(library: Library, *, subtitles: bool, related: bool) -> Library:
    """Do what was asked for beyond reading a list.

    Args:
        library: The entries as they were read.
        subtitles: Part titles that have one colon into `title` and `subtitle`.
        related: Put the other versions of papers (`extra["related"]`) behind them, see `linked`.
    """
    if subtitles:
        library = library.with_entries(map(parted, library))
    return linked(library) if related else library


def parted(entry: Entry) -> Entry:
    """Return an entry with its subtitle in a field of its own, its other versions too.

    >>> parted(Entry("misc", fields={"title": "Bees: A Study"})).fields
    {'title': 'Bees', 'subtitle': 'A Study'}
    """
    if "related" in entry.extra:
        entry = entry.with_extra(related=tuple(map(parted, entry.extra["related"])))
    both = None if "subtitle" in entry else split_title(entry.get("title", ""))
    if both is None:
        return entry
    fields: dict[str, str] = {}
    for name, value in entry.fields.items():  # the subtitle right behind the title
        fields |= {"title": both[0], "subtitle": both[1]} if name == "title" else {name: value}
    return Entry(entry.type, entry.key, fields, entry.extra, entry.source)


def linked(library: Library) -> Library:
    """Put the other versions that a list tells of behind their entries, linked by BibLaTeX's `related`.

    All entries get citation keys, since `related` names keys. The note that told of the other version becomes
    `relatedstring` ("Journal version") and the fields of the new entry; each new entry is told (PK114).
    """
    keyed, _ = make_keys(library)
    told: list[Diagnostic] = []
    with_others = [(entry, _others(entry)) for entry in keyed]
    # Those of the list have their keys already: it is the new ones that get letters.
    new, _ = make_keys(Library((*keyed, *(other for _, others in with_others for other in others))))
    at = len(keyed)
    entries: list[Entry] = []
    for entry, others in with_others:
        mine = new[at : at + len(others)]
        at += len(others)
        entries.append(_linked(entry, others, [other.key for other in mine]) if others else entry)
        for other in mine:
            entries.append(other)
            message = f"the other version of {entry.key} became an entry of its own"
            told.append(Diagnostic("PK114", message, Severity.INFO, other.location(), "check it"))
    return keyed.with_entries(entries, diagnostics=told)


def _others(entry: Entry) -> tuple[Entry, ...]:
    return tuple(
        Entry(other.type, "", other.fields, other.extra, entry.source)
        for other in entry.extra.get("related", ())
    )


def _linked(entry: Entry, others: tuple[Entry, ...], keys: list[str]) -> Entry:
    note = entry.get("note", "")
    for other in others:
        note = "; ".join(_without(note, escape(squeeze(other.extra["text"]))))
    leads = list(dict.fromkeys(other.extra["lead"] for other in others))
    changed: dict[str, str | None] = {
        "related": ",".join(keys),
        "relatedstring": escape(leads[0]) if len(leads) == 1 else None,
        "note": note or None,
    }
    extra = {name: value for name, value in entry.extra.items() if name != "related"}
    return Entry(entry.type, entry.key, entry.with_fields(changed).fields, extra, entry.source)


def _without(note: str, text: str) -> Iterator[str]:
    """Yield the parts of a note before and behind a text."""
    before, _, after = note.partition(text)
    yield from filter(None, (before.rstrip("; "), after.lstrip("; ")))
