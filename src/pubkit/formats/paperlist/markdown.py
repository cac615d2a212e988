"""Markdown as blocks: headings, items by indent, paragraphs; HTML blocks in it are read as such.

A small reader of what publication lists use. It stands behind `inputs.READERS`, so that a full parser can
take its place without any other change.
"""

from __future__ import annotations

import re

from pubkit.formats.paperlist import inline
from pubkit.formats.paperlist.blocks import Block
from pubkit.formats.paperlist.build import Builder
from pubkit.formats.paperlist.html import promote

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*)([-*+•]|\d{1,4}[.)]|\[\d{1,3}\])\s+(?=\S)")
_ROW = re.compile(r"\s{0,3}\|?(?P<cells>.*\|.*?)\|?\s*$")
_UNDER_HEAD = re.compile(r"\s{0,3}\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*\|?\s*$")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s{0,3}(?:[-*_]\s*){3,}$")
_SETEXT = re.compile(r"\s{0,3}(=+|-+)\s*$")
_REFERENCE = re.compile(r"^\s{0,3}\[([^\[\]\n]{1,100})\]:\s*<?(\S{1,1000}?)>?(?:\s+[\"'(].*)?$", re.MULTILINE)
_BLOCK_TAG = re.compile(
    r"<(/?)(p|div|ul|ol|li|h[1-6]|table|tbody|tr|td|center|details|summary|section|hr|dl|dt"
    r"|dd)\b[^<>]{0,2000}>",
    re.I,
)
_FRONT = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_SCRIPT = re.compile(r"^[ \t]*<(script|style)\b[^<>]{0,500}>[^<]*(?:<(?!/)[^<]*)*</\1>", re.M | re.I)
_LIQUID = re.compile(r"\{%[^%\n]{0,500}%\}|\{:[^{}\n]{0,300}\}|\{\{[^{}\n]{0,300}\}\}")
_BULLETED_BREAK = re.compile(r"(?: {2,}|\\|<br\s*/?>)\s*$", re.IGNORECASE)
_MAX_FRONT = 20_000


def read(text: str) -> list[Block]:
    r"""Return the blocks of a Markdown text.

    >>> blocks = read("## Papers\n\n1. **On X** [[PDF](http://x.y)]\n   A. Li\n")
    >>> [(block.kind, block.level, block.text) for block in blocks]
    [('heading', 2, 'Papers'), ('item', 0, 'On X [PDF]\nA. Li')]
    """
    reader = _Reader(_blanked(text))
    reader.read()
    return promote(reader.builder.blocks)


def _blanked(text: str) -> str:
    """Blank out comments, front matter and template tags, so that offsets stay true."""
    if text.startswith("---") and (front := _FRONT.match(text, 0, _MAX_FRONT)):
        text = " " * front.end() + text[front.end() :]
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
    return _LIQUID.sub(lambda match: " " * len(match[0]), text)


class _Reader:
    """Goes line by line; `indents` are those of the open items."""

    def __init__(self, text: str) -> None:
        self.builder = Builder()
        self.lines = [(match[0].rstrip("\r\n"), match.start()) for match in _LINE.finditer(text)]
        self.references = {match[1].casefold(): match[2] for match in _REFERENCE.finditer(text)}
        self.indents: list[int] = []
        self.tagged = 0  # depth of HTML lists
        self.table = False  # whether the lines are rows of a table

    def read(self) -> None:
        fenced = gap = False
        for number, (line, start) in enumerate(self.lines):
            if _FENCE.match(line):
                fenced = not fenced
                self.builder.close()
                continue
            if fenced or _REFERENCE.fullmatch(line):
                continue
            if not line.strip():
                gap = True
                continue
            following = self.lines[number + 1][0] if number + 1 < len(self.lines) else ""
            if self.in_table(line, following):
                gap = False
                continue
            if self.table and _ROW.match(line):
                self.row(line, start)
                continue
            self.table = False
            self.line(line, start, following, gap=gap)
            gap = False
        self.builder.close()

    def in_table(self, line: str, following: str) -> bool:
        """Tell whether a line is the head of a table, which names its columns, or the rule below it."""
        if _UNDER_HEAD.fullmatch(following) and "|" in line:
            self.builder.close()
            self.table = True
            return True
        return self.table and _UNDER_HEAD.fullmatch(line) is not None

    def row(self, line: str, start: int) -> None:
        """Add a row of a table: an item, each cell a line of it."""
        self.builder.begin("item", 0, "|")
        for cell in _CELL.finditer(line):
            if cell[0].strip():
                inline.add(self.builder, cell[0], start + cell.start(), self.references)
                self.builder.newline()
        self.builder.close()

    def line(self, line: str, start: int, following: str, *, gap: bool) -> None:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading:
            self.builder.begin("heading", len(heading[1]))
            self.add(heading[2], start + heading.start(2))
            self.builder.close()
            self.indents.clear()
            return
        if _RULE.match(line) and not item:
            self.builder.close()
            self.indents.clear()
            return
        if _SETEXT.fullmatch(line):
            return  # handled with the line above it
        if (
            (underline := _SETEXT.fullmatch(following))
            and len(underline[1]) >= 3
            and not item
            and (gap or self.builder.is_empty)
        ):
            self.builder.begin("heading", 1 if underline[1][0] == "=" else 2)
            self.add(line, start)
            self.builder.close()
            self.indents.clear()
            return
        indent = len(line) - len(line.lstrip())
        if item:
            depth = self.depth(len(item[1].expandtabs(4)))
            self.builder.begin("item", depth, item[2])
            self.add(line[item.end() :], start + item.end())
            return
        if gap:
            if self.builder.in_item and indent and self.indents and indent > self.indents[-1]:
                self.builder.newline()
            else:
                self.builder.close()
                if not indent:
                    self.indents.clear()
        elif not self.builder.is_empty:
            self.builder.newline()
        body = line.lstrip(" \t>") if line.lstrip().startswith(">") else line
        self.add(body, start + len(line) - len(body))

    def depth(self, indent: int) -> int:
        """Return the depth of an item from the indents of the items above it."""
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or indent >= self.indents[-1] + 2:
            self.indents.append(indent)
        return len(self.indents) - 1

    def add(self, text: str, start: int) -> None:
        """Add a line's text; HTML tags of blocks in it begin and end blocks."""
        at = 0
        for tag in _BLOCK_TAG.finditer(text):
            inline.add(self.builder, text[at : tag.start()], start + at, self.references)
            at = tag.end()
            self.tag(tag[2].lower(), closing=bool(tag[1]))
        body = _BULLETED_BREAK.sub("", text[at:])
        inline.add(self.builder, body, start + at, self.references)
        if body != text[at:]:
            self.builder.newline()

    def tag(self, name: str, *, closing: bool) -> None:
        if name in ("ul", "ol"):
            self.tagged = max(0, self.tagged + (-1 if closing else 1))
            self.builder.close()
        elif name == "li" and not closing:
            self.builder.begin("item", max(0, self.tagged - 1), "-")
        elif name[0] == "h" and name[1:].isdigit() and not closing:
            self.builder.begin("heading", int(name[1]))
        elif name == "td" or (self.builder.in_item and name in ("p", "div")):
            self.builder.newline()
        else:
            self.builder.close()
