"""reStructuredText. It has no markup inside markup: of nested markup the outermost shows."""

from __future__ import annotations

import re

from pubkit.markup import plain, walk
from pubkit.markup.marks import Mark, mark, marked, opens, tidy
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

_SPECIAL = re.compile(r"[\\*`|_]")
# What would start a list, field, directive, quotation, table or title.
_START = re.compile(r"[-+•‣⁃:.>/=~^\"'#%$&!,;<@\[\]{}?]|\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)](?=\s|\Z)")
# All that docutils takes for the end of a line.
_SPACE = re.compile("\\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
# Characters that may stand before and behind inline markup (docutils' own sets are larger).
_BEFORE = frozenset(" \u00a0-:/'\"<([{")
_BEHIND = frozenset(" \u00a0'\")]}>-/\\:.,;!?")
# An escaped blank: separates and does not show.
_NOTHING = "\\ "


def escape(text: str) -> str:
    r"""Return plain text as reStructuredText that shows exactly it.

    >>> escape("a*b* x_")
    'a\\*b\\* x\\_'
    """
    text = _SPACE.sub(" ", walk.printable(text))
    return _SPECIAL.sub(walk.backslash, text)


def write(rich: Rich) -> str:
    r"""Return a tree as one line of reStructuredText.

    >>> write((Emph(("Nature",)), "s H", Sub(("2",)), "O"))
    '*Nature*\\ s H\\ :sub:`2`\\ O'
    """
    pieces = tidy(_flat(walk.pieces(rich, escape, _TAGS)))
    out: list[str] = []
    for index, piece in enumerate(pieces):
        starts = opens(piece) or isinstance(piece, _Literal)
        ends = isinstance(piece, _Literal) or (isinstance(piece, Mark) and piece.closing)
        if starts and out and (out[-1][-1] not in _BEFORE or out[-1].endswith("\\ ")) and out[-1] != _NOTHING:
            out.append(_NOTHING)
        out.append(piece)
        behind = pieces[index + 1] if index + 1 < len(pieces) else ""
        if ends and behind and (isinstance(behind, Mark | _Literal) or behind[0] not in _BEHIND):
            out.append(_NOTHING)
    line = "".join(out).strip()
    if line.endswith("::"):  # would begin a literal block
        line = f"{line[:-1]}\\:"
    first = next((piece for piece in pieces if piece.strip()), "")
    return "\\" + line if not isinstance(first, Mark | _Literal) and _START.match(line) else line


class _Literal(str):
    """Code between double backquotes, where nothing is escaped."""

    __slots__ = ()


def _flat(pieces: list[str]) -> list[str]:
    """Drop the delimiters inside other ones."""
    out: list[str] = []
    depth = 0
    for piece in pieces:
        if isinstance(piece, Mark):
            depth -= piece.closing
            if not depth:
                out.append(piece)
            depth += not piece.closing
        elif depth and isinstance(piece, _Literal):
            out.append(escape(piece[2:-2]))
        else:
            out.append(piece)
    return out


def _code(node: Mono) -> walk.Tag:
    text = _SPACE.sub(" ", walk.printable(plain.write(node.children)))
    if not text.strip() or text != text.strip() or "``" in text or text.endswith(("`", "\\")):
        return escape(text), (), ""
    return _Literal(f"``{text}``"), (), ""


def _link(node: Link) -> walk.Tag:
    url = walk.safe_url(node.url)
    if url is None:
        return "", node.children, ""
    url = re.sub(r"[<>\\`]", lambda found: f"%{ord(found[0]):02X}", url)
    url = url.removesuffix("_") + "\\_" if url.endswith("_") else url
    return mark("`", closing=False), node.children, mark(f" <{url}>`__", closing=True)


_TAGS: walk.Tags = {
    Emph: marked("*", "*"),
    **dict.fromkeys((Strong, Highlight), marked("**", "**")),
    Sup: marked(":sup:`", "`"),
    Sub: marked(":sub:`", "`"),
    Mono: _code,
    Quote: walk.quote(("“", "”"), ("‘", "’")),
    Math: walk.mathematics(escape),
    Raw: walk.leaf(lambda source: escape(raw_text(source))),
    Link: _link,
    Block: walk.by_attribute("display", {"left-margin": ("", " "), "block": (" ", ""), "indent": (" ", "")}),
    **dict.fromkeys((SmallCaps, Underline, Plain, NoCase, Tagged), walk.unwrap),
}
