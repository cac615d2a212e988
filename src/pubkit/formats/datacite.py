"""DataCite records as JSON: the metadata itself, an answer of the API (`data`, `data.attributes`), or a list.

Source: the DataCite metadata schema 4.5 and the documentation of DataCite's REST API.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks.datacite import CONTRIBUTORS, DATACITE, DATES, IGNORED
from pubkit.crosswalks.people import Person, people_fields
from pubkit.crosswalks.preprints import with_eprint
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.formats.trees import (
    Tree,
    at,
    clean,
    date_of,
    flatten,
    list_at,
    pages_of,
    read_json,
    scalar,
    source_of,
    text_at,
    trees_at,
)
from pubkit.markup import latex
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_doi, normalize_isbn, normalize_issn
from pubkit.model.library import Library
from pubkit.model.source import Document

_TITLE = "DataCite"
_LOOK = 65_536
_MARK = re.compile(r'"(?:resourceTypeGeneral|publicationYear)"\s*:')
_TITLES = {"Subtitle": "subtitle", "AlternativeTitle": "titleaddon", "TranslatedTitle": "titleaddon"}


def sniff(text: str) -> float:
    """Say how surely a text is a record of DataCite.

    >>> sniff('{"creators": [], "titles": [], "publicationYear": 2020}')
    0.95
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return 0.95 if head.startswith(("{", "[")) and _MARK.search(head) and '"creators"' in head else 0.0


def read(document: Document) -> Library:
    """Read records of DataCite.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_json(document, _TITLE, _records, _entry)


def _records(value: Any) -> list[Any] | None:
    data = at(value, "data") if isinstance(value, dict) else value
    if isinstance(data, dict):
        data = [data]
    if isinstance(data, list):
        return [one["attributes"] if isinstance(at(one, "attributes"), dict) else one for one in data]
    if isinstance(value, dict):
        inner = value.get("attributes", value)
        return [inner] if isinstance(inner, dict) and {"titles", "creators"} & inner.keys() else None
    return None


def _entry(record: Tree, findings: list[Diagnostic]) -> Entry:
    fields = people_fields("author", map(_person, trees_at(record, "creators")))
    left: dict[str, Any] = {}
    people: dict[str, list[Person]] = {}
    for one in trees_at(record, "contributors"):
        role = text_at(one, "contributorType")
        if role in CONTRIBUTORS:
            people.setdefault(CONTRIBUTORS[role], []).append(_person(one))
        elif name := text_at(one, "name") or text_at(one, "contributorName"):
            left.setdefault(f"contributor {role}".strip(), []).append(name)
    for field, members in people.items():
        fields.update(people_fields(field, members))
    for one in trees_at(record, "titles"):
        field = _TITLES.get(text_at(one, "titleType"), "title")
        if title := source_of(text_at(one, "title")):
            if field in fields:
                left.setdefault("title", []).append(title)
            else:
                fields[field] = title
    _dates(record, fields)
    _descriptions(record, fields, left)
    _numbers(record, fields, left)
    values = flatten(record, IGNORED)
    if doi := normalize_doi(text_at(record, "doi") or text_at(record, "id")):
        values["doi"] = [doi]
    pages = [
        size.split()[0] for size in values.pop("sizes", []) if re.fullmatch(r"\d+ p(?:ages?|p?\.?)", size)
    ]
    if pages:
        values["sizes.pages"] = pages[:1]
    if first := text_at(record, "container.firstPage"):
        last = text_at(record, "container.lastPage")
        fields["pages"] = pages_of(first, last)
    kind = text_at(record, "types.resourceTypeGeneral") or text_at(record, "resourceTypeGeneral")
    made = DATACITE.read(kind, values, fields)
    done = with_eprint(made.fields) if made.type in ("online", "misc", "article") else made.fields
    entry = Entry(made.type, "", done)
    if not made.known:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, {**left, **made.unmapped}, _TITLE, findings)


def _person(tree: Tree) -> Person:
    name = text_at(tree, "name") or text_at(tree, "creatorName") or text_at(tree, "contributorName")
    orcid = next(
        (
            text_at(one, "nameIdentifier")
            for one in trees_at(tree, "nameIdentifiers")
            if text_at(one, "nameIdentifierScheme").upper() == "ORCID"
        ),
        "",
    )
    family, given = text_at(tree, "familyName"), text_at(tree, "givenName")
    if family:
        return Person(family, given, orcid=orcid)
    if text_at(tree, "nameType") == "Organizational":
        return Person(whole=name, organisation=True, orcid=orcid)
    if name.count(",") == 1:
        family, _, given = (part.strip() for part in name.partition(","))
        return Person(family, given, orcid=orcid)
    return Person(whole=name, orcid=orcid)


def _dates(record: Tree, fields: dict[str, str]) -> None:
    year = date_of(text_at(record, "publicationYear"))
    for one in trees_at(record, "dates"):
        field = DATES.get(text_at(one, "dateType"))
        text = text_at(one, "date")
        date = parse_date(text.partition("T")[0])
        if field and date and field not in fields:
            fields[field] = str(date)
    if year and not fields.get("date", "").startswith(year):
        available = fields.get("available-date", "")
        fields["date"] = available if available.startswith(year) and "date" not in fields else year
    if fields.get("available-date") == fields.get("date"):
        fields.pop("available-date", None)


def _descriptions(record: Tree, fields: dict[str, str], left: dict[str, Any]) -> None:
    for one in list_at(record, "descriptions"):
        text = clean(text_at(one, "description") or scalar(one))
        kind = text_at(one, "descriptionType")
        if text and kind in ("Abstract", "") and "abstract" not in fields:
            fields["abstract"] = latex.escape(text)
        elif text and kind == "SeriesInformation" and not at(record, "container.title"):
            fields.setdefault("series", latex.escape(text))
        elif text and kind == "TableOfContents":
            fields.setdefault("contents", latex.escape(text))
        elif text:
            left.setdefault(f"description {kind}".strip(), []).append(text)


def _numbers(record: Tree, fields: dict[str, str], left: dict[str, Any]) -> None:
    """Take ISBN, ISSN and the like from identifiers and from the work that this one is a part of."""
    for one in (*trees_at(record, "identifiers"), *trees_at(record, "alternateIdentifiers")):
        kind = text_at(one, "identifierType") or text_at(one, "alternateIdentifierType")
        value = text_at(one, "identifier") or text_at(one, "alternateIdentifier")
        if kind.upper() == "ISBN" and (isbn := normalize_isbn(value)):
            fields.setdefault("isbn", isbn)
        elif kind.lower() == "arxiv":
            fields.setdefault("eprint", value)
            fields.setdefault("eprinttype", "arxiv")
        elif kind.upper() == "PMID":
            fields.setdefault("pmid", value)
        elif value and kind.upper() != "DOI":
            left.setdefault(f"identifier {kind}".strip(), []).append(value)
    for one in trees_at(record, "relatedIdentifiers"):
        kind, value = text_at(one, "relatedIdentifierType"), text_at(one, "relatedIdentifier")
        if text_at(one, "relationType") not in ("IsPartOf", "IsPublishedIn"):
            continue
        if kind == "ISSN" and (issn := normalize_issn(value)):
            fields.setdefault("issn", issn)
        elif kind == "ISBN" and (isbn := normalize_isbn(value)):
            fields.setdefault("isbn", isbn)
    kind = text_at(record, "container.identifierType")
    if kind == "ISSN" and (issn := normalize_issn(text_at(record, "container.identifier"))):
        fields.setdefault("issn", issn)


DATACITE_JSON = Format(
    name="datacite", title="DataCite records (JSON)", extensions=(".json",), sniff=sniff, read=read
)
