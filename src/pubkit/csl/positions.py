"""Positions of cites in a document: first, subsequent, ibid, ibid with locator, near a note, first note."""

from __future__ import annotations

from dataclasses import dataclass

from pubkit.csl.citations import Citation, Cite
from pubkit.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT

NAMES = {"first": FIRST, "subsequent": SUBSEQUENT, "ibid": IBID, "ibid-with-locator": IBID_WITH_LOCATOR}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cite stands.

    Attributes:
        position: FIRST, SUBSEQUENT, IBID or IBID_WITH_LOCATOR.
        near_note: Whether the item was cited near before.
        first_note: Number of the note that first cites the item; 0 for none, and at the first cite.
    """

    position: int = FIRST
    near_note: bool = False
    first_note: int = 0


def forced_position(cite: Cite) -> Position:
    """Return the position that a cite states itself; first where it states none."""
    near = bool(cite.near_note)
    return Position(NAMES.get(cite.position, FIRST), near)


class Positions:
    """Works out positions citation by citation, in document order."""

    def __init__(self, near_distance: int) -> None:
        """Take the style's `near-note-distance`."""
        # Citations in the text and citations in notes do not look at each other.
        self._text = _Stream(near_distance)
        self._notes = _Stream(near_distance)

    def add(self, citation: Citation) -> list[Position]:
        """Return the positions of a citation's cites (as sorted); it follows those added before."""
        return (self._notes if citation.note > 0 else self._text).add(citation)


class _Stream:
    """The citations of the text, or of the notes."""

    def __init__(self, near_distance: int) -> None:
        self.near_distance = near_distance
        self.size = 0
        self.first_note: dict[str, int] = {}
        self.last_place: dict[str, tuple[int, int]] = {}  # note and number of the item's last citation
        self.previous: Citation | None = None
        self.note_items: set[str] = set()  # all items cited in the note of the previous citation

    def add(self, citation: Citation) -> list[Position]:
        positions: list[Position] = []
        previous = self.previous
        for at, cite in enumerate(citation.cites):
            item = cite.id
            if item not in self.first_note:
                self.first_note[item] = citation.note
                positions.append(Position())
            else:
                kind = SUBSEQUENT
                if at > 0:
                    earlier = citation.cites[at - 1]
                    if earlier.id == item:
                        kind = _ibid(earlier, cite)
                elif previous is not None and self._follows(previous, citation, item):
                    kind = _ibid(previous.cites[-1], cite)
                note, number = self.last_place[item]
                distance = citation.note - note if citation.note else self.size - number
                positions.append(Position(kind, distance <= self.near_distance, self.first_note[item]))
            self.last_place[item] = (citation.note, self.size)
        if previous is None or previous.note != citation.note:
            self.note_items = set()
        self.note_items.update(cite.id for cite in citation.cites)
        self.previous = citation
        self.size += 1
        return positions

    def _follows(self, previous: Citation, citation: Citation, item: str) -> bool:
        """Tell whether what comes right before a citation cites this item and no other."""
        if not previous.cites or any(cite.id != item for cite in previous.cites):
            return False
        if citation.note and previous.note != citation.note:
            return citation.note - previous.note <= 1 and self.note_items == {item}
        return True


def _ibid(earlier: Cite, cite: Cite) -> int:
    """Return IBID, IBID_WITH_LOCATOR or SUBSEQUENT by the locators of neighbouring cites."""
    if not earlier.locator:
        return IBID_WITH_LOCATOR if cite.locator else IBID
    if not cite.locator:
        return SUBSEQUENT
    same = (earlier.locator.strip(), earlier.label) == (cite.locator.strip(), cite.label)
    return IBID if same else IBID_WITH_LOCATOR
