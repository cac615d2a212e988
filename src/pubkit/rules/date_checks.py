"""D01x: dates that cannot be, dates in other fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as calendar

from pubkit.diagnostics import Severity
from pubkit.model.dates import Date, guess_date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.months import read_month_field
from pubkit.rules.base import Finding, fields_of, rule

_DATES = frozenset({"date"})
_ACCESSED = re.compile(
    r"(?:last\s+)?(?:accessed|retrieved|visited|checked|viewed|abgerufen|zugriff|consulté|accessed\s+online)"
    r"(?:\s+(?:on|am|le))?\s*:?\s*(.{6,24}?)\.?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"[0-9]+")
# Printing began in the 1450s; what is older is dated by its edition.
_FIRST_YEAR = 1400


@rule("D010", "impossible-month", "Month and day exist.", repairs=False)
def impossible_month(entry: Entry) -> Iterable[Finding]:
    """`month = {13}`, `day = {32}` and `2020-02-30` are days that no calendar has. Reported only."""
    month, day = entry.fields.get("month", ""), entry.fields.get("day", "")
    if month.strip().isdecimal() and not 1 <= int(month.strip()[:4]) <= 12:
        yield Finding(f"there is no month {month.strip()[:4]}", "month", hint="correct it")
    elif month.strip() and read_month_field(month, day)[0] is None:
        yield Finding(f"“{month[:30]}” is no month", "month", hint="write jan, feb, … or a number")
    if day.strip().isdecimal() and not 1 <= int(day.strip()[:4]) <= 31:
        yield Finding(f"there is no day {day.strip()[:4]}", "day", hint="correct it")


@rule("D011", "date-order", "A range of dates does not end before it starts.", repairs=False)
def date_order(entry: Entry) -> Iterable[Finding]:
    """`date = 2021/2019` is reversed or mistyped. Reported only."""
    for name in fields_of(entry, _DATES):
        first, slash, last = entry.fields[name].partition("/")
        if not slash or parse_date(entry.fields[name]) is not None:
            continue
        start, end = parse_date(first.strip()), parse_date(last.strip())
        if start is not None and end is not None and end.sort_key() < start.sort_key():
            yield Finding("the date ends before it starts", name, hint="look the dates up")


@rule("D012", "implausible-year", "The year of publication has four digits.", repairs=False)
def implausible_year(entry: Entry) -> Iterable[Finding]:
    """`year = 97` or `year = 202` is a slip of the hand. Reported only.

    What was written before there was print is dated by its edition; `origdate` takes the year of the work.
    """
    found = entry.date
    year = found.year if found is not None else None
    if year is not None and 0 <= year < _FIRST_YEAR and not (found and (found.circa or found.is_range)):
        yield Finding(f"the year {year} is before there was print", "date", hint="correct the year")


@rule("D013", "future-visit", "An address was not visited in the future.", repairs=False)
def future_visit(entry: Entry) -> Iterable[Finding]:
    """`urldate = 2202-01-05` cannot be. Reported only."""
    visited = _certain(entry.fields.get("urldate", ""))
    today = calendar.today()
    if visited is not None and visited.parts > (today.year, today.month, today.day + 1):
        yield Finding(f"urldate {visited} is in the future", "urldate", hint="correct it")


@rule("D014", "accessed-note", "The date of a visit stands in urldate.", safe=True)
def accessed_note(entry: Entry) -> Iterable[Finding]:
    """`note = {Accessed: 17 May 2020}` becomes `urldate = {2020-05-17}`, which styles print in their words.

    Only where the note says nothing else, the entry has an address, and the date can mean only one day.
    """
    if "url" not in entry.fields:
        return
    for name in ("note", "addendum", "howpublished"):
        found = _ACCESSED.fullmatch(entry.fields.get(name, "").strip().strip("()[]"))
        visited = _certain(found[1]) if found else None
        if visited is None:
            continue
        known = entry.fields.get("urldate")
        if known is None:
            repair = {name: None, "urldate": str(visited)}
            yield Finding("the date of a visit outside urldate", name, repair, severity=Severity.INFO)
        elif _certain(known) == visited:
            yield Finding(f"{name} repeats urldate", name, {name: None}, severity=Severity.INFO)


def _certain(value: str) -> Date | None:
    value = value.strip().strip("()[].")
    found = parse_date(value) or guess_date(value)
    return found if found is not None and found.month and not found.is_range else None


RULES = (impossible_month, date_order, implausible_year, future_visit, accessed_note)
