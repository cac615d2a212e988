"""Field source with Unicode characters to the same in ASCII macros."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote

from pubkit.markup import mathsymbols, scripts
from pubkit.markup.latex.accents import ACCENT_MACROS, SPACING
from pubkit.markup.latex.structure import Structure
from pubkit.markup.latex.symbols import GREEK, SYMBOLS
from pubkit.markup.words import words

# A character that needs a macro: a base with its combining marks, or a run of Greek.
_MARK = "\u0300-\u036f"
_CHARACTER = re.compile(
    rf"[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿{_MARK}]{{1,60}}|[^\x00-\x7f][{_MARK}]{{0,20}}|[A-Za-z][{_MARK}]{{1,20}}"
)
# Where mathematics or an address may begin; the first group matches for an address.
_REGION = re.compile(r"\\(url|href|nolinkurl|path)\s*\{|\\ensuremath\s*\{|\\[(\[]|\\.|\$", re.DOTALL)
# Characters that LaTeX would take for one sign.
_JOINS = frozenset(("--", "''", "``", "?`", "!`", ",,"))
_SAFE_IN_MATH = frozenset("\u00a0\u2009\u202f\u2010\u2011")
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
    """Return character → mathematics source in the macros that plain LaTeX and amssymb have."""
    table: dict[str, str] = {}
    for font in ("mathbb", "mathcal", "mathfrak"):
        for letter, text in (mathsymbols.alphabet(font) or {}).items():
            table.setdefault(text, f"\\{font}{{{letter}}}")
    for names in (mathsymbols.LETTERS, mathsymbols.OPERATORS):
        for name, text in names.items():
            if len(text) == 1 and not text.isascii() and name not in _NOT_IN_LATEX:
                table.setdefault(text, f"\\{name}")
    return table


# Macros that are read but that plain LaTeX does not have, so they are not written.
_NOT_IN_LATEX = words(
    """
    Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi omicron R angstrom upalpha upbeta upgamma
    updelta upmu uppi upsigma uplambda upomega degree micro
    """
)
_MATH_ACCENTS = {mark: name for name, mark in reversed(tuple(mathsymbols.ACCENTS.items()))}
_SYMBOLS = _symbols()
_DIRECT |= {
    sign: f"{{\\{ACCENT_MACROS[mark]}{{}}}}"
    for mark, sign in SPACING.items()
    if not sign.isascii() and sign not in _SYMBOLS
}
_MATH = _mathematics()
_GREEK_NAMES = {letter: name for name, letter in GREEK.items()}
_HORNS = {"o\u031b": "ohorn", "O\u031b": "OHORN", "u\u031b": "uhorn", "U\u031b": "UHORN"}


def encode(source: str) -> str:
    r"""Return LaTeX field source with every non-ASCII character that has a macro written as one.

    Inside mathematics the macros are those of mathematics, inside web addresses characters are written in
    percent notation. Characters without a macro stay; `unencodable` names them.

    >>> encode("Nguyễn Văn Ở and Łukasz: π ≤ 4, 中")
    'Nguy{\\~{\\^{e}}}n V{\\u{a}}n {\\h{\\OHORN}} and {\\L}ukasz: $\\pi$ $\\le$ 4, 中'
    """
    if source.isascii():
        return source
    out: list[str] = []
    position = 0
    for start, end, write in _regions(source):
        out.append(_text(source[position:start]))
        out.append(write(source[start:end]))
        position = end
    out.append(_text(source[position:]))
    return "".join(out)


def _regions(source: str) -> Iterator[tuple[int, int, Callable[[str], str]]]:
    """Yield the parts of a field that are not text, in order: start, end, and how to write them."""
    partner = Structure(source).partner
    position = 0
    for found in _REGION.finditer(source):
        start = found.end() - 1 if found[0][-1] in "{$" else found.start()
        close = partner.get(start)
        if start < position or close is None:
            continue
        yield start, close, _address if found[1] else _in_mathematics
        position = close + 1


def _text(source: str) -> str:
    """Encode a part that is text, so that no two macros join to a third one."""
    if source.isascii():
        return source
    out: list[str] = []
    position = 0
    for found in _CHARACTER.finditer(source):
        out.append(source[position : found.start()])
        piece = _macro(found[0])
        before = source[found.start() - 1] if found.start() == position and not out[-1] else ""
        last = (out[-1] or (out[-2] if len(out) > 1 else "") or before)[-1:]
        if last + piece[0] in _JOINS:
            out.append("{}")
        out.append(piece)
        position = found.end()
        if piece[-1] + source[position : position + 1] in _JOINS:
            out.append("{}")
    out.append(source[position:])
    return "".join(out)


def _in_mathematics(source: str) -> str:
    return _CHARACTER.sub(_mathematics_macro, source)


def _mathematics_macro(found: re.Match[str]) -> str:
    """Return the macros for one match inside mathematics."""
    out: list[str] = []
    for character in normalize("NFC", found[0]):
        decomposed = normalize("NFD", character)
        accent = _MATH_ACCENTS.get(decomposed[1:])
        if character in _DIRECT and character in _SAFE_IN_MATH:
            out.append(_DIRECT[character])
        elif character in _MATH:
            out.append(_MATH[character])
        elif accent and decomposed[0].isascii():
            out.append(f"\\{accent}{{{decomposed[0]}}}")
        elif not (macro := _macro(character)).isascii() or "$" in macro:
            out.append(character)
        else:
            out.append(f"\\text{{{macro}}}")
    following = found.string[found.end() : found.end() + 1]
    return "".join(out) + (" " if following.isalpha() and out[-1][-1].isalpha() else "")


def _address(source: str) -> str:
    """Write a web address in ASCII."""
    return re.sub(r"[^\x00-\x7f]+", lambda found: quote(found[0]), source)


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
    if name is not None and character not in _GREEK_NAMES:
        return f"{{\\{name}}}"
    decomposed = normalize("NFD", character)
    base = decomposed[0]
    if base in ACCENT_MACROS:
        return "".join(
            [f"{{\\{ACCENT_MACROS[mark]}{{}}}}" if mark in ACCENT_MACROS else mark for mark in decomposed]
        )
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
