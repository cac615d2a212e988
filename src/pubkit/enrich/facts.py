"""What a record says about an entry: facts for its empty fields, and facts that contradict it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from pubkit.model.identifiers import arxiv_without_version, find_arxiv, find_doi

if TYPE_CHECKING:
    from pubkit.dedupe.record import Record
    from pubkit.model.entry import Entry

#: The fields that are facts about a publication, in the order in which they are filled. Titles are compared
#: only; abstracts, keywords and notes are a matter of taste.
FACTS = (
    "author", "editor", "date", "journaltitle", "booktitle", "series", "volume", "number", "pages", "eid",
    "edition", "publisher", "institution", "location", "isbn", "issn", "doi", "eprint", "eprinttype",
    "eprintclass", "pmid", "pmcid", "url",
)  # fmt: skip
# Where one of these stands, the others are not filled: they would say the same in another way.
_ONE_OF = (
    frozenset({"journaltitle", "booktitle", "howpublished", "eventtitle"}),
    frozenset({"pages", "eid"}),
    frozenset({"publisher", "institution", "organization", "school"}),
    frozenset({"date", "pubstate"}),
    frozenset({"eprint", "archiveprefix"}),
)
# A field that only says something beside another one.
_BESIDE = {"eprinttype": "eprint", "eprintclass": "eprint"}
_VENUES = ("journaltitle", "booktitle")
_YEAR = re.compile(r"\d{4}")
_LIKE_VENUE = 50  # words in common, 0 to 100, below which two venues are told as different
#: What people call fields → the fields.
NAMES: Mapping[str, tuple[str, ...]] = {
    "year": ("date",),
    "month": ("date",),
    "journal": ("journaltitle",),
    "venue": _VENUES,
    "authors": ("author",),
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A fact that is not what a field says.

    Attributes:
        field: The field.
        ours: What the entry says, for people.
        theirs: What the record says, for people.
        value: The record's source text.
    """

    field: str
    ours: str
    theirs: str
    value: str


def missing_facts(entry: Entry, found: Entry, *, whole_names: bool) -> dict[str, str]:
    """Return the facts of a record for fields that an entry leaves empty.

    Args:
        entry: The entry.
        found: The record.
        whole_names: Whether the entry's list of authors ends in "et al." and the record goes on with it.
    """
    facts: dict[str, str] = {}
    for name in FACTS:
        value = found.get(name, "")
        if not value.strip() or entry.get(name, "").strip():
            continue
        rivals = next((group - {name} for group in _ONE_OF if name in group), frozenset())
        if any(entry.get(rival, "").strip() or rival in facts for rival in rivals):
            continue
        if name in _BESIDE and _BESIDE[name] not in facts:
            continue
        if name == "url" and (entry.get("doi") or found.get("doi") or "eprint" in facts or "eprint" in entry):
            continue  # the identifier leads there
        facts[name] = value
    if whole_names and found.get("author"):
        facts["author"] = found["author"]
    return facts


def goes_on(ours: Record, theirs: Record) -> bool:
    """Say whether the entry's authors are cut off at "et al." and the record's go on with them."""
    mine = ours.families
    return (
        ours.more_names
        and bool(mine)
        and len(theirs.families) > len(mine)
        and (theirs.families[: len(mine)] == mine)
    )


def contradictions(entry: Entry, ours: Record, found: Entry, theirs: Record) -> Iterator[Contradiction]:
    """Yield what a record says otherwise than an entry.

    Args:
        entry: The entry.
        ours: The entry, prepared.
        found: The record.
        theirs: The record, prepared.
    """
    for name, differ in _CHECKS.items():
        said, other = entry.get(name, ""), found.get(name, "")
        if said.strip() and other.strip() and differ(entry, ours, found, theirs):
            value = _with_year(said, other) if name == "date" else other
            yield Contradiction(name, *_shown(name, entry, ours, found, theirs), value)


def _with_year(said: str, other: str) -> str:
    """Return another date; where that is a year alone, the month and day that were said stay."""
    return _YEAR.sub(other, said, count=1) if _YEAR.fullmatch(other) else other


def _shown(name: str, entry: Entry, ours: Record, found: Entry, theirs: Record) -> tuple[str, str]:
    if name == "date":
        return str(ours.year), str(theirs.year)
    return entry.text(name) or entry[name], found.text(name) or found[name]


Differ = Callable[["Entry", "Record", "Entry", "Record"], bool]


def _other_title(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    return ours.title != theirs.title and "".join(ours.words) != "".join(theirs.words)


def _other_people(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    mine, yours = ours.families, theirs.families
    if ours.more_names or theirs.more_names:
        size = min(len(mine), len(yours))
        mine, yours = mine[:size], yours[:size]
    # The order of the words of a name is a matter of style, so whole names are asked as well.
    strange = [name for name in mine if name not in yours and name not in theirs.names]
    return bool(strange) or len(mine) != len(yours)


def _other_year(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    return ours.year is not None and theirs.year is not None and ours.year != theirs.year


def _other_venue(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    if ours.known_venue and theirs.known_venue:
        return ours.known_venue != theirs.known_venue
    if not ours.venue or not theirs.venue:
        return False
    return (
        _initials(ours.venue) != theirs.venue
        and _initials(theirs.venue) != ours.venue
        and (
            fuzz.token_set_ratio(ours.venue, theirs.venue) < _LIKE_VENUE
            and not _abbreviates(ours.venue, theirs.venue)
            and not _abbreviates(theirs.venue, ours.venue)
        )
    )


def _initials(venue: str) -> str:
    return "".join(word[0] for word in venue.split())


def _abbreviates(short: str, long: str) -> bool:
    """Say whether each word of one name begins a word of the other, in order: "j am soc" does."""
    words = iter(long.split())
    return all(any(word.startswith(part) for word in words) for part in short.split())


def _other_doi(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    mine, yours = find_doi(entry.fields), find_doi(found.fields)
    return bool(mine and yours) and str(mine).lower() != str(yours).lower()


def _other_eprint(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
    mine, yours = find_arxiv(entry.fields), find_arxiv(found.fields)
    return bool(mine and yours) and arxiv_without_version(str(mine)) != arxiv_without_version(str(yours))


def _other(name: str) -> Differ:
    """Return a check of a property of the prepared entries."""

    def differ(entry: Entry, ours: Record, found: Entry, theirs: Record) -> bool:
        mine, yours = getattr(ours, name), getattr(theirs, name)
        return bool(mine and yours) and mine != yours

    return differ


_CHECKS: Mapping[str, Differ] = {
    "title": _other_title,
    "author": _other_people,
    "date": _other_year,
    "journaltitle": _other_venue,
    "booktitle": _other_venue,
    "volume": _other("volume"),
    "number": _other("number"),
    "pages": _other("first_page"),
    "edition": _other("edition"),
    "doi": _other_doi,
    "eprint": _other_eprint,
}
