"""Typst markup, with functions rather than delimiters: those work beside any character."""

from __future__ import annotations

import re

from pubkit.markup import plain, walk
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
# What would start a heading or a list at the beginning of a line.
_START = re.compile(r"()[=+/-]|\d+()\.")
_SPACE = re.compile(r"\s*[\r\n]\s*")
# What Typst would read as going on with the function call before it.
_CONTINUES = frozenset("([.;")


def escape(text: str) -> str:
    r"""Return plain text as Typst markup that shows exactly it, wherever it stands in a line.

    >>> escape("#1 [a] x_y")
    '\\#1 \\[a\\] x\\_y'
    """
    text = _SPACE.sub(" ", walk.printable(text)) if "\n" in text or "\r" in text else walk.printable(text)
    return _SPECIAL.sub(r"\\\g<0>", text)


def write(rich: Rich) -> str:
    """Return a tree as one line of Typst markup.

    >>> write((Emph(("Nature",)), "(12)"))
    '#emph[Nature];(12)'
    """
    out: list[str] = []
    call = False  # the output so far ends in a function call
    for piece in walk.pieces(rich, escape, _TAGS):
        if not piece:
            continue
        if call and piece[0] in _CONTINUES:
            out.append(";")
        out.append(piece)
        call = isinstance(piece, _Call)
    line = "".join(out)
    found = _START.match(line)
    return (
        line[: found.start(found.lastindex or 0)] + "\\" + line[found.start(found.lastindex or 0) :]
        if found
        else line
    )


class _Call(str):
    """The end of a function call."""

    __slots__ = ()


_END = _Call("]")


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    return ("", node.children, "") if url is None else (f"#link({_string(url)})[", node.children, _END)


def _code(node: Mono) -> walk.Tag:
    return _Call(f"#raw({_string(_SPACE.sub(' ', walk.printable(plain.write(node.children))))})"), (), ""


_TAGS: walk.Tags = {
    Emph: walk.wrap("#emph[", _END),
    **dict.fromkeys((Strong, Highlight), walk.wrap("#strong[", _END)),
    SmallCaps: walk.wrap("#smallcaps[", _END),
    Underline: walk.wrap("#underline[", _END),
    Sup: walk.wrap("#super[", _END),
    Sub: walk.wrap("#sub[", _END),
    Mono: _code,
    Plain: walk.by_attribute(
        "property",
        {
            "font-style": ('#text(style: "normal")[', _END),
            "font-weight": ('#text(weight: "regular")[', _END),
            "font-variant": ("#text(features: (smcp: 0))[", _END),
        },
    ),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(escape),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: walk.by_attribute(
        "display",
        {
            "left-margin": ("#box[", _Call("] ")),
            "block": ("#block[", _END),
            "indent": ("#block(inset: (left: 2em))[", _END),
        },
    ),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
