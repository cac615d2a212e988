"""Stage 1: what is compared, computed once an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Literal

from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.identifiers import arxiv_without_version, find_arxiv, normalize_isbn, normalize_pmid
from pubkit.model.venues import find
from pubkit.text.fold import fold
from pubkit.text.numerals import CUES, int_to_roman, numerals

Stage = Literal["preprint", "conference", "journal", "thesis", "report", "chapter", "book", "other", ""]

#: Titles are compared up to this length; whatever follows tells no two works apart.
MAX_TITLE = 1000
MAX_NAMES = 60

_STAGES: Mapping[str, Stage] = {
    "article": "journal",
    "suppperiodical": "journal",
    "inproceedings": "conference",
    "conference": "conference",
    "incollection": "chapter",
    "suppcollection": "chapter",
    "inbook": "chapter",
    "suppbook": "chapter",
    "bookinbook": "chapter",
    "inreference": "chapter",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "booklet": "book",
    "manual": "book",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "techreport": "report",
    "patent": "other",
    "software": "other",
    "dataset": "other",
    "unpublished": "preprint",
}
_VENUE_STAGES: Mapping[str, Stage] = {
    "conference": "conference",
    "workshop": "conference",
    "journal": "journal",
    "preprint": "preprint",
}
# Beginnings of DOIs that name preprints: arXiv, SSRN, OSF, Preprints.org, Research Square,
# TechRxiv, ChemRxiv, Authorea, ESS Open Archive.
_PREPRINT_DOIS = (
    "10.48550/", "10.2139/ssrn", "10.31219/", "10.31234/", "10.31235/", "10.20944/", "10.21203/rs",
    "10.36227/", "10.26434/", "10.22541/", "10.1002/essoar", "10.64898/",
)  # fmt: skip

# bioRxiv and medRxiv share their beginning with journals, whose DOIs go on with a letter.
_BIORXIV = re.compile(r"10\.1101/[0-9]")

# What makes a text another one than the paper whose title it carries.
_MARKERS = {
    "erratum": re.compile(
        r"^(?:erratum|errata|corrigend(?:um|a)|corrections? (?:to|for|of)|(?:publisher|author) correction|"
        r"retract(?:ed|ion)|withdrawn|withdrawal|expression of concern|addendum|notice of retraction)\b"
        r"|\b(?:erratum|errata|corrigendum|corrigenda|addendum|retraction|correction)$"
    ),
    "reply": re.compile(
        r"^(?:(?:authors? )?(?:reply|response|rejoinder) (?:to|by|of|from)|in (?:reply|response) to)\b"
        r"|^(?:reply|response|rejoinder)$|\b(?:a reply|reply|rejoinder|authors? response)$"
    ),
    "comment": re.compile(
        r"^(?:a )?(?:comments? (?:on|to)|commentary|discussion of|letter to the editor|re)\b"
        r"|\b(?:a comment|comment|commentary)$"
    ),
    "review": re.compile(r"^(?:(?:a )?book reviews?|(?:a )?reviews? of)\b|\bbook review$"),
}
# A title without any of these words is no such text: what most titles are asked first.
_MARKER_WORDS = frozenset(
    {
        *(
            "erratum",
            "errata",
            "corrigendum",
            "corrigenda",
            "correction",
            "corrections",
            "publisher",
            "author",
        ),
        *(
            "authors",
            "retracted",
            "retraction",
            "withdrawn",
            "withdrawal",
            "expression",
            "addendum",
            "notice",
        ),
        *("reply", "response", "rejoinder", "in", "comment", "comments", "a", "commentary", "discussion"),
        *("letter", "re", "book", "review", "reviews"),
    }
)
# A title without a digit and without any of these words has no number in it.
_NUMERAL_WORDS = CUES | {int_to_roman(number).lower() for number in range(1, 40)}
_NUMBERED = re.compile(r"\d|\w(?:rst|ond|ird|th) (?:international|annual|workshop|conference|symposium)")
# "Fourth workshop" is the 4th.
_ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth"),
            *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
        ),
        1,
    )
}
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)})(?=\s+(?:international|annual|workshop|conference|symposium)\b)",
    re.IGNORECASE,
)
# Titles that stand over a new text every time.
_GENERIC = re.compile(
    r"^(?:guest )?(?:editors?|editorials?|preface|foreword|introduction|prologue|epilogue|front ?matter|"
    r"back ?matter|index|contents|table of contents|acknowledg?e?ments?|obituary|news|letters?|abstracts?|"
    r"book reviews?|in this issue|message from|welcome|from the|report|overview|conclusions?|summary|"
    r"treasurer s|column|untitled|(?:the )?proceedings of|panel|keynote|invited|tutorial|program|"
    r"special issue|reminiscences|chair s)\b"
    r"|\b(?:column|message|editorial|foreword|preface)$"
)
# Notes that databases put behind a title: "[Chinese]", "[Erratum appears in …]", "(12 refs)"; also cut off.
_NOTE = re.compile(
    r"[\s.]*(?:\[[^\[\]]{0,300}\]|\(\d+ refs?\.?\)|\[(?:published )?(?:erratum|see comment|correct)[^\]]*|"
    r"\((?:extended |short )?(?:abstract|version|paper|talk|tutorial|panel|panel session|experience paper|"
    r"demo|demonstration|poster)\))\s*\.?\s*$",
    re.IGNORECASE,
)
_INNER_BRACKET = re.compile(r"(?<=[^\[\]\s])(\s*)\[([^\[\]]{0,40})\](?=[^\[]*\])")
_WHOLE_BRACKET = re.compile(r"^\s*\[([^\[\]]*)\][.\s]*$")
# "(vol 360, pg 542, 2009)" behind a title makes it a correction of what stands there.
_CORRECTS = re.compile(r"\(vol\.? \d+.{0,40}\)\s*$", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Record:
    """What is compared of one entry.

    Attributes:
        title: Folded title with subtitle, bracketed notes dropped.
        words: Its words.
        numbers: The numbers in it, in order.
        markers: What kind of text about another one it is: "erratum", "reply", "comment", "review".
        generic: Whether such a title ("Editorial") stands over many texts.
        families: Family names, folded, one word each, in order.
        names: All words of the names that are longer than an initial.
        more_names: Whether the list ends in "and others".
        year: Year of publication.
        venue: The folded name of journal, proceedings or book; "".
        known_venue: Key of the venue, where it is a known one; "".
        volume: Folded volume.
        number: Folded issue number.
        first_page: First page, or article number.
        last_page: Last page.
        ids: Identifiers by kind.
        stage: Where in the life of a work this publication stands; "" where that is not known.
    """

    title: str = ""
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    markers: frozenset[str] = frozenset()
    generic: bool = False
    families: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    more_names: bool = False
    year: int | None = None
    venue: str = ""
    known_venue: str = ""
    volume: str = ""
    number: str = ""
    first_page: str = ""
    last_page: str = ""
    ids: tuple[tuple[str, str], ...] = ()
    stage: Stage = ""

    def id(self, kind: str) -> str:
        """Return the identifier of a kind, or ""."""
        return next((value for known, value in self.ids if known == kind), "")


def prepare(entry: Entry) -> Record:
    """Compute what is compared of an entry.

    >>> record = prepare(Entry("article", fields={"title": "Bees, Part II [in German]", "author": "Wu, T."}))
    >>> record.title, record.numbers, record.families
    ('bees part ii', ('2',), ('wu',))
    """
    plain = entry.text("title")
    if "subtitle" in entry.fields:
        plain = f"{plain} {entry.text('subtitle')}".strip()
    plain = unescape(plain[:MAX_TITLE])
    markers: set[str] = set()
    if "[" in plain or ")" in plain or "]" in plain:
        markers |= {"erratum"} if _CORRECTS.search(plain) else set()
        plain = _without_notes(_CORRECTS.sub("", plain))
    title = fold(plain)
    words = tuple(title.split())
    if not _MARKER_WORDS.isdisjoint(words):
        markers |= {name for name, pattern in _MARKERS.items() if pattern.search(title)}
    families, names, more = _people(entry)
    venue, known_venue, venue_stage = _venue(entry)
    pages = entry.pages
    last = pages.ranges[-1].last if pages and pages.ranges else None
    doi, arxiv = entry.doi, find_arxiv(entry.fields)
    numbered = _NUMBERED.search(title) is not None or not _NUMERAL_WORDS.isdisjoint(words)
    return Record(
        title=title,
        words=words,
        numbers=numerals(_ORDINAL.sub(_digits, plain)) if numbered else (),
        markers=frozenset(markers),
        generic=bool(_GENERIC.match(title)),
        families=families,
        names=names,
        more_names=more,
        year=entry.year,
        venue=venue,
        known_venue=known_venue,
        volume=_numbered(entry, "volume"),
        number=_numbered(entry, "number") or _numbered(entry, "issue"),
        first_page=fold(pages.first) if pages and pages.ranges else _folded(entry, "eid"),
        last_page=fold(last or ""),
        ids=tuple(sorted(_ids(entry, doi, arxiv).items())),
        stage=_stage(entry, venue_stage, doi, arxiv),
    )


def _digits(ordinal: re.Match[str]) -> str:
    return str(_ORDINALS[ordinal[1].lower()])


def is_preprint_doi(doi: str) -> bool:
    """Say whether a DOI names a preprint."""
    return doi.startswith(_PREPRINT_DOIS) or _BIORXIV.match(doi) is not None


def _without_notes(title: str) -> str:
    """Return a title without the notes behind it, and without brackets around it (a translated title)."""
    title = _INNER_BRACKET.sub(r"\1\2", title)
    while True:
        whole = _WHOLE_BRACKET.match(title)
        if whole:
            return whole.group(1)
        shorter = _NOTE.sub("", title)
        if shorter == title or not shorter.strip():
            return title
        title = shorter


_NAME_LETTERS = {code: " " for code in range(128) if not chr(code).isalnum()} | {ord(","): ","}


@lru_cache(maxsize=1 << 15)
def _people_of(source: str) -> tuple[tuple[str, ...], frozenset[str], bool]:
    """Return family names, all words of the names, and whether there are more, of a plain list of names."""
    families: list[str] = []
    words: list[str] = []
    more = False
    for name in source.split(" and "):
        family, comma, rest = name.partition(",")
        if not comma:
            tokens = name.split()
            here = tokens[-1:]
        else:
            here = family.split()
            tokens = here + rest.replace(",", " ").split()
        if tokens == ["others"]:
            more = True
            continue
        if here:
            families.append(here[-1])
        words.extend(tokens)
    return tuple(families), frozenset(word for word in words if len(word) > 1), more


def _people(entry: Entry) -> tuple[tuple[str, ...], frozenset[str], bool]:
    """Return the family names, all words of all names, and whether there are more.

    Exports separate names by commas or semicolons too; such a list is cut here for comparing, and nowhere
    else. No name is taken apart further than into its family name and its words.
    """
    source = entry.fields.get("author") or entry.fields.get("editor", "")
    if not source:
        return (), frozenset(), False
    cut = len(source) > _MAX_NAMES_TEXT
    plain = unescape(latex.to_text(source[:_MAX_NAMES_TEXT]))
    if ";" in plain:
        plain = plain.replace(";", " and ")
    if " and " not in plain or ", and " in plain or plain.count(",") > plain.count(" and ") + 1:
        plain = _comma_list(plain)
    plain = _INITIALS_BEHIND.sub(r"\1, \2", plain)
    if plain.isascii():
        folded = plain.lower().translate(_NAME_LETTERS)
    else:
        folded = " and ".join(
            ",".join(map(fold, name.split(",")))
            for name in re.split(r"\s+and\s+", plain, flags=re.IGNORECASE)
        )
    families, names, more = _people_of(folded)
    if len(families) > MAX_NAMES or cut:
        return families[:MAX_NAMES], names, True
    return families, names, more


def _comma_list(plain: str) -> str:
    """Return names that commas separate ("A. Blum, M. Furst" or "Blum, A., Furst, M.") separated by "and"."""
    pieces = [piece for piece in _NAME_SEPARATORS.split(plain.strip(" ,.&")) if piece]
    initials = [_INITIALS.fullmatch(piece) is not None for piece in pieces]
    if any(initials):
        names: list[str] = []
        for piece, only_initials in zip(pieces, initials, strict=True):
            if only_initials and names and "," not in names[-1]:
                names[-1] = f"{names[-1]}, {piece}"
            else:
                names.append(piece)
        return " and ".join(names)
    full = [piece for piece in pieces if len(piece.split()) > 1]
    if len(pieces) > 1 and len(full) == len(pieces) and (len(pieces) > 2 or not pieces[0][0].islower()):
        return " and ".join(pieces)
    return plain


# "Charisopoulos V": initials behind the family name.
_INITIALS_BEHIND = re.compile(r"(?:^|(?<= and ))([^\W\d_][^\W\d_]+(?:-[^\W\d_]+)?) ([A-Z]{1,3})(?=$| and )")
_INITIALS = re.compile(r"(?:[^\W\d_](?:[.\s-]+|$)){1,3}|[A-Z]{1,3}")
_NAME_SEPARATORS = re.compile(r"\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
_MAX_NAMES_TEXT = 4000


def _ids(entry: Entry, doi: str | None, arxiv: str | None) -> dict[str, str]:
    """Return an entry's identifiers by kind; a preprint's DOI is another kind than a publication's."""
    found: dict[str, str] = {}
    if doi:
        found["preprint DOI" if is_preprint_doi(doi) else "DOI"] = doi
    if arxiv:
        found["arXiv number"] = arxiv_without_version(arxiv)
    if "pmid" in entry.fields and (pmid := normalize_pmid(entry.fields["pmid"])):
        found["PMID"] = pmid
    if (
        "isbn" in entry.fields
        and _STAGES.get(entry.type) == "book"
        and (isbn := normalize_isbn(entry.fields["isbn"]))
    ):
        found["ISBN"] = isbn
    return found


_MAX_VENUE = 250
# What names of one conference differ in from year to year and from list to list: numbers, ordinals, sponsors.
_VENUE_NOISE = re.compile(
    r"\d+(?:st|nd|rd|th)?|in|proc|proceedings|pp|pages?|vol|no|the|of|annual|ann|acm|ieee|usenix|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"
)


@lru_cache(maxsize=1 << 16)
def _known_venue(text: str) -> tuple[str, str, Stage]:
    text = text[:_MAX_VENUE]
    folded = fold(text)
    essential = _essential(folded)
    known = find(text) or (find(essential) if essential and essential != folded else None)
    if known:
        return _essential(fold(known.name)) or essential, known.key, _VENUE_STAGES[known.kind]
    return essential, "", ""


def _essential(venue: str) -> str:
    """Return a folded name without what differs from year to year; "" where nothing is left."""
    return " ".join(word for word in venue.split() if not _VENUE_NOISE.fullmatch(word))


def _venue(entry: Entry) -> tuple[str, str, Stage]:
    """Return the venue's name, its key where it is known, and what kind of publication appears there."""
    for name in ("journaltitle", "booktitle", "eventtitle", "howpublished", "series"):
        if entry.fields.get(name):
            return _known_venue(unescape(entry.text(name)))
    return "", "", ""


def _stage(entry: Entry, venue_stage: Stage, doi: str | None, arxiv: str | None) -> Stage:
    """Return where in the life of a work an entry stands."""
    if venue_stage:
        return venue_stage
    if doi and is_preprint_doi(doi):
        return "preprint"
    stage = _STAGES.get(entry.type, "")
    if not stage and entry.fields.get("eprint"):
        return "preprint"
    if stage == "journal" and not entry.fields.get("journaltitle"):
        return "preprint" if arxiv else ""
    return stage


def _numbered(entry: Entry, name: str) -> str:
    """Return the first number of a field: `35 Suppl 1` is volume 35; text without a number folded."""
    folded = _folded(entry, name)
    number = _FIRST_NUMBER.search(folded)
    return number.group().lstrip("0") if number else folded


def _folded(entry: Entry, name: str) -> str:
    return fold(entry.fields.get(name, "")) if name in entry.fields else ""


def document_frequency(records: Iterable[Record]) -> dict[str, int]:
    """Return in how many titles each word stands."""
    counts: dict[str, int] = {}
    for record in records:
        for word in set(record.words):
            counts[word] = counts.get(word, 0) + 1
    return counts
