"""Letter case: cases by text case in tests/cases/casing, languages, and the laws of pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.text.casing import TEXT_CASES, convert, convert_pieces, is_title_cased, sentence_case
from tests.cases import Case, parametrize


def as_pieces(line: str) -> tuple[tuple[str, bool], ...]:
    parts = re.split(r"\[([^\]]*)\]", line)
    return tuple((part, number % 2 == 1) for number, part in enumerate(parts) if part)


@parametrize("casing")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    lines = case.input.split("\n")
    case.check(
        "\n".join("".join(convert_pieces(as_pieces(line), case.path.stem)) for line in lines), pytestconfig
    )


@pytest.mark.parametrize(
    ("text", "case", "lang", "expected"),
    [
        ("über die wolken", "title", "de-DE", "über die wolken"),
        ("his anonymous life", "title", "en-GB", "His Anonymous Life"),
        ("his anonymous life", "title", "french", "his anonymous life"),
        ("istanbul", "capitalize-first", "tr", "İstanbul"),
        ("istanbul", "uppercase", "tr-TR", "İSTANBUL"),
        ("ISPARTA", "lowercase", "tr", "ısparta"),
        ("ijsland in de winter", "capitalize-first", "nl", "IJsland in de winter"),
        ("ijsland", "capitalize-first", "en", "Ijsland"),
        ("ǆamija", "capitalize-first", "hr", "ǅamija"),
        ("ὈΔΥΣΣΕΎΣ", "lowercase", "el", "ὀδυσσεύς"),
        ("", "title", "en", ""),
    ],
)
def test_languages(text: str, case, lang: str, expected: str) -> None:
    assert convert(text, case, lang) == expected


def test_title_case_is_for_english() -> None:
    assert is_title_cased("EN-us")
    assert not is_title_cased("")
    assert not is_title_cased("de")


def test_apa_sentence_case_starts_anew_behind_a_colon() -> None:
    pieces = (("Dying Experts: New Rules? Yes. Or No in ", False), ("Bayes", True))
    assert sentence_case(pieces) == ("Dying experts: New rules? Yes. or no in ", "Bayes")


TEXT = st.text(alphabet=st.sampled_from("aAbBéÉßIiıΣσ β-–'’.:?! \u00a0xX9"), max_size=30)


@given(st.lists(st.tuples(TEXT, st.booleans()), max_size=6), st.sampled_from(TEXT_CASES))
def test_pieces_stay_pieces_and_protected_ones_stay_the_same(pieces, case) -> None:
    result = convert_pieces(tuple(pieces), case)
    assert len(result) == len(pieces)
    assert all(new == old for new, (old, protected) in zip(result, pieces, strict=True) if protected)


@given(st.lists(TEXT, max_size=5), st.sampled_from(TEXT_CASES))
def test_cutting_a_text_in_pieces_changes_nothing_but_final_sigma(texts, case) -> None:
    whole = convert("".join(texts), case)
    cut = "".join(convert_pieces(tuple((text, False) for text in texts), case))
    assert cut.replace("ς", "σ") == whole.replace("ς", "σ")


@given(st.text(max_size=40), st.sampled_from(TEXT_CASES), st.sampled_from(["en", "de", "tr", "nl", ""]))
def test_twice_is_once(text, case, lang) -> None:
    once = convert(text, case, lang)
    assert convert(once, case, lang) == once
