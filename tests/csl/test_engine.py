"""The engine's public face: what it returns, reports and refuses, and that nothing crashes it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.csl import Citation, Cite, Engine
from pubkit.errors import LocaleNotFoundError, StyleError, StyleNotFoundError, StyleSyntaxError
from pubkit.markup.tree import Emph, Link, Math, Tagged, strings

DOE = {
    "id": "doe",
    "type": "book",
    "title": "A Life",
    "DOI": "10.1000/182",
    "author": [{"family": "Doe", "given": "Jane"}, {"family": "Roe", "given": "Max"}],
    "issued": {"date-parts": [[2020]]},
}


def style(body, attributes='class="in-text"'):
    return f'<style version="1.0" {attributes}>{body}</style>'


TITLE = '<citation><layout><text variable="title"/></layout></citation>'
BOTH = TITLE + '<bibliography><layout><text variable="title"/></layout></bibliography>'


def test_bibliography_has_ids_texts_and_trees():
    found = Engine("apa", [DOE]).bibliography()
    assert [entry.id for entry in found] == ["doe"]
    assert found[0].text == "Doe, J., & Roe, M. (2020). A Life. https://doi.org/10.1000/182"
    assert Emph(("A Life",)) in found[0].rich
    assert str(found) == found[0].text
    assert found.hanging_indent


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("html", "<i>A Life</i>"),
        ("markdown", "*A Life*"),
        ("latex", "\\emph{A Life}"),
        ("text", "A Life"),
    ],
)
def test_output_formats(to, expected):
    assert expected in str(Engine("apa", [DOE]).bibliography(to=to))


def test_layout_hints():
    found = Engine("ieee", [DOE]).bibliography()
    assert (found.second_field_align, found.max_offset) == ("flush", 3)


def test_unknown_output_format():
    with pytest.raises(StyleError, match="docx"):
        Engine("apa", [DOE]).bibliography(to="docx2")


def test_title_as_tree_keeps_its_mathematics():
    item = DOE | {"title": ("On ", Math("x^2"), " and ", Emph(("E. coli",)))}
    entry = Engine("apa", [item]).bibliography()[0]
    assert "x^2" in "".join(strings(entry.rich))


def test_annotate_tags_variables_and_names():
    rich = Engine("apa", [DOE], annotate=True).bibliography()[0].rich
    assert Tagged(("Roe, M.",), "author", 1) in rich
    assert Tagged(("2020",), "issued") in rich


def test_links():
    rich = Engine("apa", [DOE], links=True).bibliography()[0].rich
    assert Link(("https://doi.org/10.1000/182",), "https://doi.org/10.1000/182") in rich


def test_locale():
    item = DOE | {"edition": "2"}
    assert "2. Aufl." in str(Engine("din-1505-2", [item], "de-AT").bibliography())


def test_cite_composite_author_only_suppressed():
    engine = Engine("apa", [DOE])
    assert engine.cite(["doe"]) == "(Doe & Roe, 2020)"
    assert engine.cite([Cite("doe", locator="5")], mode="composite") == "Doe and Roe (2020, p. 5)"
    assert engine.cite([Cite("doe", author_only=True)]) == "Doe and Roe"
    assert engine.cite([Cite("doe", suppress_author=True)]) == "(2020)"
    assert Engine("ieee", [DOE]).cite(["doe"], mode="composite") == "Doe and Roe [1]"


def test_update_returns_what_changed():
    other = DOE | {"id": "other", "title": "B"}
    engine = Engine("apa", [DOE, other])
    engine.begin_document()
    first = Citation((Cite("doe"),), id="c1")
    assert [change.text for change in engine.update([first])] == ["(Doe & Roe, 2020)"]
    second = Citation((Cite("other"),), id="c2")
    changes = {change.id: change.text for change in engine.update([first, second])}
    assert changes == {"c1": "(Doe & Roe, 2020a)", "c2": "(Doe & Roe, 2020b)"}
    assert engine.update([first, second]) == []


def test_uncited_items_stay_out_of_a_document():
    engine = Engine("apa", [DOE, DOE | {"id": "other", "title": "B"}])
    engine.begin_document()
    engine.update([Citation((Cite("other"),), id="c1")])
    assert [entry.id for entry in engine.bibliography()] == ["other"]


def test_cite_of_an_unknown_item_is_reported():
    engine = Engine("apa", [DOE])
    engine.cite(["nobody", "doe"])
    assert [found.code for found in engine.diagnostics] == ["PK507"]


def test_an_item_without_output_is_reported():
    engine = Engine(style(BOTH), [{"id": "a", "type": "book"}])
    assert len(engine.bibliography()) == 0
    assert [found.code for found in engine.diagnostics] == ["PK508"]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("text", "PK501"),
        ({"id": "a"}, "PK503"),
        ({"id": "a", "type": "book", "author": "Doe, Jane"}, "PK504"),
        ({"id": "a", "type": "book", "author": [7]}, "PK504"),
        ({"id": "a", "type": "book", "issued": {"date-parts": [[]]}}, "PK505"),
        ({"id": "a", "type": "book", "issued": {"date-parts": [["x"]]}}, "PK505"),
        ({"id": "a", "type": "book", "title": {"x": 1}}, "PK506"),
    ],
)
def test_bad_items_are_reported(item, code):
    engine = Engine("apa", [item])
    str(engine.bibliography())
    assert code in [found.code for found in engine.diagnostics]


def test_duplicate_ids_are_reported():
    assert [found.code for found in Engine("apa", [DOE, DOE]).diagnostics] == ["PK502"]


def test_ten_thousand_authors():
    item = DOE | {"author": [{"family": f"Name{n}", "given": "A."} for n in range(10_000)]}
    assert str(Engine("apa", [item]).bibliography()).startswith("Name0, A., ")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<style", "not well-formed"),
        ("<html/>", "not <style>"),
        ('<style version="0.8"/>', "CSL 0.8"),
        ("<style/>", "CSL 0.8 or older"),
        (style(""), "neither <citation> nor <bibliography>"),
        (style("<citation/>"), "no <layout>"),
        (style('<citation><layout><text macro="x"/></layout></citation>'), "macro 'x' is not defined"),
        (style('<macro name="a"><text macro="a"/></macro>' + TITLE), "loop: a → a"),
        (style("<citation><layout><image/></layout></citation>"), "<image> is not allowed"),
        (style("<citation><layout><choose/></layout></citation>"), "does not begin with <if>"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><style/>', "document type"),
    ],
)
def test_style_errors_name_line_and_remedy(source, message):
    with pytest.raises(StyleSyntaxError, match="<style>:1") as caught:
        Engine(source, [DOE])
    assert message in str(caught.value)
    assert caught.value.hint


def test_long_macro_chain_is_an_error():
    macros = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(200))
    last = '<macro name="m200"><text value="x"/></macro>'
    body = macros + last + '<citation><layout><text macro="m0"/></layout></citation>'
    with pytest.raises(StyleSyntaxError, match="nested deeper"):
        Engine(style(body), [DOE])


def test_unknown_style_and_locale():
    with pytest.raises(StyleNotFoundError):
        Engine("no-such-style-at-all", [DOE])
    with pytest.raises(LocaleNotFoundError):
        Engine("apa", [DOE], "xx-XX")


def test_style_without_bibliography():
    with pytest.raises(StyleError, match="no bibliography"):
        Engine(style(TITLE), [DOE]).bibliography()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(
        ["<i>a</b>", "'a' \"b", "12-13, 15", "van der Vlist", "d'Arc", "J.-P.", "2004-10-01/2004", "note: x"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["family", "given", "literal", "suffix", "date-parts", "raw", "season", "circa"]),
        inner, max_size=3,
    ),
    max_leaves=8,
)  # fmt: skip
ITEMS = st.dictionaries(
    st.sampled_from(
        ["id", "type", "title", "author", "editor", "issued", "accessed", "page", "volume", "edition",
         "container-title", "note", "language", "DOI", "shortTitle"]
    ),
    VALUES, max_size=8,
)  # fmt: skip


@pytest.mark.parametrize("name", ["apa", "ieee", "chicago-notes-bibliography"])
@settings(max_examples=40)
@given(items=st.lists(ITEMS, max_size=4), locator=st.text(max_size=12))
def test_no_item_crashes_the_engine(name, items, locator):
    engine = Engine(name, items)
    for entry in engine.bibliography():
        assert "".join(strings(entry.rich)) or entry.text == ""
    for item_id in engine.items:
        engine.cite([Cite(item_id, locator=locator), Cite(item_id, prefix=locator, suffix=locator)], note=1)


@settings(max_examples=40)
@given(order=st.permutations([f"i{n}" for n in range(6)]))
def test_the_order_of_items_does_not_change_a_sorted_bibliography(order):
    items = {f"i{n}": DOE | {"id": f"i{n}", "title": f"Title {n // 2}", "volume": str(n)} for n in range(6)}
    body = (
        '<citation disambiguate-add-year-suffix="true"><layout><names variable="author"/>'
        '<date variable="issued" form="text" date-parts="year"/></layout></citation>'
        '<bibliography><sort><key variable="title"/><key variable="volume"/></sort>'
        '<layout><text variable="volume"/><date variable="issued" form="text" date-parts="year"/>'
        "</layout></bibliography>"
    )
    found = Engine(style(body), [items[name] for name in order]).bibliography()
    assert str(found).split("\n") == [f"{n}2020{letter}" for n, letter in enumerate("abcdef")]


def test_exact_collation_is_selectable():
    items = [{"id": name, "type": "book", "title": name} for name in ("Zebra", "Éclair", "Echo", "Ängstlich")]
    for collation in ("table", "exact"):
        engine = Engine("apa", items, collation=collation)
        assert [entry.id for entry in engine.bibliography()] == ["Ängstlich", "Echo", "Éclair", "Zebra"]
