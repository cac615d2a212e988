"""Alphabetical order."""

from __future__ import annotations

import importlib.util
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.errors import PluginError
from pubkit.text.collation import collator, sort_key

# Each line is in the order of CLDR's root table.
IN_ORDER = [
    ["a b", "a-b", "a, b", "a.b", "ab"],
    ["1", "2", "a", "B", "α", "Β", "а", "Б", "あ", "中"],
    ["cote", "Cote", "coté", "côte", "Côte", "côté"],
    ["resume", "Resume", "résumé", "Résumé"],
    ["Aachen", "Anderson", "Ångström", "Äpfel", "Apfelbaum"],
    ["aerosol", "Æsir", "aft"],
    ["Oslo", "Øst", "Osu", "Ötzi"],
    ["Lodz", "Łódź", "lodzer"],
    ["Strasse", "Straße", "Strassen"],
    ["thorn", "zulu", "þorn"],
    ["Ελένη", "Έλλη", "Ηρώ", "Σοφία", "Σόφια", "Ωμέγα"],
    ["Абрамов", "Ёжик", "Ежов", "Жуков", "Иванов", "Йорк", "Яковлев"],
    ["van Gogh", "Van Gogh", "Vangelis"],
    ["‘quoted’", "“quoted”", "(quoted)", "quoted"],
]


@pytest.mark.parametrize("words", IN_ORDER, ids=lambda words: words[0])
def test_order(words: list[str]) -> None:
    mixed = list(words)
    random.Random(7).shuffle(mixed)  # noqa: S311  # any order will do
    assert sorted(mixed, key=sort_key) == words


def test_decomposed_letters_sort_as_composed_ones() -> None:
    assert sort_key("E\u0301mile") == sort_key("Émile")
    assert sort_key("ﬁle")[0] == sort_key("file")[0]
    assert sort_key("Ｚola")[0] == sort_key("Zola")[0]


def test_accents_count_after_letters_and_case_after_accents() -> None:
    assert sort_key("Émile") < sort_key("emilia")
    assert sort_key("emile") < sort_key("Emile") < sort_key("émile")


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_a_key_and_keys_are_ordered(one, two, three) -> None:
    keys = sorted([sort_key(one), sort_key(two), sort_key(three)])
    assert keys[0] <= keys[2]
    assert all(isinstance(part, str) for key in keys for part in key)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x52F), min_size=1))
def test_a_longer_word_comes_behind_its_beginning(text) -> None:
    assert sort_key(text)[0] < sort_key(text + "a")[0]


def test_exact_collation_is_a_choice() -> None:
    assert collator() is sort_key
    if importlib.util.find_spec("pyuca") is None:
        with pytest.raises(PluginError, match="pip install pyuca"):
            collator("exact")
    else:
        assert sorted(["Zola", "Émile"], key=collator("exact")) == ["Émile", "Zola"]
