"""The date of a reference: "(1999a)", "12 March 2004", "2004, May", "Mar.-Apr. 1987"."""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.formats.paperlist.words import table

# Names of months in all languages of `words.toml`, in lower case → number.
_MONTHS = {name.casefold(): int(number) for number, names in table("months").items() for name in names}
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](0?[1-9]|1[0-2])(?:[-/.](0?[1-9]|[12]\d|3[01]))?(?!\d)")
_DAY = re.compile(r"(?<![\d.])(0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.)?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)
def read_date(text: str) -> str:
    """Return the date in a text in ISO form, as far as it is said; "" where there is no year.

    >>> read_date("(1999a)"), read_date("12 March, 2004"), read_date("2004, Mai"), read_date("1998-02-03")
    ('1999', '2004-03-12', '2004-05', '1998-02-03')
    """
    if match := _ISO.search(text):
        day = f"-{int(match[3]):02}" if match[3] else ""
        return f"{match[1]}-{int(match[2]):02}{day}"
    year = _YEAR.search(text)
    if year is None:
        return ""
    months = [word for word in _WORD.findall(text) if word.casefold() in _MONTHS]
    if len(months) != 1:  # none, or a range of months: the year is what is sure
        return year[0]
    date = f"{year[0]}-{_MONTHS[months[0].casefold()]:02}"
    days = _DAY.findall(text[: year.start()] + " " + text[year.end() :])
    return f"{date}-{int(days[0]):02}" if len(days) == 1 else date
