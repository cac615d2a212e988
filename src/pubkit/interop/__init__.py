"""Doors to other libraries: bibtexparser, pybtex, data frames, both ways; pybtex's styles and `.bst` engine.

The other libraries are imported only when a function of theirs is called.
"""

from __future__ import annotations

from pubkit.interop.bibtexparser import from_bibtexparser, to_bibtexparser
from pubkit.interop.pybtex import from_pybtex, to_pybtex
from pubkit.interop.records import from_records, to_pandas, to_records

__all__ = [
    "from_bibtexparser",
    "from_pybtex",
    "from_records",
    "to_bibtexparser",
    "to_pandas",
    "to_pybtex",
    "to_records",
]
