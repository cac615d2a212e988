"""PubMed: medicine and the life sciences.

Source: the E-utilities manual of the NCBI (ESearch, EFetch; three requests a second, ten with a key).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, words_of
from pubkit.formats import pubmedxml
from pubkit.formats.trees import list_at
from pubkit.model.entry import Entry

_SITE = "https://pubmed.ncbi.nlm.nih.gov/"


class PubMed(WebSource):
    """PubMed, asked by PMID, DOI or title."""

    key_name: ClassVar[str] = "pubmed"
    title: ClassVar[str] = "PubMed"
    url: ClassVar[str] = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
    kinds: ClassVar[frozenset[str]] = frozenset({"pmid", "doi"})

    def pace(self) -> float:
        """Return a third of a second, a tenth with a key."""
        return 0.1 if self.key else 0.34

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the article of an identifier."""
        if kind == "pmid":
            return self._fetch([value])
        return self._fetch(self._find(f'"{value}"[doi]')) if '"' not in value else ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the articles whose titles hold the words."""
        words = words_of(query)
        return self._fetch(self._find(f"{words}[title]")) if words else ()

    def _who(self) -> dict[str, str]:
        email = {"email": self._settings.mailto, "tool": "pubkit"} if self._settings.mailto else {}
        return {**email, **({"api_key": self.key} if self.key else {})}

    def _find(self, term: str) -> list[str]:
        asked = {"db": "pubmed", "term": term, "retmode": "json", "retmax": str(ROWS)}
        return self.fetch_json("esearch.fcgi", asked, self._numbers, secret=self._who()) or []

    def _numbers(self, answer: Any) -> list[str]:
        if not isinstance(answer, dict) or not isinstance(answer.get("esearchresult"), dict):
            raise self.misshapen("no esearchresult")
        return [number for number in list_at(answer, "esearchresult.idlist") if str(number).isdigit()]

    def _fetch(self, numbers: Sequence[str]) -> Sequence[SourceRecord]:
        if not numbers:
            return ()
        asked = {"db": "pubmed", "id": ",".join(map(str, numbers)), "retmode": "xml"}
        return self.fetch("efetch.fcgi", asked, self._articles, secret=self._who()) or ()

    def _articles(self, body: bytes) -> Sequence[SourceRecord]:
        if b"<PubmedArticleSet" not in body[:4096]:
            raise self.misshapen("no PubmedArticleSet")
        return self.records(self.read(body, pubmedxml.read), _link)


def _link(entry: Entry) -> tuple[str, str]:
    number = entry.get("pmid", entry.key)
    return number, f"{_SITE}{number}/" if number.isdigit() else ""
