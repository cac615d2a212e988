"""Hayagriva's YAML, the bibliographies of Typst: a mapping of citation keys to entries that stand in parents.

Source: Hayagriva's file format reference. This file reads; `hayagriva_writing` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pubkit.crosswalks.csl_tables import GENRES_BACK
from pubkit.crosswalks.forms import language_source
from pubkit.crosswalks.hayagriva import (
    DEFAULT_PARENTS,
    EDITOR_ROLES,
    IN_PARENT,
    OWN,
    PLACED,
    ROLES,
    SERIALS,
    TYPES,
)
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats import yamltext
from pubkit.formats.losses import unknown_kind, unmapped
from pubkit.formats.trees import Tree, flatten, library_of, scalar, text_at, trees_at
from pubkit.markup import latex
from pubkit.markup.tree import Inline, Math, NoCase, Rich, join
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_doi
from pubkit.model.library import Library
from pubkit.model.names import Name, parse_name
from pubkit.model.pages import parse_pages
from pubkit.model.source import Document

TITLE = "Hayagriva"
_LOOK = 65_536
_KEY = re.compile(r"^[^\s#:{}\[\]@%,&*!|>'\"`-][^\n:]*:[ \t]*(?:#.*)?$", re.MULTILINE)
_TYPE = re.compile(
    rf"^[ \t]+type:[ \t]*[\"']?(?:{'|'.join(sorted(TYPES))})[\"']?[ \t]*(?:#.*)?$",
    re.MULTILINE | re.IGNORECASE,
)
_OTHERS = re.compile(r"^(?:references|bibliography|cff-version)\s*:", re.MULTILINE)
_OWN = re.compile(r"^[ \t]+(?:serial-number|page-range|parent|affiliated|page-total):", re.MULTILINE)
_BRACES = re.compile(r"\{([^{}]*)\}|\$([^$]*)\$")
SIMPLE_MATH = re.compile(r"(?:[A-Za-z](?![A-Za-z])|[0-9^_+=<>,.() -])+")  # means the same in LaTeX and Typst
_MOST_PARENTS = 16
_BACK = {name: field for field, name in OWN.items()}
_ROLES_BACK = {name: field for field, name in ROLES.items()}
_EDITOR_ROLES_BACK = {name: role for role, name in EDITOR_ROLES.items()}
_SERIALS_BACK = {name: field for field, name in SERIALS.items()}
_EDITORS = ("editor", "editora", "editorb", "editorc")
_READ_APART = frozenset(
    (
        "type",
        "parent",
        "author",
        "editor",
        "affiliated",
        "date",
        "url",
        "language",
        "serial-number",
        "publisher",
    )
)


def sniff(text: str) -> float:
    r"""Say how surely a text is Hayagriva's YAML.

    >>> sniff("harry:\n    type: Book\n    title: T\n")
    0.9
    """
    head = text[:_LOOK].lstrip("\ufeff")
    if head.lstrip().startswith(("{", "[", "@", "<")) or not _KEY.search(head) or _OTHERS.search(head):
        return 0.0
    return 0.95 if _TYPE.search(head) and _OWN.search(head) else 0.9 if _TYPE.search(head) else 0.0


def read(document: Document) -> Library:
    """Read Hayagriva's YAML.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    findings: list[Diagnostic] = []
    value = yamltext.load(document, findings)
    if not isinstance(value, Mapping):
        if not findings or value is not None:
            message, hint = "the YAML is no mapping of keys to entries", "give one entry a key"
            findings.append(Diagnostic("PK452", message, Severity.ERROR, Location(document.name), hint))
        value = {}
    records = [_copy(one) if isinstance(one, Mapping) else one for one in value.values()]
    keys = {id(record): key for key, record in zip(value, records, strict=True)}

    def convert(record: Tree, found: list[Diagnostic]) -> Entry:
        return _Reading(record, keys[id(record)]).entry(found)

    return library_of(records, document, findings, convert)


def _copy(record: Tree) -> Tree:
    """Return a copy of an entry, which may stand under several keys by an alias."""
    made = yamltext.Mapped(record)
    made.line = getattr(record, "line", 0)
    return made


class _Reading:
    """The way of one entry; its parents are read after it, from the nearest to the furthest."""

    def __init__(self, record: Tree, key: str) -> None:
        self.record = record
        self.key = key
        self.fields: dict[str, str] = {}
        self.left: dict[str, list[str]] = {}
        self.serial = "number"  # the field of a serial number of no known scheme
        self.is_event = False  # whether the parent under way is a conference

    def entry(self, findings: list[Diagnostic]) -> Entry:
        kind = text_at(self.record, "type").lower() or "misc"
        parents = list(_parents(self.record, kind))
        entry_type, subtype = TYPES.get(kind, ("misc", ""))
        container = "maintitle"
        if parents:
            entry_type, subtype, container = _in_parent(kind, parents[0][0], entry_type, subtype)
        self.serial = "eid" if kind == "article" and entry_type in ("article", "inproceedings") else "number"
        self.people(self.record, "")
        self.texts(self.record, "")
        self.numbers(kind, entry_type)
        for number, (parent_kind, parent) in enumerate(parents):
            if not number:
                pass  # its container is known
            elif parent_kind == "conference":
                container = "eventtitle"
            elif "series" not in self.fields and (parent_kind != "book" or "maintitle" in self.fields):
                container = "series"
            else:
                container = "maintitle"
            self.is_event = container == "eventtitle"
            self.parent(parent, parent_kind, container, entry_type)
        if subtype:
            self.fields.setdefault("entrysubtype", subtype)
        entry = Entry(entry_type, self.key, self.fields)
        if kind not in TYPES:
            findings.append(unknown_kind(kind, entry, TITLE))
        return unmapped(entry, self.left, TITLE, findings)

    # -- helpers ----------------------------------------------------------------------------------

    def put(self, field: str, source: str, name: str) -> None:
        """Set a field; what finds it taken by something else is told."""
        if source and self.fields.setdefault(field, source) != source:
            self.left.setdefault(name, []).append(source)

    # -- one level --------------------------------------------------------------------------------

    def people(self, record: Tree, level: str) -> None:
        """Read the people of an entry (level "") or of a parent."""
        own = "" if not level else f"{level}."
        for name, field in (("author", "bookauthor" if level else "author"), ("editor", "editor")):
            if name in record:
                made = people_fields(field, _people(record[name]))
                if field in self.fields and made and self.fields[field] != made.get(field):
                    self.left.setdefault(own + name, []).append(made.get(field, ""))
                else:
                    self.fields.update(made)
        for one in trees_at(record, "affiliated"):
            role = text_at(one, "role").lower().replace(" ", "-").replace("_", "-")
            people = _people(one.get("names"))
            field = _ROLES_BACK.get(role, "")
            if not field:
                field = next((slot for slot in _EDITORS if slot not in self.fields), "")
                word = _EDITOR_ROLES_BACK.get(role, role.replace("-", ""))
                if field and people:
                    self.fields[f"{field}type"] = word
            made = people_fields(field, people) if field else {}
            if field and field in self.fields and made:
                self.left.setdefault(f"{own}affiliated {role}", []).append(made[field])
            self.fields.update({name: source for name, source in made.items() if name not in self.fields})

    def texts(self, record: Tree, level: str) -> None:
        """Read what is one text, by the table."""
        own = "" if not level else f"{level}."
        for name, value in record.items():
            if name in _READ_APART or name in _NUMBERS or (level and name == "title"):
                continue
            field = _BACK.get(name, "")
            source = _text(value)
            if name == "location":
                field = "venue" if text_at(record, "type").lower() in PLACED or self.is_event else "location"
            if field == "type":
                source = GENRES_BACK.get(source.casefold().replace("’", "'"), source)
            if not field:
                if source or value not in (None, ""):
                    self.left.setdefault(own + name, []).append(source or str(value)[:80])
                continue
            if not source and value not in (None, ""):
                self.left.setdefault(own + name, []).append(str(value)[:80])
            self.put(field, source, own + name)
            short = text_at(value, "short")
            if short and field == "title":
                self.put("shorttitle", latex.escape(short), own + "title.short")
        self.publisher(record, own)
        self.address(record, own)
        self.serials(record, own, "number" if level else self.serial)
        if "date" in record:
            self.date(record, own)
        if "organization" in record:
            self.left.pop(own + "organization", None)
            field = (
                "institution" if text_at(record, "type").lower() in ("thesis", "report") else "organization"
            )
            self.put(field, _text(record["organization"]), own + "organization")
        if language := text_at(record, "language"):
            self.put("langid", language_source(language) or language, own + "language")

    def publisher(self, record: Tree, own: str) -> None:
        value = record.get("publisher")
        if isinstance(value, Mapping) and "value" not in value:
            self.put("publisher", _text(value.get("name")), own + "publisher")
            self.put("location", _text(value.get("location")), own + "publisher.location")
        elif source := _text(value):
            self.put("publisher", f"{{{source}}}" if " and " in source else source, own + "publisher")

    def address(self, record: Tree, own: str) -> None:
        value = record.get("url")
        url = text_at(value, "value") if isinstance(value, Mapping) else scalar(value)
        self.put("url", url, own + "url")
        if url and (date := parse_date(text_at(value, "date"))):
            self.put("urldate", str(date), own + "url.date")

    def serials(self, record: Tree, own: str, field: str) -> None:
        value = record.get("serial-number")
        if not isinstance(value, Mapping):
            self.put(field, latex.escape(scalar(value)), own + "serial-number")
            return
        for name, one in value.items():
            text, kind = scalar(one), name.lower()
            if kind == "arxiv":
                self.put("eprint", text.removeprefix("arXiv:"), own + "serial-number.arxiv")
                self.put("eprinttype", "arxiv", own + "serial-number.arxiv")
            elif kind in _SERIALS_BACK:
                text = (normalize_doi(text) if kind == "doi" else None) or text
                self.put(_SERIALS_BACK[kind], text, f"{own}serial-number.{name}")
            elif kind == "serial":
                self.put(field, latex.escape(text), f"{own}serial-number.serial")
            elif text:
                self.left.setdefault(f"{own}serial-number.{name}", []).append(text)

    def date(self, record: Tree, own: str) -> None:
        text = scalar(record["date"])
        circa = "~" if text.startswith("~") else ""
        date = parse_date(text.lstrip("~ ") + circa)
        if date:
            if own and "date" in self.fields:
                if self.fields["date"] != str(date):
                    self.left.setdefault(own + "date", []).append(text)
            else:
                self.put("date", str(date), own + "date")
        elif text:
            self.put("year", latex.escape(text), own + "date")

    def numbers(self, kind: str, entry_type: str) -> None:
        """Read the numbers of the entry itself."""
        for name in ("volume", "issue"):
            if text := _text(self.record.get(name)):
                self.put("number" if name == "issue" else name, text, name)
        if pages := scalar(self.record.get("page-range")):
            read = parse_pages(latex.escape(pages))
            self.put("pages", str(read) if read.ranges else latex.escape(pages), "page-range")

    # -- parents ----------------------------------------------------------------------------------

    def parent(self, record: Tree, kind: str, container: str, entry_type: str) -> None:
        """Read a parent: its title goes to the container field, the rest where it is free."""
        level = "parent"
        if title := _text(record.get("title")):
            self.put(container, title, "parent.title")
        value = record.get("title")
        short = text_at(value, "short") if isinstance(value, Mapping) else ""
        if short and container in ("journaltitle", "series"):
            field = "shortjournal" if container == "journaltitle" else "shortseries"
            self.put(field, latex.escape(short), "parent.title.short")
        elif short:
            self.left.setdefault("parent.title.short", []).append(short)
        is_series = container == "series"
        if not is_series:
            self.people(record, level)
        for name, field in (("volume", "volume"), ("issue", "number")):
            if text := _text(record.get(name)):
                self.put("number" if is_series and name == "volume" else field, text, f"parent.{name}")
        if pages := scalar(record.get("page-range")):
            self.left.setdefault("parent.page-range", []).append(pages)
        rest = {name: one for name, one in record.items() if not (is_series and name in ("author", "editor"))}
        if is_series:
            for name in ("author", "editor"):
                if name in record:
                    self.left.setdefault(f"parent.{name}", []).extend(
                        flatten({"x": record[name]}).get("x", [])
                    )
        if container == "eventtitle":
            rest = {name: one for name, one in rest.items() if name != "date"}
            if date := parse_date(scalar(record.get("date"))):
                self.put("eventdate", str(date), "parent.date")
        self.texts(rest, level)


_NUMBERS = frozenset(("volume", "issue", "page-range"))


def _parents(record: Tree, kind: str) -> Iterator[tuple[str, Tree]]:
    """Yield all parents with their types, those of the entry first, then theirs."""
    level = [(kind, record)]
    count = 0
    while level:
        following: list[tuple[str, Tree]] = []
        for child_kind, child in level:
            for parent in trees_at(child, "parent"):
                count += 1
                if count > _MOST_PARENTS:
                    return
                parent_kind = text_at(parent, "type").lower() or DEFAULT_PARENTS.get(child_kind, "misc")
                following.append((parent_kind, parent))
        yield from following
        level = following


def _in_parent(kind: str, parent: str, entry_type: str, subtype: str) -> tuple[str, str, str]:
    """Return type, subtype and field of the parent's title."""
    for child, above, made, made_subtype, container in IN_PARENT:
        if child in ("", kind) and above in ("", parent):
            return made or entry_type, made_subtype if made else subtype, container
    raise AssertionError  # the last row fits all


def _text(value: Any) -> str:
    """Return a formattable string as field source: braces protect letter case, dollars hold mathematics."""
    verbatim = False
    if isinstance(value, Mapping):
        verbatim = scalar(value.get("verbatim")).lower() == "true"
        value = value.get("value", value.get("name"))
    text = scalar(value)
    if not text:
        return ""
    rich: list[Inline] = []
    position = 0
    for found in _BRACES.finditer(text):
        rich.append(text[position : found.start()])
        if found[2] is not None and SIMPLE_MATH.fullmatch(found[2]):
            rich.append(Math(found[2]))
        elif found[2] is not None:
            rich.append(found[0])  # Typst's own words
        elif found[1]:
            rich.append(NoCase((found[1],)))
        position = found.end()
    rich.append(text[position:])
    tree: Rich = join(rich)
    if verbatim and tree:
        tree = (NoCase(tree),)
    return latex.write(tree)


def _people(value: Any) -> list[Person]:
    """Return people, each a text "prefix Family, Suffix, Given" or a mapping of parts."""
    people = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            name = text_at(one, "name")
            given = text_at(one, "given-name")
            if given or text_at(one, "prefix") or text_at(one, "suffix"):
                people.append(Person(name, given, text_at(one, "prefix"), text_at(one, "suffix")))
            elif name:
                people.append(Person(whole=name, organisation=True))
        elif text := scalar(one):
            people.append(person_of_text(text))
    return people


def person_of_text(text: str) -> Person:
    """Return the person that a text "prefix Family, Suffix, Given" names; without a comma it is one piece."""
    name: Name = parse_name(latex.escape(text))
    if "," not in text:
        return Person(whole=text, organisation=True)
    return Person(name.family, name.given, name.prefix, name.suffix)
