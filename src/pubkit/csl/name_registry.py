"""Given names that are needed everywhere: `givenname-disambiguation-rule` other than by-cite.

All names of all cites are counted once: family name → initials → given names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pubkit.csl.context import Disambiguation
from pubkit.csl.initials import initials, normalize_initials
from pubkit.csl.name_format import FULL_GIVEN, INITIALS
from pubkit.csl.names_data import Name
from pubkit.csl.program import Programs

_Key = tuple[str, str]  # particle and family name


class NameRegistry:
    """Finds which names need initials or full given names to be told apart."""

    def __init__(self, programs: Programs, rule: str) -> None:
        self.programs = programs
        self.primary_only = rule.startswith("primary-name")
        self.initials_only = rule.endswith("-with-initials")
        self.groups: dict[_Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.separator = _initialize_with(programs)

    def levels(self, lists: Mapping[str, list[tuple[Name, ...]]]) -> dict[str, Disambiguation]:
        """Return the given-name levels of each item's cites, for those that need some.

        Args:
            lists: Item id → the name lists of its cite.
        """
        size = 1 if self.primary_only else None
        families: dict[_Key, set[Name]] = defaultdict(set)
        for people_lists in lists.values():
            for people in people_lists:
                for name in people[:size]:
                    if not name.literal:
                        families[name.particle, name.family].add(name)
        for key, names in families.items():
            if len(names) > 1:
                for name in names:
                    self.groups[key][self._initials(name)].add(self._full(name))
        if not self.groups:
            return {}
        result: dict[str, Disambiguation] = {}
        for item_id, people_lists in lists.items():
            givens: dict[int, dict[int, int]] = {}
            for list_at, people in enumerate(people_lists):
                for at, name in enumerate(people[:size]):
                    level = self._level(name)
                    if level:
                        givens.setdefault(list_at, {})[at] = level
            if givens:
                result[item_id] = Disambiguation(givens=givens)
        return result

    def _initials(self, name: Name) -> str:
        return initials(name.given, self.separator or ".")

    def _level(self, name: Name) -> int:
        if name.literal:
            return 0
        group = self.groups.get((name.particle, name.family))
        if group is None or sum(len(givens) for givens in group.values()) < 2:
            return 0
        if self.separator is None:
            return 0 if self.initials_only else FULL_GIVEN
        if self.initials_only:
            return INITIALS if len(group) > 1 else 0
        return INITIALS if len(group[self._initials(name)]) == 1 else FULL_GIVEN

    def _full(self, name: Name) -> str:
        return normalize_initials(name.given, self.separator or ".")


def _initialize_with(programs: Programs) -> str | None:
    """Return the style's `initialize-with` for cites, or None."""
    found = programs.options.get("initialize-with")
    if found is not None:
        return found
    for node in programs.style.root.iter():
        if node.tag == "name" and "initialize-with" in node.attrib:
            return node.attrib["initialize-with"]
    return None
