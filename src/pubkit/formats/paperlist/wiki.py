"""Lines of a wiki pasted as plain text: headings between equals signs, emphasis between apostrophes."""

from __future__ import annotations

import re

from pubkit.formats.paperlist.blocks import Mark, Span

# MediaWiki counts signs upwards, "== Papers ==" above "=== Books ==="; DokuWiki downwards.
_HEADING = re.compile(r"(={2,6})\s*([^=\s][^=]{0,200}?)\s*=*")
_UPWARDS = 4
_QUOTES = re.compile(r"'{2,5}")
_MARKS: dict[int, frozenset[Mark]] = {
    2: frozenset(("emph",)),
    3: frozenset(("strong",)),
    4: frozenset(("strong",)),
    5: frozenset(("emph", "strong")),
}


def heading(text: str) -> tuple[str, int]:
    """Return what stands in a heading, and its level; "" and 0 where a line is none.

    >>> heading("=== Books ==="), heading("====== Papers ======"), heading("a == b")
    (('Books', 3), ('Papers', 1), ('', 0))
    """
    found = _HEADING.fullmatch(text)
    if found is None or not text.endswith(found[1][:2]):
        return "", 0
    signs = len(found[1])
    return found[2], signs if signs <= _UPWARDS else 7 - signs


def spans(text: str, start: int) -> tuple[Span, ...]:
    """Return a line's text with its emphasis.

    >>> [(span.text, sorted(span.marks)) for span in spans("A. Li, ''On X'', 2020", 0)]
    [('A. Li, ', []), ('On X', ['emph']), (', 2020', [])]
    """
    signs = list(_QUOTES.finditer(text))
    if not signs or len(signs) % 2:
        return (Span(text, start, start + len(text)),)
    found: list[Span] = []
    at, open_ = 0, frozenset[Mark]()
    for sign in signs:
        if sign.start() > at:
            found.append(Span(text[at : sign.start()], start + at, start + sign.start(), open_))
        open_ = open_ ^ _MARKS[len(sign[0])]
        at = sign.end()
    if at < len(text):
        found.append(Span(text[at:], start + at, start + len(text), open_))
    return tuple(found) or (Span(text, start, start + len(text)),)
