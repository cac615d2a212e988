"""HTML: a fragment to be put into a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.cite.layouts.parts import Layout, Section
from pubkit.markup import html


def lay_html(sections: Sequence[Section], layout: Layout) -> str:
    """Return the list as a `div` with a `div` a reference, under the class names that CSL processors use."""
    kind = "csl-bib-body hanging-indent" if layout.hanging else "csl-bib-body"
    lines = [f'<div class="{kind}">']
    taken: set[str] = set()
    for section in sections:
        if section.heading:
            lines.append(f"  <h2>{html.write((section.heading,))}</h2>")
        for one in section.references:
            anchor = _anchor(one.id, taken)
            lines.append(f'  <div class="csl-entry" id="{anchor}">{html.write(one.rich)}</div>')
    return "\n".join([*lines, "</div>"])


def _anchor(reference_id: str, taken: set[str]) -> str:
    """Return an HTML id of letters, digits and a few marks, which no other reference has."""
    base = "ref-" + (re.sub(r"[^\w.:-]+", "-", reference_id) or "entry")
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor
