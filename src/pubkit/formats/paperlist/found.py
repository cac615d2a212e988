"""Atoms, and the table in which they are collected: what each is of, and which characters are taken."""

from __future__ import annotations

from dataclasses import dataclass

from pubkit.formats.paperlist import shapes
from pubkit.formats.paperlist.shapes import Kind


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of an entry that is no running text.

    Attributes:
        kind: What it is.
        start: Where it starts in the item's text, brackets around it included.
        end: Where it ends.
        value: What it says: a URL, an identifier, "2015-06", a status.
        more: Further values under field names ("volume", "number", "pages", "label" …).
        sure: Whether the shape alone is proof; an unsure one may be part of a title.
    """

    kind: Kind
    start: int
    end: int
    value: str
    more: tuple[tuple[str, str], ...] = ()
    sure: bool = True


class Found:
    """Atoms found so far, and which characters they have taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.atoms: list[Atom] = []

    def add(
        self,
        kind: Kind,
        start: int,
        end: int,
        value: str,
        more: tuple[tuple[str, str], ...] = (),
        *,
        sure: bool = True,
    ) -> None:
        """Add an atom unless a part of its text is taken; brackets right around it belong to it."""
        if start >= end or any(self.taken[start:end]):
            return
        text = self.text
        while start and end < len(text) and text[start - 1] + text[end] in ("()", "[]"):
            start, end = start - 1, end + 1
        self.taken[start:end] = b"\1" * (end - start)
        self.atoms.append(Atom(kind, start, end, value, more, sure))

    def has(self, name: str) -> bool:
        """Tell whether an atom gives a value of this name."""
        return any(name == given for atom in self.atoms for given, _ in atom.more)

    def has_digits(self) -> bool:
        """Tell whether a digit stands in what no atom has taken."""
        return any(not self.taken[match.start()] for match in shapes.DIGIT.finditer(self.text))

    def sorted(self) -> list[Atom]:
        """Return the atoms in the order of the text."""
        return sorted(self.atoms, key=lambda atom: atom.start)
