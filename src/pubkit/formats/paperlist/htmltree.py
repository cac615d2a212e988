"""HTML through an HTML5 parser (Lexbor), as a browser reads it, each text with its offset in the source.

A parser of HTML5 moves text about (out of tables, into unclosed elements) and tells no offsets. So each text
is marked with its own before it is parsed: two characters that no text holds around a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Beyond this depth elements are not nested further; browsers stop at 512. Lexbor takes quadratic time in it.
MAX_DEPTH = 256
# Formatting left open is opened anew in each paragraph behind it; more than this many are not.
MAX_FORMATTING = 6
# Longer sources are cut here: a tree takes up to 150 times the memory of its source.
MAX_LENGTH = 20_000_000
# Two noncharacters: HTML allows them nowhere.
_FROM, _TO = "\ufdd0", "\ufdd1"
_TEXT = re.compile(r"(?<=>)\s*+(?=[^\s<])|\A(?=[^\s<])")
_MARKED = re.compile(_FROM + r"(\d{1,9})" + _TO)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]{0,40})")
_FORMATTING = frozenset(
    ["b", "i", "em", "strong", "font", "u", "small", "tt", "code", "s", "big", "strike", "nobr"]
)
# Elements without content, and those that close their like: they do not nest by themselves.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "html",
        "head",
        "body",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "colgroup",
        "option",
        "optgroup",
        "a",
    ]
)


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text, entities decoded.

    Attributes:
        text: The text.
        start: Offset in the source of its first character.
        end: Offset behind its last one.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Start:
    """The start of an element.

    Attributes:
        name: Its name in lower case.
        attributes: Its attributes by name; one without a value has "".
    """

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """The end of an element."""

    name: str


def read(source: str, skip: frozenset[str] = frozenset()) -> Iterator[Text | Start | End]:
    """Yield what a page consists of, in the order of its tree; elements are closed as a browser closes them.

    Args:
        source: A page, or a piece of one.
        skip: Elements that are left out with all that they hold.

    >>> [part.name for part in read("<p>a<b>c</p>") if isinstance(part, Start)]
    ['html', 'head', 'body', 'p', 'b']
    >>> [(part.text, part.start) for part in read("<table>a<td>b &amp; c") if isinstance(part, Text)]
    [('a', 7), ('b & c', 12)]
    """
    source = unmarked(source[:MAX_LENGTH])
    marked = _TEXT.sub(lambda match: f"{match[0]}{mark(match.end())}", _bounded(source))
    return _parts(marked, _Texts(source, "<"), skip)


def read_made(page: str, source: str, skip: frozenset[str] = frozenset()) -> Iterator[Text | Start | End]:
    """Yield what a page consists of that was made of another source, and has `mark`s before its texts.

    Args:
        page: The page.
        source: What it was made of, and the offsets are of.
        skip: Elements that are left out with all that they hold.
    """
    return _parts(_bounded(page), _Texts(source), skip)


def mark(offset: int) -> str:
    """Return what stands before a text to say which offset it has in its source."""
    return f"{_FROM}{offset}{_TO}"


def unmarked(source: str) -> str:
    """Blank out what looks like a mark."""
    return source.replace(_FROM, " ").replace(_TO, " ")


def _parts(page: str, texts: _Texts, skip: frozenset[str]) -> Iterator[Text | Start | End]:
    from selectolax.lexbor import LexborHTMLParser  # loads a library in C

    node = LexborHTMLParser(page).root
    open_: list[str] = []
    while node is not None:
        deeper = None
        if node.is_text_node:
            yield from texts.take(node.text_content or "")
        elif node.is_element_node and (name := node.tag or "") not in skip:
            attributes = {key: _MARKED.sub("", value or "") for key, value in node.attributes.items()}
            yield Start(name, attributes)
            deeper = node.child
            if deeper is None:
                yield End(name)
            else:
                open_.append(name)
        if deeper is None:
            while node is not None and open_ and node.next is None:
                node = node.parent
                yield End(open_.pop())
            deeper = node.next if node is not None else None
        node = deeper


class _Texts:
    """Takes the offsets out of texts again."""

    def __init__(self, source: str, closing: str = "") -> None:
        self.source = source
        self.closing = closing  # what ends a text in the source
        self.at = 0

    def take(self, text: str) -> Iterator[Text]:
        if _FROM not in text:
            yield self.piece(text)
            return
        first, *marked = _MARKED.split(text)
        if first.strip():
            yield self.piece(first)
            first = ""
        for number, piece in zip(marked[::2], marked[1::2], strict=True):
            # White space before a mark belongs to the text behind it.
            self.at = max(0, min(int(number), len(self.source)) - len(first))
            if piece:
                yield self.piece(first + piece)
            first = ""

    def piece(self, text: str) -> Text:
        start, end = self.at, self.at + len(text)
        if not self.source.startswith(text, start):  # entities: its end is where the next tag begins
            closing = self.source.find(self.closing, start, end + 5 * len(text)) if self.closing else -1
            end = closing if closing >= 0 else min(end, len(self.source))
        if text.strip():
            self.at = end
        return Text(text, start, end)


def _bounded(source: str) -> str:
    """Make comments ("<?…>") of tags that are nested too deeply; the length stays."""
    depth = formatting = 0
    pieces: list[str] = []
    at = 0
    for match in _TAG.finditer(source):
        name = match[2].lower()
        if name in _FLAT:
            continue
        inline = name in _FORMATTING
        if match[1]:
            if inline:
                excess = formatting > MAX_FORMATTING
                formatting = max(0, formatting - 1)
            else:
                excess = depth > MAX_DEPTH
                depth = max(0, depth - 1)
        elif inline:
            formatting += 1
            excess = formatting > MAX_FORMATTING
        else:
            depth += 1
            excess = depth > MAX_DEPTH
        if excess:
            pieces += [source[at : match.start(2)], "?"]
            at = match.start(2) + 1
    return "".join(pieces) + source[at:]
