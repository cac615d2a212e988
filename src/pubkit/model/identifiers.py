"""Identifiers: canonical forms and check digits. The work is done in the `identifiers_*` modules.

Each `normalize_*` takes what people write (labels, resolver addresses, odd dashes) and returns one canonical
text, or None where it is no such identifier or its check digit is wrong.
"""

from __future__ import annotations

from pubkit.model.identifiers_arxiv import arxiv_without_version, find_arxiv, normalize_arxiv
from pubkit.model.identifiers_doi import find_doi, normalize_doi
from pubkit.model.identifiers_numbers import (
    isbn10,
    normalize_isbn,
    normalize_issn,
    normalize_orcid,
    normalize_pmcid,
    normalize_pmid,
)

__all__ = [
    "arxiv_without_version",
    "find_arxiv",
    "find_doi",
    "isbn10",
    "normalize_arxiv",
    "normalize_doi",
    "normalize_isbn",
    "normalize_issn",
    "normalize_orcid",
    "normalize_pmcid",
    "normalize_pmid",
]
