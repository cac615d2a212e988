"""Plain Unicode text: what remains when there is no markup."""

from __future__ import annotations

from pubkit.markup import mathtext, scripts, walk
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


def _script(table: scripts.Table) -> walk.Build:
    def tag(node: Sup | Sub) -> walk.Tag:
        if all(isinstance(child, str) for child in node.children):
            shown = scripts.convert("".join(map(str, node.children)), table)
            if shown is not None:
                return shown, (), ""
        return "", node.children, ""

    return tag


def _same(text: str) -> str:
    return text


_TAGS: walk.Tags = {
    **dict.fromkeys(
        (Emph, Strong, SmallCaps, Underline, Plain, Mono, NoCase, Link, Tagged, Highlight), walk.unwrap
    ),
    Sup: _script(scripts.SUPERSCRIPTS),
    Sub: _script(scripts.SUBSCRIPTS),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.leaf(mathtext.to_text),
    Raw: walk.leaf(raw_text),
    Block: walk.by_attribute(
        "display", {"left-margin": ("", " "), "block": ("\n", "\n"), "indent": ("\n    ", "\n")}
    ),
}


def write(rich: Rich) -> str:
    """Return a tree as plain text: quotation marks as “ ”, scripts and simple mathematics in Unicode.

    >>> write(("H", Sub(("2",)), "O ", Emph(("in vitro",)), " ", Quote(("now",))))
    'H₂O in vitro “now”'
    """
    if len(rich) == 1 and isinstance(rich[0], str):
        return rich[0]
    return walk.render(rich, _same, _TAGS)
