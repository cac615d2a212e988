"""Running rules: what they find in a library, and repairing an entry to a fixed point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pubkit.diagnostics import Diagnostic, Location
from pubkit.model.entry import Entry
from pubkit.model.library import Change, Library
from pubkit.pause import cycle_search_paused
from pubkit.rules.base import DEFAULTS, EntryFinder, Finding, Rule, Settings, is_kept
from pubkit.rules.places import location
from pubkit.rules.selection import Codes, select_rules
from pubkit.rules.traits import traits

# A repair may call for another one; each round settles at least one field for good, so this is never reached
# unless two rules contradict each other.
MAX_ROUNDS = 12


def check(
    library: Library,
    select: Codes = None,
    ignore: Codes = None,
    *,
    extend: Codes = None,
    key_pattern: str = DEFAULTS.key_pattern,
    sort: str = DEFAULTS.sort,
) -> list[Diagnostic]:
    """Return what the rules find in a library, entry by entry, then for the whole library.

    Args:
        library: The library to look at.
        select: Rules to apply, as for `select_rules`.
        ignore: Rules to leave out.
        extend: Rules to apply beside the selected ones, such as those of house style.
        key_pattern: The pattern that rule K002 looks for, where it is selected.
        sort: The order that rule L013 looks for, where it is selected.
    """
    return diagnose(library, select_rules(select, ignore, extend), Settings(key_pattern, sort))


def diagnose(library: Library, rules: Sequence[Rule], settings: Settings = DEFAULTS) -> list[Diagnostic]:
    """Return what these rules find in a library, entry by entry, then for the whole library."""
    about_entries = [rule for rule in rules if rule.find is not None]
    by_fields: dict[tuple[str, ...], list[tuple[Rule, EntryFinder, int]]] = {}
    with cycle_search_paused():
        found: list[Diagnostic] = []
        for entry in library:
            names = tuple(entry.fields)
            if names not in by_fields:
                by_fields[names] = [
                    (rule, rule.find, rule.when)
                    for rule in about_entries
                    if rule.find and not (rule.fields and rule.fields.isdisjoint(names))
                ]
            has = traits(entry)
            found += [
                diagnostic(rule, finding, entry)
                for rule, find, when in by_fields[names]
                if when & has
                for finding in find(entry)
                if not is_kept(entry, finding)
            ]
        return found + diagnose_library(library, rules, settings)


def diagnose_library(
    library: Library, rules: Sequence[Rule], settings: Settings = DEFAULTS
) -> list[Diagnostic]:
    """Return what the rules among these that are about the whole library find."""
    return [
        diagnostic(rule, finding, library[at] if at >= 0 else None)
        for rule in rules
        if rule.find_in_library is not None
        for at, finding in rule.find_in_library(library, settings)
        if at < 0 or not is_kept(library[at], finding)
    ]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A repaired entry.

    Attributes:
        entry: The entry; the same object where nothing was to be done.
        changes: What was changed, in order.
        left: What the rules still find in it, in their order.
    """

    entry: Entry
    changes: tuple[Change, ...]
    left: tuple[tuple[Rule, Finding], ...]


def fix(entry: Entry, rules: Sequence[Rule], *, unsafe: bool = False) -> Fixed:
    """Repair one entry until the rules find nothing more that they may repair.

    What the user marked with `% pubkit: keep` is neither touched nor told of.

    Args:
        entry: The entry.
        rules: The rules to apply, in order.
        unsafe: Whether to do the repairs too that are guesses.
    """
    changes: list[Change] = []
    left: list[tuple[Rule, Finding]] = []
    if "*" in entry.extra.get("keep", ()):
        return Fixed(entry, (), ())
    about_entries = [(rule, rule.find) for rule in rules if rule.find is not None]
    for _ in range(MAX_ROUNDS):
        before = len(changes)
        left.clear()
        looked_at: Entry | None = None
        for rule, find in about_entries:
            if looked_at is not entry:
                has, names, looked_at = traits(entry), entry.fields.keys(), entry
            if not rule.when & has or (rule.fields and rule.fields.isdisjoint(names)):
                continue
            for finding in find(entry):
                if is_kept(entry, finding):
                    continue
                if finding.repairs and (unsafe or (rule.safe if finding.safe is None else finding.safe)):
                    entry = _apply(entry, rule, finding, changes)
                else:
                    left.append((rule, finding))
        if len(changes) == before:
            break
    return Fixed(entry, tuple(changes), tuple(left))


def fix_library(
    library: Library, rules: Sequence[Rule], settings: Settings = DEFAULTS
) -> tuple[Library, tuple[Change, ...]]:
    """Do the repairs of the rules about the whole library, which are all guesses.

    Args:
        library: The library.
        rules: The rules to apply, in order.
        settings: What some rules need to know.
    """
    changes: list[Change] = []
    for rule in rules:
        if rule.find_in_library is None or not rule.repairs:
            continue
        entries = list(library)
        before = len(changes)
        for at, finding in rule.find_in_library(library, settings):
            if finding.repairs and not is_kept(entries[at], finding):
                entries[at] = _apply(entries[at], rule, finding, changes)
        if len(changes) > before:
            library = replace(library, entries=tuple(entries))
    return library, tuple(changes)


def _apply(entry: Entry, rule: Rule, finding: Finding, changes: list[Change]) -> Entry:
    """Return the entry with one repair done, and note its changes."""
    fields = {name: value for name, value in finding.fields.items() if entry.fields.get(name) != value}
    for name, value in fields.items():
        changes.append(Change(entry.key, name, entry.fields.get(name), value, rule.code, finding.message))
    new_type = finding.type if finding.type and finding.type != entry.type else None
    if new_type:
        changes.append(Change(entry.key, "type", entry.type, new_type, rule.code, finding.message))
    return entry.with_fields(fields, type=new_type) if fields or new_type else entry


def diagnostic(rule: Rule, finding: Finding, entry: Entry | None) -> Diagnostic:
    """Return a finding in an entry, or elsewhere, as a diagnostic; `fix` shows what a repair would write."""
    repair = [f"{name}: {'removed' if value is None else value}" for name, value in finding.fields.items()]
    if finding.type:
        repair.insert(0, f"type: {finding.type}")
    place = finding.place or (location(entry, finding.field) if entry else Location())
    return Diagnostic(rule.code, finding.message, finding.severity, place, finding.hint, "; ".join(repair))
