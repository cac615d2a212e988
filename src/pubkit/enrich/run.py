"""All entries, all sources, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from pubkit.dedupe.people import read_people
from pubkit.dedupe.prepare import prepare
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.enrich.choose import Choice, choose
from pubkit.enrich.facts import FACTS, NAMES
from pubkit.enrich.fill import Outcome, apply, name_of
from pubkit.enrich.index import LocalIndex
from pubkit.enrich.query import KINDS, query_of
from pubkit.enrich.result import EnrichResult
from pubkit.errors import FieldError, SourceError

if TYPE_CHECKING:
    from pubkit.enrich.source import Query, Source, SourceRecord
    from pubkit.model.entry import Entry
    from pubkit.model.library import Library

#: Web sources are asked about so many entries at once; each source keeps its own pace.
_AT_ONCE = 4
# A source that fails so often in a row is asked no more.
_MOST_FAILURES = 3
# Types that are no publication to look up.
_NOT_ASKED = frozenset({"xdata", "set"})
# Without any of these an entry is not complete, and the next source is asked too.
_WANTED = ("author", "date", "doi")
_MOST_ROUNDS = 4


def run(
    library: Library,
    sources: Sequence[Source],
    *,
    owner: str = "",
    overwrite: Iterable[str] = (),
    upgrade_preprints: bool = False,
) -> EnrichResult:
    """Fill the empty fields of entries from sources, and report what contradicts the others.

    Args:
        library: The entries.
        sources: Where to look, in the order in which they are believed.
        owner: Whose list it is: stands for the authors of entries that name nobody.
        overwrite: Fields that a contradicting fact may replace, e.g. `{"year"}`.
        upgrade_preprints: Make a preprint its published version; the arXiv number is kept.

    Returns:
        The library and every fact with its origin; the order of the entries stays.

    Raises:
        FieldError: A name in `overwrite` is no field with facts.
        SourceError: No source is given.
    """
    if not sources:
        raise SourceError(
            "no source was given", hint="name a file with records, or a web source such as dblp"
        )
    fields = _fields(overwrite)
    surname = next(iter(read_people(owner).families), "")
    asking = _Asking(sources)
    names = _names(library)

    def one(entry: Entry, name: str) -> Outcome:
        outcome = Outcome(entry, name)
        # An identifier that one record gives may lead to another: local sources are asked again until
        # nothing new comes; a request to a web source would cost more than it brings.
        for turn in range(_MOST_ROUNDS if entry.type not in _NOT_ASKED else 0):
            known = len(outcome.filled)
            asked = [source for source in sources if turn == 0 or isinstance(source, LocalIndex)]
            if not asked:
                break
            outcome.begin_round(kept=turn > 0 and len(asked) < len(sources))
            for source in asked:
                choice = _look_up(outcome.entry, source, asking, surname)
                apply(outcome, choice, overwrite=fields, upgrade=upgrade_preprints)
                if outcome.accepted and all(name in outcome.entry for name in _WANTED):
                    break
            if len(outcome.filled) == known:
                break
        return outcome

    if all(isinstance(source, LocalIndex) for source in sources):
        outcomes = list(map(one, library, names))
    else:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            outcomes = list(pool.map(one, library, names))
    return _result(library, outcomes, asking)


def _names(library: Library) -> list[str]:
    """Return what each entry is called in reports, no two the same: keys repeat, and lists have none."""
    repeated = Counter[str]()
    names: dict[str, None] = {}
    for entry in library:
        unique = name = name_of(entry)
        while unique in names:
            repeated[name] += 1
            unique = f"{name} ({repeated[name] + 1})"
        names[unique] = None
    return list(names)


def _fields(names: Iterable[str]) -> frozenset[str]:
    chosen: set[str] = set()
    for name in names:
        found = NAMES.get(name, (name,))
        if not set(found) <= {*FACTS, "title"}:
            known = ", ".join(sorted({*FACTS, *NAMES, "title"}))
            raise FieldError(f"no facts are looked up for {name!r}", hint=f"the fields are {known}")
        chosen.update(found)
    return frozenset(chosen)


class _Asking:
    """Asks sources; one that fails is told about, and given up when it goes on failing."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._failures = Counter({source.name: 0 for source in sources})
        self._lock = Lock()
        self.told: dict[str, Diagnostic] = {}

    def lookup(self, source: Source, kind: str, value: str) -> Sequence[SourceRecord]:
        return self._answer(source, lambda: source.lookup(kind, value))

    def search(self, source: Source, query: Query) -> Sequence[SourceRecord]:
        return self._answer(source, lambda: source.search(query))

    def _answer(self, source: Source, ask: Callable[[], Sequence[SourceRecord]]) -> Sequence[SourceRecord]:
        with self._lock:
            if self._failures[source.name] >= _MOST_FAILURES:
                return ()
        try:
            found = ask()
        except SourceError as error:
            with self._lock:
                self._failures[source.name] += 1
                self._tell(source.name, error)
            return ()
        with self._lock:
            if self._failures[source.name] < _MOST_FAILURES:
                self._failures[source.name] = 0
        return found

    def _tell(self, name: str, error: SourceError) -> None:
        given_up = self._failures[name] >= _MOST_FAILURES
        message = f"{name} did not answer: {error.message}"
        if given_up:
            message = f"{name} failed {_MOST_FAILURES} times in a row and was asked no more: {error.message}"
        hint = error.hint or "run it again later: what was answered is kept"
        self.told[message] = Diagnostic("PK904", message, Severity.WARNING, hint=hint)


def _look_up(entry: Entry, source: Source, asking: _Asking, owner: str) -> Choice:
    """Ask a source about an entry: by its identifiers first, by its title where they lead to nothing."""
    ours = prepare(entry)
    query = query_of(entry, ours)
    knows = source.knows if isinstance(source, LocalIndex) else None
    by_identifier: list[SourceRecord] = []
    for kind in KINDS:
        if kind in source.kinds and kind in query.identifiers:
            by_identifier += asking.lookup(source, kind, query.identifiers[kind])
    choice = choose(ours, by_identifier, owner=owner, knows=knows)
    if choice.accepted is not None or not ours.title:
        return choice
    found = [*by_identifier, *asking.search(source, query)]
    unique = list({(each.source, each.key, each.entry): each for each in found}.values())
    return choose(ours, unique, owner=owner, knows=knows)


def _result(library: Library, outcomes: Sequence[Outcome], asking: _Asking) -> EnrichResult:
    told = list(asking.told.values())
    kept = _still_true(library, outcomes)
    unmatched = []
    for before, outcome in zip(library, outcomes, strict=True):
        told += _told(before, outcome)
        known = outcome.accepted or outcome.proposed or outcome.preprints or outcome.filled
        if not known and before.type not in _NOT_ASKED:
            unmatched.append(outcome.name)
    return EnrichResult(
        replace(
            library.with_entries([outcome.entry for outcome in outcomes]),
            diagnostics=(*kept, *told),
        ),
        tuple(each for outcome in outcomes for each in outcome.filled),
        tuple(each for outcome in outcomes for each in outcome.findings),
        tuple(each for outcome in outcomes if not outcome.accepted for each in outcome.proposed),
        tuple(each for outcome in outcomes for each in outcome.preprints),
        {outcome.name: tuple(outcome.accepted) for outcome in outcomes if outcome.accepted},
        tuple(unmatched),
        tuple(told),
    )


def _still_true(library: Library, outcomes: Sequence[Outcome]) -> list[Diagnostic]:
    """Return what was told about the library before, without what has been mended now."""
    named = {
        str(before.location())
        for before, outcome in zip(library, outcomes, strict=True)
        if "author" not in before and "author" in outcome.entry
    }
    return [d for d in library.diagnostics if d.code != "PK104" or str(d.location) not in named]


def _told(before: Entry, outcome: Outcome) -> list[Diagnostic]:
    told = [
        Diagnostic(
            "PK900",
            f"the list says {_WORDS.get(each.field, each.field)} {_short(each.ours)}, "
            f"{each.origin.source} says {_short(each.theirs)} ({each.origin.record})",
            Severity.WARNING,
            before.location(each.field),
            f"look it up; --overwrite {_WORDS.get(each.field, each.field)} takes the source's word",
        )
        for each in outcome.findings
    ]
    for each in outcome.preprints:
        message = f"{each.reasons[0]} is {each.origin}: {_short(each.title)}"
        hint = "make it that one with --upgrade-preprints"
        told.append(Diagnostic("PK902", message, Severity.INFO, before.location(), hint))
    if not outcome.accepted:
        for each in outcome.proposed:
            message = f"may be {each.origin}: {_short(each.title)}: {', '.join(each.reasons)}"
            hint = "if it is, add its identifier to the entry and run this again"
            told.append(Diagnostic("PK901", message, Severity.INFO, before.location(), hint))
    return told


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"


_SHOWN = 80
# What people call fields.
_WORDS = {
    "date": "year",
    "journaltitle": "journal",
}
