"""The order of a page: selected papers first, the others below in sections, perhaps within sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pubkit.cite.groups import NO_YEAR, OTHER, groups_of
from pubkit.model.entry import Entry
from pubkit.page.words import Words

_YES = ("true", "yes", "1", "y")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        anchor: Id of the heading; "" for papers under no heading.
        heading: Its text; "" for none.
        entries: Positions of the papers right under it.
        sections: The sections within it.
    """

    anchor: str
    heading: str
    entries: Sequence[int]
    sections: Sequence[Section] = ()

    @property
    def count(self) -> int:
        """How many papers stand under the heading in all."""
        return len(self.entries) + sum(section.count for section in self.sections)


def is_selected(entry: Entry) -> bool:
    """Say whether an entry is marked as selected: by a keyword, or a field `selected`.

    >>> is_selected(Entry("book", "k", {"keywords": "logic, selected"}))
    True
    """
    if entry.get("selected", "").strip().lower() in _YES:
        return True
    return "selected" in keywords_of(entry)


def keywords_of(entry: Entry) -> list[str]:
    """Return the keywords of an entry, in lower case; they stand between commas or semicolons."""
    text = entry.text("keywords").replace(";", ",").lower()
    return [word.strip() for word in text.split(",") if word.strip()]


def topic_of(entry: Entry) -> str:
    """Return the topic of an entry: its field `topic`, else its first keyword other than "selected"."""
    if topic := entry.text("topic").strip():
        return topic
    return next((word for word in keywords_of(entry) if word != "selected"), "")


def make_sections(
    entries: Sequence[Entry],
    group_by: Sequence[str],
    words: Words,
    headings: Mapping[str, str],
    *,
    selected: bool = True,
) -> list[Section]:
    """Return the sections of a page; each paper stands in exactly one place.

    Args:
        entries: The papers, in the order in which they stand within a section.
        group_by: "year", "type", "topic" or a field for each level of headings; empty for none.
        words: The page's words.
        headings: Heading as the page would have it → heading to show.
        selected: Set the papers that are marked as selected first, in a section of their own.
    """
    chosen = [at for at, entry in enumerate(entries) if selected and is_selected(entry)]
    if len(chosen) == len(entries):  # a page of selected papers needs no heading to say so
        chosen = []
    rest = [at for at in range(len(entries)) if at not in set(chosen)]
    sections = []
    if chosen:
        heading = headings.get(words["selected"], words["selected"])
        sections.append(Section("section-selected", heading, chosen))
    return sections + _grouped(rest, group_by, "section", _Page(entries, words, headings))


def positions(sections: Sequence[Section]) -> list[int]:
    """Return the positions of all papers of a page, from its top to its bottom."""
    return [at for section in sections for at in (*section.entries, *positions(section.sections))]


@dataclass(frozen=True, slots=True)
class _Page:
    """What all levels of sections share: the papers and how headings are worded."""

    entries: Sequence[Entry]
    words: Words
    headings: Mapping[str, str]

    def heading(self, heading: str, by: str) -> str:
        """Return a heading as it is shown."""
        words = self.words
        if heading == NO_YEAR and by == "year":
            shown = words["undated"]
        elif heading == OTHER:
            shown = words["other"]
        else:
            shown = words.types.get(heading, heading) if by == "type" else heading
        return self.headings.get(shown, shown)


def _grouped(places: Sequence[int], group_by: Sequence[str], prefix: str, page: _Page) -> list[Section]:
    """Group papers by the first criterion, each group by the next; there are as many levels as criteria."""
    if not places:
        return []
    if not group_by:
        return [Section("", "", places)]
    by, *deeper = group_by
    sections = []
    where: dict[int, list[int]] = {}
    for at in places:  # one entry may stand in a list twice
        where.setdefault(id(page.entries[at]), []).append(at)
    chosen = [page.entries[at] for at in places]
    for number, (heading, members) in enumerate(_groups(chosen, by), 1):
        anchor = f"{prefix}-{heading}" if by == "year" and heading.isdigit() else f"{prefix}-{by}-{number}"
        inside = [where[id(entry)].pop(0) for entry in members]
        below = _grouped(inside, deeper, anchor, page) if deeper else []
        sections.append(Section(anchor, page.heading(heading, by), [] if deeper else inside, below))
    return sections


def _groups(entries: list[Entry], by: str) -> list[tuple[str, list[Entry]]]:
    if by != "topic":
        return groups_of(entries, by)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(topic_of(entry) or OTHER, []).append(entry)
    return sorted(groups.items(), key=lambda pair: (pair[0] == OTHER, pair[0].casefold()))
