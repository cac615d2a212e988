"""Paper lists as people keep them: a CV, a home page, a list in an e-mail.

The way through: `inputs` (one reader a mark-up, with `latex*`, `html*`, `texttables`, `outline`,
`wiki`; `files` for Word and PDF, with `pdf*`; `data` and `datafields` for lists whose fields have
names) → `blocks` → `unwrapping` and `wrapping` (lines that were broken by width) → `titled` (titles
that are headings) → `sections` (which part is the list) → `entries` and `cutting` (where an entry
begins and ends) → `atoms`, `numberatoms` and `tails` (what its own shape gives away, by `shapes` and
`numbershapes`) and `labels` (what the reference labeller says) → `segment`, `pieces`, `looks` and
`layout` (which stretch is authors, title, venue: one layout a list) → `fields`, which puts together
what `titles`, `authors`, `namemarks`, `venue`, `container`, `values`, `citation`, `links`, `related`,
`kinds` and `leftover` find → `requested` (what is done only where the user asks).
"""

from __future__ import annotations

from pubkit.formats.base import Format
from pubkit.formats.paperlist.files import read_bytes, sniff_bytes
from pubkit.formats.paperlist.reader import read
from pubkit.formats.paperlist.sniff import sniff

PAPER_LIST = Format(
    name="paper-list",
    title="Paper list: a CV, a home page, a bare list; in text, Markdown, HTML, LaTeX, org, rst, YAML, JSON,"
    " Word, PDF",
    extensions=(
        ".txt",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".tex",
        ".org",
        ".text",
        ".rst",
        ".yaml",
        ".yml",
        ".json",
        ".docx",
        ".pdf",
    ),
    sniff=sniff,
    read=read,
    read_options=("owner", "markup", "subtitles", "related"),
    sniff_bytes=sniff_bytes,
    read_bytes=read_bytes,
)
