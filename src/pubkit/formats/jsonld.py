"""schema.org JSON-LD: what search engines read on a page. Written only."""

from __future__ import annotations

import json

from pubkit.crosswalks.csl_tables import NOT_MISSED
from pubkit.crosswalks.people import goes_on
from pubkit.crosswalks.schemaorg import PEOPLE, TYPES, to_schema_org
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.base import Format
from pubkit.model.entrytypes import canonical_type
from pubkit.model.library import Library

_CONTEXT = "https://schema.org"
_TITLE = "schema.org"


def write(library: Library, *, report: list[Diagnostic] | None = None) -> str:
    """Return the library as one JSON-LD document with a `@graph` of works.

    Args:
        library: The entries.
        report: A list to which is added what schema.org has no place for (PK430, PK431).
    """
    graph = []
    for entry in library:
        record, taken = to_schema_org(entry)
        graph.append(record)
        if report is None:
            continue
        if canonical_type(entry.type) not in TYPES:
            message = f"{_TITLE} has no type {entry.type}; it becomes {record['@type']}"
            report.append(Diagnostic("PK431", message, Severity.INFO, entry.location("type")))
        for name in PEOPLE:
            if goes_on(entry.fields, name):
                message = f"{_TITLE} holds {name} without 'and others'"
                report.append(Diagnostic("PK432", message, Severity.INFO, entry.location(name)))
        for name in sorted(entry.fields.keys() - taken - NOT_MISSED):
            message = f"{_TITLE} has no place for {name}"
            report.append(Diagnostic("PK430", message, Severity.INFO, entry.location(name)))
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


JSON_LD = Format(
    name="schema-org",
    title="schema.org JSON-LD",
    extensions=(".jsonld",),
    sniff=lambda _: 0.0,
    write=write,
)
