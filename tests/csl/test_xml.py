"""Reading style XML: the tree, and what hostile or broken input gets."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.csl.xml import MAX_DEPTH, MAX_SIZE, parse_xml
from pubkit.errors import StyleSyntaxError

CSL = 'xmlns="http://purl.org/net/xbiblio/csl"'


def test_tags_lose_their_namespace_whatever_its_prefix() -> None:
    plain = parse_xml(f"<style {CSL}><info/></style>")
    prefixed = parse_xml(f"<cs:style {CSL.replace('xmlns', 'xmlns:cs')}><cs:info/></cs:style>")
    bare = parse_xml("<style><info/></style>")
    for root in (plain, prefixed, bare):
        assert (root.tag, [child.tag for child in root.children]) == ("style", ["info"])


def test_elements_and_attributes_of_other_namespaces_are_left_out() -> None:
    root = parse_xml(
        f'<style {CSL} xmlns:x="urn:x" x:a="1" b="2" xml:lang="de"><x:y>no<info/></x:y>yes</style>'
    )
    assert root.attrib == {"b": "2", "xml:lang": "de"}
    assert root.children == []
    assert root.text == "yes"


def test_text_entities_and_lines() -> None:
    root = parse_xml("\n<terms>\n  <term name='and'>A &amp; &#8220;B&#x201D;<!-- no --> C</term>\n</terms>")
    term = root.find("term")
    assert term is not None
    assert (term.text, term.line, term.get("name"), term.get("form", "long")) == (
        "A & “B” C",
        3,
        "and",
        "long",
    )
    assert [node.tag for node in root.iter()] == ["terms", "term"]
    assert root.find("date") is None
    assert root.find_all("term") == [term]
    assert repr(term) == "<Node term line 3>"


def test_bytes_in_their_own_encoding_and_byte_order_marks() -> None:
    latin = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1")
    assert parse_xml(latin).text == "é"
    assert parse_xml("\ufeff<a>é</a>".encode("utf-16")[2:]).text == "é"
    assert parse_xml('\ufeff<?xml version="1.0" encoding="utf-16"?><a>é</a>').text == "é"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("", "x.csl:1", "no element found"),
        ("plain words", "x.csl:1", "not well-formed XML"),
        ("<style>\n<info>\n</style>", "x.csl:3", "mismatched tag"),
        ('\n\n<?xml version="1.0"?>\n<style a="1" a="2"/>', "x.csl:4", "duplicate attribute"),
        ("<style>&nbsp;</style>", "x.csl:1", "undefined entity"),
        ("<style>\x00</style>", "x.csl:1", "not well-formed"),
        ("<style>\ud800</style>", "x.csl", "surrogate"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "x.csl:1", "document type declarations"),
        ('<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>', "x.csl:1", "document type"),
        ("\n" + "<a>" * (MAX_DEPTH + 1), "x.csl:2", "nest deeper"),
        ("<a>" * 100_000, "x.csl:1", "nest deeper"),
        (" " * (MAX_SIZE + 1), "x.csl", "longer than"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "x.csl", "no CSL element"),
    ],
    ids=lambda value: value[:30],
)
def test_bad_xml_is_an_error_with_its_place(text: str, where: str, message: str) -> None:
    with pytest.raises(StyleSyntaxError, match=message) as caught:
        parse_xml(text, "x.csl")
    assert caught.value.where == where
    assert caught.value.hint


@given(st.text(alphabet="<>/abc&;\"'=! \n[]?-", max_size=60) | st.binary(max_size=60))
def test_any_input_gives_a_tree_or_our_own_error(text) -> None:
    with suppress(StyleSyntaxError):
        parse_xml(text)
