"""HTML as a browser reads it, with offsets, in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.paperlist import html, htmltree, markdown


def texts(source: str) -> list[htmltree.Text]:
    return [part for part in htmltree.read(source) if isinstance(part, htmltree.Text) and part.text.strip()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a<p>b", ["a", "b"]),  # paragraphs end each other
        ("<table>x<tr><td>y</table>", ["x", "y"]),  # text out of place stands before the table
        ("<li>a<li>b", ["a", "b"]),
        ("a<b>c<i>d</b>e</i>f", ["a", "c", "d", "e", "f"]),  # crossed formatting
        ('<a title="x>y">z</a>', ["z"]),
        ("a < b > c", ["a < b > ", "c"]),
        ("<!-- a --><p>b<!-- c", ["b"]),
        ("<p title='a>b'>c", ["c"]),
        ("x &amp; y &eacute;&#233; R&D &c;", ["x & y éé R&D &c;"]),
    ],
)
def test_broken_pages_are_read_as_browsers_read_them(source: str, expected: list[str]) -> None:
    assert [part.text for part in texts(source)] == expected


def test_each_text_knows_where_it_stands() -> None:
    source = "<h1>Papers</h1>\r\n<table><tr><td> <b>On &lt;X&gt;</b>\n, 2020<td>stray</table>"
    found = texts(source)
    assert [source[part.start : part.end].strip() for part in found] == [
        "Papers",
        "On &lt;X&gt;",
        ", 2020",
        "stray",
    ]


def test_what_is_not_shown_is_not_read() -> None:
    page = """<nav><a href=/>Home</a></nav><script>var a = "<p>x";</script><style>p{}</style>
    <p hidden>a<p style="display: none">b<p class="sr-only">c<p aria-hidden=true>d
    <ul class="navbar"><li>e</ul><template><p>f</template><noscript>g</noscript><select><option>h</select>
    <p>Shown<img src=x alt=y>"""
    assert [block.text for block in html.read(page)] == ["Shown"]


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<span>", "<ul><li>", "<table><tr><td>", "<b>", "<font size={}><p>a", "<a href={}><p>a",
        "<p><b><i>x", "<i id={}><div>x", "</p>", "<", "<!--", "<![CDATA[", "&", "<a ", "a>", "<td>x",
        "<math><mi>", "<svg><p>", "<select><option>", "<h1><a>", "<blockquote><p>", "<dl><dd>", "<pre>\n",
        '<a title="', "<x-y>", "\ufdd012\ufdd1a",
    ],
)  # fmt: skip
def test_hostile_pages_grow_neither_deep_nor_wide(piece: str) -> None:
    # Without bounds such pages make trees of millions of elements, or very deep ones.
    page = "".join(piece.format(number) for number in range(20_000))
    depth = deepest = count = 0
    for part in htmltree.read(page):
        count += 1
        if isinstance(part, htmltree.Start):
            depth += 1
            deepest = max(deepest, depth)
        elif isinstance(part, htmltree.End):
            depth -= 1
    assert not depth
    assert deepest < 4 * htmltree.MAX_DEPTH + 20  # a table is four elements
    assert count <= 20_000 * (3 * piece.count("<") + 4 * htmltree.MAX_FORMATTING)


@given(st.text(st.sampled_from("<>/abp =\"'!-&;\ufdd0\ufdd11\n*[]()`#"), max_size=200))
def test_any_text_is_read_and_offsets_are_within_it(text: str) -> None:
    for reader in (html.read, markdown.read):
        for block in reader(text):
            for line in block.lines:
                for span in line.spans:
                    assert 0 <= span.start <= span.end <= len(text)


def test_the_offset_of_a_line_in_preformatted_text() -> None:
    source = "<pre>\nA. Li. On X. 2020.\n\nB. Wu. On Y. 2021.\n</pre>"
    assert [source[block.start :].split("\n", maxsplit=1)[0] for block in html.read(source)] == [
        "A. Li. On X. 2020.",
        "B. Wu. On Y. 2021.",
    ]
