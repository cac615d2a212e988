"""What an entry takes from others: `crossref` and `xdata`.

The table follows the default setup that biblatex's manual gives (appendix "Default Inheritance Setup").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from pubkit.crosswalks.bibtex_tables import words
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.model.entry import Entry
from pubkit.model.library import Library

_NEVER = frozenset(
    words(
        "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
        "relatedstring relatedtype shorthand shorthandintro sortkey"
    )
)
_DATE_PARTS = frozenset({"date", "year", "month", "day"})
_SHORT_TITLES: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("shorttitle", "sorttitle", "indextitle", "indexsorttitle"), ()
)
_PARTS_OF_BOOKS = ("inbook", "bookinbook", "suppbook")
_PARTS_OF_COLLECTIONS = ("incollection", "inreference", "suppcollection")


def _titles(prefix: str, title: str) -> dict[str, tuple[str, ...]]:
    return {
        "title": (title,),
        "subtitle": (f"{prefix}subtitle",),
        "titleaddon": (f"{title}addon",),
        **_SHORT_TITLES,
    }


# (types of the parent, types of the child, field of the parent → fields of the child). Fields that no row
# names are inherited under their own name.
_RULES: tuple[tuple[tuple[str, ...], tuple[str, ...], dict[str, tuple[str, ...]]], ...] = (
    (("mvbook", "book"), _PARTS_OF_BOOKS, {"author": ("author", "bookauthor")}),
    (("mvbook",), ("book", *_PARTS_OF_BOOKS), _titles("main", "maintitle")),
    (
        ("mvcollection", "mvreference"),
        ("collection", "reference", *_PARTS_OF_COLLECTIONS),
        _titles("main", "maintitle"),
    ),
    (("mvproceedings",), ("proceedings", "inproceedings"), _titles("main", "maintitle")),
    (("book",), _PARTS_OF_BOOKS, _titles("book", "booktitle")),
    (("collection", "reference"), _PARTS_OF_COLLECTIONS, _titles("book", "booktitle")),
    (("proceedings",), ("inproceedings",), _titles("book", "booktitle")),
    (("periodical",), ("article", "suppperiodical"), _titles("journal", "journaltitle")),
)
_TABLE: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
for _parents, _children, _fields in _RULES:
    for _parent in _parents:
        for _child in _children:
            _TABLE.setdefault((_parent, _child), {}).update(_fields)

# biblatex's granular form: one field, or one name of a list, of an xdata entry.
_GRANULAR = re.compile(r"xdata\s*+=\s*+(?P<key>\S+?)-(?P<field>[a-z]++)(?:-(?P<index>[0-9]++))?")


def resolve_inheritance(library: Library, *, rule: Literal["biblatex", "bibtex"] = "biblatex") -> Library:
    """Return the library with the fields that entries inherit through `crossref` and `xdata` filled in.

    What an entry says itself always stays. Parents are completed first, whatever their order.

    Args:
        library: The entries.
        rule: "biblatex" follows its default table (the title of a collection becomes the `booktitle` of its
            parts); "bibtex" the rule of classic BibTeX: every missing field under its own name.

    Returns:
        The library; parents that are missing and entries that inherit from themselves are diagnostics.

    >>> parent = Entry("proceedings", "icml", {"title": "Proceedings", "date": "1998"})
    >>> child = Entry("inproceedings", "a", {"title": "A paper", "crossref": "icml"})
    >>> resolve_inheritance(Library((child, parent)))["a"]["booktitle"]
    'Proceedings'
    """
    return _Inheritance(library, rule).library()


class _Inheritance:
    def __init__(self, library: Library, rule: str) -> None:
        self.source = library
        self.rule = rule
        self.entries = list(library.entries)
        self.found: list[Diagnostic] = []
        self.exact: dict[str, int] = {}
        self.folded: dict[str, int] = {}
        for number, entry in enumerate(self.entries):
            self.exact.setdefault(entry.key, number)
            self.folded.setdefault(entry.key.lower(), number)

    def library(self) -> Library:
        """Resolve every entry, parents first, with a stack of our own: chains can be long."""
        waiting, active, done = 0, 1, 2
        state = [waiting] * len(self.entries)
        for first in range(len(self.entries)):
            stack = [first] if state[first] == waiting else []
            while stack:
                number = stack[-1]
                if state[number] == done:
                    stack.pop()
                elif state[number] == active:
                    self._resolve(number, state)
                    state[number] = done
                    stack.pop()
                else:
                    state[number] = active
                    parents = self._parents(number)
                    stack.extend(parent for parent in parents if state[parent] == waiting)
        if not self.found and all(
            new is old for new, old in zip(self.entries, self.source.entries, strict=True)
        ):
            return self.source
        return self.source.with_entries(self.entries, diagnostics=self.found)

    def _lookup(self, key: str) -> int | None:
        return self.exact.get(key, self.folded.get(key.lower()))

    def _parents(self, number: int) -> list[int]:
        entry = self.entries[number]
        keys = [key for _, key in _references(entry)] + [found["key"] for found in _granular(entry).values()]
        return [parent for key in keys if (parent := self._lookup(key)) is not None]

    def _resolve(self, number: int, state: list[int]) -> None:
        entry = self.entries[number]
        fields = dict(entry.fields)
        for name, found in _granular(entry).items():
            parent = self._parent(entry, name, found["key"], state)
            if parent is not None and (value := _granule(parent, found["field"], found["index"])) is not None:
                fields[name] = value
        for name, key in _references(entry):
            parent = self._parent(entry, name, key, state)
            if parent is not None:
                _inherit(fields, entry.type, parent, "bibtex" if name == "xdata" else self.rule)
        if fields != entry.fields:
            self.entries[number] = entry.with_fields(fields)

    def _parent(self, entry: Entry, field: str, key: str, state: list[int]) -> Entry | None:
        """Return a completed parent; None with a finding where it is missing or leads back here."""
        number = self._lookup(key)
        if number is None:
            message, hint = (
                f"{field} names {key!r}, which is not in the library",
                "add that entry or correct the key",
            )
            self.found.append(Diagnostic("PK218", message, Severity.WARNING, entry.location(field), hint))
            return None
        if state[number] != 2:
            message, hint = f"{field} {key!r} leads back to the entry itself", "remove one of the references"
            self.found.append(Diagnostic("PK217", message, Severity.ERROR, entry.location(field), hint))
            return None
        return self.entries[number]


def _references(entry: Entry) -> Iterable[tuple[str, str]]:
    """Return (field, key) for the parents of an entry; xdata first, as biber does."""
    found = [("xdata", key.strip()) for key in entry.get("xdata", "").split(",") if key.strip()]
    if parent := entry.get("crossref", "").strip():
        found.append(("crossref", parent))
    return found


def _granular(entry: Entry) -> dict[str, re.Match[str]]:
    return {
        name: found
        for name, value in entry.fields.items()
        if value.startswith("xdata") and (found := _GRANULAR.fullmatch(value))
    }


def _granule(parent: Entry, field: str, index: str | None) -> str | None:
    value = parent.get(field)
    if value is None or index is None:
        return value
    from pubkit.model.names import split_names

    parts = split_names(value)
    return parts[int(index) - 1] if 0 < int(index) <= len(parts) else None


def _inherit(fields: dict[str, str], kind: str, parent: Entry, rule: str) -> None:
    """Fill in what the parent has and the fields lack."""
    table: Mapping[str, tuple[str, ...]] = _TABLE.get((parent.type, kind), {}) if rule == "biblatex" else {}
    dated = not _DATE_PARTS.isdisjoint(fields)
    for name, value in parent.fields.items():
        if name in _NEVER or (dated and name in _DATE_PARTS):
            continue
        for target in table.get(name, (name,)):
            fields.setdefault(target, value)
