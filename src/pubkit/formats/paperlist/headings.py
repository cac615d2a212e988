"""What a heading says: that a publication list starts, that something else starts, or what a group is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pubkit.formats.paperlist.words import table, words
from pubkit.text.fold import fold


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes:
        role: "list" starts a publication list, "other" another section, "group" divides a list by year,
            "unknown" is anything else.
        year: The year of a group, or "".
        type: Entry type of a group, or "".
    """

    role: Literal["list", "other", "group", "unknown"]
    year: str = ""
    type: str = ""


_YEAR = re.compile(
    r"(?:year|jahr|annee|ano|anno|jaar)? ?((?:19|20)\d\d)(?: (?:present|now|heute))?(?:年(?:度)?)?"
)
_COUNT = re.compile(r"\(?\b\d+\)?")
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
    found = _COUNT.sub(" ", folded).split()
    if not found or len(found) > MAX_WORDS:
        return Heading("unknown")
    listed = (
        " ".join(found) in LIST_WHOLE or _any(found, _LIST) or any(part in folded for part in LIST_CHARACTERS)
    )
    if _any(found, _OTHER) or any(part in folded for part in OTHER_CHARACTERS):
        # "Awards and publications" is a list too, "publication awards" is not: the last word decides.
        return Heading("list" if listed and _any(found[-1:], _PURE) else "other")
    if not listed:
        return Heading("unknown")
    kind = next((type_ for stems, type_ in _GROUPS if _any(found, stems)), "")
    return Heading("list", type=kind)


@lru_cache(maxsize=4096)
def is_known(text: str) -> bool:
    """Tell whether a line of plain text is a heading by its words alone.

    A line among other lines must be nearly nothing but heading words, since titles hold such words too.

    >>> is_known("Research"), is_known("SELECTED PUBLICATIONS"), is_known("Paper planes and how they fly")
    (True, True, False)
    """
    if len(text) > 60 or text.rstrip().endswith((".", ",", ";", "?")):
        return False
    found = [word for word in _COUNT.sub(" ", fold(text)).split() if word not in _FILL]
    if not found:
        return bool(_YEAR.fullmatch(fold(text)))
    if classify(text).role in ("unknown", "group"):
        return classify(text).role == "group"
    if " ".join(found) in LIST_WHOLE or any(part in text for part in LIST_CHARACTERS + OTHER_CHARACTERS):
        return len(found) <= 3
    return len(found) <= 5 and all(
        _any([word], _LIST) or _any([word], _OTHER) or word in _QUALIFY for word in found
    )


_Stems = tuple[frozenset[str], tuple[str, ...]]


def _stems(listed: list[str]) -> _Stems:
    """Divide words from stems: "publication*" is the start of a word."""
    starts = tuple(word[:-1] for word in listed if word.endswith("*"))
    return frozenset(word for word in listed if not word.endswith("*")), starts


def _any(found: list[str], stems: _Stems) -> bool:
    whole, starts = stems
    return any(word in whole or word.startswith(starts) for word in found)


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
_FILL = words("heading.fill")
_QUALIFY = words("heading.qualify")
