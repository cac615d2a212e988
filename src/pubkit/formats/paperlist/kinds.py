"""The entry type, from the venue, the group's heading and what else the entry says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubkit.model.venues import Venue

# The field that names where an entry of a type appeared.
VENUE_FIELDS: dict[str, str] = {
    "article": "journaltitle",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "online": "organization",
    "thesis": "institution",
    "report": "institution",
    "book": "publisher",
    "collection": "publisher",
    "dataset": "publisher",
    "software": "organization",
    "unpublished": "howpublished",
    "misc": "howpublished",
    "patent": "number",
}


@dataclass(frozen=True, slots=True)
class EntryKind:
    """An entry type, and whether something says so.

    Attributes:
        type: BibLaTeX entry type.
        sure: Whether the venue, a word or a heading says so.
        fields: Fields that the evidence gives, as plain text.
    """

    type: str
    sure: bool = True
    fields: tuple[tuple[str, str], ...] = ()


THESIS = re.compile(
    r"\b(?:(?P<phd>ph\.?\s?d\.?|doctoral|doktor\w*|d\.?phil\.?|dissertation(?!s))"
    r"|(?P<master>m\.?\s?sc\.?|master\S*|diplom\w*)"
    r"|(?P<bachelor>b\.?\s?sc\.?|bachelor\S*))?[\s’'-]*(?P<word>thesis|dissertation|diplomarbeit|masterarbeit"
    r"|bachelorarbeit|doktorarbeit|habilitation(?:sschrift)?|doktorsavhandling|avhandling|afhandling"
    r"|väitöskirja|rozprawa doktorska|thèse(?: de doctorat| d['’]état)?"
    r"|tesis(?: doctoral| de \w+)?"
    r"|tesi(?: di (?:laurea|dottorato))?|tese(?: de \w+)?|dissertação(?: de mestrado)?|proefschrift"
    r"|диссертация|diss(?=[.,]|$)|学位论文|博士論文|修士論文)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:tech(?:nical|\.)?\s*rep(?:orts?|\.)|research report|(?:working|discussion|staff"
    r"|occasional) paper|white ?paper"
    r"|rapport)\b",
    re.I,
)
_PAPER = re.compile(
    r"\b(working|discussion|staff|policy|research|white|occasional) ?papers?\b", re.IGNORECASE
)
_UNPUBLISHED = re.compile(r"[(\[,.] ?unpublished(?: manuscript| note)?[)\],.]", re.IGNORECASE)
_MANUSCRIPT = re.compile(r"\W*(?:unpublished |working )?(?:manuscript|draft|mimeo|note)\W*", re.IGNORECASE)
_PATENT = re.compile(r"\b(?:patent|US\s?\d{1,2},\d{3},\d{3})\b", re.IGNORECASE)
_CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings|\.)?|conf(?:erence|\.)?|symp(?:osium|\.)?|workshops?|congress|meeting"
    r"|colloquium|anais d[oae]|actas de|atti de|companion(?! to\b)"
    r"|conférence|congreso|congresso|kongress|tagung(?:sband)?|konferenz|convegno|track"
    r"|конференции?)\b|大会|会议|会議|論文集|シンポジウム|研究会",
    re.IGNORECASE,
)
# Journals that are called proceedings: of a society or an academy.
_SOCIETY = re.compile(
    r"proc(?:eedings|\.)?(?: of)?(?: the)? (?:(?:[A-Z][\w.]* ){0,3}(?:soc|acad|inst|assoc)\w*\b"
    r"|r(?:oy(?:al)?)?\.? soc|natl|national academy"
    r"|IEEE(?!\s\w)|VLDB|ACM (?:on|program|meas|hum|interact|manag))",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|j\.|trans(?:actions|\.)|lett(?:ers|\.)|rev(?:iew|\.)|annals|ann\.|bulletin"
    r"|bull\.|magazine|acta|archives?"
    r"|zeitschrift|revue|revista|rivista|quarterly|notices|physics|nature|science|журнал"
    r"|вестник)(?:\b|(?<=\.))|学报|期刊|学会誌|論文誌",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?:[A-ZÀ-Þ][\w-]{0,8}\.[,\s]*)(?:(?:[a-z]{1,3}|&)\s)?(?:[A-ZÀ-Þ][\w-]{0,12}\.?[,\s]*){0,6}"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&*/-]*[A-Z]\w*(?:[ @-][A-Z]\w*)*(?:\s?(?:19|20)?['’]?\d\d)?")
_BOOK_PUBLISHER = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’&.-]*,? |of |and |& |de |der |für ){0,5}(?:press|verlag|publishers?|publishing"
    r"|springer(?: nature| verlag)?|wiley|routledge"
    r"|brill|elsevier|sage|palgrave(?: macmillan)?|de gruyter|mohr siebeck|suhrkamp|transcript|harvard up"
    r"|oup|cup|o['’]reilly"
    r"|éditions \w+|editorial \w+|birkhäuser)(?: press| media)?",
    re.IGNORECASE,
)
_BOOK = re.compile(r"\b(?:handbook|encyclopedia|book|chapter|in:|hrsg\.?|eds?\.)\b", re.IGNORECASE)


def decide(
    venue: str,
    found: Venue | None,
    *,
    group: str,
    fields: Mapping[str, str],
    rest: Sequence[str],
    text: str,
    genre: str = "",
    placed: bool = False,
) -> EntryKind:
    """Return the type of an entry.

    Args:
        venue: The venue's text, "" for none.
        found: The venue, if it is known.
        group: The type that the heading above says, or "".
        fields: What is known of the entry so far.
        rest: What stands behind the venue.
        text: The whole text of the entry.
        placed: Whether it names the place where it was published.
        genre: The type that the entry names by a code of its own ("[J]"), or "".
    """
    if thesis := THESIS.search(venue) or _thesis_line(text, group):
        return EntryKind("thesis", True, (("type", _degree(thesis)),))
    if found is not None:
        return EntryKind(found.entry_type)
    if fields.get("eprinttype", "").endswith("xiv") and fields["eprinttype"] == venue.lower().strip(" ,.:"):
        return EntryKind("online")
    everything = " ".join((venue, *rest))
    if _REPORT.search(everything):
        named = _PAPER.search(everything)
        return EntryKind(
            "report", True, (("type", f"{named[1].capitalize()} paper" if named else "techreport"),)
        )
    if _PATENT.search(everything):
        return EntryKind("patent")
    if _MANUSCRIPT.fullmatch(venue):
        return EntryKind("unpublished")
    if genre:
        return EntryKind(genre, True, (("type", "phdthesis"),) if genre == "thesis" else ())
    periodical = not {"volume", "number", "eid"}.isdisjoint(fields) or _JOURNAL.search(venue)
    if "pagetotal" in fields and not periodical and not _CONFERENCE.search(venue):
        return EntryKind("book")
    if (
        _BOOK_PUBLISHER.fullmatch(venue)
        and group != "thesis"
        and "volume" not in fields
        and "pages" not in fields
    ):
        return EntryKind("book" if group in ("", "book") else group, group in ("book", ""))
    if venue and "editor" in fields and not _CONFERENCE.search(venue) and group != "collection":
        return EntryKind("incollection")
    if group == "collection" or (not venue and "editor" in fields and "author" not in fields):
        return EntryKind("collection", group == "collection")
    if venue:
        if _SOCIETY.match(venue) and "volume" in fields and fields.keys() & {"number", "pages", "eid"}:
            return EntryKind("article")
        if _CONFERENCE.search(venue) and not (
            _JOURNAL.search(venue) and "volume" in fields and "pages" in fields
        ):
            return EntryKind("inproceedings")
        if _JOURNAL.search(venue):
            return EntryKind("article")
        if group in (
            "article",
            "inproceedings",
            "incollection",
            "report",
            "thesis",
            "patent",
            "book",
            "dataset",
            "software",
        ):
            return EntryKind(group)
        if _BOOK.search(venue) or "isbn" in fields:
            return EntryKind("incollection", "isbn" not in fields)
        if _ABBREVIATED.fullmatch(venue) or "number" in fields or "eid" in fields:
            return EntryKind("article")
        if "volume" in fields:
            return EntryKind("article", "pages" in fields)
        if _ACRONYM.fullmatch(venue):
            return EntryKind("inproceedings", sure=False)
        if fields.get("pubstate") in ("submitted", "inpreparation"):
            return EntryKind("unpublished", sure=False)
        if "pages" in fields and rest:
            return EntryKind("incollection", sure=False)
        return EntryKind("article" if "doi" in fields else "misc", sure=False)
    if fields.get("eprinttype", "").endswith("xiv"):
        return EntryKind("online")
    if fields.get("pubstate") in ("submitted", "inpreparation") or _UNPUBLISHED.search(text):
        return EntryKind("unpublished")
    if group:
        return EntryKind(group)
    if placed and not fields.keys() & {"pages", "volume", "doi"}:
        return EntryKind("book", sure=False)
    if "volume" in fields or "issn" in fields:
        return EntryKind("article", sure=False)
    if "isbn" in fields:
        return EntryKind("book", sure=False)
    return EntryKind("misc", sure=False)


def _thesis_line(text: str, group: str) -> re.Match[str] | None:
    """Find the words for a thesis: anywhere below a heading for theses, else on a line of their own."""
    if group == "thesis":
        return THESIS.search(text)
    return next((found for line in text.split("\n")[1:] if (found := THESIS.fullmatch(line.strip()))), None)


def _degree(match: re.Match[str]) -> str:
    if match["master"] or match["word"].casefold() in ("diplomarbeit", "masterarbeit", "修士論文"):
        return "mathesis"
    if match["bachelor"] or match["word"].casefold() == "bachelorarbeit":
        return "bathesis"
    return "phdthesis"


def without_kind(venue: str, type_: str) -> str:
    """Return an institution without the words that name the kind of the work.

    >>> without_kind("PhD Thesis, University of Lists", "thesis"), without_kind("NICTA", "report")
    ('University of Lists', 'NICTA')
    """
    pattern = {"thesis": THESIS, "report": _REPORT}.get(type_)
    if pattern is None:
        return venue
    return " ".join(pattern.sub(" ", venue).split()).strip(" ,;:.()[]–—-")
