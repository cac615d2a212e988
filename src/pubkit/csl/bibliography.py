"""Bibliographies: entries in order, with what the caller needs to lay them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pubkit.csl.finish import Finisher, to_rich, to_text
from pubkit.csl.runs import DISPLAY, Runs
from pubkit.errors import StyleError
from pubkit.markup.tree import Rich

Writer: TypeAlias = Callable[[Rich], str]


class Entry:
    """One bibliography entry.

    Attributes:
        id: The item's id.
    """

    __slots__ = ("_resolved", "_rich", "_text", "_writer", "id")

    def __init__(self, item_id: str, resolved: Runs, writer: Writer | None) -> None:
        self.id = item_id
        self._resolved = resolved
        self._writer = writer
        self._rich: Rich | None = None
        self._text: str | None = None

    @property
    def resolved(self) -> Runs:
        """The entry's runs after the finishing pass."""
        return self._resolved

    @property
    def rich(self) -> Rich:
        """The entry as a markup tree."""
        if self._rich is None:
            self._rich = to_rich(self._resolved)
        return self._rich

    @property
    def text(self) -> str:
        """The entry in the output format that was asked for."""
        if self._text is None:
            self._text = to_text(self._resolved) if self._writer is None else self._writer(self.rich)
        return self._text

    @property
    def plain(self) -> str:
        """The entry as plain text."""
        return to_text(self._resolved)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Entry({self.id!r}, {self.plain!r})"


@dataclass(frozen=True, slots=True)
class Bibliography(Sequence[Entry]):
    """A formatted bibliography; `str()` gives it in the format that was asked for.

    Attributes:
        entries: The entries in order.
        to: Output format, e.g. "html".
        hanging_indent: Whether the second and later lines of an entry are indented.
        second_field_align: "flush", "margin" or "": how entries align behind their first field.
        entry_spacing: Blank lines between entries.
        line_spacing: Line height, 1 for single.
        max_offset: Length of the longest first field, in characters; 0 without `second_field_align`.
    """

    entries: tuple[Entry, ...]
    to: str
    hanging_indent: bool = False
    second_field_align: str = ""
    entry_spacing: int = 1
    line_spacing: int = 1
    max_offset: int = 0

    def __getitem__(self, at: int) -> Entry:  # type: ignore[override]  # slices are not offered
        return self.entries[at]

    def __len__(self) -> int:
        return len(self.entries)

    def __str__(self) -> str:
        if self.to == "html":
            rows = "".join(f'  <div class="csl-entry">{entry.text}</div>\n' for entry in self.entries)
            return f'<div class="csl-bib-body">\n{rows}</div>'
        separator = "\n\n" if self.to in ("markdown", "latex", "typst", "rst") else "\n"
        return separator.join(entry.text for entry in self.entries)


def find_writer(to: str) -> Writer | None:
    """Return the writer of an output format; None for plain text, which needs no tree.

    Raises:
        StyleError: There is no such format.
    """
    if to == "text":
        return None
    from pubkit.markup.writers import WRITERS

    writer = WRITERS.get(to)
    if writer is None:
        raise StyleError(f"there is no output format {to!r}", hint=f"use one of {', '.join(sorted(WRITERS))}")
    return writer


def finish_entries(
    rendered: list[tuple[str, Runs]], finisher: Finisher, writer: Writer | None
) -> tuple[Entry, ...]:
    """Run the finishing pass over all entries."""
    resolve = finisher.resolve
    return tuple([Entry(item_id, resolve(runs), writer) for item_id, runs in rendered])


def max_offset(entries: tuple[Entry, ...]) -> int:
    """Return the length of the longest first field (the one in the margin), in characters."""
    longest = 0
    for entry in entries:
        length = 0
        inside = False
        for run in entry.resolved:
            if type(run) is str:
                length += len(run) if inside else 0
            elif run.kind == DISPLAY:  # type: ignore[union-attr]  # what is no text is a mark
                if inside:
                    break
                inside = run.name == "left-margin"  # type: ignore[union-attr]  # a Mark here
        longest = max(longest, length)
    return longest
