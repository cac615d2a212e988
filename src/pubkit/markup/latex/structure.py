"""Which brace and which dollar belongs to which: one pass before anything else is read."""

from __future__ import annotations

import re

_MARK = re.compile(r"\\(?:[A-Za-z]+|.)|[{}$]", re.DOTALL)
_MATH = {"\\(", "\\)", "\\[", "\\]"}


class Structure:
    r"""The pairs of a field's source.

    Attributes:
        source: The field's source.
        partner: Offset of an opening brace, dollar, `\(` or `\[` → offset of what closes it. A mark that is
            missing here is text.
        balanced: Whether every brace has a partner.

    >>> Structure("a{b}$c$").partner
    {1: 3, 4: 6}
    """

    __slots__ = ("_dollars", "balanced", "partner", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.partner: dict[int, int] = {}
        self.balanced = True
        self._dollars = [-1]  # per open brace: the mathematics delimiter that waits for its partner
        braces: list[int] = []
        skip = -1
        for found in _MARK.finditer(source):
            at, mark = found.start(), found[0]
            if at == skip:
                continue
            if mark == "{":
                braces.append(at)
                self._dollars.append(-1)
            elif mark == "}":
                if braces:
                    self.partner[braces.pop()] = at
                    self._dollars.pop()
                else:
                    self.balanced = False
            elif mark == "$":
                skip = self._dollar(at)
            elif mark in _MATH:
                self._delimiter(at, mark)
        if braces:
            self.balanced = False

    def _delimiter(self, at: int, mark: str) -> None:
        r"""Note one of \( \) \[ \]."""
        opened = self._dollars[-1]
        if mark in ("\\(", "\\["):
            if opened < 0:
                self._dollars[-1] = at
        elif opened >= 0 and self.source[opened] == "\\":
            self._pair(opened, at)

    def _dollar(self, at: int) -> int:
        """Note one dollar; return the offset of a second one that belongs to it, else -1."""
        source, opened = self.source, self._dollars[-1]
        double = source.startswith("$$", at)
        if opened < 0:
            self._dollars[-1] = at
            return at + 1 if double else -1
        if source[opened] != "$":
            return -1
        if source.startswith("$$", opened):
            if not double:
                return -1
            self._pair(opened, at)
            return at + 1
        if source[opened + 1].isdigit() and source[at - 1].isspace():
            self._dollars[-1] = at  # "$5 and $6": prices, not mathematics
        else:
            self._pair(opened, at)
        return -1

    def _pair(self, opened: int, at: int) -> None:
        self.partner[opened] = at
        self._dollars[-1] = -1
