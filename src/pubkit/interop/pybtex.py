"""pybtex: `BibliographyData` with `Person` objects, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import DuplicateKeyError
from pubkit.interop.carry import Dialect, inward, outward
from pubkit.interop.expressions import expand_months
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.months import MONTH_MACROS

if TYPE_CHECKING:
    from pybtex.database import BibliographyData, Person
    from pybtex.database import Entry as PybtexEntry

# pybtex's own parser makes persons of these fields and of no others.
PERSON_FIELDS = ("author", "editor")
_ORIGIN = "pubkit_origin"


@dataclass(frozen=True, slots=True)
class _Around:
    """What a library holds beside its entries and pybtex has no place for."""

    library: Library

    def __deepcopy__(self, memo: dict[int, Any]) -> _Around:
        return self


def to_pybtex(
    library: Iterable[Entry],
    *,
    dialect: Dialect = "bibtex",
    duplicates: Literal["error", "rename"] = "error",
    months: Mapping[str, str] = MONTH_MACROS,
) -> BibliographyData:
    """Return the library as pybtex's `BibliographyData`, with `Person` objects for authors and editors.

    `@string` macros, comments and everything that the dialect cannot say travel along unseen and are there
    again after `from_pybtex`, as long as the data object (or, for an entry, the entry object) is the same.

    Args:
        library: The entries; of a `Library` the preamble too.
        dialect: "bibtex" gives classic names (`journal`, `year`), as pybtex's styles expect; "biblatex"
            gives the entries' own.
        duplicates: pybtex's keys are unique without regard to case. "error" raises where two entries share
            one; "rename" gives the later one a suffix (`knuth-2`), undone by `from_pybtex`.
        months: Month macro → its text; pybtex's parser expands macros too.

    Raises:
        DuplicateKeyError: Two entries share a key, and `duplicates` is "error".

    >>> data = to_pybtex([Entry("article", "k", {"author": "Donald E. Knuth", "journaltitle": "TUGboat"})])
    >>> data.entries["k"].fields["journal"], data.entries["k"].persons["author"][0].last_names
    ('TUGboat', ['Knuth'])
    """
    from pybtex.database import BibliographyData
    from pybtex.database import Entry as PybtexEntry

    data = BibliographyData(preamble=list(library.preamble) if isinstance(library, Library) else None)
    taken: dict[str, int] = {}
    for entry in library:
        key = _free_key(entry, taken, duplicates)
        carried = replace(outward(entry, dialect), key=key)
        fields = dict(carried.fields)
        if "month" in fields:
            fields["month"] = expand_months(fields["month"], months)
        persons = {role: _persons(fields.pop(role)) for role in PERSON_FIELDS if role in fields}
        record = PybtexEntry(carried.type, fields=fields, persons=persons)
        # The record's own view of its fields is what is compared on the way back: pybtex rewrites names.
        setattr(record, _ORIGIN, replace(carried, fields=_fields(record)))
        data.add_entry(key, record)
    if isinstance(library, Library):
        setattr(data, _ORIGIN, _Around(library))
    return data


def from_pybtex(data: BibliographyData, *, dialect: Dialect = "bibtex") -> Library:
    """Return pybtex's `BibliographyData` as a library.

    Args:
        data: The data, from pybtex's parsers or from `to_pybtex`.
        dialect: The dialect of its types and field names.

    Returns:
        The entries in order, with the preamble. Where a field stands beside persons of the same name, the
        persons win and a diagnostic (PK481) tells.

    >>> from pybtex.database import parse_string
    >>> library = from_pybtex(parse_string("@article{k, author = {Knuth, Donald}, year = 1990}", "bibtex"))
    >>> dict(sorted(library["k"].items()))
    {'author': 'Knuth, Donald', 'date': '1990'}
    """
    entries: list[Entry] = []
    found: list[Diagnostic] = []
    for key, record in data.entries.items():
        for role in record.persons:
            if role in record.fields:
                found.append(_shadowed(key, role))
        carried = getattr(record, _ORIGIN, None)
        entry, notes = inward(record.type, str(key), _fields(record), dialect, carried)
        entries.append(entry)
        found.extend(notes)
    around = getattr(data, _ORIGIN, None)
    library = around.library if isinstance(around, _Around) else Library()
    return replace(
        library,
        entries=tuple(entries),
        preamble=tuple(data.preamble_list),
        diagnostics=(*library.diagnostics, *found),
    )


def _free_key(entry: Entry, taken: dict[str, int], duplicates: str) -> str:
    """Return a key that is free in pybtex's case-insensitive dictionary, and take it.

    `taken` maps keys to the last number that was tried behind them, so that many equal keys cost no more.
    """
    key, folded = entry.key, entry.key.lower()
    number = taken.get(folded, 1)
    while key.lower() in taken:
        if duplicates != "rename":
            raise DuplicateKeyError(
                f"the key {entry.key!r} is used twice (pybtex ignores upper and lower case)",
                hint="make keys unique with pubkit.normalize, or pass duplicates='rename'",
                where=str(entry.location()),
            )
        number += 1
        key = f"{entry.key}-{number}"
    taken[key.lower()] = 1
    taken[folded] = number
    return key


def _persons(value: str) -> list[Person]:
    """Split a name list as BibTeX does and give each name to pybtex."""
    from pybtex.database import InvalidNameString, Person

    from pubkit.model.names import parse_parts, split_names

    persons = []
    for name in split_names(value):
        try:
            person = Person(name)
        except (InvalidNameString, ValueError):  # too many commas, or nothing but commas
            parts = parse_parts(name)
            person = Person()
            person.first_names, person.middle_names = list(parts.first[:1]), list(parts.first[1:])
            person.prelast_names, person.last_names = list(parts.von), list(parts.last)
            person.lineage_names = list(parts.jr)
        persons.append(person)
    return persons


def _fields(record: PybtexEntry) -> dict[str, str]:
    """Return all fields of a pybtex entry by lower-case name, persons as name lists."""
    fields = {str(name).lower(): str(value) for name, value in record.fields.items()}
    roles: Mapping[str, list[Person]] = record.persons
    fields.update(
        {str(role).lower(): " and ".join(map(name_source, people)) for role, people in roles.items()}
    )
    return fields


def name_source(person: Person) -> str:
    """Return "von Last, Jr, First" so that reading it gives the same parts."""
    last = " ".join(map(_braced, [*person.prelast_names, *person.last_names]))
    first = " ".join(map(_braced, [*person.first_names, *person.middle_names]))
    lineage = " ".join(map(_braced, person.lineage_names))
    if lineage:
        return f"{last}, {lineage}, {first or '{}'}"  # without a third part Jr would be the first name
    return f"{last}, {first}" if first else last


def _braced(token: str) -> str:
    """Protect a name part that would otherwise separate two names."""
    return "{" + token + "}" if token.lower() == "and" else token


def _shadowed(key: object, role: str) -> Diagnostic:
    return Diagnostic(
        "PK481",
        f"field {role!r} stands beside persons of that role and was left out",
        Severity.WARNING,
        Location(key=str(key), field=role),
        "remove the field or the persons in the pybtex entry",
    )
