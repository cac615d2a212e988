"""What speaks for and against a pair, as named columns that weights can be put on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import Columns
from pubkit.dedupe.compare import Comparison

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Points of broken lines: the weight of a point is the log-odds there, in between they are interpolated.
LINES: Mapping[str, tuple[float, ...]] = {
    "title": (0.72, 0.8, 0.86, 0.9, 0.94, 0.97, 1.0),
    "information": (0.0, 10.0, 20.0, 35.0, 60.0),
    "unmatched": (0.0, 0.04, 0.1, 0.2, 0.35, 0.6),
    "swapped": (0.0, 0.03, 0.08, 0.16, 0.3),
    "authors": (0.0, 0.34, 0.67, 1.0),
    "all authors": (0.0, 0.34, 0.67, 1.0),
}
_AGREEMENTS = ("venue", "volume", "number", "first page", "last page")


def evidence(
    columns: Columns, left: Any, right: Any, seen: Comparison, version: Any
) -> dict[str, NDArray[np.float64]]:
    """Return the evidence about pairs: name → one number a pair, mostly 0 or 1.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
        seen: What the pairs have in common.
        version: For each pair whether the two are versions of one work by their kinds.
    """
    import numpy as np

    ints = columns.ints
    found: dict[str, Any] = {"bias": np.ones(len(left))}
    for name, values in (
        ("title", seen.title),
        ("information", seen.information),
        ("unmatched", seen.unmatched),
        ("swapped", seen.swapped),
        ("authors", seen.families),
        ("all authors", seen.all_families),
    ):
        known = (seen.title if name in {"information", "unmatched", "swapped"} else values) >= 0
        for point, height in _tents(LINES[name], values).items():
            found[f"{name} {point:g}"] = height * known
    found["no title"] = seen.title < 0
    found["no authors"] = seen.families < 0
    other_words = (seen.unmatched > 0.1) | (seen.swapped > 0.02)
    found["no authors, other title"] = (seen.families < 0) & (seen.title >= 0) & other_words
    found["few authors, other title"] = (seen.families >= 0) & (seen.all_families < 0.5) & other_words
    found["first author"] = seen.first_author == 1
    found["other first author"] = seen.first_author == 0
    initial, other_initial = ints["initial"][left], ints["initial"][right]
    found["other initial"] = (
        (seen.first_author == 1) & (initial > 0) & (other_initial > 0) & (initial != other_initial)
    )
    found["names cut off"] = (ints["more"][left] + ints["more"][right]) > 0
    years = seen.years
    found["no year"] = years < 0
    found["no venue"] = seen.venue < 0
    for name, test in (
        ("same year", years == 0),
        ("next year", years == 1),
        ("two years apart", years == 2),
        ("years apart", years > 2),
    ):
        found[name] = test & ~version
        if name != "same year":
            found[f"version, {name}"] = test & version
    for name, value in zip(
        _AGREEMENTS, (seen.venue, seen.volume, seen.number, seen.first_page, seen.last_page), strict=True
    ):
        found[f"same {name}"] = value == 1
        found[f"other {name}"] = (value == 0) & ~version
    other_venue, apart = (seen.venue == 0) & ~version, (years > 0) & ~version
    found["other known venue"] = other_venue & seen.known_venues
    found["same place"] = (seen.volume == 1) & (seen.first_page == 1)
    found["other place"] = other_venue & ((seen.volume == 0) | (seen.first_page == 0))
    found["other venue, other year"] = other_venue & apart
    found["other page, other year"] = apart & (seen.first_page == 0)
    found["other volume, other page"] = (seen.volume == 0) & (seen.first_page == 0) & ~version
    same_venue = (seen.venue == 1) & ~version
    found["same venue, other page"] = same_venue & (seen.first_page == 0)
    found["same venue, other issue, other page"] = (
        same_venue & ((seen.volume == 0) | (seen.number == 0)) & (seen.first_page == 0)
    )
    same_names = (seen.all_families > 0.99) & (seen.first_author == 1)
    found["same title, same authors"] = (seen.title > 0.97) & same_names
    found["same title, same authors, same year"] = (seen.title > 0.97) & same_names & (years == 0)
    found["same long title, same venue, same year"] = (
        (seen.title > 0.97)
        & (seen.information > 30)
        & (seen.swapped < 0.03)
        & (seen.venue == 1)
        & (years == 0)
    )
    found["same title, no author shared"] = (seen.title > 0.97) & (seen.families == 0)
    found["other title, same place"] = (seen.unmatched > 0.1) & found["same place"]
    found["no place"] = (seen.volume < 0) & (seen.first_page < 0)
    for kind, value in seen.ids.items():
        found[f"same {kind}"] = value == 1
    generic = (ints["generic"][left] | ints["generic"][right]) > 0
    found["generic title"] = generic
    found["generic title, same first page"] = generic & (seen.first_page == 1)
    found["version"] = version
    return {name: np.asarray(value, dtype=np.float64) for name, value in found.items()}


def _tents(points: tuple[float, ...], values: Any) -> dict[float, Any]:
    """Return how near each value is to each point: 1 at the point, 0 at its neighbours and beyond."""
    import numpy as np

    at = np.clip(values, points[0], points[-1])
    tents = {}
    for number, point in enumerate(points):
        heights = np.zeros(len(points))
        heights[number] = 1.0
        tents[point] = np.interp(at, points, heights)
    return tents
