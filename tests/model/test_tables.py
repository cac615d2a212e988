"""The tables of fields and entry types agree with each other, and values are read by their datatype."""

from __future__ import annotations

import pytest

from pubkit.markup.tree import Emph
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ALIASES, ENTRY_TYPES, canonical_type, takes
from pubkit.model.fields import (
    BIBLATEX_FIELDS,
    FIELDS,
    NAME_FIELDS,
    datatype,
    is_verbatim,
    rich_value,
    text_value,
)


@pytest.mark.parametrize("entry_type", ENTRY_TYPES.values(), ids=lambda entry_type: entry_type.name)
def test_entry_types_name_known_fields(entry_type) -> None:
    required = {name for group in entry_type.required for name in group}
    assert (required | entry_type.optional) <= BIBLATEX_FIELDS | {"month", "year"}
    assert not entry_type.container or entry_type.container in ENTRY_TYPES


def test_aliases_are_not_types() -> None:
    assert not set(ALIASES) & set(ENTRY_TYPES)
    assert canonical_type("PhdThesis") == "thesis"
    assert canonical_type("www") == "online"


def test_missing_fields() -> None:
    assert ENTRY_TYPES["online"].missing({"title": "T", "author": "A", "date": "2020"}) == (
        ("doi", "eprint", "url"),
    )
    assert ENTRY_TYPES["online"].missing({"title": "T", "editor": "A", "year": "2020", "url": "x"}) == ()
    assert ENTRY_TYPES["book"].missing({"title": ""})[:2] == (("author",), ("title",))
    assert ENTRY_TYPES["xdata"].missing({}) == ()


def test_what_a_type_takes() -> None:
    assert takes("conference", "booktitle")
    assert not takes("book", "journaltitle")
    assert takes("weather", "anything")


def test_datatypes() -> None:
    assert {datatype(name) for name in NAME_FIELDS} == {"name-list"}
    assert {"author", "editor", "translator", "holder"} <= set(NAME_FIELDS)
    assert datatype("no-such-field") == "literal"
    for name in ("doi", "url", "file", "eprint", "verba", "pdf", "bdsk-url-1", "biburl"):
        assert is_verbatim(name), name
    for name in ("title", "note", "abstract", "author", "date", "no-such-field"):
        assert not is_verbatim(name), name
    assert set(BIBLATEX_FIELDS) <= set(FIELDS)


def test_values_by_datatype() -> None:
    source = r"50\% \emph{a_b}~c"
    assert text_value("title", source) == "50% a_b\xa0c"
    assert text_value("url", source) == source
    assert Emph(("a_b",)) in rich_value("note", source)
    assert rich_value("doi", source) == (source,)
    assert rich_value("title", "") == ()
    assert text_value("title", "") == ""


def test_views_of_an_entry() -> None:
    entry = Entry(
        "article",
        "k",
        {
            "author": r"Kurt G{\"o}del and others",
            "title": r"On \emph{Formally} Undecidable {Propositions}",
            "date": "1931-01",
            "pages": "173-198",
            "doi": "https://doi.org/10.1007/BF01700692",
            "url": r"https://example.org/a\_b%20c",
        },
    )
    assert (entry.names()[0].family, entry.names().others) == ("Gödel", True)
    assert len(entry.names("editor")) == 0
    assert entry.text("title") == "On Formally Undecidable Propositions"
    assert entry.text("url") == r"https://example.org/a\_b%20c"
    assert (str(entry.date), entry.year, str(entry.pages)) == ("1931-01", 1931, "173--198")
    assert entry.doi == "10.1007/bf01700692"
    empty = Entry("misc")
    assert (empty.date, empty.year, empty.pages, empty.doi, empty.text("title")) == (
        None,
        None,
        None,
        None,
        "",
    )
