"""What each stretch of an entry was read as, for a person to see."""

from __future__ import annotations

from pubkit.formats.paperlist.layout import Reading

# What fields and atoms are called for a person.
_FIELDS = {"A": "author", "T": "title", "V": "venue"}
_ATOMS: dict[str, str] = {
    "date": "date",
    "volume": "numbers",
    "number": "numbers",
    "doi": "identifier",
    "arxiv": "identifier",
    "isbn": "identifier",
    "hal": "identifier",
    "rxiv": "identifier",
    "issn": "identifier",
    "pmid": "identifier",
    "pmcid": "identifier",
    "link": "link",
    "noise": "link",
    "status": "state",
    "remark": "note",
    "with": "author",
    "genre": "type",
    "second": "note",
    "citation": "note",
    "badge": "venue",
    "patent": "numbers",
}

Stretch = tuple[int, int, str]


def stretches(reading: Reading) -> tuple[Stretch, ...]:
    """Return the stretches of an entry's text in order: start, end, what each was read as."""
    fields: list[Stretch] = [
        (*span, name) for field, name in _FIELDS.items() if (span := reading.span(field)) is not None
    ]
    inside = {name: (start, end) for start, end, name in fields}
    title = inside.get("title", (0, 0))
    atoms: list[Stretch] = [
        (atom.start, atom.end, _ATOMS[atom.kind])
        for atom in reading.atoms
        # A year or number within the title belongs to it.
        if atom.kind in _ATOMS
        and not (atom.kind in ("date", "volume") and title[0] <= atom.start and atom.end <= title[1])
    ]
    return tuple(sorted([*_without(fields, atoms), *atoms]))


def _without(fields: list[Stretch], atoms: list[Stretch]) -> list[Stretch]:
    """Cut the atoms out of the fields around them."""
    kept: list[Stretch] = []
    for start, end, name in fields:
        at = start
        for first, last, _ in atoms:
            if last <= at or first >= end:
                continue
            if first > at:
                kept.append((at, first, name))
            at = max(at, last)
        if at < end:
            kept.append((at, end, name))
    return kept
