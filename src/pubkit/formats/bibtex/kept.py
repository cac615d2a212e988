"""`% pubkit: keep`: the fields and entries that no clean-up may touch."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.crosswalks.bibtex_tables import TO_BIBLATEX_FIELD
from pubkit.formats.bibtex import grammar
from pubkit.model.entry import Entry

# What dates an entry is one thing under several names.
_DATE_FIELDS = frozenset({"date", "year", "month", "day", "pubstate"})


def kept_fields(names: Iterable[str]) -> frozenset[str]:
    """Return the BibLaTeX names of fields marked with `% pubkit: keep`; "*" where none is named."""
    found = {TO_BIBLATEX_FIELD.get(name.lower(), name.lower()) for name in names}
    if not found:
        return frozenset({"*"})
    return frozenset(found | _DATE_FIELDS if found & _DATE_FIELDS else found)


def mark_kept(entries: list[Entry], text: str) -> None:
    """Mark, in place, the entries above which `% pubkit: keep` stands, with or without names of fields."""
    if "pubkit:" not in text:
        return
    above = {
        found.end(): tuple(found[1].replace(",", " ").split()) for found in grammar.KEEP_ABOVE.finditer(text)
    }
    for at, entry in enumerate(entries):
        if entry.source is not None and (names := above.get(entry.source.start)) is not None:
            kept = kept_fields(names) | entry.extra.get("keep", frozenset())
            entries[at] = entry.with_extra(keep=kept, kept_above=names)
