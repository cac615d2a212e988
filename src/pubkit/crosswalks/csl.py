"""From a BibLaTeX entry to a CSL item: what to call it, and where each field goes.

`to_csl` keeps rich text as markup trees, for the engine; `to_csl_json` gives pure CSL-JSON, for other
programs. `csl_back.from_csl` goes the other way. What CSL has no place for is reported, never dropped in
silence.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.crosswalks.bibtex_tables import TO_BIBLATEX_TYPE
from pubkit.crosswalks.csl_back import from_csl
from pubkit.crosswalks.csl_tables import (
    ARCHIVES,
    DATES,
    EDITOR_ROLES,
    GENRES,
    INSTEAD,
    ISSUED,
    NAME_ROLES_BACK,
    NAMES,
    NOT_MISSED,
    NUMBERED,
    PREPRINT_ARCHIVES,
    PREPRINT_TYPES,
    STATES,
    SUBTITLES,
    SUBTYPES,
    TEXTS,
    TYPES,
)
from pubkit.crosswalks.csl_values import (
    date_to_csl,
    keywords_to_csl,
    language_to_csl,
    names_to_csl,
    url_to_csl,
)
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.markup import csl as csl_markup
from pubkit.markup.tree import NoCase, Rich, strings
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.fields import datatype, rich_value
from pubkit.model.names import split_names
from pubkit.model.orcids import orcid_field, read_orcids
from pubkit.model.pages import parse_pages
from pubkit.model.titles import CLOSED

__all__ = ["from_csl", "to_csl", "to_csl_json"]

# Variables whose letter case a style may change: only there does protection from that say anything.
_CASED = frozenset(
    ("title", "title-short", "collection-title", "container-title-short", "event-title", "original-title")
)
_VARIANT = re.compile(r"variant\s*=\s*([A-Za-z]+)")  # of polyglossia: which English, which German
_DATES = {**DATES, "year": "issued"}
# An eprint with one of these has come out elsewhere.
_PUBLISHED = frozenset(("journaltitle", "booktitle", "maintitle", "publisher", "institution", "howpublished"))
_EDITORS = ("editor", "editora", "editorb", "editorc")
_OTHER_NAMES = ("namea", "nameb", "namec")


def to_csl(entry: Entry, *, diagnostics: list[Diagnostic] | None = None) -> dict[str, Any]:
    """Return an entry as the CSL engine takes it.

    Args:
        entry: The entry.
        diagnostics: A list to which findings are added: fields without a place in CSL (PK421), an unknown
            entry type (PK422), a date that is not one (PK423).

    Returns:
        An item shaped like CSL-JSON; text values are `str`, or a markup tree where the text has markup.

    >>> fields = {"title": "On {DNA}", "booktitle": "Proc. X", "date": "2020-05"}
    >>> item = to_csl(Entry("inproceedings", "a", fields))
    >>> item["type"], item["title"], item["issued"]
    ('paper-conference', ('On ', NoCase(children=('DNA',))), {'date-parts': [[2020, 5]]})
    """
    reading = _Reading(entry, diagnostics)
    return reading.item()


def to_csl_json(entry: Entry, *, diagnostics: list[Diagnostic] | None = None) -> dict[str, Any]:
    """Return an entry as pure CSL-JSON: markup as CSL's inline tags.

    Args:
        entry: The entry.
        diagnostics: As for `to_csl`.

    >>> to_csl_json(Entry("book", "k", {"title": "The {TeX}book"}))["title"]
    'The <span class="nocase">TeX</span>book'
    """
    item = to_csl(entry, diagnostics=diagnostics)
    if isinstance(address := item.get("URL"), str):
        item["URL"] = url_to_csl(address)
    return {
        name: csl_markup.write(value) if isinstance(value, tuple) else value for name, value in item.items()
    }


class _Reading:
    """The way of one entry: fields are taken one by one, what is left is reported."""

    def __init__(self, entry: Entry, diagnostics: list[Diagnostic] | None) -> None:
        self.entry = entry
        self.diagnostics = diagnostics
        self.type, self.implied_genre = TO_BIBLATEX_TYPE.get(entry.type, (entry.type, ""))
        self.taken: set[str] = set()
        self.result: dict[str, Any] = {}

    def item(self) -> dict[str, Any]:
        """Return the item."""
        self.result["id"] = self.entry.key
        self.result["type"] = self.csl_type()
        self.names()
        self.titles()
        self.numbers()
        fields = self.entry.fields
        for field in fields:
            if field in TEXTS:
                self.put(TEXTS[field], field)
        for variable, others in INSTEAD.items():
            for field in others:
                if field in fields:
                    self.put(variable, field)
        if "eid" in fields:
            self.put("page", "eid")
            self.put("number", "eid")
        self.words()
        self.eprint()
        self.dates()
        self.report()
        return self.result

    # -- helpers ----------------------------------------------------------------------------------

    def put(self, variable: str, field: str) -> None:
        """Set a variable to a field's text, unless it is set or the field is missing."""
        if field in self.entry.fields and variable not in self.result and field not in self.taken:
            value = self.value(field)
            self.taken.add(field)
            if value:
                self.result[variable] = value

    def value(self, field: str) -> str | Rich:
        """Return a field as text; as a tree where it has markup or looks as if it had."""
        source = self.entry.fields[field]
        if field == "pages":
            if self.entry.fields.get("bookpagination", "").strip() == "section":
                self.result.setdefault("section", self.entry.text(field))
                self.taken.add("bookpagination")
                return ""
            pages = parse_pages(source)
            if pages.ranges:
                return str(pages).replace("--", "-")
        rich = self.entry.rich(field)
        if " and " in source and datatype(field) == "literal-list":
            parts = [rich_value(field, part) for part in split_names(source)]
            rich = tuple(piece for part in parts for piece in ("; ", *part))[1:]
        return _plain(rich if TEXTS.get(field) in _CASED or field in SUBTITLES else _without_nocase(rich))

    def say(self, code: str, message: str, field: str = "", severity: Severity = Severity.INFO) -> None:
        if self.diagnostics is not None:
            location = self.entry.location(field)
            self.diagnostics.append(Diagnostic(code, message, severity, location))

    # -- what it is -------------------------------------------------------------------------------

    def csl_type(self) -> str:
        fields = self.entry.fields
        found = SUBTYPES.get((self.type, fields.get("entrysubtype", "").lower())) or TYPES.get(self.type)
        if found is None:
            message = f"CSL knows no type {self.entry.type!r}; it becomes a document"
            self.say("PK422", message, severity=Severity.WARNING)
            return "document"
        if self.is_preprint():
            return "article"
        if self.type == "unpublished" and "eventtitle" in fields:
            return "speech"
        return found

    def is_preprint(self) -> bool:
        """Whether the entry is a paper that stands in a preprint archive and nowhere else."""
        fields = self.entry.fields
        return (
            self.type in PREPRINT_TYPES
            and fields.get("eprinttype", "").lower() in PREPRINT_ARCHIVES
            and "eprint" in fields
            and fields.keys().isdisjoint(_PUBLISHED)
        )

    # -- names ------------------------------------------------------------------------------------

    def names(self) -> None:
        fields = self.entry.fields
        options = fields.get("options", "").replace(" ", "").lower()
        use_prefix = True if "useprefix=true" in options else False if "useprefix=false" in options else None
        for field, variable in NAMES.items():
            if field in fields and field != "editor":
                self.put_names(field, variable, use_prefix)
        for field in _EDITORS:
            if field in fields:
                role = fields.get(f"{field}type", "editor").strip().lower()
                variable = EDITOR_ROLES.get(role, "")
                if variable and self.put_names(field, variable, use_prefix):
                    self.taken.add(f"{field}type")
        for field in _OTHER_NAMES:
            variable = NAME_ROLES_BACK.get(fields.get(f"{field}type", "").strip().lower(), "")
            if field in fields and variable and self.put_names(field, variable, use_prefix):
                self.taken.add(f"{field}type")

    def put_names(self, field: str, variable: str, use_prefix: bool | None) -> bool:
        if variable in self.result:
            return False
        orcids: dict[int, str] = {}
        if (annotation := orcid_field(field)) in self.entry.fields:
            orcids = read_orcids(self.entry.fields[annotation])
            self.taken.add(annotation)
        names = names_to_csl(self.entry.names(field), use_prefix=use_prefix, orcids=orcids)
        self.taken.add(field)
        if names:
            self.result[variable] = names
        return True

    # -- titles -----------------------------------------------------------------------------------

    def titles(self) -> None:
        container = next(
            (name for name in ("booktitle", "journaltitle", "maintitle") if name in self.entry.fields), ""
        )
        if self.type == "periodical" and "issuetitle" in self.entry.fields:
            self.put_title("title", "issuetitle")  # the issue is what is cited
            self.put_title("container-title", "title")
        self.put_title("title", "title")
        if container:
            self.put_title("container-title", container)
        if container == "booktitle" and "maintitle" in self.entry.fields:
            if "container-title" in self.result:
                self.result["volume-title"] = self.result.pop("container-title")
            self.put_title("container-title", "maintitle")
        if self.type in ISSUED:
            self.put_title("volume-title", "issuetitle")

    def put_title(self, variable: str, field: str) -> None:
        """Set a variable to a title and its subtitle."""
        subtitle = SUBTITLES[field]
        if field in self.taken:
            return
        self.put(variable, field)
        if subtitle not in self.entry.fields:
            return
        below = self.entry.rich(subtitle)
        self.taken.add(subtitle)
        if variable not in self.result:
            self.result[variable] = _plain(below)
            return
        self.result[variable] = _plain(_joined(self.result[variable], ": ", below))

    # -- numbers ----------------------------------------------------------------------------------

    def numbers(self) -> None:
        counts_issues = self.type == "inproceedings" and "volume" in self.entry.fields
        if self.type in ISSUED or counts_issues:  # of a series, BibTeX takes a volume or a number, never both
            self.put("issue", "number")
        elif self.type in NUMBERED:
            self.put("number", "number")
        else:
            self.put("collection-number", "number")
        self.put("issue", "issue")

    # -- words from fixed sets --------------------------------------------------------------------

    def words(self) -> None:
        """Turn biblatex's keys for genres, states and languages into words and tags."""
        fields, result = self.entry.fields, self.result
        genre = fields.get("type", self.implied_genre).strip().lower()
        if genre in GENRES:
            result["genre"] = GENRES[genre]
        if "pubstate" in fields:
            state = self.entry.text("pubstate").strip()
            result["status"] = STATES.get(state.lower().replace(" ", ""), state)
        for field in ("langid", "language"):
            if field in fields and "language" not in result:
                first = self.entry.text(field).split(" and ")[0]
                if first:
                    result["language"] = language_to_csl(first)
        self.taken.update(("pubstate", "langid", "language"))
        if variant := _VARIANT.search(fields.get("langidopts", "")):
            result["language"] = language_to_csl(variant[1])
        if "keyword" in result:
            result["keyword"] = keywords_to_csl(result["keyword"])
        if "note" in result and "addendum" in fields and "addendum" not in self.taken:
            result["note"] = _plain(_joined(result["note"], ". ", self.entry.rich("addendum")))
            self.taken.add("addendum")
        self.unwrap_url("publisher")

    def unwrap_url(self, variable: str) -> None:
        """Move a value that is nothing but an address (`howpublished`) to URL."""
        value = self.result.get(variable)
        text = value if isinstance(value, str) else "".join(strings(value or ()))
        if text.strip().startswith(("http://", "https://")) and " " not in text.strip():
            del self.result[variable]
            self.result.setdefault("URL", text.strip())

    # -- eprints ----------------------------------------------------------------------------------

    def eprint(self) -> None:
        fields, result = self.entry.fields, self.result
        number = fields.get("eprint", "").strip()
        archive = fields.get("eprinttype", "").strip().lower()
        if not number:
            return
        if archive in ("pubmed", "pmid"):
            result.setdefault("PMID", number)
        elif archive in ("pmc", "pmcid", "pubmedcentral"):
            result.setdefault("PMCID", number)
        elif archive in ARCHIVES:
            name, address = ARCHIVES[archive]
            if self.result["type"] == "article":
                result["publisher"] = name
                result["number"] = f"arXiv:{number}" if archive == "arxiv" else number
            elif "URL" in result or "DOI" in result:
                return  # the paper is published elsewhere, and CSL has one address: it is reported
            result.setdefault("URL", address.format(number))
        else:
            return
        self.taken.update(("eprint", "eprinttype"))

    # -- dates ------------------------------------------------------------------------------------

    def dates(self) -> None:
        date = self.entry.date
        if date is not None:
            self.result["issued"] = date_to_csl(date)
            self.taken.add("date")
        for field, variable in _DATES.items():
            if field not in self.entry.fields or variable in self.result:
                continue
            source = self.entry.text(field)
            date = parse_date(source)
            if date is not None:
                self.result[variable] = date_to_csl(date)
            elif source:
                self.say("PK423", f"{source!r} is no date; it is carried as text", field)
                self.result[variable] = {"literal": source}
            self.taken.add(field)

    # -- what is left -----------------------------------------------------------------------------

    def report(self) -> None:
        if self.diagnostics is None:
            return
        missed = self.entry.fields.keys() - self.taken - NOT_MISSED
        # What is said of single names, and where an eprint stands that is told anyway.
        left = sorted(name for name in missed if "+an" not in name and name != "eprinttype")
        if left:
            self.say("PK421", f"CSL has no place for {', '.join(left)}")


def _joined(first: str | Rich, mark: str, second: Rich) -> Rich:
    """Return two texts with a mark between them, unless the first one ends in one."""
    above: Rich = (first,) if isinstance(first, str) else first
    end = "".join(strings(above)).rstrip()
    return (*above, " " if end.endswith(CLOSED) else mark, *second)


def _plain(rich: Rich) -> str | Rich:
    """Return a tree as text, where it is nothing but text that cannot be taken for CSL's inline tags."""
    if len(rich) == 1:
        text = rich[0]
        return text if isinstance(text, str) and "<" not in text else rich
    if all(isinstance(piece, str) and "<" not in piece for piece in rich):
        return "".join(strings(rich))
    return rich


def _without_nocase(rich: Rich) -> Rich:
    """Return a tree without case protection at its top, where braces nearly always stand."""
    if not any(isinstance(piece, NoCase) for piece in rich):
        return rich
    return tuple(
        part for piece in rich for part in (piece.children if isinstance(piece, NoCase) else (piece,))
    )
