"""Which stretch of an entry is its authors, its title, its venue: the best cut, for each order of the fields.

An item is cut into chunks at its punctuation, line breaks and changes of mark-up. For one order of the fields
(authors–title–venue, title–venue …) dynamic programming finds the cut into contiguous fields of the highest
score: how much each chunk looks like each field, and how natural a change of fields is at each boundary.
`layout.py` chooses the order that suits the whole list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.labels import Labels
from pubkit.formats.paperlist.looks import scores
from pubkit.formats.paperlist.numbershapes import LAW_NAME
from pubkit.formats.paperlist.pieces import QUIET, pieces_of
from pubkit.formats.paperlist.shapes import QUOTED, REVIEW

Field = Literal["A", "T", "V"]  # authors, title, venue
ORDERS: tuple[str, ...] = ("ATV", "TAV", "TVA", "VTA", "VAT", "AVT", "AT", "TA", "TV", "VT", "T")
# An item of more chunks than this is no entry; what follows them is read as text that was not understood.
MAX_CHUNKS = 400


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an item between two boundaries.

    Attributes:
        start: Where it starts in the item's text.
        end: Where it ends.
        boundary: What stands before it: "start", "line", "stop", "comma", "mark" …
        marks: Its mark-up.
        look: Boundary and mark-up together: how a field that begins here stands there.
        scores: How much it looks like each field.
    """

    start: int
    end: int
    boundary: str
    marks: frozenset[Mark]
    look: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """A reading of an item: the chunks of each field (first and behind the last), and how good it is."""

    order: str
    fields: Mapping[str, tuple[int, int]]
    score: float


Bonus = Mapping[tuple[str, str, str], float]


class Scheme:
    """An order of the fields, with what each boundary says about going on in a field or to the next.

    Attributes:
        order: The fields' letters in the order of the text.
        bonus: What the list's other entries say: (field before, look of the boundary, field) → score.
    """

    __slots__ = ("_costs", "bonus", "order")

    def __init__(self, order: str, bonus: Bonus | None = None) -> None:
        self.order = order
        self.bonus = bonus or {}
        self._costs: dict[str, list[tuple[str, float, float]]] = {}

    def costs(self, piece: Chunk) -> list[tuple[str, float, float]]:
        """Return, field by field, its letter, the score of going on in it and that of beginning it."""
        found = self._costs.get(piece.look)
        if found is None:
            change, stay = _BOUNDARIES[piece.boundary]
            found, before = [], ""
            for field in self.order:
                begin = _CHANGES.get((before, piece.boundary), change) if before else _MISSING
                begin += self.bonus.get((before, piece.look, field), 0.0)
                found.append((field, _INSIDE.get((field, piece.boundary), stay), begin))
                before = field
            self._costs[piece.look] = found
        return found

    def first(self, piece: Chunk) -> float:
        """Return the score of the first field at the first chunk."""
        field = self.order[0]
        return piece.scores[field] + self.bonus.get(("", piece.look, field), 0.0)


def chunks(
    item: Item,
    atoms: list[Atom],
    owners: frozenset[str] = frozenset(),
    labels: Labels | None = None,
    weight: float = 0.0,
) -> list[Chunk]:
    """Cut an item into chunks and score each.

    Args:
        item: The item.
        atoms: Its atoms; they bound chunks and belong to none.
        owners: Names that stand in many entries of the list.
        labels: What the reference labeller says about the item.
        weight: How much that counts.
    """
    text = item.text
    pieces: list[tuple[int, int, str]] = []
    at, boundary = 0, "start"
    # Mark-up and quotation marks are stronger than the labeller: a stretch in them is of one field.
    unbroken = [(a, b) for a, b, marks, _ in item.runs if marks] + [m.span() for m in QUOTED.finditer(text)]
    weight *= labels.weight if labels else 1.0
    edges = (
        tuple(edge for edge in labels.edges() if not any(a < edge < b for a, b in unbroken))
        if labels and weight > 1
        else ()
    )
    reporters = _reporters(text, atoms)
    for atom in atoms:
        if at in reporters:
            pieces.append((*reporters[at], boundary))
        else:
            pieces += pieces_of(item, at, atom.start, boundary, edges)
        at = atom.end
        boundary = (
            "date"
            if (atom.kind == "date" and atom.sure) or atom.kind == "genre"
            else "with"
            if atom.kind == "with"
            else "linked"
            if atom.kind == "link" and text[atom.start] == "["
            else "atom"
        )
        if len(pieces) > MAX_CHUNKS:
            break
    if len(pieces) <= MAX_CHUNKS:
        pieces += pieces_of(item, at, len(text), boundary, edges)
    pieces = pieces[:MAX_CHUNKS]
    counted = {
        len(text[: atom.start].rstrip(" ,(:")): 1.5 if atom.more and atom.more[0][0] != "pages" else 0.8
        for atom in atoms
        if atom.kind == "volume"
    }
    for one, other in pairwise(atoms):  # … or before the year in front of them: "J. Am. Chem. Soc. 2021, 143"
        if one.kind == "date" and other.kind == "volume" and not text[one.end : other.start].strip(" ,;:.)"):
            counted.setdefault(len(text[: one.start].rstrip(" ,(:")), 0.8)
    # "to appear in", "submitted to": the venue follows.
    led = {
        atom.end + len(text[atom.end :]) - len(text[atom.end :].lstrip(" :"))
        for atom in atoms
        if atom.kind == "status" and text[atom.start : atom.end].rstrip(" .:").lower().endswith(_LEADS)
    }
    genres = {atom.start for atom in atoms if atom.kind == "genre" and atom.value in _BEHIND_TITLE}
    review = REVIEW.match(text)
    journals = frozenset(reporters.values())
    found: list[Chunk] = []
    for number, (start, end, bound) in enumerate(pieces):
        marks = item.marks(start)
        values = scores(item, pieces, number, owners)
        if more := counted.get(end):
            # What stands right before volume and pages is the venue.
            values = {**values, "V": values["V"] + more, "A": values["A"] - more}
            if number > 1 and text[start] in _QUOTES and text[end - 1] in _QUOTES:
                # Polish and Russian lists quote the journal: numbers follow, and the title stands before it.
                values = {**values, "V": values["V"] + 2.0, "T": values["T"] - 3.0}
        if (start, end) in journals:
            values = {"A": values["A"] - 4.0, "T": values["T"] - 2.0, "V": values["V"] + 4.0}
        if review and end <= review.end("what"):
            values = {"A": values["A"] - 4.0, "T": values["T"] + 4.0, "V": values["V"] - 4.0}
        if end in genres:  # "[J]" stands behind the title
            values = {**values, "T": values["T"] + 4.0}
        if start in led:
            values = {**values, "V": values["V"] + 2.0, "A": values["A"] - 2.0}
        if labels is not None and weight:
            first, last = next(((a, b) for a, b in unbroken if a <= start and end <= b), (start, end))
            shares = labels.shares(first, last)
            values = {
                field: value + weight * (shares.get(field, 0.0) - 0.3) for field, value in values.items()
            }
        found.append(Chunk(start, end, bound, marks, _look(bound, marks), values))
    return found


def _reporters(text: str, atoms: list[Atom]) -> dict[int, tuple[int, int]]:
    """Return where law journals stand between volume and page, "71 Stan. L. Rev. 301", by the atom's end."""
    found: dict[int, tuple[int, int]] = {}
    for one, other in pairwise(atoms):
        name = text[one.end : other.start].strip(" (")
        if one.kind == "volume" and one.sure and one.value.isdigit() and LAW_NAME.fullmatch(name):
            start = text.index(name, one.end)
            found[one.end] = (start, start + len(name))
    return found


# -- the best cut -----------------------------------------------------------------------------------------

# What a boundary says about the change of fields across it: (change, no change).
_BOUNDARIES: dict[str, tuple[float, float]] = {
    "start": (0.0, 0.0),
    "line": (1.4, -1.2),
    "stop": (0.7, -1.0),
    "label": (0.0, -0.1),
    "abbr": (0.0, -0.1),
    "inside": (-1.5, 0.0),
    "comma": (-0.3, 0.0),
    "semi": (-0.6, 0.1),
    "colon": (-0.6, -0.1),
    "dash": (0.4, -0.4),
    "mark": (0.9, -0.4),
    "closed": (1.1, -0.4),
    "apart": (1.0, -0.6),
    "atom": (0.5, -0.2),
    "linked": (0.9, -0.8),
    "gost": (0.9, -1.0),
    "date": (0.9, -0.9),
    "with": (2.0, -3.0),
}
# Within names, commas and the like are what one expects; within a title, a full stop is not.
_INSIDE: dict[tuple[str, str], float] = {
    ("A", "comma"): 0.3,
    ("A", "semi"): 0.4,
    ("A", "stop"): -1.2,
    ("A", "mark"): 0.2,
    ("A", "apart"): 0.2,
    ("A", "line"): -1.5,
    ("A", "colon"): -1.5,
    ("A", "atom"): -1.0,
    ("A", "date"): -1.8,
    ("T", "stop"): -1.1,
    ("T", "comma"): -0.25,
    ("T", "semi"): -0.8,
    ("T", "abbr"): -0.6,
    ("T", "date"): -3.0,
    ("T", "dash"): -0.3,
    ("T", "atom"): -0.8,
    ("T", "linked"): -2.0,
    ("T", "line"): -2.5,
    ("T", "closed"): -2.0,
    ("T", "apart"): -1.6,
    ("V", "abbr"): 0.1,
    ("V", "line"): -0.8,
    ("V", "date"): -0.3,
    ("V", "stop"): -0.3,
    ("V", "comma"): 0.0,
}
# A colon behind names says that the title begins: "Müller, A.: Über Listen".
_CHANGES: dict[tuple[str, str], float] = {("A", "colon"): 0.8, ("T", "gost"): 3.0}
_MISSING = -1000.0


def best(pieces: list[Chunk], scheme: Scheme) -> Cut:
    """Return the best cut of chunks into the fields of an order; each field takes at least one chunk."""
    order = scheme.order
    width = len(order)
    if len(pieces) < width:
        return Cut(order, {}, _MISSING)
    row = [_MISSING] * width
    row[0] = scheme.first(pieces[0])
    came: list[list[bool]] = []  # whether the best way into a field at a chunk came from the field before
    for piece in pieces[1:]:
        scores = piece.scores
        new: list[float] = []
        entered: list[bool] = []
        before = 0.0
        for value, (field, stay, begin) in zip(row, scheme.costs(piece), strict=True):
            keep, enter = value + stay, before + begin
            entered.append(enter > keep)
            new.append((enter if enter > keep else keep) + scores[field])
            before = value
        row = new
        came.append(entered)
    ends = [len(pieces)] * width
    state = width - 1
    for number in range(len(pieces) - 1, 0, -1):
        if came[number - 1][state]:
            state -= 1
            ends[state] = number
    starts = [0, *ends[:-1]]
    spans = {field: (starts[place], ends[place]) for place, field in enumerate(order)}
    return Cut(order, spans, row[-1] if state == 0 else _MISSING)


def _look(boundary: str, marks: frozenset[Mark]) -> str:
    return f"{boundary}/{'+'.join(sorted(marks - QUIET))}" if marks else f"{boundary}/"


_BEHIND_TITLE = frozenset("JCDMRPNZSAG") | {"DS", "DB", "EB", "CP"}
_QUOTES = frozenset('"“”„«»')
_LEADS = (" in", " at", " to", " by", " bei", " à", " a", " en", " em")


def habits(cuts: list[tuple[list[Chunk], Cut]]) -> Bonus:
    """Return what a list's entries have in common: how each field begins, as bonuses for reading again."""
    seen: Counter[tuple[str, str, str]] = Counter()
    fields: Counter[tuple[str, str]] = Counter()
    for pieces, cut in cuts:
        before = ""
        for field in cut.order:
            span = cut.fields.get(field)
            if span is None:
                continue
            seen[before, pieces[span[0]].look, field] += 1
            fields[before, field] += 1
            before = field
    return {
        key: 3.0 * (count / fields[key[0], key[2]])
        for key, count in seen.items()
        if count >= 2 or len(cuts) < 4
    }
