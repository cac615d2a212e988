"""What renderers know while one cite or one bibliography entry is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field

from pubkit.csl.items import Item
from pubkit.csl.names_data import Name
from pubkit.csl.runs import Runs

FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)


@dataclass(slots=True)
class Disambiguation:
    """What was decided to tell a cite from others like it.

    Attributes:
        names: Number of the name list in the cite → how many names to show at least.
        givens: Name list → per name how much of the given name: 0 as the style says, 1 initials, 2 full.
        condition: Whether `disambiguate="true"` holds.
        year_suffix: Number of the year suffix from 1; 0 for none.
    """

    names: dict[int, int] = field(default_factory=dict)
    givens: dict[int, dict[int, int]] = field(default_factory=dict)
    condition: bool = False
    year_suffix: int = 0

    def copy(self) -> Disambiguation:
        """Return a copy that can be changed."""
        givens = {key: dict(value) for key, value in self.givens.items()}
        return Disambiguation(dict(self.names), givens, self.condition, self.year_suffix)


class Context:
    """The state of rendering one cite or entry. Renderers read it and leave notes in it.

    Attributes:
        item: The item.
        capital: Whether a term at the very start gets a capital letter.
        disambiguation: Decisions about this item, or None.
        position: FIRST to IBID_WITH_LOCATOR.
        near_note: Whether the previous cite of the item is near.
        locator: The cite's locator, or "".
        label: Kind of locator ("page" …).
        number: Citation number; 0 before it is known.
        first_note: Note number of the item's first cite; 0 for none.
        suffix_text: Year suffix as letters, "" for none.
        suppressed: Variables that a substitution has rendered already.
        recorder: While substituting, the variables that were rendered.
        nameset: Number of name lists rendered so far.
        hide_author: Leave out the first name list (suppress-author, collapsed cites).
        hide_year: Leave out the year in front of a year suffix (collapsed cites).
        author_runs: Runs of the first name list, once it was rendered, where `keep_author` asks for them.
        keep_author: Whether to keep them.
        keep_year: Whether to note the year that was rendered.
        author_key: Text of the first name list, for grouping and collapsing; None until it was rendered.
        year_key: Text of the first year rendered with its suffix set apart, or "".
        suffix_used: Whether the year suffix has been rendered.
        looking: Whether the cite is rendered only to see if it is ambiguous.
        names_min, names_use_first, names_use_last: Overrides by a sort key.
        marked: Whether the first names have been marked.
        name_count: Names counted by `form="count"`.
        shown: Per name list: the number of names shown and of names there are.
        rendered: Where not None, the name lists rendered are collected here.
    """

    # Defaults stand in the class: making a context for each of many cites must cost little.
    disambiguation: Disambiguation | None = None
    position = FIRST
    capital = True
    near_note = False
    locator = ""
    label = "page"
    first_note = 0
    suffix_text = ""
    hide_author = False
    hide_year = False
    looking = False
    marked = False
    names_min = 0
    names_use_first = 0
    names_use_last: bool | None = None
    suppressed: set[str] | None = None
    recorder: list[str] | None = None
    keep_author = False
    keep_year = False
    author_runs: Runs | None = None
    nameset = 0
    author_key: str | None = None
    year_key = ""
    suffix_used = False
    name_count = 0
    rendered: list[tuple[Name, ...]] | None = None

    def __init__(self, item: Item, number: int = 0) -> None:
        self.item = item
        self.number = number
        self.shown: list[tuple[int, int]] = []

    def record(self, variable: str) -> None:
        """Note that a substitution has rendered a variable: from now on it is suppressed."""
        if self.recorder is not None:
            self.recorder.append(variable)
        if self.suppressed is None:
            self.suppressed = set()
        self.suppressed.add(variable)
