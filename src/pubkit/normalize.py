"""Cleaning a library: the safe repairs of the rules, to a fixed point and each listed; then citation keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pubkit.diagnostics import Diagnostic
from pubkit.errors import PubkitError
from pubkit.keys import DEFAULT_PATTERN, make_keys
from pubkit.model.entry import Entry
from pubkit.model.library import Change, Library
from pubkit.model.references import REFERENCE_FIELDS
from pubkit.pause import cycle_search_paused
from pubkit.rules import (
    Codes,
    Fixed,
    Rule,
    Settings,
    diagnose_library,
    diagnostic,
    fix,
    fix_library,
    select_rules,
)
from pubkit.verbs import make_callable

# Codes that keys have in `library.changes`, beside the rules'.
KEY_CODE = "K001"
# The reader of paper lists tells of missing fields itself: what it told is not told again.
_MISSING_FIELD = "F002"
# Repairs of the library may call for repairs of entries and the other way round.
_MOST_PASSES = 4


@cycle_search_paused()
def normalize(
    library: Library,
    *,
    select: Codes = None,
    ignore: Codes = None,
    extend: Codes = None,
    unsafe: bool = False,
    keys: Literal["missing", "all", "keep"] = "missing",
    key_pattern: str = DEFAULT_PATTERN,
    sort: str = "key",
) -> Library:
    """Clean a library: text, names, venues, dates, identifiers, case protection, citation keys.

    Only repairs that are certain are done; what the rules find beyond that becomes a diagnostic. Cleaning a
    clean library changes nothing. What the user marked with `% pubkit: keep` in a `.bib` stays as it is.

    Args:
        library: What was read.
        select: Rules to apply: codes (`"T001"`), beginnings of codes (`"T"`) or names (`"et-al"`).
        ignore: Rules to leave out.
        extend: Rules to apply beside the selected ones, such as those of house style.
        unsafe: Whether to do the repairs too that are guesses.
        keys: Which entries get a key by the pattern: those without one (and repeated keys a letter), all, or
            none.
        key_pattern: How keys are made; see `pubkit.keys`.
        sort: The order that rule L013 looks for, where it is selected.

    Returns:
        The library; `changes` lists each change with its rule, `diagnostics` what was found and not repaired.

    Raises:
        PubkitError: An unknown rule, or a key pattern that cannot be read.

    >>> from pubkit.model.entry import Entry
    >>> raw = Entry("misc", "", {"title": "Routing LLMs", "booktitle": "ICML 2025", "date": "2025"})
    >>> clean = normalize(Library((raw,)))
    >>> clean[0].key, clean[0].type, clean[0]["title"]
    ('routingllms2025', 'inproceedings', 'Routing {LLMs}')
    >>> clean[0]["booktitle"]
    'Proceedings of the 42nd International Conference on Machine Learning'
    """
    if keys not in ("missing", "all", "keep"):
        raise PubkitError(f"keys={keys!r} is not known", hint="use missing, all or keep")
    rules = select_rules(select, ignore, extend)
    settings = Settings(key_pattern, sort)
    fixed, clean = _repaired(library, rules, settings, unsafe=unsafe)
    if keys != "keep":
        clean, _ = make_keys(clean, key_pattern, which=keys)
    changes: list[Change] = []
    found: list[Diagnostic] = []
    for done, entry in zip(fixed, clean, strict=True):
        changes += (replace(change, key=entry.key) for change in done.changes)
        repeated = keys == "missing" and done.entry.key
        reason = "the key stood before" if repeated else f"key by the pattern {key_pattern}"
        changes += _key_changes(done.entry, entry, reason)
        found += (diagnostic(rule, finding, entry) for rule, finding in done.left)
    found += diagnose_library(clean, rules, settings)
    known = set(library.diagnostics)
    told = {_place(by_reader) for by_reader in known if by_reader.code.startswith("PK1")}
    found = [new for new in found if new.code != _MISSING_FIELD or _place(new) not in told]
    return replace(
        clean,
        changes=library.changes + tuple(changes),
        diagnostics=library.diagnostics + tuple(new for new in dict.fromkeys(found) if new not in known),
    )


def _repaired(
    library: Library, rules: Sequence[Rule], settings: Settings, *, unsafe: bool
) -> tuple[list[Fixed], Library]:
    """Repair each entry; with `unsafe` the library too, and its entries again until nothing changes."""
    fixed = [fix(entry, rules, unsafe=unsafe) for entry in library]
    clean = library
    if any(done.changes for done in fixed):
        clean = replace(library, entries=tuple(done.entry for done in fixed))
    for _ in range(_MOST_PASSES if unsafe else 0):
        proposed, of_library = fix_library(clean, rules, settings)
        if not of_library:
            break
        more = {
            at: _between(before, after, of_library)
            for at, (before, after) in enumerate(zip(clean, proposed, strict=True))
            if before is not after
        }
        fixed = [
            _joined(done, more[at], fix(entry, rules, unsafe=True)) if at in more else done
            for at, (done, entry) in enumerate(zip(fixed, proposed, strict=True))
        ]
        clean = replace(clean, entries=tuple(done.entry for done in fixed))
    return fixed, clean


def _between(before: Entry, after: Entry, changes: Sequence[Change]) -> list[Change]:
    """Return those changes of the library's that lead from one state of an entry to the other."""
    return [
        change
        for change in changes
        if change.key == before.key
        and before.fields.get(change.field) == change.before
        and after.fields.get(change.field) == change.after
    ]


def _joined(done: Fixed, between: Sequence[Change], again: Fixed) -> Fixed:
    return Fixed(again.entry, (*done.changes, *between, *again.changes), again.left)


def _place(found: Diagnostic) -> tuple[str, int, str]:
    """Return file, line and field of a finding; keys may have been made since."""
    return found.location.file, found.location.line, found.location.field


def _key_changes(before: Entry, after: Entry, reason: str) -> Iterator[Change]:
    """Yield what making keys changed: the key, and references to other entries' keys."""
    if before is after:
        return
    if before.key != after.key:
        yield Change(after.key, "key", before.key or None, after.key, KEY_CODE, reason)
    for name in REFERENCE_FIELDS:
        if before.fields.get(name) != after.fields.get(name):
            told = before.fields.get(name), after.fields.get(name)
            yield Change(after.key, name, *told, KEY_CODE, "the key that it names changed")


make_callable(__name__)
