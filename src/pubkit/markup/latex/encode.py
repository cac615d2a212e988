"""Field source with Unicode characters to the same in ASCII macros."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from pubkit.markup import mathsymbols, scripts
from pubkit.markup.latex.accents import ACCENT_MACROS
from pubkit.markup.latex.symbols import GREEK, SYMBOLS

# A character that needs a macro: a base with its combining marks, or a run of Greek.
_MARK = "\u0300-\u036f"
_CHARACTER = re.compile(rf"[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿{_MARK}]+|[^\x00-\x7f][{_MARK}]*|[A-Za-z][{_MARK}]+")
_NAME = re.compile(r"[A-Za-z]+\*?\Z")
# Characters that stand for themselves in ASCII, or for a sequence of ASCII characters.
_DIRECT = {
    "\u00a0": "~",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "\u2009": "\\,",
    "\u202f": "\\,",
    "\u2010": "-",
    "\u2011": "-",
    "\u00ad": "\\-",
    "\u2002": "\\enspace{}",
    "\u2003": "\\quad{}",
    "\u200b": "\\allowbreak{}",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb06": "st",
    "¿": "?`",
    "¡": "!`",
    "ſ": "{\\textlongs}",
}


def _symbols() -> dict[str, str]:
    """Return character → macro name for text."""
    table: dict[str, str] = {}
    for name, text in SYMBOLS.items():
        if len(text) == 1 and not text.isascii() and text not in _DIRECT:
            table.setdefault(text, name)
    return table


def _mathematics() -> dict[str, str]:
    """Return character → mathematics source."""
    table: dict[str, str] = {}
    for names in (mathsymbols.LETTERS, mathsymbols.OPERATORS):
        for name, text in names.items():
            if len(text) == 1 and not text.isascii():
                table.setdefault(text, f"\\{name}")
    for font in ("mathbb", "mathcal", "mathfrak"):
        for letter, text in (mathsymbols.alphabet(font) or {}).items():
            table.setdefault(text, f"\\{font}{{{letter}}}")
    return table


_SYMBOLS = _symbols()
_MATH = _mathematics()
_GREEK_NAMES = {letter: name for name, letter in GREEK.items()}
_HORNS = {"o\u031b": "ohorn", "O\u031b": "OHORN", "u\u031b": "uhorn", "U\u031b": "UHORN"}


def encode(source: str) -> str:
    r"""Return LaTeX field source with every non-ASCII character that has a macro written as one.

    Characters without a macro stay; `unencodable` names them.

    >>> encode("Nguyễn Văn Ở and Łukasz: π ≤ 4, 中")
    'Nguy{\\~{\\^{e}}}n V{\\u{a}}n {\\h{\\OHORN}} and {\\L}ukasz: $\\pi$ $\\le$ 4, 中'
    """
    if source.isascii():
        return source
    return _CHARACTER.sub(lambda found: _macro(found[0]), source)


def unencodable(source: str) -> tuple[str, ...]:
    """Return the characters of a text that have no LaTeX macro, each once.

    >>> unencodable("Größe 中文")
    ('中', '文')
    """
    return tuple(dict.fromkeys(c for c in encode(source) if not c.isascii()))


@lru_cache(maxsize=4096)
def _macro(character: str) -> str:
    """Return the macro for one character with its combining marks, or the character itself."""
    if character in _DIRECT:
        return _DIRECT[character]
    name = _SYMBOLS.get(character)
    if name is not None and name not in _GREEK_MACROS:
        return f"{{\\{name}}}"
    decomposed = normalize("NFD", character)
    base = decomposed[0]
    marks = decomposed[1:]
    if marks[:1] == "\u031b" and base + "\u031b" in _HORNS:
        inner, marks = f"\\{_HORNS[base + chr(0x31B)]}", marks[1:]
    elif marks and base in "ij" and any(mark not in _BELOW for mark in marks):
        inner = f"\\{base}"
    elif base in _GREEK_NAMES and (marks or len(character) > 1):
        return _greek(decomposed)
    elif marks and base.isascii():
        inner = base
    elif marks and base in _SYMBOLS:
        inner = f"\\{_SYMBOLS[base]}"
    else:
        return _single(character)
    return _accented(inner, marks) or character


_GREEK_MACROS = frozenset(f"text{name}" for name in GREEK)
_BELOW = frozenset("\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331")


def _accented(inner: str, marks: str) -> str | None:
    """Return accent macros around a letter; None if a mark has no macro."""
    for mark in marks:
        macro = ACCENT_MACROS.get(mark)
        if macro is None:
            return None
        inner = f"\\{macro}{{{inner}}}"
    return f"{{{inner}}}"


def _single(character: str) -> str:
    """Return the source for a character that is no accented letter."""
    if character in scripts.BASE:
        base, raised = scripts.BASE[character]
        if base.isascii():
            return f"\\textsuperscript{{{base}}}" if raised else f"\\textsubscript{{{base}}}"
    if character in _MATH:
        return f"${_MATH[character]}$"
    if character in _SYMBOLS:
        return f"{{\\{_SYMBOLS[character]}}}"
    compatible = normalize("NFKC", character)
    if len(character) == 1 and compatible.isascii() and compatible.isalnum():
        return compatible
    return character


def _greek(decomposed: str) -> str:
    """Return a Greek word or accented letter in the macros of LaTeX's Greek text encoding."""
    out: list[str] = []
    at = 0
    while at < len(decomposed):
        end = at + 1
        while end < len(decomposed) and "\u0300" <= decomposed[end] <= "\u036f":
            end += 1
        name = _GREEK_NAMES.get(decomposed[at])
        piece = _accented(f"\\text{name}", decomposed[at + 1 : end]) if name else None
        out.append(piece or normalize("NFC", decomposed[at:end]))
        at = end
    return "".join(out)
