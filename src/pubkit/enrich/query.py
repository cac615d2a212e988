"""From an entry to what a source is asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.enrich.source import Query
from pubkit.model.identifiers import (
    arxiv_without_version,
    find_arxiv,
    find_doi,
    normalize_isbn,
    normalize_pmid,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pubkit.dedupe.record import Record
    from pubkit.model.entry import Entry

#: Kinds of identifiers, the surest first.
KINDS = ("doi", "arxiv", "pmid", "isbn")


def query_of(entry: Entry, record: Record) -> Query:
    """Return what to ask about an entry.

    Args:
        entry: The entry.
        record: What `pubkit.dedupe.prepare` makes of it.
    """
    title = ": ".join(filter(None, (entry.text("title"), entry.text("subtitle"))))
    surnames = tuple(name.family or str(name) for name in entry.names("author") or entry.names("editor"))
    return Query(title, surnames, record.year, identifiers_of(entry.fields, entry.type))


def identifiers_of(fields: Mapping[str, str], entry_type: str) -> dict[str, str]:
    """Return the identifiers of an entry that name it alone, kind to value.

    An ISBN names a book, so it counts for books and collections only, not for what stands in one.

    >>> identifiers_of({"doi": "https://doi.org/10.1000/ABC", "isbn": "0-19-852663-6"}, "article")
    {'doi': '10.1000/abc'}
    """
    found: dict[str, str] = {}
    if doi := find_doi(fields):
        found["doi"] = doi.lower()
    if arxiv := find_arxiv(fields):
        found["arxiv"] = arxiv_without_version(arxiv)
    if "pmid" in fields and (pmid := normalize_pmid(fields["pmid"])):
        found["pmid"] = pmid
    if entry_type in _BOOKS and "isbn" in fields and (isbn := normalize_isbn(fields["isbn"])):
        found["isbn"] = isbn
    return found


_BOOKS = frozenset(
    {"book", "mvbook", "collection", "mvcollection", "proceedings", "reference", "manual", "booklet"}
)
