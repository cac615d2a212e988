"""Locales: fallback, overrides in styles, forms and genders of terms, ordinals."""

from __future__ import annotations

import pytest

from pubkit.csl.locales import find_locale, list_locales, load_locale
from pubkit.csl.xml import Node, parse_xml
from pubkit.errors import LocaleNotFoundError


def override(lang: str, inside: str) -> Node:
    attribute = f' xml:lang="{lang}"' if lang else ""
    return parse_xml(f"<locale{attribute}>{inside}</locale>")


def term(lang: str, name: str, text: str) -> Node:
    return override(lang, f'<terms><term name="{name}">{text}</term></terms>')


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("de-AT", "de-AT"), ("de", "de-DE"), ("DE_at", "de-AT"), ("de-LI", "de-DE"), ("en-AU", "en-US"),
        ("pt-AO", "pt-PT"), ("zh-Hant-TW", "zh-TW"), ("zh-Hans", "zh-CN"), ("no", "nb-NO"),
        ("sr-RS", "sr-Latn-RS"), ("sr-Cyrl", "sr-Cyrl-RS"), ("eu", "eu"), (" fr-FR ", "fr-FR"),
    ],
)  # fmt: skip
def test_find_locale(asked: str, found: str) -> None:
    assert find_locale(asked) == found


@pytest.mark.parametrize(
    ("asked", "offered"), [("gx", ""), ("germn", "de-DE"), ("Deutsch", "de-DE"), ("", "")]
)
def test_a_wrong_locale_gets_the_nearest_ones(asked: str, offered: str) -> None:
    with pytest.raises(LocaleNotFoundError) as caught:
        find_locale(asked)
    assert offered in caught.value.hint
    assert caught.value.hint


def test_a_styles_unknown_locale_is_served_by_american_english() -> None:
    assert load_locale("gx").lang == "en-US"
    assert load_locale("gx", [term("gx", "and", "og")]).term("and") == "og"


def test_all_locales_load_and_have_the_terms_that_styles_need() -> None:
    for code, (native, english) in list_locales().items():
        locale = load_locale(code)
        assert native and english
        for name in ("and", "et-al", "editor", "page", "month-01", "open-quote"):
            assert locale.term(name), (code, name)
        assert locale.date("text") and locale.date("numeric")
        assert locale.ordinal(3)


# -- overrides ------------------------------------------------------------------------------------


def test_overrides_go_from_general_to_specific_whatever_their_order() -> None:
    nodes = [term("de-AT", "and", "dialect"), term("", "and", "any"), term("de", "and", "language")]
    for order in (nodes, nodes[::-1]):
        assert load_locale("de-AT", order).term("and") == "dialect"
        assert load_locale("de-CH", order).term("and") == "language"
        assert load_locale("fr-FR", order).term("and") == "any"
        assert load_locale("de-AT", order).term("editor", "short") == "Hrsg."  # the rest is the file's


def test_a_bare_language_means_its_primary_dialect() -> None:
    assert load_locale("de", [term("de-DE", "and", "x")]).term("and") == "x"
    assert load_locale("en", [term("en-GB", "and", "x")]).term("and") == "and"
    assert load_locale("en-AU", [term("en-AU", "and", "x")]).term("and") == "x"


def test_an_override_can_be_empty_and_replaces_one_form_only() -> None:
    locale = load_locale("en-US", [override("", '<terms><term name="editor" form="short"/></terms>')])
    assert locale.term("editor", "short") == ""
    assert locale.term("editor") == "editor"


def test_options_and_dates_are_overridden_one_by_one() -> None:
    nodes = [
        override(
            "en",
            '<style-options punctuation-in-quote="false"/><date form="text"><date-part name="year"/></date>',
        )
    ]
    locale = load_locale("en-US", nodes)
    assert not locale.punctuation_in_quote
    text, numeric = locale.date("text"), locale.date("numeric")
    assert text is not None and numeric is not None
    assert len(text.children) == 1
    assert len(numeric.children) == 3
    assert load_locale("en-US").punctuation_in_quote
    assert load_locale("fr-FR").limit_day_ordinals_to_day_1


def test_loading_with_overrides_leaves_the_plain_locale_as_it_was() -> None:
    load_locale("en-US", [term("", "and", "changed")])
    assert load_locale("en-US").term("and") == "and"


# -- terms ----------------------------------------------------------------------------------------

FORMS = """<terms>
<term name="a"><single>one</single><multiple>many</multiple></term>
<term name="a" form="short">o.</term>
<term name="a" form="verb">did</term>
<term name="b">only long</term>
<term name="noun" gender="feminine">nuance</term>
<term name="adj" gender-form="feminine">belle</term>
<term name="adj" gender-form="masculine">beau</term>
<term name="adj">neutral</term>
</terms>"""


@pytest.mark.parametrize(
    ("name", "form", "plural", "gender", "expected"),
    [
        ("a", "long", False, None, "one"),
        ("a", "long", True, None, "many"),
        ("a", "short", True, None, "o."),
        ("a", "symbol", False, None, "o."),  # symbol → short
        ("a", "verb-short", False, None, "did"),  # verb-short → verb
        ("b", "symbol", False, None, "only long"),
        ("b", "verb-short", True, None, "only long"),
        ("adj", "long", False, "feminine", "belle"),
        ("adj", "short", False, "masculine", "beau"),
        ("adj", "long", False, None, "neutral"),
        ("b", "long", False, "feminine", "only long"),
        ("missing", "long", False, None, None),
    ],
)
def test_forms_and_genders(name, form, plural, gender, expected) -> None:
    locale = load_locale("en-US", [override("", FORMS)])
    assert locale.term(name, form, plural, gender) == expected
    assert locale.gender("noun") == "feminine"
    assert locale.gender("a") is None


# -- ordinals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "number", "gender", "expected"),
    [
        ("en-US", 1, None, "1st"), ("en-US", 12, None, "12th"), ("en-US", 22, None, "22nd"),
        ("en-US", 113, None, "113th"), ("en-US", 1003, None, "1003rd"), ("en-US", 0, None, "0th"),
        ("fr-FR", 1, "feminine", "1ʳᵉ"), ("fr-FR", 1, "masculine", "1ᵉʳ"), ("fr-FR", 1, None, "1ᵉ"),
        ("fr-FR", 21, "masculine", "21ᵉ"), ("de-DE", 3, None, "3."), ("de-DE", 21, None, "21."),
    ],
)  # fmt: skip
def test_ordinals(lang: str, number: int, gender: str | None, expected: str) -> None:
    assert load_locale(lang).ordinal(number, gender) == expected


def test_match_rules() -> None:
    terms = """<terms><term name="ordinal">th</term><term name="ordinal-01">a</term>
        <term name="ordinal-02" match="last-two-digits">b</term>
        <term name="ordinal-03" match="whole-number">c</term><term name="ordinal-11">d</term></terms>"""
    rules = override("", terms)
    locale = load_locale("en-US", [rules])
    assert [locale.ordinal_suffix(n) for n in (1, 21, 11, 111)] == ["a", "a", "d", "d"]
    assert [locale.ordinal_suffix(n) for n in (2, 102, 12, 22)] == ["b", "b", "th", "th"]
    assert [locale.ordinal_suffix(n) for n in (3, 103, 13)] == ["c", "th", "th"]


def test_a_new_ordinal_replaces_the_whole_system() -> None:
    locale = load_locale("en-US", [term("", "ordinal", ".")])
    assert [locale.ordinal(n) for n in (1, 2, 11)] == ["1.", "2.", "11."]
    one_more = load_locale("en-US", [term("", "ordinal-04", "TH")])
    assert [one_more.ordinal(n) for n in (1, 4)] == ["1st", "4TH"]


def test_long_ordinals() -> None:
    english = load_locale("en-US")
    assert [english.long_ordinal(n) for n in (1, 10, 11, 0)] == ["first", "tenth", "11th", "0th"]
