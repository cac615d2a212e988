"""CSL-JSON in and out: shapes, bad input, stability."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.csljson import CSL_JSON, read, sniff, write
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.conftest import data_path

ITEM = '{"id": "a", "type": "book", "title": "T"}'


def from_text(text: str) -> Library:
    return read(Document("x.json", text))


@pytest.mark.parametrize(
    "text",
    [
        f"[{ITEM}]",
        f"\n {ITEM}\n",
        f'{{"items": [{ITEM}]}}',
        f'{{"references": [{ITEM}], "other": 1}}',
        '{"a": {"type": "book", "title": "T"}}',
    ],
)
def test_shapes_that_hold_items(text: str) -> None:
    library = from_text(text)
    assert [(entry.key, entry.type, entry["title"]) for entry in library] == [("a", "book", "T")]
    assert library.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json:1:1: PK427 not JSON"),
        ("[{", "x.json:1:3: PK427 not JSON"),
        ('[\n{"id": "a",}]', "x.json:2:12: PK427 not JSON"),
        ("7", "x.json: PK427 the JSON is no list of CSL items"),
        ('"text"', "x.json: PK427 the JSON is no list"),
        ('{"colour": "red"}', "x.json: PK427 the JSON is no list"),
        ("null", "x.json: PK427 the JSON is no list"),
        ("[" * 100_000, "x.json: PK427 brackets nest too deep"),
        ('{"a":' * 100_000, "x.json: PK427 brackets nest too deep"),
        (f"[{'9' * 5000}]", "x.json: PK428 element 1 is a text"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_list_of_items_is_told(text: str, message: str) -> None:
    library = from_text(text)
    assert len(library) == 0
    (found,) = library.diagnostics
    assert str(found).startswith(message)
    assert found.severity == "error"
    assert found.hint


def test_deep_values_inside_an_item_are_left_out() -> None:
    deep = "[" * 900 + "]" * 900
    library = from_text(
        f'[{{"id": "a", "type": "book", "issued": {{"date-parts": {deep}}}, "title": {deep}}}]'
    )
    assert dict(library[0]) == {}
    assert [found.code for found in library.diagnostics] == ["PK426", "PK426"]


def test_elements_that_are_no_items_are_left_out_and_told() -> None:
    library = from_text(f'[1, null, "x", [], true, {ITEM}]')
    assert [entry.key for entry in library] == ["a"]
    assert [str(found) for found in library.diagnostics] == [
        f"x.json: PK428 element {number} is {kind}, not an object; it is left out; remove it or mend it"
        for number, kind in enumerate(["a number", "null", "a text", "an array", "a truth value"], 1)
    ]


def test_findings_about_an_item_name_file_and_key() -> None:
    (found,) = from_text('[{"id": "a", "type": "gadget"}]').diagnostics
    assert str(found).startswith("x.json [a]: PK425")


def test_brackets_in_texts_do_not_count() -> None:
    title = "[" * 300 + '\\"' + "{" * 300
    library = from_text(f'[{{"id": "a", "type": "book", "title": "{title}"}}]')
    assert library[0].text("title") == title.replace('\\"', '"')


def test_written_text_is_stable_and_readable() -> None:
    library = Library((Entry("book", "ä", {"author": "Doe, Jané and {ACME}", "title": "T", "date": "2020"}),))
    text = write(library)
    assert text == (
        "[\n  {\n"
        '    "id": "ä",\n    "type": "book",\n'
        '    "author": [\n      {"family": "Doe", "given": "Jané"},\n      {"literal": "ACME"}\n    ],\n'
        '    "title": "T",\n    "issued": {"date-parts": [[2020]]}\n'
        "  }\n]\n"
    )
    assert write(from_text(text)) == text
    assert write(Library()) == "[]\n"


def test_what_is_not_carried_is_reported() -> None:
    report: list = []
    write(Library((Entry("book", "a", {"title": "T", "weather": "fine"}),)), report=report)
    assert [found.code for found in report] == ["PK430"]
    assert report[0].location.field == "weather"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        (f"[{ITEM}]", 0.9, 1),
        ('\ufeff[\n  {"type":"article-journal","id":"x"}]', 0.9, 1),
        ("[]", 0.2, 0.5),
        ('{"items": [{"id": 1, "title": "x"}]}', 0.4, 1),
        ("@book{a, title = {[x]}}", 0, 0),
        ("[1] A. Author. A title. 2020.", 0, 0.2),
        ("{not json}", 0, 0),
        ("", 0, 0),
    ],
)
def test_sniff(text: str, least: float, most: float) -> None:
    assert least <= sniff(text) <= most


def test_a_thousand_real_items_come_back_as_they_were() -> None:
    text = data_path("bench/mixed-1k.csl.json").read_text(encoding="utf-8")
    library = from_text(text)
    assert library.diagnostics == ()
    assert json.loads(write(library)) == json.loads(text)


@pytest.mark.parametrize("name", ["csl-json"])
def test_real_files_are_read(name: str) -> None:
    for path in sorted(data_path(f"formats/{name}").rglob("*.json")):
        library = read(Document(path.name, path.read_text(encoding="utf-8")))
        assert library.entries or library.diagnostics, path


@given(st.text(max_size=80) | st.text(alphabet='[]{}",:1a\\ \n', max_size=80))
def test_any_text_is_a_library_or_a_finding(text: str) -> None:
    library = from_text(text)
    assert library.entries or library.diagnostics or text.strip().replace(" ", "").startswith(("[", "{"))


def test_the_format_is_registered() -> None:
    from pubkit.formats.detect import get_format

    assert get_format("csl-json") is CSL_JSON
