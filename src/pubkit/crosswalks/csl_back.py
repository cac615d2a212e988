"""From a CSL item to a BibLaTeX entry; `csl.to_csl` goes the other way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pubkit.crosswalks.csl_tables import (
    ARCHIVES_BACK,
    CONTAINERS,
    DATES,
    GENRES_BACK,
    ISSUED,
    NAME_ROLES,
    NAMES,
    OLD_VARIABLES,
    PUBLISHERS,
    ROLES_BACK,
    STATES_BACK,
    TEXTS,
    TYPES_BACK,
)
from pubkit.crosswalks.csl_values import (
    date_from_csl,
    date_text,
    keywords_from_csl,
    language_from_csl,
    names_from_csl,
    orcids_from_csl,
)
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.markup import csl as csl_markup
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.fields import datatype, is_verbatim
from pubkit.model.languages import language_tag
from pubkit.model.names import format_names
from pubkit.model.orcids import orcid_field, write_orcids
from pubkit.model.pages import parse_pages

_TEXTS_BACK = {variable: field for field, variable in TEXTS.items()}
_NAMES_BACK = {variable: field for field, variable in NAMES.items()}
_DATES_BACK = {variable: field for field, variable in DATES.items()}
_SLOTS = ("editor", "editora", "editorb", "editorc")
_NAME_VARIABLES = frozenset((*_NAMES_BACK, *ROLES_BACK, *NAME_ROLES))
_BY_NAME = {
    name.lower().replace("_", "-"): name
    for name in (
        *_TEXTS_BACK,
        *_NAME_VARIABLES,
        *_DATES_BACK,
        "issue",
        "collection-number",
        "number",
        "status",
    )
}
_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{1,40}):\s+(\S.*)")
_IN_NOTE = re.compile(r"\{:([A-Za-z][A-Za-z_-]{1,40}): ?([^{}\n]+)\}")
# Said elsewhere in the item, or nothing about the work.
_NOT_MISSED = frozenset(("id", "type", "citation-key", "page-first", "system_id"))
_OTHER_SLOTS = ("namea", "nameb", "namec")


def from_csl(item: Mapping[str, Any], *, diagnostics: list[Diagnostic] | None = None) -> Entry:
    r"""Return a CSL-JSON item as a BibLaTeX entry.

    Args:
        item: The item; text values may also be markup trees.
        diagnostics: A list to which findings are added: variables without a place in BibLaTeX (PK424), an
            unknown type (PK425), values of the wrong shape (PK426), dates that are none (PK423).

    >>> entry = from_csl({"id": "k", "type": "chapter", "title": "On <i>E. coli</i>",
    ...     "container-title": "Book", "page": "3-9", "issued": {"date-parts": [[2020, 5]]}})
    >>> entry.type, dict(entry.fields)["title"], entry["booktitle"], entry["pages"], entry["date"]
    ('inbook', 'On \\emph{E. coli}', 'Book', '3--9', '2020-05')
    """
    return _Back(item, diagnostics).entry()


class _Back:
    """The way of one item: variables are taken one by one, what is left is reported."""

    def __init__(self, item: Mapping[str, Any], diagnostics: list[Diagnostic] | None) -> None:
        self.item = {
            OLD_VARIABLES.get(name, name): value
            for name, value in sorted(item.items(), key=lambda pair: pair[0] not in OLD_VARIABLES)
            if value is not None and value not in ("", [], {})
        }
        self.diagnostics = diagnostics
        self.read_lines()
        self.fields: dict[str, str] = {}
        self.taken: set[str] = set(_NOT_MISSED)
        key, said = item.get("id", ""), item.get("citation-key")
        if isinstance(said, str) and said and (not key or "://" in str(key)):
            key = said  # Zotero's id is an address, and its citation key stands apart
        self.key = str(key) if isinstance(key, str | int | float) else ""
        self.type = "misc"

    def entry(self) -> Entry:
        """Return the entry."""
        self.read_type()
        self.read_names()
        for variable in self.item:
            if variable == "container-title":
                self.put(CONTAINERS.get(self.type, "maintitle"), variable)
            elif variable == "publisher":
                self.put(PUBLISHERS.get(self.type, "publisher"), variable)
            elif variable in _TEXTS_BACK:
                self.put(_TEXTS_BACK[variable], variable)
        self.read_volume_title()
        self.read_numbers()
        self.read_pages()
        self.read_words()
        self.read_eprint()
        self.read_dates()
        left = sorted(self.item.keys() - self.taken)
        if left:
            self.say("PK424", f"BibLaTeX has no place for {', '.join(left)}")
        order = ["author", "editor", "title"]
        first = {name: self.fields[name] for name in order if name in self.fields}
        return Entry(self.type, self.key, {**first, **self.fields})

    # -- helpers ----------------------------------------------------------------------------------

    def say(self, code: str, message: str, field: str = "", severity: Severity = Severity.INFO) -> None:
        if self.diagnostics is not None:
            self.diagnostics.append(Diagnostic(code, message, severity, Location(key=self.key, field=field)))

    def put(self, field: str, variable: str) -> None:
        """Set a field to a variable's text, unless it is set."""
        if field in self.fields or variable not in self.item:
            return
        text = self.text(variable, verbatim=is_verbatim(field))
        if text:
            is_list = datatype(field) == "literal-list" and " and " in text
            self.fields[field] = f"{{{text}}}" if is_list else text
        self.taken.add(variable)

    def text(self, variable: str, *, verbatim: bool = False) -> str:
        """Return a variable as field source."""
        value = self.item[variable]
        if isinstance(value, list) and variable in ("ISBN", "ISSN", "keyword"):
            value = ", ".join(str(part) for part in value)
        if isinstance(value, bool | list | Mapping):
            message = f"{variable} is no text; it is left out"
            self.say("PK426", message, variable, Severity.WARNING)
            return ""
        if isinstance(value, tuple):
            return latex.write(value)
        text = str(value)
        if verbatim:
            return text.strip()
        return latex.write(csl_markup.parse(text)) if "<" in text else latex.escape(text)

    def read_lines(self) -> None:
        """Take variables out of the note, where Zotero keeps those that it has no field for.

        Each stands on a line of its own before the note, as `PMID: 123` or `original-date: 1950`, or in it as
        `{:original-date: 1950}`. Source: the manual of citeproc-js, "Cheater syntax for odd fields".
        """
        note = self.item.get("note")
        if not isinstance(note, str) or ":" not in note:
            return
        lines = note.split("\n")
        rest = 0
        while rest < len(lines) and (found := _LINE.fullmatch(lines[rest])) and self.take(found[1], found[2]):
            rest += 1
        note = "\n".join(lines[rest:])
        note = _IN_NOTE.sub(lambda found: "" if self.take(found[1], found[2]) else found[0], note).strip()
        if note:
            self.item["note"] = note
        else:
            del self.item["note"]

    def take(self, name: str, value: str) -> bool:
        """Set a variable that a line of the note gives; False if it is none or set already."""
        variable = _BY_NAME.get(name.strip().lower().replace(" ", "-"), "")
        if not variable or variable in self.item or variable == "note":
            return False
        if variable in _DATES_BACK:
            if date_from_csl({"raw": value}) is None:
                return False
            self.item[variable] = {"raw": value}
        elif variable in _NAME_VARIABLES:
            family, _, given = (part.strip() for part in value.partition("||"))
            self.item[variable] = [{"family": family, "given": given} if given else {"literal": family}]
        else:
            self.item[variable] = value.strip()
        return True

    # -- what it is -------------------------------------------------------------------------------

    def read_type(self) -> None:
        kind, item = str(self.item.get("type", "")), self.item
        found = TYPES_BACK.get(kind)
        if found is None:
            what = f"no CSL type is called {kind!r}" if kind else "the item has no type"
            self.say("PK425", f"{what}; it becomes misc", "type", Severity.WARNING)
            found = ("article", "") if "container-title" in item and "volume" in item else ("misc", "")
        self.type, subtype = found
        if kind == "article" and "container-title" in item:
            self.type = "article"
        elif kind == "chapter" and "editor" in item and "container-title" in item:
            self.type = "incollection"
        elif kind == "book" and "container-author" in item and "container-title" in item:
            self.type = "bookinbook"
        elif kind == "book" and "author" not in item and ("editor" in item or "event-title" in item):
            self.type = "proceedings" if "event-title" in item else "collection"
        elif kind == "speech" and "event-title" in item:
            subtype = ""
        if subtype:
            self.fields["entrysubtype"] = subtype

    # -- names ------------------------------------------------------------------------------------

    def read_names(self) -> None:
        for variable, field in _NAMES_BACK.items():
            self.put_names(field, variable)
        free = [slot for slot in _SLOTS if slot not in self.fields]
        for variable, role in ROLES_BACK.items():
            if variable in self.item and free and self.put_names(free[0], variable):
                self.fields[f"{free.pop(0)}type"] = role
        free = list(_OTHER_SLOTS)
        for variable, role in NAME_ROLES.items():
            if variable in self.item and free and self.put_names(free[0], variable):
                self.fields[f"{free.pop(0)}type"] = role

    def put_names(self, field: str, variable: str) -> bool:
        if variable not in self.item or variable in self.taken:
            return False
        names = names_from_csl(self.item[variable])
        self.taken.add(variable)
        if names is None:
            self.say("PK426", f"{variable} is no list of names; it is left out", variable, Severity.WARNING)
            return False
        text = format_names(names)
        if text:
            self.fields[field] = text
            if orcids := orcids_from_csl(self.item[variable]):
                self.fields[orcid_field(field)] = write_orcids(orcids)
        return bool(text)

    # -- the rest ---------------------------------------------------------------------------------

    def read_volume_title(self) -> None:
        """Of a part of a volume of a work, CSL's container is the work."""
        if "volume-title" not in self.item:
            return
        if "booktitle" in self.fields:
            self.fields["maintitle"] = self.fields.pop("booktitle")
            self.put("booktitle", "volume-title")
        elif self.type in ISSUED:
            self.put("issuetitle", "volume-title")
        elif self.type in CONTAINERS:
            self.put("booktitle", "volume-title")
        elif "maintitle" not in self.fields:
            if "title" in self.fields:
                self.fields["maintitle"] = self.fields.pop("title")
            self.put("title", "volume-title")

    def read_numbers(self) -> None:
        if self.type in ISSUED:
            self.put("number", "issue")
            self.put("eid", "number")
        else:
            self.put("number", "number")
            self.put("number", "collection-number")
            if self.type == "inproceedings":
                self.put("number", "issue")
            if "issue" not in self.taken:
                self.put("issue", "issue")
        self.put("number", "collection-number")

    def read_pages(self) -> None:
        if "page" not in self.item and "page-first" in self.item:
            self.put("pages", "page-first")
        if "section" in self.fields and "pages" not in self.fields:
            self.fields["pages"], self.fields["bookpagination"] = self.fields.pop("section"), "section"
        value = self.fields.get("pages")
        if value:
            pages = parse_pages(value)
            self.fields["pages"] = str(pages) if pages.ranges else value

    def read_words(self) -> None:
        genre = self.fields.get("type", "")
        if genre:
            self.fields["type"] = GENRES_BACK.get(genre.casefold().replace("’", "'"), genre)
        if "keywords" in self.fields:
            self.fields["keywords"] = keywords_from_csl(self.fields["keywords"])
        if isinstance(self.item.get("status"), str):
            self.put("pubstate", "status")
            self.fields["pubstate"] = STATES_BACK.get(self.item["status"].lower(), self.fields["pubstate"])
        if isinstance(self.item.get("language"), str):
            name = language_from_csl(self.item["language"])
            self.fields["langid" if language_tag(name) else "language"] = name
            self.taken.add("language")

    def read_eprint(self) -> None:
        """Recognise an article in a preprint archive, as `to_csl` and Zotero write it."""
        number = self.fields.get("number", "")
        archive = self.fields.get("organization", "")
        kind = ARCHIVES_BACK.get(archive.casefold(), "")
        if self.item.get("type") == "article" and kind and number:
            self.fields["eprinttype"] = kind
            self.fields["eprint"] = (
                number.partition(":")[2] if number.lower().startswith("arxiv:") else number
            )
            del self.fields["number"], self.fields["organization"]

    def read_dates(self) -> None:
        for variable, field in _DATES_BACK.items():
            if variable not in self.item:
                continue
            value = self.item[variable]
            self.taken.add(variable)
            date = date_from_csl(value)
            text = date_text(value)
            if date:
                self.fields[field] = date
            elif text:
                self.say("PK423", f"{text!r} is no date; it is carried as text", field)
                self.fields["year" if field == "date" else field] = latex.escape(text)
            else:
                self.say("PK426", f"{variable} holds no date; it is left out", variable, Severity.WARNING)
