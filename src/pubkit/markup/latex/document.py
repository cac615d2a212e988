r"""LaTeX for documents: safe to paste into one, whatever the metadata held.

In a field, `Raw` and mathematics go back as they came. In a document they are code that runs, so only macros
on an allow-list pass; `\input{x}` from a title arrives as the text "\input{x}".
"""

from __future__ import annotations

import re

from pubkit.markup import walk
from pubkit.markup.latex.writer import balanced, escape
from pubkit.markup.mathsymbols import ACCENTS, ALPHABETS, FUNCTIONS, LETTERS, NOTHING, OPERATORS, PLAIN_FONTS
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
from pubkit.markup.words import words

# Macros of chemistry and units, harmless where the argument holds no macro; the document needs their package.
_RAW = re.compile(
    r"""
    (?!.*\^\^)  # TeX's other way to write a backslash
    \\(?:ce|chem|num|ang|si|SI|unit|qty) (?:\[[\w=,.\ -]*\])? (?:\{[A-Za-z0-9\ +\-=_().,/<>^]*\}){1,2}
    """,
    re.ASCII | re.VERBOSE,
)
_MATH_MACROS = (
    frozenset(LETTERS)
    | frozenset(OPERATORS)
    | frozenset(ACCENTS)
    | frozenset(ALPHABETS)
    | FUNCTIONS
    | (NOTHING - {"cal", "em"})
    | PLAIN_FONTS
    | words("frac tfrac dfrac sqrt not pmod overset stackrel underset binom choose over")
)
_SHARP = re.compile("[<>|]")
_SHARP_MACROS = {"<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}"}
_MATH_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.|\Z)|\^\^|.", re.DOTALL)
# An address that \url typesets, with its line breaks, in any argument.
_PLAIN_URL = re.compile(r"[A-Za-z0-9:/.?=+,;()@!*'_-]+")
_URL_ESCAPES = {"%": "\\%", "#": "\\#", "&": "\\&", "_": "\\_"}


def write(rich: Rich) -> str:
    r"""Return a tree as LaTeX for a document.

    >>> write((Emph(("50%",)), " & ", Raw(r"\input{/etc/passwd}")))
    '\\emph{50\\%} \\& \\textbackslash{}input\\{/etc/passwd\\}'
    """
    out: list[str] = []
    for piece in walk.pieces(rich, _text, _TAGS):
        # no ligature across the seam of two pieces
        if piece and out and out[-1][-1:] + piece[0] in ("--", "''", ",,"):
            out.append("{}")
        out.append(piece)
    return "".join(out)


def _text(text: str) -> str:
    # in LaTeX's oldest font encoding these three print as other characters
    return _SHARP.sub(lambda found: _SHARP_MACROS[found[0]], escape(walk.printable(text)))


def _mathematics(node: Math) -> walk.Tag:
    """Mathematics whose every macro is known; anything else as text."""
    out: list[str] = []
    for piece in _MATH_TOKEN.findall(node.source):
        if (len(piece) > 1 and piece[1:] not in _MATH_MACROS) or piece in ("$", "\\", "^^"):
            return _text(f"${node.source}$"), (), ""
        out.append(f"\\{piece}" if piece in "%#&" else piece)
    source = walk.printable("".join(out))
    if not balanced(source.replace("\\{", "").replace("\\}", "")):
        return _text(f"${node.source}$"), (), ""
    return f"${source}$", (), ""


def _raw(node: Raw) -> walk.Tag:
    return (node.source if _RAW.fullmatch(node.source) else _text(raw_text(node.source))), (), ""


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    if node.children == (node.url,) and _PLAIN_URL.fullmatch(url):
        return f"\\url{{{url}}}", (), ""
    url = re.sub(r"[^\x21-\x7e]|[{}\\^`~$\"]", lambda found: _percent(found[0]), url)
    url = "".join([_URL_ESCAPES.get(character, character) for character in url])
    return f"\\href{{{url}}}{{", node.children, "}"


def _percent(character: str) -> str:
    return "".join([f"%{byte:02X}" for byte in character.encode("utf-8", "replace")])


_TAGS: walk.Tags = {
    Emph: walk.wrap("\\emph{", "}"),
    **dict.fromkeys((Strong, Highlight), walk.wrap("\\textbf{", "}")),
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
            "font-variant": ("\\textnormal{", "}"),
        },
    ),
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: _mathematics,
    Raw: _raw,
    Link: _link,
    Block: walk.by_attribute(
        "display",
        {
            "left-margin": ("", " "),
            "block": ("\\newline{}", "\\newline{}"),
            "indent": ("\\newline{}\\hspace*{2em}", "\\newline{}"),
        },
    ),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
