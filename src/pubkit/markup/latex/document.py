r"""LaTeX for documents: safe to paste into one, whatever the metadata held.

In a field, `Raw` and mathematics go back as they came. In a document they are code that runs, so only macros
on an allow-list pass; `\input{x}` from a title arrives as the text "\input{x}".
"""

from __future__ import annotations

import re
from unicodedata import normalize

from pubkit.markup import walk
from pubkit.markup.latex.encode import encode
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
# An empty line ends a paragraph, which the argument of a macro must not hold.
_BREAK = re.compile("\\s*[\n\r\x0b\x0c\x85\u2028\u2029]\\s*")
# Marks of direction and of width zero: nobody sees them, and LaTeX stops at them.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# What LaTeX with UTF-8 input and the T1 encoding knows; anything else, with the marks on it, becomes a macro.
_KNOWN = (
    "\xa0-\u0125\u0128-\u0137\u0139-\u0148\u014a-\u017e\u0218-\u021b\u1e02\u1e03\u2010-\u2015\u2018-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2116\u2122"
)
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"  # a letter is a symbol; words need a font, and stay
_RARE = re.compile(
    rf"[A-Za-z\xc0-\u017f][\u0300-\u036f]+|(?<![{_GREEK}])[{_GREEK}](?![{_GREEK}])"
    rf"|[^\x00-\x7f{_KNOWN}{_GREEK}][\u0300-\u036f]*"
)
_INSTEAD = {
    "≠": "$\\neq$",
    "⋅": "$\\cdot$",
    "″": "$''$",
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u205f\u3000", " "),
    "ʻ": "‘",
    "ʼ": "’",
    "ʾ": "’",
    "ʿ": "‘",
    "‟": "“",
}
# Greek capitals that look like Latin ones have no macros of their own.
_INSTEAD |= {
    greek: f"$\\mathrm{{{latin}}}$" for greek, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True)
}
# Macros that LaTeX has without a package.
_PLAIN_MACROS = words(
    """
    ' ` ^ ~ " = . u v H c d b r k t i j l L o O , textsubscript textsuperscript textminus alpha beta gamma
    delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho sigma
    varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi
    Omega le leq ge geq neq ne approx equiv sim simeq cong propto ll gg in ni notin subset supset subseteq
    supseteq cup cap emptyset forall exists neg wedge vee infty partial nabla sum prod int oint surd prime
    times div pm mp cdot ast star bullet circ oplus ominus otimes odot to gets rightarrow leftarrow
    leftrightarrow uparrow downarrow Rightarrow Leftarrow Leftrightarrow mapsto ell hbar Re Im wp aleph
    langle rangle lfloor rfloor lceil rceil perp parallel mid angle triangle dagger ddagger
    """
)
_MACRO = re.compile(r"\\([A-Za-z]+|.)")
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
    text = _UNSEEN.sub("", _BREAK.sub(" ", walk.printable(text)))
    # in LaTeX's oldest font encoding these three print as other characters
    text = _SHARP.sub(lambda found: _SHARP_MACROS[found[0]], escape(text))
    if text.isascii():
        return text
    return _RARE.sub(_rare, normalize("NFC", text))


def _rare(found: re.Match[str]) -> str:
    """Return a character as macros that every LaTeX has; where there are none it stays."""
    if found[0] in _INSTEAD:
        return _INSTEAD[found[0]]
    source = encode(found[0])
    return source if all(name in _PLAIN_MACROS for name in _MACRO.findall(source)) else found[0]


def _mathematics(node: Math) -> walk.Tag:
    """Mathematics whose every macro is known; anything else as text."""
    out: list[str] = []
    for piece in _MATH_TOKEN.findall(node.source):
        if (len(piece) > 1 and piece[1:] not in _MATH_MACROS) or piece in ("$", "\\", "^^"):
            return _text(f"${node.source}$"), (), ""
        out.append(f"\\{piece}" if piece in "%#&" else piece)
    source = walk.printable("".join(out)).replace("\u2212", "-")
    if not balanced(source.replace("\\{", "").replace("\\}", "")):
        return _text(f"${node.source}$"), (), ""
    encoded = f"${source}$" if source.isascii() else encode(f"${source}$")
    has_all = set(_MACRO.findall(encoded)) <= _PLAIN_MACROS | set(_MACRO.findall(source))
    return encoded if has_all else f"${source}$", (), ""


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
