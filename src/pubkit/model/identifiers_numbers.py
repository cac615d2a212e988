"""Identifiers that are numbers, most with a check digit: ISBN, ISSN, ORCID, PMID, PMCID."""

from __future__ import annotations

import re

from pubkit.model.identifiers_text import cleaned

_LABEL = re.compile(r"(?:(?:e-?|p-?)?is[bs]n(?:-?1[03])?|orcid(?:\s*id)?)\s*[:=]?\s*", re.IGNORECASE)
# What libraries write behind an ISBN: "(paperback)", "(v. 1)".
_QUALIFIER = re.compile(r"(?<=[0-9Xx])\s*\([^()]*\)$")


def _compact(text: str) -> str:
    """Return the digits (and X) of a number, without label, spaces and dashes."""
    text = cleaned(text)
    text = _QUALIFIER.sub("", text).strip("()")
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
    found = _PMID.fullmatch(cleaned(text))
    return found[1] if found else None


def normalize_pmcid(text: str) -> str | None:
    """Return a PubMed Central identifier as "PMC" and digits, or None where the text is not one.

    >>> normalize_pmcid("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/")
    'PMC7095418'
    """
    found = _PMCID.fullmatch(cleaned(text))
    return f"PMC{found[1]}" if found else None


_ORCID_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)


def normalize_orcid(text: str) -> str | None:
    """Return an ORCID iD as four groups of four.

    Args:
        text: E.g. "https://orcid.org/0000-0002-1825-0097".

    Returns:
        The iD, or None where it is not one or its check digit (ISO 7064, MOD 11-2) is wrong.

    >>> normalize_orcid("https://orcid.org/0000-0002-1825-0097"), normalize_orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    digits = _compact(_ORCID_ADDRESS.sub("", text, count=1)).rstrip("/")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        return None
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    if digits[15] != ("X" if rest == 10 else str(rest)):
        return None
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))
