"""Stage 4: from likeness to a judgement: guards that no likeness overrules, then evidence that adds up.

Each piece of evidence adds log-odds; the score is the probability that they give. The weights stand in
`weights.toml`; `python -m training.dedupe` makes that file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pubkit.dedupe.columns import ID_KINDS, MARKERS, STAGES, Columns
from pubkit.dedupe.compare import Comparison
from pubkit.dedupe.evidence import evidence
from pubkit.dedupe.opposites import opposed, opposites_named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

# How two publications belong together.
DIFFERENT, SAME, VERSION = 0, 1, 2
# Guards, by number: why a pair must not be merged whatever it has in common.
NO_GUARD, OTHER_KIND, OTHER_MARKER, OTHER_NUMBERS, OTHER_ID, OTHER_TITLE, OTHER_YEAR, OTHER_PLACE = range(8)
OTHER_EDITION, OTHER_VOLUME, OTHER_WORD = 8, 9, 10
# Where these differ, one is the other's later life; otherwise they are different things.
_VERSIONS = ("preprint", "conference", "journal", "thesis", "report", "chapter")
_LIMIT = 30.0
# So many records of one person and year under one title such as "Editorial" are a column.
_COLUMN = 3
# Years that lie between two publications which no slip of the pen explains.
_UPDATED = 2


@dataclass(frozen=True, slots=True)
class Scores:
    """What is thought of pairs, one item a pair.

    Attributes:
        relation: `SAME` record, another `VERSION` of the same work, or `DIFFERENT` where a guard forbids.
        value: How sure that is, from 0 to 1. Where a guard forbids, 0.
        guard: The number of the guard that forbids a merge; 0.
        reviewed: How likely it would be without the guard.
    """

    relation: Ints
    value: NDArray[np.float64]
    guard: Ints
    reviewed: NDArray[np.float64]


def score(
    columns: Columns,
    left: Ints,
    right: Ints,
    seen: Comparison,
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """Judge pairs of records.

    Args:
        columns: The records.
        left: Positions.
        right: As many other positions.
        seen: What the pairs have in common.
        weights: Evidence → log-odds; by default those of `weights.toml`.
    """
    import numpy as np

    relation = _relation(columns, left, right, seen)
    guard = _guard(columns, left, right, seen, relation)
    likely = _likely(evidence(columns, left, right, seen, relation == VERSION), weights)
    free = guard == NO_GUARD
    return Scores(np.where(free, relation, DIFFERENT), np.where(free, likely, 0.0), guard, likely)


def likely_unguarded(
    columns: Columns,
    left: Ints,
    right: Ints,
    seen: Comparison,
    weights: Mapping[str, float] | None = None,
) -> NDArray[np.float64]:
    """Return `Scores.reviewed` of pairs; the arguments are those of `score`."""
    version = _relation(columns, left, right, seen) == VERSION
    return _likely(evidence(columns, left, right, seen, version), weights)


def _likely(
    found: Mapping[str, NDArray[np.float64]], weights: Mapping[str, float] | None
) -> NDArray[np.float64]:
    """Return how likely each pair is one publication, guards left aside."""
    import numpy as np

    table = shipped_weights() if weights is None else weights
    total = np.zeros(len(found["bias"]))
    for name, values in found.items():
        total += table.get(name, 0.0) * values
    # Sums differ in their last digits with the order of adding: rounded, equal pairs are equal everywhere.
    likely: NDArray[np.float64] = np.round(1 / (1 + np.exp(-np.clip(total, -_LIMIT, _LIMIT))), 9)
    return likely


@cache
def shipped_weights() -> Mapping[str, float]:
    """Return the weights that pubkit ships: evidence → log-odds."""
    source = files("pubkit.dedupe").joinpath("weights.toml").read_text(encoding="utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(source)["weights"].items()}


def _relation(columns: Columns, left: Ints, right: Ints, seen: Comparison) -> Any:
    """Return how two publications would belong together."""
    import numpy as np

    stage = columns.ints["stage"]
    one, other = stage[left], stage[right]
    unknown, conference, chapter = map(STAGES.index, ("", "conference", "chapter"))
    preprint, book, report = map(STAGES.index, ("preprint", "book", "report"))
    same = (one == other) | (one == unknown) | (other == unknown) | (seen.ids["DOI"] == 1)
    same |= (np.minimum(one, other) == min(conference, chapter)) & (
        np.maximum(one, other) == max(conference, chapter)
    )
    # Exports call one thing by several types.
    apart = (one == preprint) | (other == preprint) | (one == book) | (other == book)
    same |= (seen.venue == 1) & ~apart
    # Proceedings that are an issue of a journal: one list names the one, another the other.
    same |= (seen.first_page == 1) & (seen.last_page != 0) & (seen.years == 0) & (seen.volume != 0) & ~apart
    # Without an identifier, a book of other years is another edition, a report of another year a new one.
    later = ((one == book) & (other == book) & (seen.years > 1)) | (
        (one == report) & (other == report) & (seen.years > 0) & (seen.number != 1)
    )
    # One article number in another year and issue: a review that is kept up to date.
    later |= (seen.years > _UPDATED) & (seen.number == 0) & (seen.first_page == 1) & (seen.venue == 1)
    later &= (seen.ids["DOI"] != 1) & (seen.ids["ISBN"] != 1)
    same &= ~later
    may = np.isin(np.arange(len(STAGES)), [STAGES.index(name) for name in _VERSIONS])
    return np.where(same, SAME, np.where((may[one] & may[other]) | later, VERSION, DIFFERENT))


def _guard(columns: Columns, left: Ints, right: Ints, seen: Comparison, relation: Any) -> Any:
    """Return the first guard that forbids a merge; 0 where none does."""
    import numpy as np

    ints = columns.ints
    same_id, other_id = np.zeros(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
    for kind, value in seen.ids.items():
        same_id |= value == 1
        forgiven = relation == VERSION if kind in ("DOI", "preprint DOI", "PMID") else False
        other_id |= (value == 0) & ~np.asarray(forgiven)
    generic = ((ints["generic"][left] | ints["generic"][right]) > 0) & ~same_id
    # "Editorial" by one person in one year, many times in a list: only the place tells them apart. Without
    # names and years nothing does.
    column = (ints["often"][left] >= _COLUMN) & (ints["often"][right] >= _COLUMN)
    others = (seen.all_families < 0.5) | (seen.years < 0)
    unplaced = (column | others) & (seen.first_page != 1) & (seen.number != 1)
    elsewhere = (seen.volume == 0) | (seen.number == 0) | (seen.first_page == 0)
    # "Handbook of Bees", volume 1, and its volume 2.
    book = STAGES.index("book")
    other_volume = (ints["stage"][left] == book) & (ints["stage"][right] == book) & (seen.volume == 0)
    # "Ten Years" is "10 Years".
    numbers, spelled = ints["numbers"], ints["spelled"]
    other_numbers = (
        (numbers[left] != numbers[right])
        & (numbers[left] != spelled[right])
        & (spelled[left] != numbers[right])
    )
    # By these people on this page: one title is a translation.
    same_paper = (seen.first_page == 1) & (seen.volume == 1) & (seen.all_families > 0.99)
    one_edition, other_edition = ints["edition"][left], ints["edition"][right]
    checks = (
        (OTHER_KIND, relation == DIFFERENT),
        (OTHER_MARKER, ints["markers"][left] != ints["markers"][right]),
        (OTHER_NUMBERS, other_numbers & ~(same_id & (seen.title > 0.9))),
        (
            OTHER_WORD,
            opposed(ints["opposites"][left], ints["opposites"][right]) & ~(same_id & (seen.title > 0.9)),
        ),
        (OTHER_EDITION, (one_edition > 0) & (other_edition > 0) & (one_edition != other_edition)),
        (OTHER_VOLUME, other_volume),
        (OTHER_ID, other_id),
        (OTHER_TITLE, same_id & (seen.title >= 0) & (seen.title < 0.5) & ~same_paper),
        (OTHER_YEAR, generic & (seen.years > 0)),
        (OTHER_PLACE, generic & (elsewhere | unplaced)),
    )
    guard = np.zeros(len(left), dtype=np.int64)
    for number, applies in reversed(checks):
        guard[applies] = number
    return guard


# -- words -------------------------------------------------------------------------------------------------


def reasons(columns: Columns, left: Ints, right: Ints, seen: Comparison, scores: Scores) -> list[str]:
    """Return for each pair why it is judged so, in words: what agrees, then what does not."""
    return [_reason(columns, (int(left[at]), int(right[at])), seen, scores, at) for at in range(len(left))]


def _reason(columns: Columns, pair: tuple[int, int], seen: Comparison, scores: Scores, at: int) -> str:
    one, other = pair
    ints = columns.ints
    agreements = [f"same {kind}" for kind in ID_KINDS if seen.ids[kind][at] == 1]
    conflicts = []
    guard = _guard_words(columns, pair, seen, int(scores.guard[at]), at)
    if guard:
        conflicts.append(guard)
    title = float(seen.title[at])
    if title >= 0:
        (agreements if title >= 0.9 else conflicts).append(_title_words(title))
    shared, first = float(seen.families[at]), int(seen.first_author[at])
    if shared >= 0.99:
        agreements.append("same authors" if seen.all_families[at] >= 0.99 else "shared authors")
    elif shared >= 0.6:
        agreements.append("most authors shared")
    elif shared >= 0:
        conflicts.append("few authors shared" if shared else "no author shared")
    if shared > 0 and first == 1 and shared < 0.99:
        agreements.append("same first author")
    elif shared > 0 and first == 0:
        conflicts.append("first author differs")
    if seen.years[at] == 0:
        agreements.append("same year")
    elif seen.years[at] > 0 and scores.guard[at] != OTHER_YEAR:
        conflicts.append(f"year {ints['year'][one]} ≠ {ints['year'][other]}")
    for name, values in (
        ("venue", seen.venue),
        ("volume", seen.volume),
        ("issue", seen.number),
        ("first page", seen.first_page),
        ("last page", seen.last_page),
    ):
        if values[at] == 1:
            agreements.append(f"same {name}")
        elif values[at] == 0 and scores.relation[at] != VERSION:
            conflicts.append(f"{name} differs")
    if scores.relation[at] == VERSION:
        stages = [STAGES[ints["stage"][number]] or "other" for number in (one, other)]
        alike = "two issues of one title" if stages[0] == "journal" else f"two {stages[0]}s of one title"
        conflicts.append(" and ".join(stages) if stages[0] != stages[1] else alike)
    return "; ".join(filter(None, (", ".join(agreements), ", ".join(conflicts))))


def _guard_words(columns: Columns, pair: tuple[int, int], seen: Comparison, guard: int, at: int) -> str:
    one, other = pair
    ints, texts = columns.ints, columns.texts
    if guard == OTHER_KIND:
        return f"{STAGES[ints['stage'][one]]} and {STAGES[ints['stage'][other]]}"
    if guard == OTHER_MARKER:
        differing = int(ints["markers"][one] ^ ints["markers"][other])
        name = next(name for bit, name in enumerate(MARKERS) if differing >> bit & 1)
        return f"one of them is {'an' if name[0] in 'aeiou' else 'a'} {name}"
    if guard == OTHER_NUMBERS:
        numbers = (", ".join(texts[ints["numbers"][at]].split()) or "none" for at in (one, other))
        return f"numbers in the title: {' and '.join(numbers)}"
    if guard == OTHER_WORD:
        return "“{}” and “{}” in the title".format(
            *opposites_named(*(int(ints["opposites"][at]) for at in pair))
        )
    if guard in (OTHER_EDITION, OTHER_VOLUME):
        name = "edition" if guard == OTHER_EDITION else "volume"
        return f"{name} {texts[ints[name][one]]} ≠ {texts[ints[name][other]]}"
    if guard == OTHER_ID:
        kind = next(kind for kind in ID_KINDS if seen.ids[kind][at] == 0)
        return f"different {kind}s"
    return {
        OTHER_TITLE: "one identifier on two titles",
        OTHER_YEAR: f"year {ints['year'][one]} ≠ {ints['year'][other]} under a title of every year",
        OTHER_PLACE: "another place under a title of every issue",
    }.get(guard, "")


def _title_words(similarity: float) -> str:
    if similarity == 1:
        return "same title"
    return f"title {min(similarity, 0.99):.2f}".replace("0.", ".")
