"""From BibLaTeX entries to schema.org, the vocabulary that search engines read.

Source: schema.org's CreativeWork and the types below it; Google Scholar and Google Dataset Search read these.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pubkit.crosswalks.csl_tables import GENRES
from pubkit.crosswalks.forms import keyword_texts
from pubkit.crosswalks.people import Person, people_of
from pubkit.markup.walk import safe_url
from pubkit.model.dates import Date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import canonical_type
from pubkit.model.languages import language_tag
from pubkit.model.names import split_names
from pubkit.model.orcids import orcid_field
from pubkit.model.pages import parse_pages
from pubkit.model.titles import join_title

#: BibLaTeX type → schema.org type.
TYPES: dict[str, str] = {
    "article": "ScholarlyArticle",
    "artwork": "VisualArtwork",
    "audio": "AudioObject",
    "book": "Book",
    "bookinbook": "Chapter",
    "booklet": "Book",
    "collection": "Book",
    "dataset": "Dataset",
    "image": "ImageObject",
    "inbook": "Chapter",
    "incollection": "ScholarlyArticle",
    "inproceedings": "ScholarlyArticle",
    "inreference": "Article",
    "jurisdiction": "CreativeWork",
    "legal": "Legislation",
    "legislation": "Legislation",
    "letter": "Message",
    "manual": "TechArticle",
    "movie": "Movie",
    "music": "MusicRecording",
    "mvbook": "Book",
    "mvcollection": "Book",
    "mvproceedings": "Book",
    "mvreference": "Book",
    "online": "ScholarlyArticle",
    "performance": "CreativeWork",
    "periodical": "Periodical",
    "proceedings": "Book",
    "reference": "Book",
    "report": "Report",
    "review": "Review",
    "software": "SoftwareSourceCode",
    "suppbook": "Chapter",
    "suppcollection": "Chapter",
    "suppperiodical": "ScholarlyArticle",
    "thesis": "Thesis",
    "unpublished": "ScholarlyArticle",
    "video": "VideoObject",
}
#: Name-list field → property.
PEOPLE: dict[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "director": "director",
    "producer": "producer",
    "holder": "copyrightHolder",
}
#: Text field → property, where the value is carried as it is.
TEXTS: dict[str, str] = {
    "title": "name",
    "abstract": "abstract",
    "isbn": "isbn",
    "edition": "bookEdition",
    "pagetotal": "numberOfPages",
    "version": "version",
    "license": "license",
    "repository": "codeRepository",
    "shorttitle": "alternateName",
    "note": "comment",
    "copyright": "copyrightNotice",
}
#: Identifier → address that stands for it.
ADDRESSES: dict[str, str] = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "arxiv": "https://arxiv.org/abs/{}",
}
_JOURNALS = ("article", "periodical", "review", "suppperiodical")


def to_schema_org(entry: Entry) -> tuple[dict[str, Any], frozenset[str]]:
    """Return an entry as a schema.org record.

    Args:
        entry: The entry.

    Returns:
        The record, without `@context`, and the fields of the entry that it holds.

    >>> fields = {"title": "T", "date": "2020-05", "type": "phdthesis"}
    >>> record, _ = to_schema_org(Entry("thesis", "a", fields))
    >>> record["@type"], record["datePublished"], record["inSupportOf"]
    ('Thesis', '2020-05', 'PhD thesis')
    """
    writing = _Writing(entry)
    record = {name: value for name, value in writing.record().items() if value not in ("", None, [], {})}
    return record, frozenset(writing.taken)


class _Writing:
    """The way of one entry; each field that is carried is noted."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.type = canonical_type(entry.type)
        self.taken: set[str] = set()

    def text(self, field: str) -> str:
        value = self.entry.text(field).strip()
        if value:
            self.taken.add(field)
        return " ".join(value.split()) if field != "abstract" else value

    def record(self) -> dict[str, Any]:
        entry = self.entry
        kind = TYPES.get(self.type, "CreativeWork")
        record: dict[str, Any] = {"@type": kind}
        addresses = list(self.addresses())
        if addresses:
            record["@id"] = addresses[0]
        for field, name in TEXTS.items():
            record[name] = self.text(field)
        record["keywords"] = keyword_texts(entry.get("keywords", ""))
        if record["keywords"]:
            self.taken.add("keywords")
        if url := safe_url(entry.get("url", "")):
            record["url"] = url
            self.taken.add("url")
        if subtitle := self.text("subtitle"):
            record["name"] = join_title(record["name"], subtitle)
        for field, name in PEOPLE.items():
            record[name] = self.people(field)
        record["datePublished"] = self.date("date") or self.date("year")
        record["isBasedOn"] = self.original()
        if tag := language_tag(entry.get("langid", "")):
            record["inLanguage"] = tag
            self.taken.add("langid")
        record["publisher"] = self.publisher()
        record["sourceOrganization"] = self.bodies("institution") or self.bodies("organization")
        if "type" in entry and kind in ("Thesis", "Report"):
            word = self.text("type")
            word = GENRES.get(word.lower(), word)
            record["inSupportOf" if kind == "Thesis" else "additionalType"] = word
        if kind == "Report":
            record["reportNumber"] = self.text("number")
        record["identifier"] = addresses[0] if len(addresses) == 1 else addresses
        self.pages(record)
        self.whole(record)
        self.event(record)
        return record

    def addresses(self) -> Iterator[str]:
        """Yield addresses that stand for the work, the best one first."""
        entry = self.entry
        if entry.doi:
            self.taken.add("doi")
            yield ADDRESSES["doi"].format(entry.doi)
        for field in ("pmid", "pmcid"):
            if number := self.text(field):
                yield ADDRESSES[field].format(number)
        if entry.get("eprinttype", "").lower() == "arxiv" and (number := self.text("eprint")):
            self.taken.update(("eprinttype", "eprintclass"))
            yield ADDRESSES["arxiv"].format(number)

    def people(self, field: str) -> list[dict[str, Any]]:
        people = [_person(person) for person in people_of(self.entry.fields, field)]
        if people:
            self.taken.update((field, orcid_field(field)))
        return people

    def date(self, field: str) -> str:
        """Return a date as ISO 8601 has it; a range as an interval."""
        date = parse_date(self.entry.text(field))
        if date is None or date.year is None:
            return ""
        self.taken.add(field)
        end = _iso(date.end) if date.end is not None else ""
        return f"{_iso(date)}/{end}" if end else _iso(date)

    def original(self) -> dict[str, str]:
        title, date = self.text("origtitle"), self.date("origdate")
        found = {"@type": "CreativeWork", "name": title, "datePublished": date}
        return {name: value for name, value in found.items() if value} if title or date else {}

    def publisher(self) -> Any:
        bodies = self.bodies("publisher")
        location = self.text("location") if bodies else ""
        if location:
            bodies[0]["location"] = location
        return bodies[0] if len(bodies) == 1 else bodies

    def bodies(self, field: str) -> list[dict[str, Any]]:
        if not self.entry.get(field):
            return []
        self.taken.add(field)
        names = (Entry("misc", "", {field: part}).text(field) for part in split_names(self.entry[field]))
        return [{"@type": "Organization", "name": name} for name in names]

    def pages(self, record: dict[str, Any]) -> None:
        source = self.entry.get("pages", "")
        pages = parse_pages(source)
        if pages.ranges:
            self.taken.add("pages")
            record["pagination"] = str(pages).replace("--", "–")
            ends = str(pages).split("--")
            if len(pages.ranges) == 1 and all(ends):
                record["pageStart"], record["pageEnd"] = ends[0], ends[-1]
        elif source:
            record["pagination"] = self.text("pages")
        elif eid := self.text("eid"):
            record["pagination"] = eid

    def whole(self, record: dict[str, Any]) -> None:
        """Say what the work stands in: issue, volume, journal; book and series."""
        volume = self.text("volume")
        if self.type in _JOURNALS and (journal := self.text("journaltitle")):
            part: dict[str, Any] = {"@type": "Periodical", "name": journal}
            if issn := self.text("issn"):
                part["issn"] = issn
            if short := self.text("shortjournal"):
                part["alternateName"] = short
            if volume:
                part = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": part}
            if number := self.text("number"):
                part = {"@type": "PublicationIssue", "issueNumber": number, "isPartOf": part}
            record["isPartOf"] = part
            return
        parts: list[dict[str, Any]] = []
        if title := self.text("booktitle"):
            book: dict[str, Any] = {"@type": "Book", "name": join_title(title, self.text("booksubtitle"))}
            for name in ("isbn", "editor"):
                if record.get(name):
                    book[name] = record.pop(name)
            parts.append(book)
        if title := self.text("maintitle"):
            parts.append({"@type": "Book", "name": title})
        if title := self.text("series"):
            series = {"@type": "BookSeries", "name": title}
            if record["@type"] != "Report" and (number := self.text("number")):
                series["position"] = number
            if issn := self.text("issn"):
                series["issn"] = issn
            parts.append(series)
        if volume and parts:
            parts[0]["volumeNumber"] = volume
        elif volume:
            record["volumeNumber"] = volume
        for inner, outer in pairwise(parts):
            inner["isPartOf"] = outer
        if parts:
            record["isPartOf"] = parts[0]
        elif title := self.text("journaltitle"):
            record["isPartOf"] = {"@type": "Periodical", "name": title}

    def event(self, record: dict[str, Any]) -> None:
        if title := self.text("eventtitle"):
            event = {
                "@type": "Event",
                "name": title,
                "startDate": self.date("eventdate"),
                "location": self.text("venue"),
            }
            record["recordedAt"] = {name: value for name, value in event.items() if value}


def _iso(date: Date) -> str:
    parts = [f"{date.year:04}" if (date.year or 0) >= 0 else f"{date.year:05}"]
    if date.month:
        parts.append(f"{date.month:02}")
        if date.day:
            parts.append(f"{date.day:02}")
    return "-".join(parts)


def _person(person: Person) -> dict[str, Any]:
    orcid = f"https://orcid.org/{person.orcid}" if person.orcid else ""
    if person.whole:
        kind = "Organization" if person.organisation else "Person"
        found = {"@type": kind, "@id": orcid, "name": person.whole}
    else:
        family = " ".join(filter(None, (person.prefix, person.family)))
        found = {
            "@type": "Person",
            "@id": orcid,
            "name": " ".join(filter(None, (person.given, family, person.suffix))),
            "givenName": person.given,
            "familyName": family,
        }
    return {name: value for name, value in found.items() if value}
