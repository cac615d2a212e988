"""How a change is told and shown: counts, lines, a unified diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff

import click

from pubkit.cli.console import paint, plural, say, use_color, visible
from pubkit.model.library import Change

_COLORS = {"+": "green", "-": "red", "@": "cyan"}


def summary(changes: Sequence[Change], most: int = 6) -> str:
    """Return what was changed in one clause: "9 values in 4 entries (title 4, date 3, key 2)"."""
    if not changes:
        return "nothing"
    counts = Counter(change.field for change in changes).most_common()
    names = [f"{name} {count}" for name, count in counts[:most]]
    if len(counts) > most:
        names.append("…")
    entries = plural(len({change.key for change in changes}), "entry", "entries")
    return f"{plural(len(changes), 'value')} in {entries} ({', '.join(names)})"


def show_changes(changes: Sequence[Change]) -> None:
    """Write each change to stderr."""
    for change in changes:
        say("  " + " ".join(visible(str(change)).split()))


def show_diff(before: str, after: str, name: str) -> bool:
    """Write a unified diff to stdout and tell whether there is any."""
    lines = list(
        unified_diff(before.splitlines(), after.splitlines(), name, f"{name} (changed)", lineterm="", n=2)
    )
    import sys

    colored = use_color(sys.stdout)
    for line in lines:
        heading = line.startswith(("---", "+++"))
        style = {"bold": True} if heading else {"fg": _COLORS.get(line[:1])}
        click.echo(paint(visible(line), err=False, **style) if colored else visible(line))
    return bool(lines)
