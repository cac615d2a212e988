"""Adding names and given names until the cites of a bucket differ.

A counter goes forward only: the given name of the first name, then one more name, its given name, and so on.
After each step the first cite of a group is held against the others. A step that tells cites apart is taken
over into what they keep; steps that achieved nothing are not. Groups split off later go on where the counter
stands, which is what word processors' users are used to from citeproc-js.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable

from pubkit.csl.context import Disambiguation
from pubkit.csl.items import Item
from pubkit.csl.name_format import FULL_GIVEN

Names = dict[int, int]  # name list → names shown
Givens = dict[int, dict[int, int]]  # name list → name → level
Kept = tuple[Names, Givens]
Write = Callable[[Item, Disambiguation], str]


class _Steps:
    """The forward-only counter, and the steps worth keeping."""

    def __init__(self, visible: list[int], most_names: int, *, add_names: bool, add_givens: bool) -> None:
        self.names: Names = dict(enumerate(visible))
        self.givens: Givens = {at: {} for at in range(len(visible))}
        self.kept_names: Names = {}
        self.kept_givens: Givens = {}
        self.most_names = most_names
        self.add_names = add_names
        self.add_givens = add_givens
        self.last_list = len(visible) - 1
        self.list_at = self.name_at = 0

    def restart(self) -> None:
        """Look at the first name again; what is shown stays."""
        self.list_at = self.name_at = 0

    def advance(self) -> bool:
        """Show a little more; tell whether nothing more can be shown afterwards."""
        givens = self.givens.get(self.list_at, {})
        level = givens.get(self.name_at, 0)
        if self.add_givens and level < FULL_GIVEN and self.name_at < self.names.get(self.list_at, 0):
            givens[self.name_at] = level + 1
        elif self.add_names and self.name_at < self.most_names:
            self.names[self.list_at] = self.names.get(self.list_at, 0) + 1
            self.name_at += 1
        elif self.list_at < self.last_list:
            self.list_at += 1
            self.name_at = 0
        level = self.givens.get(self.list_at, {}).get(self.name_at, 0)
        return (
            self.list_at >= self.last_list
            and (not self.add_names or self.name_at >= self.most_names)
            and (
                not self.add_givens or level >= FULL_GIVEN or self.name_at >= self.names.get(self.list_at, 0)
            )
        )

    def keep(self) -> None:
        """Take the last step over."""
        if self.list_at in self.names:
            self.kept_names[self.list_at] = self.names[self.list_at]
        level = self.givens.get(self.list_at, {}).get(self.name_at, 0)
        if level:
            self.kept_givens.setdefault(self.list_at, {})[self.name_at] = level

    def kept(self) -> Kept:
        """Return a copy of what is kept so far."""
        return dict(self.kept_names), {at: dict(levels) for at, levels in self.kept_givens.items()}

    def trial(self, start: Disambiguation) -> Disambiguation:
        """Return the state to try for an item that starts with given names of its own."""
        givens = self.givens if self.add_givens else start.givens
        return Disambiguation(names=self.names, givens=givens)


def split_by_names(
    members: list[Item],
    shown: dict[str, list[tuple[int, int]]],
    starts: dict[str, Disambiguation],
    write: Write,
    *,
    add_names: bool,
    add_givens: bool,
) -> dict[str, Kept]:
    """Find the names and given names that tell the members of a bucket apart.

    Args:
        members: Items whose cites read the same.
        shown: Item → for each name list the names shown and the names there are.
        starts: Item → what is decided about it beforehand.
        write: Returns the text of an item's cite under a trial.
        add_names: Whether names may be added.
        add_givens: Whether given names may be added.

    Returns:
        Item id → names and given names to show; empty where nothing helps.
    """
    ordered = sorted(members, key=lambda item: (",".join(str(size) for _, size in shown[item.id]), item.id))
    lists = min(len(shown[item.id]) for item in members)
    visible = [max(shown[item.id][at][0] for item in members) for at in range(lists)]
    first = shown[ordered[0].id]
    steps = _Steps(visible, first[0][1] if first else 0, add_names=add_names, add_givens=add_givens)
    found: dict[str, Kept] = {}
    waiting = deque([ordered])
    unchanged = True  # the first look is at the base form
    while waiting:
        group = waiting.popleft()
        steps.restart()
        clashes = 0
        while group:
            ended = False if unchanged else steps.advance()
            unchanged = False
            texts = [write(item, steps.trial(starts[item.id])) for item in group]
            lone, group, texts = _take_lone(group, texts)
            if lone:
                clashes = 0
                steps.keep()
                for item in lone:
                    found[item.id] = steps.kept()
                unchanged = bool(group)
                continue
            same = [item for item, text in zip(group, texts, strict=True) if text == texts[0]]
            other = [item for item, text in zip(group, texts, strict=True) if text != texts[0]]
            before, clashes = clashes, len(same) - 1
            if len(other) == 1:
                steps.keep()
                found[other[0].id] = steps.kept()
                group = same
            elif clashes < before:
                steps.keep()
                waiting.append(other)
                group = same
            elif ended:
                for item in group:
                    found[item.id] = steps.kept()
                break
    return found


def _take_lone(group: list[Item], texts: list[str]) -> tuple[list[Item], list[Item], list[str]]:
    """Take the cites at the front that read like no other; the last one goes with the one before it."""
    counts = Counter(texts)
    at = 0
    while at < len(group) and counts[texts[at]] == 1:
        at += 1
    if at and at == len(group) - 1:
        at += 1
    return group[:at], group[at:], texts[at:]
