"""Citation keys: patterns, transliteration, collisions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.api import read_string
from pubkit.errors import PubkitError
from pubkit.keys import DEFAULT_PATTERN, check_pattern, make_key, make_keys
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.cases import parametrize


@parametrize("keys")
def test_pattern(case, pytestconfig):
    """A case is an entry, then one pattern a line; expected is the key of each."""
    head, _, patterns = case.input.partition("\n}\n")
    entry = read_string(head + "\n}\n", format="biblatex")[0]
    lines = []
    for pattern in patterns.split("\n"):
        umlauts = "ae" if pattern.startswith("ae ") else "a"
        lines.append(make_key(entry, pattern.removeprefix("ae "), umlauts=umlauts))
    case.check("\n".join(lines), pytestconfig)


@pytest.mark.parametrize(
    "pattern", ["[auth", "auth]", "[auth:nosuch]", "[]", "[auth:lower:]", "[[auth]]", "[:lower]"]
)
def test_bad_pattern(pattern):
    with pytest.raises(PubkitError):
        check_pattern(pattern)


def entries(count: int, **fields: str) -> Library:
    return Library(tuple(Entry("misc", "", fields) for _ in range(count)))


def test_collisions_get_letters():
    library, changed = make_keys(entries(30, title="Bees", date="2020"))
    keys = [entry.key for entry in library]
    assert keys[:3] == ["bees2020", "bees2020a", "bees2020b"]
    assert keys[26:28] == ["bees2020z", "bees2020aa"]
    assert len(set(keys)) == 30
    assert changed == {}


def test_keys_of_the_user_stay_and_are_avoided():
    mine = Entry("misc", "BEES2020", {"title": "Wasps"})
    library, changed = make_keys(Library((*entries(1, title="Bees", date="2020"), mine)))
    assert [entry.key for entry in library] == ["bees2020a", "BEES2020"]
    assert changed == {}


def test_references_follow():
    book = Entry("book", "old", {"title": "Bees", "editor": "Wu, T.", "date": "2020"})
    part = Entry(
        "inbook", "part", {"title": "Wings", "author": "Ong, I.", "crossref": "old", "related": "x,old"}
    )
    library, changed = make_keys(Library((book, part)), which="all")
    assert changed == {"old": "wu2020bees", "part": "ongwings"}
    assert library[1]["crossref"] == "wu2020bees"
    assert library[1]["related"] == "x,wu2020bees"


def test_nothing_to_do_gives_the_same_library():
    library = Library((Entry("misc", "a", {"title": "x"}),))
    assert make_keys(library)[0] is library


TEXT = st.text(max_size=30)
ENTRIES = st.lists(
    st.builds(
        lambda key, title, author, date: Entry("misc", key, {"title": title, "author": author, "date": date}),
        st.sampled_from(["", "", "a", "A", "b"]),
        st.one_of(TEXT, st.sampled_from(["Bees", "On Bees", "蜂"])),
        st.one_of(TEXT, st.just("Wu, T.")),
        st.sampled_from(["2020", "2021-03", "", "x"]),
    ),
    max_size=8,
)


@given(ENTRIES)
def test_laws(items):
    library, changed = make_keys(Library(tuple(items)), which="all")
    keys = [entry.key for entry in library]
    assert all(re.fullmatch(r"[A-Za-z0-9_.:+/-]+", key) for key in keys)
    assert len({key.casefold() for key in keys}) == len(keys)
    assert set(changed) <= {entry.key for entry in items}
    again, nothing = make_keys(library, which="all")
    assert again == library
    assert nothing == {}
    filled, _ = make_keys(Library(tuple(items)))
    before: set[str] = set()
    for old, new in zip(items, filled, strict=True):  # what has a key of its own keeps it
        assert new.key == old.key if old.key and old.key not in before else new.key not in before
        before |= {old.key, new.key}
    assert len({entry.key for entry in filled}) == len(filled)
    assert make_keys(filled) == (filled, {})


def test_a_repeated_key_gets_a_letter_and_references_stay_with_the_first():
    library = Library(
        (
            Entry("book", "a", {"title": "One"}),
            Entry("book", "a", {"title": "Two"}),
            Entry("inbook", "b", {"title": "Three", "crossref": "a"}),
        )
    )
    filled, changed = make_keys(library)
    assert [entry.key for entry in filled] == ["a", "aa", "b"]
    assert filled[2]["crossref"] == "a"
    assert changed == {}


@given(st.text(max_size=40))
def test_any_pattern_works_or_is_refused(pattern):
    entry = Entry("misc", "", {"title": "Bees", "author": "Wu, T.", "date": "2020"})
    try:
        key = make_key(entry, pattern)
    except PubkitError:
        return
    assert re.fullmatch(r"[A-Za-z0-9_.:+/-]+", key)


def test_default_pattern_is_the_contract():
    assert DEFAULT_PATTERN == "[auth:lower][year][veryshorttitle:lower]"
