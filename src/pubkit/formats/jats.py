"""JATS: the reference list of a journal article, marked up part by part or as printed.

Source: JATS 1.3 (NISO Z39.96). A citation whose parts are marked is read by them; one that is only text is
read by the reference labeller, and that is told.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks.bibtex_tables import PUBSTATES
from pubkit.crosswalks.csl_tables import GENRES_BACK
from pubkit.crosswalks.jats import GROUPS, JATS
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.formats.trees import date_of, pages_of
from pubkit.formats.xmlrecords import read_xml
from pubkit.markup import latex
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_pmcid
from pubkit.model.library import Library
from pubkit.model.pages import parse_pages
from pubkit.model.source import Document

_TITLE = "JATS"
_LOOK = 65_536
_SIGN = re.compile(r"<(?:element-citation|mixed-citation|nlm-citation)\b")
_ROOTS = frozenset(("article", "ref-list", "back", "book", "pmc-articleset"))
_CITATIONS = frozenset(("element-citation", "mixed-citation", "nlm-citation", "citation", "product"))
_NAMES = frozenset(
    ("name", "string-name", "collab", "anonymous", "etal", "on-behalf-of", "name-alternatives")
)
_TITLES = ("article-title", "chapter-title", "data-title", "part-title")
_CONTAINERS = {
    "article": "journaltitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "online": "organization",
    "dataset": "publisher",
}
_APART = frozenset(
    (
        *_NAMES,
        *_TITLES,
        *("person-group", "source", "year", "month", "day", "season", "date", "fpage", "lpage", "page-range"),
        *(
            "date-in-citation",
            "conf-date",
            "trans-source",
            "ext-link",
            "string-date",
            "supplement",
            "inline-graphic",
        ),
    )
)
_YEAR = re.compile(r"(?<!\d)([12][0-9]{3})(?!\d)")


def sniff(text: str) -> float:
    """Say how surely a text is JATS with references.

    >>> sniff('<ref-list><ref id="b1"><element-citation publication-type="journal">')
    0.95
    """
    name, _ = xml.root(text)
    if name == "ref-list" or name in ("element-citation", "mixed-citation", "ref"):
        return 0.95
    if name not in _ROOTS:
        return 0.0
    return 0.95 if _SIGN.search(text) else 0.3 if name == "article" else 0.0


def read(document: Document) -> Library:
    """Read the references of a JATS document, not the article itself.

    Args:
        document: The input.

    Returns:
        The references in order; `library.diagnostics` tells what was left out or guessed.
    """
    return read_xml(document, ("ref",), _entries)


def _entries(element: Any, findings: list[Diagnostic]) -> list[Entry]:
    key = element.get("id", "")
    citations = _citations(element)
    entries: list[Entry] = []
    for number, citation in enumerate(citations):
        own = key if not number else f"{key}-{chr(ord('a') + number % 26)}" if key else ""
        if (entry := _entry(citation, own, findings)) is not None:
            entries.append(entry)
    if not entries and (text := xml.text(element)):
        entries.append(_guessed(element, key, text, findings))
    return entries


def _citations(element: Any) -> list[Any]:
    """Return the citations of a reference; of alternatives the one whose parts are marked."""
    found: list[Any] = []
    for child in element:
        if child.tag == "citation-alternatives":
            choices = [one for one in child if one.tag in _CITATIONS]
            choices.sort(key=lambda one: one.tag != "element-citation")
            found.extend(choices[:1])
        elif child.tag in _CITATIONS:
            found.append(child)
    return found


def _entry(citation: Any, key: str, findings: list[Diagnostic]) -> Entry | None:
    if not _is_marked(citation):
        text = xml.text(citation)
        return _guessed(citation, key, text, findings) if text else None
    fields: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    _people(citation, fields)
    for part in citation.iter():
        if part is citation or not isinstance(part.tag, str) or _is_inside(part, citation):
            continue
        _value(part, values)
    kind = (
        citation.get("publication-type")
        or citation.get("citation-type")
        or citation.get("content-type")
        or ""
    ).lower()
    entry_type = _titles(citation, kind, fields)
    _dates(citation, fields)
    _pages(citation, fields)
    _links(citation, values, fields)
    _comments(entry_type, values, fields)
    made = JATS.read(kind, values, fields, type=entry_type)
    entry = Entry(made.type, key, made.fields)
    if not made.known and kind:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, made.unmapped, _TITLE, findings)


def _is_marked(citation: Any) -> bool:
    """Whether the parts of a citation are marked, so that they need no guess."""
    marked = {part.tag for part in citation.iter() if isinstance(part.tag, str)}
    if citation.tag == "element-citation":
        return True
    has_title = bool(marked & {*_TITLES, "source"})
    return has_title and bool(marked & {"year", "date", "volume", "fpage", *_NAMES, "person-group"})


def _is_inside(part: Any, citation: Any) -> bool:
    """Whether a part stands in another one that is read as a whole."""
    above = part.getparent()
    while above is not None and above is not citation:
        if above.tag in _APART or above.tag in _LEAVES:
            return True
        above = above.getparent()
    return False


_LEAVES = frozenset(
    ("comment", "annotation", "trans-title", "edition", "publisher-name", "institution", "series", "uri")
)


def _value(part: Any, values: dict[str, list[str]]) -> None:
    name = part.tag
    if name in _APART or name in xml.INLINE or name == "label":
        return
    text = " ".join("".join(part.itertext()).split()).strip()
    if not text:
        return
    if name == "pub-id":
        name = f"pub-id.{(part.get('pub-id-type') or 'other').lower()}"
        text = _identifier(name, text)
    elif name == "size":
        if part.get("units") not in ("page", "pages"):
            return
    elif name == "article-number":
        name = "elocation-id"
    values.setdefault(name, []).append(text)


def _identifier(name: str, text: str) -> str:
    if name == "pub-id.doi":
        return normalize_doi(text) or text
    if name in ("pub-id.pmc", "pub-id.pmcid"):
        return normalize_pmcid(text) or text
    if name == "pub-id.arxiv":
        return normalize_arxiv(text) or text
    return text


def _guessed(element: Any, key: str, text: str, findings: list[Diagnostic]) -> Entry:
    """Read a citation that is only text."""
    from pubkit.formats.paperlist.reference import read_reference

    entry = read_reference(text).entry(key).with_extra(text=text)
    fields = dict(entry.fields)
    for part in element.iter("pub-id"):
        name = {"doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "pmc": "pmcid"}.get(
            (part.get("pub-id-type") or "").lower(), ""
        )
        if name and (value := xml.text(part)):
            fields.setdefault(name, _identifier(f"pub-id.{name}", value))
    message = "the parts of the reference are not marked; they were read by the labeller"
    place = Location(line=xml.line(element), key=key)
    findings.append(Diagnostic("PK454", message, Severity.INFO, place, "look at the fields"))
    return Entry(entry.type, key, fields, entry.extra)


# -- parts ---------------------------------------------------------------------------------------------


def _people(citation: Any, fields: dict[str, str]) -> None:
    groups: dict[str, tuple[str, list[Person], bool]] = {}
    holders = [(one, one.get("person-group-type") or "author") for one in citation.iter("person-group")]
    holders.append((citation, "author"))
    for holder, kind in holders:
        field, role = GROUPS.get(kind.lower(), ("editora", kind.lower().replace("-", "")))
        _, people, others = groups.get(field, ("", [], False))
        for part in holder:
            if part.tag in ("name", "string-name"):
                people.append(_person(part))
            elif part.tag == "name-alternatives":
                people.extend(_person(one) for one in list(part)[:1])
            elif part.tag in ("collab", "on-behalf-of"):
                name = " ".join(
                    filter(None, [part.text or "", *(xml.text(one) for one in part.iter("institution"))])
                )
                people.append(Person(whole=name.strip() or xml.text(part), organisation=True))
            elif part.tag == "etal":
                others = True
        groups[field] = (role, people, others)
    for field, (role, people, others) in groups.items():
        made = people_fields(field, people, others=others)
        fields.update(made)
        if made and role:
            fields[f"{field}type"] = role


def _person(part: Any) -> Person:
    family, given = xml.text(part, "surname"), xml.text(part, "given-names")
    if not family and not given:
        return Person(whole=xml.text(part))
    return Person(
        family,
        given,
        xml.text(part, "prefix") if xml.text(part, "prefix").islower() else "",
        xml.text(part, "suffix"),
    )


def _titles(citation: Any, kind: str, fields: dict[str, str]) -> str:
    """Read titles; return the entry type where they tell more than the kind."""
    known = JATS.kind_of(kind)
    entry_type = known.type if known else "misc"
    titles = {name: xml.source(citation, f".//{name}") for name in _TITLES}
    source = _WHOLE_MARKED.sub(r"\1", xml.source(citation, ".//source"))
    own = titles["article-title"] or titles["data-title"] or titles["chapter-title"]
    if titles["article-title"] and titles["chapter-title"]:
        fields["titleaddon"] = titles["chapter-title"]
    if not known and own and source:
        entry_type = "article"
    if entry_type == "book" and own and source:
        entry_type = "incollection"
    if titles["part-title"] and not own:
        own = titles["part-title"]
    if own:
        fields["title"] = _bare(own)
        container = _CONTAINERS.get(
            entry_type, "series" if entry_type in ("report", "thesis") else "booktitle"
        )
        if source and source != own:
            fields[container] = _bare(source)
    elif source:
        is_whole = entry_type in ("article", "incollection", "inproceedings") and entry_type != "article"
        fields["journaltitle" if entry_type == "article" else "title"] = _bare(source)
        if is_whole:
            entry_type = "book" if entry_type == "incollection" else "proceedings"
    if entry_type == "book" and "author" not in fields and "editor" in fields:
        entry_type = "collection"
    if translated := xml.source(citation, ".//trans-source"):
        fields.setdefault("booktitleaddon" if "booktitle" in fields else "titleaddon", translated)
    return entry_type


def _bare(source: str) -> str:
    return source.rstrip(" ,;:").removesuffix(".") if not source.endswith("..") else source


def _dates(citation: Any, fields: dict[str, str]) -> None:
    year = citation.find(".//year")
    text = ""
    if year is not None:
        text = date_of(year.get("iso-8601-date") or "") or ""
        found = _YEAR.search(xml.text(year))
        if found and len(text) <= len("2020"):  # the attribute has the year, or nothing
            month = xml.text(citation, ".//month") or xml.text(citation, ".//season")
            text = date_of(found[1], month, xml.text(citation, ".//day")) or text
        elif not text and (said := xml.text(year)):
            state = PUBSTATES.get(said.lower().strip("()[]. "), "")
            fields["pubstate" if state else "year"] = state or latex.escape(said)
    if not text and (iso := citation.find(".//date")) is not None:
        text = date_of(iso.get("iso-8601-date") or xml.text(iso))
    if not text and (whole := xml.text(citation, ".//string-date")):
        text = date_of(whole)
    if text:
        fields["date"] = text
    if (accessed := citation.find(".//date-in-citation")) is not None:
        iso_date = accessed.get("iso-8601-date") or ""
        if date := parse_date(iso_date) or parse_date(date_of(xml.text(accessed))):
            fields["urldate"] = str(date)
    if event := xml.text(citation, ".//conf-date"):
        fields["eventdate"] = date_of(event)
        if not fields["eventdate"]:
            fields.pop("eventdate")
            fields["eventtitleaddon"] = latex.escape(event)


def _pages(citation: Any, fields: dict[str, str]) -> None:
    first, last = xml.text(citation, ".//fpage"), xml.text(citation, ".//lpage")
    whole = xml.text(citation, ".//page-range")
    source = latex.escape(whole) if whole and (not first or "," in whole) else pages_of(first, last)
    if source:
        pages = parse_pages(source)
        fields["pages"] = str(pages) if pages.ranges else source


# A journal set in italics throughout: that is the style of the printed list.
_WHOLE_MARKED = re.compile(r"^\\(?:emph|textbf)\{([^{}]*)\}$")
_DOI_COMMENT = re.compile(r"doi:?\s*(10\.\S+)", re.IGNORECASE)


def _comments(entry_type: str, values: dict[str, list[str]], fields: dict[str, str]) -> None:
    """Read what older files keep in comments: the DOI, and of a thesis which one it is, and where."""
    left: list[str] = []
    for text in values.pop("comment", []):
        found = _DOI_COMMENT.fullmatch(text.strip(" ."))
        genre = GENRES_BACK.get(text.strip("[]() .").casefold(), "") if entry_type == "thesis" else ""
        if found and "pub-id.doi" not in values and (doi := normalize_doi(found[1])):
            values["pub-id.doi"] = [doi]
        elif genre and "type" not in fields:
            fields["type"] = genre
        else:
            left.append(text)
    if left:
        values["comment"] = left
    if entry_type == "thesis" and "publisher-name" in values and "institution" not in values:
        values["institution"] = values.pop("publisher-name")


def _links(citation: Any, values: dict[str, list[str]], fields: dict[str, str]) -> None:
    for link in citation.iter("ext-link"):
        href = next((text for name, text in link.attrib.items() if name.endswith("href")), "") or xml.text(
            link
        )
        kind = (link.get("ext-link-type") or "").lower()
        if kind in ("pmid", "pubmed"):
            values.setdefault("pub-id.pmid", [href])
        elif kind in ("doi",) or "doi.org/" in href:
            values.setdefault("pub-id.doi", [normalize_doi(href) or href])
        elif href:
            values.setdefault("uri", []).insert(0, href)
    if "uri" in values and (doi := normalize_doi(values["uri"][0])) and "doi.org" in values["uri"][0]:
        values.setdefault("pub-id.doi", [doi])
        del values["uri"]
    if "pub-id.pmc" in values:
        values.setdefault("pub-id.pmcid", values.pop("pub-id.pmc"))
    if "pub-id.arxiv" in values:
        fields["eprinttype"] = "arxiv"


JATS_XML = Format(
    name="jats", title="JATS reference lists", extensions=(".xml", ".nxml"), sniff=sniff, read=read
)
