"""Markdown as blocks: markdown-it-py makes HTML of it, with offsets in it, and the reader of HTML reads that.

So HTML in Markdown, and Markdown in that HTML, is read as the generators of pages read it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from pubkit.formats.paperlist import html, htmltree
from pubkit.formats.paperlist.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_SCRIPT = re.compile(r"^[ \t]*<(script|style)\b[^<>]{0,500}>[^<]*(?:<(?!/)[^<]*)*</\1>", re.M | re.I)
_LIQUID = re.compile(r"\{%[^%\n]{0,500}%\}|\{:[^{}\n]{0,300}\}|\{\{[^{}\n]{0,300}\}\}")
# Signs at the start of a line that people use as bullets and numbers, and CommonMark does not.
_SIGN = re.compile(r"^([ \t]*)[•▪●◦‣·■□](?=[ \t\u00a0])", re.MULTILINE)
_MATH = re.compile(r"\\\\([()])")
# HTML in a paragraph that breaks its lines by itself: line ends of the source mean nothing there.
_BREAKS = re.compile(r"</?(?:p|div|ul|ol|li|h[1-6]|table|tr|td|section|dl|dt|dd|br)\b", re.IGNORECASE)
_MAX_FRONT = 20_000
# Elements that a page may have; what else stands in angle brackets is text: "Vec<T>". Scripts are blanked out
# before; where one is left, somebody writes about them.
_ELEMENTS = (
    frozenset(html.INLINE)
    | html.PARAGRAPHS
    | (html.OPAQUE - {"script", "style"})
    | frozenset(
        [
            "a",
            "br",
            "span",
            "font",
            "sub",
            "u",
            "code",
            "img",
            "mark",
            "tt",
            "abbr",
            "s",
            "ul",
            "ol",
            "li",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "tr",
            "td",
            "th",
            "kbd",
            "del",
            "ins",
        ]
    )
)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")


def read(text: str) -> list[Block]:
    r"""Return the blocks of a Markdown text.

    >>> blocks = read("## Papers\n\n1. **On X** [[PDF](http://x.y)]\n   A. Li\n")
    >>> [(block.kind, block.level, block.text) for block in blocks]
    [('heading', 2, 'Papers'), ('item', 0, 'On X [PDF]\nA. Li')]
    """
    return html.read_parts(htmltree.read_made(_page(_blanked(text)), text, html.OPAQUE))


def _blanked(text: str) -> str:
    """Blank out comments, front matter and template tags, so that offsets stay true."""
    text = htmltree.unmarked(text)
    if text.startswith("---") and (front := _FRONT.match(text, 0, _MAX_FRONT)):
        text = re.sub(r"[^\n]", " ", front[0]) + text[front.end() :]
    pieces: list[str] = []
    at = 0
    while (opening := text.find("<!--", at)) >= 0:
        closing = text.find("-->", opening)
        if closing < 0:
            break
        pieces += [text[at:opening], re.sub(r"[^\n]", " ", text[opening : closing + 3])]
        at = closing + 3
    text = "".join(pieces) + text[at:]
    text = _SCRIPT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    text = _MATH.sub("   ", text)
    text = _LIQUID.sub(lambda match: " " * len(match[0]), text)
    return _SIGN.sub(r"\1-", text)


@cache
def _parser() -> Any:
    """Return CommonMark with tables; without code by indent, which no list has, and with Markdown in HTML."""
    from markdown_it import MarkdownIt  # loaded when the first Markdown is read

    parser: Any = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "text_join"])
    parser.validateLink = _any_link  # the way its documentation names
    return parser


def _any_link(_url: str) -> bool:
    """Let all links through: the reader of HTML leaves out what is no address, the label stays."""
    return True


def _page(text: str) -> str:
    """Return a Markdown text as HTML, each text marked with its offset."""
    parser = _parser()
    # markdown-it takes \r\n and \0 for one character each, of which there may be two, or none.
    text = text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", " ")
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    tokens = parser.parse(text)
    pieces: list[str] = []
    lines = (0, 0)
    for at, token in enumerate(tokens):
        lines = (token.map[0], token.map[1]) if token.map else lines
        if token.type == "inline":
            first, last = (starts[min(line, len(starts) - 1)] for line in lines)
            pieces += _inline(token.children or (), text, first, last)
        elif token.type != "fence":
            pieces.append(parser.renderer.renderToken(tokens, at, parser.options, {}))
    return "".join(pieces)


def _inline(tokens: Sequence[Token], text: str, first: int, last: int) -> list[str]:
    """Return a paragraph's mark-up as HTML; its text stands from `first` to `last`."""
    parser = _parser()
    markup = [token.content for token in tokens if token.type == "html_inline"]
    line_break = "\n" if any(map(_BREAKS.match, markup)) else "<br>"
    pieces: list[str] = []
    at = first
    for number, token in enumerate(tokens):
        if token.type in ("text", "text_special", "code_inline"):
            found = text.find(token.content, at, min(last, at + len(token.content) + 2000))
            at = found if found >= 0 else at
            pieces += [htmltree.mark(at), escape(token.content)]
            at += len(token.content) if found >= 0 else 0
        elif token.type == "softbreak":
            pieces.append(line_break)
        elif token.type == "html_inline":
            name = _NAME.match(token.content)
            known = name is None or name[1].lower() in _ELEMENTS
            pieces.append(token.content if known else escape(token.content))
        elif token.type != "image":
            pieces.append(parser.renderer.renderToken(tokens, number, parser.options, {}))
    return pieces
