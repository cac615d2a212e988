"""pybtex: nothing is lost either way, and its persons, styles and writers work on what we give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from pybtex.database import BibliographyData, Person, parse_string
from pybtex.database import Entry as PybtexEntry

from pubkit.errors import DuplicateKeyError
from pubkit.interop import from_pybtex, to_pybtex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.conftest import data_path
from tests.interop.strategies import LIBRARIES


@settings(max_examples=80)
@given(LIBRARIES)
def test_there_and_back_is_the_same(library):
    assert from_pybtex(to_pybtex(library, duplicates="rename")) == library


@pytest.mark.parametrize(
    "name",
    [
        "Knuth, Donald E.",
        "Ludwig van Beethoven",
        "King, Jr., Martin Luther",
        "{Barnes and Noble}",
        r"{\"O}zge Aks{\i}n",
    ],
)
def test_persons_are_pybtexs_own(name):
    data = to_pybtex([Entry("book", "k", {"author": name})])
    assert data.entries["k"].persons["author"] == [Person(name)]


def test_names_that_pybtex_refuses_are_parsed_by_ours():
    data = to_pybtex([Entry("book", "k", {"author": "A, B, C, D and Knuth, Donald"})])
    assert [person.last_names for person in data.entries["k"].persons["author"]] == [["A"], ["Knuth"]]


def test_extended_names_become_classic():
    data = to_pybtex([Entry("book", "k", {"author": "family=Hakim, given=Tawfiq, prefix=al-"})])
    person = data.entries["k"].persons["author"][0]
    assert person.first_names == ["Tawfiq"]
    assert "Hakim" in "".join(person.last_names)


def test_classic_names_by_default_and_biblatex_on_request():
    entry = Entry("online", "k", {"title": "T", "date": "1990-09-01", "journaltitle": "J"})
    classic, modern = to_pybtex([entry]).entries["k"], to_pybtex([entry], dialect="biblatex").entries["k"]
    assert (classic.type, classic.fields["year"], classic.fields["month"], classic.fields["journal"]) == (
        "misc", "1990", "September", "J",
    )  # fmt: skip
    assert (modern.type, dict(modern.fields)) == ("online", dict(entry))


def test_a_scripts_change_is_applied_and_the_rest_stays():
    entry = Entry(
        "article", "k", {"author": "Donald E. Knuth and A. Noble", "title": "T", "date": "1990-01-02"}
    )
    data = to_pybtex([entry])
    data.entries["k"].fields["title"] = "New"
    back = from_pybtex(data)
    assert back.entries == (entry.replace(title="New"),)
    data.entries["k"].persons["author"].pop()
    assert from_pybtex(data)["k"]["author"] == "Knuth, Donald E."


def test_keys_that_differ_by_case_only():
    library = Library((Entry("book", "Knuth", {"title": "A"}), Entry("book", "knuth", {"title": "B"})))
    with pytest.raises(DuplicateKeyError, match="used twice"):
        to_pybtex(library)
    data = to_pybtex(library, duplicates="rename")
    assert list(data.entries) == ["Knuth", "knuth-2"]
    assert from_pybtex(data) == library


def test_foreign_data():
    text = r'@article{k, author = "Knuth, D. and {A and B}", journal = "J", year = 1990, month = jan}'
    data = parse_string(r'@preamble{"\x"}' + text, "bibtex")
    library = from_pybtex(data)
    assert library.preamble == (r"\x",)
    assert dict(library["k"]) == {"author": "Knuth, D. and {A and B}", "journaltitle": "J", "date": "1990-01"}


@pytest.mark.parametrize(
    ("person", "source"),
    [
        (Person(last="Barnes and Noble"), "Barnes {and} Noble"),
        (Person(last="King", lineage="Jr."), "King, Jr., {}"),
        (Person(first="Jean", prelast="de la", last="Fontaine"), "de la Fontaine, Jean"),
    ],
)
def test_persons_become_names_that_read_back(person, source):
    data = BibliographyData({"k": PybtexEntry("book", persons={"author": [person]})})
    author = from_pybtex(data)["k"]["author"]
    assert author == source
    assert to_pybtex([Entry("book", "k", {"author": author})]).entries["k"].persons["author"][0].last_names


def test_a_field_beside_persons_is_reported():
    record = PybtexEntry("book", {"author": "Somebody"}, {"author": [Person("Knuth, D.")]})
    library = from_pybtex(BibliographyData({"k": record}))
    assert library["k"]["author"] == "Knuth, D."
    assert [found.code for found in library.diagnostics] == ["PK481"]


def test_real_files():
    from pubkit.api import read

    for path in sorted(data_path("bib").rglob("*.bib")):
        library = read(path, format="bibtex")
        assert from_pybtex(to_pybtex(library, duplicates="rename")).entries == library.entries, path
