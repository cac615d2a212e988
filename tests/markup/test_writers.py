"""What holds for every writer."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.markup import csl, html, latex, markdown, plain, rtf
from pubkit.markup.tree import Emph, Inline, Link, Math, Node, Quote, Raw, Rich, Sup, strings
from pubkit.markup.writers import WRITERS
from tests.markup.trees import EVERY_NODE, trees

ALL: dict[str, Callable[[Rich], str]] = {**WRITERS, "csl": csl.write, "field": latex.write}
by_name = pytest.mark.parametrize("name", ALL)


def test_the_table_of_nodes_is_whole() -> None:
    assert {type(node) for node in EVERY_NODE} == set(get_args(Node))


@by_name
@pytest.mark.parametrize("node", EVERY_NODE, ids=str)
def test_every_writer_knows_every_node(name: str, node: Inline) -> None:
    written = ALL[name](("a ", node, " b"))
    assert "x" in written or "ˣ" in written or "ₓ" in written
    assert "javascript" not in written


@by_name
@given(rich=trees)
def test_no_tree_breaks_a_writer(name: str, rich: Rich) -> None:
    assert isinstance(ALL[name](rich), str)


@by_name
def test_deep_trees(name: str) -> None:
    rich: Rich = ("x",)
    for _ in range(max(20000, sys.getrecursionlimit() * 2)):
        rich = (Emph(rich),)
    assert "x" in ALL[name](rich)
    for _ in range(2000):
        rich = ("a", Sup(rich), Link(("b",), "https://a.b"))
    assert "x" in ALL[name](rich) or "ˣ" in ALL[name](rich)


@by_name
def test_characters_that_no_format_allows_are_left_out(name: str) -> None:
    if name not in ("csl", "field", "text"):
        assert "\x00" not in ALL[name](("a\x00b\ud800",))


class _Tags(HTMLParser):
    """Checks that tags nest, and collects what a browser shows."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.urls += [value or "" for name, value in attrs if name == "href"]
        assert tag in {"i", "b", "sup", "sub", "u", "code", "span", "strong", "div", "a"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(trees)
def test_html_is_well_formed_and_shows_the_text(rich: Rich) -> None:
    tags = _Tags()
    tags.feed(html.write(rich))
    tags.close()
    assert tags.open == []
    assert all(url.startswith(("https:", "http:", "mailto:")) for url in tags.urls)
    assert tags.urls.count("") == 0
    if not any(isinstance(node, Math | Raw | Quote) for node in _nodes(rich)):
        assert "".join(tags.text) == "".join(strings(rich))


def _nodes(rich: Rich) -> list[Inline]:
    out = list(rich)
    for node in rich:
        if not isinstance(node, str | Math | Raw):
            out.extend(_nodes(node.children))
    return out


def test_html_marks_variables_when_asked() -> None:
    from pubkit.markup.tree import Tagged

    rich = (Tagged(("x",), 'title" onclick="y'),)
    assert html.write(rich) == "x"
    assert html.write(rich, tagged=True) == '<span class="csl-titleonclicky">x</span>'


@given(st.text(st.sampled_from("<>/i b=\"'spanclasnocase&;")))
def test_html_shows_any_text_exactly(text: str) -> None:
    tags = _Tags()
    tags.feed(html.write((text,)))
    tags.close()
    assert "".join(tags.text) == text


@given(st.text(st.sampled_from("<>/ibspan =\"class'nocae;")))
def test_csl_text_never_turns_into_markup(text: str) -> None:
    rich = csl.parse(csl.write((text,)))
    assert all(isinstance(node, str) for node in rich)
    assert "".join(map(str, rich)).replace("\u2060", "") == text


@given(st.text())
def test_readers_take_any_text(text: str) -> None:
    html.parse(text)
    csl.parse(text)
    plain.write(html.parse(f"<i>{text}"))


@pytest.mark.parametrize(
    "piece", ["<i>", "<a ", '<a href="', "</i>", "<!--", "<script>", "&", "<span class='", "<i><b></i>"]
)
def test_hostile_html(piece: str) -> None:
    for parse in (html.parse, csl.parse):
        rich = parse(piece * 20000)
        assert len(html.write(rich)) >= 0
        rich = parse(piece * 5000 + "x" + "</i>" * 5000)
        assert isinstance(markdown.write(rich), str)


# What must never reach a LaTeX document as code.
_CODE = [
    r"\input{/etc/passwd}",
    r"\include{x}",
    r"\write18{rm -rf /}",
    r"\immediate\write18{x}",
    r"\openin5=x",
    r"\csname input\endcsname{x}",
    r"\def\x{\input{y}}",
    r"\catcode`\@=0",
    r"^^5cinput{x}",
    r"\ce{\input{x}}",
    r"\ce{^^5cinput}",
    r"\begin{filecontents}{x}",
    r"\ShellEscape{x}",
    r"\directlua{os.execute('x')}",
]


@pytest.mark.parametrize("code", _CODE)
def test_code_from_a_title_is_inert_in_a_document(code: str) -> None:
    macros = re.compile(
        r"\\(input|include|write|immediate|openin|csname|def|catcode|begin|ShellEscape|directlua)|\^\^"
    )
    for rich in (
        latex.parse(code),
        (Raw(code),),
        (Math(code),),
        latex.parse(f"${code}$"),
        latex.parse(f"\\emph{{{code}}}"),
        (Link((code,), f"https://a.b/{code}"),),
        latex.parse(f"\\href{{https://a.b/{code}}}{{x}}"),
        latex.parse(f"\\url{{{code}}}"),
    ):
        assert not macros.search(WRITERS["latex"](rich)), rich


def test_document_mathematics_cannot_comment_out_the_rest() -> None:
    assert WRITERS["latex"]((Math("50% x & y"), " z")) == r"$50\% x \& y$ z"


def test_rtf_file() -> None:
    document = rtf.document([rtf.write((Emph(("é𝔪",)),))])
    assert document.startswith("{\\rtf1") and document.isascii()
    assert document.count("{") == document.count("}")
    assert "\\u233?\\u-10187?\\u-8918?" in document
