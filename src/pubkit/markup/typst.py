"""Typst markup, with functions rather than delimiters: those work beside any character."""

from __future__ import annotations

import re

from pubkit.markup import plain, walk
from pubkit.markup.marks import Mark, marked, tidy
from pubkit.markup.raw import raw_text
from pubkit.markup.tree import (
    Block,
    Emph,
    Highlight,
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
)

# Beside the delimiters: quotes and dashes that Typst would make typographic, comments, bare addresses.
_SPECIAL = re.compile(r"""[\\*_`$\#@<>\[\]~'"]|/(?=[/*])|-(?=[-?\d])|\.(?=\.)""")
# What would start a heading or a list at the beginning of a line, or of a function's content.
_START = re.compile(r"\s*(?:\d+(?=\.)|(?==+(?:\s|\Z)|[-+/](?:\s|\Z)))")
_SPACE = re.compile(r"\s*[\r\n]\s*")
# What Typst would read as going on with the function call before it.
_CONTINUES = frozenset("([.;")


def escape(text: str) -> str:
    r"""Return plain text as Typst markup that shows exactly it, wherever it stands in a line.

    >>> escape("#1 [a] x_y")
    '\\#1 \\[a\\] x\\_y'
    """
    text = _SPACE.sub(" ", walk.printable(text)) if "\n" in text or "\r" in text else walk.printable(text)
    escaped = _SPECIAL.sub(walk.backslash, text)
    found = _START.match(escaped)
    return f"{found[0]}\\{escaped[found.end() :]}" if found else escaped


def write(rich: Rich) -> str:
    """Return a tree as one line of Typst markup.

    >>> write((Emph(("Nature",)), "(12)"))
    '#emph[Nature];(12)'
    """
    out: list[str] = []
    call = False  # the output so far ends in a function call
    for piece in tidy(walk.pieces(rich, escape, _TAGS)):
        if call and piece[0] in _CONTINUES:
            out.append(";")
        out.append(piece)
        call = isinstance(piece, _Call) or (isinstance(piece, Mark) and piece.closing)
    return "".join(out)


class _Call(str):
    """A whole function call."""

    __slots__ = ()


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    return ("", node.children, "") if url is None else marked(f"#link({_string(url)})[", "]")(node)


def _code(node: Mono) -> walk.Tag:
    return _Call(f"#raw({_string(_SPACE.sub(' ', walk.printable(plain.write(node.children))))})"), (), ""


_PLAIN: dict[str, walk.Build] = {
    "font-style": marked('#text(style: "normal")[', "]"),
    "font-weight": marked('#text(weight: "regular")[', "]"),
    "font-variant": marked("#text(features: (smcp: 0))[", "]"),
}
_BLOCKS: dict[str, walk.Build] = {
    "left-margin": walk.wrap("", " "),
    "block": marked("#block[", "]"),
    "indent": marked("#block(inset: (left: 2em))[", "]"),
}
_TAGS: walk.Tags = {
    Emph: marked("#emph[", "]"),
    **dict.fromkeys((Strong, Highlight), marked("#strong[", "]")),
    SmallCaps: marked("#smallcaps[", "]"),
    Underline: marked("#underline[", "]"),
    Sup: marked("#super[", "]"),
    Sub: marked("#sub[", "]"),
    Mono: _code,
    Plain: lambda node: _PLAIN.get(node.property, walk.unwrap)(node),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(escape),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: lambda node: _BLOCKS.get(node.display, walk.unwrap)(node),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
