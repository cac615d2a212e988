"""HTML pages as blocks: headings, items, paragraphs, rows; navigation, scripts and hidden parts left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import parse_qs, urlsplit

from pubkit.formats.paperlist import headings, htmlcards, htmltree
from pubkit.formats.paperlist.blocks import Block, Line, Mark, Span, trim
from pubkit.formats.paperlist.build import LINK, NO_MARKS, Builder, raised
from pubkit.formats.paperlist.shapes import is_labels, looks_whole

INLINE: dict[str, Mark] = {
    "b": "strong",
    "strong": "strong",
    "i": "emph",
    "em": "emph",
    "cite": "emph",
    "var": "emph",
    "dfn": "emph",
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
        "thead",
        "tfoot",
        "dl",
        "dt",
        "dd",
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
        "hgroup",
        "caption",
    ]
)
# Elements without text for a reader.
OPAQUE = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "nav",
        "select",
        "button",
        "textarea",
        "iframe",
        "object",
        "audio",
        "video",
        "math",
        "canvas",
        "dialog",
        "datalist",
        "map",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
# Classes by which pages hide text, or give it to screen readers only.
_UNSEEN = re.compile(
    r"(?<![\w-])(?:hidden|d-none|sr-only|visually-hidden|screen-reader-text|visuallyhidden)(?![\w-])",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:menu|navbar|nav|sidebar|breadcrumbs?|hidden|footer|site-header|masthead|pagination)\b",
    re.IGNORECASE,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])|heading")
# A heading longer than this is a paragraph in large type.
MAX_HEADING = 300
_LONE_NUMBER = re.compile(r"\[[A-Za-z]{0,3}\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]")
_NUMBER = re.compile(r"(\[[A-Za-z]{0,3}\d{1,3}\]|[A-Z]{1,2}\d{1,3}[.:]|\(\d{1,3}\)|\d{1,3}[.)])\s+(?=\S)")


def read(text: str) -> list[Block]:
    r"""Return the blocks of an HTML page.

    >>> [(block.kind, block.text) for block in read("<h2>Papers</h2><ul><li><b>On X</b><br>A. Li</ul>")]
    [('heading', 'Papers'), ('item', 'On X\nA. Li')]
    """
    return read_parts(htmltree.read(text, OPAQUE))


def read_parts(parts: Iterable[htmltree.Text | htmltree.Start | htmltree.End]) -> list[Block]:
    """Return the blocks of a page that is given as what it consists of."""
    reader = _Reader()
    listed = list(parts)
    found = htmlcards.cards(listed)
    card = 0  # the part behind the card that is open
    for at, part in enumerate(listed):
        if at >= card and at in found:
            card = found[at]
            reader.open_card()
        elif card and at == card:
            card = 0
            reader.close_card()
        reader.take(part)
    reader.builder.close()
    return promote(reader.builder.blocks)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the texts of an element: how they are set, where they lead, what they are in."""

    marks: frozenset[Mark] = NO_MARKS
    url: str = ""
    lists: int = 0
    preformatted: bool = False
    row: bool = False


class _Reader:
    """Follows the elements of the tree; what is open is a stack of what holds in each."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.states = [_State()]
        self.hidden = 0  # how many elements are open within a hidden one, itself counted
        self.headed = False  # whether the table that is open names its columns
        self.broken = False  # whether a line break was the last thing that was read
        self.card = False  # whether what is read belongs to one card

    def open_card(self) -> None:
        """Begin an entry that is set as a card: all blocks in it are lines of one item."""
        if not self.hidden:
            self.builder.begin("item", 0, "#")
            self.card = True

    def close_card(self) -> None:
        """End the card that is open."""
        self.card = False
        if not self.hidden:
            self.builder.close()

    def take(self, part: htmltree.Text | htmltree.Start | htmltree.End) -> None:
        if isinstance(part, htmltree.Text):
            if not self.hidden:
                self.text(part)
        elif isinstance(part, htmltree.Start):
            self.headed = self.headed or part.name == "thead"
            if self.hidden or part.name == "thead" or _is_aside(part.name, part.attributes):
                self.hidden += 1
            else:
                self.start(part)
        elif self.hidden:
            self.hidden -= 1
        else:
            self.end(part.name)

    def text(self, part: htmltree.Text) -> None:
        state = self.states[-1]
        if "sup" in state.marks:
            part = replace(part, text=raised(part.text))
        marks = state.marks - {"sup"}
        if not state.preformatted or "\n" not in part.text:
            if part.text.strip():
                self.broken = False
            self.builder.text(part.text, part.start, part.end, marks, state.url)
            return
        at = part.start
        for line in part.text.splitlines(keepends=True):
            if line.strip():
                end = min(at + len(line.rstrip()), part.end)
                self.builder.text(line.rstrip("\r\n"), min(at, end), end, marks, state.url)
            else:
                self.paragraph()
            if line[-1:] == "\n":
                self.builder.newline()
            at += len(line)

    def start(self, part: htmltree.Start) -> None:
        name, attributes = part.name, part.attributes
        state = _inner(self.states[-1], name, attributes)
        self.states.append(state)
        if name == "br":
            # Two breaks are a blank line: between paragraphs, not within an item.
            if self.broken and not self.builder.in_item:
                self.builder.close()
            self.builder.newline()
            self.broken = True
        elif _KIND.search(attributes.get("class", "")):
            self.builder.newline()  # "Artikel" behind a title: the kind of the work
        elif self.card:
            if name not in htmlcards.GOES_ON:
                self.builder.newline()
        elif heading := _HEADING.fullmatch(name):
            self.builder.begin("heading", int(heading[1] or 2))  # <heading> is no HTML, but much copied
        elif name == "li":
            self.builder.begin("item", max(0, state.lists - 1), "-")
        elif name in ("ul", "ol"):
            self.builder.close()
        elif name == "tr":
            if self.headed:
                self.builder.begin("item", 0, "|")
            else:
                self.builder.begin("text")
        elif name in ("td", "th"):
            self.builder.newline()
        elif name in PARAGRAPHS:
            self.paragraph()

    def end(self, name: str) -> None:
        self.states.pop()
        if self.card:
            if name not in htmlcards.GOES_ON:
                self.builder.newline()
            return
        if name == "table":
            self.headed = False
        if name in ("ul", "ol", "li", "tr", "table") or _HEADING.fullmatch(name):
            self.builder.close()
        elif name in PARAGRAPHS:
            self.paragraph()

    def paragraph(self) -> None:
        """Within an item or a row of a table a paragraph is a line; elsewhere it is a block."""
        if self.builder.in_item or self.states[-1].row:
            self.builder.newline()
        else:
            self.builder.close()


def _inner(state: _State, name: str, attributes: dict[str, str]) -> _State:
    """Return what holds for the texts of an element, from what holds around it."""
    if name in INLINE:
        return replace(state, marks=state.marks | {INLINE[name]})
    if name == "a" and "href" in attributes:
        return replace(state, marks=state.marks | LINK, url=_address(attributes["href"]))
    if name == "a" and not attributes.keys() & {"name", "id"}:
        return replace(state, marks=state.marks | LINK)  # a button: "Abs", "Bib"
    if name in ("ul", "ol"):
        return replace(state, lists=state.lists + 1)
    if name == "tr":
        return replace(state, row=True)
    if name == "pre":
        return replace(state, preformatted=True)
    if style := attributes.get("style"):
        marks = state.marks
        if _BOLD.search(style):
            marks |= {"strong"}
        if _ITALIC.search(style):
            marks |= {"emph"}
        return replace(state, marks=marks)
    return state


def _is_aside(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element is hidden, or navigation."""
    if name == "footer":
        return True
    if not attributes:
        return False
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")):
        return True
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in ("navigation", "menu", "search"):
        return True
    if _UNSEEN.search(attributes.get("class", "")):
        return True
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return name in ("div", "ul", "ol", "section", "aside", "td", "header") and bool(_ASIDE.search(named))


_KIND = re.compile(r"(?:^|[\s_-])(?:pub|publication|entry|item)[_-]?type(?:$|[\s_-])")
_REDIRECTED = ("https://www.google.com/url?", "http://www.google.com/url?")


def _address(url: str) -> str:
    """Return a link's target; "" for scripts, mail and places on the page."""
    url = "".join(url.split())
    if url.startswith(_REDIRECTED):  # Google Sites lead everywhere by way of Google
        url = parse_qs(urlsplit(url).query).get("q", [url])[0]
    return "" if url.lower().startswith(("javascript:", "data:", "vbscript:", "mailto:", "#")) else url


def promote(blocks: list[Block]) -> list[Block]:
    """Make headings of short paragraphs that are set like one: all bold, and a year or a known heading."""
    promoted: list[Block] = []
    for block in chain.from_iterable(map(_numbered, _with_numbers(blocks))):
        one = block.lines[0]
        text = block.text.strip()
        linked = all(span.url or not span.text.strip() for span in one.spans) and is_labels(text)
        bold = all("strong" in span.marks for span in one.spans if span.text.strip())
        if (
            block.kind == "text"
            and not linked  # "Project | Paper": the links of an entry
            and len(block.lines) == 1
            and len(text) <= 60
            and (bold or headings.is_known(text))
        ):
            role = headings.classify(text).role
            # "FAccT 2023" below names is where their paper appeared.
            part = headings.classify(text).venue and not bold and _is_part(promoted)
            if role != "unknown" and not part:
                level = 6 if role == "group" else 5
                promoted.append(Block("heading", block.lines, level))
                continue
        promoted.append(block)
    return promoted


def _is_part(before: Sequence[Block]) -> bool:
    """Tell whether the last block is a paragraph that lacks something: an entry goes on below it."""
    return bool(before) and before[-1].kind == "text" and not looks_whole(before[-1].text)


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


def _numbered(block: Block) -> list[Block]:
    """Make items of a paragraph with lines that begin with a number, "[14]" or "3."."""
    if block.kind == "heading" or (block.kind == "item" and block.marker[:1].isalnum()):
        return [block]
    starts = [at for at, line in enumerate(block.lines) if at and _NUMBER.match(line.text)]
    if block.kind == "text" and starts and _NUMBER.match(block.lines[0].text):
        ends = [*starts, len(block.lines)]
        return [
            _one_numbered(replace(block, lines=block.lines[first:last]))
            for first, last in zip([0, *starts], ends, strict=True)
        ]
    return [_one_numbered(block)]


def _one_numbered(block: Block) -> Block:
    """Take the number off the first line, and make the block an item."""
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
