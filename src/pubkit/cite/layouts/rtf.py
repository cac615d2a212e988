"""RTF: a whole file, a paragraph a reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pubkit.cite.layouts.parts import Layout, Section
from pubkit.markup import rtf


def lay_rtf(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as an RTF file."""
    return rtf.document(_paragraphs(sections))


def _paragraphs(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        if section.heading:
            yield rf"{{\b {rtf.escape(section.heading)}}}"
        for one in section.references:
            yield rtf.write(one.rich)
