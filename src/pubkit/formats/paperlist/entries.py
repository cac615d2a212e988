"""Sections → items: where one entry ends and the next begins, and which lines below it are notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.blocks import Block, Line, Mark, Span
from pubkit.formats.paperlist.cutting import cut
from pubkit.formats.paperlist.joints import joint
from pubkit.formats.paperlist.sections import Group, Section
from pubkit.formats.paperlist.shapes import ANY_YEAR, STATE, is_labels

_NONE: frozenset[Mark] = frozenset()


@dataclass(frozen=True)
class Item:
    """One entry of a list before its fields are known.

    Attributes:
        text: Its text, a line break where the list breaks the line to mean something.
        runs: Mark-up: start and end in `text`, marks, link target; in order, without overlaps.
        notes: The lines below it.
        group: What the headings above it say.
        start: Offset in the input.
        end: Offset behind its last character, notes included.
        certain: Whether its form (a marker, a heading) says that it is an entry.
    """

    text: str
    runs: tuple[tuple[int, int, frozenset[Mark], str], ...]
    notes: tuple[str, ...]
    group: Group
    start: int
    end: int
    certain: bool

    @cached_property
    def _starts(self) -> list[int]:
        return [run[0] for run in self.runs]

    def marks(self, start: int) -> frozenset[Mark]:
        """Return the mark-up at a position of the text."""
        at = bisect_right(self._starts, start) - 1
        return self.runs[at][2] if at >= 0 and start < self.runs[at][1] else _NONE


@dataclass(slots=True)
class _Draft:
    """Lines that belong together, and the notes below them."""

    lines: list[Line]
    marked: bool
    notes: list[Block] = field(default_factory=list)


def split(section: Section, looks_whole: Callable[[str], bool], *, soft: bool) -> list[Item]:
    """Return the items of a section.

    Args:
        section: Blocks under one heading.
        looks_whole: Tells whether a line has what an entry needs.
        soft: Whether line ends of the input mean nothing (hard-wrapped text).
    """
    drafts: list[_Draft] = []
    dated = bool(section.group.year)

    def whole(text: str) -> bool:
        # Below a heading that is a year, entries hold none.
        return looks_whole(f"{text} {section.group.year}" if dated else text)

    for block in section.blocks if soft else list(_merged(section.blocks, whole, looks_whole)):
        if block.kind == "item" and block.level and drafts and drafts[-1].marked:
            drafts[-1].notes.append(block)
        elif block.kind == "item":
            drafts.append(_Draft(list(block.lines), marked=True))
        elif drafts and is_labels(block.text):
            drafts[-1].lines += block.lines
        else:
            drafts.extend(_Draft(lines, marked=False) for lines in cut(block, whole, soft=soft))
    named = [draft for draft in drafts if draft.notes and people.is_list(draft.notes[0].text)]
    if len(named) > max(1, len(drafts) * 0.6):
        for draft in named:
            draft.lines += draft.notes.pop(0).lines
    elif drafts and _notes_are_fields(drafts, looks_whole):
        for draft in drafts:
            draft.lines += [line for note in draft.notes for line in note.lines]
            draft.notes = []
    if not soft:
        _take_off_prose(drafts)
    groups = _columns(drafts, section.group)
    return [_item(draft, group, soft=soft) for draft, group in zip(drafts, groups, strict=True)]


def _merged(
    blocks: Iterable[Block], whole: Callable[[str], bool], looks_whole: Callable[[str], bool]
) -> Iterator[Block]:
    """Put paragraphs together that hold a field each: title, then names, then venue and year."""
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        found = list(run)
        yield from _entries_of(found, whole, looks_whole) if kind == "text" else found


# So many paragraphs must be there, this share of entries must have several, and this share a first one
# that is no entry by itself.
_FEWEST_PARAGRAPHS, _SEVERAL, _POOR = 4, 0.8, 0.6


def _entries_of(
    blocks: list[Block], whole: Callable[[str], bool], looks_whole: Callable[[str], bool]
) -> list[Block]:
    if len(blocks) < _FEWEST_PARAGRAPHS:
        return blocks
    parts = cut(Block("text", tuple(line for block in blocks for line in block.lines)), whole, soft=False)
    firsts = {id(block.lines[0]) for block in blocks}
    several = sum(len(part) > 1 for part in parts)
    poor = sum(not looks_whole(part[0].text) for part in parts)
    if (
        len(parts) < 2
        or several < _SEVERAL * len(parts)
        or poor < _POOR * len(parts)
        or any(id(part[0]) not in firsts for part in parts)
    ):
        return blocks
    return [Block("text", tuple(part)) for part in parts]


_SENTENCE = re.compile(r"[A-ZÀ-Þ\"“].*[.!?]")
_NUMBERED = re.compile(r"\d[ ,:(–-]+\d|doi|[“„«]")
_CITED = re.compile(
    r"\W*(?:recommended citation|cite|citation|published|presented|in|with|to appear)\b", re.IGNORECASE
)


def _take_off_prose(drafts: Sequence[_Draft]) -> None:
    """Make notes of the sentences that some lists put below an entry, on lines of their own."""
    for draft in drafts:
        prose = [line for line in draft.lines[2:] if _is_prose(line.text)]
        kept = [line for line in draft.lines if line not in prose]
        text = " ".join(line.text for line in kept)
        whole = ANY_YEAR.search(text) or STATE.search(text) or draft.marked
        if prose and whole and len(text.split()) >= 6:
            draft.notes[:0] = [Block("text", (line,)) for line in prose]
            draft.lines = kept


def _is_prose(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha()]
    low = sum(word[0].islower() for word in words)
    return (
        len(words) >= 3
        and not people.is_list(text)
        and low * 2 >= len(words)
        and _SENTENCE.fullmatch(text.strip()) is not None
        and not ANY_YEAR.search(text)
        and not _NUMBERED.search(text)
        and not _CITED.match(text)
    )


_YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*")
_NUMBER_ALONE = re.compile(r"\W*[A-Z]?\d{1,3}\W*")


def _columns(drafts: Sequence[_Draft], group: Group) -> list[Group]:
    """Take off the columns of a table that count its rows; a year alone holds for the rows below it."""
    year = ""
    groups: list[Group] = []
    for draft in drafts:
        lines = draft.lines
        own = _YEAR_ALONE.fullmatch(lines[0].text)
        if own:
            year = own[1]
        number = 1 if own else 0
        if len(lines) > number + 1 and _NUMBER_ALONE.fullmatch(lines[number].text):
            del lines[number]
        below = year and not own and not group.year
        groups.append(replace(group, year=year) if below else group)
    return groups


def is_hard_wrapped(blocks: Iterable[Block]) -> bool:
    """Tell whether a text's lines were broken by width: those that do not end a block are about equally long.

    >>> long, short = "word " * 14, "word"
    >>> is_hard_wrapped([Block("text", tuple(Line((Span(t, 0, 0),)) for t in (long, long, short)))] * 3)
    True
    """
    inner: list[int] = []
    lines = names = 0
    widest = 0
    for block in blocks:
        if block.kind == "heading":
            continue
        widths = [len(line.text) + line.indent for line in block.lines]
        widest = max(widest, *widths)
        inner += widths[:-1]
        if len(block.lines) > 1:
            lines += len(block.lines)
            names += sum(" " in line.text and people.is_list(line.text) for line in block.lines)
    if names * 4 >= max(1, lines):
        return False  # lines of names are lines on purpose
    if len(inner) < 3 or not 40 <= widest <= 140:
        return False
    return sum(width >= widest * 0.7 for width in inner) >= len(inner) * 0.75


def _notes_are_fields(drafts: Sequence[_Draft], looks_whole: Callable[[str], bool]) -> bool:
    """Tell whether sub-items hold authors and venue: most heads alone are no entry, with them they are."""
    noted = [draft for draft in drafts if draft.notes]
    if len(noted) < max(1, len(drafts) // 2):
        return False
    poor = rich = 0
    for draft in noted[:200]:
        head = " ".join(line.text for line in draft.lines)
        if not looks_whole(head):
            poor += 1
            rich += looks_whole(head + "\n" + "\n".join(note.text for note in draft.notes))
    return rich > len(noted[:200]) * 0.6 and poor > len(noted[:200]) * 0.6


# -- joining ------------------------------------------------------------------------------------------


def _item(draft: _Draft, group: Group, *, soft: bool) -> Item:
    pieces: list[str] = []
    runs: list[tuple[int, int, frozenset[Mark], str]] = []
    length = 0

    def add(text: str, span: Span | None = None) -> None:
        nonlocal length
        if not text:
            return
        if span is not None and (span.marks or span.url):
            runs.append((length, length + len(text), span.marks, span.url))
        pieces.append(text)
        length += len(text)

    for number, line in enumerate(draft.lines):
        if number and soft:
            before = pieces[-1] if pieces else ""
            dropped, between = joint(before, line.text)
            if dropped:
                pieces[-1] = before[:-dropped]
                length -= dropped
            add(between)
        elif number:
            add("\n")
        for span in line.spans:
            add(span.text.replace("\n", " ").replace("\t", " ").replace("\u00a0", " "), span)
    ends = [note.end for note in draft.notes] or [draft.lines[-1].end]
    notes = tuple(" ".join(line.text for line in note.lines) for note in draft.notes)
    return Item(
        "".join(pieces),
        tuple(runs),
        notes,
        group,
        draft.lines[0].start,
        max(ends[-1], draft.lines[-1].end),
        draft.marked,
    )
