"""Org mode. What looks like markup and is none is written by the names that Org has for characters."""

from __future__ import annotations

import re

from pubkit.markup import plain, walk
from pubkit.markup.marks import Mark, marked, opens, tidy
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

# Org's entities; see `org-entities`. A character without one is parted from what follows by no width.
_ENTITIES = {
    "*": r"\ast{}", "/": r"\slash{}", "_": r"\under{}", "=": r"\equal{}", "+": r"\plus{}",
    "^": r"\asciicirc{}",
}  # fmt: skip
# What begins emphasis, a subscript, an entity or a link; what is inside words or between blanks is text.
_SPECIAL = re.compile(
    r"(?:(?<=\A)|(?<=[\s\-('\"{\u200b]))[*/_=~+](?=\S)|(?<=\S)[_^](?=\S)|\\(?=[A-Za-z_\\(\[])"
    r"|\[(?=\[|fn:|cite)"
)
# What would start a heading, list, table, comment or keyword.
_START = re.compile(r"(?:[-+*]|\d+[.)])(?=\s|\Z)|[|#:]")
_SPACE = re.compile(r"\s*[\r\n]\s*")
# Addresses that Org links by itself and that lead to more than a page.
_SCHEME = re.compile(
    r"\b(?:javascript|vbscript|data|shell|elisp|file(?:\+\w+)?|attachment|docview|help|info|man|id|news|gnus"
    r"|bbdb|mhe|rmail|irc|eww|w3m|vm)(?=:\S)",
    re.IGNORECASE,
)
# Emphasis counts only beside these; elsewhere a zero width space parts it from its neighbours.
_BEFORE = frozenset(" -('\"{\u200b")
_BEHIND = frozenset(" -.,;:!?'\")}[\u200b")
_NOTHING = "\u200b"


def escape(text: str) -> str:
    r"""Return plain text as Org markup that shows exactly it.

    >>> escape("a_b and /usr/bin, 3*4")
    'a\\under{}b and \\slash{}usr/bin, 3*4'
    """
    text = _SPACE.sub(" ", walk.printable(text)) if "\n" in text or "\r" in text else walk.printable(text)
    text = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"{found[0]}{_NOTHING}"), text)
    return _SCHEME.sub(lambda found: f"{found[0]}{_NOTHING}", text) if ":" in text else text


def write(rich: Rich) -> str:
    r"""Return a tree as one line of Org markup.

    >>> write((Emph(("Nature",)), ", H", Sub(("2",)), "O"))
    '/Nature/, H_{2}O'
    """
    pieces = tidy(walk.pieces(rich, escape, _TAGS))
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if opens(piece) and out and out[-1][-1] not in _BEFORE:
            out.append(_NOTHING)
        out.append(piece)
        behind = pieces[index + 1] if index + 1 < len(pieces) else ""
        ends = isinstance(piece, Mark) and piece.closing
        if ends and behind and not isinstance(behind, Mark) and behind[0] not in _BEHIND:
            out.append(_NOTHING)
    line = "".join(out).strip()
    return _NOTHING + line if _START.match(line) else line


class _Code(str):
    """Code between tildes, where nothing is markup."""

    __slots__ = ()


def _code(node: Mono) -> walk.Tag:
    text = _SPACE.sub(" ", walk.printable(plain.write(node.children)))
    if not text.strip() or text != text.strip() or "~" in text:
        return escape(text), (), ""
    return _Code(f"~{text}~"), (), ""


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    url = re.sub(r"[\[\]\\ ]", lambda found: f"%{ord(found[0]):02X}", url)
    if node.children == (node.url,):  # an address in a description would be a link in a link
        return f"[[{url}]]", (), ""
    return f"[[{url}][", node.children, "]]"


_TAGS: walk.Tags = {
    Emph: marked("/", "/"),
    **dict.fromkeys((Strong, Highlight), marked("*", "*")),
    Underline: marked("_", "_"),
    Sup: walk.wrap("^{", "}"),
    Sub: walk.wrap("_{", "}"),
    Mono: _code,
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(escape),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: walk.by_attribute("display", {"left-margin": ("", " "), "block": (" ", ""), "indent": (" ", "")}),
    **dict.fromkeys((SmallCaps, Plain, NoCase, Tagged), walk.unwrap),
}
