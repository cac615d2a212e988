"""Aligned columns on a terminal, tabs in a pipe."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence

import click

from pubkit.cli.console import paint, visible

_NARROWEST = 10  # columns of a terminal, below which a cell says nothing


def show_table(rows: Iterable[Sequence[str]]) -> None:
    """Write rows to stdout: aligned and cut to the width of a terminal, else with tabs between columns.

    Args:
        rows: Rows of equal length; the first column is the one to copy, so it is never cut.
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in cells:
            click.echo("\t".join(row).rstrip("\t"))
        return
    if not cells:
        return
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    room = shutil.get_terminal_size().columns
    while sum(widths) + 2 * len(widths) - 2 > room and max(widths[1:], default=0) > _NARROWEST:
        widths[max(range(1, len(widths)), key=widths.__getitem__)] -= 1  # the widest has most to spare
    for row in cells:
        name = paint(row[0].ljust(widths[0]), err=False, bold=True)
        rest = [_cut(cell, width).ljust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        click.echo("  ".join([name, *rest]).rstrip())


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else f"{cell[: width - 1]}…"
