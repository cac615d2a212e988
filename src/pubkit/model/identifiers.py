"""Identifiers: DOI, arXiv, ISBN, ISSN, PMID, PMCID, ORCID; canonical forms and check digits.

Each `normalize_*` takes what people write (labels, resolver addresses, odd dashes) and returns one canonical
text, or None where it is no such identifier or its check digit is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")

# -- DOI -----------------------------------------------------------------------------------------

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]*[^\s\"<>]")
_SICI_DOI = re.compile(
    r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+"
)  # old Wiley DOIs hold <>, as in 10.1002/(SICI)…<1::AID…
_DOI_START = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\.acm\.org/|(?:dx\.)?doi\.ieeecomputersociety\.org/|"
    r"[^/\s]+/doi(?:/(?:abs|full|pdf|epdf|pdfplus|book|ref|citedby|suppl|10\.1002))?/(?=10\.))?"
    r"(?:urn:|info:)?\s*(?:doi(?:\s*[:=]\s*|/|\s+))*(?=10\.)",
    re.IGNORECASE,
)
_LATEX_ESCAPE = re.compile(
    r"\\([_&%#$~^{}])|\{\\([_&%#$])\}|\\(textless|textgreater|textasciitilde)(?:\{\}|\s|\b)"
)
_LATEX_NAMES = {"textless": "<", "textgreater": ">", "textasciitilde": "~"}
_TRAILING = ".,;:'’”»\u2026"
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
    text = _INVISIBLE.sub("", text).strip().strip("{}<>\"'“”‘’").strip()
    if "\\" in text:
        text = _LATEX_ESCAPE.sub(lambda found: found[1] or found[2] or _LATEX_NAMES[found[3]], text)
    if "&" in text:
        text = unescape(text)
    text = text.translate(_DASHES)
    is_address = "//" in text or "%2f" in text.lower()
    start = _DOI_START.match(unquote(text) if is_address else text)
    if start is None:
        return None
    doi = (unquote(text) if is_address else text)[start.end() :]
    if is_address:
        doi = re.split(r"[?#]", doi, maxsplit=1)[0] if "doi.org/" not in text.lower() else doi
    doi = _trimmed(doi)
    return doi.lower() if _SICI_DOI.fullmatch(doi) else None


def _trimmed(doi: str) -> str:
    """Drop punctuation that belongs to the text around a DOI: dots, and brackets that it never opened."""
    while doi:
        last = doi[-1]
        opener = _PAIRS.get(last)
        if last in _TRAILING or (opener and doi.count(last) > doi.count(opener)):
            doi = doi[:-1]
        else:
            return doi
    return doi


_DOI_IN_TEXT = re.compile(
    r"(?:doi\s*[:=]?\s*|doi\.org/)(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>{}]+)", re.IGNORECASE
)


def find_doi(fields: Mapping[str, str]) -> str | None:
    """Return the DOI of an entry: from `doi`, else from where it certainly stands in other fields.

    Args:
        fields: Field name → source text.

    Returns:
        The canonical DOI or None. An address counts when it is a DOI resolver's or holds `/doi/10.…`; a note
        when it names the DOI as such and only one.

    >>> find_doi({"url": "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701"})
    '10.1145/3292500.3330701'
    """
    value = fields.get("doi")
    if value:
        return normalize_doi(value)
    if fields.get("eprinttype", "").strip().lower() == "doi":
        found = normalize_doi(fields.get("eprint", ""))
        if found:
            return found
    for name in ("url", "ee", "howpublished", "note", "addendum", "annotation"):
        value = fields.get(name)
        if not value or "10." not in value:
            continue
        if name in ("url", "ee"):
            found = normalize_doi(value) if "doi" in value.lower() else None
            if found:
                return found
        else:
            dois = {normalize_doi(found) for found in _DOI_IN_TEXT.findall(value)} - {None}
            if len(dois) == 1:
                return dois.pop()
    return None


# -- arXiv ---------------------------------------------------------------------------------------

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
_ARXIV_END = re.compile(r"(?:\.pdf|/)?(?:\s*[\[(][A-Za-z.,\s-]+[\])])?[.,;]?")
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
    text = _INVISIBLE.sub("", text).translate(_DASHES).strip().strip("{}<>\"'").strip()
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
    rf"arxiv(?:\.org/(?:abs|pdf|html)/|\s*[:.]?\s*)"
    rf"([0-9]{{4}}\.[0-9]{{4,5}}(?:v[0-9]+)?|(?:{_OLD_ARCHIVES})(?:\.[a-z-]{{2,9}})?/[0-9]{{7}}(?:v[0-9]+)?)",
    re.IGNORECASE,
)


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
    for name in (
        "journaltitle",
        "journal",
        "number",
        "volume",
        "howpublished",
        "note",
        "addendum",
        "publisher",
    ):
        value = fields.get(name)
        if value and "arxiv" in value.lower():
            all_found = {normalize_arxiv(match[1]) for match in _ARXIV_IN_TEXT.finditer(value)} - {None}
            if len(all_found) == 1:
                return all_found.pop()
    return None


# -- numbers with check digits -------------------------------------------------------------------

_LABEL = re.compile(r"(?:(?:e-?|p-?)?is[bs]n(?:-?1[03])?|orcid(?:\s*id)?)\s*[:=]?\s*", re.IGNORECASE)


def _compact(text: str) -> str:
    """Return the digits (and X) of a number, without label, spaces and dashes."""
    text = _INVISIBLE.sub("", text).translate(_DASHES).strip().strip("{}()").strip()
    label = _LABEL.match(text)
    if label:
        text = text[label.end() :]
    return re.sub(r"[\s-]", "", text).upper()


def normalize_isbn(text: str) -> str | None:
    """Return an ISBN as its thirteen digits; one of ten digits is converted.

    Args:
        text: E.g. "978-0-13-110362-7", "ISBN 0-13-110362-8".

    Returns:
        The digits, or None where it is not an ISBN or its check digit is wrong.

    >>> normalize_isbn("0-13-110362-8"), normalize_isbn("978-0-13-110362-8")
    ('9780131103627', None)
    """
    digits = _compact(text)
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return _isbn13("978" + digits[:9]) if isbn10_check_digit(digits[:9]) == digits[9] else None
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return digits if _isbn13(digits[:12]) == digits else None
    return None


def isbn10(isbn: str) -> str | None:
    """Return the ten-digit form of an ISBN; None where it has none (979…) or is wrong.

    >>> isbn10("978-0-13-110362-7")
    '0131103628'
    """
    whole = normalize_isbn(isbn)
    if whole is None or not whole.startswith("978"):
        return None
    return whole[3:12] + isbn10_check_digit(whole[3:12])


def isbn10_check_digit(nine: str) -> str:
    """Return the check digit of an ISBN-10: weights 10 to 2, modulo 11."""
    rest = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def _isbn13(twelve: str) -> str:
    """Return an ISBN-13 with its check digit: weights 1 and 3, modulo 10."""
    return twelve + str(-sum(int(digit) * (1, 3)[at % 2] for at, digit in enumerate(twelve)) % 10)


def normalize_issn(text: str) -> str | None:
    """Return an ISSN as NNNN-NNNC.

    Args:
        text: E.g. "ISSN 0378-5955", "03785955".

    Returns:
        The ISSN, or None where it is not one or its check digit is wrong.

    >>> normalize_issn("03785955"), normalize_issn("2434-561x"), normalize_issn("0378-5950")
    ('0378-5955', '2434-561X', None)
    """
    digits = _compact(text)
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return None
    rest = -sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits[:7], strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}" if digits[7] == ("X" if rest == 10 else str(rest)) else None


_PMID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/))?"
    r"(?:pmid\s*[:=]?\s*|pubmed(?:\s+id)?\s*[:=]?\s*)?0*([1-9][0-9]{0,7})/?\.?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
    r"(?:pmcid\s*[:=]?\s*)?PMC\s*([1-9][0-9]{0,8})(?:\.[0-9]+)?/?\.?",
    re.IGNORECASE,
)


def normalize_pmid(text: str) -> str | None:
    """Return a PubMed identifier as plain digits, or None where the text is not one.

    >>> normalize_pmid("PMID: 12345678"), normalize_pmid("https://pubmed.ncbi.nlm.nih.gov/31978945/")
    ('12345678', '31978945')
    """
    found = _PMID.fullmatch(text.strip().strip("{}").strip())
    return found[1] if found else None


def normalize_pmcid(text: str) -> str | None:
    """Return a PubMed Central identifier as "PMC" and digits, or None where the text is not one.

    >>> normalize_pmcid("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/")
    'PMC7095418'
    """
    found = _PMCID.fullmatch(text.strip().strip("{}").strip())
    return f"PMC{found[1]}" if found else None


_ORCID_ADDRESS = re.compile(r"https?://(?:www\.)?orcid\.org/", re.IGNORECASE)


def normalize_orcid(text: str) -> str | None:
    """Return an ORCID iD as four groups of four.

    Args:
        text: E.g. "https://orcid.org/0000-0002-1825-0097".

    Returns:
        The iD, or None where it is not one or its check digit (ISO 7064, MOD 11-2) is wrong.

    >>> normalize_orcid("https://orcid.org/0000-0002-1825-0097"), normalize_orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    digits = _compact(_ORCID_ADDRESS.sub("", text.strip())).removeprefix("ORCID.ORG/").rstrip("/")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        return None
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    if digits[15] != ("X" if rest == 10 else str(rest)):
        return None
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))
