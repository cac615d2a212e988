"""Whether a record is the work that an entry means: accepted, another version of it, proposed, or left alone.

The rules are strict, because what is accepted fills fields unasked; what is likely but not sure is proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pubkit.enrich.words import Knows, other_words

if TYPE_CHECKING:
    from pubkit.dedupe.record import Record

#: Likeness of folded titles, 0 to 1, from which a record is accepted, also without authors, or proposed.
ACCEPTED, ACCEPTED_ALONE, PROPOSED = 0.95, 0.98, 0.85
#: Likeness of one title to as many words of another, from which it is held for the beginning of that.
BEGINNING = 0.92
#: Without authors a title must have so many words: "Deep Learning" names many works.
FEWEST_WORDS = 5
_YEARS, _YEARS_TO_PUBLISH = 1, 4
_MIN_BEGINNING = 3  # words of a title that another one begins with


class Verdict(StrEnum):
    """What is thought of a record."""

    SAME = "same"  # it is the publication: its facts may fill empty fields
    VERSION = "version"  # another version of the work: preprint and paper, conference and journal
    PROPOSED = "proposed"  # a person should look
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is thought of a record, and why.

    Attributes:
        verdict: What is thought.
        similarity: Likeness of the folded titles, 0 to 1.
        reasons: What speaks for it and what against, as words for people.
        by_identifier: Whether an identifier is the same.
    """

    verdict: Verdict
    similarity: float
    reasons: tuple[str, ...] = ()
    by_identifier: bool = False


# Stages that two records of one publication can be told to have.
_SAME_STAGE = frozenset({frozenset({"conference", "chapter"}), frozenset({"report", "preprint"})})
# Stages of which one is an earlier or later version of the other.
_VERSIONS = frozenset({"preprint", "conference", "journal", "chapter", "report"})


def judge(
    ours: Record, theirs: Record, *, owner: str = "", alone: bool = False, knows: Knows | None = None
) -> Judgement:
    """Judge a record.

    Accepted is a title likeness of .95 with a shared surname (the owner's where the entry names nobody), a
    year within one, a compatible type, and equal numbers and words. An equal identifier with an agreeing
    title accepts alone. So does, where the entry names nobody, a title of five words or more with a likeness
    of .98 that no other record has, the year within one.

    Args:
        ours: The entry, prepared.
        theirs: The record, prepared.
        owner: The folded family name of the list's owner.
        alone: Whether no other record has nearly this title.
        knows: Says whether a word is known to stand in titles; see `other_words`.
    """
    similarity = fuzz.ratio(ours.title, theirs.title) / 100
    same_ids, other_ids = _identifiers(ours, theirs)
    begins = _begins(ours.words, theirs.words)

    def found(verdict: Verdict, *reasons: str) -> Judgement:
        return Judgement(verdict, similarity, reasons, bool(same_ids))

    if ours.markers != theirs.markers:
        return found(Verdict.OTHER, "a text about the other")
    if same_ids:
        begins = begins or _begins(ours.words, theirs.words, fewest=1)
        if not ours.title or similarity >= PROPOSED or begins:
            if ours.numbers == theirs.numbers or not ours.title or begins:
                # A paper may carry the number of its preprint; any other identifier names one publication.
                version = same_ids == ["arXiv number"] and _relation(ours, theirs) is Verdict.VERSION
                return found(Verdict.VERSION if version else Verdict.SAME, f"same {same_ids[0]}")
            return found(Verdict.PROPOSED, f"same {same_ids[0]}", "other numbers in the title")
        return found(Verdict.PROPOSED, f"same {same_ids[0]}", "another title")
    if ours.numbers and theirs.numbers and ours.numbers != theirs.numbers:
        return found(Verdict.OTHER, "other numbers in the title")  # Part I is no candidate for Part II
    people = _people(ours, theirs, owner)
    relation = _relation(ours, theirs)
    if relation is Verdict.OTHER or people == "others" or (ours.generic and not people):
        return found(Verdict.OTHER, "another type" if relation is Verdict.OTHER else "other people")
    begins = begins or (people != "" and _begins(ours.words, theirs.words, fewest=1))
    if similarity < PROPOSED and not begins:
        return found(Verdict.OTHER, "another title")
    against = [
        *([f"other {other_ids[0]}"] if other_ids else ()),
        *(["only the beginning of the title"] if similarity < PROPOSED else ()),
        *_title_against(ours, theirs, similarity, knows),
        *_year_against(ours, theirs, relation),
        *_place_against(ours, theirs, relation),
        *_people_against(ours, people, similarity, alone),
        *_given_against(ours, theirs),
    ]
    if against:
        return found(Verdict.PROPOSED, *against)
    return found(relation, "same title", *([people] if people else ()))


def _identifiers(ours: Record, theirs: Record) -> tuple[list[str], list[str]]:
    """Return the kinds of identifiers that are equal, and those that differ."""
    mine, yours = dict(ours.ids), dict(theirs.ids)
    both = [kind for kind in mine if kind in yours]
    same = [kind for kind in both if mine[kind].lower() == yours[kind].lower()]
    return same, [kind for kind in both if kind not in same]


def _begins(ours: Sequence[str], theirs: Sequence[str], fewest: int = _MIN_BEGINNING) -> bool:
    """Say whether one title is the beginning of the other, a slip of the pen or two aside."""
    size = min(len(ours), len(theirs))
    if size < fewest:
        return False
    mine, yours = tuple(ours[:size]), tuple(theirs[:size])
    return mine == yours or (
        size >= _MIN_BEGINNING and fuzz.ratio(" ".join(mine), " ".join(yours)) / 100 >= BEGINNING
    )


def _people(ours: Record, theirs: Record, owner: str) -> str:
    """Return what authors have in common: a reason for people, "others" for nobody, "" if not known."""
    named = ours.families or ((owner,) if owner else ())
    if not named or not theirs.families:
        return ""
    if not set(named).isdisjoint(theirs.families):
        return "shared author" if ours.families else "the owner is an author"
    # "van der Berg" in one place is "Berg" in another; whole words of names decide.
    if ours.families and not set(named).isdisjoint(theirs.names):
        return "shared author"
    return "" if theirs.more_names else "others"


def _relation(ours: Record, theirs: Record) -> Verdict:
    mine, yours = ours.stage, theirs.stage
    if mine == yours or not mine or not yours or frozenset({mine, yours}) in _SAME_STAGE:
        return Verdict.SAME
    return Verdict.VERSION if {mine, yours} <= _VERSIONS else Verdict.OTHER


def _title_against(ours: Record, theirs: Record, similarity: float, knows: Knows | None) -> list[str]:
    against = []
    if ours.generic:
        against.append("such a title stands over many texts")
    if ours.numbers != theirs.numbers:
        against.append("other numbers in the title")
    if PROPOSED <= similarity < ACCEPTED:
        against.append("the title differs")
    if similarity < 1 and (words := other_words(ours.words, theirs.words, knows)):
        against.append(f"other words in the title ({', '.join(words[:4])})")
    return against


def _year_against(ours: Record, theirs: Record, relation: Verdict) -> list[str]:
    if ours.year is None or theirs.year is None:
        return ["no year to compare"]
    apart = abs(ours.year - theirs.year)
    if apart > (_YEARS if relation is Verdict.SAME else _YEARS_TO_PUBLISH):
        return [f"year {ours.year} ≠ {theirs.year}"]
    return []


def _place_against(ours: Record, theirs: Record, relation: Verdict) -> list[str]:
    """Return what of venue, volume and pages contradicts: some people give two papers one title."""
    if relation is not Verdict.SAME:
        return []
    if ours.known_venue and theirs.known_venue and ours.known_venue != theirs.known_venue:
        return ["another venue"]
    volumes = ours.volume and theirs.volume and ours.volume != theirs.volume
    pages = ours.first_page and theirs.first_page and ours.first_page != theirs.first_page
    if volumes and pages:
        return ["another volume and page"]
    if ours.edition != theirs.edition and ours.edition and theirs.edition:
        return ["another edition"]
    return []


def _people_against(ours: Record, people: str, similarity: float, alone: bool) -> list[str]:
    if people:
        return []
    if ours.families:
        return ["the record names nobody to compare with"]
    if similarity < ACCEPTED_ALONE or len(ours.words) < FEWEST_WORDS:
        return ["no authors to compare"]
    return [] if alone else ["no authors to compare, and several records of this title"]


def _given_against(ours: Record, theirs: Record) -> list[str]:
    """Return whether the one author in common has another first name: Wei Wang is not Jun Wang."""
    first = ours.families[:1]
    if not first or first != theirs.families[:1] or not ours.initial or not theirs.initial:
        return []
    if ours.initial == theirs.initial or len(set(ours.families) & set(theirs.families)) > 1:
        return []
    return [f"another first name ({ours.initial.upper()}., {theirs.initial.upper()}.)"]
