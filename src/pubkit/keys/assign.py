"""Making keys of patterns, and giving them to the entries of a library."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

from pubkit.keys.markers import Value, marker_value, names_people
from pubkit.keys.modifiers import MODIFIERS
from pubkit.keys.pattern import ILLEGAL, Alternative, Part, parse_pattern
from pubkit.keys.people import authors_or_editors
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.references import rename_references
from pubkit.text.transliterate import to_ascii

DEFAULT_PATTERN = "[auth:lower][year][veryshorttitle:lower]"
#: For entries that name neither authors nor editors.
ANONYMOUS_PATTERN = "[shorttitle:lower][year]"

Umlauts = Literal["a", "ae"]
_GERMAN = (("german",), ("de",))
_SUFFIX = re.compile(r"[a-z]")


def make_key(
    entry: Entry,
    pattern: str = DEFAULT_PATTERN,
    *,
    anonymous: str = ANONYMOUS_PATTERN,
    umlauts: Umlauts = "a",
) -> str:
    """Return the key that a pattern gives for an entry, before collisions are looked at.

    Args:
        entry: The entry.
        pattern: The pattern.
        anonymous: The pattern for entries without authors and editors, where `pattern` asks for them.
        umlauts: "a" writes ä as a, "ae" as ae.

    Returns:
        The key. Where no name or word of the entry can be written in ASCII, its type stands for them.

    Raises:
        PubkitError: The pattern cannot be read.

    >>> entry = Entry("misc", fields={"author": "Tianhao Wu", "date": "2025", "title": "Meta-Rewarding LMs"})
    >>> make_key(entry), make_key(entry, "[authors:upper]_[shortyear]:[camel2]")
    ('wu2025meta', 'WU_25:MetaRewarding')
    """
    alternatives = parse_pattern(pattern)
    if len(alternatives) == 1 and _asks_for_people(alternatives[0]) and not authors_or_editors(entry).names:
        alternatives = parse_pattern(anonymous)
    made, parts = _first_that_says(alternatives, entry, umlauts)
    words_wanted = any("auth" in part.marker or "title" in part.marker for part in parts)
    if re.search(r"[A-Za-z]" if words_wanted else r"[A-Za-z0-9]", made):
        return made
    return (ILLEGAL.sub("", to_ascii(entry.type)) or "entry") + made


def make_keys(
    library: Library,
    pattern: str = DEFAULT_PATTERN,
    *,
    which: Literal["missing", "all"] = "missing",
    anonymous: str = ANONYMOUS_PATTERN,
    umlauts: Umlauts = "a",
) -> tuple[Library, dict[str, str]]:
    """Give entries keys by a pattern.

    Of entries that get the same key the first keeps it, the next ones get a, b, c … behind it; one that has
    such a key already keeps its letter, so that keys stay when entries come and go. Keys that differ only in
    letter case count as the same, as they do for BibTeX. References between entries (`crossref`, `xdata`,
    `related` …) follow the keys. An entry that is marked with `% pubkit: keep` keeps its key.

    Args:
        library: The library.
        pattern: The pattern, see `pubkit.keys`.
        which: "missing" gives keys to entries without one, and a letter to keys that stood before; "all"
            gives keys to every entry.
        anonymous: The pattern for entries without authors and editors.
        umlauts: "a" writes ä as a, "ae" as ae.

    Returns:
        The library, and the keys that changed: old → new. Entries without a key before are not among them.

    Raises:
        PubkitError: A pattern cannot be read.

    >>> wu = {"author": "Wu, T.", "date": "2024", "title": "On Bees"}
    >>> library, changed = make_keys(Library((Entry("misc", "", wu), Entry("misc", "x", wu))), which="all")
    >>> [entry.key for entry in library], changed
    (['wu2024bees', 'wu2024beesa'], {'x': 'wu2024beesa'})
    """
    check_pattern(pattern)
    check_pattern(anonymous)
    bases = [
        entry.key
        if entry.key and (which == "missing" or _is_kept(entry))
        else make_key(entry, pattern, anonymous=anonymous, umlauts=umlauts)
        for entry in library
    ]
    kept = _kept(library, bases, folded=which == "all")
    keys = _without_collisions(library, bases, kept)
    changed: dict[str, str] = {}
    for entry, key in zip(library, keys, strict=True):
        # A key that another entry keeps still means that one.
        if entry.key and entry.key != key and entry.key not in kept:
            changed.setdefault(entry.key, key)
    renamed = [_renamed(entry, key, changed) for entry, key in zip(library, keys, strict=True)]
    if all(new is old for new, old in zip(renamed, library, strict=True)):
        return library, {}
    return replace(library, entries=tuple(renamed)), changed


def check_pattern(pattern: str) -> None:
    """Raise PubkitError where a pattern cannot be read, with what is wrong in it."""
    parse_pattern(pattern)


def follows_pattern(key: str, base: str) -> bool:
    """Whether a key is what a pattern gives, with a letter against collisions or not.

    >>> follows_pattern("wu2025metab", "wu2025meta"), follows_pattern("wu2024meta", "wu2025meta")
    (True, False)
    """
    return key.startswith(base) and (key == base or _SUFFIX.fullmatch(key, len(base)) is not None)


def _is_kept(entry: Entry) -> bool:
    return "*" in entry.extra.get("keep", ())


def _kept(library: Library, bases: Sequence[str], *, folded: bool) -> dict[str, int]:
    """Return the keys that stay, with the first entry of each; `folded` lets one of "a" and "A" stay."""
    kept: dict[str, int] = {}
    taken: set[str] = set()
    for exact in (True, False):  # an entry whose key is the very one goes before those with a letter
        for at, (entry, base) in enumerate(zip(library, bases, strict=True)):
            fits = entry.key == base if exact else follows_pattern(entry.key, base)
            free = entry.key not in kept and not (folded and entry.key.casefold() in taken)
            if entry.key and fits and free:
                kept[entry.key] = at
                taken.add(entry.key.casefold())
    return kept


def _without_collisions(library: Library, bases: Sequence[str], kept: dict[str, int]) -> list[str]:
    taken = {key.casefold() for key in kept}
    keys: list[str] = []
    next_suffix: dict[str, int] = {}
    for at, (entry, base) in enumerate(zip(library, bases, strict=True)):
        if kept.get(entry.key) == at:
            keys.append(entry.key)
            continue
        key, number = base, next_suffix.get(base.casefold(), 0)
        while key.casefold() in taken:
            number += 1
            key = base + _suffix(number)
        next_suffix[base.casefold()] = number
        taken.add(key.casefold())
        keys.append(key)
    return keys


def _renamed(entry: Entry, key: str, changed: dict[str, str]) -> Entry:
    entry = rename_references(entry, changed)
    return entry if entry.key == key else entry.replace(key=key)


def free_key(base: str, taken: Collection[str]) -> str:
    """Return a key that no other entry has: the base, else with a, b, c … behind it.

    Args:
        base: The key that is wanted.
        taken: The keys of the others, folded (`str.casefold`): keys that differ only in letter case count as
            the same, as they do for BibTeX.

    >>> free_key("Wu2024", {"wu2024", "wu2024a"})
    'Wu2024b'
    """
    key, number = base, 0
    while key.casefold() in taken:
        number += 1
        key = base + _suffix(number)
    return key


def _suffix(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 … and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


# -- what a pattern gives ----------------------------------------------------------------------------------


def _asks_for_people(parts: Alternative) -> bool:
    return any(names_people(part.marker) for part in parts)


def _first_that_says(
    alternatives: Sequence[Alternative], entry: Entry, umlauts: Umlauts
) -> tuple[str, Alternative]:
    """Return what the first alternative gives whose markers all find something; else what the last does."""
    made = ""
    for parts in alternatives:
        texts = [_part_text(part, entry, umlauts) for part in parts]
        made = "".join(texts)
        if all(text or not part.marker for text, part in zip(texts, parts, strict=True)):
            return made, parts
    return made, alternatives[-1]


def _part_text(part: Part, entry: Entry, umlauts: Umlauts) -> str:
    if not part.marker:
        return part.text
    value = marker_value(part.marker, entry, part.numbers)
    if any(name in ("fold", "transliterate") and given[:1] in _GERMAN for name, given in part.modifiers):
        umlauts = "ae"
    words = (to_ascii(word, umlauts=umlauts) for word in value.words)
    value = Value(tuple(word for word in words if word), value.joiner)
    for name, given in part.modifiers:
        value = MODIFIERS[name](value, given)
    return ILLEGAL.sub("", "".join(value.words))
