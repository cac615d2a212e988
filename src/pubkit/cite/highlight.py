"""Marking a person in references: whose name it is, in any spelling, and where it stands in the output."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pubkit.csl.variables import NAME_VARIABLES
from pubkit.markup.tree import Highlight, Inline, Rich, Sup, Tagged, join
from pubkit.markup.walk import with_children
from pubkit.model.names import parse_name
from pubkit.text.fold import fold

#: A name in a reference: the CSL variable and its place in it, counted from 0.
Place = tuple[str, int]
NO_NOTES: Mapping[Place, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Person:
    """A person to look for.

    Attributes:
        family: Family name with its particle, folded.
        given: Given names, folded, as words.
    """

    family: str
    given: tuple[str, ...]


def people(names: str | Sequence[str] | None) -> tuple[Person, ...]:
    """Return the persons to look for, from names as people write them.

    >>> people("Wu, Tianhao")
    (Person(family='wu', given=('tianhao',)),)
    """
    wanted = [names] if isinstance(names, str) else list(names or ())
    found = []
    for text in wanted:
        name = parse_name(text)
        if fold(name.full_family):
            found.append(Person(fold(name.full_family), _words(name.given)))
    return tuple(found)


def is_person(person: Person, name: Mapping[str, str]) -> bool:
    """Say whether a CSL-JSON name can be that person's.

    Family names must agree; of given names as many as both sides have, each in full or by its initial.

    >>> wu = people("Tianhao Wu")[0]
    >>> [is_person(wu, {"family": "Wu", "given": given}) for given in ("T.", "Tianhao", "Tianyi", "T. X.")]
    [True, True, False, True]
    """
    if "literal" in name:
        return fold(name["literal"]) == " ".join((*person.given, person.family))
    family = fold(name.get("family", ""))
    particles = [name.get("dropping-particle", ""), name.get("non-dropping-particle", "")]
    with_particles = fold(" ".join([*particles, name.get("family", "")]))
    return person.family in (family, with_particles) and _agree(person.given, _words(name.get("given", "")))


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether given names can be the same person's: "tian hao" and "tianhao" are, "t" and "tianhao" are."""
    if "".join(one) == "".join(other):
        return True
    return all(
        left == right or (1 in (len(left), len(right)) and left[0] == right[0])
        for left, right in zip(one, other, strict=False)
    )


@lru_cache(maxsize=4096)
def _words(given: str) -> tuple[str, ...]:
    """Return given names as folded words; a run of capitals as initials ("DE" is "D. E.")."""
    words: list[str] = []
    for word in given.split():
        compact = word.replace(".", "")
        if compact.isupper() and compact.isalpha() and 1 < len(compact) <= 3:
            words += list(fold(compact))
        else:
            words += fold(word).split()
    return tuple(words)


def mark_people(
    rich: Rich,
    item: Mapping[str, Any],
    wanted: Sequence[Person],
    notes: Mapping[Place, str] = NO_NOTES,
    keep: Collection[str] = (),
) -> Rich:
    """Return a reference with the wanted persons' names in `Highlight` nodes, and without `Tagged` ones.

    Args:
        rich: The reference, annotated by the engine.
        item: The item that it is of.
        wanted: Whom to mark.
        notes: Name → a mark that is set behind it as a superscript, such as "*" for equal contribution.
        keep: Variables whose `Tagged` nodes stay.
    """
    if not wanted and not notes and not keep:
        return rich
    places = {
        (variable, index)
        for variable in NAME_VARIABLES & item.keys()
        for index, name in enumerate(item[variable])
        if any(is_person(person, name) for person in wanted)
    }
    return _marked(rich, places, notes, keep)


def _marked(rich: Rich, places: set[Place], notes: Mapping[Place, str], keep: Collection[str]) -> Rich:
    """Rebuild a tree; references nest only as deep as styles and the markup reader allow."""
    done: list[Inline] = []
    for node in rich:
        if isinstance(node, str) or not hasattr(node, "children"):
            done.append(node)
            continue
        children = _marked(node.children, places, notes, keep)
        if not isinstance(node, Tagged) or node.variable in keep:
            done.append(with_children(node, children))
            continue
        place = None if node.index is None else (node.variable, node.index)
        if place in places:
            done.append(Highlight(children))
        else:
            done.extend(children)
        if place is not None and place in notes:
            done.append(Sup((notes[place],)))
    return join(done)
