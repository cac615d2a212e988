"""OpenAlex works as JSON: one work, a list of them, or an answer of the API (`results`).

Source: the documentation of the OpenAlex API, "Work object".
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks.openalex import IGNORED, OPENALEX
from pubkit.crosswalks.people import Person, people_fields
from pubkit.crosswalks.preprints import with_eprint
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.formats.trees import (
    Tree,
    at,
    date_of,
    flatten,
    list_at,
    pages_of,
    read_json,
    source_of,
    text_at,
    trees_at,
)
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_doi
from pubkit.model.library import Library
from pubkit.model.source import Document

_TITLE = "OpenAlex"
_LOOK = 65_536
_MARK = re.compile(
    r'"(?:https://openalex\.org/W\d|https://api\.openalex\.org/|authorships"|abstract_inverted_index")'
)
_NUMBER = re.compile(r"\d+")
_MOST_WORDS = 20_000


def sniff(text: str) -> float:
    """Say how surely a text is an answer of OpenAlex.

    >>> sniff('{"id": "https://openalex.org/W1", "authorships": []}')
    0.95
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return 0.95 if head.startswith(("{", "[")) and _MARK.search(head) else 0.0


def read(document: Document) -> Library:
    """Read works of OpenAlex.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_json(document, _TITLE, _records, _entry)


def _records(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if isinstance(at(value, "results"), list):
        return list(value["results"])
    is_work = isinstance(value, dict) and {"title", "display_name", "authorships"} & value.keys()
    return [value] if is_work else None


def _entry(record: Tree, findings: list[Diagnostic]) -> Entry:
    fields = people_fields("author", map(_author, trees_at(record, "authorships")))
    if title := source_of(text_at(record, "title") or text_at(record, "display_name")):
        fields["title"] = title
    if date := date_of(text_at(record, "publication_date")) or date_of(text_at(record, "publication_year")):
        fields["date"] = date
    if first := text_at(record, "biblio.first_page"):
        last = text_at(record, "biblio.last_page")
        fields["pages"] = pages_of(first, last)
    if abstract := _abstract(at(record, "abstract_inverted_index")):
        fields["abstract"] = latex.escape(abstract)
    values = flatten(record, IGNORED)
    landing = values.get("primary_location.landing_page_url", [""])[0]
    if normalize_doi(landing) and normalize_doi(landing) == normalize_doi(text_at(record, "doi")):
        del values["primary_location.landing_page_url"]
    for path in ("doi", "ids.doi"):
        if path in values and (doi := normalize_doi(values[path][0])):
            values[path] = [doi]
    for path in ("ids.pmid", "ids.pmcid"):
        if path in values and (number := _NUMBER.search(values[path][0].rstrip("/").rpartition("/")[2])):
            values[path] = [("PMC" if path.endswith("pmcid") else "") + number[0]]
    kind = _kind(record)
    made = OPENALEX.read(kind, values, fields)
    key = text_at(record, "id").rpartition("/")[2]
    done = with_eprint(made.fields) if made.type == "online" else made.fields
    entry = Entry(made.type, key, done)
    if not made.known:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, made.unmapped, _TITLE, findings)


def _kind(record: Tree) -> str:
    """Return the type of a work; of an article the type of what it appeared in says more."""
    kind = text_at(record, "type") or text_at(record, "type_crossref")
    where = text_at(record, "primary_location.source.type") or text_at(record, "host_venue.type")
    if kind == "article" and (crossref := text_at(record, "type_crossref")) not in ("", "journal-article"):
        kind = crossref
    if kind in ("article", "journal-article") and where == "conference":
        return "proceedings-article"
    if kind in ("article", "journal-article") and where == "repository":
        return "preprint"
    if kind in ("article", "journal-article") and where == "book series":
        return "book-chapter"
    return kind


def _author(authorship: Tree) -> Person:
    name = text_at(authorship, "author.display_name") or text_at(authorship, "raw_author_name")
    return Person(whole=name, orcid=text_at(authorship, "author.orcid"))


def _abstract(index: Any) -> str:
    """Return an abstract that is given as an index from each word to its places."""
    if not isinstance(index, dict):
        return ""
    places = [
        (place, word)
        for word in index
        for place in list_at(index, word)
        if isinstance(word, str) and isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(places)[:_MOST_WORDS])


OPENALEX_JSON = Format(
    name="openalex", title="OpenAlex works (JSON)", extensions=(".json",), sniff=sniff, read=read
)
