"""Normalising as a whole: real lists, the laws, what must never change."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubkit.api import read_string
from pubkit.errors import PubkitError
from pubkit.markup.latex import to_text
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.normalize import normalize
from tests.cases import parametrize
from tests.conftest import data_path


def shown(library: Library) -> str:
    lines = []
    for entry in library:
        lines.append(f"@{entry.type} {entry.key}")
        lines += [f"  {name}: {value}" for name, value in entry.items()]
    return "\n".join(lines)


@parametrize("normalize")
def test_case(case, pytestconfig):
    library = read_string(case.input, format="bibtex")
    clean = normalize(library)
    codes = " ".join(change.code for change in clean.changes)
    case.check(f"{shown(clean)}\n{codes}", pytestconfig)


def test_changes_tell_before_and_after_under_the_new_key():
    raw = Entry(
        "inproceedings", "", {"title": "Routing LLMs", "booktitle": "ICML", "date": "2025", "volume": " "}
    )
    clean = normalize(Library((raw,)))
    told = {(change.field, change.before, change.after, change.code) for change in clean.changes}
    assert told == {
        ("volume", " ", "", "F016"),
        ("volume", "", None, "F001"),
        ("title", "Routing LLMs", "Routing {LLMs}", "T001"),
        ("booktitle", "ICML", "Proceedings of the 42nd International Conference on Machine Learning", "J002"),
        ("key", None, "routingllms2025", "K001"),
    }
    assert {change.key for change in clean.changes} == {"routingllms2025"}


def test_selection_and_keys():
    raw = Entry("misc", "mine", {"title": "On RNA", "author": "Wu,T."})
    library = Library((raw,))
    assert normalize(library, select="T")[0].fields == {"title": "On {RNA}", "author": "Wu,T."}
    assert normalize(library, ignore=["T", "N"])[0] == raw
    assert normalize(library, keys="all")[0].key == "wurna"
    assert normalize(library, keys="all", key_pattern="[auth:upper]")[0].key == "WU"
    assert normalize(Library((Entry("misc", ""),)), keys="keep")[0].key == ""
    with pytest.raises(PubkitError, match="keys"):
        normalize(library, keys=False)  # type: ignore[arg-type]
    with pytest.raises(PubkitError):
        normalize(library, key_pattern="[nosuch:marker]")


def test_what_is_not_repaired_is_told_once():
    library = Library((Entry("article", "a", {"title": "Bees", "author": "SMITH, JOHN"}),))
    once = normalize(library)
    assert {d.code for d in once.diagnostics} == {"N003", "F002"}
    assert normalize(once).diagnostics == once.diagnostics


def test_what_the_list_reader_told_is_not_told_again():
    library = read_string("Research\n- ICML 2025 Thinking about Honey Bees\n", format="paper-list")
    assert [d.code for d in library.diagnostics if d.location.field == "author"] == ["PK104"]
    assert [d.code for d in normalize(library).diagnostics if d.location.field == "author"] == ["PK104"]


def test_an_untouched_entry_stays_the_same_object():
    entry = Entry("misc", "a", {"title": "Bees", "author": "Wu, T.", "date": "2020"})
    assert normalize(Library((entry,)))[0] is entry


# -- laws ----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *[
            "LLM",
            "RouteLLM",
            "Starling-7B",
            "{",
            "}",
            "{DNA}",
            "\\",
            "$",
            "x^2",
            "\\emph{",
            "\\'e",
            "é",
            "e\u0301",
        ],
        *["“", '"', "'", "´", "`", "--", "–", "‐", " ", "  ", "\n", "\u00a0", "\u200b", "\u00ad", "\ufeff"],
        *[
            "&amp;",
            "&#8211;",
            "&nbsp;",
            "and",
            " and ",
            "et al.",
            ",",
            ";",
            ".",
            "12-15",
            "pp. 3",
            "2020",
            "March",
        ],
        *["10.1145/1234", "arXiv:2403.04132", "https://doi.org/10.1145/1234", "ICML", "NeurIPS 2023", "JMLR"],
        *[
            "https://arxiv.org/abs/2403.04132v2",
            "CoRR",
            "A",
            "The",
            "of",
            "IN CAPITALS",
            "Wu",
            "T.J.",
            "J.",
            "AB",
        ],
        *["I", "B", "Q-Learning", "~", "%", "&", "_", "[x]", "in press", "c. 1850"],
    ]
)
VALUES = st.one_of(
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
    st.text(max_size=40),
)
NAMES = (
    *("title", "subtitle", "booktitle", "journaltitle", "author", "editor", "date", "year", "month", "day"),
    *("pages", "volume", "number", "doi", "url", "note", "eprint", "eprinttype", "howpublished", "abstract"),
    *(
        "keywords",
        "isbn",
        "issn",
        "pmid",
        "file",
        "weather",
        "shorttitle",
        "publisher",
        "crossref",
        "pubstate",
    ),
    *("eventtitle", "urldate"),
)
ENTRIES = st.builds(
    Entry,
    st.sampled_from(["article", "inproceedings", "misc", "online", "book", "thesis", "artcle"]),
    st.sampled_from(["", "", "a", "b"]),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=7),
)


@given(st.lists(ENTRIES, max_size=3))
def test_running_twice_changes_nothing_more(entries):
    once = normalize(Library(tuple(entries)))
    assert normalize(once) == once


@given(st.lists(ENTRIES, max_size=3), st.booleans())
def test_unsafe_repairs_reach_a_fixed_point_too(entries, keep):
    once = normalize(Library(tuple(entries)), unsafe=True, keys="keep" if keep else "missing")
    again = normalize(once, unsafe=True, keys="keep" if keep else "missing")
    assert again.entries == once.entries


@given(ENTRIES)
def test_changes_are_complete(entry):
    """Replaying the changes on the entry gives the normalised one."""
    clean = normalize(Library((entry,)))
    for change in clean.changes:
        if change.field == "type":
            assert change.before == entry.type
            entry = entry.replace(type=change.after)
        elif change.field == "key":
            entry = entry.replace(key=change.after)
        else:
            assert entry.fields.get(change.field) == change.before
            entry = entry.with_fields({change.field: change.after})
    assert entry == clean[0]


@given(ENTRIES)
def test_verbatim_fields_belong_to_the_identifier_rules(entry):
    for change in normalize(Library((entry,))).changes:
        if change.field in ("url", "doi", "file", "eprint"):
            assert change.code.startswith("I") or (change.code == "F001" and change.after is None)
        assert change.field != "weather"


@example("`'LLM")
@example("\\LLM[x]LLM")
@example("\\A0A")
@given(VALUES)
def test_protection_changes_no_word(title):
    """Braces are all that T001 adds: the text that a person reads stays."""
    clean = normalize(Library((Entry("misc", "a", {"title": title}),)), select="T001")[0]["title"]
    assert to_text(clean) == to_text(title)
    assert clean.replace("{", "").replace("}", "") == title.replace("{", "").replace("}", "")


def test_real_lists_reach_a_fixed_point_and_keep_their_titles():
    """On real .bib files: twice is once, and titles read as before but for the marks that rules name."""
    for name in ("lists/28-dallard.bib", "lists/30-laajala.bib", "lists/22-wang.bib"):
        library = read_string(data_path(name).read_text(encoding="utf-8"), format="bibtex")
        once = normalize(library)
        assert normalize(once) == once
        assert len({entry.key for entry in once}) == len(once)
        for old, new in zip(library, once, strict=True):
            before, after = ("".join(filter(str.isalnum, entry.text("title"))) for entry in (old, new))
            assert before == after
