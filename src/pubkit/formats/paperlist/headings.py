"""What a heading says: that a publication list starts, that something else starts, or what a group is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pubkit.formats.paperlist.shapes import ANY_YEAR, STATE
from pubkit.formats.paperlist.words import table, words
from pubkit.model import venues
from pubkit.text.fold import fold


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes:
        role: "list" starts a publication list, "other" another section, "kept" software and data,
            "group" divides a list by year, "unknown" is anything else.
        year: The year of a group, or "".
        type: Entry type of a group, or "".
        status: State of its entries in BibLaTeX's words, or "".
        venue: Where its entries appeared, or "".
    """

    role: Literal["list", "other", "kept", "group", "unknown"]
    year: str = ""
    type: str = ""
    status: str = ""
    venue: str = ""


# A heading that is a venue with its year: "ICSE 2024", "FSE '23".
_VENUE = re.compile(r"(?P<name>\S(?:.{0,60}\S)?)[\s(]{0,2}(?:(?P<year>(?:19|20)\d\d)|['’](?P<short>\d\d))\)?")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[ /&-][A-Z][A-Za-z]*)?")
_NEUTRAL = re.compile(
    r"\b(?:comites? de lecture|peer reviewed|peer review(?= \w)|under review|invited(?= (?:paper|article"
    r"|review)))\b"
)
_CJK_PURE = ("论文", "論文", "著作", "著书", "著書")
_CJK = re.compile(r"[\u3040-\u9fff]")
_YEAR = re.compile(
    r"(?:year|jahr|annee|ano|anno|jaar)? ?((?:19|20)\d\d)(?: (?:present|now|heute))?(?:年(?:度)?)?"
)
_BRACKETED = re.compile(r"\((?=[^()]*[^\W\d]{4})[^()]{5,80}\)\s*$")  # "Publications (see also my ORCID page)"
_COUNT = re.compile(r"\(?\b\d+\)?")
# "93(8)", "14, 2001": volume and page, which no heading has.
_NUMBERED = re.compile(r"\d\s?\(|\d,\s?\d|\d\s?[-–:]\s?\d")
_ON = re.compile(r"\w+ (?:on|in|about|uber|zu|zur|zum|sur|sobre|su|sulla|over)\b")
MAX_WORDS = 12


@lru_cache(maxsize=4096)
def classify(text: str) -> Heading:
    """Say what a heading text is.

    >>> classify("Selected Publications").role, classify("Research Interests").role, classify("2023").year
    ('list', 'other', '2023')
    >>> classify("Journal articles").type, classify("学术论文").role, classify("Zusammenarbeit").role
    ('article', 'list', 'unknown')
    """
    folded = fold(text[:400])
    if year := _YEAR.fullmatch(folded):
        return Heading("group", year=year[1])
    place = None if _NUMBERED.search(bare(text)) else _VENUE.fullmatch(text.strip())
    if place:
        name, year_ = place["name"], place["year"] or f"20{place['short']}"
        if _ACRONYM.fullmatch(name) or (name[-1] != "," and venues.find(name)):
            return Heading("group", year=year_, venue=name)
    found = _COUNT.sub(" ", folded).split()
    if not found or len(found) > MAX_WORDS:
        return Heading("unknown")
    # What belongs to a word of lists is no heading of something else: "à comité de lecture", "under review".
    found = _NEUTRAL.sub(" ", " ".join(found)).split() or found
    if all(word in _KEPT or word in _FILL or word in _QUALIFY for word in found) and any(
        word in _KEPT for word in found
    ):
        return Heading("kept", type=_kind(found, folded))
    listed = " ".join(found) in LIST_WHOLE or _lists(found) or any(part in folded for part in LIST_CHARACTERS)
    if _any([word for word in found if word not in _BESIDE or not _any(found, _PURE)], _OTHER) or any(
        part in folded for part in OTHER_CHARACTERS
    ):
        # "Awards and publications" is a list too, "publication awards" is not: the last word decides.
        last = _any(found[-1:], _PURE) or folded.endswith(_CJK_PURE)
        return Heading("list", type=_kind(found, folded)) if listed and last else Heading("other")
    if not listed:
        return Heading("unknown")
    return Heading("list", type=_kind(found, folded), status=_status(text))


def _status(text: str) -> str:
    """Return the state that a heading gives its entries, "" for none or several."""
    if re.search(r"\bpublished\b", text, re.IGNORECASE):
        return ""
    states = {match.lastgroup or "" for match in STATE.finditer(text)}
    return states.pop() if len(states) == 1 else ""


def _kind(found: list[str], folded: str) -> str:
    """Return what entries a heading announces; "articles" beside "conference" says nothing."""
    kinds = [
        type_
        for stems, type_ in _GROUPS
        if _any(found, stems) or any(word in folded for word in stems[0] if _CJK.match(word))
    ]
    if "reviews" in found and "book" in kinds:
        return "article"
    if "inproceedings" in kinds and "incollection" not in kinds:
        return "inproceedings"
    if "incollection" in kinds and "article" in kinds:
        return ""  # "Articles and chapters"
    return kinds[0] if kinds else ""


@lru_cache(maxsize=4096)
def is_known(text: str) -> bool:
    """Tell whether a line of plain text is a heading by its words alone.

    A line among other lines must be nearly nothing but heading words, since titles hold such words too.

    >>> is_known("Research"), is_known("SELECTED PUBLICATIONS"), is_known("Paper planes and how they fly")
    (True, True, False)
    """
    if len(text) > 80 or text.rstrip().endswith((".", ",", ";", "?")):
        return False
    found = _telling(text)
    if not found:
        return bool(_YEAR.fullmatch(fold(text)))
    if classify(text).role in ("unknown", "group", "kept"):
        return classify(text).role != "unknown" and len(text) <= 60
    if fold(text) in LIST_WHOLE:
        return True
    if " ".join(found) in LIST_WHOLE or any(part in text for part in LIST_CHARACTERS + OTHER_CHARACTERS):
        return len(found) <= 3
    return len(found) <= 6 and all(
        _lists([word]) or _any([word], _OTHER) or word in _QUALIFY for word in found
    )


def opens(text: str) -> bool:
    """Tell whether a short line above entries names them: less must be sure than of a line among lines.

    >>> opens("Chapitres d'ouvrages collectifs"), opens("Sleep and the paper wasp")
    (True, False)
    """
    if len(text) > 80 or text.rstrip().endswith((".", ",", ";", "?")):
        return False
    found = _telling(text)
    if (
        not 0 < len(found) <= 6
        or classify(text).role not in ("list", "other", "kept")
        or ANY_YEAR.search(text)
        or _NUMBERED.search(text)
    ):
        return False
    if _ON.match(fold(text)) and _lists(found[:1]):
        return True  # "Papers on knots"
    known = [_lists([word]) or _any([word], _OTHER) or word in _QUALIFY for word in found]
    return (known[0] or known[-1]) and sum(known) * 2 >= len(known)


def _telling(text: str) -> list[str]:
    """Return the folded words of a heading without numbers, small words and "avec comité de lecture"."""
    folded = fold(bare(text))
    return [word for word in _NEUTRAL.sub(" ", _COUNT.sub(" ", folded)).split() if word not in _FILL]


def bare(text: str) -> str:
    """Return a heading without the remark in brackets at its end.

    >>> bare("References (own work)"), bare("Papers (12)")
    ('References', 'Papers (12)')
    """
    return _BRACKETED.sub(" ", text).strip()


_Stems = tuple[frozenset[str], tuple[str, ...]]


def _stems(listed: list[str]) -> _Stems:
    """Divide words from stems: "publication*" is the start of a word."""
    starts = tuple(word[:-1] for word in listed if word.endswith("*"))
    return frozenset(word for word in listed if not word.endswith("*")), starts


def _any(found: list[str], stems: _Stems) -> bool:
    whole, starts = stems
    return any(word in whole or word.startswith(starts) for word in found)


def _lists(found: list[str]) -> bool:
    """Tell whether one of some words is one of lists, or a compound of such a word."""
    return _any(found, _LIST) or any(word.endswith(_ENDS) for word in found)


def _languages(path: str) -> tuple[_Stems, tuple[str, ...]]:
    """Return the stems of all languages, and the characters of those that put no spaces between words."""
    tables = table(path)
    characters = tuple(tables.pop("cjk"))
    return _stems([word for listed in tables.values() for word in listed]), characters


_LIST, LIST_CHARACTERS = _languages("heading.list")
_OTHER, OTHER_CHARACTERS = _languages("heading.other")
_PURE = _stems(table("heading")["pure"])
_GROUPS = tuple((_stems(listed), type_) for type_, listed in table("heading.types").items())
LIST_WHOLE = words("heading.whole")
_ENDS = tuple(words("heading.ends"))
# "Workshop papers and posters" is a list all the same.
_BESIDE = frozenset(("poster", "posters", "demo", "demos"))
_FILL = words("heading.fill")
_KEPT = words("heading.kept")
_QUALIFY = words("heading.qualify")
