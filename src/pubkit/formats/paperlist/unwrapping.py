"""Text pasted from pages, whose lines end where they mean to, or where the page did: those are put together.

`wrapping` tells texts all of whose lines were broken by width. Here each line is judged: it was broken if the
next word would not have fitted behind it, and nothing says that it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.blocks import Block, Line, Span
from pubkit.formats.paperlist.joints import joint
from pubkit.formats.paperlist.looks import VENUE_WORDS
from pubkit.formats.paperlist.shapes import ANY_YEAR, is_labels
from pubkit.formats.paperlist.words import words

# Of the lines that a sentence runs over, so many must be full, and at least this number.
_SURE, _LEAST = 0.75, 4
# Letters differ in width: a line is full if it and the next word have so much of the longest line's length.
_FULL = 0.92
# The longest lines may be longer by chance: this share of them.
_LONGER = 0.05
# A text is of both kinds if this share of its lines, or more, end where they mean to.
_MEANT = 0.15
# A line is short if it has less than this of the longest line's length.
_SHORT = 0.6
_FIRST = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+")
_INITIAL = re.compile(r"(?:^|[\s,])[A-ZÀ-Þ]\.$")
# Behind a boundary, a short word with a stop is one of a journal: ",” Mech. | Syst. Signal Process."
_SHORTENED = re.compile(r"[.,\"”] (?:in )?[A-ZÀ-Þ][a-z]{1,5}\.$")
_AND = ("and", "und", "et", "y", "e")
_OPEN = words("wrapping.open")
_LEADING = words("wrapping.leading")


def unwrapped(blocks: Sequence[Block]) -> list[Block] | None:
    """Put lines together that were broken by width, in a text that has others, too.

    Args:
        blocks: The blocks of a plain text.

    Returns:
        The blocks with fewer lines, or None where no lines were broken, or all of them.
    """
    pairs = [pair for block in blocks if block.kind != "heading" for pair in pairwise(block.lines)]
    running = [pair for pair in pairs if _runs_on(*pair)]
    if len(running) < _LEAST:
        return None
    lengths = sorted(
        (_length(line) for block in blocks if block.kind != "heading" for line in block.lines), reverse=True
    )
    width = lengths[int(_LONGER * len(lengths))]
    if sum(_is_full(*pair, width) for pair in running) < _SURE * len(running):
        return None
    joined = [_joined(block, width) if block.kind != "heading" else block for block in blocks]
    left = sum(len(block.lines) - 1 for block in joined)
    return joined if left >= _MEANT * len(pairs) else None


def _length(line: Line) -> int:
    return len(line.text) + line.indent


def _is_full(line: Line, following: Line, width: int) -> bool:
    word = _FIRST.match(following.text)
    return _length(line) + 1 + len(word[0] if word else "") > _FULL * width


def _runs_on(line: Line, following: Line) -> bool:
    """Tell whether a line ends in the midst of a sentence, a name or a bracket."""
    if is_labels(following.text):
        return False
    text = line.text.rstrip()
    first = _WORD.match(following.text)
    if first and first[0][0].islower() and text[-1:] not in ".;:!?":
        if first[0] not in _LEADING:
            return True
        rest = following.text[first.end() :].strip()  # "and Control, 2009" goes on, "with A. Li" may not
        return first[0] in _AND and not people.is_list(rest)
    if text.endswith(",") and people.is_list(text) and people.is_list(following.text):
        return True
    last = text.rsplit(" ", 1)[-1].lower().rstrip(".")
    return (
        last in _OPEN
        or _INITIAL.search(text) is not None
        or text.endswith(("&", "(", "["))
        or (text.endswith("-") and text[-2:-1].isalpha())
    )


def _ends(line: Line, following: Line, width: int) -> bool:
    """Tell whether something says that a line ends where it should."""
    text = line.text.rstrip()
    if is_labels(following.text) or (text[-1:] in ".!?;" and not _SHORTENED.search(text)):
        return True
    if text.endswith(","):
        return False
    if people.is_list(text):
        return not people.is_list(f"{text} {following.text}")
    if _is_bare(text) and (_opens_venue(following.text, width)):
        return True
    return "," in following.text and people.is_list(following.text)


def _is_bare(text: str) -> bool:
    """Tell whether a line can be a title: no comma, number or word of venues stands in it."""
    return not ("," in text or any(map(str.isdigit, text)) or VENUE_WORDS.search(text.lower()))


def _opens_venue(text: str, width: int) -> bool:
    """Tell whether a line begins with a place of publication: by its words, or by a year if it is short."""
    lead = text.partition(",")[0]
    return bool(VENUE_WORDS.search(lead.lower())) or (
        ANY_YEAR.search(text) is not None and len(text) < _SHORT * width
    )


def _joined(block: Block, width: int) -> Block:
    lines: list[tuple[list[Span], int]] = []  # spans and indent
    last: Line | None = None  # the line as it stood, whose length counts
    for line in block.lines:
        full = last is not None and _is_full(last, line, width)
        if last and full and (_runs_on(last, line) or not _ends(last, line, width)):
            _append(lines[-1][0], line.spans)
        else:
            lines.append((list(line.spans), line.indent))
        last = line
    if len(lines) == len(block.lines):
        return block
    return replace(block, lines=tuple(Line(tuple(spans), indent) for spans, indent in lines))


def _append(spans: list[Span], more: Sequence[Span]) -> None:
    """Add the spans of the next line to those of a line."""
    last = spans[-1]
    dropped, between = joint(last.text, more[0].text)
    if dropped:
        spans[-1] = replace(last, text=last.text[:-dropped])
    if between:
        spans.append(Span(between, last.end, last.end))
    spans += more
