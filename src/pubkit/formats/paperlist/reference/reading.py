"""One reference string → fields under BibLaTeX names, with an entry type and what was not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.reference import identifiers
from pubkit.formats.paperlist.reference.dates import read_date
from pubkit.formats.paperlist.reference.features import Marked
from pubkit.formats.paperlist.reference.kind import decide, degree, venue_fields
from pubkit.formats.paperlist.reference.lexicon import word_class
from pubkit.formats.paperlist.reference.tagger import Segment, label
from pubkit.formats.paperlist.reference.values import Values, clean, read_values
from pubkit.markup.latex import escape
from pubkit.model.entry import Entry
from pubkit.model.names import Name, format_names, parse_name

# Longer texts are no reference: only their beginning is read.
MAX_LENGTH = 4000

# What a list or a footnote counts by, and the "See" before a footnote's work.
_NUMBER = re.compile(
    r"^\s*(?:\[[^\[\]]{1,8}\]\s*|\(\d{1,4}\)\s+|\d{1,4}[.)]\s+(?=\D)|[•·*–-]\s+"
    r"|\d{1,3}\s+(?=(?:[A-ZÀ-Þ][\w.'’-]*\s){1,3}[A-ZÀ-Þ][\w'’-]+,\s))?"
    r"(?:(?:See also|See|Cf\.|Vgl\.|Siehe|Voir)\s+(?=[A-ZÀ-Þ]))?"
)


_Put: TypeAlias = Callable[[str, str, float], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one reference string.

    Attributes:
        type: BibLaTeX entry type.
        fields: Field name (BibLaTeX) → source text.
        confidence: Field name → how sure the labeller was, 0 to 1; for identifiers, whose shape is proof, 1.
        leftover: Stretches that were not understood, as they stand; they are in the field `note`, too.
        segments: How the string was cut.
    """

    type: str
    fields: Mapping[str, str]
    confidence: Mapping[str, float]
    leftover: tuple[str, ...]
    segments: tuple[Segment, ...]

    def entry(self, key: str = "") -> Entry:
        """Return the reading as an entry; `extra["confidence"]` has the confidences."""
        return Entry(self.type, key, self.fields, {"confidence": self.confidence})


def read_reference(text: str, spans: Iterable[Marked] = ()) -> Reading:
    """Read one reference string: an entry of a bibliography in any of the usual styles.

    Args:
        text: The string; its number in the bibliography may stand before it.
        spans: Its marked-up stretches, where mark-up is known: start, end, and names out of
            `pubkit.formats.paperlist.reference.features.MARKS`.

    Returns:
        What was read. Nothing is dropped: what no field takes is `leftover` and in `note`.

    >>> reading = read_reference("Doe, J., & Li, B. (2019). On lists. Journal of Lists, 12(3), 45-67.")
    >>> reading.type, reading.fields["title"], reading.fields["author"], reading.fields["pages"]
    ('article', 'On lists', 'Doe, J. and Li, B.', '45--67')
    """
    number = _NUMBER.match(text)
    start = number.end() if number else 0  # what a list counts by is no part of the reference
    body = text[start : start + MAX_LENGTH]
    marked = [Marked(span[0] - start, span[1] - start, span[2]) for span in spans]
    segments = label(body, marked)
    values = read_values(segments)
    found, rest = identifiers.take(body, values.rest)
    fields: dict[str, str] = {}
    confidence: dict[str, float] = {}

    def put(name: str, value: str, sure: float) -> None:
        if value and name not in fields:
            fields[name] = value
            confidence[name] = round(sure, 3)

    type_ = decide(values, found)
    for name in ("author", "editor", "translator"):
        if name in values.text:
            put(name, _names(values.text[name]), values.confidence[name])
    _put_texts(values, type_, put)
    for name, value in found.items():
        put(name, value, 1.0)
    kept = {segment.start: segment for segment in (*_unread(segments, fields), *rest)}
    leftover = tuple(piece for _, segment in sorted(kept.items()) if (piece := clean(segment.text)))
    if len(text) > start + MAX_LENGTH:
        leftover = (*leftover, text[start + MAX_LENGTH :].strip())
    if leftover:
        put("note", escape("; ".join(leftover)), 0.5)
    if start:
        segments = [one._replace(start=one.start + start, end=one.end + start) for one in segments]
    return Reading(type_, fields, confidence, leftover, tuple(segments))


# Labels whose fields hold numbers taken out of the text: what else stands there is not understood.
_NUMERIC = frozenset({"date", "volume", "pages"})
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_CONNECTING = frozenset(("vol", "no", "pp", "month", "and", "in", "al", "web", "date", "von"))


def _unread(segments: Iterable[Segment], fields: Mapping[str, str]) -> list[Segment]:
    """Return the segments of numbers with a word or number that no field holds: "vol. 3, Part A"."""
    numeric = [segment for segment in segments if segment.label in _NUMERIC]
    if not numeric:
        return []
    held = {piece.lstrip("0") for value in fields.values() for piece in _PIECE.findall(value.casefold())}
    return [
        segment
        for segment in numeric
        if any(
            piece.lstrip("0") not in held and len(piece) > 1 and word_class(piece) not in _CONNECTING
            for piece in _PIECE.findall(segment.text.casefold())
        )
    ]


def _put_texts(values: Values, type_: str, put: _Put) -> None:
    text, sure = values.text, values.confidence
    targets = [("title", "title"), *venue_fields(values, type_), ("series", "series")]
    targets += [(name, name) for name in ("volume", "number", "eid", "pagetotal", "location")]
    targets.append(("publisher", "institution" if type_ in ("thesis", "report") else "publisher"))
    for part, name in targets:
        if part in text:
            put(name, escape(text[part]), sure[part])
    if "pages" in text:
        put("pages", text["pages"], sure["pages"])
    _put_date(values, put)
    if "genre" in text:
        put("type", degree(text["genre"]) if type_ == "thesis" else escape(text["genre"]), sure["genre"])


def _put_date(values: Values, put: _Put) -> None:
    text = values.text.get("date", "")
    if not text:
        return
    sure = values.confidence["date"]
    if "month" in values.text:
        text = f"{values.text['month']} {text}"
    put("date", read_date(text), sure)


def _names(text: str) -> str:
    """Return a list of names as field source."""
    text = _GIVEN_IN_BRACKETS.sub(r"\1, \2", text)
    if _BODY.search(text):
        return format_names([Name(text, literal=True)])
    found, others = people.parse(text)
    names: list[Name] = []
    for person in found:
        if not any(char.isalnum() for char in person.text):
            continue
        if person.family:
            names.append(parse_name(f"{escape(person.family)}, {escape(person.given)}"))
        else:
            names.append(parse_name(escape(person.text)))
    return format_names(names, others and bool(names))


# "Lemaire (Claire)", as French bibliographies have it.
_GIVEN_IN_BRACKETS = re.compile(r"([A-ZÀ-Þ][\w'’-]+) \(([A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*)?)\)")
# Words that people are not called by: the text names a body, such as a ministry or a collaboration.
_BODY = re.compile(
    r"^(?!.*\bet al\b)[^,;]*\b(?:universit\w+|institut\w*|organi[sz]ation|ministry|council|association"
    r"|society"
    r"|collaboration|committee|department|bureau|agency|office|commission|nations|bank|foundation|group|cent(?:re|er)"
    r"|consortium|academy|federation|team|project|ministerium|bundes\w+|gesellschaft|verein|ministère)\b[^,;]*$",
    re.IGNORECASE,
)
