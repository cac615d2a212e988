"""BibTeX and BibLaTeX: one reader for both, and a writer for each."""

from __future__ import annotations

import re
from functools import partial

from pubkit.crosswalks.bibtex_tables import BIBLATEX_FIELDS, BIBLATEX_TYPES
from pubkit.formats.base import Format
from pubkit.formats.bibtex.inherit import resolve_inheritance
from pubkit.formats.bibtex.reader import read_bibtex
from pubkit.formats.bibtex.writer import write_bibtex

__all__ = ["BIBLATEX", "BIBTEX", "read_bibtex", "resolve_inheritance", "write_bibtex"]

_LOOK = 65_536
_HEAD = re.compile(r"(?<![\w.])@[ \t]*+([A-Za-z][\w-]*+)\s*+[{(]\s*+([^\s,{}]*+)\s*+(,|=|[\"{]|(?=\}))")
_AT_LINE_START = re.compile(r"^[ \t]*+@", re.MULTILINE)
_FIELD = re.compile(r"(?<=[,\n\r{(])[ \t]*+([A-Za-z]+)[ \t]*+=")


def _sniff(text: str) -> float:
    """Say how surely a text is BibTeX of any dialect."""
    heads = _HEAD.findall(text[:_LOOK])
    if not heads:
        return 0.0
    if text[:_LOOK].lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<") and not _AT_LINE_START.search(
        text[:_LOOK]
    ):
        return 0.3  # in a value of JSON or XML, as ORCID has it
    return 0.95 if any(end in ",=" for _, _, end in heads) else 0.6


def _sniff_biblatex(text: str) -> float:
    """Say how surely a text is BibTeX in BibLaTeX's dialect."""
    sure = _sniff(text)
    if not sure:
        return 0.0
    head = text[:_LOOK]
    told = any(kind.lower() in BIBLATEX_TYPES for kind, _, _ in _HEAD.findall(head))
    told = told or any(name.lower() in BIBLATEX_FIELDS for name in _FIELD.findall(head))
    return sure + 0.02 if told else sure / 2


_WRITE_OPTIONS = (
    "dialect",
    "layout",
    "ascii",
    "sort",
    "align",
    "indent",
    "width",
    "sort_fields",
    "trailing_comma",
)
BIBTEX = Format(
    "bibtex",
    "BibTeX (.bib)",
    (".bib", ".bibtex"),
    _sniff,
    read_bibtex,
    write_bibtex,
    ("resolve",),
    _WRITE_OPTIONS,
    keyed=True,
    between="\n",
)
BIBLATEX = Format(
    "biblatex",
    "BibLaTeX (.bib)",
    (".biblatex",),
    _sniff_biblatex,
    read_bibtex,
    partial(write_bibtex, dialect="biblatex"),
    ("resolve",),
    _WRITE_OPTIONS,
    keyed=True,
    between="\n",
)
