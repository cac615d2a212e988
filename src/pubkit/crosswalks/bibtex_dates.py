"""Classic `year`, `month` and `day` ↔ one EDTF date, on strings; everything is memoised by its text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pubkit.model.months import MONTHS, SEASON_NAMES, month_number

_EDTF = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_YEARS = re.compile(r"([0-9]{4}) ?(?:-{1,2}|–|/) ?([0-9]{4})", re.ASCII)
_YEARS_SHORT = re.compile(r"([0-9]{2})([0-9]{2}) ?(?:-{1,2}|–|/) ?([0-9]{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(.*?),? ([0-9]{4})", re.ASCII)
# Longer texts are no dates; nothing here is ever slow on them.
_LONGEST = 64
_DASH = re.compile(r" ?(?:-{1,3}|–|—|/) ?")
_DAY_LAST = re.compile(r"(\D+?)[~ ]+([0-9]{1,2})(?:st|nd|rd|th)?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[~ ]+(\D+)", re.ASCII)


@lru_cache(maxsize=8192)
def year_to_date(text: str) -> str | None:
    """Return the date that a `year` stands for; None where it is no date.

    >>> year_to_date("{1998}"), year_to_date("1999/2000"), year_to_date("in press")
    ('1998', '1999/2000', None)
    """
    if len(text) > _LONGEST:
        return None
    text = text.strip("{} ")
    if _EDTF.fullmatch(text):
        return text if _is_day(text) else None
    if found := _YEARS.fullmatch(text):
        first, last = found.groups()
    elif short := _YEARS_SHORT.fullmatch(text):
        century, decade, end = short.groups()
        first, last = century + decade, century + end
    else:
        return None
    return f"{first}/{last}" if first < last else None


@lru_cache(maxsize=8192)
def join_date(year: str, month: str, day: str = "") -> str | None:
    """Return the date of a year, a month as BibTeX files spell it, and a day; None where they are no date.

    >>> join_date("1998", "sep"), join_date("1998", "12~December"), join_date("1998", "May/June")
    ('1998-09', '1998-12-12', '1998-05/1998-06')
    >>> join_date("1998", "Fall"), join_date("1998", "Michaelmas")
    ('1998-23', None)
    """
    start = year_to_date(year)
    if start is None or len(month) > _LONGEST or len(start.lstrip("-")) != 4:
        return None
    parts = _DASH.split(month.strip().strip("{}"))
    if len(parts) == 2 and not day:
        return _join_range(start, *parts)
    if len(parts) != 1:
        return None
    number, day_in_month = _month(parts[0])
    if day and day_in_month:
        return None
    return _assemble(start, number, day or day_in_month)


@lru_cache(maxsize=2048)
def date_in_words(text: str, year: str | None = None) -> str | None:
    """Return the date of a `date` field that is not EDTF, with the entry's year where it names none.

    >>> date_in_words("September 1, 2021"), date_in_words("Mar 3", "2015"), date_in_words("soon")
    ('2021-09-01', '2015-03-03', None)
    """
    if len(text) > _LONGEST:
        return None
    found = _YEAR_LAST.fullmatch(text)
    if found and (year is None or found[2] == year):
        return join_date(found[2], found[1])
    return join_date(year, text) if year and not found else None


def _join_range(year: str, first: str, last: str) -> str | None:
    (first_month, first_day), (last_month, last_day) = _month(first), _month(last)
    if last_month is None and last.strip(" ~").isdecimal():  # June 17--24
        last_month, last_day = first_month, last.strip(" ~")
    if first_month is None and first.strip(" ~").isdecimal():  # 17--24 June
        first_month, first_day = last_month, first.strip(" ~")
    start, end = _assemble(year, first_month, first_day), _assemble(year, last_month, last_day)
    if start is None or end is None or len(start) != len(end) or start >= end or (first_month or 0) > 12:
        return None
    return f"{start}/{end}"


def _assemble(year: str, month: int | None, day: str) -> str | None:
    if month is None:
        return None
    made = f"{year}-{month:02}"
    if not day:
        return made
    if not (day.isascii() and day.isdecimal() and len(day) <= 2):
        return None
    made += f"-{int(day):02}"
    return made if _is_day(made) else None


def _is_day(text: str) -> bool:
    """Tell whether the parts of an EDTF date are in range; seasons are months 21 to 24 without a day."""
    year, month, day = _EDTF.fullmatch(text).groups()  # type: ignore[union-attr]  # callers made it so
    if not month:
        return True
    if not day:
        return 1 <= int(month) <= 12 or 21 <= int(month) <= 24
    try:
        date(abs(int(year)) or 2000, int(month), int(day))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=2048)
def _month(text: str) -> tuple[int | None, str]:
    """Return month or season number, and the day written with it."""
    if len(text) > _LONGEST:
        return None, ""
    text = text.strip().strip("{}").strip()
    if number := _number(text):
        return number, ""
    if found := _DAY_LAST.fullmatch(text):
        return _number(found[1]), found[2]
    if found := _DAY_FIRST.fullmatch(text):
        return _number(found[2]), found[1]
    return None, ""


def _number(text: str) -> int | None:
    """Return a month or, by name only, a season: the number 21 in a `month` field is a slip."""
    number = month_number(text.strip(" .~"))
    return number if number is None or number <= 12 or not text.strip(" .~").isdecimal() else None


def month_alone(text: str) -> int | None:
    """Return the number of a month alone; None for anything else.

    >>> month_alone("sept."), month_alone("08"), month_alone("Spring")
    (9, 8, None)
    """
    number, day = _month(text)
    return number if number is not None and number <= 12 and not day else None


@lru_cache(maxsize=8192)
def split_date(text: str) -> tuple[tuple[str, str], ...]:
    """Return the classic fields that say a date, as pairs; `date` is among them where they cannot say all.

    >>> split_date("1998-09"), split_date("1998-21")
    ((('year', '1998'), ('month', 'sep')), (('year', '1998'), ('month', 'Spring')))
    >>> split_date("1998/1999")
    (('year', '1998'), ('date', '1998/1999'))
    """
    found = _EDTF.fullmatch(text)
    if found and _is_day(text):
        year, month, day = found.groups()
        made = [("year", year)]
        if month:
            made.append(("month", _month_word(int(month))))
        if day:
            made.append(("day", str(int(day))))
        return tuple(made)
    start = _EDTF.match(text)
    if not start:
        return (("date", text),)
    year, month, _ = start.groups()
    made = [("year", year)]
    if month and (1 <= int(month) <= 12 or 21 <= int(month) <= 24):
        made.append(("month", _month_word(int(month))))
        ends = _EDTF.fullmatch(text[start.end() + 1 :])
        if ends and text == f"{year}-{month}/{year}-{ends[2]}" and month < (ends[2] or "") <= "12":
            made[-1] = ("month", f"{made[-1][1]}--{_month_word(int(ends[2]))}")
            return tuple(made)
    made.append(("date", text))
    return tuple(made)


def _month_word(number: int) -> str:
    return SEASON_NAMES[number] if number > 12 else MONTHS[number - 1]


def start_of(text: str) -> tuple[str, int | None, int | None]:
    """Return year, month and day that a date starts with; "" and None where it has none."""
    found = _EDTF.match(text)
    if not found:
        return "", None, None
    year, month, day = found.groups()
    return year, int(month) if month else None, int(day) if day else None
