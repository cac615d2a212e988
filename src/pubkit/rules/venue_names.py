"""J01x: how journals and proceedings are named: in full, abbreviated, by acronym; two ways in one library."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from pubkit.diagnostics import Severity
from pubkit.errors import PluginError
from pubkit.markup import latex
from pubkit.markup.words import words
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.venues import Venue, find
from pubkit.rules.base import Finding, Settings, library_rule, rule
from pubkit.text.fold import fold

_CONTAINERS = ("journaltitle", "booktitle")
_SMALL = words("of the and in for on a an de der die das und la le les et del e y des du di")
_OF_A_YEAR = re.compile(
    r"[0-9,]|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|"
    r"\w+tieth)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b\w{1,8}\.(?=\s|$|[-,:])")


@rule("J010", "journal-in-full", "Journal titles are written in full.", safe=True, on_request=True)
def journal_in_full(entry: Entry) -> Iterable[Finding]:
    """`Phys. Rev. Lett.` becomes `Physical Review Letters`, where the table of venues knows it.

    A matter of house style: selected by `--extend-select journal-in-full`.
    """
    text = entry.text("journaltitle")
    venue = find(text) if text else None
    if venue is not None and venue.kind == "journal" and text != venue.name and _is_short(text, venue):
        repair = {"journaltitle": latex.escape(venue.name)}
        yield Finding("an abbreviated journal title", "journaltitle", repair, severity=Severity.INFO)


@rule("J011", "journal-abbreviation", "Journal titles are abbreviated by ISO 4.", safe=True, on_request=True)
def journal_abbreviation(entry: Entry) -> Iterable[Finding]:
    """`Physical Review Letters` becomes `Phys. Rev. Lett.`.

    A matter of house style: selected by `--extend-select journal-abbreviation`. Journals that the table of
    venues does not know are abbreviated by the List of Title Word Abbreviations, for which the package
    `pyiso4` is needed (`pip install pubkit[iso4]`). A title of one word, and one that is abbreviated already,
    stays.
    """
    if entry.type not in ("article", "suppperiodical", "periodical"):
        return
    text = entry.text("journaltitle")
    venue = find(text) if text else None
    journal = venue if venue is not None and venue.kind == "journal" else None
    full = journal.name if journal else text
    if not full or len(full.split()) < 2 or (journal is None and _ABBREVIATED.search(text)):
        return
    short = (journal.abbreviation if journal else "") or _iso4(full)
    if short != text:
        repair = {"journaltitle": latex.escape(short)}
        yield Finding("a journal title in full", "journaltitle", repair, severity=Severity.INFO)


@rule(
    "J012", "venue-acronym", "Proceedings are named by the acronym of the venue.", safe=True, on_request=True
)
def venue_acronym(entry: Entry) -> Iterable[Finding]:
    """`Proceedings of the 42nd International Conference on Machine Learning` becomes `ICML`.

    A matter of house style, against J002: selected by `--extend-select venue-acronym --ignore venue-name`.
    """
    text = entry.text("booktitle")
    venue = find(text) if text else None
    if venue is None or venue.kind not in ("conference", "workshop") or not venue.acronym:
        return
    if fold(text) not in (fold(venue.acronym), fold(f"{venue.acronym} {entry.year}")):
        repair = {"booktitle": latex.escape(venue.acronym)}
        yield Finding("a venue in full", "booktitle", repair, severity=Severity.INFO)


@library_rule("J013", "one-venue-several-names", "A venue is named in one way throughout.", repairs=True)
def one_venue_several_names(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`Phys. Rev. Lett.` in one entry and `Physical Review Letters` in another look careless side by side.

    Told are names of one known venue, names that differ only in `and` and `&`, `The`, letter case or marks,
    and abbreviations of each other. Titles of proceedings that name a
    year, an edition or a place are left alone. Of journals the name
    used most is proposed; the repair is done only when asked for.
    """
    for field in _CONTAINERS:
        groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for at, entry in enumerate(library):
            value = entry.fields.get(field)
            if value and not (field == "booktitle" and _OF_A_YEAR.search(value)):
                groups[_signature(entry.text(field))][entry.text(field)].append(at)
        for names in groups.values():
            yield from _several(library, field, names)


def _several(library: Library, field: str, names: dict[str, list[int]]) -> Iterable[tuple[int, Finding]]:
    """Yield findings for names of one signature, those that are one venue together."""
    left = sorted(names, key=lambda name: (-len(names[name]), -len(name), name))
    while left:
        best, *others = left
        same = [name for name in others if _same_venue(best, name)]
        left = [name for name in others if name not in same]
        for name in same:
            for at in names[name]:
                source = Counter(library[one].fields[field] for one in names[best]).most_common(1)[0][0]
                repair = {field: source} if field == "journaltitle" else {}
                message = f"“{name}” is called “{best}” elsewhere ({len(names[best])}×)"
                yield at, Finding(message, field, repair, hint="name it in one way", severity=Severity.INFO)


@lru_cache(maxsize=8192)
def _signature(text: str) -> str:
    """Return what all names of a venue have in common: its key, or the first letters of its words."""
    venue = find(text)
    if venue is not None:
        return f"={venue.key}"
    return "".join(word[0] for word in _plain(text).split() if word not in _SMALL)


def _same_venue(one: str, other: str) -> bool:
    first, second = find(one), find(other)
    if first is not None or second is not None:
        return first is second
    plain, plain_other = _plain(one), _plain(other)
    return plain == plain_other or _abbreviates(one, other) or _abbreviates(other, one)


def _abbreviates(short: str, full: str) -> bool:
    """Say whether a name abbreviates another: each of its words begins a word, some with a period."""
    if not _ABBREVIATED.search(short):
        return False
    pairs = ([word for word in _plain(text).split() if word not in _SMALL] for text in (short, full))
    shorter, longer = pairs
    return len(shorter) == len(longer) and all(
        word.startswith(beginning) for beginning, word in zip(shorter, longer, strict=True)
    )


def _plain(text: str) -> str:
    folded = fold(text.replace("&", " and "))
    return folded.removeprefix("the ")


def _is_short(text: str, venue: Venue) -> bool:
    return _ABBREVIATED.search(text) is not None or fold(text) == fold(venue.acronym)


@cache
def _abbreviator() -> Callable[..., str]:
    try:
        made: Any = import_module("pyiso4.ltwa").Abbreviate.create()
    except ImportError as error:
        raise PluginError(
            "abbreviating journal titles needs the package pyiso4", hint="pip install pubkit[iso4]"
        ) from error
    # The list has "plant" (not abbreviated) and "plan-": the word goes before the beginning of one.
    matches = made._potential_matches

    def words_first(sentence: str, langs: Sequence[str] | None = None) -> list[Any]:
        return sorted(matches(sentence, langs), key=lambda one: one.end_with_dash or one.start_with_dash)

    made._potential_matches = words_first
    return made  # type: ignore[no-any-return]  # the package has no type hints


@lru_cache(maxsize=4096)
def _iso4(title: str) -> str:
    """Return a journal title abbreviated; a part in parentheses stays."""
    head, bracket, tail = title.partition(" (")
    whole = set(head.split())
    short = str(_abbreviator()(head, remove_part=False)).split()
    # A word that is written in full has no period.
    return " ".join(word[:-1] if word[:-1] in whole else word for word in short) + bracket + tail


RULES = (journal_in_full, journal_abbreviation, venue_acronym, one_venue_several_names)
