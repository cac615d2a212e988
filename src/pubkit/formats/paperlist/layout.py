"""One list, one layout: the order of fields that reads the whole list best, and each entry by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.atoms import is_years, scan
from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.labels import Labels, labels, trust
from pubkit.formats.paperlist.segment import ORDERS, Chunk, Cut, Scheme, best, chunks, habits
from pubkit.formats.paperlist.shapes import QUOTED, looks_whole

# The vote looks at this many entries; a longer list has the same layout further down.
SAMPLE = 120
# Each order of fields, without regard to the other entries of a list.
FREE = {order: Scheme(order) for order in ORDERS}
# The order of a list, and that order with a field left out.
Schemes = list[Scheme]
# From this confidence on the single-reference reader is asked for an entry that fits its list badly.
ALONE = 0.85
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
    labels: Labels

    def text(self, field: str) -> str:
        """Return the text of a field, "" where the entry has none."""
        span = self.span(field)
        return self.item.text[span[0] : span[1]] if span else ""

    def span(self, field: str) -> tuple[int, int] | None:
        """Return where a field starts and ends in the item's text."""
        found = self.cut.fields.get(field)
        if found is None or found[0] >= found[1]:
            return None
        start, end = self.pieces[found[0]].start, self.pieces[found[1] - 1].end
        return (start, self._title_end(start, end)) if field == "T" else (start, end)

    def _title_end(self, start: int, end: int) -> int:
        """Return where the title really ends: a year that is no date may be its last word."""
        text = self.item.text
        closing = QUOTED.match(text, start) if start < len(text) else None
        if closing and end < closing.end() and text[end : closing.end()].count(" ") <= 2:
            return closing.end()
        dated = any(atom.kind == "date" and atom.sure for atom in self.atoms)
        for atom in self.atoms:
            if atom.start < end or text[end : atom.start].strip(" ,:"):
                continue
            own = is_years(atom) or (
                atom.kind == "date" and not atom.sure and dated and text[end : atom.start] == " "
            )
            if own and (
                text[atom.end : atom.end + 1] in ("", ".", "\n", "?", "!")
                or any(first < end and atom.end <= last for first, last, marks, _ in self.item.runs if marks)
            ):
                return atom.end
            break
        return end


def read(items: list[Item]) -> list[Reading]:
    """Read the items of one list.

    First each entry of a sample is cut in every order; the order with the highest sum, weighed by how the
    list behaves (`habits`), is the list's. Then every entry is read by it, or by its own best order where
    that fits far better.
    """
    scanned = [(item, scan(item)) for item in items]
    owners = _owners([(item, chunks(item, atoms)) for item, atoms in scanned[:SAMPLE]])
    labelled = [labels(item) for item in items]
    weight = trust(labelled)
    cut_up = [
        (item, atoms, chunks(item, atoms, owners, said, weight), said)
        for (item, atoms), said in zip(scanned, labelled, strict=True)
    ]
    filled = [row for row in cut_up if row[2]]
    # What lacks the parts of an entry says nothing about the layout of entries.
    whole = [row for row in filled if row[0].certain or looks_whole(f"{row[0].text} {row[0].group.year}")]
    voting = whole if len(whole) >= 2 else filled
    step = max(1, len(voting) // SAMPLE)
    sample = [pieces for _, _, pieces, _ in voting[::step]]
    schemes = _vote(sample)
    return [_read(*row, schemes) for row in filled]


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


def _vote(sample: list[list[Chunk]]) -> Schemes:
    """Return the list's order of fields with the habits of its entries, and its shorter forms."""
    totals: list[tuple[float, Schemes]] = []
    for order, plain in FREE.items():
        first = [(pieces, best(pieces, plain)) for pieces in sample]
        good = [(pieces, cut) for pieces, cut in first if cut.fields]
        if not good or len(good) * 2 < len(sample):
            continue
        bonus = habits(good) if len(sample) > 1 else {}
        schemes = [Scheme(part, bonus) for part in _parts(order)]
        shorter = [FREE[part] for part in _parts(order)[1:]]
        total = sum(max(best(pieces, scheme).score for scheme in (schemes[0], *shorter)) for pieces in sample)
        # An entry may also have a field that most others lack.
        longer = [Scheme(more, bonus) for more in ORDERS if len(more) > len(order) and _is_part(order, more)]
        totals.append((total, [*schemes, *longer]))
    return max(totals, key=lambda found: found[0])[1] if totals else [FREE["T"]]


def _is_part(part: str, order: str) -> bool:
    """Tell whether an order is another one with fields left out."""
    return "".join(field for field in order if field in part) == part


def _parts(order: str) -> list[str]:
    """Return an order and its shorter forms: an entry may lack its authors or its venue.

    >>> _parts("ATV"), _parts("TA")
    (['ATV', 'TV', 'AT', 'T'], ['TA', 'T'])
    """
    return list(dict.fromkeys((order, order.replace("A", ""), order.replace("V", ""), "T")))


def _read(item: Item, atoms: list[Atom], pieces: list[Chunk], said: Labels, schemes: Schemes) -> Reading:
    usual = schemes[0].order
    options = [
        (cut.score + (0.5 if number else 1.0) - 0.5 * (len(scheme.order) > len(usual)), -number, cut)
        for number, scheme in enumerate(schemes)
        if (cut := best(pieces, scheme)).fields
    ]
    score, _, cut = max(options, key=lambda option: option[:2])
    if _ceiling(pieces) > score + MARGIN:
        free = max((best(pieces, other) for other in FREE.values()), key=lambda found: found.score)
        if free.score > score + MARGIN:
            return Reading(
                item, atoms, pieces, _alone(item, atoms, pieces, said) or free, odd=True, labels=said
            )
    if len(usual) > 1 and not _is_part(usual, said.order) and (alone := _alone(item, atoms, pieces, said)):
        # A whole reference in another order than the list's, whatever else could be made of it.
        return Reading(item, atoms, pieces, alone, odd=True, labels=said)
    return Reading(item, atoms, pieces, cut, odd=False, labels=said)


def _alone(item: Item, atoms: list[Atom], pieces: list[Chunk], said: Labels) -> Cut | None:
    """Return the single-reference reader's cut of an entry that fits its list badly; None if it is unsure.

    Line breaks and mark-up of a list mean more than the labeller knows, so it reads running text only.
    """
    if any(atom.kind == "with" and atom.value for atom in atoms):
        return None  # the names it has seen are read already
    if said.order not in FREE or len(said.order) < 3 or said.confidence < ALONE or "\n" in item.text:
        return None
    alone = [
        replace(piece, scores={field: 4 * shares.get(field, 0.0) - 1 for field in "ATV"})
        for piece in pieces
        for shares in (said.shares(piece.start, piece.end),)
    ]
    cut = best(alone, FREE[said.order])
    return cut if cut.fields else None


def _ceiling(pieces: list[Chunk]) -> float:
    """Return what no cut can exceed: every chunk in its best field, and two perfect changes of fields."""
    return sum(max(piece.scores.values()) + 0.4 for piece in pieces) + 2 * 1.4
