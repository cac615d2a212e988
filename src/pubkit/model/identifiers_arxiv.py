"""arXiv identifiers, in the scheme of today and that of before April 2007.

Source: arXiv, "Understanding the arXiv identifier".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pubkit.model.identifiers_text import cleaned

_OLD_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    "dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|"
    "physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_NEW_ARXIV = r"(?P<yy>[0-9]{2})(?P<mm>[0-9]{2})\.(?P<number>[0-9]{4,5})(?:v(?P<version>[1-9][0-9]*))?"
_OLD_ARXIV = (
    rf"(?P<archive>{_OLD_ARCHIVES})(?:\.[A-Za-z-]{{2,9}})?/"
    r"(?P<yy>[0-9]{2})(?P<mm>[0-9]{2})(?P<number>[0-9]{3})(?:v(?P<version>[1-9][0-9]*))?"
)
_ARXIV_START = re.compile(
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format|e-print|ps)/|"
    r"(?:(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)?(?:abs/)?(?:\s*arxiv\s*[:.]\s*|\s*arxiv\s+)*",
    re.IGNORECASE,
)
_ARXIV_END = re.compile(r"(?:\.pdf|/)?(?:\s*[\[(][A-Za-z.,\s-]+[\])]?)?[.,;]?")
_NEW = re.compile(_NEW_ARXIV)
_OLD = re.compile(_OLD_ARXIV, re.IGNORECASE)


@lru_cache(maxsize=8192)
def normalize_arxiv(text: str) -> str | None:
    """Return an arXiv identifier without label, address or subject class; a version is kept.

    Args:
        text: E.g. "arXiv:2301.12345v2 [cs.CL]", "https://arxiv.org/pdf/2301.12345.pdf", "math.GT/0309136".

    Returns:
        "2301.12345v2", "hep-th/9901001", …, or None where the text is not such an identifier.

    >>> normalize_arxiv("arXiv:2301.12345v2 [cs.CL]"), normalize_arxiv("https://arxiv.org/abs/math.GT/0309136")
    ('2301.12345v2', 'math/0309136')
    >>> normalize_arxiv("2313.00001") is None
    True
    """
    text = cleaned(text).strip("<>\"'()[]").strip()
    start = _ARXIV_START.match(text)
    at = start.end() if start else 0
    found = _NEW.match(text, at) or _OLD.match(text, at)
    if found is None or not _ARXIV_END.fullmatch(text, found.end()):
        return None
    return _checked_arxiv(found)


def _checked_arxiv(found: re.Match[str]) -> str | None:
    """Return the identifier of a match if arXiv can have given it out."""
    groups = found.groupdict()
    year, month, number = int(groups["yy"]), int(groups["mm"]), groups["number"]
    if not 1 <= month <= 12:
        return None
    version = f"v{groups['version']}" if groups["version"] else ""
    archive = groups.get("archive")
    if archive:  # August 1991 to March 2007
        year += 1900 if year > 90 else 2000
        if not (1991, 8) <= (year, month) <= (2007, 3):
            return None
        return f"{archive.lower()}/{groups['yy']}{groups['mm']}{number}{version}"
    # April 2007 on; five digits since January 2015
    if (year, month) < (7, 4) or (len(number) == 5) != (year >= 15) or int(number) == 0:
        return None
    return f"{groups['yy']}{groups['mm']}.{number}{version}"


def arxiv_without_version(arxiv: str) -> str:
    """Return a canonical arXiv identifier without its version.

    >>> arxiv_without_version("2301.12345v2")
    '2301.12345'
    """
    return re.sub(r"v[0-9]+$", "", arxiv)


_ARXIV_IN_TEXT = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf|html)/|\s{0,3}[:.]?\s{0,3})"
    rf"([0-9]{{4}}\.[0-9]{{4,5}}(?:v[0-9]+)?|(?:{_OLD_ARCHIVES})(?:\.[a-z-]{{2,9}})?/[0-9]{{7}}(?:v[0-9]+)?)",
    re.IGNORECASE,
)
_TEXT_FIELDS = ("journaltitle", "number", "volume", "howpublished", "note", "addendum", "publisher")


def find_arxiv(fields: Mapping[str, str]) -> str | None:
    """Return the arXiv identifier of an entry: from `eprint`, else from where it certainly stands.

    Args:
        fields: Field name → source text.

    Returns:
        The canonical identifier or None.

    >>> find_arxiv({"journaltitle": "arXiv preprint arXiv:1706.03762"})
    '1706.03762'
    """
    eprint = fields.get("eprint")
    kind = fields.get("eprinttype", fields.get("archiveprefix", "")).strip().lower()
    if eprint and kind in ("arxiv", ""):
        found = normalize_arxiv(eprint)
        if found:
            return found
    for name in ("arxiv", "arxivid", "url", "doi", "ee"):
        value = fields.get(name)
        found = normalize_arxiv(value) if value and ("arxiv" in name or "arxiv" in value.lower()) else None
        if found:
            return found
    for name in ("volume", "number"):  # DBLP writes journal CoRR, volume abs/1706.03762
        value = fields.get(name, "")
        found = normalize_arxiv(value) if value.startswith("abs/") else None
        if found:
            return found
    for name in _TEXT_FIELDS:
        value = fields.get(name)
        if value and "arxiv" in value.lower():
            all_found = {normalize_arxiv(match[1]) for match in _ARXIV_IN_TEXT.finditer(value)} - {None}
            if len(all_found) == 1:
                return all_found.pop()
    return None
