"""CSV, TSV, JSON Lines, spreadsheets and records; cases in tests/cases/formats/csv.txt."""

from __future__ import annotations

import json
import math

import pytest

import pubkit as pk
from pubkit.crosswalks.row_tables import DIALECTS
from pubkit.crosswalks.rows import COLUMNS
from pubkit.formats import csv_, jsonl
from pubkit.model.source import Document
from tests.cases import Case, parametrize
from tests.conftest import data_path
from tests.formats.laws import listing

CONTRACT = list(COLUMNS)


@parametrize("formats/csv.txt")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(csv_.read(Document("", case.input))), pytestconfig)


def test_written_columns() -> None:
    library = pk.read_string(
        "@article{a, title = {A, B}, journal = {J}, year = 2020, month = may, publisher = {P}}"
    )
    text = pk.write_string(library, "csv")
    assert text.splitlines() == [
        "id,type,title,author,year,venue,volume,number,pages,doi,abstract,source,publisher,date",
        'a,article,"A, B",,2020,J,,,,,,,P,2020-05',
    ]
    assert pk.write_string(library, "csv", columns=["title", "id"]) == 'title,id\n"A, B",a\n'
    assert pk.write_string(library, "tsv", columns=["title", "id"]) == "title\tid\nA, B\ta\n"


def test_what_chosen_columns_leave_out_is_told() -> None:
    report: list = []
    library = pk.read_string("@book{a, title = {T}, publisher = {P}}")
    pk.write_string(library, "csv", columns=["id", "type", "title"], report=report)
    assert [(found.code, found.location.field) for found in report] == [("PK430", "publisher")]


def test_keys_are_kept_verbatim() -> None:
    rows = "id,title\nD0,a\n007,b\n x y ,c\nDBLP:conf/x,d\nD0,e\n"
    assert [entry.key for entry in pk.read_string(rows, "csv")] == ["D0", "007", "x y", "DBLP:conf/x", "D0"]


def test_a_very_large_cell_is_read() -> None:
    (entry,) = pk.read_string(f"id,title,abstract\na,T,{'x' * 300_000}\n", "csv")
    assert len(entry["abstract"]) == 300_000


def test_json_lines_that_are_broken_are_told() -> None:
    first = '{"id": "a", "title": "T", "colour": "red", "x-y z": 1}'
    last = '{"title": "U", "authors": ["A B", {"name": "C"}]}'
    text = f"{first}\nnot json\n[1]\n\n{last}\n"
    library = jsonl.read(Document("x.jsonl", text))
    assert [entry.get("title") for entry in library] == ["T", "U"]
    assert library[1]["author"] == "A B and C"
    assert [str(found) for found in library.diagnostics] == [
        "x.jsonl:1:1 [a]: PK433 BibLaTeX has no place for x-y z of JSON Lines",
        "x.jsonl:2: PK438 1 JSON record could not be read: Expecting value",
        "x.jsonl:3: PK438 1 JSON record could not be read: the line is no object",
    ]


def test_json_lines_of_csl_items() -> None:
    line = json.dumps({"id": "a", "type": "article-journal", "title": "T", "container-title": "J"})
    (entry,) = jsonl.read(Document("", line))
    assert (entry.type, entry["journaltitle"]) == ("article", "J")


# -- records -----------------------------------------------------------------------------------------

BIB = """
@article{a, author = {Doe, Jane and {WHO}}, title = {The {DNA}}, journaltitle = {J}, date = {2020-05},
  eid = {e1}}
@book{b, title = {B \\& C}, year = 1999, publisher = {P}, venue = {Paris}}
"""


def test_records_have_the_same_columns_and_come_back() -> None:
    library = pk.read_string(BIB, "biblatex")
    rows = pk.to_records(library)
    assert list(rows[0]) == list(rows[1]) == [*CONTRACT, "date", "eid", "publisher", "eventplace"]
    assert rows[0]["author"] == "Doe, Jane and {WHO}"
    assert [row["year"] for row in rows] == [2020, 1999]
    back = pk.from_records(rows)
    assert [sorted(entry) for entry in back] == [sorted(entry) for entry in library]
    assert back[0]["author"] == library[0]["author"]
    assert back[1]["title"] == "B \\& C"


def test_a_year_that_is_no_number_makes_all_of_them_texts() -> None:
    rows = pk.to_records(pk.read_string("@misc{a, year = {MMXX?}}\n@misc{b, year = 2000}"))
    assert {type(row["year"]) for row in rows if row["year"] is not None} <= {str}


def test_records_take_missing_values_and_lists() -> None:
    row = {
        "id": "a",
        "title": None,
        "year": math.nan,
        "volume": 3.0,
        "author": ["Doe, J.", "Roe, R."],
        "pages": "",
    }
    (entry,) = pk.from_records([row])
    assert dict(entry) == {"author": "Doe, J. and Roe, R.", "volume": "3"}


@pytest.mark.parametrize("rows", ["text", {"id": "a"}, 7, [1], None])
def test_what_is_no_table_is_refused(rows: object) -> None:
    with pytest.raises(pk.PubkitError, match="give"):
        pk.from_records(rows)  # type: ignore[arg-type]


def test_pandas_both_ways() -> None:
    pandas = pytest.importorskip("pandas")
    library = pk.read_string(BIB, "biblatex")
    frame = pk.to_pandas(library)
    assert frame.year.tolist() == [2020, 1999]
    assert str(frame.year.dtype) == "Int64"
    assert [entry.key for entry in pk.from_records(frame)] == ["a", "b"]
    assert list(pk.to_pandas(pk.read_string("", "bibtex")).columns) == CONTRACT
    assert isinstance(frame, pandas.DataFrame)


def test_polars_both_ways() -> None:
    polars = pytest.importorskip("polars", reason="polars is not among the test tools")
    frame = polars.DataFrame(pk.to_records(pk.read_string(BIB, "biblatex")))
    assert [entry.key for entry in pk.from_records(frame)] == ["a", "b"]


# -- spreadsheets ------------------------------------------------------------------------------------


def test_a_real_spreadsheet() -> None:
    library = pk.read(data_path("formats/loader-pairs/colrev/xlsx_data.xlsx"))
    assert len(library) == 3
    assert library[0]["author"] == "Smith, A and Walter, B"
    assert (library[0].year, library[0].key) == (2021, "Id_0001")


def test_an_archive_that_is_no_spreadsheet_is_named(tmp_path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(pk.UnknownFormatError, match="zip archive"):
        pk.read(path)
    broken = tmp_path / "a.xlsx"
    broken.write_bytes(b"PK\x03\x04 xl/workbook.xml" + b"\0" * 40)
    with pytest.raises(pk.PubkitError, match="spreadsheet cannot be read"):
        pk.read(broken)


def test_dialects_are_told_apart() -> None:
    for dialect in DIALECTS[:-1]:
        others = [other.name for other in DIALECTS if other.marks and other.marks <= dialect.marks]
        assert others == [dialect.name]
