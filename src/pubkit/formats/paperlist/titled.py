"""Pages on which each paper's title is a heading: the heading and what stands below it become one item.

So do academicpages' archive, and many pages in Markdown. It is told by regularity: several headings of one
level that name no section and have a whole entry below each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pubkit.formats.paperlist import headings
from pubkit.formats.paperlist.blocks import Block, Line
from pubkit.formats.paperlist.shapes import YEAR

# More blocks than this below a heading are a section, and no entry.
MOST = 8
MIN_WORDS = 3


def join(blocks: Sequence[Block], looks_whole: Callable[[str], bool]) -> list[Block]:
    """Return the blocks with each title that is a heading joined with what is below it.

    Args:
        blocks: All blocks of a page.
        looks_whole: Tells whether a text has what an entry needs.
    """
    spans = [
        (start, end, blocks[start + _is_year(blocks[start])].level)
        for start, end in _sections(blocks)
        if _is_entry(blocks[start:end], looks_whole)
    ]
    levels = [level for _, _, level in spans]
    found = {start: end for start, end, level in spans if levels.count(level) > 1}
    if not found:
        return list(blocks)
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        end = found.get(at)
        if end is None:
            joined.append(blocks[at])
            at += 1
            continue
        lines: list[Line] = [line for block in blocks[at:end] for line in block.lines]
        joined.append(Block("item", tuple(lines), 0, "#"))
        at = end
    return joined


def _sections(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return where each heading stands and where the next one does."""
    titles = [
        number for number, block in enumerate(blocks) if block.kind == "heading" and not _is_year(block)
    ]
    badges = [number for number in titles if number and _is_year(blocks[number - 1])]
    if len(badges) * 2 <= len(titles):  # a year above several titles is a heading of its own
        badges = []
    years = [number for number, block in enumerate(blocks) if block.kind == "heading" and _is_year(block)]
    starts = sorted({number - (number in badges) for number in titles} | {*years})
    return list(pairwise([*starts, len(blocks)]))


def _is_year(block: Block) -> bool:
    """Tell whether a block is a badge with a year, which stands before the title it belongs to."""
    return block.kind != "item" and YEAR.fullmatch(block.text.strip()) is not None


def _is_entry(blocks: Sequence[Block], looks_whole: Callable[[str], bool]) -> bool:
    """Tell whether a heading is a title, and what is below it the rest of one entry."""
    badge = _is_year(blocks[0]) and len(blocks) > 1
    heading, below = (blocks[1], blocks[2:]) if badge else (blocks[0], blocks[1:])
    text = " ".join(heading.text.split())
    if not 0 < len(below) <= MOST or len(text.split()) < MIN_WORDS:
        return False
    if headings.classify(text).role != "unknown" or looks_whole(text):
        return False
    if sum(looks_whole(block.text) for block in below) > 2:
        return False  # a list below its heading
    return looks_whole("\n".join(block.text for block in blocks))
