"""Conferences, journals and preprint servers by any of their names, and what they are called in a year.

The facts stand in `venues.toml` beside this file, those of journals beyond computing in `journals.txt`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from pubkit.model.ordinals import ORDINAL_WORDS, ordinal, ordinal_words, roman
from pubkit.text.fold import fold

Kind = Literal["conference", "workshop", "journal", "preprint"]

# The entry type of what appears there. arXiv and its like are @online in BibLaTeX, with an `eprint`.
ENTRY_TYPES: dict[str, str] = {
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
    "preprint": "online",
}
USUAL_TITLE = "Proceedings of the {name}"
# A venue's name is short: longer text is not looked up at all.
MAX_NAME = 400


@dataclass(frozen=True, slots=True)
class Run:
    """A run of numbered years: `number` in the year `start`, one more every `every` years, until `end`."""

    start: int
    number: int
    every: int = 1
    end: int = 9999

    def at(self, year: int) -> int | None:
        """Return the number of a year, or None where the run has none."""
        steps, rest = divmod(year - self.start, self.every)
        return self.number + steps if self.start <= year <= self.end and not rest else None


@dataclass(frozen=True, slots=True)
class Period:
    """What holds from one year to another: a title of the proceedings, a publisher, a series."""

    start: int = 0
    end: int = 9999
    booktitle: str = ""
    publisher: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    """Where papers appear.

    Attributes:
        key: Short name for programs, e.g. "usenix-security".
        acronym: Short name as the venue writes it, e.g. "USENIX Security".
        name: Full name without year, edition and "Proceedings of".
        aliases: Other names, former ones included.
        kind: "conference", "workshop", "journal" or "preprint".
        template: What the proceedings of a year are called.
        editions: Years and numbers of the numbered editions.
        volumes: Years and numbers of the volumes.
        periods: What holds in some years only; the last period without bounds holds for all.
        exact: Names that are everyday words and match only in this letter case.
    """

    key: str
    acronym: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind = "conference"
    template: str = USUAL_TITLE
    editions: tuple[Run, ...] = ()
    volumes: tuple[Run, ...] = ()
    periods: tuple[Period, ...] = ()
    exact: frozenset[str] = frozenset()

    @property
    def entry_type(self) -> str:
        """The BibLaTeX entry type of what appears here."""
        return ENTRY_TYPES[self.kind]

    @property
    def abbreviation(self) -> str:
        """The abbreviated title of a journal, by ISO 4; "" where the table has none.

        >>> find("Physical Review Letters").abbreviation
        'Phys. Rev. Lett.'
        """
        return next((name for name in (self.acronym, *self.aliases) if "." in name), "")

    def edition(self, year: int) -> int | None:
        """Return the number of a year's edition, or None where it is not known.

        >>> find("ICML").edition(2025), find("CVPR").edition(2025)
        (42, None)
        """
        return _number(self.editions, year)

    def volume(self, year: int) -> int | None:
        """Return the volume of a year, or None where it is not known.

        >>> find("NIPS").volume(2023)
        36
        """
        return _number(self.volumes, year)

    def booktitle(self, year: int | None = None) -> str:
        """Return what the proceedings of a year are called; for a journal or preprint server its name.

        Args:
            year: The year of the conference; None gives a title without year and number.

        >>> find("ICML").booktitle(2025)
        'Proceedings of the 42nd International Conference on Machine Learning'
        >>> find("NeurIPS").booktitle(2023)
        'Advances in Neural Information Processing Systems 36'
        >>> find("ICML").booktitle()
        'Proceedings of the International Conference on Machine Learning'
        """
        if self.kind in ("journal", "preprint"):
            return self.name
        return _fill(self._during(year, "booktitle") or self.template, self, year)

    def publisher(self, year: int | None = None) -> str:
        """Return the publisher in a year, or "" where it is not known."""
        return self._during(year, "publisher")

    def series(self, year: int | None = None) -> str:
        """Return the series that a year's proceedings are a part of, or ""."""
        return self._during(year, "series")

    def _during(self, year: int | None, fact: str) -> str:
        """Return a fact of the first period that covers the year and has it."""
        for period in self.periods:
            whole = period.start == 0 and period.end == 9999
            if (whole if year is None else period.start <= year <= period.end) and getattr(period, fact):
                return str(getattr(period, fact))
        return ""

    def names(self) -> Iterator[str]:
        """Yield every name of the venue: acronym, full name, aliases."""
        yield self.acronym
        yield self.name
        yield from self.aliases
        yield from self.exact - {self.acronym, self.name, *self.aliases}


def all_venues() -> Mapping[str, Venue]:
    """Return the table of venues by key."""
    return _tables()[0]


@lru_cache(maxsize=4096)
def find(text: str) -> Venue | None:
    """Return the venue that a text names, or None.

    The text is an acronym, an alias or a full name, with or without year, edition, "Proceedings of" and
    an acronym in parentheses. Nothing is guessed: every word of the name must be there.

    Args:
        text: What a list or an entry says about its venue, as plain text.

    >>> find("Proc. of the 38th International Conference on Machine Learning (ICML 2021)").key
    'icml'
    >>> find("NIPS'17").acronym, find("ICML 2023 Workshop on Data-centric Learning"), find("Nature").kind
    ('NeurIPS', None, 'journal')
    >>> find("Proc. IEEE").key, find("IEEE")
    ('proceedings-of-the-ieee', None)
    """
    if len(text) > MAX_NAME:
        return None
    _, folded, bare, exact = _tables()
    for candidate in _candidates(text):
        verbatim = _YEAR.sub(" ", candidate).strip(" .,;:()[]")
        venue = exact.get(" ".join(verbatim.split()))
        if venue is not None:
            return venue
        reduced = _reduce(candidate)
        if reduced in _PUBLISHERS and not _PROCEEDINGS.search(candidate):
            continue  # "IEEE" publishes much else than the Proceedings of the IEEE
        venue = folded.get(reduced) or bare.get(_unsponsored(reduced))
        if venue is None and (numbered := _NUMBERED.fullmatch(reduced)):
            venue = folded.get(numbered[1] or numbered[2])
        if venue is not None:
            return venue
    return None


# -- names as keys -------------------------------------------------------------------------------------

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b|['’‘]\s?\d\d\b")
# An acronym with a short year ("icml23"), or a long name with a volume ("… processing systems 36").
_NUMBERED = re.compile(r"([a-z]{3,8}(?: [a-z]{3,8})?) ?(?:[0-3]\d)|(.{15,}) (?:\d{1,3}|[ivxlc]{1,8})")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_BRACKETS = re.compile(r"\(([^()]{2,80})\)|\[([^\[\]]{2,80})\]")
_PART = re.compile(
    r"\b(?:workshops?|tutorials?|doctoral|student|companion|adjunct|challenge)\b", re.IGNORECASE
)
_HEAD = re.compile(r"\s*(?:,|;|:|\s[-–—]\s|\.\s)\s*")
_LEADING = re.compile(r"^(?:in|to appear in|appeared in|published in)\b:?\s+", re.IGNORECASE)

# Words that come and go in the name of one venue.
_NOISE = ORDINAL_WORDS | {"in", "proceedings", "proc", "of", "the", "annual", "on", "for", "and"}
_SHORTENED = {
    "conf": "conference",
    "intl": "international",
    "int": "international",
    "symp": "symposium",
    "trans": "transactions",
    "adv": "advances",
}
# Sponsors: they too come and go, but tell some venues apart (IEEE and SIAM both have a "Data Mining").
_SPONSORS = {"ieee", "acm", "cvf", "rsj", "siam", "usenix", "aaai"}
_SPONSORS |= {"sigact", "sigkdd", "sigmod", "sigops", "sigplan", "sigsac", "sigsoft"}
_PUBLISHERS = {"ieee", "acm", "siam"}
_PROCEEDINGS = re.compile(r"\bproc\b|\bproceedings\b", re.IGNORECASE)


def _candidates(text: str) -> Iterator[str]:
    """Yield the parts of a text that may be the venue's name, the whole first."""
    text = _LEADING.sub("", text.strip())
    yield text
    outside = _BRACKETS.sub(" ", text)
    part_of = _PART.search(text) is not None
    if outside != text:
        if not (part_of and not _PART.search(outside)):
            yield outside
        for inside in _BRACKETS.finditer(text):
            content = inside[1] or inside[2]
            if not (part_of and not _PART.search(content)):
                yield content
    head = _HEAD.split(outside, maxsplit=1)[0]
    if head != outside and not part_of:
        yield head


def _reduce(text: str) -> str:
    """Fold a name and leave out years, ordinals and the words that come and go."""
    words = fold(_YEAR.sub(" ", text)).split()
    kept = [
        _SHORTENED.get(word, word) for word in words if word not in _NOISE and not _ORDINAL.fullmatch(word)
    ]
    return " ".join(kept)


def _unsponsored(reduced: str) -> str:
    """Leave the sponsors out of a long name; a short one would no longer say which venue it is."""
    kept = [word for word in reduced.split() if word not in _SPONSORS]
    return " ".join(kept) if len(kept) >= 3 else reduced


# -- titles of a year ----------------------------------------------------------------------------------


def _number(runs: tuple[Run, ...], year: int) -> int | None:
    return next((number for run in runs if (number := run.at(year)) is not None), None)


def _fill(template: str, venue: Venue, year: int | None) -> str:
    """Fill a template; without a number or year that it needs, the plain title."""
    edition = None if year is None else venue.edition(year)
    volume = None if year is None else venue.volume(year)
    values: dict[str, Any] = {"name": venue.name, "year": year, "volume": volume}
    if edition is not None:
        values |= {"ordinal": ordinal(edition), "Ordinal": ordinal_words(edition), "roman": roman(edition)}
    if all(values.get(name) is not None for name in re.findall(r"\{(\w+)\}", template)):
        return template.format_map(values)
    titled = venue.name.startswith(("Proceedings", "Advances", "Findings", "Robotics:"))
    return venue.name if titled else f"Proceedings of the {venue.name.removeprefix('The ')}"


# -- the table -----------------------------------------------------------------------------------------

_Index = dict[str, Venue]


@cache
def _tables() -> tuple[_Index, _Index, _Index, _Index]:
    """Read the data: venues by key, by reduced name, by reduced name without sponsors, by exact name."""
    source = files("pubkit.model").joinpath("venues.toml").read_text(encoding="utf-8")
    venues = {key: _venue(key, facts) for key, facts in tomllib.loads(source).items()}
    known = {fold(name) for venue in venues.values() for name in (venue.name, *venue.aliases)}
    venues |= {journal.key: journal for journal in _journals() if fold(journal.name) not in known}
    folded: _Index = {}
    bare: dict[str, Venue | None] = {}
    exact: _Index = {}
    for venue in venues.values():
        for name in venue.names():
            if name in venue.exact:
                exact[name] = venue
                continue
            reduced = _reduce(name)
            folded.setdefault(reduced, venue)
            short = _unsponsored(reduced)
            bare[short] = venue if bare.get(short, venue) is venue else None
    return venues, folded, {name: venue for name, venue in bare.items() if venue}, exact


def _journals() -> Iterator[Venue]:
    """Yield the journals of the short table: full title | abbreviation | other names."""
    source = files("pubkit.model").joinpath("journals.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line or line.startswith("#"):
            continue
        name, short, others = (part.strip() for part in line.split("|"))
        aliases = tuple(other for other in map(str.strip, others.split(";")) if other)
        # One word is a word of the language too: it counts in this letter case only.
        exact = frozenset(one for one in (name, short, *aliases) if len(one.split()) == 1)
        yield Venue(fold(name).replace(" ", "-"), short, name, aliases, "journal", exact=exact)


def _venue(key: str, facts: dict[str, Any]) -> Venue:
    """Build a venue from its table."""

    def runs(name: str) -> tuple[Run, ...]:
        return tuple(
            Run(run["from"], run["number"], run.get("every", 1), run.get("to", 9999))
            for run in facts.get(name, ())
        )

    periods = [
        Period(
            period.get("from", 0),
            period.get("to", 9999),
            period.get("booktitle", ""),
            period.get("publisher", ""),
            period.get("series", ""),
        )
        for period in facts.get("during", ())
    ]
    always = Period(publisher=facts.get("publisher", ""), series=facts.get("series", ""))
    return Venue(
        key,
        facts["acronym"],
        facts["name"],
        tuple(facts.get("aliases", ())),
        facts.get("kind", "conference"),
        facts.get("booktitle", USUAL_TITLE),
        runs("editions"),
        runs("volumes"),
        (*periods, always),
        frozenset(facts.get("exact", ())),
    )
