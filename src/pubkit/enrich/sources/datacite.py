"""DataCite: DOIs of data, software, reports and preprints, those of arXiv among them.

Source: https://support.datacite.org/docs/api and its "Queries and filtering".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, doi_link, words_of
from pubkit.enrich.transport import read_json, segment
from pubkit.formats import datacite


class DataCite(WebSource):
    """DataCite, asked by DOI, arXiv number or title."""

    key_name: ClassVar[str] = "datacite"
    title: ClassVar[str] = "DataCite"
    url: ClassVar[str] = "https://api.datacite.org"
    kinds: ClassVar[frozenset[str]] = frozenset({"doi", "arxiv"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the record of a DOI."""
        if kind == "arxiv":
            value = f"10.48550/arxiv.{value}"
        return self.fetch(f"dois/{segment(value)}", None, self._records) or ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the records whose titles hold the words."""
        words = words_of(query)
        if not words:
            return ()
        # In quotes the words are searched as words: "AND" and "OR" are none of its operators then.
        asked = {"query": f'titles.title:"{words}"', "page[size]": str(ROWS)}
        return self.fetch("dois", asked, self._records) or ()

    def _records(self, body: bytes) -> Sequence[SourceRecord]:
        if not isinstance(read_json(body, self.title), dict):
            raise self.misshapen("no object")
        return self.records(self.read(body, datacite.read), doi_link)
