"""Whether the lines of a text were broken by width, and so mean nothing."""

from __future__ import annotations

import re
from itertools import pairwise

from pubkit.formats.paperlist.blocks import Block
from pubkit.formats.paperlist.entries import is_hard_wrapped
from pubkit.formats.paperlist.words import words

_LEADING = words("wrapping.leading")
_WORD = re.compile(r"[^\W\d_]+")


def _goes_on(block: Block) -> tuple[int, int]:
    """Count the lines of a block that end in the midst of a sentence, and all that might."""
    found = 0
    for line, following in pairwise(block.lines):
        first = _WORD.match(following.text)
        if first is None or not first[0].islower():
            continue
        if line.text[-1:] == "-" and line.text[-2:-1].isalpha():
            return len(block.lines), 0  # a word is parted: lines end where the page does
        found += first[0] not in _LEADING and line.text[-1:] not in ".;:!?)"
    return found, len(block.lines) - 1


def is_wrapped(blocks: list[Block]) -> bool:
    """Tell whether lines were broken by width: by how long they are, or by what stands at their ends."""
    if is_hard_wrapped(blocks):
        return True
    counts = [_goes_on(block) for block in blocks if block.kind != "heading"]
    return sum(found for found, _ in counts) > sum(all_ for _, all_ in counts) * 0.3
