"""Crossref works as JSON: one work, a list of works, an answer of the API (`message`, `message.items`).

Source: the documentation of Crossref's REST API. What doi.org gives as CSL-JSON for a DOI of Crossref is the
same record and is read as well.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks.crossref import CROSSREF, IGNORED, PEOPLE
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
    read_json,
    scalar,
    source_of,
    text_at,
    trees_at,
)
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_doi
from pubkit.model.library import Library
from pubkit.model.source import Document

_TITLE = "Crossref"
_LOOK = 65_536
_MARK = re.compile(
    r'"(?:message-type|is-referenced-by-count|reference-count|references-count|content-domain|container-title)"\s*:'
)
_SURE = re.compile(r'"(?:message-type|is-referenced-by-count|content-domain|deposited)"\s*:')
_DATES = (
    "published",
    "issued",
    "published-print",
    "published-online",
    "published-other",
    "posted",
    "approved",
)
_MARKUP = (
    "abstract",
    "subtitle",
    "short-title",
    "container-title",
    "container-title-2",
    "publisher",
    "event.name",
)


def sniff(text: str) -> float:
    """Say how surely a text is an answer of Crossref.

    >>> sniff('{"status": "ok", "message-type": "work", "message": {"DOI": "10.1/x"}}')
    0.95
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    if not head.startswith(("{", "[")):
        return 0.0
    return 0.95 if _SURE.search(head) and '"DOI"' in head else 0.2 if _MARK.search(head) else 0.0


def read(document: Document) -> Library:
    """Read works of Crossref.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_json(document, _TITLE, _records, _entry)


def _records(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return [one["message"] if isinstance(at(one, "message"), dict) else one for one in value]
    message = at(value, "message")
    if isinstance(message, list):
        return message
    for holder in (message, value):
        if isinstance(at(holder, "items"), list):
            return list(holder["items"])
        if at(holder, "DOI") or at(holder, "title"):
            return [holder]
    return None


def _entry(record: Tree, findings: list[Diagnostic]) -> Entry:
    kind = text_at(record, "type")
    fields: dict[str, str] = {}
    for name, field in PEOPLE.items():
        fields.update(people_fields(field, map(_person, trees_at(record, name))))
    if "namea" in fields:
        fields["nameatype"] = "chair"
    _titles(record, fields)
    for name in _DATES:
        if "date" not in fields and (date := _date(at(record, name))):
            fields["date"] = date
            record = {other: value for other, value in record.items() if other != name}
    if begin := _date(at(record, "event.start")):
        end = _date(at(record, "event.end"))
        fields["eventdate"] = f"{begin}/{end}" if end and end > begin else begin
    if (pages := text_at(record, "page")) and pages == text_at(record, "article-number"):
        fields["eid"] = pages
        record = {name: value for name, value in record.items() if name != "page"}
    values = flatten(record, IGNORED)
    containers = values.get("container-title", [])
    if len(containers) > 1 and kind not in ("journal-article", "posted-content", "dataset"):
        # of a part of a book in a series, Crossref names the series first
        values["container-title"], values["container-title-2"] = containers[-1:], containers[:-1]
    elif len(containers) > 1:
        values["container-title"] = containers[:1]
    if "ISBN" in values:
        values["ISBN"] = [number.removeprefix("http://id.crossref.org/isbn/") for number in values["ISBN"]]
    for name in ("short-container-title", "ISSN"):
        values.update({name: values[name][:1]} if name in values else {})
    for name in _MARKUP:
        if name in values:
            values[name] = [part for text in values[name] for part in clean(text).split("\n\n")]
    if (abstract := values.get("abstract", []))[:1] in (["Abstract"], ["ABSTRACT"], ["Summary"]):
        values["abstract"] = abstract[1:]
    if doi := normalize_doi(text_at(record, "DOI")):
        values["DOI"] = [doi]
        if normalize_doi(text_at(record, "URL")) == doi:
            values.pop("URL", None)
    made = CROSSREF.read(kind, values, fields)
    if made.type == "thesis":
        made.fields.setdefault("type", "phdthesis")
    done = with_eprint(made.fields) if made.type == "online" else made.fields
    entry = Entry(made.type, "", done)
    if not made.known:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, made.unmapped, _TITLE, findings)


def _titles(record: Tree, fields: dict[str, str]) -> None:
    titles = [text for one in list_at(record, "title") if (text := source_of(scalar(one)))]
    originals = [text for one in list_at(record, "original-title") if (text := source_of(scalar(one)))]
    if titles:
        fields["title"] = titles[0]
        if originals := [title for title in originals if title != titles[0]] or titles[1:]:
            fields["origtitle"] = originals[0]
    elif originals:
        fields["title"] = originals[0]


def _date(value: Any) -> str:
    """Return a date that is given as lists of numbers."""
    parts = at(value, "date-parts")
    point = parts[0] if isinstance(parts, list) and parts else None
    return date_of(*(scalar(part) for part in point[:3])) if isinstance(point, list) else ""


def _person(tree: Tree) -> Person:
    whole = text_at(tree, "name") or text_at(tree, "literal")
    family = text_at(tree, "family")
    return Person(
        family,
        text_at(tree, "given"),
        text_at(tree, "prefix") if text_at(tree, "prefix").islower() else "",
        text_at(tree, "suffix"),
        whole,
        bool(whole),
        text_at(tree, "ORCID"),
    )


CROSSREF_JSON = Format(
    name="crossref", title="Crossref works (JSON)", extensions=(".json",), sniff=sniff, read=read
)
