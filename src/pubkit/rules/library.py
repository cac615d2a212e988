"""L0xx: the library as a whole: keys, references between entries."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.model.library import Library
from pubkit.model.references import REFERENCE_FIELDS, references
from pubkit.rules.base import Finding, Settings, library_rule


@library_rule("L001", "duplicate-key", "Each citation key stands for one entry.")
def duplicate_key(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """Two entries of one key: BibTeX takes the first and drops the second. Reported only.

    `pubkit dedupe` merges them where they are one publication; otherwise one of them needs another key.
    """
    seen: set[str] = set()
    for at, entry in enumerate(library):
        if entry.key and entry.key in seen:
            hint = "merge the two entries, or give one of them another key"
            yield (
                at,
                Finding(f"the key {entry.key} stands for two entries", hint=hint, severity=Severity.ERROR),
            )
        seen.add(entry.key)


@library_rule("L002", "colliding-keys", "No two citation keys differ only in letter case.")
def colliding_keys(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`Wu2025` and `wu2025` are one key to BibTeX and two to biber. Reported only."""
    seen: dict[str, str] = {}
    for at, entry in enumerate(library):
        other = seen.setdefault(entry.key.casefold(), entry.key)
        if other != entry.key:
            hint = "change one of the keys"
            yield at, Finding(f"the keys {other} and {entry.key} differ only in letter case", hint=hint)


@library_rule("L003", "dangling-reference", "Keys that entries refer to exist.")
def dangling_reference(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`crossref`, `xdata`, `related` and their like name keys of other entries. Reported only."""
    keys = {entry.key for entry in library}
    for at, entry in enumerate(library):
        for name in REFERENCE_FIELDS:
            missing = [key for key in references(entry, name) if key not in keys]
            if missing:
                hint = "correct the key, or add that entry"
                yield at, Finding(f"{name} names {', '.join(missing)}, which is not here", name, hint=hint)


@library_rule("L004", "missing-key", "Each entry has a citation key.")
def missing_key(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """An entry without a key cannot be cited. `pubkit normalize` makes one by the key pattern."""
    for at, entry in enumerate(library):
        if not entry.key:
            yield at, Finding("no citation key", hint="normalize makes keys", severity=Severity.INFO)


RULES = (duplicate_key, colliding_keys, dangling_reference, missing_key)
