"""Macros with an argument, font switches, and macros that stand for something outside the text.

Each table says what a macro means; `reader` knows how to carry out each meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pubkit.markup.tree import (
    Emph,
    Inline,
    Mono,
    Plain,
    Quote,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Underline,
)
from pubkit.markup.walk import map_text
from pubkit.markup.words import words

# What a macro makes of its argument, read as rich text.
Build = Callable[[Rich], Rich]


@dataclass(frozen=True, slots=True)
class Command:
    """A macro with one argument that is text.

    Attributes:
        build: What becomes of the argument.
        skip: How many arguments stand before it and do not print, such as a colour or a language.
    """

    build: Build
    skip: int = 0


def _same(children: Rich) -> Rich:
    return children


def _node(make: Callable[[Rich], Inline]) -> Build:
    return lambda children: (make(children),)


def _around(opening: str, closing: str) -> Build:
    return lambda children: (opening, *children, closing)


def _upper(children: Rich) -> Rich:
    return map_text(children, str.upper)


def _lower(children: Rich) -> Rich:
    return map_text(children, str.lower)


def _upright(children: Rich) -> Inline:
    return Plain(children, "font-style")


def _medium(children: Rich) -> Inline:
    return Plain(children, "font-weight")


def _mixed_case(children: Rich) -> Inline:
    return Plain(children, "font-variant")


def _inner_quote(children: Rich) -> Inline:
    return Quote(children, 2)


def _table(names: str, build: Build, skip: int = 0) -> dict[str, Command]:
    return dict.fromkeys(names.split(), Command(build, skip))


COMMANDS: dict[str, Command] = {
    **_table("emph textit textsl mkbibemph mkbibitalic", _node(Emph)),
    **_table("textbf mkbibbold", _node(Strong)),
    **_table("textsc smallcaps", _node(SmallCaps)),
    **_table("texttt code", _node(Mono)),
    **_table("underline uline underbar", _node(Underline)),
    **_table("textsuperscript sp mkbibsuperscript mkbibsuper", _node(Sup)),
    **_table("textsubscript sb mkbibsubscript", _node(Sub)),
    **_table("textup", _node(_upright)),
    **_table("textmd", _node(_medium)),
    **_table("textulc", _node(_mixed_case)),
    # `reader` gives a quotation inside another one the inner marks
    **_table("enquote mkbibquote", _node(Quote)),
    **_table("enquote*", _node(_inner_quote)),
    **_table("mkbibparens", _around("(", ")")),
    **_table("mkbibbrackets", _around("[", "]")),
    **_table("uppercase MakeUppercase MakeTextUppercase", _upper),
    **_table("lowercase MakeLowercase MakeTextLowercase", _lower),
    **_table(
        "mbox hbox makebox text textrm textsf textnormal textnohyphens texorpdfstring fbox framebox"
        " autocap NoCaseChange BibTitle bibinfo* lowercasenames natexlab",
        _same,
    ),
    **_table("foreignlanguage textcolor colorbox bibinfo bibfield raisebox textlang href*", _same, 1),
}

# Environments that place text and say nothing about it.
PLACING = frozenset(words("center flushleft flushright quote quotation verse justify raggedright abstract"))

# Font switches: from here to the end of the group.
SWITCHES: dict[str, Build] = {
    **dict.fromkeys(words("em it itshape sl slshape"), _node(Emph)),
    **dict.fromkeys(words("bf bfseries"), _node(Strong)),
    **dict.fromkeys(words("sc scshape"), _node(SmallCaps)),
    **dict.fromkeys(words("tt ttfamily"), _node(Mono)),
    **dict.fromkeys(words("rm upshape normalfont"), _node(_upright)),
    "mdseries": _node(_medium),
}
