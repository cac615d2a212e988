"""Rows of tables (CSV, JSON Lines, data frames) ↔ entries.

Columns of the contract: `id type title author year venue volume number pages doi abstract source`. What they
cannot say stands in further columns under BibLaTeX's names. Tables of databases are read by their headings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import FORMS, pages_source, text_source
from pubkit.crosswalks.row_names import people_source, people_text
from pubkit.crosswalks.row_tables import CITATION, DIALECTS, ROWS, TYPE_WORDS, Dialect, normalized
from pubkit.crosswalks.table import Reading
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES, canonical_type
from pubkit.model.fields import FIELDS, datatype

#: The columns of the contract, in order.
COLUMNS = (
    "id",
    "type",
    "title",
    "author",
    "year",
    "venue",
    "volume",
    "number",
    "pages",
    "doi",
    "abstract",
    "source",
)
#: BibLaTeX's `venue` is the place of an event; the column of that name holds what the work appeared in.
EVENT_PLACE = "eventplace"

#: Entry type → the field of what a work appeared in; journaltitle for the others.
VENUES = {
    **dict.fromkeys(
        (
            "inbook",
            "incollection",
            "inproceedings",
            "inreference",
            "bookinbook",
            "suppbook",
            "suppcollection",
        ),
        "booktitle",
    ),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "reference"), "series"),
    **dict.fromkeys(("thesis", "report"), "institution"),
    **dict.fromkeys(("online", "manual"), "organization"),
}
_ARTICLES = frozenset(("article", "review", "periodical", "suppperiodical"))

Row = dict[str, str | int | None]


# -- writing ---------------------------------------------------------------------------------------


def to_row(entry: Entry) -> Row:
    """Return an entry as a row: the contract's columns in order, then what else it has.

    Names are "Family, Given" joined by "and", organisations in braces; texts are plain Unicode with the
    tags `<i> <b> <sub> <sup>`.

    >>> row = to_row(Entry("article", "a", {"title": "T", "journaltitle": "J", "date": "2020-05"}))
    >>> row["id"], row["venue"], row["year"], row["date"], row["doi"]
    ('a', 'J', 2020, '2020-05', None)
    """
    fields = entry.fields
    row: Row = dict.fromkeys(COLUMNS)
    row["id"], row["type"] = entry.key or None, entry.type
    container = VENUES.get(entry.type, "journaltitle")
    for name, source in fields.items():
        if not source:
            continue
        if name == "date":
            year = entry.date.year if entry.date else None
            row["year"] = year
            if year is None or source != f"{year:04}":
                row["date"] = source
        elif name == "year" and "date" not in fields:
            row["year"] = int(source) if re.fullmatch(r"[0-9]{1,9}", source) else entry.text("year")
        else:
            column = "venue" if name == container else EVENT_PLACE if name == "venue" else name
            row[column] = cell_text(name, source)
    return row


def cell_text(field: str, source: str) -> str:
    """Return field source as the text of a cell."""
    kind = datatype(field)
    if kind == "name-list":
        return people_text(source)
    if kind in ("literal-list", "key-list"):
        return " and ".join(FORMS[kind].write(source))
    if kind == "keys":
        return "; ".join(FORMS[kind].write(source))
    return "".join(FORMS[kind].write(source))


# -- reading ---------------------------------------------------------------------------------------


def dialect_of(columns: Sequence[str]) -> Dialect:
    """Return whose table it is, by its headings.

    >>> dialect_of(["Authors", "Title", "Source title", "EID"]).name, dialect_of(["id", "title"]).name
    ('Scopus', '')
    """
    names = {normalized(column) for column in columns}
    return next((dialect for dialect in DIALECTS if dialect.marks <= names), DIALECTS[-1])


def known_columns(columns: Sequence[str]) -> int:
    """Return how many headings of a table are known."""
    dialect = dialect_of(columns)
    return sum(
        1
        for column in columns
        if (name := dialect.rename.get(normalized(column), normalized(column)))
        and (name in ROWS.names or name in FIELDS or name == EVENT_PLACE)
    )


def from_row(row: Mapping[str, Any], dialect: Dialect = DIALECTS[-1]) -> tuple[str, Reading]:
    """Return a row as citation key, and type and fields.

    Args:
        row: Column → value: text, number, None, or a list of texts or of people.
        dialect: Whose table it is.

    >>> key, reading = from_row({"id": "a", "type": "article", "venue": "J", "year": 2020, "pages": "1-9"})
    >>> key, reading.type, reading.fields
    ('a', 'article', {'journaltitle': 'J', 'pages': '1--9', 'date': '2020'})
    """
    values: dict[str, list[str]] = {}
    names: dict[str, str] = {}  # name → column as it stands
    for column, value in row.items():
        texts = _texts(value)
        name = normalized(str(column))
        if name in dialect.joined and name not in dialect.rename:
            name = dialect.joined[name]
        name = dialect.rename.get(name, name)
        if texts == [dialect.unknown.get(name)]:
            continue
        if texts and name:
            values.setdefault(name, []).extend(texts)
            names.setdefault(name, str(column))
    if "authornames" in values and "author" not in values:  # full names are better where a table has both
        values["author"] = values.pop("authornames")
    key = values.pop("id", [""])[0]
    word, entry_type = _type(values, dialect)
    fields: dict[str, str] = {}
    for field in ("author", "editor", "translator"):
        if texts := values.pop(field, []):
            fields[field] = people_source(texts, dialect.people)
    if dialect.name == "Zotero" and "extra" in values:
        _read_extra(values)
    if dialect.name == "Dimensions" and "booktitle" in values and "venue" in values:
        values["series"] = values.pop("venue")
    if "citation" in values and dialect.name == "PubMed":
        _read_citation(values)
    _read_pages(values)
    dates = values.pop("date", []), values.pop("year", [])
    reading = ROWS.read(word, values, fields, type=entry_type)
    _read_dates(*dates, reading.fields)
    unmapped: dict[str, Sequence[str]] = {}
    for name, cells in reading.unmapped.items():
        column = names.get(name, name)
        field = "venue" if name == EVENT_PLACE else column.lower()
        if name in dialect.silent:
            continue
        if field not in reading.fields and (
            (field in FIELDS and normalized(column) == name)
            or (not dialect.name and re.fullmatch(r"[a-z][a-z0-9_-]*", column))
        ):
            reading.fields[field] = _cell_source(field, cells)
        else:
            unmapped[column] = cells
    return key, Reading(reading.type, reading.fields, unmapped, known=bool(entry_type) or not word)


# Scopus: "[No author name available]", "[No abstract available]".
_SAYS_NOTHING = re.compile(r"\[No [a-z ]{1,30} available\]", re.IGNORECASE)


def _texts(value: Any) -> list[str]:
    """Return a value as texts; None, NaN and empty ones are none."""
    if value is None or value is False or (isinstance(value, float) and math.isnan(value)):
        return []
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, Mapping):
        return _person(value)
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    text = str(value).strip()
    return [text] if text and text not in ("<NA>", "NaT") and not _SAYS_NOTHING.fullmatch(text) else []


def _person(value: Mapping[str, Any]) -> list[str]:
    """Return a person of JSON as text: family and given name, or one name."""
    family = value.get("family") or value.get("last") or value.get("lastName") or value.get("last_name")
    given = value.get("given") or value.get("first") or value.get("firstName") or value.get("first_name")
    if family:
        return [f"{family}, {given}" if given else str(family)]
    name = value.get("literal") or value.get("name") or value.get("display_name")
    return [str(name)] if name else []


def _type(values: dict[str, list[str]], dialect: Dialect) -> tuple[str, str]:
    """Return the word for the type that a table has, and the entry type; "" where the word is unknown."""
    word = values.pop("type", [""])[0].strip()
    simple = normalized(word)
    if not dialect.name and word.lower() in ENTRY_TYPES:
        return word, word.lower()
    found = TYPE_WORDS.get(simple) or (simple if simple in ENTRY_TYPES else None)
    if found is None and word:
        canonical = canonical_type(word)
        found = (
            canonical
            if canonical in ENTRY_TYPES
            else next(
                (TYPE_WORDS[part] for part in map(normalized, re.split(r"[;,]", word)) if part in TYPE_WORDS),
                None,
            )
        )
    if found:
        return word, found
    if not values.keys().isdisjoint(("journaltitle", "journal")):
        return word, "article"
    if "booktitle" in values:
        return word, "inproceedings"
    if "venue" in values and dialect.name:
        return word, "article" if "volume" in values or "number" in values else _venue_type(
            values["venue"][0]
        )
    return word, "" if word else "misc"


_MEETING = re.compile(
    r"\b(?:conference|proceedings|symposium|workshop|congress|meeting|conf\.|proc\.|icis|ecis)\b",
    re.IGNORECASE,
)


def _venue_type(venue: str) -> str:
    return "inproceedings" if _MEETING.search(venue) else "article"


_EXTRA = re.compile(r"(PMID|PMCID|DOI|ISBN|ISSN):\s*(\S.*)", re.IGNORECASE)


def _read_extra(values: dict[str, list[str]]) -> None:
    """Take identifiers out of what Zotero calls Extra, one a line; the rest is a note."""
    rest = []
    for line in values.pop("extra")[0].splitlines():
        found = _EXTRA.fullmatch(line.strip())
        if found and found[1].lower() not in values:
            values[found[1].lower()] = [found[2].strip()]
        elif line.strip():
            rest.append(line.strip())
    if rest:
        values.setdefault("notes", []).append("\n".join(rest))


def _read_citation(values: dict[str, list[str]]) -> None:
    """Take volume, issue, pages and date from PubMed's citation: "Nature. 2021 Dec 21;1(2):10-11. doi: …"."""
    found = CITATION.search(values["citation"][0])
    if not found:
        return
    del values["citation"]
    for name in ("date", "volume", "number", "pages"):
        if found[name]:
            values.setdefault(name, [found[name]])


def _read_pages(values: dict[str, list[str]]) -> None:
    """Make pages of the first and the last one."""
    first, last = values.pop("startpage", [""])[0], values.pop("endpage", [""])[0]
    if (first or last) and "pages" not in values:
        values["pages"] = [f"{first}-{last}" if first and last and first != last else first or last]
    if "pages" in values:
        values["pages"] = [pages_source(values["pages"][0]).replace("--", "-")]


def _read_dates(dates: list[str], years: list[str], made: dict[str, str]) -> None:
    year = re.sub(r"\.0$", "", years[0]) if years else ""
    whole = next((source for text in dates if (source := date_source(text, year))), "")
    short = date_source(year) if year else ""
    if whole and (not short or whole.startswith(short)):
        made["date"] = whole
    elif short:
        made["date"] = short
    elif whole:
        made["date"] = whole
    elif year or dates:
        made["year"] = text_source(year or dates[0])


def _cell_source(field: str, texts: Sequence[str]) -> str:
    kind = datatype(field)
    if kind == "name-list":
        return people_source(list(texts), "")
    if kind in ("literal-list", "key-list"):
        texts = [part for text in texts for part in text.split(" and ")]
    return FORMS[kind].read(texts)
