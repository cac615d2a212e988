"""Writing Hayagriva's YAML; `hayagriva` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from pubkit.crosswalks.csl_tables import GENRES
from pubkit.crosswalks.hayagriva import (
    EDITOR_ROLES,
    NEAREST,
    OWN,
    PLACED,
    ROLES,
    SERIALS,
    SHAPES,
    Shape,
)
from pubkit.crosswalks.people import Person, people_of
from pubkit.formats.hayagriva import SIMPLE_MATH, TITLE, person_of_text, read
from pubkit.formats.losses import reports_losses
from pubkit.markup import csl, latex, mathtext
from pubkit.markup.tree import Math, NoCase, Rich, strings
from pubkit.model.dates import Date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import canonical_type
from pubkit.model.languages import language_tag
from pubkit.model.library import Library
from pubkit.model.names import split_names
from pubkit.model.pages import parse_pages
from pubkit.model.titles import join_title

_INTEGER = re.compile(r"[1-9][0-9]{0,8}")
_EDITORS = ("editor", "editora", "editorb", "editorc")
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# Fields of the whole, where an entry is a part of one.
_OF_THE_WHOLE = ("edition", "volumes", "pagetotal")


@reports_losses(TITLE, read)
def write(library: Library) -> str:
    """Return the library as Hayagriva's YAML, one mapping of citation keys to entries.

    Args:
        library: The entries.
    """
    file: dict[str, Any] = {}
    for entry in library:
        key, number = entry.key, 1
        while key in file:  # YAML has a key once
            number += 1
            key = f"{entry.key}-{number}"
        file[key] = _Writing(entry).record()
    if not file:
        return "{}\n"
    text: str = yaml.dump(
        file, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100
    )
    return text


class _Writing:
    """The way of one entry: what belongs to it, to its container, to the container's series."""

    def __init__(self, entry: Entry) -> None:
        self.fields: Mapping[str, str] = entry.fields
        kind = canonical_type(entry.type)
        kind = kind if (kind, "") in SHAPES else NEAREST.get(kind, "misc")
        subtype = entry.fields.get("entrysubtype", "").strip().lower()
        self.shape: Shape = SHAPES.get((kind, subtype)) or SHAPES[kind, ""]
        self.kind = kind

    def record(self) -> dict[str, Any]:
        fields, shape = self.fields, self.shape
        own: dict[str, Any] = {"type": shape.type}
        whole: dict[str, Any] = {}
        is_part = bool(shape.container and shape.container in fields)
        outer = whole if is_part else own
        if title := self.title():
            own["title"] = title
        self.people(own, outer, is_part)
        self.put_date(own)
        for field, name in OWN.items():
            if field in fields and field != "title":
                target = outer if field in _OF_THE_WHOLE else own
                target[name] = self.genre() if field == "type" else formattable(fields[field])
        if "pages" in fields:
            pages = parse_pages(fields["pages"])
            text = str(pages).replace("--", "-") if pages.ranges else latex.to_text(fields["pages"])
            own["page-range"] = _number(text)
        self.places(own, outer)
        self.serials(own, outer)
        if "url" in fields:
            date = parse_date(fields.get("urldate", ""))
            own["url"] = {"value": fields["url"], "date": _date(date)} if date else fields["url"]
        if tag := language_tag(fields.get("langid", "")):
            own["language"] = tag
        series = self.numbers(own, outer)
        parents = []
        if is_part:
            parents.append({"type": shape.parent, "title": self.container_title(), **whole})
        if "eventtitle" in fields:
            parents.append(self.event())
        if "maintitle" in fields:
            self.hang({"type": "book", "title": formattable(fields["maintitle"])}, parents, is_part)
        if series:
            self.hang(series, parents, is_part or "maintitle" in fields)
        if parents:
            own["parent"] = parents[0] if len(parents) == 1 else parents
        return own

    @staticmethod
    def hang(outer: dict[str, Any], parents: list[dict[str, Any]], nested: bool) -> None:
        """Put a parent above the innermost whole, or beside the other parents."""
        if not nested or not parents:
            parents.append(outer)
            return
        above = parents[0]
        while "parent" in above:
            above = above["parent"]
        above["parent"] = outer

    def title(self) -> Any:
        title = join_title(self.fields.get("title", ""), self.fields.get("subtitle", ""))
        return _with_short(formattable(title), self.fields.get("shorttitle", ""))

    def container_title(self) -> Any:
        short = self.fields.get("shortjournal", "") if self.shape.container == "journaltitle" else ""
        return _with_short(formattable(self.fields[self.shape.container]), short)

    def genre(self) -> Any:
        word = self.fields["type"]
        return GENRES.get(word.strip().lower(), formattable(word))

    def people(self, own: dict[str, Any], outer: dict[str, Any], is_part: bool) -> None:
        fields = self.fields
        if authors := _names(fields, "author"):
            own["author"] = authors
        if is_part and (authors := _names(fields, "bookauthor")):
            outer["author"] = authors
        affiliated = []
        for slot in _EDITORS:
            role = fields.get(f"{slot}type", "editor" if slot == "editor" else "").strip().lower()
            names = _names(fields, slot)
            if names and role == "editor":
                outer["editor"] = names
            elif names and role in EDITOR_ROLES:
                affiliated.append({"role": EDITOR_ROLES[role], "names": names})
        for field, role in ROLES.items():
            if names := _names(fields, field):
                affiliated.append({"role": role, "names": names})
        if affiliated:
            own["affiliated"] = affiliated

    def put_date(self, own: dict[str, Any]) -> None:
        date = parse_date(self.fields.get("date", self.fields.get("year", "")))
        if date is not None and date.year is not None:
            own["date"] = _date(date)

    def places(self, own: dict[str, Any], outer: dict[str, Any]) -> None:
        fields = self.fields
        publisher = fields.get("publisher", "")
        if len(split_names(publisher)) > 1:
            publisher = "; ".join(split_names(publisher))
        location = formattable(fields["location"]) if "location" in fields else None
        if publisher and location:
            outer["publisher"] = {"name": formattable(publisher), "location": location}
        elif publisher:
            outer["publisher"] = formattable(publisher)
        elif location and self.shape.type not in PLACED:
            outer["location"] = location
        for field in ("institution", "organization"):
            if field in fields and "organization" not in own:
                own["organization"] = formattable(fields[field])
        if "venue" in fields and self.shape.type in PLACED:
            own["location"] = formattable(fields["venue"])

    def event(self) -> dict[str, Any]:
        fields = self.fields
        event: dict[str, Any] = {"type": "conference", "title": formattable(fields["eventtitle"])}
        if "venue" in fields and self.shape.type not in PLACED:
            event["location"] = formattable(fields["venue"])
        if (date := parse_date(fields.get("eventdate", ""))) and date.year is not None:
            event["date"] = _date(date)
        return event

    def serials(self, own: dict[str, Any], outer: dict[str, Any]) -> None:
        fields = self.fields
        mine: dict[str, Any] = {}
        theirs: dict[str, Any] = {}
        for field, name in SERIALS.items():
            if field in fields:
                (theirs if field in ("isbn", "issn") else mine)[name] = fields[field]
        if "eprint" in fields and fields.get("eprinttype", "").lower() == "arxiv":
            mine["arxiv"] = fields["eprint"]
        number = fields.get("eid" if self.shape.type == "article" else "number", "")
        if number and not (self.shape.type != "article" and ("series" in fields or outer is not own)):
            mine["serial"] = latex.to_text(number)
        if outer is own:
            mine.update(theirs)
        elif theirs:
            outer["serial-number"] = theirs
        if mine:
            own["serial-number"] = mine

    def numbers(self, own: dict[str, Any], outer: dict[str, Any]) -> dict[str, Any]:
        """Write volume and number; return the series as a parent, empty where there is none."""
        fields = self.fields
        if "volume" in fields:
            outer["volume"] = _number(latex.to_text(fields["volume"]))
        series: dict[str, Any] = {}
        if "series" in fields:
            title = _with_short(formattable(fields["series"]), fields.get("shortseries", ""))
            series = {"type": "anthology", "title": title}
        number = _number(latex.to_text(fields["number"])) if "number" in fields else None
        if number is not None and self.kind not in ("article", "periodical") and series:
            series["volume"] = number
        elif number is not None and (outer is not own or self.shape.type in ("article", "periodical")):
            outer["issue"] = number
        return series


def formattable(source: str) -> Any:
    """Return field source as a formattable string: braces protect letter case, dollars hold mathematics."""
    rich = latex.parse(source)
    if len(rich) == 1 and isinstance(rich[0], NoCase) and " " in "".join(strings(rich)):
        return {"value": _plain(rich[0].children), "verbatim": True}
    return _plain(rich, braces=True)


def _plain(rich: Rich, *, braces: bool = False) -> str:
    pieces = []
    for piece in rich:
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, NoCase):
            inner = _plain(piece.children)
            pieces.append(f"{{{inner}}}" if braces else inner)
        elif isinstance(piece, Math):
            simple = SIMPLE_MATH.fullmatch(piece.source)
            pieces.append(f"${piece.source}$" if simple else mathtext.to_text(piece.source))
        else:
            pieces.append(re.sub(r"</?(?:i|b|sup|sub|span)\b[^<>]*>", "", csl.write((piece,))))
    return "".join(pieces)


def _with_short(value: Any, short: str) -> Any:
    if not short:
        return value
    whole = value if isinstance(value, dict) else {"value": value}
    return {**whole, "short": latex.to_text(short)}


def _names(fields: Mapping[str, str], field: str) -> Any:
    names = [_name(person) for person in people_of(fields, field)]
    return names[0] if len(names) == 1 else names


def _name(person: Person) -> Any:
    """Return a person as text where that reads back as the same one, else as a mapping of parts."""
    if person.whole:
        return person.whole if "," not in person.whole else {"name": person.whole}
    family = f"{person.prefix} {person.family}" if person.prefix else person.family
    text = ", ".join(filter(None, (family, person.suffix, person.given)))
    bare = Person(person.family, person.given, person.prefix, person.suffix)
    if person_of_text(text) == bare:
        return text
    parts = {
        "name": person.family,
        "given-name": person.given,
        "prefix": person.prefix,
        "suffix": person.suffix,
    }
    return {name: part for name, part in parts.items() if part}


def _date(date: Date) -> Any:
    year = f"{date.year:04}" if (date.year or 0) >= 0 else f"{date.year:05}"
    parts = [year]
    if date.month:
        parts.append(f"{date.month:02}")
        if date.day:
            parts.append(f"{date.day:02}")
    text = "-".join(parts)
    if date.circa or date.uncertain:
        return f"~{text}"
    return int(text) if _INTEGER.fullmatch(text) else text


def _number(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text) else text
