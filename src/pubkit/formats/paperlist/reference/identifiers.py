"""What its own shape proves: DOI, arXiv, ISBN, ISSN, PubMed numbers, addresses, status, edition."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.formats.paperlist.reference.dates import read_date
from pubkit.formats.paperlist.reference.tagger import Segment
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_isbn, normalize_issn

_LINK = re.compile(
    r"<?\b(?:https?|ftp)\s?:\s?//[^\s<>\"{}|\\^`]+>?|<?\bwww\.[^\s<>\"{}|\\^`]+>?", re.IGNORECASE
)
_DOI = re.compile(
    r"(?:\bdoi\s?[:.=]?\s?|https?\s?:\s?//(?:dx\.)?doi\.org/)?\b(10\.\d{4,9}/[^\s\"<>{}|\\^`\]]+)",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"\b(?:ar[xX]iv(?:\s?\.org)?(?:[ -](?:e-?prints?|preprints?))?[\s:,/]*(?:abs/|pdf/)?(?:arxiv:)?"
    r"|(?=(?:hep|astro|cond|quant|gr|nucl|math)-?))\s*"
    r"(\d{4}\.\d{4,5}(?:v\d+)?|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?\d[\d -]{7,14}[\dXx])", re.IGNORECASE)
_ISSN = re.compile(r"\b[ep]?-?ISSN:?\s*(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{4,8})\b")
_ACCESSED = re.compile(
    r"[\[(]?\b(?:(?:last\s+)?(?:accessed|retrieved|visited|viewed|cited)(?:\s+on)?|zugriff(?:\s+am)?|abgerufen(?:\s+am)?|zuletzt\s+\w+\s+am"
    r"|consulté(?:\s+le)?)\b[\s:]*([^;()\[\]]{0,24}?\d{4}(?:-\d\d-\d\d)?(?:\s+\w{3,9}(?:\s+\d{1,2})?)?)[\])]?",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\(?\b(?:(\d{1,2})(?:st|nd|rd|th|e|ª|a|\.)?|(first|second|third|fourth|fifth|sixth|revised|rev\.|zweite|dritte))\s*(?:rev(?:ised|\.)\s+)?"
    r"(?:ed(?:ition|n)?s?|éd(?:ition)?|aufl(?:age)?|vyd|wyd)\b\.?\)?",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "zweite": "2", "dritte": "3",
}  # fmt: skip
# What a reference says about its state → BibLaTeX's word for it.
_STATUS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"[(\[]?(?<!\w)(?:{words})(?!\w)[)\]]?", re.IGNORECASE), value)
    for value, words in {
        "inpreparation": r"in prep(?:aration|\.)|work in progress"
        r"|in vorbereitung|en préparation|en preparación",
        "submitted": r"(?:under|in) (?:peer )?review|submitted(?: (?:to|for publication))?"
        r"|eingereicht|soumis|enviado",
        "inpress": r"in press|im druck|im erscheinen|sous presse|en prensa|no prelo|in stampa"
        r"|online first|epub ahead of print",
        "forthcoming": r"(?:to|will) appear(?: in)?|forthcoming(?: in)?"
        r"|accepted(?: (?:for publication|at|by))?"
        r"|erscheint|à paraître",
    }.items()
)

# Words that only lead to an identifier: with it gone they say nothing more.
_EMPTY = re.compile(
    r"\b(?:available|retrieved|from|at|online|web|url|doi|arxiv|e-?prints?|preprint|in|on|epub|accessed|visited|last|digital"
    r"|object|identifier|http|https|verfügbar|unter|disponible|sur|abgerufen|consulté)\b|[\W_]+",
    re.IGNORECASE,
)


def take(text: str, rest: Sequence[Segment]) -> tuple[dict[str, str], list[Segment]]:
    """Find identifiers, and the remarks of known form in what no field took.

    Args:
        text: The whole reference: an identifier is one wherever it stands.
        rest: The segments that no field came from.

    Returns:
        Field → value, and the segments with text that is still not understood.
    """
    found: dict[str, str] = {}
    if "10." in text:
        for match in _DOI.finditer(text):
            found.setdefault("doi", normalize_doi(_unglued(match[1])) or "")
    if "/" in text or "rXiv" in text or "arxiv" in text:
        for match in _LINK.finditer(text):
            address = _unglued(match[0].strip("<>").replace(" ", ""))
            if "doi.org/10." not in address:
                found.setdefault("url", address if "://" in address else f"http://{address}")
        for match in _ARXIV.finditer(text):
            _put_arxiv(found, match[1])
    left: list[Segment] = []
    for segment in rest:
        remark = _remarks(segment.text, found)
        if _EMPTY.sub("", remark):
            left.append(segment if remark == segment.text else segment._replace(text=remark))
    return {name: value for name, value in found.items() if value}, left


def _put_arxiv(found: dict[str, str], text: str) -> None:
    identifier = normalize_arxiv(text)
    if identifier and "eprint" not in found:
        found["eprint"] = identifier
        found["eprinttype"] = "arxiv"


def _unglued(address: str) -> str:
    """Take off the punctuation of the sentence around an address."""
    while address and (
        address[-1] in ".,;:'\"!?*>”" or (address[-1] == ")" and address.count("(") < address.count(")"))
    ):
        address = address[:-1]
    return address


def _remarks(text: str, found: dict[str, str]) -> str:
    """Read what a leftover says in known words; returns what is left of it."""
    for name, pattern, read in _KNOWN:
        if match := pattern.search(text):
            value = read(match[1])
            if value:
                found.setdefault(name, value)
                text = text[: match.start()] + " " + text[match.end() :]
    if edition := _EDITION.search(text):
        word = (edition[2] or "").casefold()
        found.setdefault("edition", edition[1] or _ORDINALS.get(word, word))
        text = text[: edition.start()] + " " + text[edition.end() :]
    for pattern, value in _STATUS:
        if match := pattern.search(text):
            found.setdefault("pubstate", value)
            text = text[: match.start()] + " " + text[match.end() :]
    for pattern in (_DOI, _ARXIV, _LINK):
        text = pattern.sub(" ", text)
    return text


_KNOWN = (
    ("urldate", _ACCESSED, read_date),
    ("isbn", _ISBN, normalize_isbn),
    ("issn", _ISSN, normalize_issn),
    ("pmid", _PMID, str),
    ("pmcid", _PMCID, str),
)
