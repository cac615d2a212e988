"""Lists kept as data: YAML and JSON (Jekyll data, JSON Résumé) and the front matter of a page for each paper.

Their fields have names, so nothing is guessed but the names' meaning, which is a table, and the entry type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import kinds, people
from pubkit.formats.paperlist.authors import name_of
from pubkit.formats.paperlist.citation import added
from pubkit.markup.latex import escape
from pubkit.model import venues
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_isbn, normalize_issn
from pubkit.model.library import Library
from pubkit.model.names import Name, format_names
from pubkit.model.source import Document, Source

# What lists call a field; the first name that is there counts. "venue" becomes the field of the entry type.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "name", "paper_title"),
    "author": ("author", "authors", "by"),
    "editor": ("editor", "editors"),
    "date": ("date", "year", "releasedate", "published", "pubdate", "publication_date"),
    "venue": ("venue", "journal", "booktitle", "conference", "publication", "publisher", "where", "school"),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "page"),
    "doi": ("doi",),
    "eprint": ("arxiv", "eprint", "arxiv_id"),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "url": ("url", "link", "paperurl", "website", "paper", "html"),
    "pdf": ("pdf", "url_pdf", "pdf_url", "pdfurl"),
    "code": ("code", "github", "url_code", "codeurl", "repo"),
    "slides": ("slides", "slidesurl", "url_slides"),
    "video": ("video", "url_video", "youtube"),
    "poster": ("poster", "url_poster"),
    "abstract": ("abstract",),
    "note": ("note", "award", "awards"),
    "annotation": ("summary", "excerpt", "description", "highlights"),
}
_LISTS = ("publications", "papers", "articles", "preprints", "references")
# What the text of a citation can add to the fields of a record.
_FROM_CITATION = ("author", "volume", "number", "pages")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# The values that have a text of their own.
_PLAIN = (str, int, float, date)
_ADDRESSES = frozenset(("url", "pdf", "code", "slides", "video", "poster"))
_NORMAL: dict[str, Callable[[str], str | None]] = {
    "doi": normalize_doi,
    "eprint": normalize_arxiv,
    "isbn": normalize_isbn,
    "issn": normalize_issn,
}
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_PAPER = re.compile(r"^title\s*:", re.MULTILINE)
_OF_A_PAPER = re.compile(
    r"^(?:venue|citation|paperurl|doi|authors?|publication|publication_types)\s*:", re.MULTILINE
)
MAX_FRONT = 50_000


def is_front_matter(text: str) -> bool:
    r"""Tell whether a text is the page of one paper: front matter with a title and what only papers have.

    >>> is_front_matter("---\ntitle: On X\nvenue: ICML\n---\nText"), is_front_matter("---\ntitle: CV\n---\n")
    (True, False)
    """
    found = _FRONT.match(text, 0, MAX_FRONT)
    return bool(found and _PAPER.search(found["inside"]) and _OF_A_PAPER.search(found["inside"]))


_JSON_LIST = re.compile(r'\s*\{.*?"(?:publications|papers)"\s*:\s*\[', re.DOTALL)
_JSON_RECORDS = re.compile(r"\s*\[\s*\{")
_NOT_CSL = re.compile(r'"(?:issued|container-title|id|itemType|citationKey)"\s*:')
_YAML_RECORD = re.compile(r"^\s*(?:- )?title\s*:\s*\S", re.MULTILINE)
_YAML_LIST = re.compile(r"^(?:- \w+\s*:|\s{0,8}(?:publications|papers|preprints)\s*:\s*$)", re.MULTILINE)
_YAML_MORE = re.compile(r"^\s*(?:- )?(?:authors?|venue|journal|conference|year|date)\s*:", re.MULTILINE)


def looks_like(head: str) -> bool:
    r"""Tell whether the beginning of a text is a list kept as data, and not that of a format with a grammar.

    >>> looks_like('[{"title": "On X", "year": 2020}]'), looks_like("- title: On X\n  year: 2020\n")
    (True, True)
    >>> looks_like('[{"id": "a", "title": "On X", "issued": {}}]'), looks_like("Papers\n- On X, 2020")
    (False, False)
    """
    if is_front_matter(head):
        return True
    if _JSON_RECORDS.match(head):
        return '"title"' in head and not _NOT_CSL.search(head)
    if head.lstrip()[:1] == "{":
        return bool(_JSON_LIST.match(head)) and not _NOT_CSL.search(head)
    return bool(_YAML_LIST.search(head) and _YAML_RECORD.search(head) and _YAML_MORE.search(head))


def read(document: Document) -> Library:
    """Read a list kept as YAML or JSON, or the front matter of a paper's page."""
    text = document.text.lstrip("\ufeff")
    front = _FRONT.match(text) if is_front_matter(text) else None
    try:
        value = _load(front["inside"] if front else text)
    except (ValueError, RecursionError) as error:
        message = "nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        return Library((), diagnostics=(_nothing(document, message),))
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    at = 0
    for record in _records(value):
        fields = {str(key).casefold().replace("-", "_"): item for key, item in record.items()}
        title = next((text for name in NAMES["title"] if (text := _text(fields.get(name, "")))), "")
        if not title:
            diagnostics.append(_tell(document, at, "PK103", "a record without a title was left out"))
            continue
        start = max(document.text.find(title, at), at)
        at = min(start + len(title), len(document.text))
        entry, found = _entry(fields, document, start, at)
        entries.append(entry)
        diagnostics += found
    if not entries:
        diagnostics.append(_nothing(document, "no record with a title"))
    return Library(tuple(entries), diagnostics=tuple(diagnostics))


def _load(text: str) -> Any:
    """Parse JSON or YAML into plain values; a syntax error is a ValueError."""
    if text.lstrip()[:1] in ("{", "["):
        return json.loads(text)
    import yaml  # only lists kept as YAML need it

    try:
        # Not libyaml's loader: it is recursive in C, and deep nesting ends the process.
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _records(value: Any) -> Iterator[Mapping[Any, Any]]:
    """Yield the records of a list, of a list under a known name, or of a list for each year."""
    if isinstance(value, Mapping):
        inside = value.get("cv")
        if isinstance(inside, Mapping) and isinstance(inside.get("sections"), Mapping):  # a CV of RenderCV
            for section in inside["sections"].values():
                yield from (each for each in _records(section) if "title" in each and "authors" in each)
            return
        named = [value[name] for name in value if str(name).casefold() in _LISTS]
        if named:
            for inner in named:
                yield from _records(inner)
        elif any(name in map(str.casefold, map(str, value)) for name in NAMES["title"]):
            yield value
        else:
            for inner in value.values():
                if isinstance(inner, list):
                    yield from (record for record in inner if isinstance(record, Mapping))
    elif isinstance(value, list):
        yield from (record for record in value if isinstance(record, Mapping))


def _entry(
    given: Mapping[str, Any], document: Document, start: int, end: int
) -> tuple[Entry, list[Diagnostic]]:
    fields: dict[str, str] = {}
    told: list[Diagnostic] = []
    used: set[str] = set()
    venue = ""
    for field, names in NAMES.items():
        name = next((name for name in names if given.get(name) not in (None, "", [], {})), None)
        if name is None:
            continue
        used.add(name)
        value = given[name]
        if field in ("author", "editor"):
            people_ = _names(value)
            if people_:
                fields[field] = format_names(people_)
        elif field == "venue":
            venue = _text(value)
        elif field == "date":
            day = parse_date(_text(value)[:10]) or parse_date(_text(value)[:4])
            if day is not None:
                fields["date"] = str(day)
            else:
                told.append(_tell(document, start, "PK107", f"not a date: {_text(value)[:40]!r}"))
        elif field in _NORMAL:
            normal = _NORMAL[field](_text(value))
            if normal:
                fields[field] = normal
            else:
                told.append(_tell(document, start, "PK107", f"no valid {name}: {_text(value)[:60]!r}"))
        elif field in _ADDRESSES:
            if _text(value).startswith(("http://", "https://")):
                fields[field] = _text(value)
        elif field == "pages":
            fields[field] = re.sub(r"\s?[-–—]{1,3}\s?", "--", _text(value))
        else:
            fields[field] = escape(_text(value))
    if "citation" in given and "author" not in fields:
        used.add("citation")
        told += _from_citation(_text(given["citation"]), fields, document, start)
    if "eprint" in fields:
        fields["eprinttype"] = "arxiv"
    kind = kinds.decide(venue, venues.find(venue), group="", fields=fields, rest=(), text="")
    if venue:
        fields[kinds.VENUE_FIELDS.get(kind.type, "howpublished")] = escape(venue)
    if "author" not in fields:
        told.append(_tell(document, start, "PK104", "no author in this entry", Severity.WARNING))
    if "date" not in fields:
        told.append(_tell(document, start, "PK106", "no year in this entry", Severity.WARNING))
    if not kind.sure:
        told.append(_tell(document, start, "PK105", f"entry type @{kind.type} is a guess"))
    # What has no field stays with the entry under its own name.
    left = {name: text for name in given if name not in used and (text := _text(given[name]))}
    extra: dict[str, Any] = {"data": left}
    return Entry(kind.type, "", fields, extra, Source(document, start, end)), told


def _from_citation(citation: str, fields: dict[str, str], document: Document, start: int) -> list[Diagnostic]:
    """Take the authors and numbers out of a citation that is given as a text."""
    found = added(_TAG.sub("", citation), fields)
    taken = [name for name in _FROM_CITATION if name in found]
    fields.update({name: found[name] for name in taken})
    if not taken:
        return []
    return [_tell(document, start, "PK110", f"{', '.join(taken)} were read from the citation")]


def _text(value: Any) -> str:
    """Return a value as one line of text, the items of a list joined; "" for what is nested deeper."""
    if isinstance(value, list):
        return "; ".join(" ".join(str(item).split()) for item in value[:1000] if isinstance(item, _PLAIN))
    return " ".join(str(value).split()) if isinstance(value, _PLAIN) else ""


def _names(value: Any) -> list[Name]:
    """Return the names in a text, a list of texts, or a list of records (`name`, or `family` and `given`)."""
    if not isinstance(value, list):
        return [name_of(person) for person in people.parse(_text(value))[0]]
    names: list[Name] = []
    for item in value:
        if isinstance(item, Mapping):
            family = item.get("family") or item.get("last") or item.get("lastname")
            given = item.get("given") or item.get("first") or item.get("firstname") or ""
            item = f"{_text(family)}, {_text(given)}" if family else item.get("name", "")  # noqa: PLW2901  # the mapping becomes its text
        names += [name_of(person) for person in people.parse(_text(item))[0]]
    return names


def _tell(
    document: Document, at: int, code: str, message: str, severity: Severity = Severity.INFO
) -> Diagnostic:
    return Diagnostic(code, message, severity, document.location(at))


def _nothing(document: Document, why: str) -> Diagnostic:
    hint = "keep the list as records with title, authors, venue and year, or under the name publications"
    message = f"no publication was found in this data: {why}"
    return Diagnostic("PK101", message, Severity.ERROR, document.location(0), hint)
