"""Which `}` closes which `{`: without recursion, and in linear time however often it is asked."""

from __future__ import annotations

import re

from pubkit.formats.bibtex.grammar import BALANCED, BRACE, BRACED


class Braces:
    """The pairs of braces of one text.

    A look-up scans ahead from the brace. Once these scans have cost more than a few times the length of the
    text (unclosed braces in thousands of entries), one pass over the text makes a table of all pairs.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._budget = 4 * len(text) + 4096
        self._table: dict[int, int] | None = None

    def close(self, start: int) -> int:
        """Return the offset behind the brace that closes the one at `start`; -1 where none does."""
        if self._table is not None:
            return self._table.get(start, -1)
        if found := BRACED.match(self._text, start):
            self._budget -= found.end() - start
            end = found.end()
        else:
            end = self._scan(start)
        if self._budget < 0:
            self._table = _pairs(self._text)
        return end

    def _scan(self, start: int) -> int:
        depth = 0
        for brace in BRACE.finditer(self._text, start):
            if brace[0] == "{":
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    self._budget -= brace.end() - start
                    return brace.end()
        self._budget -= len(self._text) - start
        return -1


def _pairs(text: str) -> dict[int, int]:
    """Return offset of `{` → offset behind its `}`, for all that are closed."""
    table: dict[int, int] = {}
    open_braces: list[int] = []
    for brace in BRACE.finditer(text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            table[open_braces.pop()] = brace.end()
    return table


class Ahead:
    """The next match of a pattern at or after an offset; asked for rising offsets it scans the text once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._asked = 0
        self._found: re.Match[str] | None = None
        self._known = False

    def at(self, offset: int) -> re.Match[str] | None:
        """Return the first match that starts at `offset` or later."""
        known = self._known and self._asked <= offset
        if not known or (self._found is not None and self._found.start() < offset):
            self._found = self._pattern.search(self._text, offset)
            self._known, self._asked = True, offset
        return self._found


def is_balanced(text: str) -> bool:
    """Tell whether every brace of a text has its partner."""
    if "{" not in text and "}" not in text:
        return True
    return BALANCED.fullmatch(text) is not None or not unmatched(text)


def unmatched(text: str) -> list[int]:
    """Return the offsets of the braces that have no partner."""
    lone: list[int] = []
    open_braces: list[int] = []
    for brace in BRACE.finditer(text):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            open_braces.pop()
        else:
            lone.append(brace.start())
    return sorted(lone + open_braces)


def without_unmatched(text: str) -> str:
    """Return the text without the braces that have no partner."""
    start, kept = 0, []
    for offset in unmatched(text):
        kept.append(text[start:offset])
        start = offset + 1
    return "".join(kept) + text[start:]
