"""Readings → entries: the values of fields, the entry type, and what a person should know about each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import kinds, people, places
from pubkit.formats.paperlist.atoms import Atom, is_label
from pubkit.formats.paperlist.layout import Reading
from pubkit.markup.latex import escape
from pubkit.model import venues
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_isbn, normalize_issn
from pubkit.model.names import Name, format_names, parse_name
from pubkit.model.source import Document, Source
from pubkit.model.venues import Venue

# Link labels that have a field of their own; the names are those that publication pages use.
LINK_FIELDS: dict[str, str] = {
    "pdf": "pdf",
    "code": "code",
    "github": "code",
    "slides": "slides",
    "video": "video",
    "talk": "video",
    "poster": "poster",
    "project": "website",
    "website": "website",
    "demo": "demo",
    "data": "data",
    "dataset": "data",
    "blog": "blog",
}
_MATH = re.compile(r"(\$[^$]{1,300}\$)")
_SPACE = re.compile(r"\s+")
_OPENING = frozenset('"“„«「『')
_CLOSING = frozenset('"”“»」』')
_CJK_NAME = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{1,3}\s[\u3040-\u9fff\uac00-\ud7af]{1,4}")
_EDGES = " \t\n,;:|·•–—-"
_ENDS_IN_NUMBER = re.compile(r"(.*[^\d\s,]),? (\d{1,4})")
_PLACE_FIRST = re.compile(r"([^\W\d][^:,]{2,30}): (.{3,})")
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‘": "’", "'": "'", "*": "*"}
_IN = re.compile(
    r"^(?:published |appeared |to appear |accepted )?(?:in|at|em|dans|nel|в)\b:?\s+(?:the\s+)?(?=\S)",
    re.IGNORECASE,
)
_SEPARATE = re.compile(r"^[\s,;:.()\[\]|–—-]*$")
_PUBLISHER = re.compile(
    r"\b(?:springer|elsevier|wiley|press|verlag|publish(?:er|ers|ing)|acm|ieee|pmlr|siam|usenix|aaai|mit|iospress|ios|"
    r"routledge|sage|iop|birkhäuser|de gruyter|taylor|dagstuhl|curran|o'reilly|morgan|world scientific|isca)\b",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"^(?:lecture notes|lncs|lnai|lipics|ccis|pmlr|studies in|advances in|communications in computer|series)",
    re.I,
)


@dataclass(slots=True)
class _Draft:
    """An entry being filled."""

    fields: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    math: bool = False
    notes: list[str] = field(default_factory=list)
    found: list[tuple[str, str, Severity, str, str]] = field(
        default_factory=list
    )  # code, message, severity, hint, field

    def put(self, name: str, value: str, confidence: float) -> None:
        """Set a field from plain text, unless it has a value."""
        if value and name not in self.fields:
            self.fields[name] = _escaped(value) if self.math else escape(value)
            self.confidence[name] = round(confidence, 2)

    def verbatim(self, name: str, value: str, confidence: float = 1.0) -> None:
        """Set a field whose value is no LaTeX (a URL, an identifier)."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.confidence[name] = confidence

    def tell(self, code: str, message: str, severity: Severity, hint: str = "", about: str = "") -> None:
        self.found.append((code, message, severity, hint, about))


def entry(
    reading: Reading, document: Document, owner: Name | None, *, math: bool = False
) -> tuple[Entry | None, list[Diagnostic]]:
    """Build an entry from a reading.

    Args:
        reading: An item whose fields are found.
        document: The input, for the entry's source.
        owner: Whose list it is.
        math: Whether "$…$" in the text is mathematics: in LaTeX it is, elsewhere two dollars.

    Returns:
        The entry, or None where the item is no publication; and what to tell about it.
    """
    draft = _Draft(math=math)
    base = 0.55 if reading.odd else 0.85
    title = clean_title(_outside(reading, "T", ("link", "noise", "remark", "doi", "arxiv", "status")))
    people_, others, implied = _authors(reading)
    rest: list[str] = []
    place = reading.span("V")
    venue_text = editors = ""
    if place is not None:
        venue_text, rest = _venue(reading, *place)
        venue_text, editors = _without_editors(venue_text)
    if not _is_publication(reading, title, people_, venue_text):
        return None, []
    draft.put("title", title, base + (0.1 if _is_set_off(reading) else 0.0))
    _put_authors(draft, people_, owner, others=others, implied=implied)
    if editors:
        draft.fields["editor"] = format_names([_name(person) for person in people.parse(editors)[0]])
        draft.confidence["editor"] = 0.8
    year = _put_date(draft, reading)
    _put_numbers(draft, reading)
    _put_identifiers(draft, reading)
    _put_status(draft, reading)
    found = venues.find(venue_text) if venue_text else None
    kind = kinds.decide(
        venue_text,
        found,
        group=reading.item.group.type,
        fields=draft.fields,
        rest=rest,
        text=reading.item.text,
    )
    if (
        kind.type in ("inproceedings", "incollection")
        and "volume" in draft.fields
        and "pages" not in draft.fields
    ):
        _move_page(draft, reading)
    _put_venue(draft, kind.type, kinds.without_kind(venue_text, kind.type), found, base)
    _put_rest(draft, kind.type, rest)
    draft.fields |= {name: escape(value) for name, value in kind.fields if name not in draft.fields}
    if not kind.sure:
        draft.tell("PK105", f"entry type @{kind.type} is a guess", Severity.INFO, "check it", "")
    links = _put_links(draft, reading)
    if reading.item.notes:
        draft.put("annotation", " ".join(_squeeze(note) for note in reading.item.notes), 1.0)
    if draft.notes:
        draft.put("note", "; ".join(dict.fromkeys(draft.notes)), 0.9)
    _tell_missing(draft, reading, year)
    extra: dict[str, Any] = {"confidence": draft.confidence}
    if links:
        extra["links"] = links
    if reading.item.notes:
        extra["notes"] = reading.item.notes
    source = Source(document, reading.item.start, reading.item.end)
    built = Entry(kind.type, "", draft.fields, extra, source)
    return built, _diagnostics(draft, document, reading, title)


# -- text --------------------------------------------------------------------------------------------------


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _escaped(text: str) -> str:
    """Escape a text whose mathematics is LaTeX already."""
    pieces = _MATH.split(text)
    return "".join(piece if number % 2 else escape(piece) for number, piece in enumerate(pieces))


def clean_title(text: str) -> str:
    """Take off the punctuation and quotation marks around a title.

    >>> clean_title('“On Lists.”'), clean_title("Is it so?"), clean_title("A B C, ")
    ('On Lists', 'Is it so?', 'A B C')
    """
    text = _squeeze(text).strip(_EDGES)
    while text:
        before = text
        if len(text) > 2 and text[0] in _PAIRS:
            inside = text.rstrip(" .,;")
            closing = _PAIRS[text[0]]
            if inside[-1] in closing and not any(mark in inside[1:-1] for mark in text[0] + closing):
                text = inside[1:-1].strip(_EDGES)
        if text[:1] in _OPENING and not any(mark in text[1:] for mark in _CLOSING):
            text = text[1:]
        elif (
            text[:1] in _OPENING
            and text[-1:] in _CLOSING
            and not any(mark in text[1:-1] for mark in _CLOSING)
        ):
            text = text[1:-1]
        if text.endswith(".") and not text.endswith("..."):
            text = text[:-1].rstrip(_EDGES)
        text = text.strip(_EDGES).rstrip("†‡§¶")
        for opening, closing in ("()", "[]"):
            if text.endswith(opening) or (
                text.endswith(closing) and text.count(closing) > text.count(opening)
            ):
                text = text[:-1]
            if text.startswith(closing) or (
                text.startswith(opening) and text.count(opening) > text.count(closing)
            ):
                text = text[1:]
        if text == before:
            return text
    return text


def _outside(reading: Reading, name: str, kinds_: Iterable[str]) -> str:
    """Return a field's text without the atoms of some kinds at any place in it."""
    span = reading.span(name)
    if span is None:
        return ""
    start, end = span
    kept, at = [], start
    for atom in reading.atoms:
        if atom.kind in kinds_ and start <= atom.start and atom.end <= end:
            kept.append(reading.item.text[at : atom.start])
            at = atom.end
    kept.append(reading.item.text[at:end])
    return "".join(kept)


def _is_set_off(reading: Reading) -> bool:
    """Tell whether mark-up, quotation marks or line breaks bound the title."""
    first, last = reading.cut.fields["T"]
    pieces = reading.pieces
    after = pieces[last].boundary if last < len(pieces) else "line"
    return bool(pieces[first].marks) or (
        pieces[first].boundary in ("start", "line", "mark") and after in ("line", "mark")
    )


# -- authors -------------------------------------------------------------------------------------------------


def _authors(reading: Reading) -> tuple[list[people.Person], bool, bool]:
    """Return the people named, whether there are more, and whether the owner is implied ("with X")."""
    implied = any(atom.kind == "with" for atom in reading.atoms)
    text = _outside(
        reading, "A", ("link", "noise", "remark", "doi", "arxiv", "date", "with", "status", "volume")
    )
    found, others = people.parse(text) if text else ([], False)
    found = [
        person
        for person in found
        if len(person.text) < 80 and any(letter.isalpha() for letter in person.text)
    ]
    return found, others, implied and bool(found)


def _name(person: people.Person) -> Name:
    """Read a person's name by BibTeX's grammar, which knows particles and suffixes."""
    if _CJK_NAME.fullmatch(person.text):
        family, given = person.text.split()
        return Name(family, given)
    if person.family:
        return parse_name(f"{escape(person.family)}, {escape(person.given)}")
    return parse_name(escape(person.text))


def _put_authors(
    draft: _Draft, found: list[people.Person], owner: Name | None, *, others: bool, implied: bool
) -> None:
    names = [_name(person) for person in found]
    if implied and owner is not None and not any(_same(name, owner) for name in names):
        names.insert(0, owner)
        draft.tell(
            "PK108",
            f"{owner} was added as first author: the list names co-authors only",
            Severity.INFO,
            "check the order of the authors",
            "author",
        )
    elif implied and owner is None:
        draft.tell(
            "PK109",
            "this entry names co-authors and leaves out the owner of the list",
            Severity.WARNING,
            "give owner= (--owner) to add the owner",
            "author",
        )
    if names:
        value = format_names(names, others)
        draft.fields["author"] = value
        sure = sum(people.score(person.text.replace(",", "")) > 1 for person in found) / max(1, len(found))
        draft.confidence["author"] = round(0.4 + 0.5 * sure, 2)


def _same(one: Name, other: Name) -> bool:
    """Tell whether two names can be one person's: families are equal, and the initials do not contradict."""
    if one.family.casefold() != other.family.casefold():
        return False
    return not one.given or not other.given or one.given[0].casefold() == other.given[0].casefold()


# -- date, numbers, identifiers, status -----------------------------------------------------------------------


def _put_date(draft: _Draft, reading: Reading) -> str:
    """Choose the date: a sure one before an unsure one, the last before others; else the group's year."""
    title = reading.span("T") or (0, 0)
    dates = [atom for atom in reading.atoms if atom.kind == "date"]
    outside = [atom for atom in dates if not (title[0] <= atom.start and atom.end <= title[1])]
    group = reading.item.group.year
    sure = [atom for atom in outside if atom.sure]
    if sure:
        year = sure[-1].value[:4]
        # A month may stand with another mention of the same year.
        chosen = max((atom for atom in sure if atom.value[:4] == year), key=lambda atom: len(atom.value))
        draft.put("date", chosen.value, 0.95)
        return chosen.value
    if group:
        draft.put("date", group, 0.85)
    elif outside:
        draft.put("date", outside[-1].value, 0.6)
    elif reading.item.group.title and not dates:
        return ""
    return draft.fields.get("date", "")


def _put_numbers(draft: _Draft, reading: Reading) -> None:
    title = reading.span("T") or (0, 0)
    for atom in reading.atoms:
        if atom.kind != "volume" or (title[0] <= atom.start and atom.end <= title[1]):
            continue
        for name, value in atom.more:
            sure = 0.9 if atom.sure else 0.75
            if name == "pages":  # digits and letters only: nothing to escape but the dash
                draft.verbatim("pages", re.sub(r"\s?[-–—−]{1,3}\s?", "--", value), sure)
            else:
                draft.put(name, value, sure)


def _move_page(draft: _Draft, reading: Reading) -> None:
    """A bare number behind the name of a conference is a page, and no volume."""
    bare = {
        value
        for atom in reading.atoms
        if not atom.sure and len(atom.more) == 1
        for name, value in atom.more
        if name == "volume"
    }
    if draft.fields["volume"] in bare:
        draft.fields["pages"] = draft.fields.pop("volume")
        draft.confidence["pages"] = draft.confidence.pop("volume")


def _put_identifiers(draft: _Draft, reading: Reading) -> None:
    for atom in reading.atoms:
        if atom.kind == "doi":
            draft.verbatim("doi", normalize_doi(atom.value) or "")
        elif atom.kind == "arxiv":
            _put_arxiv(draft, normalize_arxiv(atom.value), dict(atom.more).get("class", ""))
        elif atom.kind == "isbn":
            draft.verbatim("isbn", normalize_isbn(atom.value) or "")
        elif atom.kind == "issn":
            draft.verbatim("issn", normalize_issn(atom.value) or "")
        elif atom.kind == "pmid":
            draft.verbatim("pmid", atom.value)
    for address in _addresses(reading):
        if "doi.org/" in address:
            draft.verbatim("doi", normalize_doi(address) or "")
        elif "arxiv.org/" in address:
            _put_arxiv(draft, normalize_arxiv(address), "")


def _put_arxiv(draft: _Draft, identifier: str | None, archive: str) -> None:
    if identifier and "eprint" not in draft.fields:
        draft.verbatim("eprint", identifier)
        draft.verbatim("eprinttype", "arxiv")
        draft.verbatim("eprintclass", archive)


def _put_status(draft: _Draft, reading: Reading) -> None:
    for atom in reading.atoms:
        if atom.kind == "status":
            draft.verbatim("pubstate", atom.value, 0.9)
        elif atom.kind == "remark":
            draft.notes.append(_squeeze(atom.value))


# -- venue ------------------------------------------------------------------------------------------------------


def _venue(reading: Reading, start: int, end: int) -> tuple[str, list[str]]:
    """Return the venue as the list names it, and what else stands there."""
    text = reading.item.text
    stretches: list[str] = []
    at = start = _with_year(reading, start)
    for atom in reading.atoms:
        if atom.start < start or atom.end > end:
            continue
        if atom.kind == "date" and not _ends(text, at, atom, end):
            continue  # "2012 American Control Conference", "Workshop 2010 on Lists"
        stretches.append(text[at : atom.start])
        at = atom.end
    stretches.append(text[at:end])
    parts = [_trim(part) for stretch in stretches for part in stretch.split("\n")]
    parts = [part for part in parts if any(letter.isalpha() for letter in part)]
    if not parts:
        return "", []
    head, place = places.without_place(_IN.sub("", parts[0]))
    return _trim(head), [part for part in (place, *parts[1:]) if part]


_EDITORS = re.compile(r"(.{3,300}?)\s*\((?:eds?|hrsg|ed\. by)\.?\)\s*[.,:]?\s*(.{3,})", re.IGNORECASE)
_EDITED = re.compile(r"(.{3,300}?)[,.]?\s+(?:edited by|ed\. by|hrsg\. von)\s+(.{3,200})", re.IGNORECASE)


def _without_editors(venue: str) -> tuple[str, str]:
    """Split the editors off the name of a book.

    >>> _without_editors("A. Li & B. Ng (Eds.), Handbook of Lists")
    ('Handbook of Lists', 'A. Li & B. Ng')
    """
    if match := _EDITORS.fullmatch(venue):
        return match[2], match[1]
    if match := _EDITED.fullmatch(venue):
        return match[1], match[2]
    return venue, ""


def _with_year(reading: Reading, start: int) -> int:
    """Return where a venue starts whose name begins with its year: "2012 American Control Conference"."""
    dates = [atom for atom in reading.atoms if atom.kind == "date"]
    for atom in dates:
        own = atom.start > 0 and len(dates) > 1 and reading.item.text[atom.start : atom.end] == atom.value
        if own and reading.item.text[atom.end : start] == " ":
            return atom.start
    return start


def _ends(text: str, at: int, atom: Atom, end: int) -> bool:
    """Tell whether an atom ends the venue's name: nothing follows it directly, or something stands before it."""
    after = text[atom.end : min(end, atom.end + 2)]
    if text.count("(", at, atom.start) > text.count(")", at, atom.start) and after[:1] == ")":
        return False  # "Workshop on Lists (LISTS 2016)"
    return not (after[:1] == " " and after[1:2].isalpha() and _SEPARATE.match(text[at : atom.start]))


def _trim(text: str) -> str:
    """Take off separators and unmatched brackets around a piece of a venue."""
    abbreviated = text.rstrip().endswith(".,")
    text = _squeeze(text).strip(" ,;:|·•–—-\"“”'，、；").lstrip(". ")
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            text = text.rstrip(opening + " ,") if text.endswith(opening) else text
            text = text[1:] if text.startswith(opening) else text
        elif text.count(closing) > text.count(opening):
            text = text[:-1] if text.endswith(closing) else text
            text = text[1:] if text.startswith(closing) else text
    text = text.strip(" ,;:|·•–—-")
    if text.endswith(".") and not abbreviated and "." not in text[:-1]:
        text = text[:-1]  # a full stop; that of "Chem. Phys. Lett." belongs to the name
    return text.removesuffix("()").strip()


def _put_venue(draft: _Draft, type_: str, text: str, found: Venue | None, base: float) -> None:
    name = kinds.VENUE_FIELDS.get(type_, "howpublished")
    if type_ == "article" and "volume" not in draft.fields and (match := _ENDS_IN_NUMBER.fullmatch(text)):
        text = match[1]
        draft.put("volume", match[2], 0.7)
    elif type_ == "book" and (match := _PLACE_FIRST.fullmatch(text)):
        text = match[2]
        draft.put("location", match[1], 0.7)
    draft.put(name, text, 0.97 if found else base - 0.1)
    if found is not None and found.key == "arxiv":
        draft.verbatim("eprinttype", "arxiv")


def _put_rest(draft: _Draft, type_: str, rest: Sequence[str]) -> None:
    """Give the pieces behind the venue a field each, where they say what they are; else they are a note."""
    for part in rest:
        if _SERIES.match(part) and "series" not in draft.fields:
            draft.put("series", part, 0.8)
        elif _PUBLISHER.search(part) and len(part.split()) <= 5 and "publisher" not in draft.fields:
            match = _PLACE_FIRST.fullmatch(part)
            draft.put("publisher", match[2] if match else part, 0.8)
            draft.put("location", match[1] if match else "", 0.7)
        elif (
            places.is_place(part)
            and type_ in ("inproceedings", "incollection", "book")
            and "venue" not in draft.fields
        ):
            draft.put("venue" if type_ == "inproceedings" else "location", part, 0.7)
        elif not is_label(part):
            draft.notes.append(part)
            draft.tell("PK107", f"not understood, kept as a note: {part[:80]!r}", Severity.INFO, "", "note")


# -- links ------------------------------------------------------------------------------------------------------


def _addresses(reading: Reading) -> list[str]:
    """Return all link targets of an item."""
    return [run[3] for run in reading.item.runs if run[3]] + [
        atom.value for atom in reading.atoms if atom.kind == "link" and atom.value
    ]


def _put_links(draft: _Draft, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Choose the entry's `url`, give labelled links their fields, and return all links with their labels."""
    links: dict[str, str] = {}
    for start, end, _, url in reading.item.runs:
        if url:
            links.setdefault(url, reading.item.text[start:end].strip(" []()"))
    for atom in reading.atoms:
        if atom.kind == "link" and atom.value:
            links.setdefault(atom.value, dict(atom.more).get("label", ""))
    main = ""
    for url, label in links.items():
        if not url.startswith(("http://", "https://", "www.")):
            continue
        words = label.casefold().split()
        name = (
            next((LINK_FIELDS[word] for word in words if word in LINK_FIELDS), "") if len(words) <= 3 else ""
        )
        if name and name not in draft.fields:
            draft.verbatim(name, url)
        elif not name and not main and not ("doi.org/" in url and "doi" in draft.fields):
            main = url
    if main and not ("arxiv.org/" in main and "eprint" in draft.fields):
        draft.verbatim("url", main)
    return tuple((label, url) for url, label in links.items())


# -- whether it is one, and what to tell ----------------------------------------------------------------------------


def _is_publication(reading: Reading, title: str, found: list[people.Person], venue: str) -> bool:
    """Tell whether an item has what a publication needs; without a marker it must show more."""
    letters = sum(letter.isalpha() for letter in title)
    if letters < 3 or len(title) > 600:
        return False
    kinds_ = {atom.kind for atom in reading.atoms}
    dated = "date" in kinds_ or "status" in kinds_ or bool(reading.item.group.year)
    named = len(found) > 0
    proven = bool(kinds_ & {"doi", "arxiv", "isbn"})
    if reading.item.certain:
        return (
            (dated and (named or bool(venue) or letters > 12))
            or proven
            or (named and bool(venue))
            or (named and letters > 12)
        )
    if not (dated or proven):
        return named and bool(venue) and "volume" in kinds_ and _holds(reading)
    return (named or bool(venue)) and _holds(reading)


def _holds(reading: Reading) -> bool:
    """Tell whether authors or venue of an unmarked paragraph are more than a guess."""
    values = []
    for name in ("A", "V"):
        span = reading.cut.fields.get(name)
        if span:
            scores = [piece.scores[name] for piece in reading.pieces[span[0] : span[1]]]
            values.append(max(scores))
    return max(values, default=0) > 1.0


def _tell_missing(draft: _Draft, reading: Reading, year: str) -> None:
    if "author" not in draft.fields:
        draft.tell(
            "PK104",
            "no author in this entry",
            Severity.WARNING,
            "add the authors to the list, or complete the entry in the .bib",
            "author",
        )
    if not year and "pubstate" not in draft.fields:
        draft.tell("PK106", "no year in this entry", Severity.WARNING, "add it to the list", "date")
    if reading.odd:
        draft.tell(
            "PK102",
            "this entry is not laid out like the others; its fields are a guess",
            Severity.INFO,
            "check it",
        )


def _diagnostics(draft: _Draft, document: Document, reading: Reading, title: str) -> list[Diagnostic]:
    place = document.location(reading.item.start)
    short = title if len(title) <= 50 else title[:47] + "…"
    return [
        Diagnostic(
            code,
            f"{message} ({short})",
            severity,
            type(place)(place.file, place.line, place.column, "", about),
            hint,
        )
        for code, message, severity, hint, about in draft.found
    ]
