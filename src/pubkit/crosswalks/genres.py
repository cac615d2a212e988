"""Kinds of works in words ("PhD thesis") ↔ biblatex's keys for them ("phdthesis")."""

from __future__ import annotations

from collections.abc import Sequence

from pubkit.crosswalks.csl_tables import GENRES, GENRES_BACK
from pubkit.crosswalks.forms import Form, plain_text, text_source

# Other wordings that databases have; read only.
_WORDINGS = {
    "phd": "phdthesis",
    "ph.d.": "phdthesis",
    "phd thesis": "phdthesis",
    "ph.d. thesis": "phdthesis",
    "phd dissertation": "phdthesis",
    "ph.d. dissertation": "phdthesis",
    "doctoral thesis": "phdthesis",
    "doctoral dissertation": "phdthesis",
    "dissertation": "phdthesis",
    "master": "mathesis",
    "masters": "mathesis",
    "master’s": "mathesis",
    "master thesis": "mathesis",
    "masters thesis": "mathesis",
    "master's thesis": "mathesis",
    "bachelor thesis": "bathesis",
    "bachelors thesis": "bathesis",
    "bachelor's thesis": "bathesis",
    "tech report": "techreport",
    "technical report": "techreport",
    "research report": "resreport",
}


def genre_source(text: str) -> str:
    """Return a kind of work as the source of a `type` field.

    >>> genre_source("Ph.D. Thesis"), genre_source("Working Paper")
    ('phdthesis', 'Working Paper')
    """
    word = " ".join(text.split())
    return GENRES_BACK.get(word.casefold()) or _WORDINGS.get(word.casefold()) or text_source(word)


def genre_text(source: str) -> str:
    """Return the source of a `type` field in words."""
    return GENRES.get(source.strip().lower()) or plain_text(source)


def _read(texts: Sequence[str]) -> str:
    return genre_source(texts[0]) if len(texts) == 1 else ""


GENRE = Form(_read, lambda source: [genre_text(source)])
