"""How surely a text is a paper list: never as surely as a format that has a grammar."""

from __future__ import annotations

import re

from pubkit.formats.paperlist import data, headings
from pubkit.formats.paperlist.shapes import looks_whole

LOOK = 65536
# What other formats begin with, and what a line of a `.bib`, `.ris` or `.nbib` looks like further down.
_BEGINS = re.compile(
    r"[\[{]\s*(?:[\[{\"]|\]|\})|@\w+\s*[{(]|<\?xml|%PDF|PK\x03\x04|TY  - |PMID- |FN Clarivate|%0 "
    r"|cff-version:"
)
_LINE = re.compile(r"^[ \t]*@\w+[ \t]*[{(][ \t]*[^\s,{}]*[ \t]*,|^(?:TY|PT|PMID)(?:  - |- | )", re.MULTILINE)
_HEADING = re.compile(
    r"(?:#{1,6}|\\(?:sub)*section\*?\{|\*{1,6}(?=\s)"
    r"|<h[1-6][^>]{0,200}>)?\s*(?P<text>[^<>{}#]{3,60}?)\s*(?:\}|</h[1-6]>)?"
)
_HTML = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def sniff(text: str) -> float:
    r"""Return 0.0 for a text of another format, up to 0.8 for one with a heading that names a list.

    >>> sniff("Publications\n- ICML 2021 On Lists of Papers and Their Use"), sniff("@book{a, title={B}}")
    (0.8, 0.0)
    """
    head = text[:LOOK].lstrip("\ufeff \t\r\n")
    if data.looks_like(head):
        return 0.7
    if not head or "\0" in head or _BEGINS.match(head) or _LINE.search(head):
        return 0.0
    lines = [line for raw in head.splitlines() if (line := raw.strip())]
    if any(_names_list(line) for line in lines if len(line) < 300):
        return 0.8
    some = lines[:300]
    whole = sum(looks_whole(line) for line in some)
    if _HTML.match(head):
        return 0.5
    return 0.5 if whole and whole >= len(some) * 0.2 else (0.35 if whole else 0.1)


def _names_list(line: str) -> bool:
    found = _HEADING.fullmatch(line)
    return (
        found is not None
        and headings.is_known(found["text"])
        and headings.classify(found["text"]).role == "list"
    )
