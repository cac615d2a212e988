"""Which mark-up a text is in, and its reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from pubkit.formats.paperlist import data, html, latex, markdown, org, plain, rst
from pubkit.formats.paperlist.blocks import Block

READERS: dict[str, Callable[[str], list[Block]]] = {
    "html": html.read,
    "latex": latex.read,
    "markdown": markdown.read,
    "org": org.read,
    "plain": plain.read,
    "rst": rst.read,
}
# Not a mark-up: a list whose fields have names; `data.read` reads it.
DATA = "data"
SUFFIXES: dict[str, str] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".tex": "latex",
    ".ltx": "latex",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".org": "org",
    ".rst": "rst",
    ".yaml": DATA,
    ".yml": DATA,
    ".json": DATA,
}
# How often the signs of a mark-up must occur in the first 64 KB to prove it.
LOOK = 65536
_SIGNS: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("html", re.compile(r"<!doctype html|<html\b|<body\b", re.IGNORECASE), 1),
    (
        "latex",
        re.compile(
            r"\\documentclass|\\begin\{(?:document|itemize|enumerate|etaremune|cv\w*)\}|\\section\*?\{"
        ),
        1,
    ),
    ("org", re.compile(r"^#\+\w+:|\[\[https?:", re.MULTILINE), 1),
    (
        "markdown",
        re.compile(
            r"^#{1,6} \S|\]\((?:https?:|/|\))|\*\*[^*\n]+\*\*|^---$(?=\n\w+:)"
            r"|(?<!\w)[*_][^*_\s][^*_\n]+[*_](?!\w)",
            re.MULTILINE,
        ),
        2,
    ),
    ("html", re.compile(r"<(?:li|ul|ol|p|div|h[1-6]|br|a)\b[^>]*>", re.IGNORECASE), 3),
)


def kind_of(text: str, name: str = "") -> str:
    r"""Return the mark-up of a text: a key of `READERS`, or `DATA`.

    >>> kind_of("# Papers\n\n- **On X**"), kind_of("Papers\n- On X"), kind_of("", "cv.tex")
    ('markdown', 'plain', 'latex')
    """
    by_name = SUFFIXES.get(PurePath(name).suffix.lower())
    if data.is_front_matter(text):
        return DATA
    if by_name:
        return by_name
    head = text[:LOOK]
    if data.looks_like(head):
        return DATA
    for kind, sign, least in _SIGNS:
        if sum(1 for _, _ in zip(sign.finditer(head), range(least), strict=False)) >= least:
            return kind
    return "plain"
