"""The markup tree back to LaTeX field source, and plain text to field source that means exactly that text."""

from __future__ import annotations

import re
from typing import Any

from pubkit.markup import walk
from pubkit.markup.latex.encode import encode
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

_ESCAPES = {
    "\\": "\\textbackslash{}",
    "{": "\\{",
    "}": "\\}",
    "$": "\\$",
    "&": "\\&",
    "%": "\\%",
    "#": "\\#",
    "_": "\\_",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "`": "\\textasciigrave{}",
    "\u00a0": "~",
    # sequences that LaTeX would join to one sign
    "--": "-{}-",
    "''": "'{}'",
    ",,": ",{},",
}
# BibTeX counts braces with a backslash too: where they do not balance they are written by name.
_BRACES = {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
_SPECIAL = re.compile(r"[\\{}$&%#_^~`\u00a0]|-(?=-)|'(?=')|,(?=,)")


def escape(plain: str) -> str:
    r"""Return field source that means exactly a plain text; Unicode is kept.

    White space is LaTeX's: several blanks read back as one.

    >>> escape(r"C:\new_file & 5% {x"), escape("a--b")
    ('C:\\textbackslash{}new\\_file \\& 5\\% \\textbraceleft{}x', 'a-{}-b')
    """
    if _SPECIAL.search(plain) is None:
        return plain
    paired = balanced(plain)

    def replace(found: re.Match[str]) -> str:
        character = found[0]
        if character in "-',":
            return character + "{}"
        return _ESCAPES[character] if paired else _BRACES.get(character) or _ESCAPES[character]

    return _SPECIAL.sub(replace, plain)


def write(rich: Rich, *, ascii: bool = False) -> str:  # noqa: A002  # the option's name everywhere
    r"""Return field source for a tree; reading it gives the tree again.

    What a field cannot say stands alone without its markup: `Tagged`, `Highlight`, `Block`.

    Args:
        rich: The tree.
        ascii: Whether to write macros instead of Unicode characters, where there are any.

    >>> write(("On ", Emph(("Drosophila",)), " & ", NoCase(("DNA",))))
    'On \\emph{Drosophila} \\& {DNA}'
    """
    source = _seam(walk.pieces(rich, escape, _TAGS), as_ascii=ascii)
    return encode(source) if ascii else source


class _Protecting(str):
    """The opening brace of a protected group: what follows it must not be a macro."""

    __slots__ = ()


class _Verbatim(str):
    """Raw LaTeX: a letter, brace or bracket right behind it would be taken for a part of it."""

    __slots__ = ()


_BLANK_MACRO = "\\relax "
_JOINS = frozenset(("--", "''", ",,"))


def _seam(pieces: list[str], *, as_ascii: bool) -> str:
    """Join the pieces so that none changes its meaning by what follows it."""
    out: list[str] = []
    previous = ""
    for piece in pieces:
        if not piece:
            continue
        if previous:
            if isinstance(previous, _Protecting) and piece[0] == "\\":
                out.append("{}")
            elif isinstance(previous, _Verbatim) and (
                piece[0] in "{[*"
                or (as_ascii and not piece[0].isascii())  # it becomes a group
                or (piece[0].isalpha() and _ENDS_IN_NAME.search(previous))
            ):
                out.append(_BLANK_MACRO)
            elif previous[-1] + piece[0] in _JOINS:
                out.append("{}")
        out.append(piece)
        previous = piece
    return "".join(out)


_ENDS_IN_NAME = re.compile(r"\\[A-Za-z]+\Z")


def balanced(source: str) -> bool:
    """Return whether braces pair up, counted as BibTeX does: also those behind a backslash."""
    depth = 0
    for character in source:
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    url = re.sub(r"[{}\\^`]", lambda found: f"%{ord(found[0]):02X}", url)
    if node.children == (node.url,):
        return f"\\url{{{url}}}", (), ""
    return f"\\href{{{url}}}{{", node.children, "}"


def _math(node: Math) -> walk.Tag:
    source = node.source
    if not balanced(source) or source.endswith("\\") or re.search(r"(?<!\\)\$", source):
        return escape(source), (), ""
    return f"${source}$", (), ""


def _raw(node: Raw) -> walk.Tag:
    return (_Verbatim(node.source) if balanced(node.source) else escape(node.source)), (), ""


def _quote(node: Quote) -> walk.Tag:
    return ("\\enquote{" if node.level % 2 else "\\enquote*{"), node.children, "}"


def _protected(node: NoCase) -> walk.Tag:
    return _Protecting("{"), node.children, "}"


_TAGS: dict[type[Any], walk.Build] = {
    Emph: walk.wrap("\\emph{", "}"),
    Strong: walk.wrap("\\textbf{", "}"),
    SmallCaps: walk.wrap("\\textsc{", "}"),
    Underline: walk.wrap("\\underline{", "}"),
    Sup: walk.wrap("\\textsuperscript{", "}"),
    Sub: walk.wrap("\\textsubscript{", "}"),
    Mono: walk.wrap("\\texttt{", "}"),
    Plain: walk.by_attribute(
        "property",
        {
            "font-style": ("\\textup{", "}"),
            "font-weight": ("\\textmd{", "}"),
            "font-variant": ("\\textulc{", "}"),
        },
    ),
    Quote: _quote,
    NoCase: _protected,
    Math: _math,
    Raw: _raw,
    Link: _link,
    **dict.fromkeys((Tagged, Highlight, Block), walk.unwrap),
}
