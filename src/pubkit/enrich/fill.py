"""One entry and what was chosen for it → the entry with its gaps filled, and what is to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pubkit.dedupe.prepare import prepare
from pubkit.enrich.facts import FACTS, contradictions, goes_on, missing_facts
from pubkit.enrich.result import Filled, Finding, How, Origin, Proposal
from pubkit.model.identifiers import find_arxiv

if TYPE_CHECKING:
    from pubkit.enrich.choose import Candidate, Choice
    from pubkit.model.entry import Entry

# Of a preprint that becomes a paper these go: they say where it was before.
_OF_PREPRINT = (
    "journaltitle", "booktitle", "howpublished", "publisher", "institution", "number", "volume", "pages",
    "eid", "type", "pubstate", "doi", "date", "year", "month", "series", "location", "issn",
)  # fmt: skip
_PUBLISHED = frozenset({"conference", "journal", "chapter"})
_SHOWN = 50


@dataclass(slots=True)
class Outcome:
    """What became of one entry.

    Attributes:
        entry: The entry as it is now.
        name: Its citation key, or the beginning of its title.
        filled, findings, proposed, preprints: As in `EnrichResult`.
        accepted: The records that were taken.
    """

    entry: Entry
    name: str
    filled: list[Filled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    proposed: list[Proposal] = field(default_factory=list)
    preprints: list[Proposal] = field(default_factory=list)
    accepted: list[Origin] = field(default_factory=list)

    def begin_round(self, *, kept: bool) -> None:
        """Forget what was told about the entry as it was before, unless that is to be kept."""
        if not kept:
            self.findings, self.proposed, self.preprints = [], [], []


def name_of(entry: Entry) -> str:
    """Return what an entry is called in reports: its key, else the beginning of its title."""
    if entry.key:
        return entry.key
    title = entry.text("title") or "without a title"
    return title if len(title) <= _SHOWN else f"{title[:_SHOWN]}…"


def apply(outcome: Outcome, choice: Choice, *, overwrite: frozenset[str], upgrade: bool) -> None:
    """Take into an outcome what a source has about its entry.

    Args:
        outcome: What is known so far; it is added to.
        choice: What the source has.
        overwrite: Fields that a contradicting fact may replace.
        upgrade: Whether a preprint becomes its published version.
    """
    if choice.accepted is not None:
        _take(outcome, choice.accepted, overwrite)
    for version in choice.versions:
        _link(outcome, version, upgrade=upgrade)
    outcome.proposed += [_proposal(outcome.name, each, version=False) for each in choice.proposed]


def _take(outcome: Outcome, candidate: Candidate, overwrite: frozenset[str]) -> None:
    entry, found = outcome.entry, candidate.found.entry
    origin = _origin(candidate)
    if origin not in outcome.accepted:
        outcome.accepted.append(origin)
    ours = prepare(entry)
    completes = goes_on(ours, candidate.record)
    facts = missing_facts(entry, found, whole_names=completes)
    kind = found.type if entry.type == "misc" and found.type != "misc" and _has_no_place(entry) else None
    hows: dict[str, How] = dict.fromkeys(facts, "filled")
    if completes:
        hows["author"] = "completed"
    for each in contradictions(entry, ours, found, candidate.record):
        if each.field in overwrite:
            facts[each.field] = each.value
            hows[each.field] = "overwritten"
        else:
            outcome.findings.append(Finding(outcome.name, each.field, each.ours, each.theirs, origin))
    outcome.entry = _with(outcome, facts, hows, origin, kind)


def _has_no_place(entry: Entry) -> bool:
    return not any(name in entry for name in ("journaltitle", "booktitle", "howpublished", "eventtitle"))


def _link(outcome: Outcome, candidate: Candidate, *, upgrade: bool) -> None:
    """Take what another version of the work gives: a preprint's number, or where it was published."""
    entry, found, origin = outcome.entry, candidate.found.entry, _origin(candidate)
    ours = prepare(entry)
    if candidate.record.stage == "preprint":
        if "eprint" not in entry and find_arxiv(entry.fields) is None and (arxiv := find_arxiv(found.fields)):
            link = {"eprint": arxiv, "eprinttype": "arxiv"}
            outcome.entry = _with(outcome, link, dict.fromkeys(link, "filled"), origin)
        return
    if not (upgrade and ours.stage == "preprint" and candidate.record.stage in _PUBLISHED):
        outcome.preprints.append(_proposal(outcome.name, candidate, version=True))
        return
    if origin not in outcome.accepted:
        outcome.accepted.append(origin)
    arxiv = find_arxiv(entry.fields)
    facts: dict[str, str | None] = {name: None for name in _OF_PREPRINT if name in entry}
    facts |= {name: found[name] for name in FACTS if found.get(name) and (name in facts or name not in entry)}
    if goes_on(ours, candidate.record):
        facts["author"] = found["author"]
    if arxiv and "eprint" not in entry:
        facts |= {"eprint": arxiv, "eprinttype": "arxiv"}
    outcome.entry = _with(outcome, facts, dict.fromkeys(facts, "upgraded"), origin, found.type)


def _with(
    outcome: Outcome,
    facts: Mapping[str, str | None],
    hows: Mapping[str, How],
    origin: Origin,
    kind: str | None = None,
) -> Entry:
    """Return an outcome's entry with new values, each noted with its origin."""
    entry = outcome.entry
    told = [
        Filled(outcome.name, name, value or "", entry.get(name, ""), hows[name], origin)
        for name, value in facts.items()
        if (value or "") != entry.get(name, "")
    ]
    if kind is not None and kind != entry.type:
        how: How = "upgraded" if "upgraded" in hows.values() else "filled"
        told.append(Filled(outcome.name, "type", kind, entry.type, how, origin))
    if not told:
        return entry
    outcome.filled += told
    provenance = {**entry.extra.get("provenance", {}), **{each.field: str(origin) for each in told}}
    return entry.with_fields(dict(facts), type=kind).with_extra(provenance=provenance)


def _origin(candidate: Candidate) -> Origin:
    return Origin(candidate.found.source, candidate.found.key, candidate.found.url)


def _proposal(name: str, candidate: Candidate, *, version: bool) -> Proposal:
    judgement = candidate.judgement
    reasons: Sequence[str] = judgement.reasons
    if version:
        stage = candidate.record.stage
        reasons = (f"the {stage} version" if stage != "conference" else "the conference paper",)
    title = candidate.found.entry.text("title")
    return Proposal(name, title, round(judgement.similarity, 3), tuple(reasons), version, _origin(candidate))
