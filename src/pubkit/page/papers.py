"""One paper as the page shows it: reference, links, badges, notes, and what the filters look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubkit import registry
from pubkit.cite.groups import heading_of_type
from pubkit.errors import WriteError
from pubkit.model.annotations import name_annotations
from pubkit.model.entry import Entry
from pubkit.model.fields import text_value
from pubkit.model.languages import language_tag
from pubkit.model.library import Library
from pubkit.page.coins import coins
from pubkit.page.links import Link, entry_links
from pubkit.page.people import People
from pubkit.page.words import Words

if TYPE_CHECKING:
    from markupsafe import Markup

#: Annotation of a name → the mark behind it, and the word of the legend that explains it.
NAME_MARKS: dict[str, str] = {"equal": "*", "corresponding": "✉", "student": "°"}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Paper:
    """What the templates show of one entry; `reference` is HTML already, all else is escaped there.

    Attributes:
        entry: The entry.
        anchor: Id of the paper on the page, the same in every build.
        title: Its title as plain text.
        reference: The formatted reference.
        links: Where it and what belongs to it can be found.
        badges: Awards and states, as short texts.
        language: BCP 47 tag of the paper's language, or "".
        direction: "rtl" for a title in a script that runs so, else "".
        image: A `data:` address of the thumbnail, or "".
        abstract: Paragraphs.
        notes: Lines.
        bibtex: The entry as BibTeX, or "".
        year: What the year filter looks for.
        kind: What the type filter looks for.
        venue: What the venue filter looks for.
        people: Co-authors, for their filter.
        coins: OpenURL context object for reference managers.
    """

    entry: Entry
    anchor: str
    title: str
    reference: Markup
    links: Sequence[Link]
    badges: Sequence[str]
    language: str
    direction: str
    image: str
    abstract: Sequence[str]
    notes: Sequence[str]
    bibtex: str
    year: str
    kind: str
    venue: str
    people: Sequence[str]
    coins: str


def make_papers(
    entries: Sequence[Entry],
    references: Sequence[Markup],
    words: Words,
    people: People,
    images: Mapping[int, str],
) -> list[Paper]:
    """Return the papers of a page, in the order of the entries.

    Args:
        entries: The entries.
        references: The formatted reference of each.
        words: The page's words.
        people: Who they all are, so that one person has one name.
        images: Position of an entry → `data:` address of its thumbnail.
    """
    anchors = anchors_of(entries)
    return [
        Paper(
            entry=entry,
            anchor=anchor,
            title=entry.text("title") or entry.key,
            reference=reference,
            links=entry_links(entry, words.links),
            badges=_badges(entry, words),
            language=language_tag(entry.get("langid", "")),
            direction=_direction(entry.text("title")),
            image=images.get(number, ""),
            abstract=_paragraphs(entry, "abstract", r"\n\s*\n|\\par(?![A-Za-z])"),
            notes=_paragraphs(entry, "annotation", r"\n+"),
            bibtex=_bibtex(entry),
            year=words["undated"] if entry.year is None else str(entry.year),
            kind=words.types.get(heading_of_type(entry.type), words["other"]),
            venue=venue_of(entry),
            people=people.coauthors(entry),
            coins=coins(entry),
        )
        for number, (entry, reference, anchor) in enumerate(zip(entries, references, anchors, strict=True))
    ]


def marks_used(entries: Iterable[Entry], words: Words) -> list[tuple[str, str]]:
    """Return the name marks that a list uses, each with what it means."""
    used = {
        word
        for entry in entries
        for field in ("author", "editor")
        for found in name_annotations(entry, field).values()
        for word in found
    }
    return [(mark, words[name]) for name, mark in NAME_MARKS.items() if name in used]


def anchors_of(entries: Iterable[Entry]) -> list[str]:
    """Return an id for each entry that no other part of the page has, the same in every build.

    >>> anchors_of([Entry("book", "a b"), Entry("book", "a-b"), Entry("book"), Entry("book", "list")])
    ['a-b', 'a-b-2', 'paper', 'list-2']
    """
    taken = set(_TAKEN)
    anchors = []
    for entry in entries:
        base = re.sub(r"[\s\x00-\x1f]+", "-", entry.key) or "paper"
        anchor, number = base, 1
        while anchor in taken or anchor.startswith(("section-", "?")):
            number += 1
            anchor = (
                f"{base}-{number}" if not base.startswith(("section-", "?")) else f"paper-{base}-{number}"
            )
        taken.add(anchor)
        anchors.append(anchor)
    return anchors


# What the owner says to the page; who copies an entry has no use for it.
_OF_THE_PAGE = frozenset({"selected", "award", "awards", "thumbnail", "preview", "image", "teaser", "topic"})
_TAKEN = (
    "list",
    "nothing",
    "search",
    "filters",
    "status",
    "charts",
    "by-year",
    "with-whom",
    "contents",
)  # ids of the page


def venue_of(entry: Entry) -> str:
    """Return the journal, book or event that holds a paper, as plain text; "" where none is named."""
    for field in ("journaltitle", "booktitle", "eventtitle", "publisher", "institution", "school"):
        if text := entry.text(field):
            return " ".join(text.split())
    return ""


def _badges(entry: Entry, words: Words) -> list[str]:
    """Return awards, acceptance notes and the state of publication, as short texts."""
    badges = [
        " ".join(part.split())
        for field in ("award", "awards")
        for part in text_value(field, entry.get(field, "")).split(";")
        if part.strip()
    ]
    if state := entry.get("pubstate", "").strip():
        badges.append(words.states.get(state.lower(), entry.text("pubstate")))
    return badges


def _direction(title: str) -> str:
    """Return "rtl" where the first letter of a title runs from right to left."""
    first = _LETTER.search(title)
    return "rtl" if first and _RIGHT_TO_LEFT.match(first[0]) else ""


def _paragraphs(entry: Entry, field: str, between: str) -> list[str]:
    """Cut a field's source into paragraphs and return each as plain text."""
    parts = [text_value(field, part.strip()) for part in re.split(between, entry.get(field, ""))]
    return [" ".join(part.split()) for part in parts if part.strip()]


def _bibtex(entry: Entry) -> str:
    """Return the entry as classic BibTeX for somebody who cites it; "" where BibTeX cannot hold it.

    That is an entry without a key, or with one that no `.bib` can have: writing the `.bib` itself tells.
    """
    names = ["abstract", "annotation", *(name for name in entry if name in _OF_THE_PAGE or "+an" in name)]
    without = entry.replace(**dict.fromkeys(names))
    try:
        text: str = registry.load("formats", "bibtex").write(Library((without,)), report=[])
    except WriteError:
        return ""
    return text.strip()
