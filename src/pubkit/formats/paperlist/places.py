"""Places: which text is a city with its country, and where a venue's name ends and its place begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.formats.paperlist.words import words

COUNTRIES = words("places.countries")
STATES = words("places.states")
TOWNS = words("places.towns")
_MEETING = re.compile(r"\b(?:proc|conf|symp|workshop|congress|meeting|colloquium)", re.IGNORECASE)


def is_place(text: str) -> bool:
    """Tell whether a text is a place: it ends in a country or state.

    >>> is_place("Nara, Japan"), is_place("San Diego, CA"), is_place("Springer")
    (True, True, False)
    """
    parts = [part.strip(" .").casefold() for part in text.split(",") if part.strip()]
    return (
        bool(parts)
        and len(parts) <= 4
        and (parts[-1] in COUNTRIES or (len(parts) > 1 and parts[-1] in STATES))
    )


def is_town(text: str) -> bool:
    """Tell whether a text is a town where publishers sit, or several: "Roma", "Berlin/Heidelberg".

    >>> is_town("Roma"), is_town("London and New York"), is_town("Carocci")
    (True, True, False)
    """
    if not text or len(text) > _LONGEST_TOWNS:
        return False
    parts = [part.strip(" .,").casefold() for part in _TOWNS_APART.split(text)]
    return all(part in TOWNS for part in parts)


_LONGEST_TOWNS = 60
#: A publisher behind a town has at most so many words: "Firenze, Olschki".
PRESS_WORDS = 3
_TOWNS_APART = re.compile(r"\s*[/,;–-]\s*|\s+(?:and|und|et|y|e|&)\s+")


def without_place(text: str) -> tuple[str, str]:
    """Split a place off the end of a venue.

    >>> without_place("15th Conference on Lists, Atlanta, GA, USA")
    ('15th Conference on Lists', 'Atlanta, GA, USA')
    >>> without_place("Journal of Lists")
    ('Journal of Lists', '')
    """
    parts = text.split(",")
    last = len(parts)
    while (
        last > 1
        and (word := parts[last - 1].strip(" .").casefold())
        and (word in COUNTRIES or (word in STATES and not parts[last - 1].strip().islower()))
    ):
        last -= 1
    if last == len(parts):
        return text, ""
    # The city stands before: one more part, if it is short and the venue does not end with it.
    if last > 1 and len(parts[last - 1].split()) <= 4 and not _MEETING.search(parts[last - 1]):
        last -= 1
    return ",".join(parts[:last]).strip(), ",".join(parts[last:]).strip()


_DEPARTMENT = re.compile(
    r"\b(?:dep(?:artment|t\.)|facult(?:y|é|ad)|faculdade|facoltà|fakultät|fakultet|institut für"
    r"|school of|division of"
    r"|fachbereich|wydział|факультет)\b",
    re.IGNORECASE,
)
_UNIVERSITY = re.compile(
    r"universit|universidad|uniwersytet|yliopisto|univerzit|университет|hochschule|\bcollege\b|\bpolytech"
    r"|institute of technology|politecnico|大学|대학교",
    re.IGNORECASE,
)


def university_first(venue: str, rest: Sequence[str]) -> tuple[str, list[str]]:
    """Return the university of a thesis and what else is told; its department often stands before it.

    >>> university_first("Faculty of Science", ["Åbo Akademi University", "Turku"])
    ('Åbo Akademi University', ['Faculty of Science', 'Turku'])
    >>> university_first("Department of Physics, University of Lists", [])
    ('University of Lists', ['Department of Physics'])
    """
    parts = [*venue.split(", "), *rest]
    if not venue or not _DEPARTMENT.search(parts[0]) or _UNIVERSITY.search(parts[0]):
        return venue, list(rest)
    named = next((part for part in parts[1:] if _UNIVERSITY.search(part)), "")
    if not named:
        return venue, list(rest)
    return named, [part for part in parts if part != named]
