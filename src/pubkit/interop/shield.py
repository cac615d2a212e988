"""Carries text and markup unharmed through pybtex's styles, which decode LaTeX in their own way.

pybtex reads the fields as LaTeX, changes case, cuts and joins. What it would misread (`%`, `&`, braces) and
what it does not know (emphasis, mathematics) goes through as Unicode noncharacters, which stand in no text,
and is put back when pybtex's backend writes.
"""

from __future__ import annotations

import re
from typing import Any

from pubkit.markup.tree import Link, Math, NoCase, Node, Raw, Rich, Tagged
from pubkit.markup.walk import with_children
from pubkit.markup.writers import WRITERS

_FIRST = 0xFDD0  # U+FDD0 … U+FDEF are noncharacters
_SPECIAL = "\\{}%&#_$~^`'\"-"
_HIDE = {ord(char): chr(_FIRST + at) for at, char in enumerate(_SPECIAL)}
_SHOW = {ord(hidden): chr(code) for code, hidden in _HIDE.items()}
_OPEN, _CLOSE = chr(_FIRST + 0x1E), chr(_FIRST + 0x1F)
# Digits of a mark's number, so that case changes and cuts at digits leave it alone.
_DIGITS = "".join(chr(_FIRST + 0x10 + digit) for digit in range(10))
_NONCHARACTERS = dict.fromkeys(range(_FIRST, _FIRST + 32))
_MARK = re.compile(f"{_OPEN}([{_DIGITS}]+){_CLOSE}")
_LEADING = re.compile(f"((?:{_OPEN}[{_DIGITS}]+{_CLOSE})+)(\\w)")


class Shield:
    """Hides text for one output, and shows it again.

    Args:
        to: Name of the markup that is written in the end.

    >>> from pubkit.markup.tree import Emph
    >>> shield = Shield("html")
    >>> shield.restore(shield.escape(shield.put(("a<", Emph(("b",)), " {c}"))))
    'a&lt;<i>b</i> {c}'
    """

    def __init__(self, to: str) -> None:
        self._write = WRITERS[to]
        self._pieces: list[str] = []

    def put(self, rich: Rich) -> str:
        """Return a tree as LaTeX that pybtex passes on."""
        out: list[str] = []
        stack: list[Any] = list(reversed(rich))
        while stack:
            node = stack.pop()
            if isinstance(node, _Done):
                out.append(node.text)
            elif isinstance(node, str):
                out.append(node.translate(_NONCHARACTERS).translate(_HIDE))
            elif isinstance(node, Math | Raw):
                out.append("{" + self._mark(self._write((node,))) + "}")
            else:
                opening, closing = self._around(node)
                stack += [_Done(closing), *reversed(node.children), _Done(opening)]
        text = "".join(out)
        # A style that lowers all but the first letter must find the letter, not a mark.
        return _LEADING.sub(r"\1{\2}", text) if text.startswith(_OPEN) else text

    def escape(self, text: str) -> str:
        """Return a string of the output, escaped for its markup; marks stay until `restore`."""
        parts = _MARK.split(text)
        numbers = parts[1::2]
        shown = [self._shown(part) for part in parts[::2]]
        marks = [f"{_OPEN}{number}{_CLOSE}" for number in numbers] + [""]
        return "".join(shown[at] + marks[at] for at in range(len(shown)))

    def _shown(self, part: str) -> str:
        """Return a piece between marks, escaped; writers trim a text's ends, a piece keeps its blanks."""
        bare = part.strip()
        if not bare:
            return part
        at = part.index(bare)
        return part[:at] + self._write((bare.translate(_SHOW),)) + part[at + len(bare) :]

    def url(self, address: str) -> str:
        """Return an address as the output's markup holds it."""
        return self._mark(address.replace("&", "&amp;") if self._write is WRITERS["html"] else address)

    def restore(self, text: str) -> str:
        """Return the whole output with its marks replaced."""
        return _MARK.sub(lambda found: self._pieces[_number(found[1])], text)

    def _around(self, node: Node) -> tuple[str, str]:
        """Return what stands before and behind a node's children."""
        if isinstance(node, NoCase):
            return "{", "}"
        if isinstance(node, Tagged | Link):
            return "", ""
        # What the writer puts around this letter is what it puts around any children.
        before, _, behind = self._write((with_children(node, ("\ue000",)),)).partition("\ue000")
        return self._mark(before), self._mark(behind)

    def _mark(self, piece: str) -> str:
        self._pieces.append(piece)
        digits = "".join(_DIGITS[int(digit)] for digit in str(len(self._pieces) - 1))
        return f"{_OPEN}{digits}{_CLOSE}"


class _Done:
    """A piece of output that waits on the stack."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def _number(digits: str) -> int:
    return int("".join(str(_DIGITS.index(digit)) for digit in digits))
