"""A second place of publication that an entry tells behind the first, as an entry of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pubkit.formats.paperlist.draft import squeeze
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.reference import read_reference
from pubkit.formats.paperlist.shapes import SECOND
from pubkit.markup.latex import to_text
from pubkit.model.entry import Entry
from pubkit.text.fold import fold

# What the other version has in common with this one.
_SHARED = ("author", "editor", "title", "subtitle")
# What stands between "Journal version" and the place.
_PREPOSITION = re.compile(
    r"(?: (?:was|is|has been|will be))?(?: (?:appear(?:s|ed)?|published|presented|available|to appear))?"
    r"\s*(?::|in|at|as)?$",
    re.IGNORECASE,
)
_VENUES = frozenset({"journaltitle", "booktitle", "eprint", "institution", "publisher"})


def related(atoms: Iterable[Atom], fields: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the other versions that an entry tells about: "A revised version appeared in …".

    Args:
        atoms: The entry's atoms.
        fields: Its fields; title and people are those of the other versions, too.

    Returns:
        An entry for each version whose place can be read; `extra` has the list's words: "lead" ("Journal
        version"; "Also") and the whole "text".
    """
    found = []
    shared = {name: fields[name] for name in _SHARED if name in fields}
    for atom in atoms:
        lead = SECOND.match(f"\n{atom.value}", 1) if atom.kind == "second" else None
        if lead is None:
            continue
        where = atom.value[lead.end() - 1 :].strip(" :,.")
        if where[:1].islower():
            continue  # "also available as a video": no name of a place
        # The labeller knows whole references: names and title before the place tell it what that is.
        title = to_text(fields.get("title", "Title"))
        reading = read_reference(f"A. Author. {title}. In {where}.")
        if fold(to_text(reading.fields.get("title", ""))) != fold(title):
            continue  # the place was taken for a part of the title
        own = {name: value for name, value in reading.fields.items() if name not in _SHARED}
        if own.keys() & _VENUES:
            said = {"lead": _PREPOSITION.sub("", squeeze(lead[1])), "text": atom.value}
            found.append(Entry(reading.type, "", {**shared, **own}, said))
    return tuple(found)
