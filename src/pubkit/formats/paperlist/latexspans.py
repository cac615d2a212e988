"""LaTeX within a line: text with its mark-up, and the macros that stand for text which is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import NO_MARKS, raised
from pubkit.formats.paperlist.words import words
from pubkit.markup import tree
from pubkit.markup.latex import parse

# An argument that is a length or a colour's number, and no text: "-0.5cm".
_LENGTH = re.compile(
    r"\{\s*-?\d*\.?\d+\s*(?:cm|mm|pt|pc|em|ex|in|sp|bp|\\[a-z]*(?:width|height|skip|sep))\s*\}"
)
# Macros with several arguments that are no entry.
LAYOUT = frozenset(
    [
        "href",
        "textcolor",
        "setlength",
        "addtolength",
        "renewcommand",
        "newcommand",
        "providecommand",
        "definecolor",
        "fontsize",
        "resizebox",
        "multicolumn",
        "multirow",
        "parbox",
        "makebox",
        "rule",
        "setcounter",
        "addtocounter",
        "hypersetup",
        "newenvironment",
        "renewenvironment",
        "titleformat",
        "titlespacing",
        "raisebox",
        "colorbox",
        "fcolorbox",
        "scalebox",
        "usepackage",
        "documentclass",
        "geometry",
        "input",
        "include",
        "def",
        "let",
        "hspace",
        "vspace",
        "color",
        "newtheorem",
        "ifthenelse",
        "settowidth",
        "foreach",
        "node",
        "draw",
        "cline",
        "hyperlink",
        "footnotetext",
    ]
)
# Those of them whose last argument is text all the same.
_SHOWN = frozenset(
    [
        "href",
        "textcolor",
        "resizebox",
        "multicolumn",
        "multirow",
        "parbox",
        "makebox",
        "raisebox",
        "colorbox",
        "fcolorbox",
        "scalebox",
        "hyperlink",
        "footnotetext",
        "color",
    ]
)
_MARKS: dict[type, Mark] = {
    tree.Strong: "strong",
    tree.Emph: "emph",
    tree.Quote: "quote",
    tree.SmallCaps: "small",
    tree.Underline: "strong",
}
_ARGUMENT = re.compile(r"\\[A-Za-z@]+\*?(?:\[[^\[\]]*\])?|[{}]")
_BARE = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
# Macros without arguments that print no text.
_SILENT = words("latex.silent")
_RAISED_MARK = re.compile(
    r"\s*\^\s*\{?\s*((?:[*#+,;\s]|\\(?:ast|star|dagger|ddagger|dag|ddag|S|P|#|sharp|natural))+)\s*\}?\s*"
)
_MARK_NAMES = {
    "ast": "*",
    "star": "*",
    "dagger": "†",
    "dag": "†",
    "ddagger": "‡",
    "ddag": "‡",
    "S": "§",
    "P": "¶",
    "#": "#",
    "sharp": "#",
    "natural": "#",
}


def spans(source: str) -> Iterator[tuple[str, frozenset[Mark], str]]:
    """Yield the text of LaTeX source with its mark-up: text, marks, link target."""
    stack: list[tuple[tree.Inline, frozenset[Mark], str]] = [
        (node, NO_MARKS, "") for node in reversed(parse(" ".join(source.split("\n"))))
    ]
    while stack:
        node, marks, url = stack.pop()
        if isinstance(node, str):
            yield node, marks, url
        elif isinstance(node, tree.Math):
            signs = _RAISED_MARK.fullmatch(node.source)
            yield (_plain_marks(signs[1]) if signs else f"${node.source}$"), marks, url
        elif isinstance(node, tree.Raw):
            yield _raw(node.source), marks, url
        elif isinstance(node, tree.Sup):
            yield raised("".join(tree.strings(node.children))), marks, url
        else:
            target = url
            if isinstance(node, tree.Link):
                target, marks = node.url, marks | {"link"}
            mark = _MARKS.get(type(node))
            inner = marks | {mark} if mark else marks
            stack += [(child, inner, target) for child in reversed(node.children)]


def undefined(source: str, known: Iterable[str] = ()) -> list[str]:
    r"""Return the macros of a piece of LaTeX that stand for text which is not there: `\me, \advisor`.

    Args:
        source: The piece.
        known: Macros that the text defines.

    >>> undefined(r"\me, \csh\ and B.~Li, \emph{On X} \hfill 2020")
    ['\\me', '\\csh']
    """
    found: list[str] = []
    nodes = list(parse(source))
    while nodes:
        node = nodes.pop(0)
        if isinstance(node, tree.Raw) and (match := _BARE.fullmatch(node.source)):
            name = match[1]
            if name not in _SILENT and name not in LAYOUT and name not in known:
                found.append(f"\\{name}")
        elif not isinstance(node, str | tree.Raw | tree.Math):
            nodes = [*node.children, *nodes]
    return list(dict.fromkeys(found))


def _plain_marks(source: str) -> str:
    r"""Return the marks of "^{\ast\dagger}" as characters."""
    return re.sub(r"\\(\w+|#)", lambda match: _MARK_NAMES.get(match[1], ""), source).strip()


def _raw(source: str) -> str:
    """Return the readable part of a macro that is not known: its arguments in braces."""
    if "{" not in source:
        return " "
    name = re.match(r"\\([A-Za-z]+)", source)
    if name and name[1] in LAYOUT and name[1] not in _SHOWN:
        return " "
    return _ARGUMENT.sub(" ", _LENGTH.sub(" ", source))
