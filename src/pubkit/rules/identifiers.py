"""I0xx: identifiers and addresses: DOI, arXiv, ISBN, ISSN, PMID, URL. Only these rules touch such fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.model.identifiers import (
    normalize_arxiv,
    normalize_doi,
    normalize_isbn,
    normalize_issn,
    normalize_pmid,
)
from pubkit.rules.base import Finding, rule

_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org", "doi.ieeecomputersociety.org"})
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org"})
_ARXIV_ID = r"(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?"
# What exports write in the journal's place: "arXiv preprint arXiv:2403.04132", "CoRR, abs/2403.04132".
_ARXIV_VENUE = re.compile(
    rf"(?:(?:arxiv|corr)(?:\s+(?:preprint|e-?prints?))?)?[\s,:;]*(?:arxiv\s*:\s*|abs/)?(?P<id>{_ARXIV_ID})?"
    r"\s*(?:\[(?P<class>[\w.-]+)\])?[\s.]*",
    re.IGNORECASE,
)
_ARXIV_MENTION = re.compile(
    rf"(?:arxiv\s*:\s*)(?P<id>{_ARXIV_ID})\s*(?:\[(?P<class>[\w.-]+)\])?", re.IGNORECASE
)
_ISBN_LABEL = re.compile(r"^[\s{(]*(?:e-?)?ISBN(?:-1[03])?\s*:?", re.IGNORECASE)
_ISBN_LIST = re.compile(r"[,;/|]|\band\b|\s(?=97[89]|[0-9]{9}[0-9Xx]\b)")
_ISBN_GAP = re.compile(r"[\s\u2010-\u2015\u2212]+")
_URL_MACRO = re.compile(r"\\url\s*\{(.*)\}|<(.*)>", re.DOTALL)
# Most addresses are so: a host, and nothing that could be macro, bracket, escape or entity.
_ORDINARY_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9/._~%?=:+,;()!*'@-]*)?"
)
_LATEX_ESCAPE = re.compile(r"\\([_%&#~$])")


@rule("I001", "doi-form", "A DOI is written bare, in lower case.", safe=True, fields="doi")
def doi_form(entry: Entry) -> Iterable[Finding]:
    """`https://doi.org/10.1145/ABC` and `doi:10.1145/ABC` become `10.1145/abc`.

    Styles add the resolver themselves. Letter case means nothing in a DOI (ISO 26324): it leads to the same
    place; Crossref and DataCite give DOIs in lower case, and two spellings of one would look like two. The
    printed DOI is in lower case then.
    """
    return _canonical(entry, "doi", normalize_doi, "DOI")


@rule(
    "I002",
    "doi-from-url",
    "An address of the DOI resolver is a DOI.",
    safe=True,
    fields="url note howpublished",
)
def doi_from_url(entry: Entry) -> Iterable[Finding]:
    """`url = {https://doi.org/10.1145/1}` becomes `doi = {10.1145/1}`.

    A style prints the DOI as a link, so the address would only repeat it. Where the entry has another DOI
    already, that is reported and nothing changed.
    """
    for name in ("url", "note", "howpublished"):
        doi = doi_of_address(entry.fields.get(name, ""))
        if doi is None:
            continue
        known = normalize_doi(entry.fields.get("doi", ""))
        if known is None and "doi" not in entry.fields:
            yield Finding("a DOI given as address", name, {"doi": doi, name: None}, severity=Severity.INFO)
        elif known == doi:
            yield Finding("the address repeats the DOI", name, {name: None}, severity=Severity.INFO)
        else:
            yield Finding(f"{name} names the DOI {doi}, doi another", name, hint="remove the wrong one")
        return


@rule("I003", "arxiv-eprint", "An arXiv number stands in eprint.", safe=True)
def arxiv_eprint(entry: Entry) -> Iterable[Finding]:
    """`journal = {arXiv preprint arXiv:2403.04132}` becomes `eprint = {2403.04132}, eprinttype = {arxiv}`.

    It is found in the journal's place, in volume or number (`CoRR`, `abs/2403.04132`), in notes and in the
    address. An article that appeared nowhere else is `@online`, which is what BibLaTeX has for preprints. The
    address stays, since not every style prints an eprint.
    """
    number, archive_class, removed = _find_arxiv(entry)
    known = normalize_arxiv(entry.fields.get("eprint", "")) if _is_arxiv(entry) else None
    if number is None:
        number = known
    if number is None:
        return
    repair: dict[str, str | None] = dict.fromkeys(removed, None)
    if "eprint" not in entry.fields or (_is_arxiv(entry) and known is None):
        repair["eprint"] = number
    elif known is None or _unversioned(known) != _unversioned(number):
        if removed:
            yield Finding(
                f"arXiv number {number} beside another eprint", "eprint", hint="remove the wrong one"
            )
        return
    elif entry.fields["eprint"] != known:
        repair["eprint"] = known
    # arXiv's own spelling stays: REVTeX prints what stands there.
    if entry.fields.get("eprinttype", "").strip().lower() != "arxiv":
        repair["eprinttype"] = "arxiv"
    if archive_class and "eprintclass" not in entry.fields:
        repair["eprintclass"] = archive_class
    container_left = any(
        name in entry.fields and name not in removed for name in ("journaltitle", "booktitle")
    )
    new_type = "online" if entry.type == "article" and removed and not container_left else ""
    if repair or new_type:
        message = "an arXiv number outside eprint, or not in canonical form"
        yield Finding(message, "eprint", repair, new_type, severity=Severity.INFO)


@rule(
    "I004",
    "isbn",
    "An ISBN is written bare, with hyphens, and has the right check digit.",
    safe=True,
    fields="isbn",
)
def isbn(entry: Entry) -> Iterable[Finding]:
    """`ISBN: 978 0 306 40615 7` becomes `978-0-306-40615-7`; a wrong check digit is reported.

    Hyphens stay where they are, since they part publisher from title; none are put where there were none.
    """
    if len(_ISBN_LIST.split(entry.fields.get("isbn", ""))) > 1:
        return ()  # I016 tells of those
    return _canonical(entry, "isbn", _bare_isbn, "ISBN")


@rule(
    "I005", "issn", "An ISSN is written as 1234-5678 and has the right check digit.", safe=True, fields="issn"
)
def issn(entry: Entry) -> Iterable[Finding]:
    """`03785955` becomes `0378-5955`; a wrong check digit is reported."""
    return _canonical(entry, "issn", normalize_issn, "ISSN")


@rule("I006", "pmid", "A PubMed identifier is a number.", safe=True, fields="pmid")
def pmid(entry: Entry) -> Iterable[Finding]:
    """`PMID: 12345678` becomes `12345678`."""
    return _canonical(entry, "pmid", normalize_pmid, "PMID")


@rule(
    "I007",
    "url-form",
    "An address is bare: no macro, no brackets, no spaces around it.",
    safe=True,
    fields="url origurl",
)
def url_form(entry: Entry) -> Iterable[Finding]:
    r"""`\url{www.example.org/a\_b}` becomes `https://www.example.org/a_b`.

    The field is verbatim: BibLaTeX sets it as an address by itself, and an escaped character would end up in
    the link. Spaces inside an address become `%20`.
    """
    for name in ("url", "origurl"):
        value = entry.fields.get(name)
        if value:
            address = clean_url(value)
            if address and address != value:
                repair = {name: address}
                yield Finding("address not in canonical form", name, repair, severity=Severity.INFO)


@rule(
    "I008",
    "url-in-text",
    "An address in howpublished or note stands in url.",
    safe=True,
    fields="howpublished note",
)
def url_in_text(entry: Entry) -> Iterable[Finding]:
    r"""`howpublished = {\url{https://example.org}}` becomes `url = {https://example.org}`.

    Only where the field holds nothing but the address, and there is no other address.
    """
    for name in ("howpublished", "note"):
        value = entry.fields.get(name, "")
        address = clean_url(value)
        words = address.split()
        if len(words) == 1 and is_web_address(address) and doi_of_address(address) is None:
            if "url" not in entry.fields:
                repair = {"url": address, name: None}
                yield Finding("an address outside url", name, repair, severity=Severity.INFO)
            elif clean_url(entry.fields["url"]) == address:
                yield Finding(f"{name} repeats the address", name, {name: None}, severity=Severity.INFO)


@rule("I009", "url-scheme", "An address is one of the web.", repairs=False, fields="url")
def url_scheme(entry: Entry) -> Iterable[Finding]:
    """`url = {javascript:…}` or `url = {see home page}` is no address that can be linked. Reported only."""
    value = entry.fields.get("url", "")
    if value and not is_web_address(clean_url(value)):
        yield Finding("the address is not one of the web", "url", hint="write it as https://…")


@lru_cache(maxsize=4096)  # several rules look at one address
def clean_url(value: str) -> str:
    r"""Return an address without macro, brackets and LaTeX escapes, with a scheme, spaces as %20.

    >>> clean_url(r"\url{www.example.org/a\_b}"), clean_url("see there")
    ('https://www.example.org/a_b', 'see there')
    """
    if _ORDINARY_ADDRESS.fullmatch(value):
        return value
    text = value.strip()
    match = _URL_MACRO.fullmatch(text)
    if match:
        text = (match.group(1) or match.group(2) or "").strip()
    text = _LATEX_ESCAPE.sub(r"\1", text)
    if text.startswith("www."):
        text = "https://" + text
    if is_web_address(text):
        text = re.sub(r"\s", "%20", re.sub(r"[\r\n]\s*", "", text))
        text = text.replace("&amp;", "&")
    return text


def _canonical(
    entry: Entry, name: str, normalize: Callable[[str], str | None], label: str
) -> Iterable[Finding]:
    """Yield a finding where an identifier is not canonical, or is none."""
    value = entry.fields.get(name, "")
    if not value.strip():
        return
    canonical = normalize(value)
    if canonical is None:
        yield Finding(f"“{value[:60]}” is no {label}", name, hint=f"correct or remove the {label}")
    elif canonical != value:
        yield Finding(f"{label} not in canonical form", name, {name: canonical}, severity=Severity.INFO)


def _bare_isbn(value: str) -> str | None:
    """Return an ISBN without label, hyphens as hyphens; None where it is none."""
    if normalize_isbn(value) is None:
        return None
    return _ISBN_GAP.sub("-", _ISBN_LABEL.sub("", value).strip(" {}()"))


def doi_of_address(value: str) -> str | None:
    """Return the DOI that a resolver address names; None for any other text."""
    if "doi" not in value.lower():
        return None
    address = clean_url(value)
    if not is_web_address(address) or len(address.split()) != 1:
        return None
    parts = urlsplit(address)
    if (parts.hostname or "") not in _DOI_HOSTS:
        return None
    return normalize_doi(unquote(parts.path.lstrip("/")))


@lru_cache(maxsize=4096)
def is_web_address(text: str) -> bool:
    """Say whether a text is an address with a host that can be linked."""
    if _ORDINARY_ADDRESS.fullmatch(text):
        return True
    if not text.lower().startswith(("http://", "https://", "ftp://")):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # a bracket in the host
        return False


def _is_arxiv(entry: Entry) -> bool:
    return entry.fields.get("eprinttype", "arxiv").strip().lower() in ("", "arxiv")


def _unversioned(number: str) -> str:
    return re.sub(r"v[0-9]+$", "", number)


def _find_arxiv(entry: Entry) -> tuple[str | None, str, list[str]]:
    """Return the arXiv number that stands outside eprint, its class, and the fields that say nothing else."""
    number: str | None = None
    archive_class = ""
    removed: list[str] = []
    in_container = False
    for name in ("journaltitle", "booktitle", "howpublished", "publisher", "note"):
        value = entry.fields.get(name, "")
        match = _ARXIV_VENUE.fullmatch(value) if value else None
        if match and (match["id"] or "arxiv" in value.lower() or value == "CoRR"):
            removed.append(name)
            number = number or (normalize_arxiv(match["id"]) if match["id"] else None)
            archive_class = archive_class or match["class"] or ""
            in_container = in_container or name == "journaltitle"
    for name in ("volume", "number", "pages", "eid"):
        value = entry.fields.get(name, "")
        if not value or not (in_container or "arxiv" in value.lower()):
            continue
        match = _ARXIV_VENUE.fullmatch(value)
        if match and match["id"]:
            removed.append(name)
            number = number or normalize_arxiv(match["id"])
    if number is None:
        number, archive_class = _mentioned(entry)
    known = entry.fields.get("eprint") if _is_arxiv(entry) else None
    return number, archive_class, removed if number or known else []


def _mentioned(entry: Entry) -> tuple[str | None, str]:
    """Return the arXiv number in the address or a note, and its class."""
    address = clean_url(entry.fields.get("url", ""))
    if "arxiv" in address.lower() and is_web_address(address):
        parts = urlsplit(address)
        match = re.fullmatch(rf"/(?:abs|pdf|html)/({_ARXIV_ID})(?:\.pdf)?/?", parts.path)
        if match and (parts.hostname or "") in _ARXIV_HOSTS:
            return normalize_arxiv(match.group(1)), ""
    found = _ARXIV_MENTION.search(entry.fields.get("note", ""))
    return (normalize_arxiv(found["id"]), found["class"] or "") if found else (None, "")


RULES = (
    url_form,
    doi_form,
    doi_from_url,
    arxiv_eprint,
    url_in_text,
    isbn,
    issn,
    pmid,
    url_scheme,
)
