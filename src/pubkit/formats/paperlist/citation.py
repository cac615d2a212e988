"""What the text of a citation adds to an entry that gives one: "Recommended citation: …"."""

from __future__ import annotations

from collections.abc import Mapping

from pubkit.diagnostics import Severity
from pubkit.formats.paperlist.draft import Draft
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.reference import read_reference

# The title and the venue stand above it already.
ADDED = ("author", "editor", "date", "volume", "number", "pages", "eid", "doi", "isbn", "publisher")


def added(text: str, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a citation that an entry lacks."""
    found = read_reference(text).fields
    return {name: found[name] for name in ADDED if name in found and name not in fields}


def put_citation(draft: Draft, reading: Reading) -> None:
    """Fill what an entry lacks from the citation in it."""
    for atom in reading.atoms:
        if atom.kind != "citation":
            continue
        more = added(atom.value, draft.fields)
        draft.fields |= more
        draft.confidence |= dict.fromkeys(more, 0.8)
        if more:
            draft.tell("PK110", f"{', '.join(more)} were read from the citation", Severity.INFO)
