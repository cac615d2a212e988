"""Citation keys that are identifiers: `doi:10.1145/…`, `arXiv:1706.03762`, `isbn:978…`, `pmid:…`."""

from __future__ import annotations

import re

from pubkit.model.identifiers import (
    arxiv_without_version,
    normalize_arxiv,
    normalize_doi,
    normalize_isbn,
    normalize_pmid,
)

#: Kind ("doi", "arxiv", "isbn", "pmid") and canonical value.
Identifier = tuple[str, str]

_LABEL = re.compile(r"(?:(doi|arxiv|isbn|pmid|pubmed)\s*[:/=]\s*|https?://\S*?)(?=\S)", re.IGNORECASE)
_BARE_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S")
_BARE_ARXIV = re.compile(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}(?:v[0-9]+)?")
_BARE_ISBN = re.compile(r"97[89][0-9-]{10,14}")


def identifier_of(key: str) -> Identifier | None:
    """Return the identifier that a citation key is; None for any other key.

    >>> identifier_of("doi:10.1145/3292500.3330701"), identifier_of("arXiv:1706.03762v5"), identifier_of("a")
    (('doi', '10.1145/3292500.3330701'), ('arxiv', '1706.03762'), None)
    """
    label = _LABEL.match(key)
    kind = (label[1] or "").lower() if label else ""
    if kind == "doi" or (label and not kind) or _BARE_DOI.match(key):
        doi = normalize_doi(key)
        if doi and not doi.startswith("10.48550/arxiv."):
            return "doi", doi
    if kind == "arxiv" or (label and not kind) or _BARE_ARXIV.fullmatch(key) or _BARE_DOI.match(key):
        arxiv = normalize_arxiv(key)
        if arxiv:
            return "arxiv", arxiv_without_version(arxiv)
    if kind == "isbn" or _BARE_ISBN.fullmatch(key):
        isbn = normalize_isbn(key)
        if isbn:
            return "isbn", isbn
    if kind in ("pmid", "pubmed") and label:
        pmid = normalize_pmid(key[label.end() :])
        if pmid:
            return "pmid", pmid
    return None
