"""D0xx: dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as calendar

from pubkit.crosswalks.bibtex_dates import join_date
from pubkit.diagnostics import Severity
from pubkit.model.dates import Date, entry_date, guess_date, parse_date
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, fields_of, rule

_DATES = frozenset({"date"})
# A year and nothing else. The letter of "2020a" tells two works apart, and no date can hold it.
_ONLY_YEAR = re.compile(
    r"[\s\[({]*(?:(?:c|ca|circa)\.?\s*)?[0-9]{1,4}[?~%]?(?:\s?[–—/-]{1,3}\s?[0-9]{2,4})?[\s\])}]*",
    re.IGNORECASE,
)
# Publications are announced this many years ahead, not more.
_YEARS_AHEAD = 2
_PUBLICATION_STATES = {
    "in press": "inpress",
    "forthcoming": "forthcoming",
    "to appear": "forthcoming",
    "accepted": "inpress",
    "submitted": "submitted",
    "under review": "submitted",
    "in preparation": "inpreparation",
    "in print": "inpress",
}


@rule("D001", "year-and-month", "Year and month are one date.", safe=True)
def year_and_month(entry: Entry) -> Iterable[Finding]:
    """`year = 2020, month = mar` becomes `date = 2020-03`, as BibLaTeX wants it.

    Where there is a date already, a year and month that say the same go. A year that is no date, such as
    "in press", stays (see D003).
    """
    parts = {name: entry.fields[name] for name in ("year", "month", "day") if name in entry.fields}
    from_parts = entry_date(parts) if "year" in parts else None
    if from_parts is None or not (_ONLY_YEAR.fullmatch(parts["year"]) or parse_date(parts["year"])):
        return
    if ("month" in parts and not (from_parts.month or from_parts.season)) or (
        "day" in parts and not from_parts.day
    ):
        return
    removed = dict.fromkeys(parts, None)
    if "date" not in entry.fields:
        repair = {"date": str(from_parts), **removed}
        yield Finding("year and month are one date", "date", repair, severity=Severity.INFO)
    elif str(entry.date) == str(from_parts) or entry.fields["date"].startswith(f"{from_parts}-"):
        yield Finding("year and month repeat the date", "year", removed, severity=Severity.INFO)


@rule("D002", "date-form", "Dates are written as BibLaTeX (EDTF, ISO 8601) writes them.", safe=True)
def date_form(entry: Entry) -> Iterable[Finding]:
    """`5 March 2020` and `2020-3-5` become `2020-03-05`.

    What can mean two days (`5/3/2020`) or none stays, and D003 reports it.
    """
    for name in fields_of(entry, _DATES):
        read = _read(entry.fields[name])
        if read is not None and str(read) != entry.fields[name]:
            repair = {name: str(read)}
            yield Finding("date not in canonical form", name, repair, severity=Severity.INFO)


@rule("D003", "unreadable-date", "Dates can be read as dates.", safe=True)
def unreadable_date(entry: Entry) -> Iterable[Finding]:
    """`date = {in press}` becomes `pubstate = {inpress}`; other text that is no date is reported.

    BibLaTeX has a field for the state of a publication, which styles print in their own words.
    """
    for name in (*fields_of(entry, _DATES), "year"):
        value = entry.fields.get(name, "").strip()
        if not value or _read(value) is not None or entry_date({"year": value}) is not None:
            continue
        state = _PUBLICATION_STATES.get(value.strip("(){}. ").lower())
        if state and "pubstate" not in entry.fields and name in ("date", "year"):
            repair = {name: None, "pubstate": state}
            yield Finding("a state of publication, not a date", name, repair, severity=Severity.INFO)
        else:
            hint = "write it as 2020, 2020-03 or 2020-03-05"
            yield Finding(f"“{value[:40]}” is no date", name, hint=hint)


@rule("D004", "conflicting-dates", "Date and year name the same year.", repairs=False)
def conflicting_dates(entry: Entry) -> Iterable[Finding]:
    """`date = 2020-03` beside `year = 2021`: one of them is wrong. Reported only."""
    if "date" in entry.fields and "year" in entry.fields:
        date, year = _read(entry.fields["date"]), entry_date({"year": entry.fields["year"]})
        if date and year and date.year != year.year:
            yield Finding(
                f"date says {date.year}, year says {year.year}", "date", hint="remove the wrong one"
            )


@rule("D005", "far-future", "The year of publication is not far in the future.", repairs=False)
def far_future(entry: Entry) -> Iterable[Finding]:
    """`date = 2202` is a slip of the hand. Reported only."""
    year = entry.year
    if year is not None and year > calendar.today().year + _YEARS_AHEAD:
        yield Finding(f"the year {year} is far in the future", "date", hint="correct the year")


@rule("D006", "year-only-text", "A year is a year.")
def year_in_text(entry: Entry) -> Iterable[Finding]:
    """`date = {Published 2019, online}` holds one year only: the rest is taken for noise.

    Which is a guess, so the repair is done only when asked for.
    """
    for name in ("date", "year"):
        value = entry.fields.get(name, "")
        found = entry_date({"year": value}) if value and _read(value) is None else None
        if found and not _ONLY_YEAR.fullmatch(value):
            repair: dict[str, str | None] = {name: str(found)}
            if name == "year" and "date" not in entry.fields and not _has_month(entry, str(found)):
                repair = {"date": str(found), "year": None}  # as the reader of a .bib has it
            yield Finding("text around a year", name, repair, hint="leave the year alone")


def _has_month(entry: Entry, year: str) -> bool:
    """Say whether a month stands beside the year that makes a date with it (see D001)."""
    month, day = entry.fields.get("month", ""), entry.fields.get("day", "")
    return join_date(year, month, day) is not None


def _read(value: str) -> Date | None:
    """Return a date that can mean only one thing."""
    return parse_date(value) or guess_date(value)


RULES = (unreadable_date, year_and_month, date_form, conflicting_dates, far_future, year_in_text)
