"""Dates as databases and people write them → EDTF."""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.model.dates import entry_date, guess_date, parse_date

_SLASHED = re.compile(r"([0-9]{4})/([^/]*)(?:/([^/]*))?(?:/(.*))?", re.DOTALL)
_COMPACT = re.compile(r"((?:1[5-9]|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")
_FOUR_DIGITS = re.compile(r"(?<![0-9])((?:1[0-9]|20)[0-9]{2})(?![0-9])")
_TIME_OF_DAY = re.compile(
    r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?$"
)


@lru_cache(maxsize=8192)
def date_source(text: str, year: str = "") -> str:
    """Return a date, as databases and people write it, as EDTF; "" where it is none.

    Args:
        text: E.g. "2020/05/17/", "2020//", "2020 Nov-Dec", "17 May 2020", "20200517", "4-8 Aug. 2020".
        year: The year, where it stands apart and the text has only month and day: "MAY 5".

    >>> date_source("2020/05//"), date_source("2019 Dec 15"), date_source("Mar. 2017"), date_source("soon")
    ('2020-05', '2019-12-15', '2017-03', '')
    >>> date_source("2014///Winter"), date_source("MAY-JUN", "1998"), date_source("4-8 Aug. 2020")
    ('2014-24', '1998-05/1998-06', '2020-08-04/2020-08-08')
    """
    text = _TIME_OF_DAY.sub("", " ".join(text.split()))
    if not text or len(text) > _LONGEST_DATE:
        return ""
    if found := _SLASHED.fullmatch(text):
        return _slashed_date(*(part.strip() if part else "" for part in found.groups()))
    if found := _COMPACT.search(text):
        text = "-".join(found.groups())
    text = _NUMERIC_DATE.sub(_iso, _DASHED_DAY.sub(r"\1 \2 \3", text))
    text = _SEASON_WORD.sub(lambda found: _SEASON_WORDS[found[0].upper()], text)
    date = parse_date(text) or guess_date(text)
    if date:
        return str(date)
    years = _FOUR_DIGITS.findall(text)
    if len(years) == 1:
        year = years[0]
        text = text.replace(year, " ").strip(" ,-–")
    elif years:
        return _between(text, years)
    if not year:
        return ""
    found_date = entry_date({"year": year, "month": text})
    return str(found_date) if found_date else ""


_LONGEST_DATE = 64
_DASHED_DAY = re.compile(r"([0-9]{1,2})-([A-Za-z]{3,9})-([0-9]{4})")
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
# How Web of Science shortens seasons.
_SEASON_WORDS = {"SPR": "spring", "SUM": "summer", "FAL": "fall", "AUT": "autumn", "WIN": "winter"}
_SEASON_WORD = re.compile(rf"\b(?:{'|'.join(_SEASON_WORDS)})\b", re.IGNORECASE)


def _iso(found: re.Match[str]) -> str:
    """Return 27/10/2022 or 10/27/2022 as 2022-10-27; where both may be the month only the year is sure."""
    one, other, year = int(found[1]), int(found[2]), found[3]
    if one > 12 >= other:
        return f"{year}-{other:02}-{one:02}"
    if other > 12 >= one:
        return f"{year}-{one:02}-{other:02}"
    return f"{year}-{one:02}-{other:02}" if one == other else year


def _slashed_date(year: str, month: str, day: str, other: str) -> str:
    """Return the date of RIS, YEAR/MONTH/DAY/OTHER, of which any part may be missing or a word."""
    month = "" if month.strip("0") == "" else month
    day = "" if day.strip("0") == "" else day
    if not month and other:
        found = entry_date({"year": year, "month": other})
    else:
        found = entry_date({"year": year, "month": month, "day": day})
    return str(found) if found else ""


def _between(text: str, years: list[str]) -> str:
    """Return the range of a text with two years: "1998 Dec-1999 Jan", "1998-1999"."""
    for dash in ("--", "–", "—", "-", "/", " to "):
        head, found, tail = text.partition(dash)
        if (
            found
            and len(_FOUR_DIGITS.findall(head)) == 1 == len(_FOUR_DIGITS.findall(tail)) == len(years) - 1
        ):
            first, last = date_source(head.strip()), date_source(tail.strip())
            whole = parse_date(f"{first}/{last}") if first and last else None
            return str(whole) if whole else ""
    return ""
