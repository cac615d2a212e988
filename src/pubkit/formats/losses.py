"""What a format could not carry, found by reading back what was written.

Nobody has to keep a list of losses in step with a crosswalk: a writer under `reports_losses` reads its own
text, and every field that is gone or says something else is told, by entry and field. Readers tell what of a
record has no place in BibLaTeX with `unmapped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Protocol

from pubkit.crosswalks.forms import same_value
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import canonical_type
from pubkit.model.fields import datatype
from pubkit.model.library import Library
from pubkit.model.source import Document

_SHOWN = 60
_BRACES = str.maketrans("", "", "{}")

Reader = Callable[[Document], Library]


class Writer(Protocol):
    """A function that writes a format."""

    def __call__(self, library: Library, *, report: list[Diagnostic] | None = None, **options: Any) -> str:
        """Return the library as text; add to `report` what the format could not carry."""


def reports_losses(title: str, read: Reader) -> Callable[[Callable[..., str]], Writer]:
    """Decorate a function `write(library, **options)`: its result gets `report=`.

    Args:
        title: What users call the format.
        read: The format's reader.
    """

    def decorate(write: Callable[..., str]) -> Writer:
        @wraps(write)
        def written(library: Library, *, report: list[Diagnostic] | None = None, **options: Any) -> str:
            text = write(library, **options)
            if report is not None:
                report.extend(losses(library, read(Document("", text)), title))
            return text

        return written

    return decorate


def losses(before: Library, after: Library, title: str) -> Iterator[Diagnostic]:
    """Yield what differs between a library and what came back, entry by entry, field by field.

    Args:
        before: What was written.
        after: What was read back.
        title: What users call the format.
    """
    if len(before) != len(after):
        message = f"{title} gives {len(after)} records for {len(before)} entries"
        yield Diagnostic("PK430", message, Severity.ERROR)
    for entry, back in zip(before, after, strict=False):
        yield from entry_losses(entry, back, title)


def entry_losses(entry: Entry, back: Entry, title: str) -> Iterator[Diagnostic]:
    """Yield what differs between an entry and what came back of it."""
    if canonical_type(entry.type) != back.type:
        message = f"{title} has no type {entry.type}; it becomes {back.type}"
        yield Diagnostic("PK431", message, Severity.INFO, entry.location("type"))
    if entry.key and entry.key != back.key:
        message = f"{title} does not keep the citation key" + (f"; it becomes {back.key}" if back.key else "")
        yield Diagnostic("PK430", message, Severity.INFO, entry.location("key"))
    for name, source in entry.items():
        got = back.get(name)
        if not source.strip() or (got is not None and same_value(datatype(name), name, source, got)):
            continue
        place = entry.location(name)
        if got is None:
            message = f"{title} has no place for {name} = {_short(source)}"
            yield Diagnostic("PK430", message, Severity.INFO, place)
        elif source.translate(_BRACES) == got.translate(_BRACES):
            message = f"{title} has no mark for words whose case is protected ({name})"
            yield Diagnostic("PK432", message, Severity.INFO, place)
        else:
            message = f"{title} holds {name} = {_short(source)} as {_short(got)}"
            yield Diagnostic("PK432", message, Severity.INFO, place)
    for name in back:
        if name not in entry:
            message = f"{title} holds a part of this entry as {name} = {_short(back[name])}"
            yield Diagnostic("PK432", message, Severity.INFO, entry.location(name))


def _short(source: str) -> str:
    text = " ".join(source.split())
    return f"{{{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}}}"


def unmapped(
    entry: Entry, left: Mapping[str, Sequence[str]], title: str, findings: list[Diagnostic]
) -> Entry:
    """Return an entry that keeps, as `extra["unmapped"]`, what of its record has no place; tell that.

    Args:
        entry: The entry that was made of a record.
        left: Foreign name → texts.
        title: What users call the format.
        findings: A list to which the finding is added.
    """
    if not left:
        return entry
    names = ", ".join(left)
    message = f"BibLaTeX has no place for {names} of {title}"
    findings.append(Diagnostic("PK433", message, Severity.INFO, entry.location()))
    return Entry(
        entry.type,
        entry.key,
        entry.fields,
        {**entry.extra, "unmapped": {name: tuple(texts) for name, texts in left.items()}},
        entry.source,
    )


def unknown_kind(kind: str, entry: Entry, title: str) -> Diagnostic:
    """Return the finding about a record whose kind the format does not know."""
    what = f"{title} knows no type {kind!r}" if kind else f"the {title} record has no type"
    return Diagnostic("PK434", f"{what}; it becomes {entry.type}", Severity.WARNING, entry.location("type"))


def unread(title: str, count: int, name: str, line: int, why: str) -> Diagnostic:
    """Return the finding about records, or lines outside of records, that were not read."""
    message = f"{count} {title} record{'s' if count != 1 else ''} could not be read: {why}"
    return Diagnostic("PK438", message, Severity.ERROR, Location(name, line))


def unique_keys(entries: list[Entry], title: str, findings: list[Diagnostic]) -> list[Entry]:
    """Return entries of which no two have one key: identifiers of records need not be unique, keys must.

    The later one goes without, and is given a key of its own where one is needed.
    """
    seen: set[str] = set()
    kept = []
    for entry in entries:
        if entry.key and entry.key in seen:
            message = f"two {title} records have the identifier {entry.key!r}; the later one goes without"
            findings.append(Diagnostic("PK435", message, Severity.INFO, entry.location("key")))
            entry = Entry(entry.type, "", entry.fields, entry.extra, entry.source)  # noqa: PLW2901  # as told
        seen.add(entry.key)
        kept.append(entry)
    return kept


def in_file(finding: Diagnostic, name: str) -> Diagnostic:
    """Return a finding with the name of the file that it is about."""
    return replace(finding, location=replace(finding.location, file=name))
