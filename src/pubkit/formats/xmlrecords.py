"""Reading XML files of records: one element, one entry."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from pubkit.diagnostics import Diagnostic, Location
from pubkit.formats import xml
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Stream

#: Makes an entry, several, or none, of one element; adds what it found, without file and line.
Convert = Callable[[Any, list[Diagnostic]], Entry | list[Entry] | None]


def read_xml(
    document: Document, tags: Collection[str], convert: Convert, *, keep_namespaces: bool = False
) -> Library:
    """Read all records of an XML document.

    Args:
        document: The input.
        tags: Names of the elements that are records, without namespace.
        convert: Makes entries of one element.
        keep_namespaces: Whether names of elements keep their namespaces.
    """
    findings: list[Diagnostic] = []
    entries = tuple(stream_xml(document, tags, convert, findings, keep_namespaces=keep_namespaces))
    return Library(entries, diagnostics=tuple(findings), document=document)


def stream_xml(
    source: Document | Stream,
    tags: Collection[str],
    convert: Convert,
    findings: list[Diagnostic],
    *,
    keep_namespaces: bool = False,
) -> Iterator[Entry]:
    """Yield the entries of an XML input; the arguments are those of `read_xml`, findings go to the list."""
    for element in xml.records(source, tags, findings, keep_namespaces=keep_namespaces):
        found: list[Diagnostic] = []
        made = convert(element, found)
        line = xml.line(element) if found else 0
        for one in found:
            where = one.location
            place = Location(source.name, where.line or line, where.column, where.key, where.field)
            findings.append(Diagnostic(one.code, one.message, one.severity, place, one.hint, one.fix))
        if isinstance(made, list):
            yield from made
        elif made is not None:
            yield made
