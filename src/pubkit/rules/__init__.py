"""Clean-ups and checks, one rule one code: `check` finds, `fix` repairs.

Codes: N names · T titles · D dates · I identifiers · F fields · J journals and venues · P pages · L library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pubkit.diagnostics import Diagnostic
from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Change, Library
from pubkit.rules import dates, fields, identifiers, library, names, pages, text, titles, venues
from pubkit.rules.base import Finding, Rule

__all__ = [
    "RULES",
    "Finding",
    "Fixed",
    "Rule",
    "check",
    "diagnose",
    "diagnose_library",
    "diagnostic",
    "fix",
    "select_rules",
]

# The order is the order of repair: characters first, then what stands in one field, then what moves between
# fields, then venues (which need dates and identifiers in place).
RULES: dict[str, Rule] = {
    rule.code: rule
    for family in (text, fields, names, dates, pages, identifiers, venues, titles, library)
    for rule in family.RULES
}

Codes = str | Iterable[str] | None

# A repair may call for another one; each round settles at least one field for good, so this is never reached
# unless two rules contradict each other.
MAX_ROUNDS = 12


def select_rules(select: Codes = None, ignore: Codes = None) -> tuple[Rule, ...]:
    """Return the rules that a selection names, in order of repair.

    Args:
        select: Codes (`"T001"`), beginnings of codes (`"T"`), or names of rules (`"et-al"`); None for all.
        ignore: The same, to leave out.

    Raises:
        PubkitError: No rule has such a code or name.

    >>> [rule.code for rule in select_rules(["N002", "P"], ignore="P002")]
    ['N002', 'P001']
    """
    wanted = set(RULES) if select is None else _codes(select)
    unwanted = set() if ignore is None else _codes(ignore)
    return tuple(rule for code, rule in RULES.items() if code in wanted and code not in unwanted)


def check(library: Library, select: Codes = None, ignore: Codes = None) -> list[Diagnostic]:
    """Return what the rules find in a library, entry by entry, then for the whole library.

    Args:
        library: The library to look at.
        select: Rules to apply, as for `select_rules`.
        ignore: Rules to leave out.
    """
    return diagnose(library, select_rules(select, ignore))


def diagnose(library: Library, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what these rules find in a library, entry by entry, then for the whole library."""
    found = [
        diagnostic(rule, finding, entry)
        for entry in library
        for rule in rules
        if rule.find is not None
        for finding in rule.find(entry)
    ]
    return found + diagnose_library(library, rules)


def diagnose_library(library: Library, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Return what the rules among these that are about the whole library find."""
    return [
        diagnostic(rule, finding, library[at])
        for rule in rules
        if rule.find_in_library is not None
        for at, finding in rule.find_in_library(library)
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

    Args:
        entry: The entry.
        rules: The rules to apply, in order.
        unsafe: Whether to do the repairs too that are guesses.
    """
    changes: list[Change] = []
    left: list[tuple[Rule, Finding]] = []
    for _ in range(MAX_ROUNDS):
        before = len(changes)
        left.clear()
        for rule in rules:
            if rule.find is None:
                continue
            for finding in rule.find(entry):
                if finding.repairs and (unsafe or (rule.safe if finding.safe is None else finding.safe)):
                    entry = _apply(entry, rule, finding, changes)
                else:
                    left.append((rule, finding))
        if len(changes) == before:
            break
    return Fixed(entry, tuple(changes), tuple(left))


def _apply(entry: Entry, rule: Rule, finding: Finding, changes: list[Change]) -> Entry:
    """Return the entry with one repair done, and note its changes."""
    fields = {name: value for name, value in finding.fields.items() if entry.fields.get(name) != value}
    for name, value in fields.items():
        changes.append(Change(entry.key, name, entry.fields.get(name), value, rule.code, finding.message))
    new_type = finding.type if finding.type and finding.type != entry.type else None
    if new_type:
        changes.append(Change(entry.key, "type", entry.type, new_type, rule.code, finding.message))
    return entry.with_fields(fields, type=new_type) if fields or new_type else entry


def diagnostic(rule: Rule, finding: Finding, entry: Entry) -> Diagnostic:
    """Return a finding as a diagnostic; `fix` shows what a repair would write."""
    repair = [f"{name}: {'removed' if value is None else value}" for name, value in finding.fields.items()]
    if finding.type:
        repair.insert(0, f"type: {finding.type}")
    location = entry.location(finding.field)
    return Diagnostic(rule.code, finding.message, finding.severity, location, finding.hint, "; ".join(repair))


def _codes(selection: str | Iterable[str]) -> set[str]:
    """Return the codes that a selection names."""
    words = [selection] if isinstance(selection, str) else list(selection)
    codes: set[str] = set()
    for word in words:
        matching = {code for code, rule in RULES.items() if code.startswith(word) or rule.name == word}
        if not word or not matching:
            known = [*RULES, *(rule.name for rule in RULES.values())]
            near = get_close_matches(word, known, 3)
            hint = f"near: {', '.join(near)}" if near else "`pubkit rules` lists them all"
            raise PubkitError(f"no rule has the code or name {word!r}", hint=hint)
        codes |= matching
    return codes
