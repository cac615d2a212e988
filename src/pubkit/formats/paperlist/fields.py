"""Readings → entries: each field by its own file, then the entry type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import container, kinds, people, places
from pubkit.formats.paperlist.authors import authors, name_of, put_authors
from pubkit.formats.paperlist.citation import put_citation
from pubkit.formats.paperlist.draft import Draft, diagnostics, squeeze, tell_missing
from pubkit.formats.paperlist.evidence import is_publication
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.leftover import unread
from pubkit.formats.paperlist.links import put_links
from pubkit.formats.paperlist.namemarks import annotation
from pubkit.formats.paperlist.related import related
from pubkit.formats.paperlist.shapes import GENRES
from pubkit.formats.paperlist.spans import stretches
from pubkit.formats.paperlist.titles import clean_title, is_set_off, outside
from pubkit.formats.paperlist.values import move_page, put_date, put_identifiers, put_numbers, put_status
from pubkit.formats.paperlist.venue import put_around, put_rest, put_venue, venue_of
from pubkit.markup.latex import escape
from pubkit.model import venues
from pubkit.model.entry import Entry
from pubkit.model.names import Name, format_names
from pubkit.model.source import Document, Source


def entry(
    reading: Reading,
    document: Document,
    owner: Name | None,
    meanings: Mapping[str, str] | None = None,
    usual: str = "",
    *,
    math: bool = False,
) -> tuple[Entry | None, list[Diagnostic]]:
    """Build an entry from a reading.

    Args:
        reading: An item whose fields are found.
        document: The input, for the entry's source.
        owner: Whose list it is.
        meanings: What marks on names mean in this list.
        usual: What most entries of the list are; for one whose own evidence is none.
        math: Whether "$…$" in the text is mathematics: in LaTeX it is, elsewhere two dollars.

    Returns:
        The entry, or None where the item is no publication; and what to tell about it.
    """
    draft = Draft(math=math)
    base = 0.55 if reading.odd else 0.85
    title = clean_title(outside(reading, "T", ("link", "noise", "remark", "doi", "arxiv", "status", "genre")))
    people_, others, implied = authors(reading)
    title, edited = _without_role(reading, title)
    rest: list[str] = []
    place = reading.span("V")
    venue_text = ""
    around = container.Container("")
    if place is not None:
        venue_text, rest = venue_of(reading, *place)
        if boxed := _BOXED.fullmatch(venue_text):  # "[Doctoral dissertation, A University]. A Database"
            venue_text = boxed["inside"]
            rest = [*rest, *filter(None, [boxed["more"]])]
        around = container.read(venue_text, rest, reading.labels, reading.item.text)
        venue_text, rest = around.title, list(around.rest)
        if places.is_town(venue_text) and around.place and not places.is_town(around.place):
            around.place, venue_text = venue_text, around.place  # "A Book, Roma, Carocci"
        if not around.place and _is_place(reading, venue_text):
            around.place, venue_text = venue_text, ""
    if _is_journal(title, venue_text, reading):
        title, venue_text = "", title  # physicists leave titles out: "A. Li, Phys. Rev. B 14, 1088 (2018)"
    event = ""
    if volume := next((m for part in rest if (m := _VOLUME_OF_MEETING.fullmatch(part))), None):
        event, venue_text = venue_text, volume["title"].strip(" .")  # "In: Congresso …, 2018. Anais do XX …"
        around.place = around.place or volume["place"] or ""
        rest = [part for part in rest if part != volume[0]]
    if around.place and around.publisher and not venue_text and _has_issue(reading):
        # "Environment and Planning B: Urban Analytics": a journal, since volume and number follow.
        venue_text = f"{around.place}: {around.publisher}"
        around.place = around.publisher = ""
    venue_text = venue_text or _badge(reading) or reading.item.group.venue
    if not is_publication(reading, title or venue_text, people_, venue_text or around.publisher):
        return None, []
    draft.put("title", title, base + (0.1 if is_set_off(reading) else 0.0))
    names = reading.span("A")
    marks = annotation(reading.item, names, people_, meanings or {}) if names else ""
    put_authors(draft, people_, owner, marks, others=others, implied=implied)
    if edited:
        draft.fields["editor"] = draft.fields.pop("author", "")
        draft.confidence["editor"] = draft.confidence.pop("author", 0.5)
    elif around.editors:
        draft.fields["editor"] = format_names([name_of(person) for person in people.parse(around.editors)[0]])
        draft.confidence["editor"] = 0.8
    year = put_date(draft, reading)
    put_numbers(draft, reading)
    put_citation(draft, reading)
    put_identifiers(draft, reading)
    put_status(draft, reading)
    found = venues.find(venue_text) if venue_text else None
    kind = kinds.decide(
        venue_text,
        found,
        group="collection" if edited else reading.item.group.type,
        fields=draft.fields,
        rest=rest,
        placed=bool(around.place),
        genre=next((GENRES[atom.value] for atom in reading.atoms if atom.kind == "genre"), ""),
        text="\n".join((reading.item.text, *(note for note in reading.item.notes if len(note) <= 40))),
    )
    if usual and venue_text and not kind.sure and kind.type in ("misc", "article", "inproceedings"):
        kind = replace(kind, type=usual)
    if (
        kind.type in ("inproceedings", "incollection")
        and "volume" in draft.fields
        and "pages" not in draft.fields
    ):
        move_page(draft, reading)
    if kind.type == "thesis":
        told = [*filter(None, [around.publisher]), *rest]
        venue_text, left = places.university_first(kinds.without_kind(venue_text, kind.type), told)
        if left[:1] != [around.publisher]:
            around.publisher = ""
        rest = [part for part in left if part != around.publisher]
    put_venue(draft, kind.type, kinds.without_kind(venue_text, kind.type), found, base)
    draft.put("eventtitle", event, 0.7)
    put_around(draft, kind.type, around)
    put_rest(draft, kind.type, rest)
    draft.fields |= {name: escape(value) for name, value in kind.fields if name not in draft.fields}
    if not kind.sure:
        draft.tell("PK105", f"entry type @{kind.type} is a guess", Severity.INFO, "check it", "")
    links = put_links(draft, reading)
    if reading.item.notes:
        draft.put("annotation", "\n\n".join(squeeze(note) for note in reading.item.notes), 1.0)
    held = {**draft.fields, "notes": escape(" ".join(draft.notes)), "type": kind.type}
    for stretch in unread(reading.item.text, reading.atoms, held, (part for link in links for part in link)):
        draft.notes.append(stretch)
        draft.tell("PK107", f"not understood, kept as a note: {stretch[:80]!r}", Severity.INFO, "", "note")
    if draft.notes:
        draft.put("note", "; ".join(dict.fromkeys(draft.notes)), 0.9)
    tell_missing(draft, reading, year)
    extra: dict[str, Any] = {
        "confidence": draft.confidence,
        "text": reading.item.text,
        "spans": stretches(reading),
    }
    if links:
        extra["links"] = links
    if others_of_it := related(reading.atoms, draft.fields):
        extra["related"] = others_of_it
    if reading.item.notes:
        extra["notes"] = reading.item.notes
    source = Source(document, reading.item.start, reading.item.end)
    built = Entry(kind.type, "", draft.fields, extra, source)
    return built, diagnostics(draft, document, reading, title)


# "Li, A., and B. Ng, editors. A Book"; "A. Li (Hrsg.): Ein Buch".
_ROLE = re.compile(
    r"[\s,(.]*(?:editors?|eds?|hrsg|hgg?|coords?|orgs?|dirs?|a cura di|red)\b[\s.,:)]*", re.IGNORECASE
)


_ROLE_FIRST = re.compile(
    r"\W{0,2}(?:co-)?(?:eds?\.|editors?|edited|hrsg\.|hg\.),? (?:(?:by|with|von) )?(?=[A-ZÀ-Þ])", re.I
)


def _without_role(reading: Reading, title: str) -> tuple[str, bool]:
    """Return the title without the word that makes the names before it editors, and whether there is one."""
    names, span = reading.span("A"), reading.span("T")
    first = _ROLE_FIRST.match(reading.item.text)
    if first and names is not None and names[0] <= first.end():
        return title, True
    lead = _ROLE.match(title)
    if lead and title[lead.end() :] and any(atom.kind == "with" and atom.value for atom in reading.atoms):
        return title[lead.end() :], True  # "with A. Li (eds.), A Book"
    if names is None or span is None or span[0] < names[1]:
        return title, False
    between = reading.item.text[max(0, names[1] - 12) : span[0]]
    if lead and reading.item.text[span[0] :].startswith(lead[0].strip()) and title[lead.end() :]:
        return title[lead.end() :], True
    found = re.search(
        r"[,(]\s*(?:editors?|eds?\.?|hrsg\.?|hg\.?|coords?\.|orgs?\.|dirs?\."
        r"|red\.)\s*\)?[\s.,:]*(?:\(\d{4}[^()]{0,20}\)[\s.,:]*)?$",
        between,
        re.I,
    )
    return title, found is not None


def _has_issue(reading: Reading) -> bool:
    return any({"volume", "number"} <= {name for name, _ in atom.more} for atom in reading.atoms)


_VOLUME_OF_MEETING = re.compile(
    r"(?:(?P<place>[^.\d]{2,40})\.\s+)?"
    r"(?P<title>(?:anais|actas|atti|memorias|proceedings|book of abstracts|livro de (?:resumos|atas))\b.*)",
    re.IGNORECASE,
)
_BOXED = re.compile(r"\[?(?P<inside>[^\[\]]{6,200})\][.,]?\s*(?P<more>.*)")
_DOTTED = re.compile(r"(?:[A-ZÀ-Þ][\w-]{0,12}\.?,? ?){1,6}")


def _is_journal(title: str, venue: str, reading: Reading) -> bool:
    """Tell whether what stands where the title should be is a journal: volume and page follow at once."""
    span = reading.span("T")
    if venue or not title or span is None or len(title.split()) > 6 or '"' in reading.item.text:
        return False
    end = span[1]
    numbers = next(
        (atom for atom in reading.atoms if atom.kind == "volume" and 0 <= atom.start - end <= 2), None
    )
    if numbers is None or not {"volume", "pages"} <= {name for name, _ in numbers.more}:
        return False
    return venues.find(title) is not None or (
        _DOTTED.fullmatch(title) is not None and "." in reading.item.text[span[0] : end + 1]
    )


def _is_place(reading: Reading, venue: str) -> bool:
    """Tell whether what stands where the venue should be is a place: "A Book, Tübingen 2020"."""
    at = reading.item.text.find(venue) if venue else -1
    return at >= 0 and len(venue.split()) <= 3 and reading.labels.at(at, at + len(venue)) == "location"


def _badge(reading: Reading) -> str:
    """Return the short name of the venue that stands above the title, "" where there is none."""
    return next((atom.value for atom in reading.atoms if atom.kind == "badge"), "")
