"""Positions of cites in a document: first, subsequent, ibid, ibid with locator, near a note, first note."""

from __future__ import annotations

from collections.abc import Sequence
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


def find_positions(document: Sequence[Citation], near_distance: int) -> list[list[Position]]:
    """Work out the positions of all cites.

    Args:
        document: Citations in order.
        near_distance: The style's `near-note-distance`.

    Returns:
        One list a citation, one position a cite, in the order of its cites (as sorted).
    """
    result: list[list[Position]] = [[] for _ in document]
    # Citations in the text and citations in notes do not look at each other.
    for in_notes in (False, True):
        places = [at for at, citation in enumerate(document) if (citation.note > 0) == in_notes]
        found = _stream([document[at] for at in places], near_distance)
        for at, positions in zip(places, found, strict=True):
            result[at] = positions
    return result


def _stream(document: list[Citation], near_distance: int) -> list[list[Position]]:
    """Work out the positions of the citations of one stream, the text or the notes."""
    first_note: dict[str, int] = {}
    last_note: dict[str, tuple[int, int]] = {}  # note and number of the citation that last cited the item
    result: list[list[Position]] = []
    previous: Citation | None = None
    before: list[Citation] = []
    for number, citation in enumerate(document):
        if previous is not None and previous.note != citation.note:
            before = [previous]
        positions: list[Position] = []
        for at, cite in enumerate(citation.cites):
            item = cite.id
            if item not in first_note:
                position = Position()
                first_note[item] = citation.note
            else:
                kind = SUBSEQUENT
                if at > 0:
                    earlier = citation.cites[at - 1]
                    if earlier.id == item:
                        kind = _ibid(earlier, cite)
                elif previous is not None and _is_ibid_place(previous, citation, before, item):
                    kind = _ibid(previous.cites[-1], cite)
                note, where = last_note[item]
                near = (
                    citation.note - note <= near_distance
                    if citation.note
                    else number - where <= near_distance
                )
                position = Position(kind, near, first_note[item])
            last_note[item] = (citation.note, number)
            positions.append(position)
        result.append(positions)
        previous = citation
        before.append(citation)
    return result


def _is_ibid_place(previous: Citation, citation: Citation, before: list[Citation], item: str) -> bool:
    """Tell whether the citation before, and all in its note, cite just this item."""
    if not previous.cites or any(cite.id != item for cite in previous.cites):
        return False
    if len(previous.cites) > 1 and previous.note != citation.note:
        return all(cite.id == item for cite in previous.cites)
    if citation.note and previous.note not in (citation.note, citation.note - 1, citation.note + 1):
        return citation.note - previous.note <= 1
    same_note = [earlier for earlier in before if earlier.note == previous.note]
    if previous.note and previous.note != citation.note:
        return all(cite.id == item for earlier in same_note for cite in earlier.cites)
    return True


def _ibid(earlier: Cite, cite: Cite) -> int:
    """Return IBID, IBID_WITH_LOCATOR or SUBSEQUENT by the locators of neighbouring cites."""
    if not earlier.locator:
        return IBID_WITH_LOCATOR if cite.locator else IBID
    if not cite.locator:
        return SUBSEQUENT
    same = (earlier.locator.strip(), earlier.label) == (cite.locator.strip(), cite.label)
    return IBID if same else IBID_WITH_LOCATOR
