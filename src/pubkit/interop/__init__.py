"""Doors to other libraries: bibtexparser and pybtex, both ways, and pybtex's styles and `.bst` engine.

The other libraries are imported only when a function of theirs is called.
"""

from __future__ import annotations

from pubkit.interop.bibtexparser import from_bibtexparser, to_bibtexparser
from pubkit.interop.pybtex import from_pybtex, to_pybtex

__all__ = ["from_bibtexparser", "from_pybtex", "to_bibtexparser", "to_pybtex"]
