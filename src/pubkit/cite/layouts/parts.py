"""What a list of references is made of, before it is laid out in a format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pubkit.markup.tree import Block, Rich


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a list: its id and its text, a number in front of it included."""

    id: str
    rich: Rich


@dataclass(frozen=True, slots=True)
class Section:
    """The references under one heading; "" where the list is not grouped."""

    heading: str
    references: Sequence[Reference]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a list is laid out.

    Attributes:
        hanging: Whether the style wants a hanging indent.
        width: Columns after which plain text goes on in the next line, indented; None for a line a reference.
        environment: LaTeX environment of the list; see `pubkit.cite.layouts.latex`.
        template: A document that the list is put into; see `pubkit.cite.layouts.template`.
    """

    hanging: bool = False
    width: int | None = None
    environment: str = "list"
    template: Path | None = None


def numbered(rich: Rich, number: int) -> Rich:
    """Return a reference with a number in front, in place of the style's own label if it has one."""
    label = Block((f"{number}.",), "left-margin")
    rest = tuple(node for node in rich if not (isinstance(node, Block) and node.display == "left-margin"))
    if len(rest) == 1 and isinstance(rest[0], Block) and rest[0].display == "right-inline":
        return (label, *rest)
    return (label, Block(rest, "right-inline"))


def parted(rich: Rich) -> tuple[Rich, Rich]:
    """Return the label that a reference starts with, empty where it has none, and the rest."""
    first = rich[0] if rich else ""
    if isinstance(first, Block) and first.display == "left-margin":
        return first.children, rich[1:]
    return (), rich


def any_labels(sections: Sequence[Section]) -> bool:
    """Whether any reference starts with a number or label of its own."""
    return any(parted(one.rich)[0] for section in sections for one in section.references)
