"""The entry type of a reference, from what was found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pubkit.formats.paperlist.reference.values import Values
from pubkit.model import venues

_MASTER = re.compile(r"master|m\.?\s?sc|m\.?a\b|diplom|lizentiat", re.IGNORECASE)
_BACHELOR = re.compile(r"bachelor|b\.?\s?sc|b\.?a\b", re.IGNORECASE)
_PHD = re.compile(r"ph\.?\s?d|doctor|doktor|d\.?\s?phil|inaugural", re.IGNORECASE)
_THESIS = re.compile(
    r"thes[ie]s|dissertation|diss\b|thèse|tesi|proefschrift|diplomarbeit|habilitation|masterarbeit|doktorarbeit|phd",
    re.I,
)
_REPORT = re.compile(r"report|\btech|\brep\b|working paper|memo|rapport|bericht|white paper", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:proc(?:eedings)?|conf(?:erence)?|symp(?:osium)?|workshops?|congress|kongress|meeting|colloqui\w+|tagung\w*|konferenz"
    r"|actes|congreso|convegno|international joint|annual)\b",
    re.IGNORECASE,
)


def decide(values: Values, found: Mapping[str, str]) -> str:
    """Return the BibLaTeX type of a reference.

    Args:
        values: The plain values of its fields.
        found: Its identifiers.
    """
    text = values.text
    genre = text.get("genre", "")
    if _THESIS.search(genre):
        return "thesis"
    if _REPORT.search(genre) and "journal" not in text and "booktitle" not in text:
        return "report"
    if "booktitle" in text:
        if _MEETING.search(text["booktitle"]):
            return "inproceedings"
        venue = venues.find(text["booktitle"])
        if venue is not None:
            return venue.entry_type
        return "incollection"
    if "journal" in text:
        venue = venues.find(text["journal"])
        return venue.entry_type if venue is not None and venue.entry_type == "inproceedings" else "article"
    if "eprint" in found:
        return "online"
    if "urldate" in found and "url" in found and "publisher" not in text and "isbn" not in found:
        return "online"
    if "publisher" in text or "isbn" in found or "edition" in found or "pagetotal" in text:
        return "book"
    if found.get("pubstate") in ("submitted", "inpreparation"):
        return "unpublished"
    if "volume" in text and "pages" in text:
        return "article"
    if "url" in found:
        return "online"
    return "book" if "location" in text else "misc"


def venue_fields(values: Values, type_: str) -> Iterator[tuple[str, str]]:
    """Yield which field each of the labels `booktitle` and `journal` goes to."""
    text = values.text
    if type_ == "article":
        if "journal" in text:
            yield "journal", "journaltitle"
            if "booktitle" in text:
                yield "booktitle", "issuetitle"
        elif "booktitle" in text:
            yield "booktitle", "journaltitle"
    elif type_ in ("inproceedings", "incollection"):
        if "booktitle" in text:
            yield "booktitle", "booktitle"
        if "journal" in text:
            yield "journal", "series" if "booktitle" in text else "booktitle"
    else:
        for part in ("booktitle", "journal"):
            if part in text:
                yield part, "eventtitle" if part == "booktitle" and type_ != "online" else "journaltitle"


def degree(text: str) -> str:
    """Return BibLaTeX's word for the kind of a thesis.

    >>> degree("Ph.D. thesis"), degree("Diplomarbeit"), degree("Dissertation")
    ('phdthesis', 'mathesis', 'phdthesis')
    """
    if _PHD.search(text):
        return "phdthesis"
    if _MASTER.search(text):
        return "mathesis"
    return "bathesis" if _BACHELOR.search(text) else "phdthesis"
