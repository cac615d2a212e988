"""Dates of items: CSL-JSON date objects, EDTF-like and raw strings, as one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# Year, month, day; 0 where not given. Months 13-16 and 21-24 stand for spring, summer, autumn, winter.
Parts = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed by identity: caches are keyed by dates
class DateValue:
    """A date, a range (`end`), or a literal text.

    Attributes:
        start: Year, month, day; 0 where not given.
        end: The same of a range's end, or None. (0, 0, 0) is an open end.
        circa: Approximate or uncertain.
        season: 1 (spring) to 4 (winter), 0 for none.
        end_season: Season of the range's end.
        literal: Text to print as it is; then there are no parts.
        season_text: A season in words, where it is not one of the four.
    """

    start: Parts = (0, 0, 0)
    end: Parts | None = None
    circa: bool = False
    season: int = 0
    end_season: int = 0
    literal: str = ""
    season_text: str = ""


_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}  # fmt: skip
_ISO = re.compile(r"(-?\d{1,6})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")
_YEAR_ONLY = re.compile(r"-?\d{3,6}|\d{1,4} ?(?:BC|bc|AD|ad)")
_WORD_DATE = re.compile(
    r"([A-Za-z]{3,9})\.?(?:\s+(\d{1,2}),?)?\s+(-?\d{3,4})|(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(-?\d{3,4})"
)


def read_date(value: Any) -> tuple[DateValue | None, str]:
    """Read the value of a date variable.

    Args:
        value: A CSL-JSON date object, a string, a year, or a list of date parts.

    Returns:
        The date, None where there is none, and what is wrong with the value ("" where nothing is).
    """
    if type(value) is dict and len(value) == 1 and "date-parts" in value:
        usual = value["date-parts"]
        if type(usual) is list and len(usual) == 1 and type(usual[0]) is list:
            only = usual[0]
            if 0 < len(only) <= 3 and all(type(part) is int for part in only) and only[0]:
                return _plain_date(*only), ""
    if isinstance(value, str):
        return _raw_date(value), ""
    if isinstance(value, bool):
        return None, "the date is a truth value"
    if isinstance(value, int):
        return DateValue((value, 0, 0)), ""
    if isinstance(value, list):
        value = {"date-parts": value if value and isinstance(value[0], list) else [value]}
    if not isinstance(value, dict):
        return None, f"the date is a {type(value).__name__}"
    parts = value.get("date-parts")
    circa = _truth(value.get("circa"))
    season, season_text = _season(value.get("season"))
    if not parts:
        if value.get("raw"):
            raw = _raw_date(str(value["raw"]))
            return (DateValue(raw.start, raw.end, circa or raw.circa, raw.season or season, raw.end_season,
                              raw.literal) if raw else None), ""  # fmt: skip
        literal = value.get("literal")
        if literal:
            return DateValue(literal=str(literal), circa=circa), ""
        year = value.get("year")
        if year not in (None, ""):
            parts = [[year, value.get("month", 0), value.get("day", 0)]]
        elif season or season_text:
            return DateValue(circa=circa, season=season, season_text=season_text), ""
        else:
            return None, "" if parts is None else "the date has no parts"
    if not isinstance(parts, (list, tuple)):
        return None, "the date's parts are no list"
    if parts and not isinstance(parts[0], (list, tuple)):
        parts = [parts]
    start, problem = _parts(parts[0])
    if start is None:
        literal = value.get("literal")
        return (DateValue(literal=str(literal), circa=circa) if literal else None), problem
    start, season = _split_season(start, season)
    end: Parts | None = None
    end_season = 0
    if len(parts) > 1:
        end, problem = _parts(parts[1], open_end=True)
        if end is not None:
            end, end_season = _split_season(end, 0)
            if end == start and end_season == season:
                end = None
    return DateValue(start, end, circa, season, end_season, "", season_text), problem


@lru_cache(maxsize=16384)
def _plain_date(year: int, month: int = 0, day: int = 0) -> DateValue:
    """Return a single date; equal ones are one object."""
    start, season = _split_season((year, month, day), 0)
    return DateValue(start, season=season)


def _parts(given: Any, *, open_end: bool = False) -> tuple[Parts | None, str]:
    if not isinstance(given, (list, tuple)):
        return None, "a date part list is no list"
    numbers: list[int] = []
    for part in given[:3]:
        try:
            numbers.append(int(part) if part not in (None, "") else 0)
        except (TypeError, ValueError, OverflowError):
            return None, f"{part!r} is no year, month or day"
    if not numbers or not any(numbers):
        return ((0, 0, 0), "") if open_end else (None, "the date has no parts")
    while len(numbers) < 3:
        numbers.append(0)
    year, month, day = numbers
    return (year, month, day), ""


def _split_season(parts: Parts, season: int) -> tuple[Parts, int]:
    year, month, day = parts
    if 13 <= month <= 24:
        return (year, 0, 0), (month - 13) % 4 + 1
    if not 0 <= month <= 12:
        return (year, 0, 0), season
    return (year, month, day if 0 <= day <= 31 else 0), season


def _season(value: Any) -> tuple[int, str]:
    if value in (None, "", 0, False):
        return 0, ""
    text = str(value).strip()
    if text.isdecimal() and 1 <= int(text) <= 4:
        return int(text), ""
    if text.isdecimal() and 13 <= int(text) <= 24:
        return _split_season((0, int(text), 0), 0)[1], ""
    number = _SEASONS.get(text.lower(), 0)
    return (number, "") if number else (0, text)


def _truth(value: Any) -> bool:
    return bool(value) and value not in ("0", "false", "False")


def _raw_date(text: str) -> DateValue | None:
    """Read a date written as text; what is no date becomes a literal."""
    text = text.strip()
    if not text:
        return None
    circa = False
    core = text
    if core[-1] in "~?%":
        circa, core = True, core.rstrip("~?%")
    for prefix in ("circa ", "ca. ", "ca ", "c. "):
        if core.lower().startswith(prefix):
            circa, core = True, core[len(prefix) :]
    for separator in ("/", "–", "--", " - "):
        if core.count(separator) == 1:
            left, right = core.split(separator)
            first, second = _one(left.strip()), _one(right.strip())
            if first and second and not (separator == "/" and len(left) < 3):
                return DateValue(first[0], second[0], circa, first[1], second[1])
            if first and right.strip() in ("", "..") and separator == "/":
                return DateValue(first[0], (0, 0, 0), circa, first[1])
    if core.count("-") == 1 and re.fullmatch(r"\d{4}-\d{4}", core):
        left, right = core.split("-")
        return DateValue((int(left), 0, 0), (int(right), 0, 0), circa)
    single = _one(core)
    if single:
        return DateValue(single[0], None, circa, single[1])
    return DateValue(literal=text)


def _one(text: str) -> tuple[Parts, int] | None:
    match = _ISO.fullmatch(text)
    if match and len(match[1].lstrip("-")) >= 3:
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if month <= 12 or 21 <= month <= 24:
            parts, season = _split_season((year, month, day), 0)
            return parts, season
        return None
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if match:
        return (int(match[3]), int(match[1]), int(match[2])), 0
    match = _WORD_DATE.fullmatch(text)
    if match:
        groups = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        word, number, own_year = groups
        season = _SEASONS.get(word.lower(), 0)
        if season and not number:
            return (int(own_year), 0, 0), season
        month = _MONTHS.get(word.lower()[:3], 0)
        if month:
            return (int(own_year), month, int(number or 0)), 0
    return None
