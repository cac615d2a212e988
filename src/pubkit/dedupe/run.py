"""The stages in order, and the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubkit.dedupe.answers import Answer, positions
from pubkit.dedupe.cluster import Cluster, Link, cluster_pairs
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.decide import THRESHOLD, Judged, judge
from pubkit.dedupe.limits import left_out
from pubkit.dedupe.merge import merge
from pubkit.dedupe.order import in_order, said
from pubkit.dedupe.prepare import prepare
from pubkit.dedupe.result import DedupeResult, Group, name_of
from pubkit.dedupe.score import OTHER_ID, SAME, VERSION
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.references import REFERENCE_FIELDS, references, rename_references

_REFERENCES = frozenset(REFERENCE_FIELDS)


@dataclass(frozen=True, slots=True)
class _Unit:
    """An entry as it was read, and where in the library it is now: a merged entry remembers what it was."""

    entry: Entry
    place: int


@dataclass(frozen=True, slots=True)
class _Told:
    """Why two units belong together, in words, and whether as versions of one work."""

    reason: str
    version: bool


@dataclass(frozen=True, slots=True)
class _Merge:
    """A group that was merged: where its entries stood, the report about it, the entry it became."""

    places: list[int]
    group: Group
    entry: Entry


def group_columns(
    judged: Judged,
    *,
    threshold: float = THRESHOLD,
    works: bool = False,
    together: Iterable[Sequence[int]] = (),
) -> list[Cluster]:
    """Return the groups of records that are one publication, by position.

    Args:
        judged: What is thought of the pairs.
        threshold: How sure a merge must be, 0 to 1.
        works: Whether versions of one work belong together too.
        together: Records that belong together from the start.
    """
    value = judged.scores.value if works else judged.scores.value * (judged.scores.relation == SAME)
    return cluster_pairs(
        len(judged.columns), judged.left, judged.right, value, value >= threshold, together=together
    )


def run(
    library: Library,
    *,
    threshold: float,
    review: float,
    works: bool,
    answers: Iterable[Answer] = (),
    progress: Callable[[str], None] = lambda stage: None,
) -> DedupeResult:
    """Find and merge; the arguments are those of `pubkit.dedupe.dedupe`."""
    progress("preparing")
    units = in_order(_units(library), lambda unit: unit.entry)
    columns = to_columns(prepare(unit.entry) for unit in units)
    progress("comparing")
    judged = judge(columns, threshold=threshold)
    answered = positions(answers, [unit.entry for unit in units])
    judged = judged.told_apart([(one, other) for one, other, same in answered if not same])
    progress("clustering")
    together = [*_together(units), *((one, other) for one, other, same in answered if same)]
    clusters = group_columns(judged, threshold=threshold, works=works, together=together)
    scores = judged.scores
    versions = (scores.relation == VERSION) & (scores.value >= threshold)
    wider = cluster_pairs(
        len(judged.columns),
        judged.left,
        judged.right,
        scores.value,
        versions,
        together=[group.members for group in clusters],
    )
    told = _told(judged, [link for group in (*clusters, *wider) for link in group.links])

    progress("merging")
    home = _homes(units, clusters)
    merges = [
        _merge(library, units, told, group) for group in clusters if len(_places(units, group.members)) > 1
    ]
    renamed = {
        key: done.group.kept for done in merges for key in done.group.keys if key and key != done.group.kept
    }
    entries = {place: entry for place, entry in enumerate(library) if home[place] == place}
    entries |= {done.places[0]: done.entry for done in merges}
    entries = {place: redirected(entry, renamed) for place, entry in entries.items()}
    linked = [_work(entries, units, told, group, home) for group in wider]
    of_works = [found for found in linked if len(found[0]) > 1]
    entries = link_versions(entries, [places for places, _ in of_works])
    doubts = _doubts(units, judged, review, threshold, home)
    maybe = _maybe(entries, doubts, [places for places, _ in of_works])
    known = set(library.diagnostics)
    limits = left_out([unit.entry for unit in units], columns)
    found = [*_conflicts(merges), *_unsure(maybe), *limits]
    merges.sort(key=lambda done: done.places)
    return DedupeResult(
        library.with_entries(
            [entry for _, entry in sorted(entries.items(), key=lambda item: item[0])],
            diagnostics=[diagnostic for diagnostic in found if diagnostic not in known],
        ),
        tuple(done.group for done in merges),
        tuple(maybe),
        tuple(group for _, group in of_works),
        tuple(key for done in merges for key in _gone(done.group)),
        renamed,
        judged.compared,
        library,
    )


# -- units -------------------------------------------------------------------------------------------------


def _units(library: Library) -> Iterator[_Unit]:
    for place, entry in enumerate(library):
        for original in entry.extra.get("merged", (entry,)):
            yield _Unit(original, place)


def _together(units: Sequence[_Unit]) -> list[list[int]]:
    """Return the units that were merged before, and those that say exactly the same."""
    merged: defaultdict[int, list[int]] = defaultdict(list)
    titled: defaultdict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        merged[unit.place].append(at)
        titled[unit.entry.fields.get("title", "")].append(at)
    groups = list(merged.values())
    for alike in titled.values():  # only entries of one title can say the same
        if len(alike) > 1:
            equal: defaultdict[object, list[int]] = defaultdict(list)
            for at in alike:
                # What `said` digests, without the work of digesting it.
                of, fields = units[at].entry.type, units[at].entry.items()
                equal[of, frozenset(field for field in fields if field[0] != "related")].append(at)
            groups += equal.values()
    return [group for group in groups if len(group) > 1]


def _places(units: Sequence[_Unit], members: Iterable[int]) -> list[int]:
    """Return the places in the library of some units, in order."""
    return sorted({units[at].place for at in members})


def _homes(units: Sequence[_Unit], clusters: Iterable[Cluster]) -> dict[int, int]:
    """Return for each place the place of the entry it is merged into: the first one of its group."""
    homes = {unit.place: unit.place for unit in units}
    for group in clusters:
        places = _places(units, group.members)
        homes |= dict.fromkeys(places, places[0])
    return homes


# -- merging -----------------------------------------------------------------------------------------------


def _told(judged: Judged, links: Iterable[Link]) -> Mapping[Link, _Told]:
    """Return why the links of groups hold, all at once."""
    used = sorted({link for link in links if not link.given})
    found, relations = judged.explain([(link.one, link.other) for link in used])
    return {
        link: _Told(reason, relation == VERSION)
        for link, reason, relation in zip(used, found, relations, strict=True)
    }


def _merge(library: Library, units: Sequence[_Unit], told: Mapping[Link, _Told], group: Cluster) -> _Merge:
    """Merge the entries of a group."""
    places = _places(units, group.members)
    members = [library[place] for place in places]
    versions = any(link in told and told[link].version for link in group.links)
    entry, conflicts = merge(in_order(members, lambda member: member), versions=versions)
    links = [link for link in group.links if units[link.one].place != units[link.other].place]
    score = min((link.score for link in links), default=1.0)
    keys = tuple(member.key for member in members)
    reasons = _reasons(units, told, links)
    group_of = Group(keys, score, reasons, tuple(members), entry.key, conflicts, tuple(places), entry)
    return _Merge(places, group_of, entry)


def _reasons(units: Sequence[_Unit], told: Mapping[Link, _Told], links: Sequence[Link]) -> tuple[str, ...]:
    """Return the reason of each link; where there are several, with the keys it is about."""
    reasons = [_given(units, link) if link.given else told[link].reason for link in links]
    if len(links) == 1:
        return tuple(reasons)
    return tuple(
        f"{name_of(units[link.one].entry)} ~ {name_of(units[link.other].entry)}: {reason}"
        for link, reason in zip(links, reasons, strict=True)
    )


def _given(units: Sequence[_Unit], link: Link) -> str:
    """Return why two units belonged together from the start."""
    same = said(units[link.one].entry) == said(units[link.other].entry)
    return "identical entries" if same else "answered: the same"


def _gone(group: Group) -> list[str]:
    """Return the keys of a group's entries but one of the kept key."""
    keys = list(group.keys)
    keys.remove(group.kept)
    return keys


def redirected(entry: Entry, renamed: Mapping[str, str]) -> Entry:
    """Return an entry whose references name the merged entries, and never itself."""
    if _REFERENCES.isdisjoint(entry.fields):
        return entry
    entry = rename_references(entry, renamed)
    others = [key for key in references(entry, "related") if key != entry.key]
    if len(others) == len(references(entry, "related")):
        return entry
    return entry.with_fields({"related": ",".join(others) or None})


# -- works and doubts --------------------------------------------------------------------------------------


def _work(
    entries: Mapping[int, Entry],
    units: Sequence[_Unit],
    told: Mapping[Link, _Told],
    group: Cluster,
    home: Mapping[int, int],
) -> tuple[list[int], Group]:
    """Return the places of a work's versions, and the report about it."""
    places = sorted({home[units[at].place] for at in group.members})
    links = [link for link in group.links if home[units[link.one].place] != home[units[link.other].place]]
    members = tuple(entries[place] for place in places)
    score = min((link.score for link in links), default=1.0)
    keys = tuple(member.key for member in members)
    return places, Group(keys, score, _reasons(units, told, links), members)


def link_versions(entries: Mapping[int, Entry], works: Iterable[Sequence[int]]) -> dict[int, Entry]:
    """Return the entries, those of one work with each other's keys in `related`."""
    linked = dict(entries)
    for places in works:
        keys = [linked[place].key for place in places if linked[place].key]
        for place in places:
            entry = linked[place]
            known = references(entry, "related")
            related = list(dict.fromkeys([*known, *(key for key in keys if key != entry.key)]))
            if related != known:
                linked[place] = entry.with_fields({"related": ",".join(related)})
    return linked


def _maybe(
    entries: Mapping[int, Entry],
    doubts: Mapping[tuple[int, int], tuple[float, str]],
    works: Sequence[Sequence[int]],
) -> list[Group]:
    """Return the pairs of remaining entries that a person should look at, the likeliest first."""
    work_of = {place: number for number, places in enumerate(works) for place in places}
    return [
        Group((entries[left].key, entries[right].key), likely, (reason,), (entries[left], entries[right]))
        for (left, right), (likely, reason) in sorted(doubts.items(), key=lambda item: (-item[1][0], item[0]))
        if left not in work_of or work_of[left] != work_of.get(right)
    ]


def _doubts(
    units: Sequence[_Unit], judged: Judged, review: float, threshold: float, home: Mapping[int, int]
) -> dict[tuple[int, int], tuple[float, str]]:
    """Return the doubtful pairs of places, how likely each is one publication, and why.

    Those are the pairs that are likely but not united, and those of which nothing but an identifier says
    that they are two.
    """
    scores = judged.scores
    guarded = (scores.guard == OTHER_ID) & (judged.both("DOI")) & (scores.reviewed >= threshold)
    likely = scores.value * (scores.guard == 0) + scores.reviewed * guarded
    shown = ((scores.guard == 0) & (scores.value >= review)) | guarded
    pairs = [
        (one, other, value)
        for one, other, value in zip(
            judged.left[shown].tolist(), judged.right[shown].tolist(), likely[shown].tolist(), strict=True
        )
        if home[units[one].place] != home[units[other].place]
    ]
    reasons, _ = judged.explain([(one, other) for one, other, _ in pairs])
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for (one, other, value), reason in zip(pairs, reasons, strict=True):
        left, right = sorted((home[units[one].place], home[units[other].place]))
        best[left, right] = max(best.get((left, right), (value, reason)), (value, reason))
    return best


def _conflicts(merges: Iterable[_Merge]) -> Iterator[Diagnostic]:
    for done in merges:
        for conflict in done.group.conflicts:
            yield Diagnostic(
                "PK601",
                f"merged entries disagree: {conflict}",
                Severity.WARNING,
                Location(key=done.entry.key, field=conflict.field),
                "look it up in the publication itself",
            )


def _unsure(maybe: Iterable[Group]) -> Iterator[Diagnostic]:
    for pair in maybe:
        first, second = pair.names
        yield Diagnostic(
            "PK602",
            f"{first} and {second} may be one publication: {pair.reasons[0]}",
            Severity.INFO,
            Location(key=pair.keys[0]),
            "decide with pubkit dedupe --review, or lower the threshold",
        )
