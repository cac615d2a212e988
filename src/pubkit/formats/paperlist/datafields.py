"""One record of a list kept as data → an entry.

Its fields have names, so nothing is guessed but the names' meaning, which is a table, and the entry type
where the record does not give it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import islice
from typing import Any

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import kinds, markdown, people
from pubkit.formats.paperlist.authors import name_of
from pubkit.formats.paperlist.citation import added
from pubkit.formats.paperlist.links import link_field
from pubkit.formats.paperlist.namemarks import meaning_of
from pubkit.formats.paperlist.reference import read_reference
from pubkit.formats.paperlist.shapes import status_of
from pubkit.markup.latex import escape, to_text
from pubkit.model import venues
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_isbn, normalize_issn
from pubkit.model.names import Name, format_names
from pubkit.model.source import Document, Source

# What lists call a field; the first name that is there counts, and each name once. "venue" becomes the field
# of the entry type.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "paper_title"),
    "subtitle": ("subtitle",),
    "author": ("author", "authors", "by"),
    "editor": ("editor", "editors"),
    "date": ("date", "year", "releasedate", "published", "pubdate", "publication_date"),
    "venue": ("venue", "journal", "booktitle", "conference", "publication", "publisher", "where", "school"),
    "publisher": ("publisher",),
    "series": ("series",),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "page"),
    "edition": ("edition",),
    "location": ("location", "address", "city"),
    "doi": ("doi",),
    "eprint": ("arxiv", "eprint", "arxiv_id"),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "url": ("url", "link", "paperurl", "website", "paper", "html"),
    "pdf": ("pdf", "url_pdf", "pdf_url", "pdfurl"),
    "code": ("code", "github", "url_code", "codeurl", "repo"),
    "data": ("dataset", "url_dataset"),
    "slides": ("slides", "slidesurl", "url_slides"),
    "video": ("video", "url_video", "youtube"),
    "poster": ("poster", "url_poster"),
    "abstract": ("abstract",),
    "keywords": ("keywords", "tags"),
    "pubstate": ("status", "pubstate", "state"),
    "note": ("note", "award", "awards"),
    "annotation": ("summary", "excerpt", "description", "highlights"),
}
# Names under which records give their kind, and what their values mean: words of CSL, BibTeX, JSON and page
# generators, and the numbers of older versions of Hugo's academic theme.
_KINDS = ("publication_types", "type", "pubtype", "entrytype", "kind", "category")
TYPES: dict[str, str] = {
    **dict.fromkeys(
        ("article", "journal", "journals", "journal-article", "article-journal", "journal-paper"), "article"
    ),
    **dict.fromkeys(("manuscripts", "2"), "article"),
    **dict.fromkeys(
        ("conference", "conferences", "paper-conference", "conference-paper", "inproceedings", "1"),
        "inproceedings",
    ),
    **dict.fromkeys(("proceedings-article", "workshop", "workshops", "workshop-paper"), "inproceedings"),
    **dict.fromkeys(("book", "books", "monograph", "5"), "book"),
    **dict.fromkeys(("chapter", "chapters", "book-chapter", "incollection", "inbook", "6"), "incollection"),
    **dict.fromkeys(("thesis", "theses", "phdthesis", "mastersthesis", "dissertation", "7"), "thesis"),
    **dict.fromkeys(
        ("report", "techreport", "tech-report", "technical-report", "working-paper", "4"), "report"
    ),
    **dict.fromkeys(("preprint", "preprints", "3"), "online"),
    **dict.fromkeys(("patent", "patents", "8"), "patent"),
    **dict.fromkeys(("dataset", "datasets"), "dataset"),
    "software": "software",
}
# What the name of a venue's field says about the entry, where the venue itself does not.
_VENUE_KINDS = {
    "journal": "article",
    "booktitle": "inproceedings",
    "conference": "inproceedings",
    "school": "thesis",
}
# Names that say how a page looks and where it is: nothing about the paper.
PAGE = frozenset(
    (
        "layout",
        "permalink",
        "collection",
        "categories",
        "image",
        "images",
        "img",
        "thumbnail",
        "teaser",
        "header",
        "featured",
        "selected",
        "draft",
        "weight",
        "toc",
        "math",
        "aliases",
        "slug",
        "sitemap",
        "comments",
        "share",
        "classes",
        "redirect_from",
        "publishdate",
        "lastmod",
        "id",
        "order",
        "display",
        "publication_short",
        "projects",
        "profile",
    )
)
# What generators write for the owner of the site.
_OWNER = frozenset(("admin", "me"))
# What the text of a citation, or of a venue, can add to the fields of a record.
_FROM_CITATION = ("author", "volume", "number", "pages")
_FROM_VENUE = frozenset(
    ("journaltitle", "booktitle", "volume", "number", "pages", "eid", "publisher", "location")
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_MARKED = re.compile(r"[*_`<\[]")
# "In *ICML*", and not the journals "In Vitro" and "In Silico Biology".
_IN = re.compile(r"^(?:In:? +(?=[A-ZÀ-Þ0-9])(?!Vi(?:tro|vo)|Si(?:lico|tu))|in: *)")
_NUMBERED = re.compile(r"\d\s?\(\d|\bvol|\bpp?\.|\d\s?:\s?\d|\d\s?[-–]\s?\d|, \d{1,4}\b", re.IGNORECASE)
# The values that have a text of their own.
_PLAIN = (str, int, float, date)
_MARKUP = frozenset(("title", "subtitle", "publisher", "series", "note"))
# How long a value may be to be looked at as Markdown, and how many members of a nested value are shown.
_LONG, _NEAR = 2000, 20
_ADDRESSES = frozenset(("url", "pdf", "code", "data", "slides", "video", "poster"))
_NORMAL: dict[str, Callable[[str], str | None]] = {
    "doi": normalize_doi,
    "eprint": normalize_arxiv,
    "isbn": normalize_isbn,
    "issn": normalize_issn,
}


def entry(
    given: Mapping[str, Any], document: Document, span: tuple[int, int], owner: Name | None
) -> tuple[Entry, list[Diagnostic]]:
    """Make an entry of a record.

    Args:
        given: The record: names in lower case, with underscores → values as YAML or JSON have them.
        document: The list.
        span: Where the record's title stands in it.
        owner: Whose list it is.

    Returns:
        The entry, and what is told about it. What no field holds is in `extra["data"]` under its own name.
    """
    record = _Record(given, document, span[0], owner)
    for field, names in NAMES.items():
        name = next(
            (name for name in names if name not in record.used and given.get(name) not in (None, "", [], {})),
            None,
        )
        if name is not None:
            record.used.add(name)
            record.put(field, name, given[name])
    if "citation" in given and "author" not in record.fields:
        record.used.add("citation")
        record.cite(one_line(given["citation"]))
    links = record.links()
    if "eprint" in record.fields:
        record.fields["eprinttype"] = "arxiv"
    type_ = record.type()
    if "author" not in record.fields:
        record.tell("PK104", "no author in this entry", Severity.WARNING)
    if "date" not in record.fields and "pubstate" not in record.fields:
        record.tell("PK106", "no year in this entry", Severity.WARNING)
    left = {name: one_line(given[name]) or _shown(given[name]) for name in given if name not in record.used}
    extra: dict[str, Any] = {"data": {name: text for name, text in left.items() if text}}
    if links:
        extra["links"] = links
    return Entry(type_, "", record.fields, extra, Source(document, *span)), record.told


class _Record:
    """A record that becomes an entry."""

    def __init__(self, given: Mapping[str, Any], document: Document, start: int, owner: Name | None) -> None:
        self.given = given
        self.fields: dict[str, str] = {}
        self.told: list[Diagnostic] = []
        self.used: set[str] = set()
        self._place = document.location(start)
        self._owner = owner
        self._venue = ""
        self._kind = ""

    def tell(self, code: str, message: str, severity: Severity = Severity.INFO, hint: str = "") -> None:
        self.told.append(Diagnostic(code, message, severity, self._place, hint))

    def put(self, field: str, name: str, value: Any) -> None:
        """Set a field from the value of a name; what cannot be its value is told and stays in the record."""
        text = one_line(value)
        if field in ("author", "editor"):
            self._put_names(field, value)
        elif field == "venue":
            self._venue = _IN.sub("", _without_markup(text))
            self._kind = _VENUE_KINDS.get(name, "")
        elif field == "date":
            self._set("date", str(parse_date(text[:10]) or parse_date(text[:4]) or ""), name, "not a date")
        elif field in _NORMAL:
            self._set(field, _NORMAL[field](text) or "", name, f"no valid {name}")
        elif field in _ADDRESSES:
            if text.startswith(("http://", "https://")):
                self.fields[field] = text
            else:
                self.used.discard(name)  # "files/paper.pdf" leads nowhere outside its site
        elif field == "pages":
            self.fields[field] = re.sub(r"\s?[-–—]{1,3}\s?", "--", text)
        elif field == "pubstate":
            if state := status_of(text):
                self.fields[field] = state
            else:
                self.used.discard(name)  # "status: published"
        elif field == "keywords":
            self.fields[field] = escape(text.replace("; ", ", "))
        else:
            self.fields[field] = escape(_without_markup(text) if field in _MARKUP else text)

    def _set(self, field: str, value: str, name: str, complaint: str) -> None:
        if value:
            self.fields[field] = value
        else:
            self.tell("PK107", f"{complaint}: {one_line(self.given[name])[:60]!r}")
            self.used.discard(name)

    def _put_names(self, field: str, value: Any) -> None:
        names = _names(value)
        if any(str(name).casefold() in _OWNER for name in names):
            if self._owner is None:
                message = "this entry names the owner of the site by a nickname only"
                self.tell("PK109", message, Severity.WARNING, "give owner= (--owner) to add the owner")
            owner = [self._owner] if self._owner else []
            names = [
                person for name in names for person in (owner if str(name).casefold() in _OWNER else [name])
            ]
        if names:
            self.fields[field] = format_names(names)
        notes = self.given.get("author_notes")
        if field == "author" and isinstance(notes, list) and len(notes) == len(names):
            self.used.add("author_notes")
            marks = [(number, meaning_of(one_line(note))) for number, note in enumerate(notes, 1)]
            if said := "; ".join(f"{number}={mark}" for number, mark in marks if mark):
                self.fields["author+an"] = said

    def cite(self, citation: str) -> None:
        """Take the authors and numbers out of a citation that is given as a text."""
        found = added(_TAG.sub("", citation), self.fields)
        taken = [name for name in _FROM_CITATION if name in found]
        self.fields.update({name: found[name] for name in taken})
        if taken:
            self.tell("PK110", f"{', '.join(taken)} were read from the citation")

    def links(self) -> tuple[tuple[str, str], ...]:
        """Return the labelled links of a record, and give them their fields."""
        value = self.given.get("links")
        if not isinstance(value, list):
            return ()
        found: list[tuple[str, str]] = []
        for item in value:
            if isinstance(item, Mapping):
                url = next(
                    (item[name] for name in ("url", "href", "link") if isinstance(item.get(name), str)), ""
                )
                label = next(
                    (one_line(item[name]) for name in ("name", "label", "title", "type") if name in item), ""
                )
                if url.startswith(("http://", "https://")):
                    found.append((label, url))
        if len(found) == len(value):
            self.used.add("links")
        for label, url in found:
            self.fields.setdefault(link_field(label, url) or "url", url)
        return tuple(found)

    def type(self) -> str:
        """Return the entry type, with the venue in its field."""
        given = self._given_type()
        venue = self._read_venue()
        fields = self.fields
        group = given or self._kind
        kind = kinds.decide(venue, venues.find(venue), group=group, fields=fields, rest=(), text="")
        type_ = given if given and given != "online" else kind.type
        if venue:
            fields.setdefault(kinds.VENUE_FIELDS.get(type_, "howpublished"), escape(venue))
        if not kind.sure and not given:
            self.tell("PK105", f"entry type @{type_} is a guess")
        return type_

    def _given_type(self) -> str:
        for name in _KINDS:
            value = self.given.get(name)
            for item in value if isinstance(value, list) else [value]:
                word = "-".join(one_line(item).casefold().replace("_", " ").split())
                if word in TYPES:
                    self.used.add(name)
                    return TYPES[word]
        return ""

    def _read_venue(self) -> str:
        """Return the venue; numbers that stand with it get their fields: "Bee World, 12(3), 1–20"."""
        if not _NUMBERED.search(self._venue):
            return self._venue
        title = to_text(self.fields.get("title", "Title"))
        found = read_reference(f"A. Author. {title}. {self._venue}.").fields
        name = "journaltitle" if "journaltitle" in found else "booktitle"
        if (
            name not in found
            or found.get("title") != escape(title)
            or set(found) - _FROM_VENUE - {"author", "title", "date"}
        ):
            return self._venue
        for field, value in found.items():
            if field in _FROM_VENUE - {"journaltitle", "booktitle"}:
                self.fields.setdefault(field, value)
        return to_text(found[name])


def one_line(value: Any) -> str:
    """Return a value as one line of text, the items of a list joined; "" for what is nested deeper.

    >>> one_line(["On X", 2]), one_line({"a": 1})
    ('On X; 2', '')
    """
    if isinstance(value, list):
        return "; ".join(" ".join(str(item).split()) for item in value[:1000] if isinstance(item, _PLAIN))
    return " ".join(str(value).split()) if isinstance(value, _PLAIN) else ""


def _shown(value: Any, depth: int = 3) -> str:
    """Return a value as text; of nested ones as much as is near: aliases of YAML can make few lines huge.

    >>> _shown({"name": "Code", "tags": ["a", {"b": 1}]})
    '{name: Code, tags: [a, {b: 1}]}'
    """
    if isinstance(value, _PLAIN) or not value:
        return one_line(value)
    if depth == 0:
        return "…"
    if isinstance(value, Mapping):
        shown = [
            f"{one_line(name)}: {_shown(item, depth - 1)}" for name, item in islice(value.items(), _NEAR)
        ]
        return f"{{{', '.join(shown)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_shown(item, depth - 1) for item in value[:_NEAR])}]"
    return str(value)[:_LONG]


def _without_markup(text: str) -> str:
    """Return a text without the Markdown and HTML in it; with formulas, as it stands."""
    if not _MARKED.search(text) or "$" in text or len(text) > _LONG:
        return text
    blocks = markdown.read(text)
    return " ".join(block.text for block in blocks if block.text) if blocks else text


def _names(value: Any) -> list[Name]:
    """Return the names in a text, a list of texts, or a list of records (`name`, or `family` and `given`)."""
    if not isinstance(value, list):
        return [name_of(person) for person in people.parse(one_line(value))[0]]
    names: list[Name] = []
    for item in value:
        if isinstance(item, Mapping):
            family = item.get("family") or item.get("last") or item.get("lastname")
            given = item.get("given") or item.get("first") or item.get("firstname") or ""
            item = f"{one_line(family)}, {one_line(given)}" if family else item.get("name", "")  # noqa: PLW2901  # the mapping becomes its text
        names += [name_of(person) for person in people.parse(one_line(item))[0]]
    return names
