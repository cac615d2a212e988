r"""Which parts of a LaTeX source text are plain words: outside braces, macros and mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.|$)|[{}$]", re.DOTALL)

_MATH = {"\\(": True, "\\[": True, "\\)": False, "\\]": False}  # what opens and closes mathematics
_MARKUP = re.compile(r"[\\{}$]")


def plain_spans(source: str) -> list[tuple[int, int]]:
    r"""Return start and end of the stretches that hold plain text.

    A stretch ends at a brace group, a macro or mathematics, and never holds any of them. Where braces do not
    balance, what follows the unclosed one counts as inside.

    >>> source = r"On {LLM}s and \emph{more} of $x$ it"
    >>> [source[start:end] for start, end in plain_spans(source)]
    ['On ', 's and ', ' of ', ' it']
    >>> plain_spans(r"e\(x_{AB}\)y")
    [(0, 1), (11, 12)]
    """
    if not _MARKUP.search(source):
        return [(0, len(source))] if source else []
    spans: list[tuple[int, int]] = []
    depth, in_math, start = 0, False, 0
    for token in _TOKEN.finditer(source):
        mark = token.group()
        if depth == 0 and not in_math and token.start() > start:
            spans.append((start, token.start()))
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(depth - 1, 0)
        elif mark == "$" or mark in _MATH:
            in_math = _MATH.get(mark, not in_math)
        start = token.end()
    if depth == 0 and not in_math and start < len(source):
        spans.append((start, len(source)))
    return spans


def replace_plain(source: str, change: Callable[[str], str]) -> str:
    r"""Return the source with `change` applied to each plain stretch.

    >>> replace_plain(r"a {a} \a a", str.upper)
    'A {a} \\a A'
    """
    if not _MARKUP.search(source):
        return change(source)
    parts: list[str] = []
    at = 0
    for start, end in plain_spans(source):
        parts += source[at:start], change(source[start:end])
        at = end
    parts.append(source[at:])
    return "".join(parts)
