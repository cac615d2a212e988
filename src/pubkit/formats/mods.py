"""MODS: records of libraries, of JabRef, Zotero and bibutils. This file reads; `mods_writing` writes.

Source: MODS 3.8 user guidelines (Library of Congress); older versions are read as well.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks import mods as tables
from pubkit.crosswalks.forms import keywords_source
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.formats.losses import unmapped
from pubkit.formats.mods_parts import (
    date_of_record,
    has_title,
    item_of,
    item_source,
    language_of,
    name_part,
    name_text,
    person_of_name,
    place_of,
    related,
    title_of,
)
from pubkit.formats.trees import date_of, pages_of
from pubkit.formats.xmlrecords import read_xml
from pubkit.markup import latex
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi
from pubkit.model.library import Library
from pubkit.model.pages import parse_pages
from pubkit.model.source import Document

TITLE = "MODS"
_SURE = frozenset(("mods", "modsCollection"))
_LOOK = 65_536
_TOTAL = re.compile(r"(\d+)\s*(?:p\b|pages\b|pp\b|S\.|Seiten\b)", re.IGNORECASE)
_EDITORS = ("editor", "editora", "editorb", "editorc")


def sniff(text: str) -> float:
    """Say how surely a text is MODS.

    >>> sniff('<mods:modsCollection xmlns:mods="http://www.loc.gov/mods/v3">')
    0.95
    """
    name, attributes = xml.root(text)
    if name in _SURE:
        return 0.95
    return 0.9 if name and "loc.gov/mods" in attributes + text[:_LOOK] and "mods>" in text[:_LOOK] else 0.0


def read(document: Document) -> Library:
    """Read MODS.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_xml(document, ("mods",), lambda element, findings: _Reading(element).entry(findings))


class _Reading:
    """The way of one record: the work itself, then the whole that it stands in."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.fields: dict[str, str] = {}
        self.left: dict[str, list[str]] = {}
        self.type = ""
        self.hosts = list(related(element, "host"))

    def entry(self, findings: list[Diagnostic]) -> Entry:
        element, fields = self.element, self.fields
        self.type = self.kind()
        self.titles(element)
        self.people(element, "")
        self.texts(element)
        self.origin(element)
        self.numbers(element)
        self.identifiers(element)
        for number, host in enumerate(self.hosts):
            self.host(host, number)
        for series in (
            *related(element, "series"),
            *(s for host in self.hosts for s in related(host, "series")),
        ):
            self.series(series)
        for original in related(element, "original"):
            self.put("origtitle", xml.source(original, "titleInfo/title"), "original.title")
            self.put("origdate", date_of_record(original), "original.date")
            self.put("origpublisher", xml.source(original, "originInfo/publisher"), "original.publisher")
            self.put("origlocation", place_of(original), "original.place")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in tables.READ and child.tag not in tables.SILENT:
                self.miss(child.tag, xml.text(child))
        if self.type == "book" and "author" not in fields and "editor" in fields:
            self.type = "collection"
        key = self.key()
        return unmapped(Entry(self.type, key, fields), self.left, TITLE, findings)

    # -- helpers ----------------------------------------------------------------------------------

    def put(self, field: str, source: str, name: str) -> None:
        """Set a field; what finds it taken by something else is told."""
        if source and self.fields.setdefault(field, source) != source:
            self.miss(name, source)

    def miss(self, name: str, text: str) -> None:
        if text:
            self.left.setdefault(name, []).append(text)

    def key(self) -> str:
        for one in self.element.iterfind("identifier"):
            if (one.get("type") or "").lower() in ("citekey", "citation key"):
                return xml.text(one)
        return self.element.get("ID") or ""

    def kind(self) -> str:
        """Return the entry type that genres, the whole and the type of resource tell."""
        genres = [xml.text(one).lower() for one in self.element.iterfind("genre")]
        for genre in genres:
            if genre in tables.GENRES:
                if genre in tables.SUBTYPES:
                    self.fields["entrysubtype"] = tables.SUBTYPES[genre]
                if genre in tables.THESES:
                    self.fields["type"] = tables.THESES[genre]
                found = tables.GENRES[genre]
                if found == "proceedings" and self.hosts and has_title(self.hosts[0]):
                    return "inproceedings"
                return found
        for genre in genres:
            self.miss("genre", genre)
        if self.hosts and has_title(self.hosts[0]):
            return self.kind_in_host(self.hosts[0])
        resource = xml.text(self.element, "typeOfResource").lower()
        if resource in tables.RESOURCES_BACK:
            return tables.RESOURCES_BACK[resource]
        if xml.text(self.element, "originInfo/issuance").lower() in ("monographic", "single unit"):
            return "book"
        if xml.text(self.element, "originInfo/issuance").lower() in ("continuing", "serial"):
            return "periodical"
        return "misc"

    def kind_in_host(self, host: Any) -> str:
        genres = {xml.text(one).lower() for one in host.iterfind("genre")}
        if (
            genres & {"conference publication", "proceedings"}
            or host.find("name[@type='conference']") is not None
        ):
            return "inproceedings"
        if genres & {"encyclopedia", "dictionary"}:
            return "inreference"
        if genres & {"academic journal", "periodical", "journal", "magazine", "newspaper"}:
            if "newspaper" in genres:
                self.fields["entrysubtype"] = "newspaper"
            return "article"
        kinds = {(one.get("type") or "").lower() for one in host.iterfind("identifier")}
        if "isbn" in kinds or genres & {"book", "collection"}:
            return "incollection"
        issuance = xml.text(host, "originInfo/issuance").lower()
        return "article" if issuance in ("continuing", "serial", "") or "issn" in kinds else "incollection"

    # -- the work ---------------------------------------------------------------------------------

    def titles(self, element: Any) -> None:
        for info in element.iterfind("titleInfo"):
            kind = (info.get("type") or "").lower()
            title = title_of(info)
            if not kind or (kind == "uniform" and "title" not in self.fields):
                self.put("title", title, "titleInfo")
                self.put("subtitle", xml.source(info, "subTitle"), "titleInfo.subTitle")
                part = ". ".join(filter(None, (xml.source(info, "partNumber"), xml.source(info, "partName"))))
                self.put("part" if part.isdecimal() else "titleaddon", part, "titleInfo.part")
            elif kind == "abbreviated":
                self.put("shorttitle", title, "titleInfo abbreviated")
            elif kind in ("translated", "alternative"):
                self.put("titleaddon", title, f"titleInfo {kind}")
            else:
                self.miss(f"titleInfo {kind}", title)

    def people(self, element: Any, level: str) -> None:
        """Read the people and bodies of the work (level "") or of the whole."""
        people: dict[str, list[Person]] = {}
        others: set[str] = set()
        for one in element.iterfind("name"):
            said = [xml.text(term).lower().rstrip(".") for term in one.iterfind("role/roleTerm")]
            person = person_of_name(one)
            is_body = (one.get("type") or "") == "corporate"
            body = next((tables.BODIES[role] for role in said if role in tables.BODIES), "")
            if (one.get("type") or "") == "conference":
                self.put("eventtitle", latex.escape(name_text(one)), "name conference")
                date = parse_date(name_part(one, "date"))
                self.put("eventdate", str(date) if date else "", "name conference date")
                continue
            if body and is_body and not any(role in tables.ROLES for role in said):
                self.put(body, item_of(person.whole), f"name {said[0]}")
                continue
            slot = next((tables.ROLES[role] for role in said if role in tables.ROLES), "")
            role = next(
                (tables.EDITOR_ROLES_BACK[one] for one in said if one in tables.EDITOR_ROLES_BACK), ""
            )
            slot = slot or (f"editor:{role}" if role else "author")
            if said and not role and not any(one in tables.ROLES for one in said):
                self.miss("name role", said[0])
            if level and slot == "author":
                slot = "bookauthor"
            if one.find("etal") is not None:
                others.add(slot)
            people.setdefault(slot, []).append(person)
        free = [name for name in _EDITORS if name not in people and name not in self.fields]
        for slot, members in people.items():
            name, _, role = slot.partition(":")
            if role and free:
                name = free.pop(0)
                self.fields[f"{name}type"] = role
            made = people_fields(name, members, others=slot in others)
            if name in self.fields and made and self.fields[name] != made.get(name):
                self.miss(f"{level}name {name}".strip(), made.get(name, ""))
            else:
                self.fields.update(made)

    def texts(self, element: Any) -> None:
        fields = self.fields
        paragraphs = [xml.source(one) for one in element.iterfind("abstract")]
        self.put("abstract", "\n\n".join(filter(None, paragraphs)), "abstract")
        self.put("contents", xml.source(element, "tableOfContents"), "tableOfContents")
        self.put("license", xml.source(element, "accessCondition"), "accessCondition")
        notes: dict[str, list[str]] = {}
        for one in element.iterfind("note"):
            kind = (one.get("type") or "").lower()
            if source := xml.source(one):
                field = tables.NOTES_BACK.get(kind, "")
                if field:
                    notes.setdefault(field, []).append(source)
                else:
                    self.miss(f"note {kind}", source)
        for field, sources in notes.items():
            self.put(field, ", ".join(sources), "note")
        words = [
            xml.text(part)
            for subject in element.iterfind("subject")
            for part in subject
            if isinstance(part.tag, str) and part.tag not in ("cartographics", "hierarchicalGeographic")
        ]
        if words := [word for word in words if word]:
            fields["keywords"] = keywords_source([f"{word};" for word in words])
        self.languages(element)
        for one in element.iterfind("location"):
            url = one.find("url")
            if url is not None and xml.text(url):
                self.put("url", xml.text(url), "location.url")
                date = parse_date(url.get("dateLastAccessed") or "")
                self.put("urldate", str(date) if date else "", "location.url.date")
            where = [xml.source(one, "physicalLocation"), xml.source(one, "shelfLocator")]
            self.put("library", ", ".join(filter(None, where)), "location.physicalLocation")

    def languages(self, element: Any) -> None:
        found: list[str] = []
        for one in element.iterfind("language"):
            terms = sorted(one.iterfind("languageTerm"), key=lambda term: term.get("type") != "code")
            said = [xml.text(term) for term in terms] or [xml.text(one)]
            name = next((name for text in said if (name := language_of(text))), "")
            if name or said[0]:
                found.append(name or latex.escape(said[0]))
        if found and language_of(found[0]):
            self.put("langid", found[0], "language")
            found = [*found] if len(found) > 1 else []
        if found:
            self.put("language", " and ".join(dict.fromkeys(found)), "language")

    def origin(self, element: Any, *, is_host: bool = False) -> None:
        for info in element.iterfind("originInfo"):
            publisher = [xml.source(one) for one in info.iterfind("publisher")]
            publisher += [xml.source(one, "namePart") for one in info.iterfind("agent")]
            made = " and ".join(map(item_source, filter(None, publisher)))
            if made and self.fields.get("publisher", made) != made:  # that of a name with this role
                self.miss("name.publisher", self.fields.pop("publisher"))
            self.put("publisher", made, "originInfo.publisher")
            edition = xml.source(info, "edition")
            self.put("edition", edition, "originInfo.edition")
        self.put("location", place_of(element), "originInfo.place")
        date = date_of_record(element)
        if date and is_host and "date" in self.fields:
            return  # the whole is dated as well, and the part's date counts
        self.put("date", date, "originInfo.date")

    def numbers(self, element: Any) -> None:
        """Read volume, issue and pages of the part, and the extent of the whole work."""
        for part in element.iterfind("part"):
            for detail in part.iterfind("detail"):
                kind = (detail.get("type") or "").lower()
                field = tables.DETAILS_BACK.get(kind, "")
                number = xml.source(detail, "number") or xml.source(detail, "caption")
                if field == "number" and number and "number" in self.fields and "issue" not in self.fields:
                    field = "issue"
                if field:
                    self.put(field, number, f"part.{kind}")
                else:
                    self.miss(f"part {kind}".strip(), number)
                if kind == "issue":
                    self.put("issuetitle", xml.source(detail, "title"), "part.issue.title")
            for extent in part.iterfind("extent"):
                self.pages(extent)
            date = date_of(xml.text(part, "date"))
            if date and date.startswith(self.fields.get("date", date)):
                self.fields["date"] = date
        for extent in element.iterfind("physicalDescription/extent"):
            total = xml.text(extent, "total")
            text = total or xml.text(extent)
            unit = (extent.get("unit") or "").lower()
            if unit.startswith("vol"):
                self.put("volumes", text, "extent")
            elif text.isdecimal() and (total or unit.startswith("page")):
                self.put("pagetotal", text, "extent")
            elif found := _TOTAL.search(text):
                self.put("pagetotal", found[1], "extent")
            else:
                self.miss("extent", text)

    def pages(self, extent: Any) -> None:
        first, last = xml.text(extent, "start"), xml.text(extent, "end")
        text = latex.escape(xml.text(extent, "list")) or pages_of(first, last)
        if text:
            pages = parse_pages(text)
            self.put("pages", str(pages) if pages.ranges else text, "part.extent")
        total = xml.text(extent, "total")
        in_host = extent.getparent().getparent().tag == "relatedItem"
        if total and not text and not extent.get("unit") and in_host:
            self.put("pages", total, "part.extent.total")  # JabRef's way to write one page
        else:
            self.put("pagetotal", total, "part.extent.total")

    def identifiers(self, element: Any) -> None:
        for one in element.iterfind("identifier"):
            kind, text = (one.get("type") or "").lower(), xml.text(one)
            if not text or kind in ("citekey", "citation key") or one.get("invalid") == "yes":
                continue
            field = tables.IDENTIFIERS_BACK.get(kind, "")
            if kind == "doi":
                self.put("doi", normalize_doi(text) or text, "identifier doi")
            elif kind in ("arxiv", "eprint"):
                self.put("eprint", normalize_arxiv(text) or text, f"identifier {kind}")
                if kind == "arxiv" or normalize_arxiv(text):
                    self.put("eprinttype", "arxiv", "identifier")
            elif field:
                if field in ("isbn", "issn"):
                    if field in self.fields:
                        continue  # of several forms of a book the first one counts
                    text = re.sub(r"\s*\([^()]*\)$", "", text)  # "(pbk.)"
                self.put(field, text, f"identifier {kind}")
            elif kind in ("uri", "url") and self.fields.get("url", text) == text:
                self.put("url", text, "identifier uri")
            else:
                self.miss(f"identifier {kind}".strip(), text)

    # -- the whole --------------------------------------------------------------------------------

    def host(self, host: Any, number: int) -> None:
        field = tables.HOSTS.get(self.type, ("maintitle", ""))[0] if not number else "series"
        for info in host.iterfind("titleInfo"):
            kind = (info.get("type") or "").lower()
            title = title_of(info)
            if kind == "abbreviated" and field == "journaltitle":
                self.put("shortjournal", title, "host abbreviated")
            elif kind == "abbreviated":
                self.miss("host abbreviated", title)
            else:
                self.put(field, title, "host.title")
                below = {
                    "journaltitle": "journalsubtitle",
                    "booktitle": "booksubtitle",
                    "maintitle": "mainsubtitle",
                }
                self.put(below.get(field, "titleaddon"), xml.source(info, "subTitle"), "host.subTitle")
        self.people(host, "host ")
        self.origin(host, is_host=True)
        self.numbers(host)
        self.identifiers(host)
        for outer in related(host, "host"):
            self.put("maintitle", xml.source(outer, "titleInfo/title"), "host.host.title")
            self.put("mainsubtitle", xml.source(outer, "titleInfo/subTitle"), "host.host.subTitle")

    def series(self, element: Any) -> None:
        self.put("series", xml.source(element, "titleInfo/title"), "series.title")
        number = xml.source(element, "titleInfo/partNumber") or xml.source(element, "part/detail/number")
        self.put("number", number, "series.number")
