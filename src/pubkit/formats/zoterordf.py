"""Zotero RDF: a library or collection as Zotero exports it, and RDF in the same vocabularies.

Source: RDF that Zotero exports. Resources refer to each other by their addresses, so the whole file is one
graph: an item, the journal it stands in, notes and files beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubkit.crosswalks.people import Person, people_fields
from pubkit.crosswalks.preprints import with_eprint
from pubkit.crosswalks.zotero import PEOPLE, ZOTERO
from pubkit.diagnostics import Diagnostic, Location
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.formats.trees import clean, date_of
from pubkit.markup import latex
from pubkit.model.dates import guess_date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import (
    normalize_doi,
    normalize_isbn,
    normalize_issn,
    normalize_pmcid,
    normalize_pmid,
)
from pubkit.model.library import Library
from pubkit.model.source import Document

_TITLE = "Zotero RDF"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ZOTERO = "{http://www.zotero.org/namespaces/export#}"
_LOOK = 65_536
# Resources that stand for something else than a publication.
_NOT_ITEMS = frozenset(("Attachment", "Memo", "Collection", "Seq", "Person", "Organization"))
_CONTAINERS = frozenset(
    ("Journal", "Periodical", "Series", "Proceedings", "CourtReporter", "Code", "Newspaper", "Magazine")
)
_APART = frozenset(
    (
        *PEOPLE,
        "title",
        "date",
        "identifier",
        "isPartOf",
        "publisher",
        "itemType",
        "presentedAt",
        "isReferencedBy",
        "relation",
        "link",
        "dateSubmitted",
        "alternative",
        "subject",
        "references",
        "citationKey",
        "number",
    )
)
_KEY_LINE = re.compile(r"^\s*citation\s*key\s*:\s*(\S+)\s*$", re.IGNORECASE | re.MULTILINE)
_CONTAINER_FIELDS = {
    "article": "journaltitle",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inreference": "booktitle",
    "online": "maintitle",
    "misc": "booktitle",
}


def sniff(text: str) -> float:
    """Say how surely a text is RDF of Zotero.

    >>> sniff('<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#">')
    0.95
    """
    name, attributes = xml.root(text)
    if name != "RDF":
        return 0.0
    head = attributes + text[:_LOOK]
    return 0.95 if "zotero.org/namespaces/export" in head or "purl.org/net/biblio" in head else 0.3


def read(document: Document) -> Library:
    """Read Zotero RDF. Notes and files become fields of their items (`annotation`, `file`).

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    findings: list[Diagnostic] = []
    entries: list[Entry] = []
    for root in xml.records(document, ("RDF",), findings, keep_namespaces=True):
        graph = _Graph(root)
        for resource in graph.items():
            found: list[Diagnostic] = []
            entries.append(_Reading(graph, resource).entry(found))
            for one in found:
                place = Location(document.name, xml.line(resource), 0, one.location.key, one.location.field)
                findings.append(Diagnostic(one.code, one.message, one.severity, place, one.hint, one.fix))
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    """Return the text of a property; of a resource in it (a subject, an address) its value."""
    value = element.find(f".//{_RDF}value")
    return " ".join("".join((element if value is None else value).itertext()).split())


class _Graph:
    """The resources of a file by their addresses."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.by_address: dict[str, Any] = {}
        self.used: set[Any] = set()
        for resource in root:
            if address := resource.get(f"{_RDF}about") or resource.get(f"{_RDF}ID"):
                self.by_address.setdefault(address, resource)
        for part in root.iter():
            if isinstance(part.tag, str) and _local(part) in ("isPartOf", "link", "isReferencedBy"):
                target = self.by_address.get(part.get(f"{_RDF}resource", ""))
                if target is not None:
                    self.used.add(target)

    def items(self) -> Iterator[Any]:
        """Yield the resources that are publications: no notes, files, collections, nor what only contains."""
        for resource in self.root:
            if not isinstance(resource.tag, str):
                continue
            kind = _local(resource)
            if kind in _NOT_ITEMS or (kind in _CONTAINERS and not self.is_own_item(resource)):
                continue
            said = _text_of(resource, f"{_ZOTERO}itemType")
            if said in ("attachment", "note", "annotation"):
                continue
            if kind == "Description" and resource in self.used and not said:
                continue
            yield resource

    def is_own_item(self, resource: Any) -> bool:
        return resource not in self.used or bool(_text_of(resource, f"{_ZOTERO}itemType"))

    def target(self, element: Any) -> Any:
        """Return the resource that a property names or holds; None where it is neither."""
        if address := element.get(f"{_RDF}resource"):
            return self.by_address.get(address)
        return next((child for child in element if isinstance(child.tag, str)), None)


def _text_of(resource: Any, name: str) -> str:
    found = resource.find(name)
    return "" if found is None else _text(found)


def _children(resource: Any, *names: str) -> Iterator[Any]:
    return (child for child in resource if isinstance(child.tag, str) and _local(child) in names)


class _Reading:
    """The way of one item."""

    def __init__(self, graph: _Graph, resource: Any) -> None:
        self.graph = graph
        self.resource = resource
        self.fields: dict[str, str] = {}
        self.values: dict[str, list[str]] = {}
        self.kind = _text_of(resource, f"{_ZOTERO}itemType") or _local(resource)
        known = ZOTERO.kind_of(self.kind)
        self.type = known.type if known else "misc"

    def entry(self, findings: list[Diagnostic]) -> Entry:
        resource, fields = self.resource, self.fields
        self.people(resource)
        for child in _children(resource, "title"):
            self.put("title", latex.write(_tags(_text(child))), "title")
        for child in _children(resource, "date"):
            self.date(_text(child))
        for child in _children(resource, "dateSubmitted"):
            date = parse_date(_text(child)[:10]) or guess_date(_text(child))
            self.put("urldate" if self.type != "patent" else "submitted", str(date) if date else "", "date")
        self.identifiers(resource, own=True)
        self.publisher(resource)
        for child in _children(resource, "number"):
            self.values.setdefault("number", []).append(_text(child))
        for child in resource:
            if isinstance(child.tag, str) and _local(child) not in _APART:
                own = child.tag.startswith(_ZOTERO)
                if text := clean(_text(child)):
                    self.values.setdefault(("z:" if own else "") + _local(child), []).append(text)
        if words := [_text(child) for child in _children(resource, "subject")]:
            self.subjects(words)
        for child in _children(resource, "isPartOf"):
            if (whole := self.graph.target(child)) is not None:
                self.whole(whole)
        for child in _children(resource, "presentedAt"):
            self.put("eventtitle", latex.escape(_title_below(child)), "presentedAt")
        self.beside(resource)
        key = self.key()
        made = ZOTERO.read(self.kind, self.values, fields, type=self.type)
        done = with_eprint(made.fields) if made.type == "online" else made.fields
        entry = Entry(made.type, key, done)
        if not made.known:
            findings.append(unknown_kind(self.kind, entry, _TITLE))
        return unmapped(entry, made.unmapped, _TITLE, findings)

    def put(self, field: str, source: str, name: str) -> None:
        if source and self.fields.setdefault(field, source) != source:
            self.values.setdefault(f"{name} of {field}", []).append(source)

    def key(self) -> str:
        for child in _children(self.resource, "citationKey"):
            return _text(child)
        for note in self.values.get("description", []):
            if found := _KEY_LINE.search(note):
                self.values["description"].remove(note)
                if rest := _KEY_LINE.sub("", note).strip():
                    self.values["description"].insert(0, rest)
                if not self.values["description"]:
                    del self.values["description"]
                return found[1]
        return ""

    def people(self, resource: Any) -> None:
        for child in resource:
            if not isinstance(child.tag, str) or _local(child) not in PEOPLE:
                continue
            field, role = PEOPLE[_local(child)]
            people = [
                _person(one)
                for one in child.iter()
                if isinstance(one.tag, str) and _local(one) in ("Person", "Agent")
            ]
            people += [
                Person(whole=_text(one), organisation=True)
                for one in child.iter()
                if isinstance(one.tag, str) and _local(one) == "Organization"
            ]
            if field in self.fields:
                self.values.setdefault(_local(child), []).extend(
                    person.family or person.whole for person in people
                )
                continue
            made = people_fields(field, people)
            self.fields.update(made)
            if made and role:
                self.fields[f"{field}type"] = role

    def date(self, text: str) -> None:
        date = parse_date(text) or parse_date(text[:10]) or guess_date(text)
        if date:
            self.put("date", str(date), "date")
        elif made := date_of(text):
            self.put("date", made, "date")
        else:
            self.put("year", latex.escape(text), "date")

    def identifiers(self, resource: Any, *, own: bool) -> None:
        """Read `dc:identifier`: an address, or a number behind the word that says what it is."""
        for child in _children(resource, "identifier"):
            text = _text(child)
            if child.find(f".//{_RDF}value") is not None or "://" in text:
                if own:
                    self.put("url", text, "identifier")
                continue
            word, _, number = text.partition(" ")
            number = number.strip()
            if word == "DOI" or text.startswith("10."):
                self.put("doi", normalize_doi(number or text) or number, "identifier")
            elif word == "ISBN":
                self.put("isbn", normalize_isbn(number.split(" ")[0]) or number, "identifier")
            elif word == "ISSN":
                self.put("issn", normalize_issn(number.split(" ")[0].rstrip(",")) or number, "identifier")
            elif word.upper() in ("PMID", "PMID:"):
                self.put("pmid", normalize_pmid(number) or number, "identifier")
            elif word.upper() in ("PMCID", "PMCID:"):
                self.put("pmcid", normalize_pmcid(number) or number, "identifier")
            elif own:
                self.put("number", latex.escape(text), "identifier")

    def publisher(self, resource: Any) -> None:
        for child in _children(resource, "publisher"):
            names = [one for one in child.iter() if isinstance(one.tag, str) and _local(one) == "name"]
            places = [
                one
                for one in child.iter()
                if isinstance(one.tag, str) and _local(one) in ("locality", "country-name")
            ]
            name = _text(names[0]) if names else "" if len(child) else _text(child)
            field = "institution" if self.type in ("thesis", "report") else "publisher"
            source = latex.escape(name)
            self.put(field, f"{{{source}}}" if " and " in source else source, "publisher")
            where = latex.escape(", ".join(filter(None, map(_text, places))))
            self.put("location" if self.type != "unpublished" else "venue", where, "publisher")

    def subjects(self, words: list[str]) -> None:
        self.values["subject"] = [f"{word};" if len(words) == 1 else word for word in words if word]

    def whole(self, whole: Any) -> None:
        """Read what an item stands in: journal, book, series, web site."""
        kind = _local(whole)
        title = latex.write(_tags(_own_title(whole)))
        if kind == "Series":
            self.put("series", title, "isPartOf")
        elif field := _CONTAINER_FIELDS.get(self.type):
            self.put(field, title, "isPartOf")
            for child in _children(whole, "alternative"):
                self.put(
                    "shortjournal" if field == "journaltitle" else "shortbooktitle",
                    latex.escape(_text(child)),
                    "isPartOf",
                )
        else:
            self.put("series" if self.type in ("book", "report") else "booktitle", title, "isPartOf")
        for child in whole:
            if not isinstance(child.tag, str):
                continue
            name = _local(child)
            if name in ("volume", "number", "edition"):
                is_series = kind == "Series" and name == "number"
                field = "number" if is_series else name
                self.put(field, latex.escape(_text(child)), "isPartOf")
            elif name == "date" and "date" not in self.fields:
                self.date(_text(child))
            elif name == "isPartOf" and (outer := self.graph.target(child)) is not None:
                self.put("series", latex.escape(_own_title(outer)), "isPartOf")
                for number in _children(outer, "identifier", "number"):
                    self.put("number", latex.escape(_text(number)), "isPartOf")
        self.identifiers(whole, own=False)
        self.people(whole)

    def beside(self, resource: Any) -> None:
        """Take notes and files that stand beside the item."""
        for child in _children(resource, "isReferencedBy"):
            note = self.graph.target(child)
            value = None if note is None else note.find(f"{_RDF}value")
            if value is not None and (text := clean("".join(value.itertext()))):
                before = self.fields.get("annotation", "")
                self.fields["annotation"] = "\n\n".join(
                    filter(None, (before, latex.escape(re.sub(r"</?[a-z]+>", "", text))))
                )
        files: list[str] = []
        for child in _children(resource, "link"):
            file = self.graph.target(child)
            path = (
                ""
                if file is None
                else next((one.get(f"{_RDF}resource", "") for one in _children(file, "resource")), "")
            )
            if path:
                files.append(path)
        if files:
            self.fields["file"] = ";".join(files)


def _tags(text: str) -> Any:
    from pubkit.markup import csl

    return csl.parse(text)


def _own_title(element: Any) -> str:
    """Return the title of a resource, not that of one within it."""
    return next((_text(child) for child in _children(element, "title")), "")


def _title_below(element: Any) -> str:
    found = next((one for one in element.iter() if isinstance(one.tag, str) and _local(one) == "title"), None)
    return "" if found is None else _text(found)


def _person(element: Any) -> Person:
    parts = {_local(child): _text(child) for child in element if isinstance(child.tag, str)}
    family = parts.get("surname") or parts.get("familyName") or ""
    given = parts.get("givenName") or parts.get("givenname") or parts.get("firstName") or ""
    if not given and family:
        return Person(whole=family, organisation=True)
    return Person(family, given, whole=parts.get("name", ""))


ZOTERO_RDF = Format(name="zotero-rdf", title="Zotero RDF", extensions=(".rdf",), sniff=sniff, read=read)
