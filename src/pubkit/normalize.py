"""Cleaning a library: the safe repairs of the rules, to a fixed point and each listed; then citation keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pubkit.errors import PubkitError
from pubkit.keys import DEFAULT_PATTERN, make_keys
from pubkit.model.library import Change, Library
from pubkit.rules import Codes, diagnose, fix, select_rules
from pubkit.verbs import make_callable

# Codes that keys have in `library.changes`, beside the rules'.
KEY_CODE = "K001"


def normalize(
    library: Library,
    *,
    select: Codes = None,
    ignore: Codes = None,
    unsafe: bool = False,
    keys: Literal["missing", "all", "keep"] = "missing",
    key_pattern: str = DEFAULT_PATTERN,
) -> Library:
    """Clean a library: text, names, venues, dates, identifiers, case protection, citation keys.

    Only repairs that are certain are done; what the rules find beyond that becomes a diagnostic. Cleaning a
    clean library changes nothing.

    Args:
        library: What was read.
        select: Rules to apply: codes (`"T001"`), beginnings of codes (`"T"`) or names (`"et-al"`).
        ignore: Rules to leave out.
        unsafe: Whether to do the repairs too that are guesses.
        keys: Which entries get a key by the pattern: those without one, all, or none.
        key_pattern: How keys are made; see `pubkit.keys`.

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
    rules = select_rules(select, ignore)
    repaired = [fix(entry, rules, unsafe=unsafe) for entry in library]
    entries = tuple(entry for entry, _ in repaired)
    changed = entries != library.entries
    clean = replace(library, entries=entries) if changed else library
    if keys != "keep":
        clean, _ = make_keys(clean, key_pattern, which=keys)
    changes: list[Change] = []
    for (entry, done), keyed in zip(repaired, clean, strict=True):
        changes += (replace(change, key=keyed.key) for change in done)
        if keyed.key != entry.key:
            reason = f"key by the pattern {key_pattern}"
            changes.append(Change(keyed.key, "key", entry.key or None, keyed.key, KEY_CODE, reason))
    known = set(library.diagnostics)
    found = [diagnostic for diagnostic in diagnose(clean, rules) if diagnostic not in known]
    return replace(
        clean,
        changes=library.changes + tuple(changes),
        diagnostics=library.diagnostics + tuple(dict.fromkeys(found)),
    )


make_callable(__name__)
