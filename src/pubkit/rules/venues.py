"""J0xx: journals and venues: full names, the entry type that belongs to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.crosswalks.bibtex_dates import join_date
from pubkit.diagnostics import Severity
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.venues import Venue, find
from pubkit.rules.base import Finding, rule
from pubkit.text.fold import fold

_CONTAINERS = ("booktitle", "journaltitle", "howpublished", "eventtitle")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<=['’‘])[0-9]{2}(?![0-9])")
_BRACKETS = re.compile(r"\([^()]*\)")
_ABBREVIATED = re.compile(r"\b(?:proc|conf|int|intl|symp|adv)\b\.?", re.IGNORECASE)
# Types that say nothing about where a paper appeared.
_VAGUE_TYPES = frozenset(
    {"misc", "unpublished", "online", "article", "inproceedings", "incollection", "paper"}
)
_TYPE_OF = {
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
}
_FIELD_OF = {"inproceedings": "booktitle", "article": "journaltitle"}


@rule("J001", "type-from-venue", "The entry type is that of the venue.", safe=True)
def type_from_venue(entry: Entry) -> Iterable[Finding]:
    """`@misc` or `@article` with `journal = {ICML}` becomes `@inproceedings` with `booktitle = {ICML}`.

    Only where the table of venues knows the venue, and nothing but its name stands in the field. An article
    with volume and issue number in a series of proceedings may be meant as it is: that one is changed only
    when asked for.
    """
    located = _located(entry)
    if located is None:
        return
    name, venue = located
    wanted = _TYPE_OF.get(venue.kind, "")
    if not wanted or entry.type not in _VAGUE_TYPES:
        return
    field = _FIELD_OF[wanted]
    if wanted == entry.type and name == field:
        return
    if entry.type == "incollection" and wanted != "inproceedings":
        return
    repair: dict[str, str | None] = {}
    if name != field:
        if field in entry.fields:
            return  # two containers: which one holds is a person's decision
        repair = {field: entry.fields[name]}
        if name != "eventtitle":
            repair[name] = None
    message = f"{venue.acronym or venue.name} is a {venue.kind}"
    safe = not (entry.type == "article" and "number" in entry.fields)
    yield Finding(message, name, repair, wanted, severity=Severity.INFO, safe=safe)


@rule("J002", "venue-name", "Acronyms of venues become full names, with the year's edition.", safe=True)
def venue_name(entry: Entry) -> Iterable[Finding]:
    """`ICML 2025` becomes `Proceedings of the 42nd International Conference on Machine Learning`.

    `NeurIPS 2023` becomes `Advances in Neural Information Processing Systems 36`, and `JMLR` the journal's
    name in full. A name that is spelled out already is left as it is. Where the venue names another year
    than the entry does, that is reported and nothing changed.
    """
    for field in ("booktitle", "journaltitle"):
        value = entry.fields.get(field, "")
        venue = find(entry.text(field)) if value else None
        if venue is None or not _is_short(entry.text(field), venue):
            continue
        year, named = entry.year, _year_in(entry.text(field))
        if year is not None and named is not None and year != named:
            hint = "correct the wrong one"
            yield Finding(f"the venue names {named}, the entry {year}", field, hint=hint)
            continue
        full = _full_name(entry, venue, year if year is not None else named)
        repair: dict[str, str | None] = {field: latex.escape(full)}
        if year is None and named is not None and not {"date", "year"} & entry.fields.keys():
            month, day = entry.fields.get("month", ""), entry.fields.get("day", "")
            whole = join_date(str(named), month, day)
            repair["date"] = whole or str(named)
            if whole:
                repair |= {name: None for name in ("month", "day") if name in entry.fields}
        if repair != {field: value}:
            yield Finding("acronym of a venue", field, repair, severity=Severity.INFO)


def _located(entry: Entry) -> tuple[str, Venue] | None:
    """Return the field that names a known venue, and the venue."""
    for name in _CONTAINERS:
        if name in entry.fields:
            venue = find(entry.text(name))
            if venue is not None:
                return name, venue
            if name in ("booktitle", "journaltitle"):
                return None  # an unknown container holds more than another field's venue
    return None


def _is_short(text: str, venue: Venue) -> bool:
    """Say whether a text names the venue by acronym or abbreviation, its full name not spelled out."""
    folded = f" {fold(text)} "
    if f" {fold(venue.name)} " in folded:
        return False
    words = folded.split()
    outside = _BRACKETS.sub(" ", text).strip()
    if len(outside.split()) > 3 and not _ABBREVIATED.search(text) and find(outside) is venue:
        return False  # spelled out, if not to the letter
    if venue.kind == "journal" and any(map(str.islower, text)):
        return False  # an abbreviated journal title is how many styles want it
    if any(name in folded for name in _short_names(venue)):
        return len(words) < len(fold(venue.name).split()) + 3
    return _ABBREVIATED.search(text) is not None


def _short_names(venue: Venue) -> list[str]:
    """Return the venue's acronym and its one-word aliases, folded, a space on both sides."""
    names = [venue.acronym, *(alias for alias in venue.aliases if " " not in alias and not alias.islower())]
    return [f" {fold(name)} " for name in names if name and name != venue.name]


def _year_in(text: str) -> int | None:
    """Return the year that a venue's name carries: `ICML 2025`, `NIPS'17`."""
    match = _YEAR.search(text)
    if match is None:
        return None
    number = int(match.group())
    return number if number > 99 else number + (2000 if number < 70 else 1900)


def _full_name(entry: Entry, venue: Venue, year: int | None) -> str:
    """Return the venue's name in a year; a volume that stands in its own field is not repeated."""
    if "volume" in entry.fields and "{volume}" in venue.template:
        return venue.name
    return venue.booktitle(year)


RULES = (type_from_venue, venue_name)
