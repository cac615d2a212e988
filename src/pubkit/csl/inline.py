"""Texts of items as runs: CSL-JSON's inline markup and quotation marks, parsed once per text.

Tags that do not pair are text. Straight and curly quotation marks that pair become quotation marks of the
style's locale; an apostrophe becomes a typographic one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from pubkit.csl.runs import (
    ATOM,
    BOLD,
    END,
    FORMAT,
    ITALIC,
    NORMAL,
    OPEN_INNER,
    OPEN_NOCASE,
    OPEN_QUOTE,
    SEALED,
    SMALL_CAPS,
    SUB,
    SUP,
    TAG,
    UNDERLINE,
    Mark,
    Run,
)
from pubkit.markup import tree
from pubkit.markup.tree import Rich

# Ranges of Unicode that hold superscript letters and digits.
_SCRIPT_RANGES = ((0xAA, 0xBA), (0x2B0, 0x2E4), (0x1D2C, 0x1DBF), (0x2070, 0x207F), (0x2120, 0x2122),
                  (0x3192, 0x319F))  # fmt: skip
_SCRIPTS = {
    chr(code): unicodedata.decomposition(chr(code)).removeprefix("<super> ")
    for first, last in _SCRIPT_RANGES
    for code in range(first, last + 1)
    if unicodedata.decomposition(chr(code)).startswith("<super> ")
}
_SCRIPTS = {char: "".join(chr(int(code, 16)) for code in codes.split()) for char, codes in _SCRIPTS.items()}
_SCRIPTS |= {"ˀ": "ʔ", "ˁ": "ʕ", "ۥ": "و", "ۦ": "ي"}  # modifier letters without a decomposition
_SCRIPT = re.compile(f"([{''.join(_SCRIPTS)}])")
SPECIAL = re.compile(f"[<\"'‘’“”{''.join(_SCRIPTS)}]")
_TOKEN = re.compile(
    r"(</?(?:i|b|sc|sup|sub|u|em|strong)>"
    r"|<span\s+(?:class=\"?no(?:case|decor)\"?|style=\"?font-variant:\s*small-caps;?\"?)\s*>|</span>"
    r"|[\"'‘’“”])"
)


def _inline(mark: Mark) -> Mark:
    """Return a mark of a field's own markup: it turns itself round inside the same formatting."""
    return Mark(FORMAT, mark.name, mark.value, 1)


_MARKS = {
    "i": _inline(ITALIC),
    "em": _inline(ITALIC),
    "b": _inline(BOLD),
    "strong": _inline(BOLD),
    "sc": _inline(SMALL_CAPS),
    "sup": SUP,
    "sub": SUB,
    "u": UNDERLINE,
}
_NO_DECORATION = tuple(
    Mark(FORMAT, name, NORMAL[name]) for name in ("font-style", "font-variant", "font-weight")
)
_QUOTE_END = (END, SEALED)
_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_CLOSERS = {'"': ('"',), "'": ("'",), "”": ("“",), "’": ("‘",)}
_OPENING_CONTEXT = " \u00a0\u202f\t\n([{—–-/\"'“‘«<>|…"


@lru_cache(maxsize=65536)
def field_runs(text: str) -> tuple[Run, ...]:
    """Return a text's runs.

    Args:
        text: A CSL-JSON text with inline markup.

    >>> field_runs("It's"), len(field_runs("A <i>b</i>"))
    (('It’s',), 4)
    """
    if SPECIAL.search(text) is None:
        return (text,)
    pieces = _TOKEN.split(text)
    marks = _match(pieces)
    result: list[Run] = []
    held = ""
    for at, piece in enumerate(pieces):
        mark = marks.get(at)
        if mark is None:
            held += "’" if at % 2 and piece == "'" else piece
            continue
        if held:
            _add_text(result, held)
            held = ""
        result.extend(mark)
    if held or not result:
        _add_text(result, held)
    while result[-1] is SEALED:
        result.pop()
    return tuple(result)


def _add_text(result: list[Run], text: str) -> None:
    """Append a text; superscript characters become superscripts."""
    pieces = _SCRIPT.split(text)
    for at, piece in enumerate(pieces):
        if at % 2:
            result.extend((SUP, _SCRIPTS[piece], END))
        elif piece or len(pieces) == 1:
            result.append(piece)


def _match(pieces: list[str]) -> dict[int, tuple[Mark, ...]]:
    """Find what each tag and quotation mark is: position → marks; those left out are text."""
    found: dict[int, tuple[Mark, ...]] = {}
    stack: list[tuple[int, str]] = []  # position and what closes it
    waiting: Counter[str] = Counter()  # how many on the stack wait for a closing tag
    for at in range(1, len(pieces), 2):
        lexeme = pieces[at]
        if lexeme[0] == "<":
            if lexeme[1] != "/":
                closer = "</" + re.split(r"[\s>]", lexeme[1:])[0] + ">"
                stack.append((at, closer))
                waiting[closer] += 1
            elif waiting[lexeme]:
                while stack[-1][1] != lexeme:
                    waiting[stack.pop()[1]] -= 1
                start, _ = stack.pop()
                waiting[lexeme] -= 1
                found[start] = _open_marks(pieces[start])
                found[at] = (END,) * len(found[start])
            continue
        before = _char_before(pieces, at)
        if before in ("'", '"') and not (stack and stack[-1][0] == at - 2):
            before = "x"  # a mark that did not open anything is part of a word
        after = _char_after(pieces, at)
        if _closes(lexeme, before, after, stack):
            start, _ = stack.pop()
            found[start] = (OPEN_INNER if lexeme == "’" else OPEN_QUOTE,)
            found[at] = _QUOTE_END
        elif _opens(lexeme, before, after):
            stack.append((at, _PAIRS[lexeme]))
    return found


def _open_marks(lexeme: str) -> tuple[Mark, ...]:
    if "nodecor" in lexeme:
        return (*_NO_DECORATION, OPEN_NOCASE)
    if lexeme.startswith("<span"):
        return (OPEN_NOCASE,) if "nocase" in lexeme else (_MARKS["sc"],)
    return (_MARKS[lexeme[1:-1]],)


def _char_before(pieces: list[str], at: int) -> str:
    """Return the character before a lexeme, tags skipped; "" at the start."""
    for piece in reversed(pieces[max(0, at - 9) : at]):
        if piece and not (piece[0] == "<" and piece[-1] == ">"):
            return piece[-1]
    return ""


def _char_after(pieces: list[str], at: int) -> str:
    for piece in pieces[at + 1 : at + 10]:
        if piece and not (piece[0] == "<" and piece[-1] == ">"):
            return piece[0]
    return ""


def _closes(lexeme: str, before: str, after: str, stack: list[tuple[int, str]]) -> bool:
    if not stack or stack[-1][1] != lexeme:
        return False
    if lexeme in "'’":
        return not after.isalnum() and before not in ("", " ")
    return before not in ("", " ") or after in ("", " ")


def _opens(lexeme: str, before: str, after: str) -> bool:
    if lexeme in "“‘":
        return True
    if lexeme in "”’":
        return False
    return (before == "" or before in _OPENING_CONTEXT) and after not in ("", " ", "\u00a0")


_TREE_MARKS: dict[type, Mark] = {
    tree.Emph: _MARKS["i"],
    tree.Strong: _MARKS["b"],
    tree.SmallCaps: _MARKS["sc"],
    tree.Underline: UNDERLINE,
    tree.Sup: SUP,
    tree.Sub: SUB,
    tree.NoCase: OPEN_NOCASE,
    tree.Quote: OPEN_QUOTE,
}


@lru_cache(maxsize=16384)
def rich_runs(rich: Rich) -> tuple[Run, ...]:
    """Return the runs of a markup tree."""
    result: list[Run] = []
    stack: list[tree.Inline | Mark] = list(reversed(rich))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            result.extend(field_runs(node) if '"' in node or "'" in node else (node,))
        elif isinstance(node, Mark):
            result.append(node)
        elif isinstance(node, tree.Math | tree.Raw):
            result.append(Mark(ATOM, value=node))
        else:
            mark = _TREE_MARKS.get(type(node))
            result.append(mark if mark is not None else Mark(TAG, value=_rebuild(node)))
            stack.append(END)
            stack.extend(reversed(node.children))
    return tuple(result)


def _rebuild(node: tree.Node) -> object:
    """Return a function that makes a node like this one with other children."""
    from dataclasses import replace

    return lambda children: replace(node, children=children)


def value_runs(value: str | Rich) -> tuple[Run, ...]:
    """Return the runs of a variable's value."""
    return field_runs(value) if isinstance(value, str) else rich_runs(value)


@lru_cache(maxsize=16384)
def script_runs(text: str) -> tuple[Run, ...]:
    """Return the runs of a number: superscript characters become superscripts, all else is text.

    >>> script_runs("2nd")
    ('2nd',)
    """
    result: list[Run] = []
    _add_text(result, text)
    return tuple(result)


@lru_cache(maxsize=4096)
def term_runs(term: str) -> tuple[Run, ...]:
    """Return the runs of a term."""
    if not term:
        return ()
    return field_runs(term) if SPECIAL.search(term) else (term,)
