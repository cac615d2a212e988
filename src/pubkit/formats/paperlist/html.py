"""HTML pages as blocks: headings, items, paragraphs, rows; navigation, scripts and hidden parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.formats.paperlist import headings
from pubkit.formats.paperlist.blocks import Block, Line, Mark, Span, trim
from pubkit.formats.paperlist.build import LINK, Builder, raised
from pubkit.formats.paperlist.tags import Token, tokens

INLINE: dict[str, Mark] = {
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "cite": "emph",
    "var": "emph",
    "q": "quote",
    "small": "small",
    "sup": "sup",
    "u": "strong",
    "ins": "strong",
}
# Elements that begin a block of their own.
PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "blockquote",
        "table",
        "tbody",
        "tr",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "figure",
        "figcaption",
        "center",
        "pre",
        "hr",
        "details",
        "summary",
        "fieldset",
        "address",
        "body",
        "html",
        "footer",
        "aside",
        "form",
        "thead",
    ]
)
# Mark-up open at a time; what goes deeper is not marked.
MAX_MARKS = 20
_VOID = frozenset(["br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:menu|navbar|nav|sidebar|breadcrumbs?|hidden|footer|site-header|masthead|pagination)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"h([1-6])|heading")
_LONE_NUMBER = re.compile(r"\[[A-Za-z]{0,3}\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]")
_NUMBER = re.compile(r"(\[[A-Za-z]{0,3}\d{1,3}\]|[A-Z]{1,2}\d{1,3}[.:]|\(\d{1,3}\)|\d{1,3}[.)])\s+(?=\S)")


def read(text: str) -> list[Block]:
    r"""Return the blocks of an HTML page.

    >>> [(block.kind, block.text) for block in read("<h2>Papers</h2><ul><li><b>On X</b><br>A. Li</ul>")]
    [('heading', 'Papers'), ('item', 'On X\nA. Li')]
    """
    reader = _Reader()
    for token in tokens(text):
        reader.take(token)
    reader.builder.close()
    return promote(reader.builder.blocks)


class _Reader:
    """Follows the tags: what is open, what is hidden."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.marks: list[tuple[str, Mark]] = []
        self.url = ""
        self.lists = 0
        self.rows = 0  # open rows of tables
        self.hidden: list[str] = []  # tags open within a hidden element, the hidden one first

    def take(self, token: Token) -> None:
        name = token.name
        if self.hidden:
            self.pass_by(name)
        elif not name:
            marks = frozenset(mark for _, mark in self.marks)
            if self.url:
                marks |= LINK
            text = raised(token.text) if "sup" in marks else token.text
            self.builder.text(text, token.start, token.end, marks - {"sup"}, self.url)
        elif name[0] == "/":
            self.end(name[1:])
        else:
            self.start(token)

    def pass_by(self, name: str) -> None:
        """Keep track of the element that hides what is read."""
        if name == self.hidden[0]:
            self.hidden.append(name)
        elif name == "/" + self.hidden[0]:
            self.hidden.pop()

    def start(self, token: Token) -> None:
        name = token.name
        attributes = token.attributes() if token.text else {}
        if name not in _VOID and _is_aside(name, attributes):
            self.hidden = [name]
        elif name == "br":
            self.builder.newline()
        elif name == "a":
            self.url = _address(attributes.get("href", ""))
        elif name in INLINE:
            if len(self.marks) < MAX_MARKS:
                self.marks.append((name, INLINE[name]))
        elif heading := _HEADING.fullmatch(name):
            self.builder.begin("heading", int(heading[1] or 2))  # <heading> is no HTML, but much copied
        elif name == "li":
            self.builder.begin("item", max(0, self.lists - 1), "-")
        elif name in ("ul", "ol"):
            self.lists += 1
            self.builder.close()
        elif name == "tr":
            self.rows += 1
            self.builder.begin("text")
        elif name in ("td", "th"):
            self.builder.newline()
        elif name in PARAGRAPHS:
            self.paragraph()

    def end(self, name: str) -> None:
        if name == "a":
            self.url = ""
        elif name in INLINE:
            for at in range(len(self.marks) - 1, -1, -1):
                if self.marks[at][0] == name:
                    del self.marks[at]
                    break
        elif name in ("ul", "ol"):
            self.lists = max(0, self.lists - 1)
            self.builder.close()
        elif _HEADING.fullmatch(name) or name in ("li", "tr", "table"):
            self.rows = max(0, self.rows - 1) if name == "tr" else 0 if name == "table" else self.rows
            self.builder.close()
            self.marks.clear()
        elif name in PARAGRAPHS:
            self.paragraph()

    def paragraph(self) -> None:
        """Within an item or a row of a table a paragraph is a line; elsewhere it is a block."""
        if self.builder.in_item or self.rows:
            self.builder.newline()
        else:
            self.builder.close()


def _is_aside(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element is hidden, or navigation."""
    if not attributes:
        return name == "footer"
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) or name == "footer":
        return True
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in ("navigation", "menu", "search"):
        return True
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return name in ("div", "ul", "ol", "section", "aside", "td", "header") and bool(_ASIDE.search(named))


def _address(url: str) -> str:
    """Return a link's target; "" for scripts, mail and places on the page."""
    url = url.strip()
    return "" if url.lower().startswith(("javascript:", "data:", "vbscript:", "mailto:", "#")) else url


def promote(blocks: list[Block]) -> list[Block]:
    """Make headings of short paragraphs that are set like one: all bold, and a year or a known heading."""
    promoted: list[Block] = []
    for block in map(_numbered, _with_numbers(blocks)):
        one = block.lines[0]
        text = block.text.strip()
        bold = all("strong" in span.marks for span in one.spans if span.text.strip())
        if (
            block.kind == "text"
            and len(block.lines) == 1
            and len(text) <= 60
            and (bold or headings.is_known(text))
        ):
            role = headings.classify(text).role
            if role != "unknown":
                level = 6 if role == "group" else 5
                promoted.append(Block("heading", block.lines, level))
                continue
        promoted.append(block)
    return promoted


def _with_numbers(blocks: list[Block]) -> Iterator[Block]:
    """Join a block that is nothing but a number, "[14]", with the one below it."""
    number = ""
    for block in blocks:
        if number and block.kind == "text":
            yield Block("item", block.lines, 0, number)
            number = ""
        elif block.kind == "text" and _LONE_NUMBER.fullmatch(block.text.strip()):
            number = block.text.strip()
        else:
            number = ""
            yield block


def _numbered(block: Block) -> Block:
    """Make an item of a paragraph that begins with a number, "[14]" or "3."."""
    if block.kind == "heading" or (block.kind == "item" and block.marker[:1].isalnum()):
        return block
    first = block.lines[0]
    number = _NUMBER.match(first.text)
    if number is None:
        return block
    left, kept = number.end(), []
    for span in first.spans:
        cut = min(left, len(span.text))
        left -= cut
        if cut < len(span.text):
            kept.append(Span(span.text[cut:], span.start, span.end, span.marks, span.url))
    rest = trim(kept)
    level = block.level if block.kind == "item" else 0
    return Block("item", (Line(rest), *block.lines[1:]), level, number[1]) if rest else block
