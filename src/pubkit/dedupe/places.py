"""Where a publication stands: its venue, and which stage in the life of a work that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from pubkit.dedupe.record import Stage
from pubkit.markup import latex
from pubkit.model.venues import find
from pubkit.text.fold import fold

_STAGES: Mapping[str, Stage] = {
    "article": "journal",
    "suppperiodical": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inbook": "chapter",
    "suppbook": "chapter",
    "bookinbook": "chapter",
    "inreference": "chapter",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "booklet": "book",
    "manual": "book",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "patent": "other",
    "software": "other",
    "dataset": "other",
    "unpublished": "preprint",
}
_VENUE_STAGES: Mapping[str, Stage] = {
    "conference": "conference",
    "workshop": "conference",
    "journal": "journal",
    "preprint": "preprint",
}
# Journals that are the proceedings of meetings: their papers are called the one or the other.
_MEETING_JOURNALS = ("Proceedings of the ACM on ", "Proceedings of the VLDB ")
# Beginnings of DOIs that name preprints: arXiv, SSRN, OSF, Preprints.org, Research Square,
# TechRxiv, ChemRxiv, Authorea, ESS Open Archive.
_PREPRINT_DOIS = (
    "10.48550/", "10.2139/ssrn", "10.31219/", "10.31234/", "10.31235/", "10.20944/", "10.21203/rs",
    "10.36227/", "10.26434/", "10.22541/", "10.1002/essoar", "10.64898/",
)  # fmt: skip
# bioRxiv and medRxiv share their beginning with journals, whose DOIs go on with a letter.
_BIORXIV = re.compile(r"10\.1101/[0-9]")


def is_preprint_doi(doi: str) -> bool:
    """Say whether a DOI names a preprint."""
    return doi.startswith(_PREPRINT_DOIS) or _BIORXIV.match(doi) is not None


def is_book(kind: str) -> bool:
    """Say whether an entry type is that of a whole book."""
    return _STAGES.get(kind) == "book"


# -- venues --------------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A venue: its folded name, its key where it is known, and what kind of publication appears there.

    `meeting` says that the name is one of a meeting's proceedings, where the venue is not a known one; what
    follows is what the name says about the publication itself ("Machine Learning 17(2)", "… (1992) 341-352").
    """

    venue: str = ""
    known_venue: str = ""
    stage: Stage = ""
    meeting: bool = False
    year: int | None = None
    volume: str = ""
    number: str = ""
    first_page: str = ""
    last_page: str = ""


_NOWHERE = Place()
_VENUE_FIELDS = ("journaltitle", "booktitle", "eventtitle", "howpublished", "series")
_MAX_VENUE = 250


def read_place(fields: Mapping[str, str]) -> Place:
    """Return the venue of an entry."""
    for name in _VENUE_FIELDS:
        source = fields.get(name)
        if source:
            return _place(source[: 2 * _MAX_VENUE])
    return _NOWHERE


def place_named(text: str) -> Place:
    """Return the venue that a text names."""
    return _place(text[:_MAX_VENUE])


@lru_cache(maxsize=1 << 16)
def _place(source: str) -> Place:
    text = unescape(latex.to_text(source))[:_MAX_VENUE]
    folded = fold(text)
    essential = _essential(folded)
    known = find(text) or (find(essential) if essential and essential != folded else None)
    if not known and " " in essential and (acronym := _acronym_of_meeting(essential)):
        found = find(acronym)
        known = found if found and (found.kind != "journal" or _is_of_meetings(found.name)) else None
    said = _said_of_the_paper(text, journal=known is not None and known.kind == "journal")
    if known:
        name = _essential(fold(known.name)) or essential
        kind_of = "conference" if _is_of_meetings(known.name) else known.kind
        return Place(name, known.key, _VENUE_STAGES[kind_of], False, *said)
    kind = _UNPUBLISHED.search(folded)
    stage: Stage = ("preprint", "report", "thesis")[(kind.lastindex or 1) - 1] if kind else ""
    return Place(essential, "", stage, _MEETING.search(folded) is not None, *said)


def _is_of_meetings(name: str) -> bool:
    return name.startswith(_MEETING_JOURNALS)


def _said_of_the_paper(text: str, *, journal: bool) -> tuple[int | None, str, str, str, str]:
    """Return year, volume, issue, first and last page that stand behind the name of a venue."""
    if not _DIGIT.search(text):
        return None, "", "", "", ""
    years = set(_YEAR.findall(text))
    year = int(years.pop()) if len(years) == 1 else None
    pages = _PAGES.search(text)
    first, last = (pages[1], pages[2]) if pages else ("", "")
    volume = _VOLUME.search(text[: pages.start()] if pages else text) if journal else None
    return year, *((volume[1], volume[2] or "") if volume else ("", "")), first, last


_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<![\d-])(?:1[89]|20)\d\d(?![\d-])")
# "(1992) 341-352", "pages 61--74".
_PAGES = re.compile(r"(?:\bpp?[.\s]|\bpages?\b|\))\s*(\d{1,5})\s?[-\u2013]{1,2}\s?(\d{1,5})(?![\d-])")
# "Machine Learning 17,", "Information and Computation 103(2)".
_VOLUME = re.compile(r"(?<=[^\W\d_])[\s,]+(?:vol(?:ume|\.)? )?(\d{1,3})(?:\s?[(:](\d{1,3})\)?)?[\s,.]*$")
# Whose proceedings these are, where nothing else says so.
_MEETING = re.compile(
    r"\b(?:conference|conf|workshop|symposium|sympos|symp|colloquium)\b|^(?:in )?proc(?:eedings)? (?:of|\d)"
)


# What names no venue, but says what kind of publication it is.
_UNPUBLISHED = re.compile(
    r"\b(?:(unpublished|manuscript|preprint|submitted|in preparation|working paper)"
    r"|(technical (?:report|memo\w*|note)|tech(?:nical)? rep|research report)"
    r"|(ph ?d thesis|master s thesis|doctoral dissertation|dissertation))\b"
)
# What names of one conference differ in from year to year and from list to list: numbers, ordinals, sponsors.
_VENUE_NOISE = re.compile(
    r"\d+(?:st|nd|rd|th)?|in|proc|proceedings|pp|pages?|vol|no|the|of|annual|ann|acm|ieee|usenix|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
)


_MEETING_WORDS = frozenset({"conference", "conf", "symposium", "symp", "international", "intl", "int"})


def _acronym_of_meeting(essential: str) -> str:
    """Return the one word of a name that calls itself a conference ("vldb conference"); "" for others."""
    words = essential.split()
    rest = [word for word in words if word not in _MEETING_WORDS]
    return rest[0] if len(rest) == 1 and len(rest) < len(words) else ""


@lru_cache(maxsize=1 << 14)
def _is_noise(word: str) -> bool:
    return _VENUE_NOISE.fullmatch(word) is not None


def _essential(venue: str) -> str:
    """Return a folded name without what differs from year to year; "" where nothing is left.

    "Annals" and "Annual Review" begin names of journals: there they tell something.
    """
    words = venue.split()
    kept = [word for word in words if not _is_noise(word)]
    if words and words[0] in ("ann", "annual") and (words[0] == "ann" or words[1:2] == ["review"]):
        return " ".join(kept) if _MEETING.search(venue) else " ".join([words[0], *kept])
    return " ".join(kept)


# -- stages --------------------------------------------------------------------------------------------------


def stage_of(kind: str, fields: Mapping[str, str], place: Place, doi: str | None, arxiv: str | None) -> Stage:
    """Return where in the life of a work an entry stands."""
    if place.stage:
        return place.stage
    if doi and is_preprint_doi(doi):
        return "preprint"
    stage = _STAGES.get(kind, "")
    if not stage and fields.get("eprint"):
        return "preprint"
    if not stage and place.meeting:
        return "conference"
    if stage == "journal" and not fields.get("journaltitle"):
        return "preprint" if arxiv else ""
    return stage
