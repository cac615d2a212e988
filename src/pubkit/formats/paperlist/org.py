"""Org mode as blocks: headings by stars, items, tables, paragraphs; bold, italics and links within."""

from __future__ import annotations

import re

from pubkit.formats.paperlist.blocks import Block, Mark
from pubkit.formats.paperlist.build import NO_MARKS, Builder
from pubkit.formats.paperlist.html import promote
from pubkit.formats.paperlist.texttables import add_table, is_table

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_HEADING = re.compile(r"(\*+)\s+(?:(?:TODO|DONE)\s+)?(.*?)(?:\s+:[\w:@]+:)?\s*$")
_TITLE = re.compile(r"#\+title:\s*(.+)", re.IGNORECASE)
_ITEM = re.compile(r"(\s*)([-+]|\d{1,3}[.)])\s+(?=\S)")
_INLINE = re.compile(
    r"\[\[(?P<url>[^\[\]]{1,1000})\](?:\[(?P<label>(?:[^\[\]]|\[[^\[\]]{0,100}\]){1,500})\])?\]"
    r"|(?<![\w_])_(?P<under>[^\s_](?:[^_\n]{0,500}[^\s_])?)_(?![\w_])"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w/:])/(?P<emph>[^\s/](?:[^\n]{0,500}?[^\s/])?)/(?![\w/])"
)


def read(text: str) -> list[Block]:
    r"""Return the blocks of an org text.

    >>> [(block.kind, block.level, block.text) for block in read("* Papers\n\nA. Li\\\\\n*On X* \\\\\n")]
    [('heading', 1, 'Papers'), ('text', 0, 'A. Li\nOn X')]
    """
    builder = Builder()
    indents: list[int] = []  # those of the open items
    table: list[tuple[str, int]] = []

    def end_table() -> None:
        if table:
            add_table(builder, table, lambda cell, start: _add(builder, cell, start), grid=False)
            table.clear()

    for match in _LINE.finditer(text):
        line, start = match[0].rstrip("\r\n"), match.start()
        if is_table(line):
            table.append((line, start))
            continue
        end_table()
        heading, title, item = _HEADING.match(line), _TITLE.match(line), _ITEM.match(line)
        if heading:
            indents.clear()
            builder.begin("heading", len(heading[1]))
            _add(builder, heading[2], start + heading.start(2))
            builder.close()
        elif title:
            builder.begin("heading", 1)
            _add(builder, title[1], start + title.start(1))
            builder.close()
        elif not line.strip() or line.startswith(("#+", "# ", "<")) or line.lstrip().startswith(":"):
            builder.close()
        elif item:
            indent = len(item[1].expandtabs())
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            builder.begin("item", len(indents) - 1, item[2])
            _add(builder, line[item.end() :], start + item.end())
        else:
            builder.newline()
            _add(builder, line, start)
    end_table()
    builder.close()
    return promote(builder.blocks)


def _add(builder: Builder, text: str, start: int) -> None:
    """Add a line; two backslashes at its end break the line, which the next line does anyway."""
    text = text.rstrip()
    text = text.removesuffix("\\\\").rstrip()
    at = 0
    for match in _INLINE.finditer(text):
        builder.text(text[at : match.start()], start + at, start + match.start())
        at = match.end()
        kind = match.lastgroup
        marks: frozenset[Mark] = NO_MARKS
        if kind == "strong":
            marks = frozenset(("strong",))
        elif kind in ("emph", "under"):
            marks = frozenset(("emph",))
        if match["url"]:
            label = match["label"] or match["url"]
            builder.text(label, start + match.start(), start + at, frozenset(("link",)), match["url"])
        else:
            builder.text(
                match["strong"] or match["emph"] or match["under"] or "",
                start + match.start(),
                start + at,
                marks,
            )
    builder.text(text[at:], start + at, start + len(text))
