"""DBLP: computer science.

Source: https://dblp.org/faq, "How to use the dblp search API?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import doi_source, pages_source
from pubkit.crosswalks.people import Person, people_fields
from pubkit.crosswalks.preprints import with_eprint
from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, words_of
from pubkit.formats.trees import Tree, at, list_at, scalar, source_of, text_at, trees_at
from pubkit.model.entry import Entry
from pubkit.model.identifiers import find_arxiv

# What its answers call a type → entry type, and the field of the venue.
_TYPES = {
    "Journal Articles": ("article", "journaltitle"),
    "Conference and Workshop Papers": ("inproceedings", "booktitle"),
    "Parts in Books or Collections": ("incollection", "booktitle"),
    "Books and Theses": ("book", "series"),
    "Editorship": ("proceedings", "series"),
    "Reference Works": ("inreference", "booktitle"),
    "Informal and Other Publications": ("online", "journaltitle"),
    "Informal Publications": ("online", "journaltitle"),
    "Data and Artifacts": ("dataset", "publisher"),
}
# Namesakes are told apart by a number behind the name.
_HOMONYM = re.compile(r" \d{4}$")


class Dblp(WebSource):
    """DBLP, asked by title; it has no search by identifier."""

    key_name: ClassVar[str] = "dblp"
    title: ClassVar[str] = "DBLP"
    url: ClassVar[str] = "https://dblp.org"
    interval: ClassVar[float] = 1.0

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return nothing: its search knows no identifiers."""
        return ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the publications whose titles hold the words."""
        words = words_of(query)
        if not words:
            return ()
        asked = {"q": words, "format": "json", "h": str(ROWS)}
        return self.fetch_json("search/publ/api", asked, self._hits) or ()

    def _hits(self, answer: Any) -> Sequence[SourceRecord]:
        if not isinstance(at(answer, "result.hits"), dict):
            raise self.misshapen("no result.hits")
        found = [_entry(hit["info"]) for hit in trees_at(answer, "result.hits.hit") if _is_record(hit)]
        return self.records(found, lambda entry: (entry.key, f"https://dblp.org/rec/{entry.key}"))


def _is_record(hit: Tree) -> bool:
    return isinstance(hit.get("info"), dict)


def _entry(info: Tree) -> Entry:
    kind, venue = _TYPES.get(text_at(info, "type"), ("misc", "howpublished"))
    people = [Person(whole=_HOMONYM.sub("", _name(author))) for author in list_at(info, "authors.author")]
    fields = {
        "title": source_of(text_at(info, "title").removesuffix(".")),
        **people_fields("editor" if kind == "proceedings" else "author", people),
        "date": date_source(text_at(info, "year")),
        venue: source_of(", ".join(filter(None, map(scalar, list_at(info, "venue"))))),
        "volume": source_of(text_at(info, "volume")),
        "number": source_of(text_at(info, "number")),
        "pages": pages_source(text_at(info, "pages")),
        "publisher": source_of(text_at(info, "publisher")),
        "doi": doi_source(text_at(info, "doi")),
        "url": next(filter(_is_address, map(scalar, list_at(info, "ee"))), ""),
    }
    fields = with_eprint({name: value for name, value in fields.items() if value})
    if find_arxiv(fields) and kind in ("article", "online"):
        kind = "online"
        for name in ("volume", "journaltitle"):  # "CoRR", "abs/1901.00001"
            fields.pop(name, None)
    return Entry(kind, text_at(info, "key"), fields)


def _name(author: Any) -> str:
    return text_at(author, "text") if isinstance(author, dict) else scalar(author)


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://"))
