"""Grouping and ordering of entries for a list of references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.fields import FIELDS
from pubkit.text.collation import sort_key

NO_YEAR = "No year"
OTHER = "Other"

# Entry types under one heading, in the order of the headings.
TYPE_HEADINGS: dict[str, tuple[str, ...]] = {
    "Journal articles": ("article", "review", "suppperiodical"),
    "Conference papers": ("inproceedings", "conference"),
    "Books": ("book", "mvbook", "collection", "mvcollection", "reference", "mvreference", "booklet"),
    "Proceedings": ("proceedings", "mvproceedings", "periodical"),
    "Book chapters": ("inbook", "incollection", "bookinbook", "suppbook", "suppcollection", "inreference"),
    "Theses": ("thesis", "phdthesis", "mastersthesis"),
    "Reports": ("report", "techreport", "manual", "standard"),
    "Preprints and manuscripts": ("unpublished",),
    "Patents": ("patent",),
    "Software and data": ("software", "dataset"),
    "Web pages": ("online", "electronic", "www"),
}
_HEADING_OF = {kind: heading for heading, kinds in TYPE_HEADINGS.items() for kind in kinds}
_TYPE_ORDER = {heading: number for number, heading in enumerate((*TYPE_HEADINGS, OTHER))}


def groups_of(entries: Sequence[Entry], group_by: str) -> list[tuple[str, list[Entry]]]:
    """Return headings and their entries.

    Args:
        entries: The entries; within a group they keep their order.
        group_by: "year" (newest first, undated last), "type", or a field such as "keywords" (in alphabetical
            order, entries without it last).

    >>> entries = [Entry("book", "a", {"date": "1999"}), Entry("book", "b"), Entry("book", "c")]
    >>> [(heading, [entry.key for entry in members]) for heading, members in groups_of(entries, "year")]
    [('1999', ['a']), ('No year', ['b', 'c'])]
    """
    if group_by not in ("year", "type"):
        _check_field(group_by, entries, "group by year, type or a field of the entries")
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_heading(entry, group_by), []).append(entry)
    return sorted(groups.items(), key=lambda pair: _group_order(pair[0], pair[1][0], group_by))


def heading_of_type(kind: str) -> str:
    """Return the heading of an entry type.

    >>> heading_of_type("inproceedings"), heading_of_type("misc")
    ('Conference papers', 'Other')
    """
    return _HEADING_OF.get(kind, OTHER)


def _heading(entry: Entry, group_by: str) -> str:
    if group_by == "year":
        return NO_YEAR if entry.year is None else str(entry.year)
    if group_by == "type":
        return heading_of_type(entry.type)
    return entry.text(group_by).strip() or OTHER


def _group_order(heading: str, first: Entry, group_by: str) -> tuple[Any, ...]:
    if group_by == "year":
        return (first.year is None, -(first.year or 0))
    if group_by == "type":
        return (_TYPE_ORDER[heading],)
    return (heading == OTHER, sort_key(heading))


def sorter(sort: str) -> Callable[[Entry], Any] | None:
    """Return the key that orders entries; None where they keep the library's order.

    Args:
        sort: "library", or "year", "author", "title", "key", "type" or a field; a minus sign in front turns
            the order round, as far as `sorted(reverse=…)` is told.

    """
    name = sort.removeprefix("-")
    if name == "library":
        return None
    return _SORTS.get(name) or (lambda entry: sort_key(entry.text(name)))


def _date(entry: Entry) -> tuple[int, int, int]:
    return entry.date.sort_key() if entry.date else (0, 0, 0)


def _author(entry: Entry) -> Any:
    names = entry.names("author") or entry.names("editor")
    return [sort_key(f"{name.full_family}, {name.given}") for name in names]


_SORTS: dict[str, Callable[[Entry], Any]] = {
    "author": _author,
    "date": _date,
    "key": lambda entry: sort_key(entry.key),
    "title": lambda entry: sort_key(entry.text("title")),
    "type": lambda entry: _TYPE_ORDER[heading_of_type(entry.type)],
    "year": _date,
}


def _check_field(name: str, entries: Sequence[Entry], hint: str) -> None:
    """Refuse a name that is neither a known field nor one of any entry: a slip of the pen."""
    if name not in FIELDS and not any(name in entry.fields for entry in entries):
        raise PubkitError(f"there is no field {name!r}", hint=hint)


def ordered(entries: Sequence[Entry], sort: str) -> list[Entry]:
    """Return entries in the order that `sorter` describes.

    Raises:
        PubkitError: Nothing of that name can order them.
    """
    name = sort.removeprefix("-")
    if name != "library" and name not in _SORTS:
        _check_field(name, entries, "sort by year, author, title or a field of the entries")
    key = sorter(sort)
    return list(entries) if key is None else sorted(entries, key=key, reverse=sort.startswith("-"))
