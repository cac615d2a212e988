"""Dates as biblatex writes them: the Extended Date/Time Format (EDTF), ISO 8601-2, levels 0 and 1.

A date is a year with optional parts, or a range of two such dates, either of which may be open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pubkit.model.months import MONTHS, month_number, read_month_field

__all__ = ["MONTHS", "Date", "entry_date", "guess_date", "month_number", "parse_date"]


@dataclass(frozen=True, slots=True)
class Date:
    """A date or a range of dates. `str()` gives its canonical EDTF text.

    Attributes:
        year: Astronomical year (0 is 1 BC); None only where the start of a range is open.
        month: 1 to 12.
        day: Day of the month.
        season: EDTF's division of the year: 21 spring, 22 summer, 23 autumn, 24 winter; 25–41 as in level 2.
        time: Time of day as written, "10:20:30Z".
        end: The end of a closed range.
        open_start: Whether this is a range without a start; `end` is then set.
        open_end: Whether this is a range without an end.
        circa: Whether the date is approximate (`~`).
        uncertain: Whether the date is uncertain (`?`).
        unspecified: The text of a date with unspecified digits such as "199X"; the date is then the range
            of what it can mean.

    >>> date = parse_date("2019-05~/2020")
    >>> date.year, date.month, date.circa, date.end.year
    (2019, 5, True, 2020)
    >>> str(parse_date("2020/"))
    '2020/..'
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    time: str = ""
    end: Date | None = None
    open_start: bool = False
    open_end: bool = False
    circa: bool = False
    uncertain: bool = False
    unspecified: str = ""

    def __str__(self) -> str:
        if self.unspecified:
            return self.unspecified
        if self.open_start:
            return f"../{self.end}"
        if self.open_end:
            return f"{self._point()}/.."
        return f"{self._point()}/{self.end}" if self.end else self._point()

    def _point(self) -> str:
        if self.year is None:
            return ".."
        parts = [_year_text(self.year)]
        if self.season:
            parts.append(str(self.season))
        elif self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        mark = "%" if self.circa and self.uncertain else "~" if self.circa else "?" if self.uncertain else ""
        return "-".join(parts) + (f"T{self.time}" if self.time else "") + mark

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month and day of the start as far as known: CSL's date parts."""
        if self.year is None:
            return ()
        if not self.month:
            return (self.year,)
        return (self.year, self.month, self.day) if self.day else (self.year, self.month)

    @property
    def is_range(self) -> bool:
        """Whether this is a range, open or closed."""
        return self.end is not None or self.open_end

    @property
    def start(self) -> Date:
        """The start of a range by itself; the date itself where it is no range."""
        return replace(self, end=None, open_end=False, unspecified="") if self.is_range else self

    def sort_key(self) -> tuple[int, int, int]:
        """Return numbers by which dates sort; an open start sorts by its end, a season by its first month."""
        if self.year is None:
            return self.end.sort_key() if self.end else (0, 0, 0)
        month = self.month or (_SEASON_MONTH.get(self.season, 0) if self.season else 0)
        return self.year, month, self.day or 0


# First month of a division of the year, for ordering: seasons, quarters, four-month terms, half-years.
_SEASON_MONTH = {
    21: 3, 22: 6, 23: 9, 24: 12, 25: 3, 26: 6, 27: 9, 28: 12, 29: 9, 30: 12, 31: 3, 32: 6,
    33: 1, 34: 4, 35: 7, 36: 10, 37: 1, 38: 5, 39: 9, 40: 1, 41: 7,
}  # fmt: skip


def _year_text(year: int) -> str:
    """Return a year in EDTF: four digits, or "y" before more."""
    if abs(year) > 9999:
        return f"y{year}"
    return f"{year:05d}" if year < 0 else f"{year:04d}"


_YEAR = r"(?P<year>-?[0-9]{4}|[yY]-?[0-9]{5,18})"
_TIME = r"(?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?))?"
_POINT = re.compile(rf"{_YEAR}(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}){_TIME})?)?(?P<mark>[?~%])?")
_UNSPECIFIED = re.compile(
    r"(?P<year>-?[0-9]{2}(?:[0-9][xXuU]|[xXuU]{2}))|"
    r"(?P<in_year>-?[0-9]{4})-[xXuU]{2}(?P<any_day>-[xXuU]{2})?|"
    r"(?P<month>-?[0-9]{4}-[0-9]{2})-[xXuU]{2}"
)


@lru_cache(maxsize=8192)
def parse_date(text: str) -> Date | None:
    """Read a date in EDTF, as it stands in a BibLaTeX date field.

    Args:
        text: E.g. "2020-05", "2019/2020", "2020/", "../1990", "2020-21" (spring), "1850~", "199X".

    Returns:
        The date, or None where the text is not EDTF, no such day exists, or the range ends before it
        starts.

    >>> parse_date("2020-02-30") is None
    True
    >>> str(parse_date("y17000002")), parse_date("199X").end.year
    ('y17000002', 1999)
    """
    text = text.strip()
    if "/" not in text:
        return _point(text) or _unspecified(text)
    first, _, second = text.partition("/")
    first, second = first.strip(), second.strip()
    open_start, open_end = first in ("", ".."), second in ("", "..")
    start = None if open_start else _point(first)
    end = None if open_end else _point(second)
    if open_start:
        return Date(end=end, open_start=True) if end else None
    if start is None or (end is None and not open_end):
        return None
    if end is None:
        return replace(start, open_end=True)
    return None if _ends_before(start, end) else replace(start, end=end)


def _point(text: str) -> Date | None:
    found = _POINT.fullmatch(text)
    if not found:
        return None
    year = int(found["year"].lstrip("yY"))
    month = int(found["month"]) if found["month"] else None
    day = int(found["day"]) if found["day"] else None
    season = None
    if month is not None and 21 <= month <= 41 and day is None:
        month, season = None, month
    if not is_real(year, month, day) or not _is_time(found["time"]):
        return None
    mark = found["mark"] or ""
    return Date(
        year, month, day, season, found["time"] or "", circa=mark in ("~", "%"), uncertain=mark in ("?", "%")
    )


def is_real(year: int, month: int | None, day: int | None = None) -> bool:
    """Whether the (proleptic Gregorian) calendar has this month and day.

    >>> is_real(2024, 2, 29), is_real(2023, 2, 29), is_real(2023, 13)
    (True, False, False)
    """
    if month is None:
        return day is None
    if not 1 <= month <= 12:
        return False
    # The calendar repeats every 400 years; `calendar` knows the years 1 to 9999 only.
    return day is None or 1 <= day <= monthrange(year % 400 + 2000, month)[1]


def _is_time(text: str | None) -> bool:
    if not text:
        return True
    numbers = [int(number) for number in re.findall(r"[0-9]{2}", text)]
    limits = [23, 59, 59] if text.count(":") and re.match(r"[0-9]{2}:[0-9]{2}:", text) else [23, 59]
    return all(number <= limit for number, limit in zip(numbers, [*limits, 14, 59], strict=False))


def _unspecified(text: str) -> Date | None:
    """Read a date with unspecified digits as the range of what it can mean."""
    found = _UNSPECIFIED.fullmatch(text)
    if not found:
        return None
    canonical = text.upper().replace("U", "X")
    if found["year"]:
        sign = -1 if canonical.startswith("-") else 1
        digits = canonical.lstrip("-")
        years = sorted((sign * int(digits.replace("X", "0")), sign * int(digits.replace("X", "9"))))
        return Date(years[0], end=Date(years[1]), unspecified=canonical)
    if found["in_year"]:
        year = int(found["in_year"])
        days = (1, 31) if found["any_day"] else (None, None)
        return Date(year, 1, days[0], end=Date(year, 12, days[1]), unspecified=canonical)
    start = _point(found["month"])
    if start is None or start.month is None or start.year is None:
        return None
    last = monthrange(start.year % 400 + 2000, start.month)[1]
    return replace(start, day=1, end=replace(start, day=last), unspecified=canonical)


def _ends_before(start: Date, end: Date) -> bool:
    """Whether a range ends before it starts, as far as both sides say."""
    shared = min(len(start.parts), len(end.parts))
    return end.parts[:shared] < start.parts[:shared]


# -- the date of an entry ------------------------------------------------------------------------

_YEAR_TEXT = re.compile(
    r"(?P<circa>(?:c|ca|circa)\.?\s*)?(?P<year>[0-9]{1,4})(?P<label>[a-z])?(?P<mark>[?~%])?"
    r"(?:\s*(?:-{1,3}|[–—/])\s*(?P<end>[0-9]{2,4}))?",
    re.IGNORECASE,
)


_DIGITS = re.compile(r"[0-9]+")


def entry_date(fields: Mapping[str, str]) -> Date | None:
    """Return the publication date of an entry: its `date`, else its `year` with `month` and `day`.

    Args:
        fields: Field name → source text.

    Returns:
        The date; None where there is none or it cannot be read.

    >>> str(entry_date({"year": "2020", "month": "may", "day": "17"}))
    '2020-05-17'
    """
    get = fields.get
    return _entry_date(get("date", ""), get("year", ""), get("month", ""), get("day", ""))


@lru_cache(maxsize=8192)
def _entry_date(date: str, year: str, month: str, day: str) -> Date | None:
    found = (parse_date(date) or guess_date(date)) if date else None
    if found is not None or not year:
        return found
    if date and not month:
        month = date  # some exports write the year apart: date "Mar 3", year 2020
    in_year = _read_year(year)
    if in_year is None or in_year.is_range or in_year.year is None or not month:
        return in_year
    start, end = read_month_field(month, day)
    if start is None:
        return in_year
    first = _with_month(in_year, *start)
    last = _with_month(in_year, *end) if end else None
    if first is None:
        return in_year
    return replace(first, end=last) if last and not _ends_before(first, last) else first


def _with_month(date: Date, month: int, day: int | None) -> Date | None:
    """Return a year's date with a month or season (21–24) and day; without the day where it is not real."""
    if month > 12:
        return replace(date, season=month)
    if date.year is None or not is_real(date.year, month):
        return None
    return replace(date, month=month, day=day if is_real(date.year, month, day) else None)


def _read_year(text: str) -> Date | None:
    """Read a `year` field: EDTF, or what people write: "c. 1850", "[1999]", "1998--99", "in press (2020)"."""
    text = text.strip().strip("{}[]()").strip()
    found = parse_date(text)
    if found is not None:
        return found
    match = _YEAR_TEXT.fullmatch(text.replace("~", " "))
    if not match:
        numbers = _DIGITS.findall(text)
        return Date(int(numbers[0])) if len(numbers) == 1 and len(numbers[0]) == 4 else None
    mark = match["mark"] or ""
    start = Date(
        int(match["year"]), circa=bool(match["circa"]) or mark in ("~", "%"), uncertain=mark in ("?", "%")
    )
    if not match["end"]:
        return start
    last = match["year"][: -len(match["end"])] + match["end"]
    end = Date(int(last))
    return None if _ends_before(start, end) else replace(start, end=end)


# -- dates as people write them ------------------------------------------------------------------

_WORD = r"(?P<word>[^\W\d_]{3,}\.?)"
_LOOSE = [
    re.compile(rf"{_WORD},?\s+(?P<year>[0-9]{{4}})"),  # May 2020
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s+{_WORD},?\s+(?P<year>[0-9]{{4}})"
    ),  # 17 May 2020
    re.compile(rf"{_WORD}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}})"),  # May 17, 2020
    re.compile(rf"(?P<year>[0-9]{{4}}),?\s+{_WORD}(?:\s+(?P<day>[0-9]{{1,2}}))?"),  # 2020 May 17
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),  # 2020/5/17
    re.compile(r"(?P<year>[0-9]{4})[-.](?P<month>[0-9]{1,2})"),  # 2020-5
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),  # 5/2020
]


def guess_date(text: str) -> Date | None:
    """Read a date as people write it, where it can mean only one thing.

    Args:
        text: E.g. "May 2020", "17 May 2020", "May 17, 2020", "2020/5/17", "5/2020"; never "5/6/2020".

    Returns:
        The date; None where it is not clear.

    >>> str(guess_date("May 17th, 2020")), guess_date("05/06/2020")
    ('2020-05-17', None)
    """
    text = " ".join(text.strip().strip("{}()[]").split())
    for pattern in _LOOSE:
        found = pattern.fullmatch(text)
        if not found:
            continue
        groups = found.groupdict()
        month = month_number(groups["word"]) if groups.get("word") else int(groups["month"])
        day = int(groups["day"]) if groups.get("day") else None
        year = int(groups["year"])
        if month is None:
            continue
        if month > 12 and day is None and groups.get("word"):
            return Date(year, season=month)
        return Date(year, month, day) if is_real(year, month, day) else None
    return None
