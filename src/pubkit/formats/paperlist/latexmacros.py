"""Brace groups of a LaTeX text, and the macros that it defines."""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.formats.paperlist.latexspans import LAYOUT

SECTIONS: dict[str, int] = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "cvsection": 2,
    "sectiontitle": 2,
    "resheading": 2,
    "subsection": 3,
    "cvsubsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
}
_MACRO = re.compile(
    r"\\(?:re)?(?:new|provide)command\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[\d\]\s*)?(?=\{)"
    r"|\\def\s*\\([A-Za-z]+)\s*(?:#\d)*(?=\{)"
)
PARAMETER = re.compile(r"#(\d)")
_LETTERS = re.compile(r"[^\W\d_]")
_BRACE = re.compile(r"(?<!\\)[{}]")
_NO_SPACE = re.compile(r"[^ \t\n]")
MAX_GROUP = 20_000


def own_macros(body: str) -> dict[str, tuple[int, str]]:
    """Return the macros that the text defines: how many arguments they take, and their bodies."""
    found: dict[str, tuple[int, str]] = {}
    for match in _MACRO.finditer(body):
        group = group_at(body, match.end())
        name = match[1] or match[2]
        if group is not None and name not in LAYOUT and name not in SECTIONS:
            inside = body[group[0] : group[1]]
            taken = max((int(number) for number in PARAMETER.findall(inside)), default=0)
            if _LETTERS.search(inside) or not taken:
                found[name] = (taken, inside)
    return found


def macro_names(text: str) -> frozenset[str]:
    """Return the names of the macros that a LaTeX text defines."""
    return frozenset(match[1] or match[2] for match in _MACRO.finditer(text))


def group_at(body: str, at: int) -> tuple[int, int] | None:
    """Return the inside of the brace group that starts at or behind white space from `at`."""
    opening = _NO_SPACE.search(body, at)
    if opening is None or opening[0] != "{":
        return None
    closing = braces(body).get(opening.start())
    if closing is None or closing - opening.start() > MAX_GROUP:
        return None
    return opening.end(), closing


@lru_cache(maxsize=8)
def braces(body: str) -> dict[int, int]:
    """Return where each brace that opens a group is closed: one look at a text for all of them."""
    closed: dict[int, int] = {}
    open_: list[int] = []
    for brace in _BRACE.finditer(body):
        if brace[0] == "{":
            open_.append(brace.start())
        elif open_:
            closed[open_.pop()] = brace.start()
    return closed


def filled(body: str, values: list[str]) -> str:
    """Put the arguments of a macro into its body."""

    def value(match: re.Match[str]) -> str:
        number = int(match[1])
        return values[number - 1] if 0 < number <= len(values) else ""

    return PARAMETER.sub(value, body)
