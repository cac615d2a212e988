"""In which characters two texts differ, and two entries field by field: what a review shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pubkit.model.entry import Entry

# Longer texts are compared up to here; nobody reads on.
_LONGEST = 1500
# Texts less alike than this are marked whole.
_ALIKE = 0.5
# What people look at first.
_FIRST = (
    "title",
    "subtitle",
    "author",
    "editor",
    "date",
    "journaltitle",
    "booktitle",
    "volume",
    "number",
    "pages",
    "doi",
)


class Piece(NamedTuple):
    """A piece of a text, and whether the other text has something else there."""

    text: str
    differs: bool


class Row(NamedTuple):
    """A field of two entries."""

    name: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


def differences(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts in pieces that the other has too, and pieces that it has not.

    Two texts that have little in common differ as wholes.

    >>> left, right = differences("Dances of Bees", "Dance of bees")
    >>> [piece.text for piece in left if piece.differs], [piece.text for piece in right if piece.differs]
    (['s', 'B'], ['b'])
    """
    from rapidfuzz.distance import Indel

    left, right = _cut(one), _cut(other)
    if not left or not right:  # nothing to compare with is no difference of characters
        return (Piece(left, False),) if left else (), (Piece(right, False),) if right else ()
    # Letters that two different words happen to share would only look like noise.
    if Indel.normalized_similarity(left.lower(), right.lower()) < _ALIKE:
        return (Piece(left, True),), (Piece(right, True),)
    mine: list[Piece] = []
    theirs: list[Piece] = []
    # Against a text in capitals, letter case says nothing.
    shouted = (left.isupper() or right.isupper()) and len(left.lower() + right.lower()) == len(left + right)
    steps = Indel.opcodes(left.lower(), right.lower()) if shouted else Indel.opcodes(left, right)
    for step in steps:
        differs = step.tag != "equal"
        _add(mine, left[step.src_start : step.src_end], differs)
        _add(theirs, right[step.dest_start : step.dest_end], differs)
    return tuple(mine), tuple(theirs)


def rows(one: Entry, other: Entry) -> list[Row]:
    """Return the fields of two entries side by side, those that matter most first."""
    names = [name for name in (*_FIRST, *sorted({*one.fields, *other.fields} - set(_FIRST)))
             if one.fields.get(name) or other.fields.get(name)]  # fmt: skip
    found = [Row("type", *differences(one.type, other.type))]
    found += [Row(name, *differences(_shown(one, name), _shown(other, name))) for name in names]
    return found


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(piece.text for piece in pieces)


def _shown(entry: Entry, name: str) -> str:
    return " ".join(entry.text(name).split()) if entry.fields.get(name) else ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _add(pieces: list[Piece], text: str, differs: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1].differs == differs:
        text = pieces.pop().text + text
    pieces.append(Piece(text, differs))


__all__: Sequence[str] = ("Piece", "Row", "differences", "plain", "rows")
