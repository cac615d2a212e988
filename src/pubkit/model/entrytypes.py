"""The entry types of BibLaTeX, what each needs and takes, and other names for them.

Source: the BibLaTeX manual 3.20, section 2.1 (entry types) and appendix A (the default data model).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EntryType:
    """What the data model says about an entry type.

    Attributes:
        name: The type, in lower case.
        required: Groups of fields: one field of each group must be there.
        optional: Fields that fit the type.
        aliases: Other names that mean this type, classic BibTeX's among them.
        container: The type of the whole that this is a part of, "" for a whole.
    """

    name: str
    required: tuple[tuple[str, ...], ...] = ()
    optional: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    container: str = ""

    def missing(self, fields: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
        """Return the groups of which an entry has no field.

        >>> ENTRY_TYPES["article"].missing({"author": "A. B.", "title": "T", "year": "2020"})
        (('journaltitle',),)
        """
        return tuple(group for group in self.required if not any(fields.get(name) for name in group))


# Words in capitals below stand for these groups of fields.
_GROUPS = {
    "COMMON": (
        "subtitle titleaddon language note addendum pubstate doi eprint eprintclass eprinttype url urldate "
        "date year month"
    ),
    "ROLES": "annotator commentator introduction foreword afterword translator origlanguage",
    "EDITORS": "editor editora editorb editorc",
    "MAIN": "maintitle mainsubtitle maintitleaddon",
    "BOOKTITLE": "booktitle booksubtitle booktitleaddon",
    "BOOK": "volume part edition volumes series number publisher location isbn eid chapter pages pagetotal",
    "EVENT": "eventtitle eventtitleaddon eventdate venue",
    "JOURNAL": (
        "journalsubtitle journaltitleaddon issuetitle issuesubtitle issuetitleaddon editor editora editorb "
        "editorc series volume number eid issue pages version issn"
    ),
}
_DATED = "title date|year"
_PART = "author title booktitle date|year"
_EDITED = "editor title date|year"
_MADE = "author|editor title date|year"
_IN_BOOK = "COMMON ROLES EDITORS MAIN BOOKTITLE BOOK"
_RELEASED = "COMMON edition type series number version organization publisher location"
_LOOSE = "COMMON howpublished type version organization location"
_PAGED = "location chapter pages pagetotal"

# (type, required, optional, aliases, container); "a|b" is "a or b".
_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("article", "author title journaltitle date|year", "COMMON ROLES JOURNAL", "", "periodical"),
    ("book", f"author {_DATED}", "COMMON ROLES EDITORS MAIN BOOK", "", ""),
    ("mvbook", f"author {_DATED}", "COMMON ROLES EDITORS BOOK", "", ""),
    ("inbook", _PART, f"{_IN_BOOK} bookauthor", "", "book"),
    ("bookinbook", _PART, f"{_IN_BOOK} bookauthor", "", "book"),
    ("suppbook", _PART, f"{_IN_BOOK} bookauthor", "", "book"),
    ("booklet", _MADE, f"COMMON howpublished type {_PAGED}", "", ""),
    ("collection", _EDITED, "COMMON ROLES EDITORS MAIN BOOK", "", ""),
    ("mvcollection", _EDITED, "COMMON ROLES EDITORS BOOK", "", ""),
    ("incollection", _PART, _IN_BOOK, "", "collection"),
    ("suppcollection", _PART, _IN_BOOK, "", "collection"),
    ("dataset", _MADE, _RELEASED, "data database", ""),
    ("manual", _MADE, f"{_RELEASED} isbn {_PAGED}", "", ""),
    ("misc", _MADE, _LOOSE, "", ""),
    ("online", f"{_MADE} doi|eprint|url", "COMMON version organization", "electronic www webpage", ""),
    ("patent", "author title number date|year", "COMMON holder type version location", "", ""),
    ("periodical", _EDITED, "COMMON JOURNAL", "", ""),
    ("suppperiodical", "author title journaltitle date|year", "COMMON ROLES JOURNAL", "", "periodical"),
    ("proceedings", _DATED, "COMMON MAIN EVENT EDITORS BOOK organization", "", ""),
    ("mvproceedings", _DATED, "COMMON EVENT EDITORS BOOK organization", "", ""),
    (
        "inproceedings",
        _PART,
        "COMMON MAIN BOOKTITLE EVENT EDITORS BOOK organization",
        "conference",
        "proceedings",
    ),
    ("reference", _EDITED, "COMMON ROLES EDITORS MAIN BOOK", "", ""),
    ("mvreference", _EDITED, "COMMON ROLES EDITORS BOOK", "", ""),
    ("inreference", _PART, _IN_BOOK, "", "reference"),
    (
        "report",
        "author title type institution date|year",
        f"COMMON number version isrn {_PAGED}",
        "techreport",
        "",
    ),
    ("software", _MADE, _RELEASED, "", ""),
    (
        "thesis",
        "author title type institution date|year",
        f"COMMON isbn {_PAGED}",
        "phdthesis mastersthesis mathesis bathesis bachelorthesis",
        "",
    ),
    ("unpublished", f"author {_DATED}", "COMMON EVENT howpublished type location", "", ""),
    ("set", "entryset", "", "", ""),
    ("xdata", "", "", "", ""),
    # Types that standard styles print as misc.
    ("artwork", _MADE, _LOOSE, "", ""),
    ("audio", _MADE, _LOOSE, "", ""),
    ("bibnote", "note", "", "", ""),
    ("commentary", _MADE, _LOOSE, "", ""),
    ("image", _MADE, _LOOSE, "", ""),
    ("jurisdiction", _MADE, _LOOSE, "", ""),
    ("legislation", _MADE, _LOOSE, "", ""),
    ("legal", _MADE, _LOOSE, "", ""),
    ("letter", _MADE, _LOOSE, "", ""),
    ("movie", _MADE, _LOOSE, "", ""),
    ("music", _MADE, _LOOSE, "", ""),
    ("performance", _MADE, _LOOSE, "", ""),
    ("review", _MADE, _LOOSE, "", ""),
    ("standard", _MADE, _LOOSE, "", ""),
    ("video", _MADE, _LOOSE, "", ""),
)


def _fields(words: str) -> frozenset[str]:
    return frozenset(name for word in words.split() for name in _GROUPS.get(word, word).split())


ENTRY_TYPES: Mapping[str, EntryType] = MappingProxyType(
    {
        name: EntryType(
            name,
            tuple(tuple(group.split("|")) for group in required.split()),
            _fields(optional),
            tuple(aliases.split()),
            container,
        )
        for name, required, optional, aliases, container in _TABLE
    }
)
"""Entry type → what the data model says about it."""

ALIASES: Mapping[str, str] = MappingProxyType(
    {alias: entry_type.name for entry_type in ENTRY_TYPES.values() for alias in entry_type.aliases}
)
"""Other name → entry type."""


def canonical_type(name: str) -> str:
    """Return the BibLaTeX name of an entry type, in lower case; an unknown type stays as it is.

    >>> canonical_type("TechReport"), canonical_type("Conference"), canonical_type("weather")
    ('report', 'inproceedings', 'weather')
    """
    lower = name.lower()
    return ALIASES.get(lower, lower)


def takes(entry_type: str, field: str) -> bool:
    """Whether a field fits an entry type, as required or optional; unknown types take every field.

    >>> takes("article", "journaltitle"), takes("article", "booktitle")
    (True, False)
    """
    known = ENTRY_TYPES.get(canonical_type(entry_type))
    if known is None:
        return True
    return field in known.optional or any(field in group for group in known.required)
