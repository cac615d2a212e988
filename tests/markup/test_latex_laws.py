"""Laws of the LaTeX reader and writer."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubkit.markup import latex, plain
from pubkit.markup.latex import decode, reader
from pubkit.markup.tree import Link, Math, NoCase, Quote, Raw, Rich, join, strings
from tests.conftest import data_path
from tests.markup.trees import SPECIAL, field_trees

_SPACE = re.compile(r"[ \t\r\n]+")
_EMPTY_LINE = re.compile(r"[\r\n][ \t]*[\r\n]")
# Pieces of LaTeX, whole and broken, in any order.
_MACROS = r"""
\ \\ \( \) \[ \] \' \v \i \ae \emph \em \foo \url \href \mbox \footnote \enquote \char \kern \par \ensuremath
\alpha \& \textcolor{red} \uppercase {\v{c}} {DNA} {-} {\'{\i}} {\i} -- '' `` ,, {} $$ [x] 1em ^{2} _{
"""
latex_like = st.lists(st.sampled_from([*SPECIAL, *_MACROS.split(), "\n", "  "]), max_size=20).map("".join)


def spaced(text: str) -> str:
    """White space as LaTeX sees it: one space, or a paragraph where a line is empty."""
    return _SPACE.sub(lambda found: "\n\n" if _EMPTY_LINE.search(found[0]) else " ", text)


@given(latex_like)
def test_reading_never_fails_and_loses_no_words(source: str) -> None:
    rich = latex.parse(source)
    assert join(rich) == rich, "the reader gives the normal form"
    latex.problems(source)
    assert latex.to_text(source) == plain.write(rich)


@given(st.text())
def test_any_text_can_be_read(source: str) -> None:
    latex.parse(source)
    assert latex.to_text(source) == plain.write(latex.parse(source))
    latex.encode(source)


@given(st.text(st.one_of(st.sampled_from(SPECIAL), st.characters(exclude_categories=["Cs"]))))
@example("''--,,`")
def test_escaped_text_reads_back(text: str) -> None:
    assert latex.parse(latex.escape(text)) in ((spaced(text),), ())
    assert latex.to_text(latex.escape(text)) == spaced(text)
    assert latex.problems(latex.escape(text)) == ()


@given(st.text(st.sampled_from("{}\\ a")))
def test_escaped_text_has_braces_that_bibtex_can_pair(text: str) -> None:
    depth = 0
    for character in latex.escape(text):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


def normal(rich: Rich, *, protected: bool = False, linked: bool = False) -> Rich:
    """The form in which LaTeX keeps a tree: no protection inside protection, no link inside a link."""
    out = []
    for node in rich:
        if isinstance(node, str | Math | Raw):
            out.append(node)
            continue
        children = normal(
            node.children,
            protected=protected or isinstance(node, NoCase),
            linked=linked or isinstance(node, Link),
        )
        if (isinstance(node, NoCase) and protected) or (isinstance(node, Link) and linked):
            out.extend(children)
        elif isinstance(node, Link):
            out.append(Link(children, node.url))
        else:
            out.append(type(node)(children, *_rest(node)))
    merged = join(out)
    return join(spaced(node) if isinstance(node, str) else node for node in merged)


def _rest(node: object) -> tuple[object, ...]:
    if isinstance(node, Quote):
        return (node.level,)
    return (node.property,) if hasattr(node, "property") else ()


@given(field_trees)
def test_a_written_tree_reads_back(rich: Rich) -> None:
    source = latex.write(rich)
    assert _quotes(latex.parse(source)) == _quotes(normal(rich)), source
    assert latex.parse(latex.write(latex.parse(source))) == latex.parse(source)


def _quotes(rich: Rich) -> Rich:
    """Trees with the quotations at the level that their nesting gives them."""

    def walk(nodes: Rich, outer: bool) -> Rich:
        out = []
        for node in nodes:
            if isinstance(node, str | Math | Raw):
                out.append(node)
            elif isinstance(node, Quote):
                out.append(Quote(walk(node.children, False), 2 if not outer else node.level))
            else:
                rest = (node.url,) if isinstance(node, Link) else _rest(node)
                out.append(type(node)(walk(node.children, outer), *rest))
        return tuple(out)

    return walk(rich, True)


@given(field_trees)
def test_a_tree_in_ascii_says_the_same(rich: Rich) -> None:
    def shown(source: str) -> str:
        return plain.write(latex.parse(source)).replace("’", "'").replace("‑", "-")

    source = latex.write(rich, ascii=True)
    assert set(latex.unencodable(source)) == {c for c in "".join(strings(rich)) if c == "中"}
    assert shown(source) == shown(latex.write(rich)), source


_RANGES = {
    "Latin-1": (range(0xA1, 0x100), 1.0),
    "Latin Extended-A": (range(0x100, 0x180), 0.97),
    "Latin Extended-B": (range(0x180, 0x250), 0.45),
    "Latin Extended Additional": (range(0x1E00, 0x1F00), 0.95),
    "Greek": ([*range(0x391, 0x3A2), *range(0x3A3, 0x3D0)], 0.97),
    "Cyrillic": (range(0x400, 0x460), 1.0),
}


@pytest.mark.parametrize("name", _RANGES)
def test_alphabets_survive_ascii(name: str) -> None:
    codes, share = _RANGES[name]
    characters = [chr(code) for code in codes if chr(code).isprintable()]
    good = [
        c
        for c in characters
        if (s := latex.encode(c)).isascii() and latex.to_text(s) in (c, "" if c == "\xad" else c)
    ]
    assert len(good) >= share * len(characters), sorted(set(characters) - set(good))


@pytest.mark.parametrize(
    "source",
    [
        "{" * 20000,
        "}" * 20000,
        "{" * 20000 + "x" + "}" * 20000,
        "{a" * 20000 + "}" * 20000,
        "\\emph{" * 20000 + "x" + "}" * 20000,
        "\\textbf{a\\emph{" * 10000 + "x" + "}}" * 10000,
        "{\\em " * 20000,
        "\\'" * 20000,
        "\\'{" * 20000 + "}" * 20000,
        "$" * 20001,
        "{$" * 20000,
        "\\(" * 20000,
        "`" * 20001,
        "\\foo{" * 20000 + "}" * 20000,
        "\\foo{}" * 20000,
        "\\foo[" * 20000,
        "$" + "{" * 20000 + "}" * 20000 + "$",
        "$" + "x^{" * 20000 + "}" * 20000 + "$",
        "\\href{a}{" * 20000 + "}" * 20000,
        "\\textcolor{a}{" * 20000 + "}" * 20000,
        "\\uppercase{" * 20000 + "a" + "}" * 20000,
        "\\url{" * 20000,
        "\\enquote{" * 20000 + "}" * 20000,
        "\\em\\bf\\sc\\tt" * 5000,
        "\\\\[" * 20000,
        "\\kern 1" * 20000,
        "- " * 20000 + " " * 20000,
        "\\char" * 20000,
        "é" * 20000 + "\\(" * 20000,
    ],
    ids=lambda source: source[:14],
)
def test_hostile_depth_and_length(source: str) -> None:
    start = time.process_time()
    rich = latex.parse(source)
    text = latex.to_text(source)
    assert latex.parse(latex.write(rich)) is not None
    assert text == plain.write(rich)
    latex.problems(source)
    latex.encode(source)
    assert time.process_time() - start < 20, "linear in the length: the square would take minutes"


def test_the_three_ways_to_text_agree_on_real_values() -> None:
    text = data_path("bench/mixed-1k.bib").read_text(encoding="utf-8")
    values = set(re.findall(r"= *\{(.*)\},?\n", text))
    assert len(values) > 2000
    for value in values:
        assert latex.to_text(value) == plain.write(reader.read(value).rich)
    assert decode.to_text("ordinary") == "ordinary"
