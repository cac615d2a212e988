"""Folding text for matching, and the numbers in titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.text.fold import fold
from pubkit.text.numerals import int_to_roman, numerals, roman_to_int


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  A  Title:\tSub–title ", "a title sub title"),
        ("Gödel, Escher, Bach", "godel escher bach"),
        ("Go\u0308del", "godel"),
        ("STRASSE straße", "strasse strasse"),
        ("Ørsted Łukasz Þór Đặng ħ ı œuvre Æsop", "orsted lukasz thor dang h i oeuvre aesop"),
        ("O’Brien O'Brien OʼBrien", "o brien o brien o brien"),
        ("C++ vs. C# vs. C", "c++ vs c# vs c"),
        ("+1 # x", "1 x"),
        ("ﬁne ② x² Ⅷ", "fine 2 x2 viii"),
        ("snake_case", "snake case"),
        ("Ελληνικά Ёлка й", "ελληνικα елка и"),
        ("한국어 データ 中文，标题", "한국어 データ 中文 标题"),
        ("हिंदी", "हिंदी"),
        ("İstanbul", "istanbul"),
        ("a\u200bb\u00adc", "abc"),
        ("x\u00a0y", "x y"),
        ("$\\alpha$ & 50%", "alpha 50"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_gives_the_same(text: str) -> None:
    assert fold(text + " é") == f"{fold(text)} e".strip()


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F)))
def test_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@given(st.integers(1, 3999))
def test_roman_numerals(number: int) -> None:
    assert roman_to_int(int_to_roman(number)) == number
    assert roman_to_int(int_to_roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "IL", "XM", "ABC", "ⅷ", "M" * 1000, "0", "i v"])
def test_no_roman_numeral(text: str) -> None:
    assert roman_to_int(text) is None


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_no_numeral_for(number: int) -> None:
    with pytest.raises(ValueError, match="no Roman numeral"):
        int_to_roman(number)


@given(st.text())
def test_any_text(text: str) -> None:
    roman_to_int(text)
    numerals(text)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Quantum Walks, Part I", ("1",)),
        ("Quantum Walks, Part II: Applications", ("2",)),
        ("quantum walks part ii applications", ("2",)),
        ("Quantum Walks, Part Two", ("2",)),
        ("Quantum Walks: Second Part", ()),
        ("Quantum Walks, Volume C", ("100",)),
        ("Quantum Walks I", ("1",)),
        ("Quantum Walks i", ()),
        ("I, Robot", ()),
        ("What I Did in 2020", ("2020",)),
        ("GPT-4 and GPT-3.5", ("4", "3.5")),
        ("Version 007", ("7",)),
        ("Malcolm X", ("10",)),
        ("X-rays and CV joints MIX", ()),
        ("Civic Studies", ()),
        ("Xi Wins", ()),
        ("Louis XIV", ("14",)),
        ("Two Cats", ()),
        ("Chapter Twelve", ("12",)),
        ("3,000 ways", ("3,000",)),
        ("", ()),
    ],
)
def test_numerals(title: str, found: tuple[str, ...]) -> None:
    assert numerals(title) == found
