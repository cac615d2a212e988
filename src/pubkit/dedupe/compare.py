"""Stage 3: how alike pairs of records are, field by field, whole columns at once; no judgement yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import ID_KINDS, UNKNOWN, Columns, equal
from pubkit.dedupe.compare_titles import TITLE_FLOOR, similar_titles
from pubkit.dedupe.compare_venues import same_venues
from pubkit.dedupe.compare_words import authors, information

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = ["TITLE_FLOOR", "Comparison", "at_best", "compare", "same_id", "similar_titles", "with_words"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What pairs of records have in common: one array a property, one item a pair.

    Where an array holds 1 for the same and 0 for different, -1 says that one side says nothing.

    Attributes:
        title: Similarity of the titles, 0 to 1, as written or with the words sorted; -1 where one is missing.
        information: How much the shorter title says: the sum of its words' rarity, in nats.
        unmatched: The share of that which has no counterpart in the other title.
        swapped: The same, of the side that lost less: what one title has in place of something in the other.
        families: The share of the shorter list's family names that the other has; -1 where unknown.
        all_families: The share of all family names that both have; -1 where unknown.
        first_author: Whether the first authors agree.
        years: How many years lie between them; -1 where unknown.
        venue: Whether the venues are the same.
        known_venues: Whether both venues are in the table of venues.
        volume: Whether the volumes agree.
        number: Whether the issues agree.
        first_page: Whether the first pages agree.
        last_page: Whether the last pages agree.
        ids: Kind of identifier → whether they agree.
    """

    title: Floats
    information: Floats
    unmatched: Floats
    swapped: Floats
    families: Floats
    all_families: Floats
    first_author: Ints
    years: Ints
    venue: Ints
    known_venues: NDArray[np.bool_]
    volume: Ints
    number: Ints
    first_page: Ints
    last_page: Ints
    ids: Mapping[str, Ints]

    def of(self, pairs: Ints) -> Comparison:
        """Return the same of some of the pairs."""
        parts = {part.name: getattr(self, part.name) for part in fields(self) if part.name != "ids"}
        return Comparison(
            **{name: values[pairs] for name, values in parts.items()},
            ids={kind: values[pairs] for kind, values in self.ids.items()},
        )


def same_id(columns: Columns, left: Ints, right: Ints) -> Any:
    """Return for each pair whether the two share an identifier."""
    import numpy as np

    found = np.zeros(len(left), dtype=bool)
    for kind in ID_KINDS:
        found |= equal(columns.ints[kind], left, right) == 1
    return found


def compare(columns: Columns, left: Ints, right: Ints, title: Floats | None = None) -> Comparison:
    """Compare pairs of records.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
        title: How alike their titles are, where that is known.
    """
    if title is None:
        title = similar_titles(columns, left, right)
    return with_words(columns, left, right, at_best(columns, left, right, title))


def at_best(columns: Columns, left: Ints, right: Ints, title: Floats) -> Comparison:
    """Compare all but the words of titles and names, which takes longest; those are as alike as can be.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
        title: How alike their titles are.
    """
    import numpy as np

    ints, count = columns.ints, len(left)
    named = np.diff(columns.ordered_names.starts) > 0
    names = np.where(named[left] & named[right], 1, UNKNOWN)
    years = np.abs(ints["year"][left] - ints["year"][right])
    years[(ints["year"][left] == 0) | (ints["year"][right] == 0)] = UNKNOWN
    known = ints["known"]
    page, bare = ints["page"], ints["bare_page"]
    first_page = equal(page, left, right)
    digits = (page[left] == bare[left]) | (page[right] == bare[right])
    first_page[(first_page == 0) & digits & (bare[left] == bare[right])] = 1
    return Comparison(
        title=title,
        information=np.full(count, np.inf),
        unmatched=np.zeros(count),
        swapped=np.zeros(count),
        families=names.astype(np.float64),
        all_families=names.astype(np.float64),
        first_author=names,
        years=years,
        venue=same_venues(columns, left, right),
        known_venues=(known[left] > 0) & (known[right] > 0),
        volume=equal(ints["volume"], left, right),
        number=equal(ints["number"], left, right),
        first_page=first_page,
        last_page=equal(ints["last_page"], left, right),
        ids={kind: equal(ints[kind], left, right) for kind in ID_KINDS},
    )


def with_words(columns: Columns, left: Ints, right: Ints, seen: Comparison) -> Comparison:
    """Return what `at_best` gave with the words of titles and names compared."""
    says, unmatched, swapped = information(columns, left, right)
    compact = columns.ints["compact"]
    glued = compact[left] == compact[right]
    unmatched[glued] = swapped[glued] = 0.0
    families, all_families, first = authors(columns, left, right)
    return replace(
        seen,
        information=says,
        unmatched=unmatched,
        swapped=swapped,
        families=families,
        all_families=all_families,
        first_author=first,
    )
