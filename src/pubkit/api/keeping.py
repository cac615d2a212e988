"""Keeping a library: what differs, merging, adding."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pubkit.api.options import PathLike
from pubkit.api.reading import read, read_string
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import RecordNotFoundError
from pubkit.model.entry import Entry
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.enrich.opening import SourceLike
    from pubkit.enrich.settings import Settings
    from pubkit.enrich.source import Source, SourceRecord
    from pubkit.keeping import Added, Difference, Merged
    from pubkit.keeping.merge import Side

#: What can be added: an entry, a library, a file, an identifier, a title, a reference or entries as text.
Addable: TypeAlias = "Entry | Library | PathLike"

_ALIKE, _SAME = 90, 99.0  # likeness of titles, 0 to 100
_MOST_SHOWN = 5


class Resolved(NamedTuple):
    """What a thing to add means.

    Attributes:
        entries: The entries.
        is_record: Whether they are records of a source, whose keys are its own.
        diagnostics: What was found while they were read.
    """

    entries: Sequence[Entry]
    is_record: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def diff(before: PathLike | Library, after: PathLike | Library) -> Difference:
    """Return what differs between two libraries: entries and fields, not lines.

    Args:
        before: A library or a file of any format.
        after: Another one.

    Returns:
        `.added`, `.removed`, `.changed` (field by field), `.respelled`; false where nothing differs.

    Raises:
        ReadError: A file cannot be read.
    """
    from pubkit.keeping import diff as run

    return run(_library(before), _library(after))


def merge(
    ours: PathLike | Library,
    theirs: PathLike | Library,
    base: PathLike | Library | None = None,
    *,
    prefer: Side = "ours",
) -> Merged:
    """Merge two libraries, with or without the one that both came from; see `pubkit.keeping.merge`.

    Args:
        ours: The library that is kept: order, comments and layout are its own.
        theirs: The other one.
        base: What both came from; with it, what only one side changed or removed holds.
        prefer: Whose word stands where both say different things: "ours" or "theirs".

    Returns:
        `.library`, `.conflicts` by field, `.renamed`, `.added`, `.removed`.

    Raises:
        ReadError: A file cannot be read.
    """
    from pubkit.keeping import merge as run

    return run(_library(ours), _library(theirs), None if base is None else _library(base), prefer=prefer)


def add(
    library: Library,
    things: Addable | Iterable[Addable],
    sources: SourceLike | Iterable[SourceLike] = (),
    *,
    allow_duplicates: bool = False,
    update: bool = False,
    key_pattern: str = "",
    settings: Settings | None = None,
) -> Added:
    """Add to a library what is not there yet.

    Args:
        library: The library.
        things: An entry, a library, a file, an identifier (`doi:…`, `arXiv:…`, `isbn:…`, `pmid:…`), a title,
            a reference, or entries as text; or several of them.
        sources: Where identifiers and titles are looked up, as in `pk.enrich`.
        allow_duplicates: Add what is there already.
        update: Fill the empty fields of the entry that is there.
        key_pattern: Pattern of the keys of entries without one.
        settings: Address, keys and limits for web sources.

    Returns:
        `.library`, `.added`, `.known` (what was there already, and why it is the same), `.updated`.

    Raises:
        RecordNotFoundError: No source knows it, or several records have that title.
        ReadError: A file cannot be read.
    """
    from pubkit.keeping import add as run
    from pubkit.keys import DEFAULT_PATTERN

    single = isinstance(things, str | os.PathLike | Library | Entry)
    each: Iterable[Addable] = [things] if single else things  # type: ignore[list-item, assignment]  # told apart
    done: Added | None = None
    for found in resolve(each, sources, settings=settings):
        before = done.library if done else library
        more = run(
            before.with_entries(before.entries, diagnostics=found.diagnostics),
            found.entries,
            allow_duplicates=allow_duplicates,
            update=update,
            key_pattern=key_pattern or DEFAULT_PATTERN,
            new_keys=found.is_record,
        )
        done = more if done is None else _joined(done, more)
    return done if done is not None else run(library, ())


def _joined(first: Added, then: Added) -> Added:
    from pubkit.keeping import Added

    return Added(
        then.library, first.added + then.added, first.known + then.known, first.updated + then.updated
    )


def resolve(
    things: Iterable[Addable],
    sources: SourceLike | Iterable[SourceLike] = (),
    *,
    settings: Settings | None = None,
) -> list[Resolved]:
    """Return the entries that things mean.

    Raises:
        RecordNotFoundError: No source knows one of them, or several records have that title.
        ReadError: A file cannot be read.
    """
    from pubkit.enrich.opening import open_sources

    opened = open_sources(sources, settings=settings)
    return [_resolved(thing, opened) for thing in things]


def _resolved(thing: Addable, sources: Sequence[Source]) -> Resolved:
    from pubkit.cited.identifiers import identifier_of

    if isinstance(thing, Entry):
        return Resolved([thing])
    if isinstance(thing, Library):
        return Resolved(thing.entries, diagnostics=thing.diagnostics)
    text = os.fspath(thing).strip()
    if text == "-" or Path(text).is_file() or text.startswith("@"):
        library = read_string(text, format="bibtex") if text.startswith("@") else read(text)
        if not library:
            why = next((d.message for d in library.diagnostics if d.severity is Severity.ERROR), "")
            raise RecordNotFoundError("holds no entry", hint=why or "give something to add", where=text[:60])
        return Resolved(library.entries, diagnostics=library.diagnostics)
    identifier = identifier_of(text)
    if identifier is not None:
        return Resolved([_looked_up(text, *identifier, sources).entry], is_record=True)
    if sources:
        return Resolved([_searched(text, sources).entry], is_record=True)
    return Resolved([_reference(text)])


def _looked_up(text: str, kind: str, value: str, sources: Sequence[Source]) -> SourceRecord:
    for source in sources:
        if kind in source.kinds and (found := source.lookup(kind, value)):
            return found[0]
    names = ", ".join(source.name for source in sources)
    hint = f"asked were {names}" if names else "name a source: a file of records, or crossref, arxiv …"
    raise RecordNotFoundError("no source knows this identifier", hint=hint, where=text)


def _searched(text: str, sources: Sequence[Source]) -> SourceRecord:
    """Return the one record that has a title; several, or none, are an error that lists what is near."""
    from rapidfuzz import fuzz

    from pubkit.dedupe.titles import read_title
    from pubkit.enrich.source import Query

    wanted = read_title(text).title
    near: list[tuple[float, SourceRecord]] = []
    for source in sources:
        for found in source.search(Query(text)):
            title = read_title(f"{found.entry.text('title')} {found.entry.text('subtitle')}").title
            alike = fuzz.ratio(wanted, title)
            if alike >= _ALIKE:
                near.append((alike, found))
        if any(alike >= _SAME for alike, _ in near):
            break
    near.sort(key=lambda pair: -pair[0])
    best = [found for alike, found in near if alike >= _SAME] or [found for _, found in near]
    if len(best) == 1:
        return best[0]
    shown = "; ".join(_line(found) for found in best[:_MOST_SHOWN])
    if best:
        raise RecordNotFoundError(
            "several records have this title", hint=f"add one by its identifier: {shown}", where=text
        )
    raise RecordNotFoundError(
        "no source knows this title", hint="check it, or add the entry itself", where=text
    )


def _line(found: SourceRecord) -> str:
    entry = found.entry
    names = [name.family for name in entry.names("author")]
    people = " and ".join(names[:2]) + (" et al." if len(names) > 2 else "")  # two are named
    return f"{found.source} {found.key} ({people or 'nobody'}, {entry.year or 'no year'}, {entry.type})"


def _reference(text: str) -> Entry:
    """Return the entry that a reference string is read as."""
    from pubkit.formats.paperlist.reference import read_reference

    reading = read_reference(text)
    if "title" not in reading.fields or not reading.fields.keys() & {"author", "editor", "date"}:
        raise RecordNotFoundError(
            "is no file, no identifier and no whole reference",
            hint="name a source in which a title can be looked up",
            where=text,
        )
    return Entry(reading.type, "", dict(reading.fields))


def _library(given: PathLike | Library) -> Library:
    return given if isinstance(given, Library) else read(given)
