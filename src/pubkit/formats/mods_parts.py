"""Parts of MODS records: names, titles, places, dates, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubkit.crosswalks.forms import ISO_639_2, language_source
from pubkit.crosswalks.people import Person
from pubkit.formats import xml
from pubkit.formats.trees import date_of
from pubkit.markup import latex
from pubkit.model.dates import parse_date

_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_DATES = ("dateIssued", "copyrightDate", "dateCreated", "dateValid", "dateOther")


def related(element: Any, kind: str) -> Iterator[Any]:
    """Yield the related items of a type."""
    return (one for one in element.iterfind("relatedItem") if (one.get("type") or "").lower() == kind)


def has_title(element: Any) -> bool:
    """Whether an item has a title."""
    return element.find("titleInfo/title") is not None


def title_of(info: Any) -> str:
    """Return a title with the article that does not sort."""
    before = xml.source(info, "nonSort")
    title = xml.source(info, "title")
    space = "" if before.endswith(("'", "’", "-")) or not before else " "
    return f"{before}{space}{title}" if title else ""


def name_part(name: Any, kind: str) -> str:
    """Return the parts of a name of one type, as one text."""
    parts = (xml.text(one) for one in name.iterfind("namePart") if (one.get("type") or "") == kind)
    return " ".join(filter(None, parts))


def name_text(name: Any) -> str:
    """Return a name that is not cut into parts."""
    parts = (xml.text(one) for one in name.iterfind("namePart") if not one.get("type"))
    return ", ".join(filter(None, parts)) or xml.text(name, "displayForm")


def person_of_name(name: Any) -> Person:
    """Return the person or body that a name element is."""
    orcid = next(
        (
            xml.text(one)
            for one in name.iterfind("nameIdentifier")
            if "orcid" in (one.get("type") or one.get("typeURI") or "").lower()
        ),
        "",
    )
    family, given, suffix = (
        name_part(name, "family"),
        name_part(name, "given"),
        name_part(name, "termsOfAddress"),
    )
    if family or given:
        return Person(family, given, suffix=suffix, orcid=orcid)
    whole = name_text(name)
    if (name.get("type") or "") == "corporate":
        return Person(whole=whole, organisation=True, orcid=orcid)
    family, comma, given = (part.strip() for part in whole.rstrip(" ,").partition(","))
    if comma:
        return Person(family, given.rstrip(","), suffix=suffix, orcid=orcid)
    return Person(whole=whole, organisation=not (name.get("type") or ""), orcid=orcid)


def item_of(text: str) -> str:
    """Return a text as an item of a literal list."""
    return item_source(latex.escape(text))


def item_source(source: str) -> str:
    """Return a source as an item of a literal list: an "and" in it is protected."""
    return f"{{{source}}}" if re.search(r"\band\b", source) else source


def place_of(element: Any) -> str:
    """Return the place of publication in words."""
    terms = [one for one in element.iterfind("originInfo/place/placeTerm") if one.get("type") != "code"]
    return next((source for one in terms if (source := xml.source(one))), "")


def date_of_record(element: Any) -> str:
    """Return the date of publication; of several the one that is coded best."""
    for name in _DATES:
        found = list(element.iterfind(f"originInfo/{name}"))
        found.sort(key=lambda one: (one.get("keyDate") != "yes", not one.get("encoding")))
        starts = [one for one in found if one.get("point") != "end"]
        end = next((xml.text(one) for one in found if one.get("point") == "end"), "")
        for one in starts:
            text = xml.text(one)
            date = date_of(text)
            if not date and (year := _YEAR.search(text)):
                date = year[1]
            if date and end and (range_ := parse_date(f"{date}/{end}")):
                return str(range_)
            if date:
                circa = one.get("qualifier") == "approximate" and parse_date(f"{date}~")
                return str(circa) if circa else date
    return ""


def language_of(text: str) -> str:
    """Return the name of a language that is given as a code or in words; "" for an unknown one."""
    return language_source(ISO_639_2.get(text.lower(), text))
