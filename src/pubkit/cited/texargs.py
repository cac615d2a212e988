"""Arguments of TeX commands: where they begin and end."""

from __future__ import annotations

import re

# Between arguments: spaces, comments and at most one line end.
_GAP = re.compile(r"[ \t]*(?:%[^\n]*)?(?:\n[ \t]*(?:%[^\n]*\n[ \t]*)*)?")
_MARKS = {
    "{": re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL),
    "[": re.compile(r"\\.|%[^\n]*|[{}\[\]]", re.DOTALL),
    "(": re.compile(r"\\.|%[^\n]*|[{}()]", re.DOTALL),
    "<": re.compile(r"\\.|[{}<>\n]", re.DOTALL),
}
_CLOSE = {"{": "}", "[": "]", "(": ")", "<": ">"}
#: An argument that is longer is taken as one that is never closed.
LONGEST = 10_000
# How many characters may be looked at in vain before a text counts as hostile.
_PATIENCE = 1_000_000


class Arguments:
    """Reads arguments of one text; the time spent on brackets that are never closed is bounded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._patience = _PATIENCE

    def gap(self, at: int) -> int:
        """Return the offset behind spaces, comments and one line end."""
        found = _GAP.match(self.text, at)
        return found.end() if found else at

    def bracket(self, at: int, opening: str = "{") -> tuple[str, int] | None:
        """Return the content of a bracket that opens here (or behind a gap), and the offset behind it.

        Args:
            at: Where to look.
            opening: "{", "[", "(" or "<"; braces inside are kept together.
        """
        at = self.gap(at)
        if not self.text.startswith(opening, at) or self._patience <= 0:
            return None
        closing, depth, braces = _CLOSE[opening], 0, 0
        for mark in _MARKS[opening].finditer(self.text, at, at + LONGEST):
            char = mark[0]
            if opening != "{" and char in "{}":
                braces += 1 if char == "{" else -1
                if braces < 0:
                    break
            elif braces == 0 and char == opening:
                depth += 1
            elif braces == 0 and char == closing:
                depth -= 1
                if depth == 0:
                    return self.text[at + 1 : mark.start()], mark.end()
            elif char == "\n":
                break
        self._patience -= LONGEST
        return None

    def options(self, at: int, kinds: str = "<[") -> int:
        """Return the offset behind all optional arguments of some kinds."""
        while True:
            for opening in kinds:
                found = self.bracket(at, opening)
                if found:
                    at = found[1]
                    break
            else:
                return at

    def command(self, at: int) -> tuple[str, int] | None:
        r"""Return the command that an argument names, `{\name}` or `\name`, and the offset behind it."""
        found = _NAMED.match(self.text, self.gap(at))
        return (found[1] or found[2], found.end()) if found else None


_NAMED = re.compile(r"\{\s*\\([A-Za-z@]+)\*?\s*\}|\\([A-Za-z@]+)\*?")
