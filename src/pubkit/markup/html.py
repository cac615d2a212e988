"""HTML, both ways: inline HTML in metadata to the tree, and the tree to HTML that is safe to paste."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from unicodedata import normalize

from pubkit.markup import walk
from pubkit.markup.raw import raw_text
from pubkit.markup.tags import Tag, attributes, find_tags, pair_tags
from pubkit.markup.tree import (
    MAX_DEPTH,
    Block,
    Emph,
    Highlight,
    Inline,
    Link,
    Math,
    Mono,
    NoCase,
    Node,
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
from pubkit.markup.words import words

Build = Callable[[Rich], Node]

_ELEMENTS: dict[str, Build] = {
    **dict.fromkeys(("i", "em", "cite", "var", "dfn", "italic"), Emph),
    **dict.fromkeys(("b", "strong", "bold"), Strong),
    **dict.fromkeys(("u", "ins", "underline"), Underline),
    **dict.fromkeys(("code", "tt", "kbd", "samp", "monospace"), Mono),
    **dict.fromkeys(("sc", "smallcaps"), SmallCaps),
    **dict.fromkeys(("sup", "msup"), Sup),
    **dict.fromkeys(("sub", "msub"), Sub),
    "q": Quote,
}
# Elements that stand apart from the text around them: a blank where the tag was.
_BREAKS = words(
    """
    p div br li ul ol tr td th table title sec h1 h2 h3 h4 h5 h6 blockquote hr pre
    """
)
_DROPPED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)|<[?!][^<>]*>", re.DOTALL | re.IGNORECASE
)
# Bounded: ordering many marks on one letter costs the square of their number.
_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]{1,20}")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_STYLES: tuple[tuple[str, Build], ...] = (
    ("font-variant:small-caps", SmallCaps),
    ("font-style:italic", Emph),
    ("font-weight:bold", Strong),
    ("text-decoration:underline", Underline),
)


@lru_cache(maxsize=1024)
def parse(html: str) -> Rich:
    r"""Return the tree of inline HTML, as metadata services deliver it; never fails.

    Elements that are not known (JATS and MathML among them) leave their text; scripts and comments go; a `<`
    that starts no tag is text.

    >>> parse("<p>H<sub>2</sub>O &amp; <jats:italic>E.&nbsp;coli</jats:italic></p>")
    ('H', Sub(children=('2',)), 'O & ', Emph(children=('E.\xa0coli',)))
    """
    html = _DROPPED.sub("", html)
    tags = list(find_tags(html))
    pairs = pair_tags(tags)
    ends = {close: start for start, close in pairs.items()}
    stack: list[tuple[list[Inline], Build | None]] = [([], None)]
    position = 0
    for index, tag in enumerate(tags):
        items = stack[-1][0]
        items.append(_text(html[position : tag.start]))
        position = tag.end
        if _local(tag) in _BREAKS:
            items.append(" ")
        if index in pairs:
            stack.append(([], _build(tag)))
        elif index in ends:
            items, build = stack.pop()
            if build is not None and len(stack) <= MAX_DEPTH:
                stack[-1][0].append(build(join(items)))
            else:
                stack[-1][0].extend(items)
    stack[-1][0].append(_text(html[position:]))
    return _trim(join(stack[0][0]))


def _local(tag: Tag) -> str:
    return tag.name.rpartition(":")[2]


def _build(tag: Tag) -> Build | None:
    """Return what an element makes of its content; None if nothing."""
    name = _local(tag)
    if name == "a":
        url = unescape(attributes(tag.attributes).get("href", ""))
        return (lambda children: Link(children, url)) if walk.safe_url(url) else None
    if name == "span" and tag.attributes:
        values = attributes(tag.attributes)
        if "nocase" in values.get("class", "").split():
            return NoCase
        style = values.get("style", "").replace(" ", "").lower()
        return next((build for mark, build in _STYLES if mark in style), None)
    return _ELEMENTS.get(name)


def _text(source: str) -> str:
    """Decode references and compose accents that stood as references of their own."""
    if "&" not in source:
        return source
    return _ACCENTED.sub(lambda found: normalize("NFC", found[0]), unescape(source))


def _trim(rich: Rich) -> Rich:
    """Collapse white space, as HTML shows it, and drop it at both ends."""
    space = True  # the text so far ends in white space

    def collapse(text: str) -> str:
        nonlocal space
        text = _SPACE.sub(" ", text)
        if space:
            text = text.removeprefix(" ")
        if text:
            space = text.endswith(" ")
        return text

    rich = join(walk.map_text(rich, collapse))
    if rich and isinstance(rich[-1], str):
        rich = join((*rich[:-1], rich[-1].removesuffix(" ")))
    return rich


def write(rich: Rich, *, tagged: bool = False) -> str:
    """Return a tree as HTML: everything escaped, links only to http, https and mailto.

    Args:
        rich: The tree.
        tagged: Whether to mark what came from a CSL variable, as `<span class="csl-title">`.

    >>> write(("a<b ", Emph(("x",)), Link(("run",), "javascript:alert(1)")))
    'a&lt;b <i>x</i>run'
    """
    return walk.render(rich, _escape, _TAGGED if tagged else _TAGS)


def _escape(text: str) -> str:
    return escape(walk.printable(text))


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    return ("", node.children, "") if url is None else (f'<a href="{escape(url)}">', node.children, "</a>")


def _tagged(node: Tagged) -> walk.Tag:
    name = re.sub(r"[^a-z0-9-]", "", node.variable.lower())
    return f'<span class="csl-{name}">', node.children, "</span>"


def _span(style: str) -> tuple[str, str]:
    return f'<span style="{style}">', "</span>"


_TAGS: dict[type, walk.Build] = {
    Emph: walk.wrap("<i>", "</i>"),
    Strong: walk.wrap("<b>", "</b>"),
    Sup: walk.wrap("<sup>", "</sup>"),
    Sub: walk.wrap("<sub>", "</sub>"),
    Underline: walk.wrap("<u>", "</u>"),
    Mono: walk.wrap("<code>", "</code>"),
    SmallCaps: walk.wrap(*_span("font-variant: small-caps")),
    Plain: walk.by_attribute(
        "property",
        {
            "font-style": _span("font-style: normal"),
            "font-weight": _span("font-weight: normal"),
            "font-variant": _span("font-variant: normal"),
            # decoration and raising are not undone by "none" inside: the box has to leave the line's flow
            "text-decoration": _span("display: inline-block; text-decoration: none"),
            "vertical-align": _span("vertical-align: baseline; font-size: medium"),
        },
    ),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(_escape),
    Raw: walk.leaf(lambda source: _escape(raw_text(source))),
    Link: _link,
    Highlight: walk.wrap('<strong class="highlight">', "</strong>"),
    Block: walk.by_attribute(
        "display",
        {
            name: (f'<div class="csl-{name}">', "</div>")
            for name in ("block", "left-margin", "right-inline", "indent")
        },
    ),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
_TAGGED: dict[type, walk.Build] = {**_TAGS, Tagged: _tagged}
