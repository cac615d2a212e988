"""An entry being filled, and what is told about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist.layout import Reading
from pubkit.markup.latex import escape
from pubkit.model.source import Document

_MATH = re.compile(r"(\$[^$]{1,300}\$)")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Draft:
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
        """Add what is to be told: code, message, severity, hint, the field it is about."""
        self.found.append((code, message, severity, hint, about))


def squeeze(text: str) -> str:
    """Return a text with single spaces."""
    return _SPACE.sub(" ", text).strip()


def _escaped(text: str) -> str:
    """Escape a text whose mathematics is LaTeX already."""
    pieces = _MATH.split(text)
    return "".join(piece if number % 2 else escape(piece) for number, piece in enumerate(pieces))


def tell_missing(draft: Draft, reading: Reading, year: str) -> None:
    """Tell what the entry lacks, and that its reading is a guess where it is."""
    if "title" not in draft.fields:
        draft.tell(
            "PK113",
            "no title in this entry",
            Severity.WARNING,
            "add it to the list, or look it up with pubkit enrich",
            "title",
        )
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


def diagnostics(draft: Draft, document: Document, reading: Reading, title: str) -> list[Diagnostic]:
    """Return what was told, with the entry's place and the beginning of its title."""
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
