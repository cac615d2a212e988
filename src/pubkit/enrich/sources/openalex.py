"""OpenAlex: an open index of some hundred million works.

Source: https://docs.openalex.org, "Works" and "Rate limits and authentication".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, doi_link, words_of
from pubkit.enrich.transport import read_json, segment
from pubkit.formats import openalex


class OpenAlex(WebSource):
    """OpenAlex, asked by DOI, PMID, arXiv number or title; it wants a key for more than a few requests."""

    key_name: ClassVar[str] = "openalex"
    title: ClassVar[str] = "OpenAlex"
    url: ClassVar[str] = "https://api.openalex.org"
    kinds: ClassVar[frozenset[str]] = frozenset({"doi", "pmid", "arxiv"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the works of an identifier."""
        if kind == "arxiv":
            kind, value = "doi", f"10.48550/arxiv.{value}"
        if kind not in ("doi", "pmid"):
            return ()
        # One work by its identifier is free of charge; a filter is not.
        return self._ask(f"works/{kind}:{segment(value)}", {})

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the works whose titles fit best."""
        words = words_of(query)
        if not words:
            return ()
        return self._ask("works", {"filter": f"title.search:{words}", "per-page": str(ROWS)})

    def _ask(self, path: str, asked: dict[str, str]) -> Sequence[SourceRecord]:
        who = {**self.mailto, **({"api_key": self.key} if self.key else {})}
        return self.fetch(path, asked, self._records, secret=who) or ()

    def _records(self, body: bytes) -> Sequence[SourceRecord]:
        if not isinstance(read_json(body, self.title), dict):
            raise self.misshapen("no object")
        return self.records(self.read(body, openalex.read), doi_link)
