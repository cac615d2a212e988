"""reStructuredText as blocks: underlined headings, items by indent, inline mark-up and links."""

from __future__ import annotations

import re

from pubkit.formats.paperlist.blocks import Block, Mark
from pubkit.formats.paperlist.build import LINK, NO_MARKS, Builder
from pubkit.formats.paperlist.html import promote
from pubkit.formats.paperlist.texttables import add_simple_table, add_table, is_rule, is_table

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_UNDERLINE = re.compile(r"([=\-~^\"'`:.*+#_])\1{2,}\s*$")
_ITEM = re.compile(r"(\s*)([-*+•]|\(?(?:\d{1,3}|#)[.)]|\[\d{1,3}\])\s+(?=\S)")
# ".. [Li2020] A. Li. On X. 2020.": a citation is an entry.
_CITED = re.compile(r"\s*\.\. (\[[A-Za-z][\w.-]{0,60}\])\s+(?=\S)")
_TARGET = re.compile(r"^\s*\.\. _`?([^:`\n]{1,100})`?:\s*(\S{1,1000})\s*$", re.MULTILINE)
# Directives whose text is the page's, and one that is a heading.
_CONTAINER = re.compile(r"\.\. (?:container|class|cssclass|topic|compound|only|div|note|admonition)::")
_OPTION = re.compile(r":[a-z]+:(?:\s|$)")
_RUBRIC = re.compile(r"\.\. rubric::\s+(\S.*)")
_RUBRIC_LEVEL = 6
# A backslash takes a sign's meaning away, and parts mark-up from text where white space follows it.
_ESCAPED = re.compile(r"\\(?:\s|(?=[^\w\s])(.))")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*\s](?:[^*\n]{0,400}[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<emph>[^*\s](?:[^*\n]{0,400}[^*\s])?)\*(?![\w*])"
    r"|(?::[a-z]{1,20}:)?`(?P<label>[^`<>\n]{0,400}?)\s*(?:<(?P<url>[^<>`\s]{1,1000})>)?`(?P<link>_{0,2})"
)


def read(text: str) -> list[Block]:
    r"""Return the blocks of a reStructuredText.

    >>> blocks = read("Papers\n======\n\n* **On X**, A. Li,\n  `ICML 2020 <http://x.y>`_\n")
    >>> [(block.kind, block.level, block.text) for block in blocks]
    [('heading', 1, 'Papers'), ('item', 0, 'On X, A. Li,\nICML 2020')]
    """
    reader = _Reader(text)
    reader.read()
    return promote(reader.builder.blocks)


class _Reader:
    """Goes line by line; `indents` are those of the open items, `signs` the underlines in order."""

    def __init__(self, text: str) -> None:
        self.builder = Builder()
        self.lines = [(match[0].rstrip("\r\n"), match.start()) for match in _LINE.finditer(text)]
        self.targets = {match[1].casefold(): match[2] for match in _TARGET.finditer(text)}
        self.indents: list[int] = []
        self.signs: list[str] = []
        self.table_end = 0  # the line behind the last table
        self.no_table = 0  # the line behind what was looked at and is none

    def read(self) -> None:
        skipped = -1  # the indent of a comment or directive whose body is left out
        gap = True
        options = False  # whether the line above opened a container, or is an option of it
        for number, (line, start) in enumerate(self.lines):
            bare = line.strip()
            indent = len(line) - len(line.lstrip())
            if not bare:
                gap = True
                continue
            if skipped >= 0 and indent > skipped:
                continue
            if cited := _CITED.match(line):
                self.builder.begin("item", 0, cited[1])
                self.indents = [indent]
                self.add(line[cited.end() :], start + cited.end())
                gap = False
                continue
            if rubric := _RUBRIC.fullmatch(bare):
                self.builder.begin("heading", _RUBRIC_LEVEL)
                self.add(rubric[1], start + indent + rubric.start(1))
                self.builder.close()
                skipped, gap = indent, True
                continue
            if _CONTAINER.match(bare) or (options and _OPTION.match(bare)):
                gap, options = True, True
                continue
            options = False
            skipped = indent if bare.startswith(".. ") or bare == ".." else -1
            if skipped >= 0:
                self.builder.close()
                continue
            if number < self.table_end:
                continue
            if end := self.table(number):
                self.table_end, gap = end, True
                continue
            following = self.lines[number + 1][0] if number + 1 < len(self.lines) else ""
            if _UNDERLINE.fullmatch(bare):
                continue
            self.line(line, start, indent, following, gap=gap)
            gap = False
        self.builder.close()

    def table(self, number: int) -> int:
        """Read the table that begins in a line; returns the number of the line behind it, 0 for none."""
        line = self.lines[number][0]
        end = number
        if line.strip().startswith("+") and is_table(line):
            while end < len(self.lines) and is_table(self.lines[end][0]):
                end += 1
            add_table(self.builder, self.lines[number:end], self.add, grid=True)
        elif is_rule(line) and number >= self.no_table:
            while end < len(self.lines) and self.lines[end][0].strip():
                end += 1
            if not is_rule(self.lines[end - 1][0]) or end - number < 3:
                self.no_table = end
                return 0
            add_simple_table(self.builder, self.lines[number:end], self.add)
        return end if end > number else 0

    def line(self, line: str, start: int, indent: int, following: str, *, gap: bool) -> None:
        underline = _UNDERLINE.fullmatch(following)
        item = _ITEM.match(line)
        if underline and not indent:
            if underline[1] not in self.signs:
                self.signs.append(underline[1])
            self.builder.begin("heading", self.signs.index(underline[1]) + 1)
            self.add(line, start)
            self.builder.close()
            self.indents.clear()
        elif item and (gap or self.builder.in_item):
            while self.indents and self.indents[-1] > indent:
                self.indents.pop()
            if not self.indents or self.indents[-1] < indent:
                self.indents.append(indent)
            self.builder.begin("item", len(self.indents) - 1, item[2])
            self.add(line[item.end() :], start + item.end())
        else:
            if gap and not (self.indents and indent > self.indents[0]):
                self.builder.close()
                self.indents.clear()
            elif not self.builder.is_empty:
                self.builder.newline()
            self.add(line.removeprefix("| "), start)

    def add(self, line: str, start: int) -> None:
        """Add a line's text with its inline mark-up."""
        at = 0
        for match in _INLINE.finditer(line):
            self.put(line[at : match.start()], start + at, NO_MARKS)
            at = match.end()
            if match["strong"] or match["emph"]:
                mark: Mark = "strong" if match["strong"] else "emph"
                self.put(match["strong"] or match["emph"], start + match.start(), frozenset((mark,)))
            else:
                url = match["url"] or self.targets.get(match["label"].casefold(), "")
                self.put(match["label"] or url, start + match.start(), LINK if url else NO_MARKS, url)
        self.put(line[at:], start + at, NO_MARKS)

    def put(self, text: str, start: int, marks: frozenset[Mark], url: str = "") -> None:
        if text:
            shown = _ESCAPED.sub(r"\1", text)
            self.builder.text(shown, start, start + len(text), marks, url)
