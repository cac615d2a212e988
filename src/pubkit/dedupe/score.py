"""Stage 4: from likeness to a judgement: guards that no likeness overrules, then evidence that adds up.

Each piece of evidence adds log-odds; the score is the probability that they give. The weights were set by
hand on public gold sets; `python -m tests.dedupe.score` measures them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pubkit.dedupe.compare import Comparison
from pubkit.dedupe.prepare import Record

Relation = Literal["same", "version", "different"]

BIAS = -4.0
# Points of a broken line: title similarity → log-odds.
TITLE: tuple[tuple[float, float], ...] = (
    (0.72, -5.0),
    (0.80, -2.5),
    (0.88, 0.0),
    (0.94, 2.0),
    (0.98, 3.3),
    (1.0, 4.0),
)
# Points: how much the title says, in nats → log-odds. "Introduction" says little.
INFORMATION: tuple[tuple[float, float], ...] = (
    (0.0, -3.0),
    (8.0, -1.5),
    (16.0, 0.2),
    (30.0, 1.0),
    (60.0, 1.5),
)
UNMATCHED = -9.0  # times the share of the title without counterpart
UNMATCHED_SAME_PLACE = -5.0  # the same, where volume and first page agree
LATER_VERSION = 0.35  # times what another year counts: versions of a work appear years apart
WEIGHTS: Mapping[str, float] = {
    "all authors": 2.2,
    "most authors": 1.0,
    "few authors": -1.5,
    "no author": -4.5,
    "first author": 0.5,
    "other first author": -0.6,
    "more authors": -0.4,
    "same year": 1.0,
    "next year": -0.4,
    "two years apart": -1.6,
    "years apart": -3.0,
    "same venue": 1.0,
    "other venue": -0.7,
    "same volume": 0.6,
    "other volume": -1.3,
    "same number": 0.3,
    "other number": -0.5,
    "same first page": 1.5,
    "other first page": -1.6,
    "same last page": 0.4,
    "other last page": -0.3,
    "same DOI": 6.0,
    "same preprint DOI": 6.0,
    "same arXiv number": 6.0,
    "same PMID": 6.0,
    "same ISBN": 4.0,
    "same place": 1.5,
    "other place": -1.5,
    "other venue, other year": -2.0,
    "other stage": -0.5,
    "generic title": -3.5,
    "generic title, same first page": -0.5,
}


@dataclass(frozen=True, slots=True)
class Score:
    """What is thought of a pair.

    Attributes:
        relation: "same" record, another "version" of the same work, or "different" where a guard forbids.
        value: How sure that is, from 0 to 1. Where a guard forbids, 0.
        agreements: What speaks for it, in words.
        conflicts: What speaks against it, in words.
        guard: The guard that forbids a merge; "".
        reviewed: How likely it would be without the guard, where a person should look at it all the same.
    """

    relation: Relation
    value: float
    agreements: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    guard: str = ""
    reviewed: float = 0.0

    @property
    def reason(self) -> str:
        """The reasons as one line: what agrees, then what does not."""
        return "; ".join(filter(None, (", ".join(self.agreements), ", ".join(self.conflicts))))


def score(one: Record, other: Record, seen: Comparison) -> Score:
    """Judge a pair.

    Args:
        one: A record.
        other: Another one.
        seen: What they have in common.
    """
    relation = _relation(one, other, seen)
    guard = _guard(one, other, seen, relation)
    if guard and guard != _OTHER_DOI:
        return Score("different", 0.0, guard=guard, conflicts=(guard,))
    total = BIAS
    agreements: list[str] = []
    conflicts: list[str] = []
    same_id = any(agree for _, agree in seen.ids)
    for kind, agree in seen.ids:
        if agree:
            total += WEIGHTS[f"same {kind}"]
            agreements.append(f"same {kind}")
    if seen.title is not None:
        total += _interpolate(TITLE, seen.title)
        if seen.title >= 0.72 or same_id:
            unmatched = UNMATCHED_SAME_PLACE if _same_place(seen) else UNMATCHED
            total += _interpolate(INFORMATION, seen.information) + unmatched * seen.unmatched
            (agreements if seen.title >= 0.9 else conflicts).append(_title_words(seen.title))
    if one.generic or other.generic:
        total += WEIGHTS["generic title, same first page" if seen.first_page else "generic title"]
    total += _authors(one, other, seen, agreements, conflicts)
    by_year = _year(one, other, seen, agreements, conflicts)
    total += by_year * (LATER_VERSION if relation == "version" and by_year < 0 else 1.0)
    for name, words, equal in (
        ("venue", "venue", seen.venue),
        ("volume", "volume", seen.volume),
        ("number", "issue", seen.number),
        ("first page", "first page", seen.first_page),
        ("last page", "last page", seen.last_page),
    ):
        if equal is None or (relation == "version" and not equal):
            continue
        total += WEIGHTS[f"same {name}" if equal else f"other {name}"]
        if equal:
            agreements.append(f"same {words}")
        else:
            conflicts.append(f"{words} differs")
    if _same_place(seen):
        total += WEIGHTS["same place"]
    if relation == "same" and seen.venue is False:
        if seen.volume is False or seen.first_page is False:
            total += WEIGHTS["other place"]
        if seen.years:
            total += WEIGHTS["other venue, other year"]
    if relation == "version":
        total += WEIGHTS["other stage"]
        conflicts.append(f"{one.stage or 'other'} and {other.stage or 'other'}")
    value = 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
    if guard:
        found = (guard, *conflicts)
        return Score("different", 0.0, tuple(agreements), found, guard=guard, reviewed=value)
    return Score(relation, value, tuple(agreements), tuple(conflicts))


# -- guards ------------------------------------------------------------------------------------------------

_OTHER_DOI = "different DOIs"
# Where these differ, one is the other's later life; otherwise they are different things.
_VERSIONS = frozenset({"preprint", "conference", "journal", "thesis", "report", "chapter"})


def _guard(one: Record, other: Record, seen: Comparison, relation: Relation) -> str:
    """Return why a pair must not be merged, whatever it has in common; "" where it may."""
    if relation == "different":
        return f"{one.stage} and {other.stage}"
    if one.markers != other.markers:
        return f"one of them is {_a(sorted(one.markers ^ other.markers)[0])}"
    same_id = any(agree for _, agree in seen.ids)
    if one.numbers != other.numbers and not (same_id and seen.title is not None and seen.title > 0.9):
        return f"numbers in the title: {_list(one.numbers)} and {_list(other.numbers)}"
    for kind, agree in seen.ids:
        if not agree and not (relation == "version" and kind in ("DOI", "preprint DOI", "PMID")):
            return _OTHER_DOI if kind == "DOI" else f"different {kind}s"
    if same_id and seen.title is not None and seen.title < 0.5:
        return "one identifier on two titles"
    if (one.generic or other.generic) and not same_id:
        return _generic_guard(one, other, seen)
    return ""


def _generic_guard(one: Record, other: Record, seen: Comparison) -> str:
    """Return why two texts under a title such as "Editorial" are not one."""
    if seen.years:
        return f"year {one.year} ≠ {other.year} under a title of every year"
    if False in (seen.volume, seen.number, seen.first_page):
        return "another place under a title of every issue"
    return ""


def _relation(one: Record, other: Record, seen: Comparison) -> Relation:
    """Return how two publications would belong together."""
    if one.stage == other.stage or not one.stage or not other.stage:
        return "same"
    if any(kind == "DOI" and agree for kind, agree in seen.ids):
        return "same"
    stages = {one.stage, other.stage}
    if stages == {"conference", "chapter"} or (
        seen.venue and "preprint" not in stages and "book" not in stages
    ):
        return "same"  # exports call one thing by several types
    return "version" if stages <= _VERSIONS else "different"


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _list(numbers: tuple[str, ...]) -> str:
    return ", ".join(numbers) or "none"


def _same_place(seen: Comparison) -> bool:
    """Say whether two records stand on the same page of the same volume."""
    return bool(seen.volume and seen.first_page and seen.venue is not False)


# -- evidence ----------------------------------------------------------------------------------------------


def _title_words(similarity: float) -> str:
    if similarity == 1:
        return "same title"
    return f"title {min(similarity, 0.99):.2f}".replace("0.", ".")


def _authors(
    one: Record, other: Record, seen: Comparison, agreements: list[str], conflicts: list[str]
) -> float:
    if seen.families is None or seen.all_families is None:
        return 0.0
    truncated = one.more_names or other.more_names
    total = 0.0
    if seen.families >= 0.99:
        total += WEIGHTS["all authors"]
        if seen.all_families < 0.99 and not truncated:
            total += WEIGHTS["more authors"]
        agreements.append("same authors" if seen.all_families >= 0.99 else "shared authors")
    elif seen.families >= 0.6:
        total += WEIGHTS["most authors"]
        agreements.append("most authors shared")
    elif seen.families > 0:
        total += WEIGHTS["few authors"]
        conflicts.append("few authors shared")
    else:
        total += WEIGHTS["no author"]
        conflicts.append("no author shared")
    if seen.families > 0:
        total += WEIGHTS["first author" if seen.first_author else "other first author"]
        if seen.first_author and seen.families < 0.99:
            agreements.append("same first author")
        elif not seen.first_author:
            conflicts.append("first author differs")
    return total


def _year(one: Record, other: Record, seen: Comparison, agreements: list[str], conflicts: list[str]) -> float:
    if seen.years is None:
        return 0.0
    if not seen.years:
        agreements.append("same year")
        return WEIGHTS["same year"]
    conflicts.append(f"year {one.year} ≠ {other.year}")
    return WEIGHTS[{1: "next year", 2: "two years apart"}.get(seen.years, "years apart")]


def _interpolate(points: tuple[tuple[float, float], ...], at: float) -> float:
    """Return the height of a broken line at a place."""
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
