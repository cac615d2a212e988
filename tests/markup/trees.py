"""Random trees for the laws: all of them, and those that a LaTeX field can say."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from pubkit.markup.tree import (
    Block,
    Emph,
    Highlight,
    Inline,
    Link,
    Math,
    Mono,
    NoCase,
    Plain,
    Quote,
    Raw,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Tagged,
    Underline,
    join,
)

# Plenty of what some format finds special, and a few letters from everywhere.
SPECIAL = "\\{}$&%#_^~`'\"-,.*<>[]()|@!?=+/:;1aA é“”‘’–—\u00a0Ж中"
words = st.text(st.sampled_from(SPECIAL), min_size=1, max_size=8)
sources = st.sampled_from([r"\alpha", "x^2", r"\frac{a}{b}", "a-b", r"\mathbb{R}_{n}", r"\unknown{x}"])
raws = st.sampled_from([r"\foo", r"\foo{a b}", r"\bar[x]{y}", r"\footnote{z}", r"\1"])
urls = st.sampled_from(["https://a.b/c_d?e=1&f=%20#g", "http://x.y", "mailto:a@b.c"])

ONE_CHILD: tuple[Callable[[Rich], Inline], ...] = (Emph, Strong, SmallCaps, Underline, Sup, Sub, Mono, NoCase)
PROPERTIES = ("font-style", "font-weight", "font-variant", "text-decoration", "vertical-align")
DISPLAYS = ("block", "left-margin", "right-inline", "indent")


def _field_nodes(children: st.SearchStrategy[Rich]) -> st.SearchStrategy[Rich]:
    nodes = st.one_of(
        words,
        *(st.builds(make, children) for make in ONE_CHILD),
        st.builds(Plain, children, st.sampled_from(PROPERTIES[:3])),
        st.builds(Quote, children, st.sampled_from([1, 2])),
        st.builds(Math, sources),
        st.builds(Raw, raws),
        st.builds(Link, children, urls),
    )
    return st.lists(nodes, max_size=4).map(join)


def _all_nodes(children: st.SearchStrategy[Rich]) -> st.SearchStrategy[Rich]:
    nodes = st.one_of(
        _field_nodes(children).flatmap(lambda rich: st.sampled_from(rich) if rich else st.just("")),
        st.builds(Plain, children, st.sampled_from(PROPERTIES)),
        st.builds(Tagged, children, st.sampled_from(["title", "author"])),
        st.builds(Highlight, children),
        st.builds(Block, children, st.sampled_from(DISPLAYS)),
    )
    return st.lists(nodes, max_size=4).map(join)


field_trees = st.recursive(st.lists(words, max_size=2).map(join), _field_nodes, max_leaves=8)
trees = st.recursive(st.lists(words, max_size=2).map(join), _all_nodes, max_leaves=8)

EVERY_NODE: tuple[Inline, ...] = (
    *(make(("x",)) for make in ONE_CHILD),
    *(Plain(("x",), name) for name in PROPERTIES),
    *(Block(("x",), name) for name in DISPLAYS),
    Quote(("x",)),
    Quote(("x",), 2),
    Quote(("x",), 3),
    Math("x"),
    Math(r"\unknown{x}"),
    Raw(r"\x{y}"),
    Link(("x",), "https://a.b"),
    Link(("x",), "javascript:alert(1)"),
    Tagged(("x",), "title", 0),
    Highlight(("x",)),
)
