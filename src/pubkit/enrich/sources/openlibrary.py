"""Open Library: books.

Source: https://openlibrary.org/dev/docs/api/books and its search API.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.people import Person, people_fields
from pubkit.enrich.source import Query, SourceRecord
from pubkit.enrich.sources.base import ROWS, WebSource, words_of
from pubkit.formats.trees import Tree, list_at, scalar, source_of, text_at, trees_at
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_isbn

_SITE = "https://openlibrary.org"
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publisher,isbn,number_of_pages_median"


class OpenLibrary(WebSource):
    """Open Library, asked by ISBN, or by title and author."""

    key_name: ClassVar[str] = "openlibrary"
    title: ClassVar[str] = "Open Library"
    url: ClassVar[str] = _SITE
    interval: ClassVar[float] = 0.5
    kinds: ClassVar[frozenset[str]] = frozenset({"isbn"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        """Return the edition of an ISBN."""
        if kind != "isbn":
            return ()
        name = f"ISBN:{value}"
        asked = {"bibkeys": name, "format": "json", "jscmd": "data"}

        def read(answer: Any) -> Sequence[SourceRecord]:
            if not isinstance(answer, dict):
                raise self.misshapen("no object")
            book = answer.get(name)
            return self.records([_edition(book, value)], _link) if isinstance(book, dict) else ()

        return self.fetch_json("api/books", asked, read) or ()

    def search(self, query: Query) -> Sequence[SourceRecord]:
        """Return the works with these words in the title."""
        words = words_of(query)
        if not words:
            return ()
        asked = {"title": words, "fields": _FIELDS, "limit": str(ROWS)}
        if query.surnames:
            asked["author"] = query.surnames[0]
        return self.fetch_json("search.json", asked, self._works) or ()

    def _works(self, answer: Any) -> Sequence[SourceRecord]:
        if not isinstance(answer, dict):
            raise self.misshapen("no object")
        return self.records([_work(work) for work in trees_at(answer, "docs")], _link)


def _edition(book: Tree, isbn: str) -> Entry:
    people = [Person(whole=text_at(author, "name")) for author in trees_at(book, "authors")]
    return _book(
        text_at(book, "key"),
        people,
        {
            "title": text_at(book, "title"),
            "subtitle": text_at(book, "subtitle"),
            "publisher": " and ".join(_names(book, "publishers")),
            "location": " and ".join(_names(book, "publish_places")),
            "pagetotal": text_at(book, "number_of_pages"),
        },
        date_source(text_at(book, "publish_date")),
        isbn,
    )


def _work(work: Tree) -> Entry:
    """Return a work: its editions have their own publishers and numbers, so it gets neither."""
    people = [Person(whole=scalar(name)) for name in list_at(work, "author_name")]
    titles = {"title": text_at(work, "title"), "subtitle": text_at(work, "subtitle")}
    return _book(text_at(work, "key"), people, titles, date_source(text_at(work, "first_publish_year")), "")


def _book(key: str, people: list[Person], texts: dict[str, str], date: str, isbn: str) -> Entry:
    fields = {
        **{name: source_of(text) for name, text in texts.items()},
        **people_fields("author", people),
        "date": date,
        "isbn": (normalize_isbn(isbn) or "") if isbn else "",
    }
    return Entry("book", key.removeprefix("/"), {name: value for name, value in fields.items() if value})


def _names(tree: Tree, path: str) -> Iterator[str]:
    return (text for part in trees_at(tree, path) if (text := text_at(part, "name")))


def _link(entry: Entry) -> tuple[str, str]:
    return entry.key, f"{_SITE}/{entry.key}" if entry.key else _SITE
