"""The dialect table: examples as cases, and the law that the way to BibTeX and back changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.crosswalks import bibtex_tables as tables
from pubkit.crosswalks.bibtex import dialect_of, to_biblatex, to_bibtex
from pubkit.crosswalks.bibtex_dates import date_in_words, join_date, split_date, year_to_date
from tests.cases import Case, parametrize


def parse(text: str) -> tuple[str, dict[str, str]]:
    kind, *rows = text.split("\n")
    return kind, dict(row.split(" = ", 1) for row in rows)


def show(kind: str, fields: dict[str, str], findings: tuple) -> str:
    rows = [f"{name} = {value}" for name, value in sorted(fields.items())]
    return "\n".join([kind, *rows, *(f"{found.code} {found.message}" for found in findings)])


@parametrize("bibtex/dialect.txt")
def test_dialect_in(case: Case, pytestconfig: pytest.Config) -> None:
    kind, fields = parse(case.input)
    case.check(show(*to_biblatex(kind, fields)), pytestconfig)


@parametrize("bibtex/dialect-out.txt")
def test_dialect_out(case: Case, pytestconfig: pytest.Config) -> None:
    kind, fields = parse(case.input)
    made = to_bibtex(kind, fields)
    case.check(show(*made), pytestconfig)
    assert to_biblatex(*made[:2])[:2] == (kind, fields), "the way back"


NAMES = sorted(
    {
        *tables.TO_BIBLATEX_FIELD,
        *tables.TO_BIBLATEX_FIELD.values(),
        *("title", "subtitle", "booktitle", "booksubtitle", "journalsubtitle", "author", "pages", "eprint"),
        *(
            "year",
            "month",
            "day",
            "date",
            "pubstate",
            "type",
            "number",
            "issue",
            "entrytype",
            "venue",
            "arxivid",
        ),
    }
)
TYPES = sorted(
    {
        *tables.TO_BIBLATEX_TYPE,
        *tables.NEAREST_TYPE,
        "article",
        "book",
        "inbook",
        "misc",
        "proceedings",
        "foo-bar",
    }
)
VALUES = st.sampled_from(
    [
        "1998",
        "2020-05",
        "2020-05-17",
        "2020-21",
        "2020-05/2020-06",
        "2019/2021",
        "2020~",
        "-0044",
        "May",
        "jan",
        "may--jun",
        "9",
        "12",
        "31",
        "in press",
        "to appear",
        "inpress",
        "forthcoming",
        "A",
        "A: B",
        "B",
        "A? B",
        "phdthesis",
        "mathesis",
        "techreport",
        "Diplomarbeit",
        "online",
        "thesis",
        "inbook",
        "book",
        "report",
        "misc",
        "",
        ":",
        "May 5",
        "5--8 June",
        "Spring",
        "Mar 3",
        "September 1, 2021",
        "7~May",
        "99",
        "2020-13",
        "arXiv",
    ]
)
FIELDS = st.dictionaries(st.sampled_from(NAMES), VALUES | st.text(max_size=6), max_size=9)


@given(st.sampled_from(TYPES), FIELDS)
def test_there_and_back(kind: str, fields: dict[str, str]) -> None:
    once = to_biblatex(kind, fields)[:2]
    assert to_biblatex(*once)[:2] == once, "reading BibLaTeX again changes nothing"
    assert to_biblatex(*to_bibtex(*once)[:2])[:2] == once, "through classic BibTeX and back"


@given(st.sampled_from(TYPES), FIELDS)
def test_classic_types_only(kind: str, fields: dict[str, str]) -> None:
    known = {
        "article",
        "book",
        "booklet",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
    }
    known |= {"misc", "phdthesis", "proceedings", "techreport", "unpublished"}
    fields.pop("entrytype", None)
    kind, fields, _ = to_biblatex(kind, fields)
    assert kind == "foo-bar" or to_bibtex(kind, fields)[0] in known


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=3))
def test_dates_of_any_text(year: str, month: str, day: str) -> None:
    for made in (year_to_date(year), join_date(year, month, day), date_in_words(month, year)):
        if made is not None:
            parts = dict(split_date(made))
            assert to_biblatex("misc", parts)[1] == {"date": made}


def test_the_table_is_two_way() -> None:
    for classic, ours in tables.FIELD_PAIRS.items():
        kind = "phdthesis" if classic == "school" else "misc"
        _, fields, findings = to_biblatex(kind, {classic: "x", "type": "t"})
        assert fields == {ours: "x", "type": "t"}
        assert not findings
        assert to_bibtex("thesis" if classic == "school" else "misc", fields)[1][classic] == "x"


def test_dialect_of_an_entry() -> None:
    assert dialect_of("online", set()) == "biblatex"
    assert dialect_of("article", {"journaltitle"}) == "biblatex"
    assert dialect_of("article", {"journal", "year"}) == "bibtex"
