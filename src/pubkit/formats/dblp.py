"""DBLP's XML: the whole `dblp.xml`, or the file of a record, a person or a search.

Source: dblp.dtd. Its entities (`&uuml;`) are HTML's and are known without the DTD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.dblp import DBLP, HIT, HIT_KINDS, RECORDS
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import unmapped
from pubkit.formats.xmlrecords import read_xml, stream_xml
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi
from pubkit.model.library import Library
from pubkit.model.source import Document, Stream

_TITLE = "DBLP"
_SITE = "https://dblp.org/"
_HOMONYM = re.compile(r" \d{4}$")
_HITS = re.compile(r"<hits\b[^<>]*\btotal=|<completions\b")
_OF_HITS = frozenset(("authors", "key", "access", "score", "url"))
_ROOTS = frozenset(("dblp", "dblpperson", "dblpstreams"))
_RECORD = re.compile(
    r'<(?:article|inproceedings|proceedings|book|incollection|phdthesis|www|data)\s[^<>]*\bkey="'
)
_LOOK = 65_536
_ELEMENTS = RECORDS | {HIT}


def sniff(text: str) -> float:
    """Say how surely a text is DBLP's XML.

    >>> sniff('<?xml version="1.0"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp><article key="journals/x/Doe20">')
    0.95
    """
    name, _ = xml.root(text)
    if name in _ROOTS:
        return 0.95
    if name == "result" and _HITS.search(text, 0, _LOOK):
        return 0.95
    return 0.9 if name in RECORDS and _RECORD.search(text, 0, _LOOK) else 0.0


def read(document: Document) -> Library:
    """Read DBLP's XML; home pages of people, which DBLP keeps among the publications, are passed over.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_xml(document, _ELEMENTS, _entry)


def stream(source: Stream, findings: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the entries of the whole `dblp.xml`, which is larger than memory."""
    return stream_xml(source, _ELEMENTS, _entry, findings)


def _entry(element: Any, findings: list[Diagnostic]) -> Entry | None:
    key = element.get("key", "")
    if element.tag == HIT:
        key = xml.text(element, "key")
        if not key and not xml.text(element, "title"):
            return None  # of a search for people or venues
        for author in element.findall("authors/author"):
            element.append(author)
    if element.tag == "www" and (not key or key.startswith("homepages/")):
        return None
    people: dict[str, list[Person]] = {"author": [], "editor": []}
    values: dict[str, list[str]] = {}
    fields: dict[str, str] = {}
    links: list[str] = []
    for child in element:
        name = child.tag
        text = ("".join(child.itertext()) if len(child) else child.text or "").strip()
        if not text:
            continue
        if name in people:
            people[name].append(Person(whole=_HOMONYM.sub("", text), orcid=child.get("orcid", "")))
        elif name == "title":
            title = xml.source(child)
            fields["title"] = title[:-1] if title.endswith(".") and not title.endswith("..") else title
        elif name == "ee":
            links.append(text)
        elif name == "note" and child.get("type"):
            values.setdefault(f"note {child.get('type')}", []).append(text)
        else:
            values.setdefault(name, []).append(text)
    year, month = xml.text(element, "year"), xml.text(element, "month")
    if date := date_source(f"{month} {year}".strip()) or date_source(year):
        fields["date"] = date
    elif year:
        fields["year"] = latex.escape(year)
    for field, members in people.items():
        fields.update(people_fields(field, members))
    left: dict[str, list[str]] = {}
    _link(links, fields, left)
    values.pop("url", None)  # the place of the record in DBLP's own tables of contents
    if "crossref" in values:
        values["crossref"] = [f"DBLP:{values['crossref'][0]}"]
    kind = "data" if element.get("publtype") == "data" else element.tag
    if kind == HIT:
        kind = HIT_KINDS.get(values.pop("type", [""])[0], "")
        values = {name: texts for name, texts in values.items() if name not in _OF_HITS}
        if venue := values.pop("venue", None):
            values["journal" if kind == "article" else "booktitle"] = venue
        if doi := normalize_doi(values.pop("doi", [""])[0]):
            fields.setdefault("doi", doi)
    if kind == "article" and values.get("journal") == ["CoRR"]:
        number = normalize_arxiv(values.get("volume", [""])[0].removeprefix("abs/"))
        if number:
            fields.update({"eprint": number, "eprinttype": "arxiv"})
            values = {name: texts for name, texts in values.items() if name not in ("journal", "volume")}
            kind = "www"
    is_edited = kind == "book" and "author" not in fields and "editor" in fields
    made = DBLP.read(kind, values, fields, type="collection" if is_edited else "")
    entry = Entry(made.type, f"DBLP:{key}" if key else "", made.fields)
    return unmapped(entry, {**left, **made.unmapped}, _TITLE, findings)


def _link(links: list[str], fields: dict[str, str], left: dict[str, list[str]]) -> None:
    """Sort the electronic editions: a DOI is one, the first other address is the address."""
    for link in links:
        doi = normalize_doi(link) if "doi.org/" in link else None
        if doi and fields.setdefault("doi", doi) == doi:
            continue
        address = link if "://" in link else f"{_SITE}{link}"
        if fields.setdefault("url", address) != address:
            left.setdefault("ee", []).append(link)


DBLP_XML = Format(name="dblp", title="DBLP XML", extensions=(".xml",), sniff=sniff, read=read, stream=stream)
