"""The authors of an entry, and the owner where the list leaves them out."""

from __future__ import annotations

import re

from pubkit.diagnostics import Severity
from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.draft import Draft
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.titles import outside
from pubkit.markup.latex import escape
from pubkit.model.names import Name, format_names, parse_name

_CJK_NAME = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{1,3}\s[\u3040-\u9fff\uac00-\ud7af]{1,4}")


def authors(reading: Reading) -> tuple[list[people.Person], bool, bool]:
    """Return the people named, whether there are more, and whether the owner is implied ("with X")."""
    implied = any(atom.kind == "with" for atom in reading.atoms)
    text = outside(
        reading, "A", ("link", "noise", "remark", "doi", "arxiv", "date", "with", "status", "volume")
    )
    found, others = people.parse(text) if text else ([], False)
    for atom in reading.atoms:
        if atom.kind == "with" and atom.value:
            more, and_others = people.parse(atom.value)
            found, others = found + more, others or and_others
    found = [
        person
        for person in found
        if len(person.text) < 80 and any(letter.isalpha() for letter in person.text)
    ]
    return found, others, implied and bool(found)


def name_of(person: people.Person) -> Name:
    """Read a person's name by BibTeX's grammar, which knows particles and suffixes."""
    if person.whole:
        return Name(person.text, literal=True)
    if _CJK_NAME.fullmatch(person.text):
        family, given = person.text.split()
        return Name(family, given)
    if person.family:
        return parse_name(f"{escape(person.family)}, {escape(person.given)}")
    return parse_name(escape(person.text))


def put_authors(
    draft: Draft,
    found: list[people.Person],
    owner: Name | None,
    marks: str = "",
    *,
    others: bool,
    implied: bool,
) -> None:
    """Set the authors; the owner comes first where the list names co-authors only."""
    names = [name_of(person) for person in found]
    if marks and not implied:
        draft.verbatim("author+an", marks, 0.8)
    if implied and owner is not None and not any(_same(name, owner) for name in names):
        names.insert(0, owner)
        draft.tell(
            "PK108",
            f"{owner} was added as first author: the list names co-authors only",
            Severity.INFO,
            "check the order of the authors",
            "author",
        )
    elif implied and owner is None:
        draft.tell(
            "PK109",
            "this entry names co-authors and leaves out the owner of the list",
            Severity.WARNING,
            "give owner= (--owner) to add the owner",
            "author",
        )
    if names:
        value = format_names(names, others)
        draft.fields["author"] = value
        sure = sum(people.score(person.text.replace(",", "")) > 1 for person in found) / max(1, len(found))
        draft.confidence["author"] = round(0.4 + 0.5 * sure, 2)


def _same(one: Name, other: Name) -> bool:
    """Tell whether two names can be one person's: families are equal, and the initials do not contradict."""
    if one.family.casefold() != other.family.casefold():
        return False
    return not one.given or not other.given or one.given[0].casefold() == other.given[0].casefold()
