"""Entries as lists have them: good records, damaged by a seeded hand.

Authors, DOI, venue and pages are dropped, titles cut off or mistyped, years wrong, given names cut short.
"""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

from rapidfuzz import fuzz

from pubkit.dedupe.titles import read_title
from pubkit.markup import latex
from pubkit.model.entry import Entry

#: Damage → how often it is done.
SHARES = {
    "no authors": 0.2,
    "initials": 0.2,
    "no doi": 0.6,
    "no venue": 0.3,
    "no pages": 0.4,
    "short title": 0.1,
    "typo": 0.2,
    "wrong year": 0.1,
    "no year": 0.03,
}
#: So many entries are in no record at all.
ABSENT = 0.1
_WORDS = 5  # what a title without authors must have


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged entry and what it was made of.

    Attributes:
        entry: The entry; its key is a number.
        truth: The key of its record; "" where the index has none.
        done: The damage.
        reachable: Whether the rules of `pubkit.enrich.match` can accept its record at all.
    """

    entry: Entry
    truth: str
    done: frozenset[str]
    reachable: bool


def damage(entries: list[Entry], seed: int = 1) -> list[Damaged]:
    """Return damaged copies of entries, a tenth of them marked as absent from the index."""
    pick = random.Random(seed)  # a benchmark
    return [_one(entry, number, pick) for number, entry in enumerate(entries)]


def _one(entry: Entry, number: int, pick: random.Random) -> Damaged:
    done = {name for name, share in SHARES.items() if pick.random() < share}
    absent = pick.random() < ABSENT
    fields = dict(entry.fields)
    for name in (
        "url",
        "eprint",
        "eprinttype",
        "isbn",
        "timestamp",
        "biburl",
        "bibsource",
        "editor",
        "publisher",
    ):
        fields.pop(name, None)
    if "no authors" in done:
        fields.pop("author", None)
    elif "initials" in done and "author" in fields:
        fields["author"] = " and ".join(
            ", ".join(
                filter(None, (name.full_family, " ".join(f"{part[0]}." for part in name.given.split())))
            )
            for name in entry.names("author")
        )
    if "no doi" in done:
        fields.pop("doi", None)
    if "no venue" in done:
        for name in ("booktitle", "journaltitle", "series", "volume", "number"):
            fields.pop(name, None)
    if "no pages" in done:
        fields.pop("pages", None)
    title = latex.to_text(fields.get("title", ""))
    if "short title" in done:
        title = _shortened(title)
    if "typo" in done:
        title = _mistyped(title, pick)
    fields["title"] = title.replace("&", r"\&")
    year = entry.year or 2000
    if "wrong year" in done:
        year += pick.choice((-2, -1, -1, 1, 1, 2))
    if "no year" in done:
        fields.pop("date", None)
    else:
        fields["date"] = str(year)
    made = Entry(entry.type, str(number), fields)
    return Damaged(made, "" if absent else entry.key, frozenset(done), not absent and _reachable(made, entry))


def _shortened(title: str) -> str:
    main, colon, _ = title.partition(": ")
    words = title.split()
    return main if colon else " ".join(words[: max(2, len(words) * 2 // 3)])


def _mistyped(title: str, pick: random.Random) -> str:
    at = pick.randrange(max(1, len(title) - 1))
    kind = pick.randrange(4)
    letter = pick.choice(string.ascii_lowercase)
    if kind == 0:
        return title[:at] + title[at + 1 :]
    if kind == 1:
        return title[:at] + letter + title[at:]
    if kind == 2:  # the third kind
        return title[:at] + letter + title[at + 1 :]
    return title[:at] + title[at + 1 : at + 2] + title[at : at + 1] + title[at + 2 :]


def _reachable(made: Entry, entry: Entry) -> bool:
    """Say whether the stated rules can accept the record of a damaged entry."""
    mine, other = read_title(made.text("title")), read_title(entry.text("title"))
    alike = fuzz.ratio(mine.title, other.title) / 100
    if "doi" in made and (alike >= 0.85 or other.title.startswith(mine.title)):  # the rule
        return True
    if made.year is None or entry.year is None or abs(made.year - entry.year) > 1:
        return False
    if mine.numbers != other.numbers or mine.generic:
        return False
    if "author" in made:
        return alike >= 0.95  # the rule
    return alike >= 0.98 and len(mine.words) >= _WORDS  # the rule
