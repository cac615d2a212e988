"""Simple mathematics without a typesetter: LaTeX source to Unicode, or to text with scripts."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from pubkit.markup import scripts
from pubkit.markup.mathsymbols import ACCENTS, FUNCTIONS, LETTERS, NOTHING, OPERATORS, PLAIN_FONTS, alphabet
from pubkit.markup.tree import Inline, Rich, Sub, Sup, join

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|\s+|.", re.DOTALL)
_ALPHABET = lru_cache(maxsize=16)(alphabet)
_CHARACTERS = {"-": "−", "'": "′", "~": "\u00a0", "&": " "}
_MAX_NESTING = 40


class _NotSimpleError(Exception):
    """This mathematics cannot be shown as text."""


@lru_cache(maxsize=2048)
def to_rich(source: str) -> Rich | None:
    r"""Return mathematics as text with sub- and superscripts; None if it is more than that can show.

    >>> to_rich(r"\alpha_{i}^2 \le \mathbb{R}")
    ('α', Sub(children=('i',)), Sup(children=('2',)), ' ≤ ℝ')
    """
    try:
        return join(_Formula(source).items("", 0))
    except _NotSimpleError:
        return None


def to_text(source: str) -> str:
    r"""Return mathematics in Unicode characters; source that is too hard for that stays as it stands.

    >>> to_text(r"x^{d_1} \in \mathbb{F}_q"), to_text(r"\begin{pmatrix}a\end{pmatrix}")
    ('xᵈ₁ ∈ 𝔽_q', '$\\begin{pmatrix}a\\end{pmatrix}$')
    """
    rich = to_rich(source)
    return f"${source}$" if rich is None else _flat(rich)


def _flat(rich: Rich) -> str:
    out = []
    for node in rich:
        if isinstance(node, Sup | Sub):
            out.append(_script(node))
        else:
            out.append(str(node))
    return "".join(out)


def _script(node: Sup | Sub) -> str:
    """A script in raised or lowered characters where all exist, else marked as in ASCII mathematics."""
    table = scripts.SUPERSCRIPTS if isinstance(node, Sup) else scripts.SUBSCRIPTS
    pieces: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            shown = scripts.convert(child, table)
            if shown is None:
                text = _flat(node.children)
                return ("^" if isinstance(node, Sup) else "_") + (text if len(text) == 1 else f"({text})")
            pieces.append(shown)
        else:
            pieces.append(_flat((child,)))
    return "".join(pieces)


class _Formula:
    """One formula being read."""

    def __init__(self, source: str) -> None:
        self.tokens = _TOKEN.findall(source)
        self.at = 0

    def items(self, closing: str, depth: int) -> list[Inline]:
        """Read up to the closing lexeme, or to the end where there is none."""
        if depth > _MAX_NESTING:
            raise _NotSimpleError
        out: list[Inline] = []
        while self.at < len(self.tokens):
            lexeme = self.tokens[self.at]
            if lexeme == closing:
                self.at += 1
                return out
            self.term(out, depth)
        if closing:
            raise _NotSimpleError
        return out

    def term(self, out: list[Inline], depth: int) -> None:
        """Read one lexeme with its arguments and append what it shows."""
        lexeme = self.tokens[self.at]
        self.at += 1
        if lexeme == "{":
            out.extend(self.items("}", depth + 1))
        elif lexeme in ("}", "$"):
            raise _NotSimpleError
        elif lexeme in ("^", "_"):
            children = join(self.argument(depth))
            if lexeme == "^" and children == ("∘",):
                out.append("°")
            else:
                out.append(Sup(children) if lexeme == "^" else Sub(children))
        elif lexeme[0] == "\\":
            self.macro(lexeme[1:], out, depth)
        else:
            out.append(" " if lexeme.isspace() else _CHARACTERS.get(lexeme, lexeme))

    def macro(self, name: str, out: list[Inline], depth: int) -> None:
        """Read one macro."""
        if name in LETTERS:
            self.skip_space()
            out.append(LETTERS[name])
        elif name in OPERATORS:
            out.append(OPERATORS[name])
        elif name in FUNCTIONS:
            out.append(name)
            following = self.tokens[self.at] if self.at < len(self.tokens) else ""
            if following.isalnum() or following.startswith("\\"):
                out.append(" ")
        elif name in ("sp", "sb"):
            children = join(self.argument(depth))
            out.append(Sup(children) if name == "sp" else Sub(children))
        elif name in NOTHING:
            self.skip_space()
            if name in ("left", "right") and self.tokens[self.at : self.at + 1] == ["."]:
                self.at += 1
        elif name in PLAIN_FONTS:
            out.extend(self.argument(depth))
        elif (letters := _ALPHABET(name)) is not None:
            text = _flat(join(self.argument(depth)))
            out.append("".join([letters.get(letter, letter) for letter in text]))
        elif name in ACCENTS:
            out.append(_accented(_flat(join(self.argument(depth))), ACCENTS[name]))
        elif name in ("frac", "tfrac", "dfrac", "nicefrac"):
            above, below = _flat(join(self.argument(depth))), _flat(join(self.argument(depth)))
            out.append(f"{_bracket(above)}/{_bracket(below)}")
        elif name == "sqrt":
            self.root(out, depth)
        elif name == "not":
            text = _flat(join(self.argument(depth)))
            out.append(normalize("NFC", text[:1] + "\u0338") + text[1:])
        elif name == "pmod":
            out.append(f" (mod {_flat(join(self.argument(depth)))})")
        elif name in ("overset", "stackrel"):
            above_mark, base = join(self.argument(depth)), self.argument(depth)
            out.extend((*base, Sup(above_mark)))
        elif name == "underset":
            below_mark, base = join(self.argument(depth)), self.argument(depth)
            out.extend((*base, Sub(below_mark)))
        else:
            raise _NotSimpleError

    def root(self, out: list[Inline], depth: int) -> None:
        """Read a root, with its degree if it has one."""
        if self.tokens[self.at : self.at + 1] == ["["]:
            self.at += 1
            degree = join(self.items("]", depth + 1))
            out.append({"3": "∛", "4": "∜"}.get(_flat(degree)) or f"{_script(Sup(degree))}√")
        else:
            out.append("√")
        out.append(_bracket(_flat(join(self.argument(depth)))))

    def argument(self, depth: int) -> list[Inline]:
        """Read the argument of a macro or script: a group or one term."""
        self.skip_space()
        if self.at >= len(self.tokens) or self.tokens[self.at] in "^_" or depth > _MAX_NESTING:
            raise _NotSimpleError
        out: list[Inline] = []
        self.term(out, depth + 1)
        return out

    def skip_space(self) -> None:
        """Pass over white space."""
        if self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1


def _accented(text: str, mark: str) -> str:
    """Put a combining character on each letter of a text."""
    dotted = text.replace("ı", "i").replace("ȷ", "j")
    return normalize("NFC", "".join([letter if letter.isspace() else letter + mark for letter in dotted]))


def _bracket(text: str) -> str:
    """Put brackets around a text of several terms, so that a fraction or root of it stays clear."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"
