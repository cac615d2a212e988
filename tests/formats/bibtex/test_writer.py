"""Tidy output: its shape, its options, and what it refuses."""

from __future__ import annotations

import pytest

from pubkit.errors import DuplicateKeyError, WriteError
from pubkit.formats.bibtex import BIBLATEX, BIBTEX, read_bibtex, write_bibtex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.cases import Case, parametrize

PAPER = Entry(
    "article",
    "ong2025",
    {
        "date": "2025-04",
        "title": "{RouteLLM}: Learning to Route {LLMs}",
        "author": "Ong, Isaac and Almahairi, Amjad and Wu, Vincent",
        "journaltitle": "Annals",
        "pages": "1--9",
        "x-odd": "y",
    },
)


def one(entry: Entry = PAPER, **options: object) -> str:
    return write_bibtex(Library((entry,)), **options)  # type: ignore[arg-type]


@parametrize("bibtex/tidy.txt")
def test_tidy(case: Case, pytestconfig: pytest.Config) -> None:
    """The first line of a case holds options, the rest is a .bib."""
    first, _, text = case.input.partition("\n")
    options = dict(option.split("=") for option in first.split())
    values = {
        name: {"yes": True, "no": False}.get(v, int(v) if v.isdecimal() else v) for name, v in options.items()
    }
    library = read_bibtex(Document("", text))
    report: list = []
    written = write_bibtex(library, report=report, **values)  # type: ignore[arg-type]
    case.check("\n".join([written, *map(str, report)]), pytestconfig)


def test_refused() -> None:
    with pytest.raises(WriteError, match="no citation key; normalize"):
        one(Entry("book", "", {"title": "T"}))
    with pytest.raises(DuplicateKeyError, match="'a'"):
        write_bibtex(Library((Entry("book", "a"), Entry("misc", "a"))))
    write_bibtex(Library((Entry("book", "a"), Entry("misc", "A"))))
    for key in ("a,b", "a{b", "a}b", "a\nb", " a", "year=1998"):
        with pytest.raises(WriteError, match="citation key"):
            one(Entry("book", key))
    for kind in ("", "comment", "string", "two words", "a{b"):
        with pytest.raises(WriteError, match="entry type"):
            one(Entry(kind, "a"))
    for name in ("", "two words", "a=b", "a{b", "a,b"):
        with pytest.raises(WriteError, match="field name"):
            one(Entry("book", "a", {name: "x"}))
    with pytest.raises(WriteError, match="dialect"):
        one(dialect="amsrefs")
    with pytest.raises(WriteError, match="sorted by"):
        one(sort="colour")


def test_odd_keys_that_can_be_read_are_written() -> None:
    for key in ("a:b/c", "Müller", "a=b", "two words", "a(b)", 'a"b', "a#b", "10.1000/182", "[k]"):
        assert read_bibtex(Document("", one(Entry("book", key, {"title": "T"})))).entries[0].key == key


def test_sorting() -> None:
    library = Library(
        (
            Entry("book", "b", {"date": "1990", "author": "Zed, A", "title": "M"}),
            Entry("article", "C", {"date": "2001", "author": "Abel, B", "title": "N"}),
            Entry("misc", "a", {"title": "L"}),
        )
    )

    def order(sort: object) -> str:
        written = write_bibtex(library, sort=sort)  # type: ignore[arg-type]
        return "".join(entry.key for entry in read_bibtex(Document("", written)))

    assert [order(sort) for sort in (None, "key", "type", "year", "-year", "author", "title")] == [
        "bCa",
        "abC",
        "Cba",
        "bCa",
        "Cba",
        "aCb",
        "abC",
    ]
    assert order(lambda entry: entry.get("title")) == "abC"


def test_the_formats_write_their_dialect() -> None:
    assert BIBTEX.write and BIBLATEX.write
    assert "journal " in BIBTEX.write(Library((PAPER,)))
    assert "journaltitle = " in BIBLATEX.write(Library((PAPER,)))
    assert "journal " in BIBLATEX.write(Library((PAPER,)), dialect="bibtex")


def test_empty() -> None:
    assert write_bibtex(Library()) == ""
