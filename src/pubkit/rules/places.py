"""Where in the input a field stands."""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.crosswalks.bibtex_tables import TO_BIBLATEX_FIELD
from pubkit.diagnostics import Location
from pubkit.model.entry import Entry

# BibLaTeX field → other names that it may have in a file.
_OTHER_NAMES: dict[str, tuple[str, ...]] = {"date": ("year", "month"), "subtitle": ("title",)}
for _written, _ours in TO_BIBLATEX_FIELD.items():
    _OTHER_NAMES[_ours] = (*_OTHER_NAMES.get(_ours, ()), _written)


def location(entry: Entry, field: str) -> Location:
    """Return where a field of an entry stands in a `.bib`; where the entry starts if that cannot be told."""
    source = entry.source
    if source is None or not field:
        return entry.location(field)
    raw = source.raw
    for name in (field, *_OTHER_NAMES.get(field, ())):
        found = _assignment(name).search(raw)
        if found:
            return source.document.location(source.start + found.start(1), key=entry.key, field=field)
    return entry.location(field)


@lru_cache(maxsize=512)
def _assignment(name: str) -> re.Pattern[str]:
    return re.compile(rf"[,\n\r]\s*({re.escape(name)})\s*=", re.IGNORECASE)
