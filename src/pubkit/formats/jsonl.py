"""JSON Lines: one record a line, with pubkit's columns or as CSL-JSON items."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from pubkit.crosswalks.csl import from_csl
from pubkit.crosswalks.rows import dialect_of, from_row, known_columns, to_row
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.losses import in_file, reports_losses, unknown_kind, unmapped, unread
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Source, Stream, line_starts

_LOOK = 65_536
# Names of services that give dumps as JSON Lines: their own formats read them.
_FOREIGN = frozenset(
    (
        *("authorships", "abstract_inverted_index", "reference-count", "is-referenced-by-count", "creators"),
        *("put-code", "work-summary", "message-type"),
    )
)
# Variables that only CSL-JSON has.
_CSL = frozenset(("container-title", "issued", "citation-key", "publisher-place", "collection-title"))


def sniff(text: str) -> float:
    r"""Say how surely a text is JSON Lines of publications.

    >>> sniff('{"id": "a", "title": "T"}\n{"id": "b", "title": "U"}\n'), sniff('[{"id": "a", "title": "T"}]')
    (0.97, 0.0)
    """
    lines = [line for line in text[:_LOOK].lstrip("\ufeff").splitlines() if line.strip()][:3]
    if not lines or not lines[0].lstrip().startswith("{"):
        return 0.0
    try:
        first = json.loads(lines[0])
    except (ValueError, RecursionError):
        return 0.0
    if not isinstance(first, dict) or known_columns(list(first)) < 1:
        return 0.0
    if not _FOREIGN.isdisjoint(first):
        return 0.3
    many = len(lines) > 1 and lines[1].lstrip().startswith("{")
    return 0.97 if many and known_columns(list(first)) > 1 else 0.4


def read(document: Document) -> Library:
    """Read JSON Lines.

    Args:
        document: The input.

    Returns:
        One entry a line; a line that is no JSON object is left out and told.
    """
    findings: list[Diagnostic] = []
    entries = []
    starts = [*line_starts(document.text), len(document.text)]
    for number, (start, end) in enumerate(pairwise(starts), 1):
        record = _record(document.text[start:end], document.name, number, findings)
        if record:
            entries.append(_entry(record, Source(document, start, end), document.name, findings))
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


def stream(source: Stream, findings: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the entries of JSON Lines, line by line."""
    number = 0
    held = ""
    for piece in chain(source.pieces, ("\n",)):
        *lines, held = (held + piece).split("\n")
        for line in lines:
            number += 1
            if record := _record(line, source.name, number, findings):
                yield _entry(record, None, source.name, findings)


def _record(line: str, name: str, number: int, findings: list[Diagnostic]) -> dict[str, Any] | None:
    """Return the object of a line; None where there is none, which is told."""
    line = line.strip().lstrip("\ufeff")
    if not line:
        return None
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = error.msg if isinstance(error, json.JSONDecodeError) else "the line is no JSON that can be read"
        findings.append(unread("JSON", 1, name, number, why))
        return None
    if not isinstance(record, dict):
        findings.append(unread("JSON", 1, name, number, "the line is no object"))
        return None
    return record


def _entry(record: Mapping[str, Any], source: Source | None, name: str, findings: list[Diagnostic]) -> Entry:
    if not _CSL.isdisjoint(record):
        found: list[Diagnostic] = []
        made = from_csl(record, diagnostics=found)
        findings.extend(in_file(finding, name) for finding in found)
        return Entry(made.type, made.key, made.fields, made.extra, source)
    key, reading = from_row(record, dialect_of(list(record)))
    entry = Entry(reading.type or "misc", key, reading.fields, source=source)
    if not reading.known:
        findings.append(unknown_kind(str(record.get("type", "")), entry, "JSON Lines"))
    return unmapped(entry, reading.unmapped, "JSON Lines", findings)


@reports_losses("JSON Lines", read)
def write(library: Library) -> str:
    r"""Return the library as JSON Lines, one entry a line; columns without a value are left out.

    Args:
        library: The entries.

    >>> write(Library((Entry("book", "k", {"title": "T", "date": "1986"}),)))
    '{"id": "k", "type": "book", "title": "T", "year": 1986}\n'
    """
    rows = ({name: value for name, value in to_row(entry).items() if value is not None} for entry in library)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


JSONL = Format(
    name="jsonl",
    title="JSON Lines",
    extensions=(".jsonl", ".ndjson"),
    sniff=sniff,
    read=read,
    write=write,
    stream=stream,
    between="",
)
