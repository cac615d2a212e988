"""Digital object identifiers: canonical form, and where they stand in an entry.

Source: ISO 26324 and the DOI Handbook, section 2 (a DOI is a prefix "10.…", a slash and any characters; case
does not count).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from pubkit.model.identifiers_text import cleaned

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_RESOLVER = r"(?:(?:dx\.|www\.)?doi\.org/|doi\.acm\.org/|(?:dx\.)?doi\.ieeecomputersociety\.org/)"
# Addresses of publishers in which the DOI is the path.
_PUBLISHER = (
    r"(?:[^/\s]+/doi(?:/(?:abs|full|pdf|epdf|pdfplus|book|ref|citedby|suppl|reader))?/|"
    r"link\.springer\.com/(?:article|chapter|book|content/pdf|referenceworkentry)/|"
    r"journals\.aps\.org/[a-z]+/(?:abstract|pdf|references)/|iopscience\.iop\.org/article/|"
    r"(?:www\.)?frontiersin\.org/(?:journals/[a-z-]+/)?articles/)"
)
_PUBLISHER_END = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|meta|epub|html|summary|references|reader))+$|\.pdf$"
)
_RESOLVED = re.compile(rf"(?:https?://)?{_RESOLVER}", re.IGNORECASE)
_PUBLISHED = re.compile(rf"(?:https?://)?(?:www\.)?{_PUBLISHER}(?=10\.)", re.IGNORECASE)
_LABEL = re.compile(r"(?:urn:|info:)?\s*(?:doi(?:\s*[:=]\s*|/|\s+))*", re.IGNORECASE)
_QUERY = re.compile(r"[?#](?=.)")
_LATEX = re.compile(r"\\([_&%#$~^{}])|\\(textless|textgreater|textasciitilde)(?![A-Za-z])(?:\{\}|\s)?")
_LATEX_NAMES = {"textless": "<", "textgreater": ">", "textasciitilde": "~"}
_TRAILING = ".,;:'\"’”»…"
_OPENING = "([{<\"'“‘«"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}


@lru_cache(maxsize=8192)
def normalize_doi(text: str) -> str | None:
    r"""Return a DOI in lower case without resolver, label or trailing punctuation.

    Args:
        text: E.g. "https://doi.org/10.1000/ABC", "doi:10.1000/abc.", r"10.1000/a\_b", "10.1000%2Fabc".

    Returns:
        The DOI, or None where the text is not one.

    >>> normalize_doi("https://dx.doi.org/10.1145/3292500.3330701).")
    '10.1145/3292500.3330701'
    >>> normalize_doi(r"10.1007/978-3-030-01234-2\_1"), normalize_doi("10.12")
    ('10.1007/978-3-030-01234-2_1', None)
    """
    doi = cleaned(text).lstrip(_OPENING)
    if "\\" in doi:
        doi = re.sub(r"[{}]", "", _LATEX.sub(lambda found: found[1] or _LATEX_NAMES[found[2]], doi))
    if "&" in doi:
        doi = unescape(doi)
    published = _PUBLISHED.match(doi)
    address = published or _RESOLVED.match(doi)
    if address:
        doi = unquote(_QUERY.split(doi[address.end() :], maxsplit=1)[0])
    label = _LABEL.match(doi)
    doi = doi[label.end() :] if label else doi
    if "%2f" in doi[:40].lower():
        doi = unquote(doi)
    doi = _trimmed(_PUBLISHER_END.sub("", doi) if published else doi)
    return doi.lower() if _DOI.fullmatch(doi) else None


def _trimmed(doi: str) -> str:
    """Drop what belongs to the text around a DOI: dots, and closing brackets that it never opened."""
    while doi:
        last = doi[-1]
        opener = _PAIRS.get(last)
        if last not in _TRAILING and (opener is None or doi.count(last) <= doi.count(opener)):
            break
        doi = doi[:-1]
    return doi


_DOI_IN_TEXT = re.compile(
    r"(?:doi\s{0,3}[:=]?\s{0,3}|doi\.org/)(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>{}]+)", re.IGNORECASE
)
_TEXT_FIELDS = ("howpublished", "note", "addendum", "annotation")


def find_doi(fields: Mapping[str, str]) -> str | None:
    """Return the DOI of an entry: from `doi`, else from where it certainly stands in other fields.

    Args:
        fields: Field name → source text.

    Returns:
        The canonical DOI or None. An address counts when it is a DOI resolver's or one of those of publishers
        that are built from the DOI; a note when it names a DOI as such, and only one.

    >>> find_doi({"url": "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701"})
    '10.1145/3292500.3330701'
    """
    value = fields.get("doi")
    found = normalize_doi(value) if value else None
    if found is None and fields.get("eprinttype", "").strip().lower() == "doi":
        found = normalize_doi(fields.get("eprint", ""))
    for name in ("url", "ee"):
        value = fields.get(name)
        if found is None and value and "10." in value:
            found = normalize_doi(value)
    if found is not None:
        return found
    for name in _TEXT_FIELDS:
        value = fields.get(name)
        if value and "10." in value:
            dois = {normalize_doi(doi) for doi in _DOI_IN_TEXT.findall(value)} - {None}
            if len(dois) == 1:
                return dois.pop()
    return None
