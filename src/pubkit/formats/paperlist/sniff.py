"""How surely a text is a paper list: never as surely as a format that has a grammar."""

from __future__ import annotations

import re

from pubkit.formats.paperlist import headings
from pubkit.formats.paperlist.atoms import looks_whole

LOOK = 65536
_GRAMMAR = re.compile(
    r"\s*(?:[\[{]\s*(?:[\[{\"]|\]|\})|@\w+\s*[{(]|<\?xml|%PDF|PK\x03\x04|TY  - |PMID- |FN Clarivate|%0 |cff-version:)"
    r"|^\s*@\w+\s*[{(]\s*[^\s,{}]*\s*,"
    r"|^(?:TY|AU|PT|PMID)\s{1,2}-? ",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"^\s*(?:#+\s*|\\(?:sub)*section\*?\{|\*+\s+|<h[1-6][^>]*>)?\s*([^\n<>{}#]{3,60}?)\s*(?:\}|</h[1-6]>)?\s*$",
    re.MULTILINE,
)
_HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def sniff(text: str) -> float:
    """Return 0.0 for a text of another format, up to 0.8 for one with a heading that names a list.

    >>> sniff("Publications\\n- ICML 2021 On Lists of Papers and Their Use"), sniff("@book{a, title={B}}")
    (0.8, 0.0)
    """
    head = text[:LOOK]
    if "\0" in head or _GRAMMAR.match(head) or (_GRAMMAR.search(head) and "@" in head[:2000]):
        return 0.0
    lines = [line for line in head.splitlines() if line.strip()]
    if not lines:
        return 0.0
    if any(
        headings.is_known(match[1]) and headings.classify(match[1]).role == "list"
        for match in _HEADING.finditer(head)
    ):
        return 0.8
    whole = sum(looks_whole(line) for line in lines[:300])
    if _HTML.match(head):
        return 0.5
    return 0.5 if whole >= 1 and whole >= len(lines[:300]) * 0.2 else (0.35 if whole else 0.1)
