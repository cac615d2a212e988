"""Semantic Scholar: an index of papers of all fields.

Source: https://api.semanticscholar.org/api-docs/graph (one request a second with a key).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import doi_source, pages_source
from pubkit.crosswalks.people import Person, people_fields
from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, words_of
from pubkit.enrich.transport import segment
from pubkit.formats.trees import Tree, list_at, scalar, source_of, text_at, trees_at
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_pmid

_FIELDS = "title,authors,year,publicationDate,venue,journal,publicationTypes,externalIds"
# What identifiers are called in its addresses.
_PREFIXES = {"doi": "DOI:", "arxiv": "ARXIV:", "pmid": "PMID:"}
# Types of publication, the one that tells most first → entry type, and the field of the venue.
_TYPES = {
    "Conference": ("inproceedings", "booktitle"),
    "BookSection": ("incollection", "booktitle"),
    "Book": ("book", "publisher"),
    "Dataset": ("dataset", "publisher"),
    "JournalArticle": ("article", "journaltitle"),
    "Review": ("article", "journaltitle"),
}


class SemanticScholar(WebSource):
    """Semantic Scholar, asked by DOI, arXiv number, PMID or title."""

    key_name: ClassVar[str] = "semanticscholar"
    title: ClassVar[str] = "Semantic Scholar"
    url: ClassVar[str] = "https://api.semanticscholar.org/graph/v1"
    interval: ClassVar[float] = 1.1
    kinds: ClassVar[frozenset[str]] = frozenset(_PREFIXES)

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the paper of an identifier."""
        if kind not in _PREFIXES:
            return ()
        path = f"paper/{segment(_PREFIXES[kind] + value)}"
        return self.fetch_json(path, {"fields": _FIELDS}, self._paper, headers=self._who()) or ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the papers whose titles fit best."""
        words = words_of(query).replace("-", " ")  # words with a hyphen find nothing there
        if not words:
            return ()
        asked = {"query": words, "fields": _FIELDS, "limit": str(ROWS)}
        return self.fetch_json("paper/search", asked, self._papers, headers=self._who()) or ()

    def _paper(self, answer: Any) -> Sequence[SourceRecord]:
        if not isinstance(answer, dict):
            raise self.misshapen("no object")
        return self.records([_entry(answer)], _link)

    def _papers(self, answer: Any) -> Sequence[SourceRecord]:
        if not isinstance(answer, dict):
            raise self.misshapen("no object")
        return self.records([_entry(paper) for paper in trees_at(answer, "data")], _link)

    def _who(self) -> dict[str, str]:
        return {"x-api-key": self.key} if self.key else {}


def _entry(paper: Tree) -> Entry:
    types = [scalar(name) for name in list_at(paper, "publicationTypes")]
    journal, venue = text_at(paper, "journal.name"), text_at(paper, "venue")
    arxiv = normalize_arxiv(text_at(paper, "externalIds.ArXiv")) or ""
    at_arxiv = "arxiv" in (journal or venue).lower()  # its volume is the number there
    preprint = "arxiv" in (venue or journal).lower() and bool(arxiv)
    found = next((name for name in _TYPES if name in types), "JournalArticle" if journal else "")
    kind, field = ("online", "") if preprint else _TYPES.get(found, ("misc", "howpublished"))
    people = [Person(whole=text_at(author, "name")) for author in trees_at(paper, "authors")]
    fields = {
        "title": source_of(text_at(paper, "title")),
        **people_fields("author", people),
        "date": date_source(text_at(paper, "publicationDate") or text_at(paper, "year")),
        "volume": "" if at_arxiv else source_of(text_at(paper, "journal.volume")),
        "pages": "" if at_arxiv else pages_source(text_at(paper, "journal.pages")),
        "doi": doi_source(text_at(paper, "externalIds.DOI")),
        "pmid": normalize_pmid(text_at(paper, "externalIds.PubMed")) or "",
        "eprint": arxiv,
        "eprinttype": "arxiv" if arxiv else "",
    }
    if field:
        fields[field] = source_of(journal or venue if kind == "article" else venue or journal)
    return Entry(
        kind,
        "".join(c for c in text_at(paper, "paperId") if c.isascii() and c.isalnum()),
        {name: value for name, value in fields.items() if value},
    )


def _link(entry: Entry) -> tuple[str, str]:
    return entry.key, f"https://www.semanticscholar.org/paper/{segment(entry.key)}"
