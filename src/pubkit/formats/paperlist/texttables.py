"""Tables drawn in text, as Org and reStructuredText have them: each row becomes an item, each cell a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pubkit.formats.paperlist.build import Builder

# A line of a text, and its offset.
Row = tuple[str, int]
# Adds the mark-up of a stretch of text at an offset to the open line.
Add = Callable[[str, int], None]

_BORDER = re.compile(r"\s*[|+][-=+|: ]*[-=][-=+|: ]*\s*")
_RULE = re.compile(r"\s*=+(?:\s+=+)+\s*")


def is_table(line: str) -> bool:
    """Tell whether a line is a row or a border of a table: "| a | b |", "+---+---+"."""
    bare = line.strip()
    if len(bare) < 3 or bare[0] not in "|+" or bare[-1] != bare[0]:
        return False
    return bare[0] == "|" or "--" in bare or "==" in bare


def is_rule(line: str) -> bool:
    """Tell whether a line is the border of one of reStructuredText's simple tables: "==== ===="."""
    return _RULE.fullmatch(line) is not None


def add_table(builder: Builder, lines: Sequence[Row], add: Add, *, grid: bool) -> None:
    """Add the rows of a table that names its columns in its first row, or does not.

    Args:
        builder: What takes the rows, as items.
        lines: The lines of the table.
        add: Adds the text of a cell.
        grid: Whether borders stand between all rows, so that a row may have several lines.
    """
    rows: list[list[list[Row]]] = []  # row → cell → its lines
    headed = False
    open_ = False
    for line, start in lines:
        if _BORDER.fullmatch(line):
            headed = headed or (bool(rows) and len(rows) == 1 and (not grid or "=" in line))
            open_ = False
            continue
        cells = _cells(line, start)
        if grid and open_:
            for cell, more in zip(rows[-1], cells, strict=False):
                cell.append(more)
        else:
            rows.append([[cell] for cell in cells])
        open_ = True
    _add_rows(builder, rows[headed:], add)


def add_simple_table(builder: Builder, lines: Sequence[Row], add: Add) -> None:
    """Add the rows of a simple table, whose columns its rules draw; a line without a first cell goes on."""
    columns = [match.span() for match in re.finditer(r"=+", lines[0][0])]
    rules = [at for at, (line, _) in enumerate(lines) if is_rule(line)]
    first = rules[1] + 1 if len(rules) > 2 else 1
    rows: list[list[list[Row]]] = []
    for line, start in lines[first : rules[-1]]:
        ends = [begin for begin, _ in columns[1:]] + [max(len(line), columns[-1][1])]
        cells = [
            _stripped(line[begin:end], start + begin) for (begin, _), end in zip(columns, ends, strict=True)
        ]
        if rows and not cells[0][0]:
            for cell, more in zip(rows[-1], cells, strict=True):
                cell.append(more)
        else:
            rows.append([[cell] for cell in cells])
    _add_rows(builder, rows, add)


def _cells(line: str, start: int) -> list[Row]:
    at = line.index("|") + 1
    found: list[Row] = []
    for piece in line[at:].rstrip().removesuffix("|").split("|"):
        found.append(_stripped(piece, start + at))
        at += len(piece) + 1
    return found


def _stripped(text: str, start: int) -> Row:
    bare = text.lstrip()
    return bare.rstrip(), start + len(text) - len(bare)


def _add_rows(builder: Builder, rows: Iterable[Sequence[Sequence[Row]]], add: Add) -> None:
    for row in rows:
        builder.begin("item", 0, "|")
        for cell in row:
            for text, start in cell:
                if text:
                    add(text, start)
                    builder.text(" ", start + len(text), start + len(text))
            builder.newline()
        builder.close()
