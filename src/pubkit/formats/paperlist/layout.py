"""One list, one layout: the order of fields that reads the whole list best, and each entry by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.atoms import Atom, scan
from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.segment import ORDERS, Bonus, Chunk, Cut, best, chunks, habits

# The vote looks at this many entries; a longer list has the same layout further down.
SAMPLE = 120
# An entry whose own best order beats the list's by this much is read by its own.
MARGIN = 2.5


@dataclass(frozen=True, slots=True)
class Reading:
    """An item with its atoms, chunks and the cut chosen for it."""

    item: Item
    atoms: list[Atom]
    pieces: list[Chunk]
    cut: Cut
    odd: bool  # read against the layout of its list

    def text(self, field: str) -> str:
        """Return the text of a field, "" where the entry has none."""
        span = self.span(field)
        return self.item.text[span[0] : span[1]] if span else ""

    def span(self, field: str) -> tuple[int, int] | None:
        """Return where a field starts and ends in the item's text."""
        found = self.cut.fields.get(field)
        if found is None or found[0] >= found[1]:
            return None
        return self.pieces[found[0]].start, self.pieces[found[1] - 1].end


def read(items: list[Item]) -> list[Reading]:
    """Read the items of one list.

    First each entry of a sample is cut in every order; the order with the highest sum, weighed by how the
    list behaves (`habits`), is the list's. Then every entry is read by it, or by its own best order where
    that fits far better.
    """
    scanned = [(item, scan(item)) for item in items]
    owners = _owners([(item, chunks(item, atoms)) for item, atoms in scanned[:SAMPLE]])
    cut_up = [(item, atoms, chunks(item, atoms, owners)) for item, atoms in scanned]
    filled = [(item, atoms, pieces) for item, atoms, pieces in cut_up if pieces]
    step = max(1, len(filled) // SAMPLE)
    sample = [pieces for _, _, pieces in filled[::step]]
    order, bonus = _vote(sample)
    return [_read(item, atoms, pieces, order, bonus) for item, atoms, pieces in filled]


def _owners(sample: list[tuple[Item, list[Chunk]]]) -> frozenset[str]:
    """Return the names that stand in many entries: whose list it is, and the usual co-authors."""
    seen: Counter[str] = Counter()
    for item, pieces in sample:
        texts = {people.bare(item.text[piece.start : piece.end]).casefold() for piece in pieces}
        seen.update(text for text in texts if 3 < len(text) < 40)
    least = max(3, len(sample) * 0.25)
    return frozenset(
        text for text, count in seen.items() if count >= least and people.score(text.title()) >= 0
    )


def _vote(sample: list[list[Chunk]]) -> tuple[str, Bonus]:
    """Return the order for the list and the habits of its entries."""
    if not sample:
        return "T", {}
    totals: dict[str, float] = {}
    learned: dict[str, Bonus] = {}
    for order in ORDERS:
        first = [(pieces, best(pieces, order)) for pieces in sample]
        good = [(pieces, cut) for pieces, cut in first if cut.fields]
        if len(good) * 2 < len(sample):
            continue
        learned[order] = habits(good) if len(sample) > 1 else {}
        totals[order] = sum(
            max(best(pieces, order, learned[order]).score, *(cut.score for cut in _shorter(pieces, order)))
            for pieces in sample
        )
    order = max(totals, key=lambda name: totals[name]) if totals else "T"
    return order, learned.get(order, {})


def _shorter(pieces: list[Chunk], order: str) -> list[Cut]:
    """Cuts by the same order with a field left out: an entry may lack its authors or its venue."""
    return [best(pieces, part) for part in {order.replace("A", ""), order.replace("V", ""), "T"}]


def _read(item: Item, atoms: list[Atom], pieces: list[Chunk], order: str, bonus: Bonus) -> Reading:
    own = best(pieces, order, bonus)
    options = [(cut.score + 0.5, cut) for cut in _fitting(pieces, order, bonus)]
    options.append((own.score + 1.0, own))
    score, cut = max(options, key=lambda option: option[0])
    if _ceiling(pieces) > score + MARGIN:
        free = max((best(pieces, other) for other in ORDERS), key=lambda found: found.score)
        if free.score > score + MARGIN:
            return Reading(item, atoms, pieces, free, odd=True)
    return Reading(item, atoms, pieces, cut, odd=False)


def _fitting(pieces: list[Chunk], order: str, bonus: Bonus) -> list[Cut]:
    return [best(pieces, part, bonus) for part in (order.replace("A", ""), order.replace("V", ""), "T")]


def _ceiling(pieces: list[Chunk]) -> float:
    """Return what no cut can exceed: every chunk in its best field, and two perfect changes of fields."""
    return sum(max(piece.scores.values()) + 0.4 for piece in pieces) + 2 * 1.4
