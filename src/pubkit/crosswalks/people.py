"""People as other formats give them, part by part, to the fields that hold them in BibLaTeX, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pubkit.model.identifiers import normalize_orcid
from pubkit.model.names import Name, Names, format_names, parse_name, parse_names
from pubkit.model.orcids import orcid_field, read_orcids, write_orcids

_NOT_IN_ANNOTATIONS = str.maketrans("", "", '";{}')


@dataclass(frozen=True, slots=True)
class Person:
    """One person or organisation.

    Attributes:
        family: Family name.
        given: Given names.
        prefix: Particle before the family name.
        suffix: "Jr." and the like.
        whole: The name where it comes in one piece: of an organisation, or of a person in reading order.
        organisation: Whether `whole` is the name of an organisation.
        orcid: The ORCID, bare or as an address.
    """

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    whole: str = ""
    organisation: bool = False
    orcid: str = ""


def people_fields(field: str, people: Iterable[Person], *, others: bool = False) -> dict[str, str]:
    """Return the fields that hold people: their names, and their ORCIDs as a data annotation.

    Args:
        field: Name-list field.
        people: The people in order; those without a name are left out.
        others: Whether the list goes on.

    >>> people_fields("author", [Person("Doe", "Jane", orcid="https://orcid.org/0000-0002-1825-0097")])
    {'author': 'Doe, Jane', 'author+an:orcid': '1="0000-0002-1825-0097"'}
    """
    names: list[Name] = []
    orcids: dict[int, str] = {}
    for person in people:
        name = _name(person)
        if name is None:
            continue
        names.append(name)
        if person.orcid:
            said = person.orcid.strip()
            orcids[len(names)] = normalize_orcid(said) or said.translate(_NOT_IN_ANNOTATIONS)
    made: dict[str, str] = {}
    if names or others:
        made[field] = format_names(names, others)
    if orcids:
        made[orcid_field(field)] = write_orcids(orcids)
    return {name: source for name, source in made.items() if source}


def _name(person: Person) -> Name | None:
    whole = " ".join(person.whole.split())
    if not person.family and not person.given:
        if not whole:
            return None
        if person.organisation:
            return Name(whole, literal=True)
        from pubkit.markup import latex

        return parse_name(latex.escape(whole))
    family, given, prefix, suffix = (
        " ".join(part.split()) for part in (person.family, person.given, person.prefix, person.suffix)
    )
    if not family:
        family, given = given, ""
    if not prefix and family[:1].islower() and " " in family:
        read = parse_name(family)  # "van der Berg": the particles are part of the family name there
        if read.prefix and not read.given and not read.suffix:
            family, prefix = read.family, read.prefix
    return Name(family, given, prefix, suffix)


def people_of(fields: Mapping[str, str], field: str) -> Iterator[Person]:
    """Yield the people of a name-list field; `others` is not among them (see `goes_on`)."""
    orcids = read_orcids(fields.get(orcid_field(field), ""))
    for place, name in enumerate(parse_names(fields.get(field, "")), 1):
        orcid = orcids.get(place, "")
        if name.literal:
            yield Person(whole=name.family, organisation=True, orcid=orcid)
        else:
            yield Person(name.family, name.given, name.prefix, name.suffix, orcid=orcid)


def goes_on(fields: Mapping[str, str], field: str) -> bool:
    """Whether the list of a name field ends in `and others`."""
    names: Names = parse_names(fields.get(field, ""))
    return names.others
