"""Stage 3: how alike two records are, field by field; no judgement yet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from pubkit.dedupe.prepare import Record

#: Below this title similarity (0 to 1) nothing else is looked at.
TITLE_FLOOR = 0.72
# A title that is the other's beginning counts as this similar.
_BEGINS_ALIKE = 0.86
_LEAST_BEGINNING = 3
# Short lists tell little about how rare a word is: as if so many more titles without it were there.
_PRIOR = 1000
_SHORT_WORD = 0.5
_SAME_WORD = 0.8
_LETTERS = "abcdefghijklmnopqrstuvwxyz "
_SMALL_WORDS = frozenset({"of", "on", "the", "and", "for", "in", "de", "der", "und"})
_SAME_NAME = 0.82
_SAME_VENUE = 0.85


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records have in common.

    Each of the values is None where one side says nothing.

    Attributes:
        title: Similarity of the titles, 0 to 1; the better one of as written and words sorted.
        information: How much the shorter title says: the sum of its words' rarity, in nats.
        unmatched: The share of that which has no counterpart in the other title.
        families: The share of the shorter list's family names that the other has.
        all_families: The share of all family names that both have.
        first_author: Whether the first authors agree.
        years: How many years lie between them.
        venue: Whether the venues are the same.
        volume: Whether the volumes agree.
        number: Whether the issues agree.
        first_page: Whether the first pages agree.
        last_page: Whether the last pages agree.
        ids: Kind of identifier → whether they agree.
    """

    title: float | None = None
    information: float = 0.0
    unmatched: float = 0.0
    families: float | None = None
    all_families: float | None = None
    first_author: bool | None = None
    years: int | None = None
    venue: bool | None = None
    volume: bool | None = None
    number: bool | None = None
    first_page: bool | None = None
    last_page: bool | None = None
    ids: tuple[tuple[str, bool], ...] = ()


def title_similarity(one: Record, other: Record, floor: float = TITLE_FLOOR) -> float:
    """Return how alike two titles are, 0 to 1; 0 where less than the floor."""
    if one.title == other.title:
        return 1.0
    written = fuzz.ratio(one.title, other.title, score_cutoff=100 * floor)
    joined = fuzz.ratio("".join(one.words), "".join(other.words), score_cutoff=max(written, 100 * floor))
    shuffled = fuzz.ratio(one.shuffled, other.shuffled, score_cutoff=max(written, joined, 100 * floor))
    return max(written, joined, shuffled) / 100


def compare(one: Record, other: Record, frequency: Mapping[str, int], total: int) -> Comparison:
    """Compare two records.

    Args:
        one: A record.
        other: Another one.
        frequency: In how many titles each word stands.
        total: How many titles there are.
    """
    ids = tuple((kind, value == other.id(kind)) for kind, value in one.ids if other.id(kind))
    title: float | None = None
    information = unmatched = 0.0
    if one.title and other.title:
        title = title_similarity(one, other)
        if title < _BEGINS_ALIKE and _begins_alike(one.words, other.words):
            title = _BEGINS_ALIKE
        if title < TITLE_FLOOR and not any(agree for _, agree in ids):
            return Comparison(title=title, ids=ids)
        information, unmatched = _information(one.words, other.words, frequency, total)
    families, all_families, first = _authors(one, other)
    return Comparison(
        title=title,
        information=information,
        unmatched=unmatched,
        families=families,
        all_families=all_families,
        first_author=first,
        years=None if one.year is None or other.year is None else abs(one.year - other.year),
        venue=_same_venue(one, other),
        volume=_equal(one.volume, other.volume),
        number=_equal(one.number, other.number),
        first_page=_same_page(one.first_page, other.first_page),
        last_page=_same_page(one.last_page, other.last_page),
        ids=ids,
    )


def _begins_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether one title is the other with words added at one end: a subtitle, a heading."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(short) < _LEAST_BEGINNING:
        return False
    return tuple(long[: len(short)]) == tuple(short) or tuple(long[-len(short) :]) == tuple(short)


def _equal(one: str, other: str) -> bool | None:
    return one == other if one and other else None


def _same_page(one: str, other: str) -> bool | None:
    """Say whether two pages are the same; a letter that only one of them has does not count (`c37`, `37`)."""
    if not one or not other or one == other:
        return one == other if one and other else None
    return (one.isdigit() or other.isdigit()) and one.lstrip(_LETTERS) == other.lstrip(_LETTERS)


def _same_venue(one: Record, other: Record) -> bool | None:
    """Say whether two venues are the same: by the table of venues, else by their names."""
    if not one.venue or not other.venue:
        return None
    if one.known_venue and other.known_venue:
        return one.known_venue == other.known_venue
    return _same_name(one.venue, other.venue)


@lru_cache(maxsize=8192)
def _same_name(one: str, other: str) -> bool:
    """Say whether two names of venues are the same, abbreviations taken word by word."""
    if one == other or fuzz.token_sort_ratio(one, other) >= 100 * _SAME_VENUE:
        return True
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) == 1:
        initials = "".join(word[0] for word in long if word not in _SMALL_WORDS)
        return len(short[0]) > 2 and short[0] == initials
    return _abbreviates(short, long)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Say whether the words of one name begin words of the other, in order (`j clin oncol`)."""
    at = 0
    for word in short:
        while at < len(long) and not (long[at].startswith(word) or word.startswith(long[at])):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _authors(one: Record, other: Record) -> tuple[float | None, float | None, bool | None]:
    """Compare two name lists.

    Families are looked up among all words of the other list, since family and given names get swapped.
    """
    if not one.families or not other.families:
        return None, None, None
    here = _found(one.families, other)
    there = _found(other.families, one)
    if len(one.families) == len(other.families):
        shorter = max(here, there)
    else:
        shorter = here if len(one.families) < len(other.families) else there
    shared = (here * len(one.families) + there * len(other.families)) / (
        len(one.families) + len(other.families)
    )
    first = _is_name(one.families[0], other.families[:1], other) or _is_name(
        other.families[0], one.families[:1], one
    )
    return shorter, shared, first


def _found(families: Sequence[str], other: Record) -> float:
    """Return the share of family names that the other list has."""
    return sum(_is_name(family, other.families, other) for family in families) / len(families)


def _is_name(family: str, families: Sequence[str], other: Record) -> bool:
    """Say whether a list has a family name, a slip of the pen allowed."""
    if family in other.names:
        return True
    return any(fuzz.ratio(family, name) >= 100 * _SAME_NAME for name in families)


def _information(
    one: Sequence[str], other: Sequence[str], frequency: Mapping[str, int], total: int
) -> tuple[float, float]:
    """Return how much the titles say, and the share of it in which they differ."""
    rarity = {
        word: math.log((total + _PRIOR) / frequency.get(word, 1)) if len(word) > 3 else _SHORT_WORD
        for word in {*one, *other}
    }
    information = min(sum(rarity[word] for word in set(one)), sum(rarity[word] for word in set(other)))
    left, right = set(one) - set(other), set(other) - set(one)
    if not left and not right:
        return information, 0.0
    rest_left = [word for word in left if not _has_like(word, right)]
    rest_right = [word for word in right if not _has_like(word, left)]
    if rest_left and rest_right and "".join(one) == "".join(other):
        return information, 0.0
    lost = max(sum(rarity[word] for word in rest_left), sum(rarity[word] for word in rest_right))
    return information, lost / (information + lost) if information + lost else 0.0


def _has_like(word: str, words: set[str]) -> bool:
    """Say whether a word has a counterpart: misspelt, cut off, or glued."""
    return any(
        fuzz.ratio(word, other) >= 100 * _SAME_WORD
        for other in words
        if word.isdigit() == other.isdigit() and not word.isdigit()
    )
