"""Page ranges: reading what people write, and one canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pubkit.markup.latex import to_text
from pubkit.text.numerals import roman_to_int


@dataclass(frozen=True, slots=True)
class PageRange:
    """One page or a range of pages, as texts: pages may be roman or carry letters.

    Attributes:
        first: First or only page, e.g. "12", "xiv", "S12", "e1234", "1:1".
        last: Last page; "" where the range is open, None where there is only one page.
        following: "+", "f" or "ff" where the pages go on.
    """

    first: str
    last: str | None = None
    following: str = ""

    def __str__(self) -> str:
        last = "" if self.last is None else f"--{self.last}"
        return f"{self.first}{last}{self.following}"

    @property
    def reversed(self) -> bool:
        """Whether the last page comes before the first: a mistake that only a person can put right.

        >>> parse_pages("45--12").ranges[0].reversed
        True
        """
        first, last = _number(self.first), _number(self.last or "")
        return first is not None and last is not None and first[:2] == last[:2] and last < first

    @property
    def count(self) -> int | None:
        """How many pages the range holds; None where that cannot be told."""
        if self.following or self.last == "":
            return None
        if self.last is None:
            return 1
        first, last = _number(self.first), _number(self.last)
        if first is None or last is None or first[:2] != last[:2] or last < first:
            return None
        return last[2] - first[2] + 1


@dataclass(frozen=True, slots=True)
class Pages:
    """The page ranges of a field; `str()` gives the canonical text, `12--45, 50`.

    Attributes:
        ranges: The ranges in order.
        text: The source where it is no list of pages ("n/a", "in press"); then `ranges` is empty.
    """

    ranges: tuple[PageRange, ...] = ()
    text: str = ""

    def __str__(self) -> str:
        return self.text or ", ".join(map(str, self.ranges))

    def __iter__(self) -> Iterator[PageRange]:
        return iter(self.ranges)

    def __len__(self) -> int:
        return len(self.ranges)

    @property
    def first(self) -> str:
        """The first page; "" where there is none."""
        return self.ranges[0].first if self.ranges else ""

    @property
    def count(self) -> int | None:
        """How many pages there are; None where that cannot be told."""
        counts = [part.count for part in self.ranges]
        return sum(number or 0 for number in counts) if counts and None not in counts else None

    @property
    def is_article_number(self) -> bool:
        """Whether this is an article number such as "e1234" rather than pages."""
        return len(self.ranges) == 1 and bool(_ARTICLE.fullmatch(str(self.ranges[0])))


_ARTICLE = re.compile(r"[eE]\d{2,}|\d{5,}")
_PAGES_WORD = re.compile(r"(?:(?:pages?|pp|seiten?)\b\.?\s*|pp(?=\d)|[ps]\.\s*|p\s+)(?=\S)", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:[,;]|\s&\s|\sand\s)\s*")
_PAGE = r"[^\W_]+(?:[.:*/'][^\W_]+)*"
_HYPHENATED = rf"{_PAGE}(?:-{_PAGE})*"
_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]+\s*")
_FOLLOWING = r"(\+|(?<=\d)\s?ff?\.?)?"
_SINGLE = re.compile(rf"({_PAGE}?){_FOLLOWING}")
# A range by a dash that is no plain hyphen; by plain hyphens only; the hyphens of chapters and a range's.
_LONG = re.compile(rf"({_HYPHENATED})\s*--+\s*({_HYPHENATED}?)?{_FOLLOWING}")
_SHORT = re.compile(rf"({_PAGE})\s*-\s*({_PAGE}?)?{_FOLLOWING}")
_SECTIONED = re.compile(rf"({_PAGE}-{_PAGE})-({_PAGE}-{_PAGE})()")
_GLUED = re.compile(r"(?<=\d)(ff?)$")
_NUMBER = re.compile(r"(\D*(?:\d+\D+)*?)(\d{1,18})")


@lru_cache(maxsize=8192)
def parse_pages(source: str) -> Pages:
    r"""Read the source text of a `pages` field.

    Any dash makes a range; "p." and "pp." are dropped; an abbreviated last page is completed (`123--45` is
    123 to 145). A reversed range stays as it is and says so. What is no list of pages is kept as text.

    Args:
        source: Field source, e.g. "12-15", "xii–xx", "1:1--1:20", "e1234", "12+".

    Returns:
        The ranges.

    >>> str(parse_pages("pp. 12-15, 20 – 3; 31+"))
    '12--15, 20--23, 31+'
    """
    text = " ".join(to_text(source).split())
    word = _PAGES_WORD.match(text)
    body = _DASHES.sub("--", text[word.end() :] if word else text).rstrip(".,; ")
    ranges: list[PageRange] = []
    for piece in _LIST.split(body):
        found = _read_range(piece)
        if found is None:
            return Pages(text=source.strip())
        ranges.append(found)
    return Pages(tuple(ranges))


def _read_range(piece: str) -> PageRange | None:
    piece = _GLUED.sub(r" \1", piece)  # "12f" is read as "12 f" is
    single = _SINGLE.fullmatch(piece)
    if single:
        return PageRange(single[1], None, _mark(single[2])) if _is_page(single[1]) else None
    for pattern in (_LONG, _SHORT, _SECTIONED):
        found = pattern.fullmatch(piece)
        if found and _is_page(found[1]) and (not found[2] or _is_page(found[2])):
            return PageRange(found[1], _complete(found[1], found[2] or ""), _mark(found[3]))
    return PageRange(piece) if re.fullmatch(_HYPHENATED, piece) and piece[-1].isdecimal() else None


def _mark(text: str | None) -> str:
    return (text or "").strip().rstrip(".")


def _is_page(text: str) -> bool:
    """Whether a text is a page: it has a digit or is a Roman numeral."""
    return any(char.isdecimal() for char in text) or roman_to_int(text) is not None


def _complete(first: str, last: str) -> str:
    """Complete an abbreviated last page from the first: 123, 45 → 145; 1:1, 20 → 1:20."""
    chapter, colon, page = first.rpartition(":")
    if colon and ":" not in last and last.isdigit():
        return f"{chapter}:{_complete(page, last)}"
    if not (first.isdigit() and last.isdigit() and len(last) < len(first)):
        return last
    completed = first[: -len(last)] + last
    return completed if int(completed) > int(first) else last


def _number(page: str) -> tuple[str, str, int] | None:
    """Return prefix, kind and number of a page, for comparing; None where it does not end in a number."""
    found = _NUMBER.fullmatch(page)
    if found:
        return found[1].lower(), "arabic", int(found[2])
    value = roman_to_int(page)
    return None if value is None else ("", "roman", value)
