"""Writing MODS 3.8; `mods` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pubkit.crosswalks import mods as tables
from pubkit.crosswalks.forms import keyword_texts
from pubkit.crosswalks.people import Person, goes_on, people_of
from pubkit.formats import xml
from pubkit.formats.losses import reports_losses
from pubkit.formats.mods import TITLE, read
from pubkit.markup import latex
from pubkit.model.dates import Date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import canonical_type
from pubkit.model.fields import is_verbatim
from pubkit.model.languages import language_tag
from pubkit.model.library import Library
from pubkit.model.names import split_names
from pubkit.model.pages import parse_pages

_NAMESPACE = "http://www.loc.gov/mods/v3"
_SCHEMA = f"{_NAMESPACE} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
_SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_EDITORS = ("editor", "editora", "editorb", "editorc")
_CIRCA = {"qualifier": "approximate"}


@reports_losses(TITLE, read)
def write(library: Library) -> str:
    """Return the library as a MODS collection.

    Args:
        library: The entries.
    """
    from lxml import etree

    spaces = {None: _NAMESPACE, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    root = etree.Element(f"{{{_NAMESPACE}}}modsCollection", nsmap=spaces)
    root.set(_SCHEMA_LOCATION, _SCHEMA)
    for entry in library:
        _Writing(entry, _child(root, "mods", version="3.8")).fill()
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _child(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Append an element; the parts of a path are found or made."""
    from lxml import etree

    *path, last = name.split("/")
    for step in path:
        found = parent.find(f"{{{_NAMESPACE}}}{step}")
        parent = etree.SubElement(parent, f"{{{_NAMESPACE}}}{step}") if found is None else found
    element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{last}")
    if text:
        element.text = xml.clean(text)
    for attribute, value in attributes.items():
        if value:
            element.set(attribute, xml.clean(value))
    return element


class _Writing:
    """The way of one entry: what belongs to the work, and what to the whole that it stands in."""

    def __init__(self, entry: Entry, element: Any) -> None:
        self.entry = entry
        self.fields: Mapping[str, str] = entry.fields
        self.type = canonical_type(entry.type)
        self.element = element
        self.host: Any = None

    def text(self, field: str) -> str:
        """Return a field as plain text."""
        source = self.fields.get(field, "")
        return source.strip() if is_verbatim(field) else latex.to_text(source).strip()

    def texts(self, field: str) -> list[str]:
        """Return the items of a list field as plain texts."""
        return [latex.to_text(part) for part in split_names(self.fields.get(field, ""))]

    def fill(self) -> None:
        element, fields = self.element, self.fields
        container, genre = tables.HOSTS.get(self.type, ("maintitle", ""))
        self.titles()
        own_people = ["author", *(field for field in tables.CODES if field not in ("author", "editor"))]
        for field in own_people:
            self.people(element, field, tables.CODES[field])
        _child(element, "typeOfResource", tables.RESOURCES.get(self.type, "text"))
        for name in self.genres():
            _child(element, "genre", name)
        if container in fields or (self.type in tables.HOSTS and "bookauthor" in fields):
            self.host = _child(element, "relatedItem", type="host")
            if container in fields:
                self.host_titles(container)
            if genre and container in fields:
                _child(self.host, "genre", genre, authority="marcgt")
            self.people(self.host, "bookauthor", "aut")
        outer = self.host if self.host is not None and self.type in tables.HOSTS else element
        self.editors(outer)
        self.origin(element, outer)
        self.languages()
        self.extent(outer)
        self.descriptions()
        self.part(outer)
        self.series(outer)
        self.original()
        self.identifiers(element, outer)
        self.event()
        if url := self.text("url"):
            _child(element, "location/url", url, dateLastAccessed=self.text("urldate"))
        if library := self.text("library"):
            _child(_child(element, "location"), "physicalLocation", library)
        if "maintitle" in fields and container != "maintitle" and self.host is not None:
            above = _child(self.host, "relatedItem", type="host")
            _child(above, "titleInfo/title", self.text("maintitle"))
            self.add(above, "titleInfo/subTitle", "mainsubtitle")

    def add(self, parent: Any, path: str, field: str, **attributes: str) -> None:
        if text := self.text(field):
            _child(parent, path, text, **attributes)

    # -- the work ---------------------------------------------------------------------------------

    def titles(self) -> None:
        info = _child(self.element, "titleInfo")
        self.add(info, "title", "title")
        self.add(info, "subTitle", "subtitle")
        if not len(info):
            self.element.remove(info)
        if "shorttitle" in self.fields:
            self.add(_child(self.element, "titleInfo", type="abbreviated"), "title", "shorttitle")

    def host_titles(self, container: str) -> None:
        info = _child(self.host, "titleInfo")
        self.add(info, "title", container)
        below = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle", "maintitle": "mainsubtitle"}
        self.add(info, "subTitle", below[container])
        if container == "journaltitle" and "shortjournal" in self.fields:
            self.add(_child(self.host, "titleInfo", type="abbreviated"), "title", "shortjournal")

    def genres(self) -> list[str]:
        """Return the type's own name, after the genre that says its subtype or the kind of thesis."""
        subtype = self.fields.get("entrysubtype", "").lower()
        word = self.fields.get("type", "").lower()
        for genre, said in tables.SUBTYPES.items():
            if said == subtype and tables.GENRES[genre] == self.type:
                return [genre]
        for genre, said in tables.THESES.items():
            if said == word and tables.GENRES[genre] == self.type:
                return [genre]
        return [self.type if self.type in tables.GENRES else "misc"]

    def people(self, element: Any, field: str, code: str) -> None:
        people = list(people_of(self.fields, field))
        for person in people:
            name = _name(element, person)
            _child(_child(name, "role"), "roleTerm", code, type="code", authority="marcrelator")
        if people and goes_on(self.fields, field):
            name = _child(element, "name")
            _child(name, "etal")
            _child(_child(name, "role"), "roleTerm", code, type="code", authority="marcrelator")

    def editors(self, outer: Any) -> None:
        for slot in _EDITORS:
            role = self.fields.get(f"{slot}type", "editor" if slot == "editor" else "").strip().lower()
            code = "edt" if role == "editor" else tables.EDITOR_ROLES.get(role, "")
            if code:
                self.people(outer, slot, code)

    def origin(self, element: Any, outer: Any) -> None:
        fields = self.fields
        publishers, location = self.texts("publisher"), self.text("location")
        if publishers or location or "edition" in fields:
            info = _child(outer, "originInfo")
            if location:
                _child(_child(info, "place"), "placeTerm", location, type="text")
            for publisher in publishers:
                _child(info, "publisher", publisher)
            self.add(info, "edition", "edition")
        if date := parse_date(fields.get("date", fields.get("year", ""))):
            _dates(_child(element, "originInfo"), date)
        for field, code in (
            ("institution", "dgg" if self.type == "thesis" else "his"),
            ("organization", "isb"),
        ):
            for body in self.texts(field):
                name = _child(element, "name", type="corporate")
                _child(name, "namePart", body)
                _child(_child(name, "role"), "roleTerm", code, type="code", authority="marcrelator")

    def languages(self) -> None:
        said = [self.fields["langid"]] if "langid" in self.fields else []
        said += [part for part in split_names(self.fields.get("language", "")) if part not in said]
        for name in said:
            tag = language_tag(name)
            if tag:
                _child(
                    _child(self.element, "language"), "languageTerm", tag, type="code", authority="rfc3066"
                )
            else:
                _child(_child(self.element, "language"), "languageTerm", latex.to_text(name), type="text")

    def extent(self, outer: Any) -> None:
        for field, unit in (("pagetotal", "pages"), ("volumes", "volumes")):
            if text := self.text(field):
                _child(outer, "physicalDescription/extent", text, unit=unit)

    def descriptions(self) -> None:
        element = self.element
        self.add(element, "abstract", "abstract")
        self.add(element, "tableOfContents", "contents")
        self.add(element, "accessCondition", "license")
        said_by_genre = self.genres()[0] in tables.THESES
        for field, kind in tables.NOTES.items():
            if not (field == "type" and said_by_genre):
                self.add(element, "note", field, type=kind)
        for word in keyword_texts(self.fields.get("keywords", "")):
            _child(_child(element, "subject"), "topic", word)

    # -- the whole --------------------------------------------------------------------------------

    def part(self, outer: Any) -> None:
        """Write volume, issue and pages; the number of a book in a series stands with the series."""
        fields = self.fields
        part = _child(outer, "part")
        for field, kind in tables.DETAILS.items():
            if field == "number" and "series" in fields:
                continue
            if field in fields:
                _child(_child(part, "detail", type=kind), "number", self.text(field))
        if "issuetitle" in fields:
            detail = next((one for one in part if one.get("type") == "issue"), None)
            detail = _child(part, "detail", type="issue") if detail is None else detail
            self.add(detail, "title", "issuetitle")
        if "pages" in fields:
            extent = _child(part, "extent", unit="pages")
            pages = parse_pages(fields["pages"])
            ends = str(pages).split("--") if len(pages.ranges) == 1 else []
            if len(ends) == 2 and all(ends):
                _child(extent, "start", ends[0])
                _child(extent, "end", ends[1])
            elif len(pages.ranges) == 1 and len(ends) == 1:
                _child(extent, "start", ends[0])
            else:
                _child(extent, "list", str(pages).replace("--", "–") if pages.ranges else self.text("pages"))
        if not len(part):
            outer.remove(part)

    def series(self, outer: Any) -> None:
        if "series" not in self.fields:
            return
        info = _child(_child(outer, "relatedItem", type="series"), "titleInfo")
        self.add(info, "title", "series")
        self.add(info, "partNumber", "number")

    def original(self) -> None:
        if not {"origtitle", "origdate", "origpublisher", "origlocation"} & self.fields.keys():
            return
        item = _child(self.element, "relatedItem", type="original")
        if "origtitle" in self.fields:
            self.add(_child(item, "titleInfo"), "title", "origtitle")
        info = _child(item, "originInfo")
        if "origlocation" in self.fields:
            _child(_child(info, "place"), "placeTerm", self.text("origlocation"), type="text")
        self.add(info, "publisher", "origpublisher")
        if date := parse_date(self.fields.get("origdate", "")):
            _dates(info, date)

    def identifiers(self, element: Any, outer: Any) -> None:
        if self.entry.key:
            _child(element, "identifier", self.entry.key, type="citekey")
        for field, kind in tables.IDENTIFIERS.items():
            if field in self.fields:
                _child(
                    outer if kind in ("isbn", "issn") else element, "identifier", self.text(field), type=kind
                )
        if "eprint" in self.fields and self.fields.get("eprinttype", "").lower() == "arxiv":
            _child(element, "identifier", self.text("eprint"), type="arxiv")

    def event(self) -> None:
        if "eventtitle" in self.fields:
            name = _child(self.element, "name", type="conference")
            _child(name, "namePart", self.text("eventtitle"))
            if "eventdate" in self.fields:
                _child(name, "namePart", self.text("eventdate"), type="date")


def _name(element: Any, person: Person) -> Any:
    name = _child(element, "name", type="corporate" if person.organisation else "personal")
    if person.whole:
        _child(name, "namePart", person.whole)
    family = f"{person.prefix} {person.family}" if person.prefix else person.family
    parts: Iterable[tuple[str, str]] = (
        ("family", family),
        ("given", person.given),
        ("termsOfAddress", person.suffix),
    )
    for kind, text in parts:
        if text:
            _child(name, "namePart", text, type=kind)
    if person.orcid:
        _child(name, "nameIdentifier", f"https://orcid.org/{person.orcid}", type="orcid")
    return name


def _dates(info: Any, date: Date) -> None:
    attributes = _CIRCA if date.circa or date.uncertain else {}
    if date.end is not None and date.year is not None and not date.unspecified:
        start = str(date.start).rstrip("~?%")
        _child(info, "dateIssued", start, encoding="w3cdtf", point="start", **attributes)
        _child(info, "dateIssued", str(date.end).rstrip("~?%"), encoding="w3cdtf", point="end")
    elif date.season or date.unspecified or date.is_range:
        _child(info, "dateIssued", str(date), encoding="edtf")
    else:
        _child(info, "dateIssued", str(date).rstrip("~?%"), encoding="w3cdtf", **attributes)
