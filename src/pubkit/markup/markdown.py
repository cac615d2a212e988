"""Markdown that CommonMark, GitHub and pandoc all show as the exact text."""

from __future__ import annotations

import re
from unicodedata import category

from pubkit.markup import plain, walk
from pubkit.markup.marks import Mark, marked, tidy
from pubkit.markup.raw import raw_text
from pubkit.markup.tree import (
    Block,
    Emph,
    Highlight,
    Link,
    Math,
    Mono,
    NoCase,
    Plain,
    Quote,
    Raw,
    Rich,
    SmallCaps,
    Strong,
    Sub,
    Sup,
    Tagged,
    Underline,
)

# Beside CommonMark's own: pandoc's ^ ~ $ @ and its typographic ' " -- and three dots.
_SPECIAL = re.compile(r"""[\\`*_\[\]<>~^$@|'"]|&(?=\#?\w)|-(?=-)|\.(?=\.\.)""")
# What would start a heading, list, quotation, rule or title block at the beginning of a line.
_START = re.compile(
    r"""
      [\#>%:] | [-+](?=\s|\Z) | =+\Z
    | (?! [A-Z]\.\s\S )  # initials: pandoc wants two blanks before it sees a list
      (?P<number> \(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}) ) (?P<mark> [.)] ) (?=\s|\Z)
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*[\r\n]\s*")


def escape(text: str) -> str:
    r"""Return plain text as Markdown that shows exactly it, wherever it stands in a line.

    >>> escape("2*3 [x] <b> a_b")
    '2\\*3 \\[x\\] \\<b\\> a\\_b'
    """
    text = walk.printable(text)
    if "\n" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    return _SPECIAL.sub(walk.backslash, text)


def write(rich: Rich) -> str:
    r"""Return a tree as one line of Markdown; what Markdown cannot say is inline HTML.

    >>> write(("1. ", Emph(("Nature",)), " ", Strong(("12",)), " x", Sup(("2",))))
    '1\\. *Nature* **12** x<sup>2</sup>'
    """
    return _line_start(_emphasis(walk.pieces(rich, escape, _TAGS)).strip())


def _line_start(line: str) -> str:
    """Escape what would make the line something else than a paragraph."""
    found = _START.match(line)
    if not found:
        return line
    if found["number"]:
        return f"{found['number']}\\{line[found.start('mark') :]}"
    return "\\" + line


def _emphasis(pieces: list[str]) -> str:
    """Join the pieces; emphasis that CommonMark's flanking rules would not see is written in HTML."""
    pieces = tidy(pieces)
    html: set[int] = set()
    stack: list[int] = []
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Mark):
            continue
        if not piece.closing:
            stack.append(index)
            continue
        start = stack.pop()
        nested = bool(stack)
        works = _works(pieces, start, nested=nested) and _works(pieces, index, nested=nested)
        if not works or any(pieces[outer] == piece for outer in stack):
            html.update((start, index))
    out: list[str] = []
    for index, piece in enumerate(pieces):
        written = piece.otherwise if isinstance(piece, Mark) and index in html else piece
        if out and out[-1][-1] + written[0] in ("``", "!["):
            out.append("<!-- -->")  # two pieces of code, or a link behind an exclamation mark
        out.append(written)
    return "".join(out)


def _works(pieces: list[str], index: int, *, nested: bool) -> bool:
    """Whether stars at this place open or close emphasis, by CommonMark's flanking rules."""
    mark = pieces[index]
    assert isinstance(mark, Mark)  # noqa: S101  # the caller looked
    before = pieces[index - 1] if index else " "
    behind = pieces[index + 1] if index + 1 < len(pieces) else " "
    if isinstance(before, Mark) or isinstance(behind, Mark):
        return False
    inner, outer = (before[-1], behind[0]) if mark.closing else (behind[0], before[-1])
    if inner.isspace() or (nested and not outer.isspace()):
        return False
    return not _punctuation(inner) or outer.isspace() or _punctuation(outer)


def _punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _code(node: Mono) -> walk.Tag:
    text = _SPACE.sub(" ", plain.write(node.children))
    if not text.strip():
        return escape(text), (), ""
    fence = "`"
    while fence in text:
        fence += "`"
    pad = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}", (), ""


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    url = re.sub(
        r"[()<>\\\"'`*_\[\]]",
        lambda found: f"%{ord(found[0]):02X}" if found[0] not in "_*" else found[0],
        url,
    )
    return "[", node.children, f"]({url})"


_TAGS: dict[type, walk.Build] = {
    Emph: marked("*", "*", ("<em>", "</em>")),
    **dict.fromkeys((Strong, Highlight), marked("**", "**", ("<strong>", "</strong>"))),
    Sup: walk.wrap("<sup>", "</sup>"),
    Sub: walk.wrap("<sub>", "</sub>"),
    Underline: walk.wrap("<u>", "</u>"),
    SmallCaps: walk.wrap('<span style="font-variant: small-caps">', "</span>"),
    Plain: walk.by_attribute(
        "property",
        {
            "font-style": ('<span style="font-style: normal">', "</span>"),
            "font-weight": ('<span style="font-weight: normal">', "</span>"),
            "font-variant": ('<span style="font-variant: normal">', "</span>"),
        },
    ),
    Mono: _code,
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(str),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: walk.by_attribute(
        "display", {"left-margin": ("", " "), "block": ("<br>", ""), "indent": ("<br>", "")}
    ),
    **dict.fromkeys((NoCase, Tagged), walk.unwrap),
}
