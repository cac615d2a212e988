"""Paragraphs without markers → the entries in them: where one ends and the next begins.

A paragraph may hold one entry, an entry a line, entries of as many lines each, or entries wrapped by width.
What decides is which of these makes the most whole entries: a line begins an entry if it begins as the
first line does (with a year, a venue in brackets, a family name and initials …) and what follows up to the
next such line has what an entry needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.blocks import Block, Line
from pubkit.formats.paperlist.people import UPPER
from pubkit.formats.paperlist.shapes import is_labels

LooksWhole = Callable[[str], bool]
# Of the parts of a cut, this share must be whole entries.
ENOUGH = 0.8
_ENDS = re.compile(r"[.!?)\]\d][\"”’»]?$")
_INITIALS_FIRST = re.compile(rf"\W*(?:[{UPPER}]\.[ -]?)+ ?[{UPPER}]")
_SURNAME_FIRST = re.compile(rf"\W*[{UPPER}][\w'’-]+,? (?:[a-z]{{1,3}} )?[{UPPER}]{{1,3}}\b[.,;]?")
_CAPITAL = re.compile(rf"\W*[{UPPER}]")
# The last line of a row of Google Scholar: how often it is cited, and the year.
_COUNTED = re.compile(r"(?:\d{1,6}\*?)?\s*(?:19|20)\d\d")
# How the first line of an entry may begin, so that no other line of it does: the surest first.
_SIGNATURES: tuple[re.Pattern[str], ...] = (
    re.compile(r"\W{0,2}(?:19|20)\d\d\b"),
    re.compile(r"\[[^\]\n]{2,40}\] ?\S"),
    re.compile(r"[\"“„«「『]"),
    re.compile(rf"\W{{0,2}}[{UPPER}]{{3,}}[\w'’-]*,"),
    _INITIALS_FIRST,
    _SURNAME_FIRST,
)


def cut(block: Block, looks_whole: LooksWhole, *, soft: bool) -> list[list[Line]]:
    """Cut a paragraph into the lines of each entry.

    Args:
        block: The paragraph.
        looks_whole: Tells whether a text has what an entry needs.
        soft: Whether the lines were broken by width.
    """
    # A line of nothing but links belongs to the entry above it, whatever lines that has.
    lines = [line for at, line in enumerate(block.lines) if not at or not is_labels(line.text)]
    parts = _cut(lines, looks_whole, soft=soft)
    if len(lines) < len(block.lines):
        first = {id(part[0]) for part in parts}
        starts = [at for at, line in enumerate(block.lines) if id(line) in first]
        return _at(list(block.lines), starts)
    return parts


def _cut(lines: list[Line], looks_whole: LooksWhole, *, soft: bool) -> list[list[Line]]:
    if len(lines) < 2:
        return [lines]
    best: list[list[Line]] = [lines]
    names = [] if soft else [number for number, line in enumerate(lines) if people.is_list(line.text)]
    for parts in _cuts(lines, names, soft=soft):
        whole = [looks_whole(_text(part)) and not people.are_names(_text(part)) for part in parts]
        # A heading and a sentence may stand above.
        counted = len(parts) - (len(parts) > 2 and not whole[0] and len(parts[0]) == 2)
        if len(parts) > len(best) and sum(whole) >= max(2, counted * ENOUGH):
            best = parts
    if len(best) == 1 and soft:
        return _by_width(lines, looks_whole)
    return best if len(best) > 1 or soft else _behind_a_head(lines, names, looks_whole)


def _behind_a_head(lines: list[Line], names: Sequence[int], looks_whole: LooksWhole) -> list[list[Line]]:
    """Cut lines before whose first names others stand.

    These are an entry's own where names come last (the end of the paragraph may lack some, at the end of a
    page); else a heading, or a sentence about a project.
    """
    if len(names) < 2 or names[0] < 2 or any(other - one < 2 for one, other in pairwise(names)):
        return [lines]
    if looks_whole(_text(lines[: names[0]])):
        return _at(lines, [0, *(number + 1 for number in names if number + 1 < len(lines))])
    # What ends as sentences do is no title.
    start = names[0] - (not lines[names[0] - 1].text.endswith((".", ":", "!")))
    parts = _cut(lines[start:], looks_whole, soft=False)
    return [lines[:start], *parts] if len(parts) > 1 else [lines]


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _cuts(lines: list[Line], names: Sequence[int], *, soft: bool) -> Iterator[list[list[Line]]]:
    """Yield the ways to cut: by hanging indents, by how a line begins, by a number of lines each, by line."""
    indents = [line.indent for line in lines]
    if min(indents) < max(indents) and indents[0] == min(indents):
        yield _at(lines, [number for number, indent in enumerate(indents) if indent == indents[0]])
    ends = [number for number, line in enumerate(lines) if _COUNTED.fullmatch(line.text.strip())]
    if len(ends) > 1 and ends[-1] == len(lines) - 1:
        yield _at(lines, [0, *(number + 1 for number in ends[:-1])])
    for signature in _SIGNATURES:
        if signature.match(lines[0].text):
            starts = [number for number, line in enumerate(lines) if signature.match(line.text)]
            if signature in (_INITIALS_FIRST, _SURNAME_FIRST):  # a line of names may go on in the next one
                starts = [n for n in starts if not n or _ENDS.search(lines[n - 1].text)]
            if len(starts) > 1:
                yield _at(lines, starts)
    if soft:
        return
    marks = [frozenset(mark for mark in line.spans[0].marks if mark in ("strong", "link")) for line in lines]
    if marks[0] and not all(mark == marks[0] for mark in marks):
        yield _at(lines, [number for number, mark in enumerate(marks) if mark == marks[0]])
    yield _at(lines, range(len(lines)))
    if len(names) > 1 and all(other - one > 1 for one, other in pairwise(names)):
        if names[0] in (0, 1):  # names in the first or the second line of each, and as many lines as it takes
            yield _at(lines, [number - names[0] for number in names])
        if names[-1] == len(lines) - 1:
            yield _at(lines, [0, *(number + 1 for number in names[:-1])])
    for each in (2, 3, 4):
        if len(lines) % each == 0 and len(lines) > each and _regular(lines, each):
            yield _at(lines, range(0, len(lines), each))


def _regular(lines: Sequence[Line], each: int) -> bool:
    """Tell whether lines come in groups of one shape: names stand in the same line of each."""
    rows = [
        [people.is_list(line.text) for line in lines[at : at + each]] for at in range(0, len(lines), each)
    ]
    return any(rows[0]) and all(row == rows[0] for row in rows)


def _at(lines: list[Line], starts: Sequence[int]) -> list[list[Line]]:
    ends = [*starts[1:], len(lines)]
    return [lines[start:end] for start, end in zip([0, *starts[1:]], ends, strict=True)]


def _by_width(lines: list[Line], looks_whole: LooksWhole) -> list[list[Line]]:
    """Cut lines wrapped without blank lines: a short line ends an entry where the lines up to it make one."""
    width = max(len(line.text) for line in lines)
    parts: list[list[Line]] = [[]]
    for number, line in enumerate(lines):
        parts[-1].append(line)
        following = lines[number + 1].text if number + 1 < len(lines) else ""
        named = _INITIALS_FIRST.match(lines[0].text) and _INITIALS_FIRST.match(following)
        short = (named or len(line.text) < width * 0.97) and _ENDS.search(line.text)
        if short and number + 1 < len(lines) and looks_whole(" ".join(part.text for part in parts[-1])):
            following = " ".join(part.text for part in lines[number + 1 : number + 6])
            if looks_whole(following) and _begins_alike(lines[0].text, lines[number + 1].text):
                parts.append([])
    return parts


def _begins_alike(one: str, other: str) -> bool:
    """Tell whether two lines begin in the same way: initials, surname with initials, or just a capital."""
    for pattern in (_INITIALS_FIRST, _SURNAME_FIRST, _CAPITAL):
        if pattern.match(one):
            return pattern.match(other) is not None
    return True
