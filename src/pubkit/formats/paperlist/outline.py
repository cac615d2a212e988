"""The levels of headings in plain text: told by how they are numbered and set, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pubkit.formats.paperlist import headings
from pubkit.formats.paperlist.blocks import Block

#: Level of a heading that divides a list ("2021"), and of one whose level the outline tells.
GROUP, ANY = 4, 2
_LIST, _DEEPEST = 2, 3
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"[IVX]{1,5}[.)]\s")),
    ("letter", re.compile(r"[A-Z][.)]\s")),
    ("small", re.compile(r"[a-z][.)]\s")),
    ("deep", re.compile(r"\d{1,2}\.\d{1,2}\.?\s")),
    ("digit", re.compile(r"\d{1,2}[.)]\s")),
)
_Style = tuple[str, bool]


def levelled(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the level of each heading set from the outline of the text.

    A way of setting headings that is met first below another one is deeper than it: "Publications", then
    "I. Articles". Capitals stand above other letters. The first heading of a list has level 2.

    >>> from pubkit.formats.paperlist.blocks import Line, Span
    >>> texts = ["Publications", "I. Articles", "II. Case reports", "Teaching"]
    >>> heads = [Block("heading", (Line((Span(text, 0, 0),)),), ANY) for text in texts]
    >>> [block.level for block in levelled(heads)]
    [2, 3, 3, 2]
    """
    open_: list[_Style] = []
    found: dict[int, int] = {}
    shift: int | None = None
    for at, block in enumerate(blocks):
        if block.kind != "heading" or block.level != ANY:
            continue
        style = _style(block.text)
        if style in open_:
            del open_[open_.index(style) + 1 :]
        elif style == ("", True) and ("", False) in open_:
            open_[open_.index(("", False)) :] = [style]
        else:
            open_.append(style)
        found[at] = len(open_)
        if shift is None and headings.classify(block.text).role == "list":
            shift = _LIST - len(open_)
    return [
        replace(block, level=max(1, min(_DEEPEST, found[at] + (shift or 0)))) if at in found else block
        for at, block in enumerate(blocks)
    ]


def _style(text: str) -> _Style:
    """Return how a heading is numbered, and whether it is in capitals."""
    text = text.strip()
    numbered = next((name for name, shape in _NUMBERS if shape.match(text)), "")
    return numbered, text.isupper()
