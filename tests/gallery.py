"""docs/gallery.md, made of the styles: one library, twenty styles."""

from __future__ import annotations

import pubkit as pk
from pubkit.cite.document import cite_document
from pubkit.csl.citations import Citation, Cite
from pubkit.csl.styles import find_style, style_info
from tests.conftest import REFS

# What people ask for most, by field; one or two of each kind of citation.
STYLES = (
    "apa",
    "acm",
    "ieee",
    "mla",
    "chicago",
    "chicago-notes-bibliography",
    "harvard",
    "vancouver",
    "ama",
    "nature",
    "science",
    "cell",
    "springer-lecture-notes-in-computer-science",
    "american-chemical-society",
    "american-sociological-association",
    "mhra",
    "oscola",
    "iso690-author-date-en",
    "din-1505-2",
    "abnt",
)
CITED = ("watson1953", "kingma2014")
_HEAD = """\
# Twenty styles

The same six publications in twenty of the 2,851 official styles, with a citation of two of them as it
stands in a text (or a note). The list is `refs/shelf.bib` of the project; this page is made from it by the
tests, so it is what pubkit prints now.

Another style? `pubkit styles nature climate` finds it, and `pubkit styles nature --preview refs.bib` shows
it on your own entries.
"""


def page() -> str:
    """Return the page."""
    library = pk.read(REFS / "shelf.bib")
    lines = [
        _HEAD.rstrip(),
        "",
        *(f"- [{style_info(find_style(style)).title}](#{style})" for style in STYLES),
    ]
    for style in STYLES:
        citation = Citation(tuple(Cite(key) for key in CITED))
        done = cite_document(list(library), [citation], style, "markdown", nocite=["*"])
        kind = "in a note" if not done.in_text else "in the text"
        lines += ["", f"({style})=", "", f"## {style_info(find_style(style)).title}", ""]
        lines += [f"`--style {style}`, cited {kind}: {done.citations[0].strip()}", ""]
        lines += [f"- {text}" for _, text in done.references]
    return "\n".join(lines) + "\n"
