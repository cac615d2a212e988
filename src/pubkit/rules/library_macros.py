"""L01x: `@string` macros, and the order of entries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Location, Severity
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.months import MONTHS, month_number
from pubkit.model.references import references
from pubkit.rules.base import Finding, Settings, library_rule

_DEFINED = re.compile(r"@\s*string\s*[{(]\s*([^\s={}()]+)\s*=", re.IGNORECASE)
_TEXTS = re.compile(r'"[^"{}]*"|\{[^{}]*\}')
_WORD = re.compile(r"[^\s#,{}()\"=@]+")
_DEEPEST = 50


@library_rule("L010", "unused-string", "Each @string macro is used.")
def unused_string(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`@string{jacm = {…}}` that no entry and no other macro uses is left over. Reported only."""
    used = {
        piece.text.lower()
        for entry in library
        for pieces in entry.extra.get("macros", {}).values()
        for piece in pieces
        if piece.kind == "macro"
    }
    for _, value, _ in _definitions(library):
        used |= value
    for name, _, place in _definitions(library):
        if name not in used:
            hint = "delete it"
            message = f"the macro {name} is not used"
            yield -1, Finding(message, hint=hint, severity=Severity.INFO, place=place)


@library_rule("L011", "shadowed-string", "No @string macro takes the name of a month.")
def shadowed_string(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`@string{mar = {Martian Review}}` changes what `month = mar` prints. Reported only.

    That a macro is defined twice is told while reading (PK216).
    """
    for name, _, place in _definitions(library):
        if name in MONTHS and month_number(library.strings.get(name, "")) is None:
            message = f"the macro {name} takes the name of a month"
            yield -1, Finding(message, hint="give it another name", place=place)


@library_rule("L012", "parent-before-child", "What crossref names stands behind the entry that names it.")
def parent_before_child(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """Classic BibTeX finds the proceedings that a paper inherits from only below the paper. Reported only.

    biber does not care; leave the rule out where all your documents use it.
    """
    first: dict[str, int] = {}
    for at, entry in enumerate(library):
        first.setdefault(entry.key, at)
    for at, entry in enumerate(library):
        for parent in references(entry, "crossref"):
            if first.get(parent, at) < at:
                message = f"{parent} stands above {entry.key}, which inherits from it"
                yield at, Finding(message, "crossref", hint="move it to the end", severity=Severity.INFO)


@library_rule("L013", "sort-order", "Entries are sorted.", on_request=True)
def sort_order(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """Each entry stands behind the one before it, by key or by what `--sort` says.

    Selected by `--extend-select sort-order`; `pubkit normalize --sort key` sorts. Reported only.
    """
    before = None
    for at, entry in enumerate(library):
        place = _sort_key(entry, settings.sort)
        if before is not None and place < before:
            message = f"not in the order of {settings.sort}: {entry.key} stands behind {library[at - 1].key}"
            yield at, Finding(message, hint="normalize --sort sorts", severity=Severity.INFO)
        before = place


def _sort_key(entry: Entry, by: str) -> tuple[object, ...]:
    key = (entry.key.casefold(), entry.key)
    if by == "author":
        return ([name.family.casefold() for name in entry.names("author")], entry.year or 0, *key)
    if by == "year":
        return (entry.year is None, entry.year or 0, *key)
    if by == "title":
        return (entry.text("title").casefold(), *key)
    return (entry.type, *key) if by == "type" else key


def _definitions(library: Library) -> list[tuple[str, set[str], Location]]:
    """Return the macros that the document defines: name, the macros that its value uses, place."""
    if library.document is None:
        return []
    text = library.document.text
    found = []
    for block in library.blocks:
        if block.kind != "string":
            continue
        head = _DEFINED.match(text, block.start)
        if head:
            value = text[head.end() : block.end]
            for _ in range(_DEEPEST):
                shorter = _TEXTS.sub(" ", value)
                if shorter == value:
                    break
                value = shorter
            used = {word.lower() for word in _WORD.findall(value)}
            found.append((head[1].lower(), used, library.document.location(block.start)))
    return found


RULES = (unused_string, shadowed_string, parent_before_child, sort_order)
