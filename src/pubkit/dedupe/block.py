"""Stage 2: which pairs are worth comparing, without looking at all pairs.

Records meet that share an identifier, a title, a beginning of the title, two of their rarest words, or
volume, first page and year; and those that are neighbours when titles are sorted, forward or reversed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from pubkit.dedupe.prepare import Record

#: Larger blocks say little; in them only neighbours in sorted order meet, so that cost stays linear.
MAX_BLOCK = 50
WINDOW = 8
NEIGHBOURS = 3
RAREST_WORDS = 4


def candidate_pairs(records: Sequence[Record], frequency: dict[str, int]) -> list[tuple[int, int]]:
    """Return the pairs of positions to compare, each once, in order.

    Args:
        records: The records, in an order that depends on their content only.
        frequency: In how many titles each word stands.

    Returns:
        Pairs (i, j) with i < j. Their number grows with the number of records, not with its square.
    """
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in _keys(record, frequency):
            blocks[key].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= MAX_BLOCK:
            pairs.update(combinations(members, 2))
        else:
            pairs.update(_neighbours(members, WINDOW))
    for forward in (True, False):
        titles = [(record.title if forward else record.title[::-1], at) for at, record in enumerate(records)]
        order = [at for title, at in sorted(titles) if title]
        pairs.update((min(pair), max(pair)) for pair in _neighbours(order, NEIGHBOURS))
    return sorted(pairs)


def _keys(record: Record, frequency: dict[str, int]) -> Iterator[Hashable]:
    """Yield the blocks that a record belongs to."""
    yield from record.ids
    if record.volume and record.first_page and record.year:
        yield "place", record.volume, record.first_page, record.year
    if not record.words:
        if record.families and record.year:
            yield "names", record.families[:3], record.year
        return
    yield "title", "".join(record.words)
    yield "start", record.words[:4]
    rarest = sorted(set(record.words), key=lambda word: (frequency[word], word))[:RAREST_WORDS]
    for pair in combinations(sorted(rarest), 2):
        yield "words", pair


def _neighbours(members: Sequence[int], window: int) -> Iterator[tuple[int, int]]:
    """Yield each member with the next few ones."""
    for at, member in enumerate(members):
        for other in members[at + 1 : at + 1 + window]:
            yield member, other
