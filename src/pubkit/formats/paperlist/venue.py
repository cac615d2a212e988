"""The venue of an entry: its name, and the editors, series, publisher and place around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.diagnostics import Severity
from pubkit.formats.paperlist import kinds, places
from pubkit.formats.paperlist.container import PUBLISHER, Container
from pubkit.formats.paperlist.draft import Draft, squeeze
from pubkit.formats.paperlist.found import Atom
from pubkit.formats.paperlist.layout import Reading
from pubkit.formats.paperlist.namemarks import explained
from pubkit.formats.paperlist.shapes import YEAR, is_label
from pubkit.model.venues import Venue

_ENDS_IN_NUMBER = re.compile(r"(.*[^\d\s,]),? (\d{1,4})")
_PLACE_FIRST = re.compile(r"([^\W\d][^:,]{2,30}): (.{3,})")
_IN = re.compile(
    r"^\[?(?:published |appeared |to appear |accepted )?(?:in|at|em|dans|nel|в"
    r"|[wvu](?=:))\b:?\]?\s+(?:(?-i:the)\s+)?(?=\S)",
    re.IGNORECASE,
)
_SEPARATE = re.compile(r"^[\s,;:.()\[\]|–—-]*(?:(?:in|at|the|proc(?:eedings|\.)|of)\s+){0,5}$", re.IGNORECASE)
# A long word before the full stop: the stop ends a sentence, and no abbreviation.
_YEAR_IN = re.compile(r"\s*['’]?\d{2,4}\)")
_UNCLOSED = re.compile(r"\s*\([^()]{1,20}$")
_CYRILLIC_END = re.compile(r"[\u0400-\u04ff]{5}\.$")
# "(= Altertum 12)": the series of a German book.
_AS_SERIES = re.compile(r"\(?= ?(?P<name>[^\d=()]{3,80}?)(?:,? (?:Bd\. ?)?(?P<number>\d{1,4}))?\)?")
# "2-P-14": the number of a talk.
_CODE_LAST = re.compile(r"[,，、]\s*(?=[A-Za-z\d-]*\d)[A-Za-z\d]{1,6}(?:-[A-Za-z\d]{1,6}){1,3}$")
_SERIES = re.compile(
    r"^(?:lecture notes|lncs|lnai|lipics|ccis|pmlr|studies in|advances in|communications in computer|series)",
    re.I,
)


def venue_of(reading: Reading, start: int, end: int) -> tuple[str, list[str]]:
    """Return the venue as the list names it, and what else stands there."""
    text = reading.item.text
    stretches: list[str] = []
    if (
        text[start] != "("
        and text.count("(", start, end) > text.count(")", start, end)
        and (year := _YEAR_IN.match(text, end))
    ):
        end = year.end()  # "Workshop on Lists (LISTS 2016)"
    at = start = _with_year(reading, start)
    dates = [atom for atom in reading.atoms if atom.kind == "date" and atom.sure]
    for atom in reading.atoms:
        if atom.start < start or atom.end > end:
            continue
        elsewhere = any(date is not atom for date in dates)
        if atom.kind == "date" and not _ends(text, at, atom, end, elsewhere=elsewhere):
            continue  # "2012 American Control Conference", "Workshop 2010 on Lists"
        stretches.append(text[at : atom.start])
        at = atom.end
    stretches.append(text[at:end])
    if stop := _emphasis_end(reading, start, end):
        own = sum(map(len, stretches[:1]))
        if start + own > stop:
            stretches[:1] = [text[start:stop], text[stop : start + own]]
    parts = [_trim(part) for stretch in stretches for part in stretch.split("\n")]
    parts = [part for part in parts if any(letter.isalpha() for letter in part)]
    if not parts:
        return "", []
    head, place = places.without_place(_IN.sub("", parts[0]))
    return _trim(head), [part for part in (place, *parts[1:]) if part]


# "Proc. INTERSPEECH 2021, Brno, August 2021": the year of a meeting known by its letters is no name.
_ACRONYM_BEFORE = re.compile(r"[A-Z]{4,} $")
_NAME_GOES_ON = re.compile(r"\s?[-–—:]\s?\w|\s[\w&(]")
_BEHIND_NAME = re.compile(
    r"\s?[,.;]\s+(?=[A-ZÀ-Þ])|\s\((?=[A-ZÀ-Þ][a-zß-ÿ]+(?: [A-ZÀ-Þ][a-zß-ÿ]+)?, (?:19|20)\d\d\))"
)


def _emphasis_end(reading: Reading, start: int, end: int) -> int:
    """Return where a venue in italics ends, and more follows: "*A Book*, CABI, Oxford"; 0 for none."""
    ends = [
        last
        for first, last, marks, _ in reading.item.runs
        if "emph" in marks and start <= first and last < end and last - first >= _SHORTEST_NAME
    ]
    return ends[0] if len(ends) == 1 and _BEHIND_NAME.match(reading.item.text, ends[0]) else 0


_SHORTEST_NAME = 8


def _with_year(reading: Reading, start: int) -> int:
    """Return where a venue starts whose name begins with its year: "2012 American Control Conference"."""
    dates = [atom for atom in reading.atoms if atom.kind == "date"]
    for atom in dates:
        own = atom.start > 0 and len(dates) > 1 and reading.item.text[atom.start : atom.end] == atom.value
        if own and reading.item.text[atom.end : start] == " ":
            return atom.start
    return start


def _ends(text: str, at: int, atom: Atom, end: int, *, elsewhere: bool) -> bool:
    """Tell whether an atom ends the venue's name: nothing follows at once, or something stands before."""
    if (
        atom.kind == "date"
        and elsewhere
        and (_NAME_GOES_ON.match(text, atom.end) or not _ACRONYM_BEFORE.search(text, at, atom.start))
        and text[atom.start - 2 : atom.start - 1].isalnum()
        and not atom.value[4:]
    ):
        return False  # "OCEANS 2017 – Aberdeen", with the date elsewhere, too
    after = text[atom.end : min(end, atom.end + 2)]
    opening = text.rfind("(", at, atom.start)
    if text.count("(", at, atom.start) > text.count(")", at, atom.start) and after[:1] == ")":
        # "(London: Routledge, 2020)", and not "Workshop on Lists (LISTS 2016)"
        return ":" in text[opening : atom.start] or PUBLISHER.search(text[opening : atom.start]) is not None
    return not (after[:1] == " " and after[1:2].isalpha() and _SEPARATE.match(text[at : atom.start]))


def _trim(text: str) -> str:
    """Take off separators and unmatched brackets around a piece of a venue."""
    abbreviated = text.rstrip().endswith(".,")
    text = squeeze(text).strip(" ,;:|·•–—-\"“”'，、；『』「」《》〈〉„«»").lstrip(". ")
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            text = text.rstrip(opening + " ,") if text.endswith(opening) else text
            text = text[1:] if text.startswith(opening) else text
        elif text.count(closing) > text.count(opening):
            text = text[:-1] if text.endswith(closing) else text
            text = text[1:] if text.startswith(closing) else text
    if (left := _UNCLOSED.search(text)) and PUBLISHER.search(left[0]):
        text = text[: left.start()] + "," + left[0].replace("(", " ")  # "(World Scientific" before its town
    text = _CODE_LAST.sub("", _UNCLOSED.sub("", text.strip(" ,;:|·•–—-")))
    if text.endswith(".") and not abbreviated and "." not in text[:-1]:
        text = text[:-1]  # a full stop; that of "Chem. Phys. Lett." belongs to the name
    if _CYRILLIC_END.search(text):
        text = text[:-1]
    return text.removesuffix("()").strip()


def put_venue(draft: Draft, type_: str, text: str, found: Venue | None, base: float) -> None:
    """Set the field that holds the venue of an entry of this type."""
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


def put_around(draft: Draft, type_: str, around: Container) -> None:
    """Set publisher and place; a meeting's place is its `venue`."""
    own = kinds.VENUE_FIELDS.get(type_, "howpublished")
    named = "institution" if own == "institution" and own not in draft.fields else "publisher"
    if named in draft.fields and around.publisher:
        draft.notes.append(around.publisher)
    draft.put(named, around.publisher.strip("[]"), 0.8)
    draft.put("issuetitle" if type_ == "article" else "note", around.issue, 0.7)
    draft.put("series", around.series, 0.8)
    draft.put("number", around.number, 0.7)
    draft.put("venue" if type_ == "inproceedings" else "location", around.place, 0.75)
    draft.put("location", around.seat, 0.75)


def put_rest(draft: Draft, type_: str, rest: Sequence[str]) -> None:
    """Give the pieces behind the venue a field each, where they say what they are; else they are a note."""
    for whole in rest:
        part = whole.strip("()[] ") if not any(mark in whole[1:-1] for mark in "()[]") else whole
        if "author+an" in draft.fields and explained([part]):
            continue
        if YEAR.fullmatch(part) and part == draft.fields.get("date", "")[:4]:
            continue
        if (series := _AS_SERIES.fullmatch(whole.strip())) and "series" not in draft.fields:
            draft.put("series", series["name"], 0.8)
            draft.put("number", series["number"] or "", 0.7)
            continue
        if type_ == "thesis" and not kinds.without_kind(part, type_):
            continue
        if _SERIES.match(part) and "series" not in draft.fields:
            draft.put("series", part, 0.8)
        elif PUBLISHER.search(part) and len(part.split()) <= 5 and "publisher" not in draft.fields:
            match = _PLACE_FIRST.fullmatch(part)
            draft.put("publisher", match[2] if match else part, 0.8)
            draft.put("location", match[1] if match else "", 0.7)
        elif places.is_place(part) and "venue" not in draft.fields and "location" not in draft.fields:
            draft.put("venue" if type_ == "inproceedings" else "location", part, 0.7)
        elif not is_label(part):
            draft.notes.append(part)
            draft.tell("PK107", f"not understood, kept as a note: {part[:80]!r}", Severity.INFO, "", "note")
