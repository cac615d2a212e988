"""I01x: identifiers in the wrong place, addresses that are broken, numbers that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pubkit.diagnostics import Severity
from pubkit.markup.words import words
from pubkit.model.entry import Entry
from pubkit.model.identifiers import (
    find_doi,
    normalize_arxiv,
    normalize_doi,
    normalize_isbn,
    normalize_orcid,
    normalize_pmcid,
    normalize_pmid,
)
from pubkit.rules.base import Finding, rule
from pubkit.rules.identifiers import clean_url, doi_of_address, is_web_address

_DOI_MENTION = re.compile(
    r"(?:\bdoi\s{0,2}[:=]?\s{0,2}|https?://(?:dx\.)?doi\.org/)(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>{},;]+)",
    re.IGNORECASE,
)
_PMID_MENTION = re.compile(r"(?:PMID|PubMed(?:\s+ID)?)\s{0,2}[:=]?\s{0,2}([0-9]{4,8})\b", re.IGNORECASE)
_PMCID_MENTION = re.compile(r"(?:PMCID\s{0,2}[:=]?\s{0,2})?\b(PMC[0-9]{3,9})\b", re.IGNORECASE)
_PUBMED_HOSTS = frozenset({"pubmed.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov"})
_PMC_HOSTS = frozenset({"pmc.ncbi.nlm.nih.gov", "europepmc.org", *_PUBMED_HOSTS})
_BROKEN_SCHEME = re.compile(
    r"(?:h?t{1,3}ps?|hhtps?|htpps?|http[s ]?)(?::\s*/(?!/)\s*|;//|//|:\\\\|:/{3,}|: //)(?=[\w-]+\.)",
    re.IGNORECASE,
)
_MISTYPED = words(
    "htp htps hhtp hhtps hhttp hhttps ttp ttps hppt htttp htttps htpp htpps httpp httpps htt htts"
)
_DOUBLE_SCHEME = re.compile(r"https?:/{1,2}(?=https?://)", re.IGNORECASE)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"%(2[DE]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5F|7E)", re.IGNORECASE)
_ISBN_SEPARATOR = re.compile(r"\s*(?:[,;/|]|\band\b|\s(?=97[89]|[0-9]{9}[0-9Xx]\b))\s*")
_ARXIV_LIKE = re.compile(r"[0-9]{4}\.[0-9]{3,6}(?:v[0-9]+)?|[a-z-]+/[0-9]{6,8}")


@rule(
    "I010",
    "doi-from-publisher",
    "The DOI in a publisher's address stands in doi too.",
    safe=True,
    fields="url ee",
)
def doi_from_publisher(entry: Entry) -> Iterable[Finding]:
    """`url = {https://dl.acm.org/doi/10.1145/3292500}` adds `doi = {10.1145/3292500}`; the address stays.

    Only addresses that are built from the DOI count (ACM, Wiley, Springer, APS, Frontiers and the like).
    """
    if "doi" not in entry.fields and doi_of_address(entry.fields.get("url", "")) is None:  # that is I002's
        doi = find_doi({name: entry.fields[name] for name in ("url", "ee") if name in entry.fields})
        if doi is not None:
            yield Finding("a DOI in an address", "url", {"doi": doi}, severity=Severity.INFO)


@rule(
    "I011",
    "doi-from-note",
    "A DOI in a note stands in doi.",
    safe=True,
    fields="note addendum howpublished annotation",
)
def doi_from_note(entry: Entry) -> Iterable[Finding]:
    """`note = {doi: 10.1145/3292500}` becomes `doi = {10.1145/3292500}`.

    Where the note says more it stays, and so it does where it names several.
    """
    for name in ("note", "addendum", "howpublished", "annotation"):
        value = entry.fields.get(name, "")
        if "10." not in value:
            continue
        mentions = {doi for found in _DOI_MENTION.findall(value) if (doi := normalize_doi(found))}
        if len(mentions) != 1:
            continue
        doi = mentions.pop()
        alone = not _DOI_MENTION.sub("", value).strip(" .,;()[]{}")
        known = normalize_doi(entry.fields.get("doi", ""))
        if "doi" not in entry.fields:
            repair: dict[str, str | None] = {"doi": doi, **({name: None} if alone else {})}
            yield Finding(f"a DOI in {name}", name, repair, severity=Severity.INFO)
        elif alone and known == doi:
            yield Finding(f"{name} repeats the DOI", name, {name: None}, severity=Severity.INFO)
        return


@rule(
    "I012",
    "pubmed-number",
    "A PubMed number in a note or address stands in pmid or pmcid.",
    safe=True,
    fields="note addendum annotation url",
)
def pubmed_number(entry: Entry) -> Iterable[Finding]:
    """`note = {PMID: 12345678}` becomes `pmid = {12345678}`; an address of PubMed adds one and stays."""
    repair: dict[str, str | None] = {}
    for name in ("note", "addendum", "annotation"):
        value = entry.fields.get(name, "")
        if not value:
            continue
        rest = value
        for field, pattern, normalize in (
            ("pmid", _PMID_MENTION, normalize_pmid),
            ("pmcid", _PMCID_MENTION, normalize_pmcid),
        ):
            mentions = {number for found in pattern.findall(value) if (number := normalize(found.upper()))}
            if len(mentions) == 1 and entry.fields.get(field) in (None, *mentions):
                repair |= {} if field in entry.fields else {field: next(iter(mentions))}
                rest = pattern.sub("", rest)
        if rest != value and not rest.strip(" .,;()[]{}"):
            repair[name] = None
    address = clean_url(entry.fields.get("url", ""))
    if ("ncbi.nlm" in address or "europepmc" in address) and is_web_address(address):
        host = urlsplit(address).hostname or ""
        if host in _PUBMED_HOSTS and "pmid" not in entry.fields and (number := normalize_pmid(address)):
            repair.setdefault("pmid", number)
        if host in _PMC_HOSTS and "pmcid" not in entry.fields and (number := normalize_pmcid(address)):
            repair.setdefault("pmcid", number)
    if repair:
        yield Finding("a PubMed number outside its field", next(iter(repair)), repair, severity=Severity.INFO)


@rule("I013", "pmcid", "A PubMed Central identifier is PMC and a number.", safe=True, fields="pmcid")
def pmcid(entry: Entry) -> Iterable[Finding]:
    """`pmcid = {pmc7095418}` and `{https://…/PMC7095418/}` become `PMC7095418`."""
    value = entry.fields.get("pmcid", "")
    if value.strip():
        bare = value.strip()
        canonical = normalize_pmcid(f"PMC{bare}" if bare.isdecimal() else bare)
        if canonical is None:
            yield Finding(f"“{value[:60]}” is no PMCID", "pmcid", hint="correct or remove it")
        elif canonical != value:
            yield Finding(
                "PMCID not in canonical form", "pmcid", {"pmcid": canonical}, severity=Severity.INFO
            )


@rule("I014", "orcid", "An ORCID iD has four groups and the right check digit.", safe=True, fields="orcid")
def orcid(entry: Entry) -> Iterable[Finding]:
    """`https://orcid.org/0000-0002-1825-0097` becomes `0000-0002-1825-0097`; a wrong one is reported."""
    value = entry.fields.get("orcid", "")
    if value.strip() and "," not in value and " and " not in value:
        canonical = normalize_orcid(value)
        if canonical is None:
            yield Finding(f"“{value[:60]}” is no ORCID iD", "orcid", hint="correct or remove it")
        elif canonical != value:
            yield Finding(
                "ORCID iD not in canonical form", "orcid", {"orcid": canonical}, severity=Severity.INFO
            )


@rule("I015", "isbn-13", "An ISBN has thirteen digits.", safe=True, fields="isbn")
def isbn_13(entry: Entry) -> Iterable[Finding]:
    """`0-306-40615-2` becomes `978-0-306-40615-7`, the same number in the form in use since 2007.

    Hyphens stay where they are.
    """
    value = entry.fields.get("isbn", "").strip()
    digits = re.sub(r"[\s-]", "", value)
    if re.fullmatch(r"[0-9]{9}[0-9Xx]", digits) and (whole := normalize_isbn(value)):
        long = f"978-{value[:-1]}{whole[-1]}" if "-" in value else whole
        yield Finding("an ISBN of ten digits", "isbn", {"isbn": long}, severity=Severity.INFO)


@rule("I016", "several-isbn", "A field holds one ISBN.", repairs=False, fields="isbn")
def several_isbn(entry: Entry) -> Iterable[Finding]:
    """`isbn = {978-0-306-40615-7, 0-306-40615-2}` names a book twice. Which edition was used is for a person.

    Reported only; that the two are one number in two forms is told.
    """
    value = entry.fields.get("isbn", "")
    numbers = isbns(value)
    if len(numbers) > 1:
        same = len(set(numbers)) == 1
        message = "one ISBN in two forms" if same else f"{len(numbers)} ISBNs in one field"
        yield Finding(message, "isbn", hint="keep the one of the edition used", severity=Severity.INFO)
    elif not numbers and len(_ISBN_SEPARATOR.split(value.strip())) > 1:
        yield Finding(f"“{value[:60]}” holds what is no ISBN", "isbn", hint="correct or remove it")


@rule(
    "I017",
    "broken-url",
    "The scheme of an address is not mistyped.",
    safe=True,
    fields="url origurl howpublished",
)
def broken_url(entry: Entry) -> Iterable[Finding]:
    """`htp://example.org`, `http:/example.org` and `http://https://example.org` become what was meant."""
    for name in ("url", "origurl", "howpublished"):
        value = entry.fields.get(name, "").strip()
        mended = _DOUBLE_SCHEME.sub("", value)
        before, colon, behind = mended.partition("://")
        if colon and before.lower() in _MISTYPED:
            mended = f"{'https' if before.lower().endswith('s') else 'http'}://{behind}"
        elif found := _BROKEN_SCHEME.match(mended):
            scheme = "https://" if "s" in found[0].lower() else "http://"
            mended = scheme + mended[found.end() :]
        if mended != value and " " not in mended and is_web_address(mended):
            yield Finding(
                "the scheme of an address is mistyped", name, {name: mended}, severity=Severity.INFO
            )


@rule(
    "I018",
    "percent-encoding",
    "An address encodes what it must, and nothing else.",
    safe=True,
    fields="url origurl",
)
def percent_encoding(entry: Entry) -> Iterable[Finding]:
    """`https://example.org/%7Ewu` becomes `https://example.org/~wu`: the two are one address (RFC 3986).

    A `%` that encodes nothing is reported.
    """
    for name in ("url", "origurl"):
        value = entry.fields.get(name, "")
        if "%" not in value or not is_web_address(value):
            continue
        if _BAD_PERCENT.search(value):
            yield Finding("a % in an address that encodes nothing", name, hint="write %25, or correct it")
            continue
        plain = _UNRESERVED.sub(lambda found: chr(int(found[1], 16)), value)
        if plain != value:
            message = "an address that encodes letters"
            yield Finding(message, name, {name: plain}, severity=Severity.INFO)


@rule("I019", "eprint-address", "An eprint is an identifier, not an address.", safe=True, fields="eprint")
def eprint_address(entry: Entry) -> Iterable[Finding]:
    """`eprint = {https://example.org/paper.pdf}` becomes `url`, as Google Scholar's exports need.

    Where there is an address already it is told only. Addresses of arXiv are I003's.
    """
    value = entry.fields.get("eprint", "")
    address = clean_url(value)
    if not is_web_address(address) or normalize_arxiv(address) or "eprinttype" in entry.fields:
        return
    if "url" not in entry.fields:
        yield Finding(
            "an address in eprint", "eprint", {"eprint": None, "url": address}, severity=Severity.INFO
        )
    elif clean_url(entry.fields["url"]) == address:
        yield Finding("eprint repeats the address", "eprint", {"eprint": None}, severity=Severity.INFO)
    else:
        yield Finding("an address in eprint beside another one", "eprint", hint="remove one of them")


@rule(
    "I020",
    "arxiv-number",
    "An arXiv number is one that arXiv can have given.",
    repairs=False,
    fields="eprint",
)
def arxiv_number(entry: Entry) -> Iterable[Finding]:
    """`eprint = {2313.00001}` names a thirteenth month. Reported only."""
    value = entry.fields.get("eprint", "").strip()
    kind = entry.fields.get("eprinttype", "").strip().lower()
    if (
        value
        and (kind == "arxiv" or (not kind and _ARXIV_LIKE.fullmatch(value)))
        and not normalize_arxiv(value)
    ):
        yield Finding(f"“{value[:40]}” is no arXiv number", "eprint", hint="look it up at arxiv.org")


def isbns(value: str) -> list[str]:
    """Return the ISBNs of a field as their thirteen digits; nothing where a part is no ISBN.

    >>> isbns("0-306-40615-2, 978-0-306-40615-7"), isbns("12345")
    (['9780306406157', '9780306406157'], [])
    """
    parts = [part for part in _ISBN_SEPARATOR.split(value.strip()) if part]
    numbers = [normalize_isbn(part) for part in parts]
    return [number for number in numbers if number] if all(numbers) else []


RULES = (
    broken_url,
    doi_from_note,
    doi_from_publisher,
    pubmed_number,
    pmcid,
    orcid,
    several_isbn,
    isbn_13,
    percent_encoding,
    eprint_address,
    arxiv_number,
)
