"""arXiv: preprints.

Source: the arXiv API user's manual (Atom; one request in three seconds).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic
from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, words_of
from pubkit.formats import xml
from pubkit.formats.decode import decode
from pubkit.formats.trees import source_of
from pubkit.model.entry import Entry
from pubkit.model.identifiers import arxiv_without_version, normalize_arxiv

_ENTRY = "entry"
_MATH = re.compile(r"(\$[^$]{1,300}\$)")


class Arxiv(WebSource):
    """arXiv, asked by its numbers or by title."""

    key_name: ClassVar[str] = "arxiv"
    title: ClassVar[str] = "arXiv"
    url: ClassVar[str] = "https://export.arxiv.org/api"
    interval: ClassVar[float] = 3.0
    hosts: ClassVar[tuple[str, ...]] = ("arxiv.org", "export.arxiv.org")
    kinds: ClassVar[frozenset[str]] = frozenset({"arxiv"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the preprint of a number."""
        return self._entries({"id_list": value, "max_results": "1"}) if kind == "arxiv" else ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the preprints whose titles hold the words."""
        words = words_of(query)
        if not words:
            return ()
        return self._entries({"search_query": f'ti:"{words}"', "max_results": str(ROWS)})

    def _entries(self, asked: dict[str, str]) -> Sequence[SourceRecord]:
        return self.fetch("query", asked, self._read) or ()

    def _read(self, body: bytes) -> Sequence[SourceRecord]:
        document, _ = decode(body, self.title, "utf-8")
        if xml.root(document.text)[0] != "feed" or "</feed>" not in document.text:
            raise self.misshapen("no whole Atom feed")
        findings: list[Diagnostic] = []
        made = [_entry(element) for element in xml.records(document, {_ENTRY}, findings)]
        found = [entry for entry in made if entry is not None]
        return self.records(found, lambda entry: (entry.key, f"https://arxiv.org/abs/{entry.key}"))


def _entry(element: Any) -> Entry | None:
    """Return a preprint; None for what arXiv answers instead of an error."""
    number = normalize_arxiv(_text(element, "id"))
    if not number:
        return None
    number = arxiv_without_version(number)
    people = [Person(whole=_text(author, "name")) for author in element.findall("author")]
    category = element.find("primary_category")
    fields = {
        "title": _tex(_text(element, "title")),
        **people_fields("author", people),
        "date": date_source(_text(element, "published")[:10]),
        "eprint": number,
        "eprinttype": "arxiv",
        "eprintclass": "" if category is None else category.get("term", ""),
        "abstract": _tex(_text(element, "summary")),
    }
    extra = {"published-doi": doi} if (doi := _text(element, "doi")) else {}
    return Entry("online", number, {name: value for name, value in fields.items() if value}, extra)


def _tex(text: str) -> str:
    """Return a text of arXiv as source: between dollars stands mathematics, as its authors typed it."""
    made = ""
    for at, part in enumerate(_MATH.split(text)):
        before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        made += part if at % 2 or not part.strip() else f"{before}{source_of(part)}{after}"
    return made


def _text(element: Any, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())
