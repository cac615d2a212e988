"""English ordinals in digits and words, and Roman numerals: how conferences count."""

from __future__ import annotations

import re
from functools import cache

_TEENS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
_UNITS = tuple(f"zeroth first second third fourth fifth sixth seventh eighth ninth {_TEENS}".split())
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINAL_WORDS = frozenset(_UNITS) | frozenset(_TENS) | {ten[:-1] + "ieth" for ten in _TENS}


def ordinal(number: int) -> str:
    """Return a number as an English ordinal in digits.

    >>> [ordinal(number) for number in (1, 11, 22, 63, 113)]
    ['1st', '11th', '22nd', '63rd', '113th']
    """
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def ordinal_words(number: int) -> str:
    """Return a number below 100 as a capitalised English ordinal in words; a larger one in digits.

    >>> [ordinal_words(number) for number in (1, 13, 20, 42)]
    ['First', 'Thirteenth', 'Twentieth', 'Forty-Second']
    """
    if number >= 100:
        return ordinal(number)
    if number < 20:
        return _UNITS[number].capitalize()
    ten, unit = _TENS[number // 10 - 2], number % 10
    return f"{ten.capitalize()}-{_UNITS[unit].capitalize()}" if unit else ten[:-1].capitalize() + "ieth"


def ordinal_number(text: str) -> int | None:
    """Return the number that an English ordinal names, in digits or words; None for anything else.

    >>> [ordinal_number(text) for text in ("42nd", "Forty-Second", "thirtieth", "bee")]
    [42, 42, 30, None]
    """
    digits = re.fullmatch(r"([0-9]{1,3})(?:st|nd|rd|th)", text.lower())
    if digits:
        return int(digits[1])
    return _ordinals().get(text.lower().replace("-", " "))


@cache
def _ordinals() -> dict[str, int]:
    return {ordinal_words(number).lower().replace("-", " "): number for number in range(1, 100)}


def roman(number: int) -> str:
    """Return a number as a Roman numeral.

    >>> roman(16), roman(49)
    ('XVI', 'XLIX')
    """
    steps = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    written = ""
    for value, numeral in steps:
        count, number = divmod(number, value)
        written += numeral * count
    return written
