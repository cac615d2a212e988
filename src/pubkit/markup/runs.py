"""A tree as runs: stretches of text of one look, as word processors have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pubkit.markup import mathtext, walk
from pubkit.markup.raw import raw_text
from pubkit.markup.tree import (
    Block,
    Emph,
    Highlight,
    Inline,
    Link,
    Math,
    Mono,
    Node,
    Plain,
    Quote,
    Raw,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Underline,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text.

    Attributes:
        text: Plain text.
        marks: The values of `_MARKS`: "italic", "bold", "superscript" …
        url: Where it links to, or "".
        part: "label" for what stands in the margin, "block" and "indent" for what has lines of its own.
    """

    text: str
    marks: frozenset[str] = frozenset()
    url: str = ""
    part: str = ""


_MARKS: dict[type[Node], str] = {
    Emph: "italic",
    Strong: "bold",
    SmallCaps: "small-caps",
    Underline: "underline",
    Sup: "superscript",
    Sub: "subscript",
    Mono: "mono",
    Highlight: "highlight",
}
_UNDONE: dict[str, frozenset[str]] = {
    "font-style": frozenset({"italic"}),
    "font-weight": frozenset({"bold"}),
    "font-variant": frozenset({"small-caps"}),
    "text-decoration": frozenset({"underline"}),
    "vertical-align": frozenset({"superscript", "subscript"}),
}
_PARTS = {"left-margin": "label", "block": "block", "indent": "indent"}
_QUOTES = (("“", "”"), ("‘", "’"))


def runs(rich: Rich) -> list[Run]:
    """Return a tree as runs, neighbours of one look joined.

    >>> [(run.text, sorted(run.marks)) for run in runs(("On ", Emph(("E. coli", Strong(("!",)))), "."))]
    [('On ', []), ('E. coli', ['italic']), ('!', ['bold', 'italic']), ('.', [])]
    """
    out: list[Run] = []
    for run in _walk(rich):
        if out and (out[-1].marks, out[-1].url, out[-1].part) == (run.marks, run.url, run.part):
            out[-1] = Run(out[-1].text + run.text, run.marks, run.url, run.part)
        elif run.text:
            out.append(run)
    return out


def _walk(rich: Rich) -> Iterator[Run]:
    """Yield the runs of a tree; a stack of our own, as input may nest deeper than Python's."""
    stack: list[tuple[Inline, frozenset[str], str, str]] = [
        (node, frozenset(), "", "") for node in reversed(rich)
    ]
    while stack:
        node, marks, url, part = stack.pop()
        if isinstance(node, str):
            yield Run(walk.printable(node), marks, url, part)
            continue
        if isinstance(node, Math | Raw):
            text = mathtext.to_text(node.source) if isinstance(node, Math) else raw_text(node.source)
            yield Run(walk.printable(text), marks, url, part)
            continue
        children: Rich = node.children
        if mark := _MARKS.get(type(node)):
            marks |= {mark}
        elif isinstance(node, Plain):
            marks -= _UNDONE[node.property]
        elif isinstance(node, Link):
            url = url or walk.safe_url(node.url) or ""
        elif isinstance(node, Block):
            part = _PARTS.get(node.display, part)
        elif isinstance(node, Quote):
            opening, closing = _QUOTES[(node.level - 1) % 2]
            children = (opening, *children, closing)
        stack.extend((child, marks, url, part) for child in reversed(children))
