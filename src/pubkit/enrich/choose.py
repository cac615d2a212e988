"""Which of the candidates of a source is the work that an entry means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pubkit.dedupe.prepare import prepare
from pubkit.enrich.match import ACCEPTED_ALONE, Judgement, Verdict, judge

if TYPE_CHECKING:
    from pubkit.dedupe.record import Record
    from pubkit.enrich.source import SourceRecord
    from pubkit.enrich.words import Knows

#: So many records are proposed for an entry at most.
MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record with what is thought of it."""

    found: SourceRecord
    record: Record
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Choice:
    """What a source has about an entry.

    Attributes:
        accepted: The publication itself, or None.
        versions: Other versions of the work: its preprint, or where it was published.
        proposed: Records at which a person should look, the nearest first.
    """

    accepted: Candidate | None = None
    versions: tuple[Candidate, ...] = ()
    proposed: tuple[Candidate, ...] = ()


def choose(
    ours: Record, found: Sequence[SourceRecord], *, owner: str = "", knows: Knows | None = None
) -> Choice:
    """Judge the candidates of a source and take the one that stands out.

    Where several records would be accepted and nothing but the year tells which of them is meant, all of them
    are proposed: lists have wrong years.

    Args:
        ours: The entry, prepared.
        found: The records that the source answered.
        owner: The folded family name of the list's owner.
        knows: Says whether a word is known to stand in titles.
    """
    records = [prepare(each.entry) for each in found]
    alone = len(_distinct([record for record in records if _nearly(ours, record)])) == 1
    judged = [
        Candidate(each, record, judge(ours, record, owner=owner, alone=alone, knows=knows))
        for each, record in zip(found, records, strict=True)
    ]
    same = [each for each in judged if each.judgement.verdict is Verdict.SAME]
    versions = [each for each in judged if each.judgement.verdict is Verdict.VERSION]
    proposed = [each for each in judged if each.judgement.verdict is Verdict.PROPOSED]
    accepted = None
    if same:
        same.sort(key=lambda each: _rank(ours, each), reverse=True)
        best = [each for each in same if _rank(ours, each)[:-1] == _rank(ours, same[0])[:-1]]
        if len(_distinct([each.record for each in best])) == 1:
            accepted = same[0]
        else:
            proposed = [*(_unsure(each) for each in best), *proposed]
    if not ours.families and len(_distinct([each.record for each in versions])) > 1:
        proposed, versions = [*(_unsure(each) for each in versions), *proposed], []
    if accepted is not None:
        proposed = []
    proposed.sort(key=lambda each: (-each.judgement.by_identifier, -each.judgement.similarity))
    return Choice(accepted, tuple(versions), tuple(proposed[:MOST_PROPOSED]))


def _nearly(ours: Record, theirs: Record) -> bool:
    return ours.numbers == theirs.numbers and fuzz.ratio(ours.title, theirs.title) / 100 >= ACCEPTED_ALONE


def _rank(ours: Record, candidate: Candidate) -> tuple[float, ...]:
    """Return how well a record fits, for comparing; the year comes last."""
    theirs = candidate.record
    return (
        candidate.judgement.by_identifier,
        ours.title == theirs.title,
        bool(ours.first_page) and ours.first_page == theirs.first_page,
        bool(ours.known_venue) and ours.known_venue == theirs.known_venue,
        bool(ours.venue) and ours.venue == theirs.venue,
        bool(ours.stage) and ours.stage == theirs.stage,
        bool(ours.volume) and ours.volume == theirs.volume,
        len(set(ours.families) & set(theirs.families)),
        -abs(ours.year - theirs.year) if ours.year and theirs.year else -9,
    )


def _distinct(records: Sequence[Record]) -> list[Record]:
    """Return records without those that say the same of the same publication again."""
    kept: list[Record] = []
    for record in records:
        if not any(_repeats(record, other) for other in kept):
            kept.append(record)
    return kept


def _repeats(one: Record, other: Record) -> bool:
    """Say whether two records are of one publication: sources hold some twice."""
    if dict(one.ids).items() & dict(other.ids).items():
        return True
    return (
        one.title == other.title
        and one.families[:1] == other.families[:1]
        and one.year == other.year
        and one.stage == other.stage
        and (one.first_page == other.first_page or not one.first_page or not other.first_page)
    )


def _unsure(candidate: Candidate) -> Candidate:
    reasons = ("several records fit", *candidate.judgement.reasons)
    return replace(
        candidate, judgement=replace(candidate.judgement, verdict=Verdict.PROPOSED, reasons=reasons)
    )
