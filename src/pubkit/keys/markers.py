"""What a marker of a key pattern stands for: words of the entry, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from pubkit.keys.people import PEOPLE_MARKERS
from pubkit.keys.words import content_words, is_function_word, title_words, with_capital, words_of
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.months import MONTH_MACROS, SEASON_NAMES

_NUMBERED = re.compile(r"(.*?[A-Za-z.])([0-9]+)(?:_([0-9]+))?")
_KEYWORD_SEPARATOR = re.compile(r"\s*[,;]\s*")
_PAGE_PREFIX = re.compile(r"[^\W\d_]+(?=[0-9])")
# JabRef writes types as the manuals do.
_TYPE_NAMES = {
    "inproceedings": "InProceedings", "incollection": "InCollection", "inbook": "InBook",
    "inreference": "InReference", "mvbook": "MvBook", "mvcollection": "MvCollection",
    "mvproceedings": "MvProceedings", "mvreference": "MvReference", "bookinbook": "BookInBook",
    "suppbook": "SuppBook", "suppcollection": "SuppCollection", "suppperiodical": "SuppPeriodical",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """What a marker stands for.

    Attributes:
        words: The words, in order.
        joiner: What stands between them as long as modifiers look at the whole text; spaces go in the end.
    """

    words: tuple[str, ...]
    joiner: str = " "

    @property
    def text(self) -> str:
        """The words as one text."""
        return self.joiner.join(self.words)


def marker_value(marker: str, entry: Entry, numbers: tuple[int, ...] = ()) -> Value:
    """Return what a marker stands for in an entry.

    Args:
        marker: Its name, with numbers behind it or not: `auth`, `auth3_2`, `shorttitle2`, a field name.
        entry: The entry.
        numbers: Numbers given in parentheses, as in `shorttitle(3, 3)`.
    """
    name, first, second = marker, *(*numbers, 0, 0)[:2]
    if name not in _MARKERS and name not in PEOPLE_MARKERS and (found := _NUMBERED.fullmatch(marker)):
        name, first, second = found[1], int(found[2]), int(found[3] or 0)
    name = _spelled(name)
    people = PEOPLE_MARKERS.get(name)
    if people is not None:
        find, say = people
        return Value(tuple(say(find(entry), first, second or 1)), "")
    simple = _MARKERS.get(name)
    if simple is not None:
        return Value(tuple(simple(entry, first, second)))
    return Value(tuple(words_of(entry.text(_FIELD_NAMES.get(marker.lower(), marker.lower())))))


def names_people(marker: str) -> bool:
    """Whether a marker speaks of authors, with editors in their place where there are none."""
    return marker.startswith("auth")


def _spelled(name: str) -> str:
    """Return a marker as tables spell it: [Auth] of Better BibTeX is [auth], [AUTHOR] is the field."""
    if name in _MARKERS or name in PEOPLE_MARKERS:
        return name
    lower = name[:1].lower() + name[1:]
    return lower if lower in PEOPLE_MARKERS or lower in _MARKERS else _BY_LOWER.get(name.lower(), name)


def _year(entry: Entry, _first: int, _second: int) -> list[str]:
    return [] if entry.year is None else [str(entry.year)]


def _month(entry: Entry, _first: int, _second: int) -> list[str]:
    date = entry.date
    if date is None:
        return []
    if date.month:
        return [list(MONTH_MACROS.values())[date.month - 1]]
    return [SEASON_NAMES[date.season]] if date.season in SEASON_NAMES else []


def _day(entry: Entry, _first: int, _second: int) -> list[str]:
    return [str(entry.date.day)] if entry.date and entry.date.day else []


def _origyear(entry: Entry, _first: int, _second: int) -> list[str]:
    date = parse_date(entry.fields.get("origdate", ""))
    return [] if date is None or date.year is None else [str(date.year)]


def _first_page(entry: Entry, _first: int, _second: int) -> list[str]:
    pages = entry.pages
    return [pages.first] if pages and pages.first else []


def _last_page(entry: Entry, _first: int, _second: int) -> list[str]:
    ranges = entry.pages.ranges if entry.pages else ()
    return [ranges[-1].last or ranges[-1].first] if ranges else []


def _page_prefix(entry: Entry, _first: int, _second: int) -> list[str]:
    found = _PAGE_PREFIX.match(entry.fields.get("pages", ""))
    return [found[0]] if found else []


def _keywords(entry: Entry) -> list[str]:
    parts = _KEYWORD_SEPARATOR.split(entry.text("keywords") or entry.text("keyword"))
    return ["".join(words_of(part)) for part in parts if part]


def _short_title(entry: Entry, count: int, capitals: int) -> list[str]:
    """Return the first words that say something, the first M of them with a capital."""
    words = content_words(entry)[:count]
    return [with_capital(word) if at < capitals else word for at, word in enumerate(words)]


def _title(entry: Entry, _first: int, _second: int) -> list[str]:
    """Return the words of the title, those that say something with a capital."""
    return [
        word if at and is_function_word(word) else with_capital(word)
        for at, word in enumerate(title_words(entry))
    ]


def _camel(entry: Entry, count: int, _second: int) -> list[str]:
    return [with_capital(word) for word in title_words(entry)[: count or None]]


def _journal(entry: Entry, _first: int, _second: int) -> list[str]:
    return words_of(entry.text("journaltitle") or entry.text("shortjournal"))


_MARKERS: dict[str, Callable[[Entry, int, int], list[str]]] = {
    "year": _year,
    "shortyear": lambda entry, first, second: [year[-2:] for year in _year(entry, first, second)],
    "month": _month,
    "day": _day,
    "date": lambda entry, _f, _s: [str(entry.date)] if entry.date else [],
    "origyear": _origyear,
    "title": _title,
    "fulltitle": lambda entry, _f, _s: title_words(entry),
    "camel": _camel,
    "shorttitle": lambda entry, count, capitals: _short_title(entry, count or 3, capitals),
    "shorttitleINI": lambda entry, _f, _s: [word[:1] for word in content_words(entry)[:3]],
    "veryshorttitle": lambda entry, count, capitals: _short_title(entry, count or 1, capitals),
    "firstpage": _first_page,
    "lastpage": _last_page,
    "pageprefix": _page_prefix,
    "keyword": lambda entry, number, _s: _keywords(entry)[max(number, 1) - 1 : max(number, 1)],
    "keywords": lambda entry, count, _s: _keywords(entry)[: count or None],
    "journal": _journal,
    "entrytype": lambda entry, _f, _s: [_TYPE_NAMES.get(entry.type, entry.type.capitalize())],
    "author": lambda entry, _f, _s: words_of(entry.text("author")),
    "editor": lambda entry, _f, _s: words_of(entry.text("editor")),
}
_BY_LOWER = {name.lower(): name for name in chain(PEOPLE_MARKERS, _MARKERS)}
# Fields that a pattern may name as classic BibTeX does.
_FIELD_NAMES = {"school": "institution", "address": "location", "archiveprefix": "eprinttype"}
