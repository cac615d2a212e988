"""The entries that a manuscript needs, out of libraries; what is missing, double, and unused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pubkit.cited.identifiers import Identifier, identifier_of
from pubkit.cited.libraries import Libraries
from pubkit.cited.manuscript import Citation, Manuscript
from pubkit.dedupe import Group, dedupe
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.bibtex import resolve_inheritance
from pubkit.model.entry import Entry
from pubkit.model.library import Library

#: Asks sources for the entry of an identifier; None where they have none.
Fetch = Callable[[Identifier], Entry | None]
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A key that is cited and in no library.

    Attributes:
        key: The key.
        citations: Where it is cited.
        near: The keys that are most like it.
    """

    key: str
    citations: tuple[Citation, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bib:
    """The `.bib` that a manuscript needs.

    Attributes:
        library: The entries, children before parents, with the `@string` macros that they use; its
            `diagnostics` are all that was found.
        manuscript: What was read of the manuscript.
        missing: Keys that no library has.
        duplicates: Groups of entries that are cited under several keys and are one record.
        unused: Keys of the libraries' entries that are not cited.
        resolved: Cited key → key of the entry in the libraries, where these differ (identifiers, `ids`).
    """

    library: Library
    manuscript: Manuscript
    missing: tuple[Missing, ...] = ()
    duplicates: tuple[Group, ...] = ()
    unused: tuple[str, ...] = ()
    resolved: Mapping[str, str] = field(default_factory=dict)


def select(manuscript: Manuscript, libraries: Sequence[Library], *, fetch: Fetch | None = None) -> Bib:
    r"""Return what a manuscript needs of libraries.

    Args:
        manuscript: What it cites.
        libraries: The libraries; the first one that has a key wins.
        fetch: Asked for keys that are identifiers and that no library has.

    >>> from pubkit.cited.reading import read_manuscript_string
    >>> library = Library((Entry("book", "a", {"title": "A"}), Entry("book", "bee2020", {"title": "B"})))
    >>> found = select(read_manuscript_string(r"\cite{a,bee2O20}"), [library])
    >>> [entry.key for entry in found.library], found.missing[0].near, found.unused
    (['a'], ('bee2020',), ('bee2020',))
    """
    known = Libraries(libraries)
    places: dict[str, list[Citation]] = {}
    for citation in manuscript.citations:
        places.setdefault(citation.key, []).append(citation)
    chosen: dict[str, Entry] = {}
    resolved: dict[str, str] = {}
    missing: list[Missing] = []
    findings = list(manuscript.diagnostics)
    for key, citations in places.items():
        entry = known.get(key)
        if entry is None:
            entry = _otherwise(key, known, fetch)
            if entry is not None:
                resolved[key] = entry.key
                entry = entry.replace(key=key, ids=None)  # two entries with one alias confuse biber
        if entry is not None:
            chosen[key] = entry
        elif not all(citation.maybe for citation in citations):
            missing.append(Missing(key, tuple(citations), known.near(key)))
    if manuscript.everything:
        for entry in known:
            chosen.setdefault(entry.key, entry)
    findings += [_missing(one) for one in missing]
    with_parents, told = _with_parents(chosen, known)
    findings += told
    duplicates, told = _duplicates(with_parents, places)
    findings += told
    findings += [
        Diagnostic(
            "PK807",
            f"two libraries have {key!r} and say different things; the first one counts",
            Severity.INFO,
            known.hidden[key].location(),
        )
        for key in chosen
        if key in known.hidden and known.hidden[key] != chosen[key]
    ]
    if not manuscript.citations and not manuscript.everything:
        findings.append(
            Diagnostic(
                "PK810", "the manuscript cites nothing", Severity.WARNING, hint="is this the main file"
            )
        )
    taken = {*with_parents, *resolved.values()}
    unused = tuple(key for key in known.places if key not in taken)
    library = _library(with_parents, known)
    return Bib(
        replace(library, diagnostics=tuple(findings)),
        manuscript,
        tuple(missing),
        duplicates,
        unused,
        resolved,
    )


def _otherwise(key: str, known: Libraries, fetch: Fetch | None) -> Entry | None:
    """Return the entry that a key means which no library has as such: an alias or an identifier."""
    entry = known.by_alias(key)
    if entry is not None:
        return entry
    identifier = identifier_of(key)
    if identifier is None:
        return None
    entry = known.by_identifier(identifier)
    if entry is None and fetch is not None:
        entry = fetch(identifier)
    return entry


def _missing(missing: Missing) -> Diagnostic:
    first = missing.citations[0].location
    lines = dict.fromkeys(f"{found.location.file}:{found.location.line}" for found in missing.citations)
    others = list(lines)[1 : _MOST_PLACES + 1]
    more = f" (also cited in {', '.join(others)})" if others else ""
    hint = f"did you mean {' or '.join(missing.near)}" if missing.near else "add it to a library"
    return Diagnostic("PK804", f"no library has {missing.key!r}{more}", Severity.ERROR, first, hint)


def _duplicates(
    entries: Mapping[str, Entry], places: Mapping[str, Sequence[Citation]]
) -> tuple[tuple[Group, ...], list[Diagnostic]]:
    """Return the groups of cited entries that are one record, and the versions of one work, told."""
    if len(entries) < 2:
        return (), []
    whole = resolve_inheritance(Library(tuple(entries.values())))
    cited = whole.select(lambda entry: entry.key in places)
    result = dedupe(cited)
    told = []
    for group, severity, what in (
        *(
            (group, Severity.WARNING, "are one publication, cited under several keys")
            for group in result.groups
        ),
        *((group, Severity.INFO, "are versions of one work, and each is cited") for group in result.works),
    ):
        place = places[group.keys[0]][0].location
        hint = "cite it under one key" if severity is Severity.WARNING else ""
        told.append(Diagnostic("PK805", f"{', '.join(group.keys)} {what}", severity, place, hint))
    return result.groups, told


def _with_parents(chosen: Mapping[str, Entry], known: Libraries) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Return the entries with those that they need, each parent behind its last child."""
    entries = dict(chosen)
    found: list[Diagnostic] = []
    needed: dict[str, None] = {}
    waiting = list(entries.values())
    while waiting:
        entry = waiting.pop(0)
        for name, key in known.parents(entry):
            parent = entries.get(key) or known.get(key)
            if parent is None:
                message = f"{name} names {key!r}, which is in no library"
                hint = "add that entry or correct the key"
                found.append(Diagnostic("PK809", message, Severity.WARNING, entry.location(name), hint))
                continue
            if key not in entries:
                entries[key] = parent
                waiting.append(parent)
            if name in ("crossref", "xref", "xdata") or key not in chosen:
                needed.pop(key, None)
                needed[key] = None
    nowhere = (len(known.libraries), 0)
    alone = [key for key in entries if key not in needed]
    first = sorted(alone, key=lambda key: known.places.get(key, nowhere))
    behind = _parents_last({key: entries[key] for key in needed}, known)
    return {key: entries[key] for key in (*first, *behind)}, found


def _parents_last(parents: Mapping[str, Entry], known: Libraries) -> list[str]:
    """Return the keys of parents, those that are parents of others behind them; a circle keeps its order."""
    order: list[str] = []
    state: dict[str, bool] = {}
    for first in parents:
        stack = [first]
        while stack:
            key = stack[-1]
            if key in state:
                stack.pop()
                if not state[key]:
                    state[key] = True
                    order.append(key)
                continue
            state[key] = False
            stack += [up for _, up in known.parents(parents[key]) if up in parents and up not in state]
    return order[::-1]


def _library(entries: Mapping[str, Entry], known: Libraries) -> Library:
    """Return a library of some entries: their macros, and the preambles of where they come from."""
    macros = {
        piece.text.lower()
        for entry in entries.values()
        for pieces in entry.extra.get("macros", {}).values()
        for piece in pieces
        if piece.kind == "macro"
    }
    strings: dict[str, str] = {}
    preamble: dict[str, None] = {}
    used = {known.places[key][0] for key in entries if key in known.places}
    for number, library in enumerate(known.libraries):
        if number in used or len(known.libraries) == 1:
            for name, value in library.strings.items():
                if name in macros:
                    strings.setdefault(name, value)
            preamble |= dict.fromkeys(library.preamble)
    return Library(tuple(entries.values()), strings, tuple(preamble))
