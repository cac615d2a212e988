"""A list of references as a whole: what stands between entries, around them and over their groups.

One file a family of formats; all take the same sections.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from pubkit.cite.layouts.parts import Layout, Reference, Section, numbered
from pubkit.errors import StyleError

__all__ = ["BINARY", "LAYOUTS", "Layout", "Reference", "Section", "lay_out", "numbered"]

# Output format → module and function that lays it out.
LAYOUTS: dict[str, str] = {
    "text": "plain:lay_text",
    "html": "html:lay_html",
    "markdown": "lists:lay_markdown",
    "rst": "lists:lay_rst",
    "org": "lists:lay_org",
    "typst": "lists:lay_typst",
    "latex": "latex:lay_latex",
    "rtf": "rtf:lay_rtf",
    "docx": "docx:lay_docx",
    "pdf": "pdf:lay_pdf",
}
#: Formats that are bytes: they are written to files.
BINARY = ("docx", "pdf")


def lay_out(sections: Sequence[Section], to: str, layout: Layout | None = None) -> str | bytes:
    """Return the list in an output format.

    Args:
        sections: The list; a single one without a heading where it is not grouped.
        to: A name of `LAYOUTS`.
        layout: How it is laid out.

    Returns:
        Text; bytes for the formats in `BINARY`.

    Raises:
        StyleError: There is no such format, a library that it needs is not installed, or a template cannot
            be filled.
    """
    if to not in LAYOUTS:
        raise StyleError(f"there is no output format {to!r}", hint=f"use one of {', '.join(sorted(LAYOUTS))}")
    layout = layout or Layout()
    module, _, name = LAYOUTS[to].partition(":")
    laid: str | bytes = getattr(import_module(f"pubkit.cite.layouts.{module}"), name)(sections, layout)
    if layout.template is None or isinstance(laid, bytes):
        return laid
    from pubkit.cite.layouts.template import fill

    return fill(layout.template, laid, sections, to)
