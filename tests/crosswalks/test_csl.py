"""Entries to CSL items and back: cases, pairs of citation-js, and the law of the round trip."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubkit.api import read, read_string, write_string
from pubkit.crosswalks.bibtex import to_biblatex
from pubkit.crosswalks.csl import from_csl, to_csl, to_csl_json
from pubkit.crosswalks.csl_tables import SUBTYPES, TYPES, TYPES_BACK
from pubkit.diagnostics import CODES, Diagnostic
from pubkit.markup.tree import Emph, NoCase
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES
from pubkit.model.fields import datatype
from pubkit.model.languages import LANGUAGES, language_tag
from pubkit.model.library import Library
from tests.cases import CASES, Case, parametrize
from tests.conftest import data_path


def dump(item: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())


def told(found: list[Diagnostic]) -> str:
    assert all(one.code in CODES for one in found)
    return "".join(f"\n! {one}" for one in found)


@parametrize("crosswalk-csl/to_csl.txt")
def test_to_csl(case: Case, pytestconfig: pytest.Config) -> None:
    parts = []
    for entry in read_string(case.input, "biblatex"):
        found: list[Diagnostic] = []
        parts.append(dump(to_csl_json(entry, diagnostics=found)) + told(found))
    case.check("\n".join(parts), pytestconfig)


@parametrize("crosswalk-csl/from_csl.txt")
def test_from_csl(case: Case, pytestconfig: pytest.Config) -> None:
    found: list[Diagnostic] = []
    entry = from_csl(json.loads(case.input), diagnostics=found)
    lines = [f"@{entry.type}{{{entry.key}}}", *(f"{name}: {value}" for name, value in entry.items())]
    case.check("\n".join(lines) + told(found), pytestconfig)


def test_the_engine_gets_trees_where_text_has_markup() -> None:
    item = to_csl(Entry("book", "a", {"title": r"\emph{A} {B}", "publisher": "C & D", "note": "a<b"}))
    assert item["title"] == (Emph(("A",)), " ", NoCase(("B",)))
    assert item["publisher"] == "C & D"
    assert item["note"] == ("a<b",)  # as text it might be taken for CSL's tags


# -- the tables -----------------------------------------------------------------------------------


def test_every_biblatex_type_has_a_csl_type() -> None:
    assert set(ENTRY_TYPES) - set(TYPES) <= {"bibnote", "set", "xdata"}


def test_every_csl_type_comes_back_as_itself() -> None:
    for csl_type in TYPES_BACK:
        entry = from_csl({"id": "a", "type": csl_type, "title": "T"})
        expected = "webpage" if csl_type == "article" else csl_type  # a preprint is one by its archive
        assert to_csl(entry)["type"] == expected


def test_subtypes_are_those_of_the_way_back() -> None:
    assert set(SUBTYPES.values()) <= set(TYPES_BACK)


def test_languages_are_tags() -> None:
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", tag) for tag in LANGUAGES.values())


# -- pairs of citation-js -------------------------------------------------------------------------

_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')


def comparable(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the two sides only write differently.

    That is case protection, names of one piece or of none, and languages, which CSL wants as tags.
    """
    result: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("citation-key", "custom"):
            continue
        if name == "language":
            result[name] = language_tag(value) or value
        elif isinstance(value, str):
            result[name] = _NOCASE.sub(r"\1", value)
        elif isinstance(value, list):
            result[name] = [{"family": one["literal"]} if "literal" in one else one for one in value if one]
        else:
            result[name] = value
    return result


def pairs() -> list[tuple[str, str, list[dict[str, Any]]]]:
    folder = data_path("csl-json-pairs")
    found = [
        (pair["name"], pair["input"], pair["expected"])
        for pair in json.loads((folder / "citation-js-pairs.json").read_text(encoding="utf-8"))
        if pair["type"] == "@biblatex/text"
    ]
    for dialect in ("biblatex", "bibtex"):
        mapping = folder / "citation-js-mapping"
        text = (mapping / f"{dialect}-input.bib").read_text(encoding="utf-8")
        found.append(
            (dialect, text, json.loads((mapping / f"{dialect}-csl.json").read_text(encoding="utf-8")))
        )
    return found


def test_parsed_pairs_of_citation_js() -> None:
    rows = json.loads((data_path("csl-json-pairs") / "citation-js-pairs.json").read_text(encoding="utf-8"))
    rows = [row for row in rows if row["type"] == "@biblatex/entries+list"]
    assert len(rows) == 2
    for row in rows:
        for one, answer in zip(row["input"], row["expected"], strict=True):
            kind, fields, _ = to_biblatex(one["type"], one["properties"])
            assert comparable(to_csl_json(Entry(kind, one["label"], fields))) == comparable(answer)


def test_pairs_of_citation_js() -> None:
    table = tomllib.loads((CASES / "crosswalk-csl" / "citation-js.toml").read_text(encoding="utf-8"))
    listed = {case: set(one["differs"]) for one in table["difference"] for case in one["cases"]}
    assert all(one["reason"] for one in table["difference"])
    differing: dict[str, set[str]] = {}
    total = 0
    for name, text, expected in pairs():
        entries = read_string(text, "biblatex", resolve=True)
        assert len(entries) == len(expected), name
        for entry, answer in zip(entries, expected, strict=True):
            total += 1
            ours, theirs = comparable(to_csl_json(entry)), comparable(answer)
            differs = {field for field in ours.keys() | theirs if ours.get(field) != theirs.get(field)}
            if differs:
                differing[f"{name}: {entry.key}"] = differs
    assert total > 100
    assert differing == listed


# -- the way back, to BibTeX and BibLaTeX ----------------------------------------------------------


def readable(entry: Entry) -> dict[str, Any]:
    """Return what an entry says, without what the two sides only write differently: braces, spaces, names."""
    said: dict[str, Any] = {"TYPE": entry.type}
    for name in entry:
        if datatype(name) == "name-list":
            said[name] = [(who.full_family, who.given, who.suffix) for who in entry.names(name)]
        elif name == "pages":
            said[name] = str(entry.pages)
        elif name == "keywords":
            said[name] = [word.strip() for word in entry[name].split(",")]
        else:
            said[name] = entry.text(name)
    return said


def test_items_of_citation_js_as_bibtex() -> None:
    """CSL → .bib: ours and citation-js's, both read again, say the same but for what is listed."""
    table = tomllib.loads((CASES / "crosswalk-csl" / "citation-js-out.toml").read_text(encoding="utf-8"))
    listed: dict[str, set[str]] = {}
    for one in table["difference"]:
        assert one["reason"]
        for case in one["cases"]:
            listed.setdefault(case, set()).update(one["differs"])
    folder = data_path("csl-json-pairs") / "citation-js-mapping"
    differing: dict[str, set[str]] = {}
    for dialect, total in (("bibtex", 16), ("biblatex", 28)):
        items = read(folder / f"{dialect}-csl.json", format="csl-json")
        ours = read_string(write_string(Library(items.entries), dialect))
        theirs = read(folder / f"{dialect}-output.bib")
        assert len(items) == len(ours) == len(theirs) == total
        for item, mine, other in zip(items, ours, theirs, strict=True):
            one, two = readable(mine), readable(other)
            differs = {name for name in one.keys() | two if one.get(name) != two.get(name)}
            if differs:
                differing[f"{dialect}: {item.key}"] = differs
    assert differing == listed


def test_items_that_citation_js_writes_are_written_and_read_again() -> None:
    spec = json.loads((data_path("csl-json-pairs") / "output-spec.json").read_text(encoding="utf-8"))
    count = 0
    for cases in spec.values():
        for case in cases.values():
            for number, item in enumerate(case[0]):
                entry = from_csl({**item, "id": f"k{number}"})
                for dialect in ("bibtex", "biblatex"):
                    (again,) = read_string(write_string(Library((entry,)), dialect))
                    assert again == entry
                count += 1
    assert count > 20


# -- laws -----------------------------------------------------------------------------------------

WORDS = (
    st.text(alphabet="abc ÄßΩ中<>&%$_{}#~^\\'\"", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
FAMILIES, GIVEN = st.sampled_from(["Doe", "García", "O'Neil"]), st.sampled_from(["J.", "Ann"])
NAMES = st.lists(st.fixed_dictionaries({"family": FAMILIES, "given": GIVEN}), min_size=1, max_size=3)
ITEMS = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["a", "b2"]),
        "type": st.sampled_from(["article-journal", "book", "thesis", "webpage"]),
    },
    optional={
        "title": WORDS,
        "container-title": WORDS,
        "publisher": WORDS,
        "note": WORDS,
        "volume": st.integers(1, 99).map(str),
        "author": NAMES,
        "issued": st.tuples(st.integers(1, 2100), st.integers(1, 12)).map(
            lambda d: {"date-parts": [list(d)]}
        ),
        "DOI": st.sampled_from(["10.1000/a_b", "10.1/x<y>"]),
        "language": st.sampled_from(["de", "en-GB", "ja"]),
    },
)


@given(ITEMS)
def test_items_come_back_as_they_were(item) -> None:
    back = to_csl_json(from_csl(item))
    # a word joiner keeps what looks like a tag from being one
    assert {
        name: value.replace("\u2060", "") if isinstance(value, str) else value for name, value in back.items()
    } == item


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
VARIABLES = st.sampled_from(
    ["id", "type", "title", "author", "issued", "page", "number", "language", "status", "x"]
)


@example({"issued": [float("inf")]})
@given(st.dictionaries(VARIABLES, JSON, max_size=6))
def test_any_json_object_becomes_an_entry(item) -> None:
    found: list[Diagnostic] = []
    entry = from_csl(item, diagnostics=found)
    assert isinstance(entry, Entry)
    to_csl_json(entry)


@given(
    st.dictionaries(
        st.sampled_from(["title", "date", "pages", "author", "number", "type", "langid"]),
        st.text(max_size=20),
    )
)
def test_any_field_text_becomes_an_item(fields) -> None:
    assert json.dumps(to_csl_json(Entry("article", "a", fields)))
