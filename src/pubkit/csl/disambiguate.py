"""Telling cites apart: names, given names, the `disambiguate` condition, year suffixes.

Each item's cite is rendered once in its base form and put into a bucket by its text. Only members of buckets
with more than one item are rendered again, one step at a time; a step that splits a bucket is kept. There are
no comparisons of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pubkit.csl.context import SUBSEQUENT, Context, Disambiguation
from pubkit.csl.items import Item
from pubkit.csl.name_format import BASE, FULL_GIVEN, INITIALS
from pubkit.csl.name_registry import NameRegistry
from pubkit.csl.program import Programs
from pubkit.csl.runs import text_of

Step = tuple[int, int, int]  # name list, name, level; level -1 shows one more name


class Disambiguator:
    """The disambiguation of one style's citations."""

    def __init__(self, programs: Programs) -> None:
        node = programs.node
        self.programs = programs
        self.add_names = node.get("disambiguate-add-names") == "true"
        self.add_givens = node.get("disambiguate-add-givenname") == "true"
        self.rule = node.get("givenname-disambiguation-rule", "by-cite")
        self.add_suffix = node.get("disambiguate-add-year-suffix") == "true"
        self.has_condition = any(
            below.get("disambiguate") == "true" for below in programs.style.root.iter()
        )
        self.lists: dict[str, list[tuple[int, int]]] = {}

    @property
    def needed(self) -> bool:
        """Whether the style disambiguates at all."""
        return self.add_names or self.add_givens or self.add_suffix or self.has_condition

    def run(self, items: list[Item], numbers: dict[str, int]) -> dict[str, Disambiguation]:
        """Return what to add to each item's cites.

        Args:
            items: Items in the order of the bibliography, which year suffixes follow.
            numbers: Citation numbers by id.
        """
        self.numbers = numbers
        self.decided: dict[str, Disambiguation] = {}
        if self.add_givens and self.rule != "by-cite":
            registry = NameRegistry(self.programs, self.rule)
            self.decided = registry.levels(items)
        buckets: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            buckets[self._text(item, self.decided.get(item.id))].append(item)
        for text, members in buckets.items():
            if len(members) > 1 and text:
                self._resolve(members)
        self._suffixes(items)
        return {key: value for key, value in self.decided.items() if value != _NOTHING}

    def _text(self, item: Item, decided: Disambiguation | None) -> str:
        ctx = Context(item, self.numbers.get(item.id, 0))
        ctx.position = SUBSEQUENT
        ctx.near_note = True
        ctx.looking = True
        ctx.disambiguation = decided
        text = text_of(self.programs.render(ctx))
        self.lists[item.id] = ctx.shown
        return text

    def _resolve(self, members: list[Item]) -> None:
        """Refine one bucket by all means that the style allows, but for year suffixes."""
        base = self.decided.get(members[0].id) or Disambiguation()
        rest: list[tuple[list[Item], Disambiguation]] = [(members, base)]
        if self.add_names or (self.add_givens and self.rule == "by-cite"):
            rest = self._by_names(members)
        if self.has_condition:
            rest = [group for old, kept in rest for group in self._by_condition(old, kept)]
        self.ambiguous = getattr(self, "ambiguous", [])
        for group, _ in rest:
            if len(group) > 1:
                self.ambiguous.append(group)

    def _steps(self, shown: list[tuple[int, int]]) -> Iterator[Step]:
        """Yield the steps to try in order: each name's given name, then one more name."""
        givens = self.add_givens and self.rule == "by-cite"
        for list_at, (visible, size) in enumerate(shown):
            for name_at in range(size if self.add_names else visible):
                if name_at >= visible:
                    yield list_at, name_at, -1
                if givens:
                    yield list_at, name_at, INITIALS
                    yield list_at, name_at, FULL_GIVEN

    def _by_names(self, members: list[Item]) -> list[tuple[list[Item], Disambiguation]]:
        """Split a bucket by names; return the groups that stay together, with what was kept."""
        done: list[tuple[list[Item], Disambiguation]] = []
        shown = max((self.lists[item.id] for item in members), key=lambda lists: sum(size for _, size in lists))
        steps = list(self._steps(shown))
        todo = [(members, {item.id: self._start(item) for item in members}, None, 0)]
        while todo:
            group, kept, trial, at = todo.pop()
            trial = trial or {key: value.copy() for key, value in kept.items()}
            while at < len(steps):
                step = steps[at]
                at += 1
                buckets: dict[str, list[Item]] = defaultdict(list)
                for item in group:
                    _apply(trial[item.id], step)
                    buckets[self._text(item, trial[item.id])].append(item)
                if len(buckets) > 1:
                    for item in group:
                        _keep(kept[item.id], trial[item.id], step)
                    for bucket in buckets.values():
                        if len(bucket) > 1:
                            ids = [item.id for item in bucket]
                            todo.append((bucket, {i: kept[i] for i in ids}, {i: trial[i] for i in ids}, at))
                        else:
                            self.decided[bucket[0].id] = kept[bucket[0].id]
                    break
            else:
                for item in group:
                    self.decided[item.id] = kept[item.id]
                done.append((group, kept[group[0].id]))
        return done

    def _start(self, item: Item) -> Disambiguation:
        decided = self.decided.get(item.id)
        return decided.copy() if decided else Disambiguation()

    def _by_condition(self, group: list[Item], kept: Disambiguation) -> list[tuple[list[Item], Disambiguation]]:
        """Split a group by the parts of the style under `disambiguate="true"`."""
        if len(group) < 2:
            return []
        buckets: dict[str, list[Item]] = defaultdict(list)
        trial = {}
        for item in group:
            trial[item.id] = self._start(item)
            trial[item.id].condition = True
            buckets[self._text(item, trial[item.id])].append(item)
        if len(buckets) == 1:
            return [(group, kept)]
        self.decided.update(trial)
        return [(bucket, kept) for bucket in buckets.values() if len(bucket) > 1]

    def _suffixes(self, items: list[Item]) -> None:
        """Number the items that are still alike, in the order of the bibliography."""
        groups = getattr(self, "ambiguous", [])
        if not self.add_suffix:
            return
        rank = {item.id: at for at, item in enumerate(items)}
        for group in groups:
            for number, item in enumerate(sorted(group, key=lambda item: rank[item.id]), 1):
                self.decided.setdefault(item.id, Disambiguation()).year_suffix = number


_NOTHING = Disambiguation()


def _apply(decided: Disambiguation, step: Step) -> None:
    list_at, name_at, level = step
    if level < 0:
        decided.names[list_at] = name_at + 1
    else:
        decided.givens.setdefault(list_at, {})[name_at] = level


def _keep(kept: Disambiguation, trial: Disambiguation, step: Step) -> None:
    """Take over the step that split a bucket: the number of names, and this name's level."""
    list_at, name_at, level = step
    if list_at in trial.names:
        kept.names[list_at] = trial.names[list_at]
    if level > BASE:
        kept.givens.setdefault(list_at, {})[name_at] = level


def suffix_letters(number: int) -> str:
    """Return a year suffix: a to z, then aa, ab and so on; "" for 0.

    >>> suffix_letters(1), suffix_letters(26), suffix_letters(27), suffix_letters(703)
    ('a', 'z', 'aa', 'aaa')
    """
    letters = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
