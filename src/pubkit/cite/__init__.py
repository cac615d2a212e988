"""From a library to formatted references and citations: the bridge to the CSL engine.

Style names with a colon, such as "pybtex:plain", and paths of `.bst` files go to the engine of that name in
the registry; everything else is a CSL style.
"""

from __future__ import annotations

from pubkit.cite.citations import cite
from pubkit.cite.entries import Formatted, format_entries
from pubkit.cite.library import format_library
from pubkit.verbs import make_callable

__all__ = ["Formatted", "cite", "format_entries", "format_library"]

make_callable(__name__)
