"""Which blocks are the publication list, and what the headings above an entry say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pubkit.formats.paperlist import headings, people
from pubkit.formats.paperlist.blocks import Block
from pubkit.formats.paperlist.shapes import looks_whole
from pubkit.text.fold import fold


@dataclass(frozen=True, slots=True)
class Group:
    """What the headings above say about each entry of a group.

    Attributes:
        title: The nearest heading's text.
        year: Year of the group, or "".
        type: Entry type of the group, or "".
        status: State of its entries in BibLaTeX's words ("In press"), or "".
        venue: Where its entries appeared ("ICSE 2024"), or "".
        listed: Whether a heading says that this is a publication list.
        strict: Whether an entry needs authors, a date and an address to be one: software, data.
    """

    title: str = ""
    year: str = ""
    type: str = ""
    status: str = ""
    venue: str = ""
    listed: bool = False
    strict: bool = False


@dataclass(slots=True)
class Section:
    """Blocks without a heading between them.

    Attributes:
        group: What the headings above say.
        named: Whether a heading says that this is a publication list.
        blocks: The blocks.
    """

    group: Group
    named: bool
    blocks: list[Block] = field(default_factory=list)


def find(blocks: Iterable[Block]) -> list[Section]:
    """Return the sections that hold publications.

    Where a heading names a list, such sections count, and those whose lines are references beyond doubt:
    their heading is one that nobody has thought of. Where none does, every section does that is not
    named as something else; the caller must then look harder at each entry.
    """
    blocks = list(blocks)
    divided = _divide(blocks)
    # "In review" alone says that there are others, under no heading that is known.
    if any(section.named and section.blocks and not section.group.status for section in divided):
        return [
            section
            for before, section in pairwise([Section(Group(), named=False), *divided])
            if section.named or _is_list(section, least=1 if before.named else _LEAST_REFERENCES)
        ]
    return [section for section in _divide(blocks, references=True) if section.blocks]


_MOST_REFERENCES, _LEAST_REFERENCES = 0.6, 2


def _is_list(section: Section, least: int) -> bool:
    """Tell whether a section under no known heading is a list: most of its lines begin with names."""
    lines: list[str] = []
    for block in section.blocks:
        each = [line.text for line in block.lines]
        whole = " ".join(each)
        lines += [whole] if _is_reference(whole) and sum(map(_is_reference, each)) < 2 else each
    found = sum(_is_reference(line) for line in lines)
    return found >= max(least, len(lines) * _MOST_REFERENCES)


# Where names end: a full stop behind a word, a bracket, a colon, a quotation mark.
_NAMES_END = re.compile(r"(?<=\w\w)\. |(?<= \w)\. (?=\w{3})|[(:\[\"“„«]")


def _is_reference(text: str) -> bool:
    """Tell whether a line begins with names and goes on as an entry does.

    >>> _is_reference("Li, A., & Wu, B. (2021). On the dances of bees. Bees, 3, 1-2.")
    True
    >>> _is_reference("Our paper on the dances of bees was accepted at Bees 2021.")
    False
    """
    names = _NAMES_END.search(text)
    if names is None or not looks_whole(text) or len(text) < _SHORTEST:
        return False
    return people.are_names(text[: names.start()]) and ("," in text[: names.start()] or " and " in text[:200])


_SHORTEST = 60


# Headings of a bibliography, and of the people who recommend somebody.
_REFERENCES = frozenset(
    ("references", "reference", "reference list", "list of references", "references cited")
)


def _is_below(level: int, dated: int) -> bool:
    """Tell whether a heading stands below one that is a year; bold lines have no levels but two made up."""
    return level > dated or (level == _BOLD and dated == _BOLD_YEAR)


_BOLD, _BOLD_YEAR = 5, 6  # see `html.promote`


def _divide(blocks: Iterable[Block], *, references: bool = False) -> list[Section]:
    """Cut at headings; leave out what is under the headings of other sections.

    With `references`, what is under "References" may be a bibliography.
    """
    sections = [Section(Group(), named=False)]
    dated = 0  # level of the last heading that is a year
    weak = False  # whether the list was opened by a word that may mean more, such as "Research"
    inside, outside = 0, 0  # level of the heading that opened the list, or the other section; 0 for none
    for block in blocks:
        if block.kind != "heading":
            if not outside:
                sections[-1].blocks.append(block)
            continue
        text = " ".join(block.text.split())
        heading, before = headings.classify(text), sections[-1].group
        if heading.role == "list":
            inside = block.level if weak else min(inside or block.level, block.level)
            outside, weak = 0, fold(text) in headings.LIST_WHOLE
            year = before.year if before.year and _is_below(block.level, dated) else ""
            group = Group(text, year, heading.type, heading.status, listed=True)
            sections.append(Section(group, named=True))
        elif heading.role == "kept" and any(section.named for section in sections):
            outside = 0
            sections.append(Section(Group(text, "", heading.type, listed=True, strict=True), named=True))
        elif references and fold(headings.bare(text)) in _REFERENCES:
            inside = outside = 0
            sections.append(Section(Group(text), named=False))
        elif heading.role in ("other", "kept") and not (inside and block.level > inside + 1):
            inside, outside = 0, block.level
        elif heading.role == "group":
            dated = block.level
            if not outside or block.level <= outside:
                outside = 0
                group = Group(text, heading.year, before.type, before.status, heading.venue, bool(inside))
                sections.append(Section(group, named=bool(inside)))
        elif inside and block.level > inside:
            sections.append(Section(Group(text, "", before.type, listed=True), named=True))
        elif not outside or block.level <= outside:
            inside = outside = 0
            sections.append(Section(Group(text), named=False))
    return sections
