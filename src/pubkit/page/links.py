"""The links of a paper: where it can be read. Only http and https addresses become links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pubkit.model.entry import Entry
from pubkit.model.identifiers import find_arxiv, find_doi, normalize_pmid
from pubkit.page.words import words

# What may stand in an address as it is; everything else, such as quotes and spaces, is percent-encoded.
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it says and where it leads."""

    label: str
    url: str


def web_url(text: str) -> str | None:
    """Return an address that is safe in `href`, or None where it is no http(s) address.

    >>> web_url("https://example.org/a b"), web_url("javascript:alert(1)"), web_url("//example.org")
    ('https://example.org/a%20b', None, None)
    """
    # Browsers skip control characters inside a scheme ("java\nscript:"); no address needs them.
    address = re.sub(r"[\x00-\x20\x7f]+$|^[\x00-\x20]+|[\x00-\x1f\x7f]", "", text)
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:  # e.g. an unclosed "[" in the host
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(address, safe=_URL_SAFE)


def is_local(address: str) -> bool:
    """Tell whether an address is a plain relative one: no scheme, no host.

    >>> is_local("files/a.bib"), is_local("javascript:alert(1)"), is_local("//example.org")
    (True, False, False)
    """
    return re.fullmatch(r"[\w.~-][\w./~-]*", address) is not None


def entry_links(entry: Entry, labels: Mapping[str, str] | None = None) -> list[Link]:
    """Return an entry's links: DOI, arXiv, PubMed, what its fields offer, then its own address.

    An address that stands in two places is linked once.

    Args:
        entry: The entry.
        labels: What a link leads to ("pdf", "code", "link" …) → its label; by default the English one.

    >>> fields = {"doi": "10.1000/182", "code": "https://example.org/c"}
    >>> [(link.label, link.url) for link in entry_links(Entry("article", "k", fields))]
    [('DOI', 'https://doi.org/10.1000/182'), ('Code', 'https://example.org/c')]
    """
    labels = words().links if labels is None else labels
    links: list[Link] = []
    for name, find in _SOURCES:
        for address in find(entry):
            url = web_url(address)
            if url and all(_same(url) != _same(link.url) for link in links):
                links.append(Link(labels.get(name, name), url))
    return links


def _doi(entry: Entry) -> Iterator[str]:
    if doi := find_doi(entry.fields):
        yield "https://doi.org/" + quote(doi, safe="/:;()._-")


def _arxiv(entry: Entry) -> Iterator[str]:
    if number := find_arxiv(entry.fields):
        yield "https://arxiv.org/abs/" + quote(number, safe="/.")


def _pubmed(entry: Entry) -> Iterator[str]:
    kind = entry.get("eprinttype", "").lower()
    number = normalize_pmid(
        entry.get("pmid") or (entry.get("eprint", "") if kind in ("pubmed", "pmid") else "")
    )
    if number:
        yield f"https://pubmed.ncbi.nlm.nih.gov/{number}/"


def _address(entry: Entry) -> Iterator[str]:
    doi = find_doi(entry.fields)
    for address in entry.get("url", "").split():  # exports put several addresses into one field
        if not (doi and doi in address.lower()):  # the publisher's page of that DOI is where the DOI leads
            yield address


def _field(*names: str) -> Callable[[Entry], Iterator[str]]:
    """Return what finds the addresses in these fields."""

    def find(entry: Entry) -> Iterator[str]:
        for name in names:
            yield from entry.get(name, "").split()

    return find


# Label → what finds the addresses. The fields are those that home pages and their themes use.
_SOURCES: tuple[tuple[str, Callable[[Entry], Iterator[str]]], ...] = (
    ("DOI", _doi),
    ("arXiv", _arxiv),
    ("PubMed", _pubmed),
    ("pdf", _field("pdf", "url_pdf")),
    ("code", _field("code", "url_code", "github", "software_url")),
    ("data", _field("data", "dataset", "url_dataset")),
    ("slides", _field("slides", "url_slides")),
    ("video", _field("video", "url_video")),
    ("poster", _field("poster", "url_poster")),
    ("website", _field("website", "project", "url_project")),
    ("demo", _field("demo")),
    ("blog", _field("blog")),
    ("supplement", _field("supp", "supplement", "supplementary")),
    ("link", _address),
)


def _same(url: str) -> str:
    """Return what two spellings of one address share."""
    bare = re.sub(r"^https?://(www\.|dx\.)?", "", url.lower()).rstrip("/")
    return re.sub(r"^(arxiv\.org)/pdf/(.*?)(\.pdf)?$", r"\1/abs/\2", bare)
