"""People in one cell of a table: where one name ends and the next begins, whoever wrote the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from pubkit.crosswalks.name_forms import name_source, with_dots
from pubkit.model.names import Name, format_name, parse_names

_AND = re.compile(r"\s+and\s+(?![^{}]*\})")
_INITIALS = re.compile(
    r"(?:(?:[A-Z]\.?[ -]?){1,4}|(?:[a-z]\.[ -]?){1,4})(?:,? (?:Jr|Sr|2nd|3rd|II|III|IV)\.?)?"
)
_FAMILY_INITIALS = re.compile(r"[^\W\d_][\w'’ -]*? (?:[A-Z]\.?-?){1,4}\.?")
# Springer glues names together: a capital behind a small letter begins one, but not in McDonald.
_GLUED = re.compile(
    r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<!\bLa)(?<!\bDi)(?<!\bVan)(?=[A-Z][^\W\d_A-Z])"
)
_AMPERSAND = re.compile(r"[^&]*,[^&]* & [^&]*,[^&]*")
# "Caroline M.": given names, not a whole name.
_ENDS_IN_INITIAL = re.compile(r"[^\W\d_][\w'’-]+ (?:[\w'’-]+ )*[A-Z]\.?(?:[ -]?[A-Z]\.)*")
_WITH_SUFFIX = re.compile(r"(.+) ([A-Z]{1,4}) (Jr|Sr|2nd|3rd|4th|II|III|IV)")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_TITLES = re.compile(r"\b(?:Prof|Dr|Priv\.-Doz|Ing|Dipl|Mag)\.\s*(?:-\s*Ing\.\s*)?", re.IGNORECASE)
_IDS = re.compile(r"\s*\((?:\d+|[0-9X-]{19})\)")


def people_source(texts: Sequence[str], habit: str = "") -> str:
    """Return the people of a cell, or of one text each, as the source of a name-list field.

    Args:
        texts: The cell; or several texts, each a person.
        habit: What the table is known to do: "initials" (family and initials with commas between), "glued".

    >>> people_source(["Deng, Chaoqun and {World Health Organization}"])
    'Deng, Chaoqun and {World Health Organization}'
    >>> people_source(["Smith A, Walter BC"], "initials"), people_source(["A. Blum, M. Furst, and R. Lee"])
    ('Smith, A. and Walter, B. C.', 'A. Blum and M. Furst and R. Lee')
    >>> people_source(["Winkens, Ieke and Van Heugten, Caroline M."])
    'Winkens, Ieke and Van Heugten, Caroline M.'
    >>> people_source(["Blum, A., M. Furst, Lee, R."])
    'Blum, A. and M. Furst and Lee, R.'
    """
    if len(texts) > 1:
        return " and ".join(filter(None, (_one(text) for text in texts)))
    return " and ".join(filter(None, (_one(name, habit) for name in split_people(texts[0], habit))))


def split_people(cell: str, habit: str = "") -> list[str]:
    """Return the names in a cell."""
    if "&" in cell:  # "Lud&#228;scher": the sign behind a character reference parts no names
        cell = unescape(cell)
    cell = " ".join(_IDS.sub("", cell).split()).strip("; ")
    if not cell:
        return []
    if habit == "glued" and ";" not in cell:
        return [_TITLES.sub("", part).strip() for part in _GLUED.split(_TITLES.sub("", cell))]
    if habit == "initials" and ";" in cell:  # the groups stand behind the people
        people, _, groups = cell.partition(";")
        return [*split_people(people, habit), *(group.strip(" .") for group in groups.split(";"))]
    if ";" in cell:
        return [part.strip() for part in cell.split(";") if part.strip()]
    if _AMPERSAND.fullmatch(cell):
        cell = cell.replace(" & ", " and ")
    listed = bool(re.search(r",\s+and\s", cell))  # "A. Blum, M. Furst, and R. Lee"
    parts = [part.strip(" ,") for part in _AND.split(cell)]
    plain = [part for part in parts if not part.startswith("{") and part != "others"]
    # "Winkens, Ieke and Van Heugten, Caroline M. and WHO": a comma stands within a name, not between two.
    inverted = not listed and sum(part.count(",") == 1 for part in plain) > max(1, len(plain) // 2)
    names: list[str] = []
    for part in parts:
        whole = part.startswith("{") or (inverted and part.count(",") < 2)
        names += [part] if whole else _by_commas(part, listed)
    return names


def _by_commas(text: str, listed: bool = False) -> list[str]:
    """Return the names of a text without "and": one name, or several with commas between."""
    pieces = [piece.strip() for piece in re.split(r",(?![^{]*\})", text) if piece.strip()]
    if len(pieces) > 2 or listed:
        pieces = _with_suffixes(pieces)
    if len(pieces) < 2:
        return pieces
    if all(_FAMILY_INITIALS.fullmatch(piece) for piece in pieces):
        return pieces  # Smith A, Walter BC
    even = len(pieces) % 2 == 0
    if len(pieces) > 2 and even and all(_INITIALS.fullmatch(piece) for piece in pieces[1::2]):
        return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    if (
        len(pieces) == 2
        and _ENDS_IN_INITIAL.fullmatch(pieces[1])
        and not _ENDS_IN_INITIAL.fullmatch(pieces[0])
    ):
        return [text]  # Van Heugten, Caroline M.
    if any(_INITIALS.fullmatch(piece) for piece in pieces[1:]) and not _INITIALS.fullmatch(pieces[0]):
        return _with_initials(pieces)
    several = len(pieces) > 3 or all(len(piece.split()) > 1 for piece in pieces)
    particle = len(pieces) == 2 and pieces[0][:1].islower() and pieces[0][1:2] != "."
    if several and (listed or not particle):
        return pieces  # Viswanath Poosala, Yannis E. Ioannidis
    return [text]


def _with_suffixes(pieces: Sequence[str]) -> list[str]:
    """Return names of which some have a suffix behind a comma: "Agma Traina, Caetano Traina, Jr."."""
    names: list[str] = []
    for piece in pieces:
        given, space, family = names[-1].rpartition(" ") if names else ("", "", "")
        if _SUFFIX.fullmatch(piece) and space and not _INITIALS.fullmatch(family):
            names[-1] = f"{family}, {piece}, {given}"
        else:
            names.append(piece)
    return names


def _with_initials(pieces: Sequence[str]) -> list[str]:
    """Return names of which some have their initials behind a comma: "Blum, A., M. Furst, Lee, R."."""
    names: list[str] = []
    for piece in pieces:
        if _INITIALS.fullmatch(piece) and names and "," not in names[-1]:
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return names


def _one(text: str, habit: str = "") -> str:
    """Return one name as source."""
    text = text.strip()
    if text.startswith("{") and text.endswith("}"):
        return format_name(Name(text[1:-1].strip(), literal=True))
    if habit == "initials":
        if found := _WITH_SUFFIX.fullmatch(text.rstrip(".")):  # Thomas SJ Jr
            return name_source(f"{found[1]}, {with_dots(found[2])}, {found[3]}")
        family, comma, given = text.rstrip(".").rpartition(" ")
        if comma and _INITIALS.fullmatch(given) and "," not in text:
            return name_source(f"{family}, {with_dots(given)}")
    return name_source(text)


def people_text(source: str) -> str:
    """Return the names of a field for a cell: "Family, Given, Suffix", "and" between, braces round others.

    >>> people_text("Donald E. Knuth and {Simon and Schuster} and others")
    'Knuth, Donald E. and {Simon and Schuster} and others'
    """
    names = parse_names(source)
    texts = [_text(name) for name in names]
    return " and ".join([*texts, "others"] if names.others else texts)


def _text(name: Name) -> str:
    parts = [name.full_family, name.given, *((name.suffix,) if name.suffix else ())]
    text = ", ".join(parts) if any(parts[1:]) else parts[0]
    return f"{{{text}}}" if name.literal else text
