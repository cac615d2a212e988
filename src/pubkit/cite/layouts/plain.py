"""Plain text: a line a reference, or wrapped with a hanging indent."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from pubkit.cite.layouts.parts import Layout, Section
from pubkit.markup.writers import WRITERS

_INDENT = "    "


def lay_text(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as plain text; headings are underlined."""
    write = WRITERS["text"]
    parts = []
    for section in sections:
        lines = [" ".join(write(one.rich).split("\n")) for one in section.references]
        if layout.width:
            lines = [_wrapped(line, layout.width) for line in lines]
        heading = f"{section.heading}\n{'-' * len(section.heading)}\n\n" if section.heading else ""
        parts.append(heading + "\n".join(lines))
    return "\n\n".join(parts)


def _wrapped(line: str, width: int) -> str:
    """Wrap a reference; addresses are not cut."""
    return textwrap.fill(
        line, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    )
