"""Telling cites apart: names, given names, the `disambiguate` condition, year suffixes.

Each item's cite is rendered once in its base form and put into a bucket by its text. Only members of buckets
with more than one item are rendered again, and each rendering is remembered. There are no comparisons of
pairs. (How names are added is in `pubkit.csl.disambiguate_names`.)
"""

from __future__ import annotations

from collections import defaultdict

from pubkit.csl.context import SUBSEQUENT, Context, Disambiguation
from pubkit.csl.disambiguate_names import split_by_names
from pubkit.csl.items import Item
from pubkit.csl.name_registry import NameRegistry
from pubkit.csl.names_data import Name
from pubkit.csl.program import Programs
from pubkit.csl.runs import text_of

_NOTHING = Disambiguation()


class Disambiguator:
    """The disambiguation of one style's citations."""

    def __init__(self, programs: Programs) -> None:
        node = programs.node
        self.programs = programs
        self.add_names = node.get("disambiguate-add-names") == "true"
        self.rule = node.get("givenname-disambiguation-rule", "by-cite")
        self.add_givens = node.get("disambiguate-add-givenname") == "true"
        self.by_cite = self.add_givens and self.rule == "by-cite"
        self.add_suffix = node.get("disambiguate-add-year-suffix") == "true"
        self.has_condition = any(below.get("disambiguate") == "true" for below in programs.style.root.iter())
        self.shown: dict[str, list[tuple[int, int]]] = {}
        self.people: dict[str, list[tuple[Name, ...]]] = {}
        self.decided: dict[str, Disambiguation] = {}
        self.numbers: dict[str, int] = {}

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
        texts = [self.text(item, None) for item in items]
        if self.add_givens and not self.by_cite:
            self.decided = NameRegistry(self.programs, self.rule).levels(self.people)
        buckets: dict[str, list[Item]] = defaultdict(list)
        for item, text in zip(items, texts, strict=True):
            given = self._looked_at(item)
            buckets[text if given is None else self.text(item, given)].append(item)
        alike: list[list[Item]] = []
        for text, members in buckets.items():
            if len(members) > 1 and text:
                alike.extend(self._resolve(members))
        if self.add_suffix:
            rank = {item.id: at for at, item in enumerate(items)}
            for group in alike:
                for number, item in enumerate(sorted(group, key=lambda item: rank[item.id]), 1):
                    self._of(item).year_suffix = number
        return {key: value for key, value in self.decided.items() if value != _NOTHING}

    def text(self, item: Item, decided: Disambiguation | None) -> str:
        """Return the text of an item's cite, as it is compared: a later cite, near the first."""
        ctx = Context(item, self.numbers.get(item.id, 0))
        ctx.position = SUBSEQUENT
        ctx.near_note = True
        ctx.looking = True
        ctx.disambiguation = decided
        first = item.id not in self.shown
        if first:
            ctx.rendered = []
        text = text_of(self.programs.render(ctx))
        if first:
            self.shown[item.id] = ctx.shown
            self.people[item.id] = ctx.rendered or []
        return text

    def _of(self, item: Item) -> Disambiguation:
        return self.decided.setdefault(item.id, Disambiguation())

    def _looked_at(self, item: Item) -> Disambiguation | None:
        """Return the given names that stand in every cite, by a rule other than by-cite."""
        decided = self.decided.get(item.id)
        return Disambiguation(givens=decided.givens) if decided is not None else None

    def _resolve(self, members: list[Item]) -> list[list[Item]]:
        """Tell the members of a bucket apart; return the groups that are still alike."""
        if self.add_names or self.by_cite:
            shown = {item.id: self.shown[item.id] for item in members}
            starts = {item.id: self._looked_at(item) or Disambiguation() for item in members}
            found = split_by_names(
                members, shown, starts, self.text, add_names=self.add_names, add_givens=self.by_cite
            )
            for item in members:
                names, givens = found[item.id]
                decided = self._of(item)
                decided.names = names
                if self.by_cite:
                    decided.givens = givens
        groups = self._alike(members, condition=False)
        if self.has_condition:
            groups = [left for group in groups for left in self._by_condition(group)]
        return groups

    def _alike(self, members: list[Item], *, condition: bool) -> list[list[Item]]:
        """Return the groups of members whose cites read the same."""
        buckets: dict[str, list[Item]] = defaultdict(list)
        for item in members:
            decided = self._of(item)
            trial = Disambiguation(decided.names, decided.givens, condition or decided.condition)
            buckets[self.text(item, trial)].append(item)
        return [bucket for bucket in buckets.values() if len(bucket) > 1]

    def _by_condition(self, group: list[Item]) -> list[list[Item]]:
        """Try the parts of the style under `disambiguate="true"`; return the groups still alike."""
        left = self._alike(group, condition=True)
        if len(left) == 1 and len(left[0]) == len(group):
            return [group]
        for item in group:
            self._of(item).condition = True
        return left


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
