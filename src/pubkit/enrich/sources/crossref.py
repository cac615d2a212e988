"""Crossref: the DOIs of most publishers.

Source: https://api.crossref.org/swagger-ui and Crossref's tips for using the REST API.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, doi_link, words_of
from pubkit.enrich.transport import read_json, segment
from pubkit.formats import crossref

# References, funders and licences make a record ten times as long.
_SELECT = ",".join(
    (
        "DOI", "type", "title", "subtitle", "author", "editor", "container-title", "event", "issued",
        "published", "published-print", "published-online", "posted", "volume", "issue", "page",
        "article-number", "publisher", "publisher-location", "ISBN", "ISSN", "URL",
    )
)  # fmt: skip


class Crossref(WebSource):
    """Crossref, asked by DOI, ISBN, or title and first author."""

    key_name: ClassVar[str] = "crossref"
    title: ClassVar[str] = "Crossref"
    url: ClassVar[str] = "https://api.crossref.org"
    kinds: ClassVar[frozenset[str]] = frozenset({"doi", "isbn"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the work of a DOI, or the books of an ISBN."""
        if kind == "doi":
            return self.fetch(f"works/{segment(value)}", None, self._records, secret=self.mailto) or ()
        if kind == "isbn":
            asked = {"filter": f"isbn:{value}", "rows": str(ROWS)}
            return self.fetch("works", asked, self._records, secret=self.mailto) or ()
        return ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the works that fit title and first author best."""
        words = " ".join(filter(None, (words_of(query), *query.surnames[:1])))
        if not words:
            return ()
        asked = {"query.bibliographic": words, "rows": str(ROWS), "select": _SELECT}
        return self.fetch("works", asked, self._records, secret=self.mailto) or ()

    def _records(self, body: bytes) -> Sequence[SourceRecord]:
        read_json(body, self.title)  # a web page or a cut answer is an error, not a file to be mended
        return self.records(self.read(body, crossref.read), doi_link)
