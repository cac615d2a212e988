"""Pages on which each paper's title is a heading: the heading and what stands below it become one item.

So do academicpages' archive, and many pages in Markdown. It is told by regularity: several headings of one
level that name no section and have a whole entry below each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pubkit.formats.paperlist import headings
from pubkit.formats.paperlist.blocks import Block, Line

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
        (start, end, blocks[start].level)
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
    starts = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    return list(pairwise([*starts, len(blocks)]))


def _is_entry(blocks: Sequence[Block], looks_whole: Callable[[str], bool]) -> bool:
    """Tell whether a heading is a title, and what is below it the rest of one entry."""
    heading, below = blocks[0], blocks[1:]
    text = " ".join(heading.text.split())
    if not 0 < len(below) <= MOST or len(text.split()) < MIN_WORDS:
        return False
    if headings.classify(text).role != "unknown" or looks_whole(text):
        return False
    if sum(looks_whole(block.text) for block in below) > 2:
        return False  # a list below its heading
    return looks_whole(text + "\n" + "\n".join(block.text for block in below))
