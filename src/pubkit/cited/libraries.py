"""Several libraries in a stated order, asked by key, by alias and by identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubkit.cited.identifiers import Identifier
from pubkit.enrich.query import identifiers_of
from pubkit.model.entry import Entry
from pubkit.model.library import Library

_GRANULAR = re.compile(r"xdata\s*=\s*(\S+?)-[a-z]+(?:-[0-9]+)?")
# Fields whose entries must come along: data that is inherited, and entries that are printed with this one.
_PARENTS = ("crossref", "xref", "xdata", "related", "entryset")
#: The nearest keys are looked for up to this many missing ones.
_MOST_NEAR = 100
_NEAR_SCORE = 65


class Libraries:
    """Libraries in the order in which they are asked.

    Args:
        libraries: The first one that has a key wins.
    """

    def __init__(self, libraries: Sequence[Library]) -> None:
        self.libraries = libraries
        self.places: dict[str, tuple[int, int]] = {}
        self.hidden: dict[str, Entry] = {}
        self._aliases: dict[str, str] = {}
        self._identifiers: dict[Identifier, Entry] | None = None
        self._asked = 0
        for number, library in enumerate(libraries):
            for at, entry in enumerate(library):
                if entry.key in self.places:
                    if self.places[entry.key][0] != number:
                        self.hidden.setdefault(entry.key, entry)
                    continue
                self.places[entry.key] = (number, at)
                if "ids" in entry.fields:
                    for alias in entry.fields["ids"].split(","):
                        self._aliases.setdefault(alias.strip(), entry.key)

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key; None where no library has it."""
        place = self.places.get(key)
        return None if place is None else self.libraries[place[0]][place[1]]

    def by_alias(self, key: str) -> Entry | None:
        """Return the entry that lists a key in `ids`."""
        real = self._aliases.get(key)
        return None if real is None else self.get(real)

    def by_identifier(self, identifier: Identifier) -> Entry | None:
        """Return the first entry with an identifier."""
        if self._identifiers is None:
            self._identifiers = {}
            for entry in self:
                for found in identifiers_of(entry.fields, entry.type).items():
                    self._identifiers.setdefault(found, entry)
        return self._identifiers.get(identifier)

    def parents(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield (field, key) for the entries that an entry needs beside it."""
        for name in _PARENTS:
            if value := entry.fields.get(name):
                for key in [value] if name in ("crossref", "xref") else value.split(","):
                    if key.strip():
                        yield name, key.strip()
        for name, value in entry.fields.items():
            if value.startswith("xdata") and (found := _GRANULAR.fullmatch(value)):
                yield name, found[1]

    def near(self, key: str) -> tuple[str, ...]:
        """Return the keys that are most like one that is missing, the nearest first."""
        from rapidfuzz import fuzz, process, utils

        self._asked += 1
        if self._asked > _MOST_NEAR or not self.places:
            return ()
        found = process.extract(
            key,
            self.places.keys(),
            scorer=fuzz.ratio,
            processor=utils.default_process,
            limit=3,
            score_cutoff=_NEAR_SCORE,
        )
        return tuple(name for name, _, _ in found)

    def __iter__(self) -> Iterator[Entry]:
        for library in self.libraries:
            yield from library
