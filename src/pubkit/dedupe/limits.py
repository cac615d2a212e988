"""What is left out so that time and memory stay bounded, told as diagnostics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pubkit.dedupe.block import MAX_BLOCK, WINDOW
from pubkit.dedupe.people import MAX_NAMES, MAX_NAMES_TEXT
from pubkit.dedupe.titles import MAX_TITLE
from pubkit.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from pubkit.dedupe.columns import Columns
    from pubkit.model.entry import Entry


def left_out(entries: Sequence[Entry], columns: Columns) -> Iterator[Diagnostic]:
    """Yield what was not compared in full.

    Args:
        entries: The entries.
        columns: Their records, in the same order.
    """
    import numpy as np

    for entry in entries:
        title = entry.fields.get("title", "")
        if len(title) > MAX_TITLE and len(entry.text("title")) > MAX_TITLE:
            yield Diagnostic(
                "PK603",
                f"a title of {len(title):,} characters: its first {MAX_TITLE:,} were compared",
                Severity.INFO,
                entry.location("title"),
                "put a text that is no title into another field",
            )
    sizes = np.diff(columns.ordered_names.starts)
    for at in np.flatnonzero((columns.ints["more"] > 0) & (sizes > 0)).tolist():
        name = "author" if entries[at].fields.get("author") else "editor"
        source = entries[at].fields.get(name, "")
        if sizes[at] >= MAX_NAMES or len(source) > MAX_NAMES_TEXT:
            yield Diagnostic(
                "PK604",
                f"a long list of names: its first {sizes[at]} were compared",
                Severity.INFO,
                entries[at].location(name),
                "nothing to do: so many names tell any two works apart",
            )
    titles = columns.ints["compact"]
    codes, first, counts = np.unique(titles, return_index=True, return_counts=True)
    large = np.flatnonzero((counts > MAX_BLOCK) & (codes > 0))
    for at in large[np.argsort(first[large])].tolist():
        one = entries[int(first[at])]
        yield Diagnostic(
            "PK605",
            f"{counts[at]:,} entries have the title “{one.text('title')[:60]}”: "
            f"each was compared with the {2 * WINDOW} nearest of them, not with all",
            Severity.INFO,
            one.location("title"),
            "duplicates among them may be missed; split the list, or give them identifiers",
        )
