"""Whose a publication is: family names, all words of the names, whether the list is whole."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from pubkit.markup import latex
from pubkit.text.fold import fold
from pubkit.text.transliterate import to_ascii

#: So many names of a list are compared, out of so many characters.
MAX_NAMES = 60
MAX_NAMES_TEXT = 4000


class People(NamedTuple):
    """A list of names as it is compared; the properties are those of `Record`."""

    families: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    initial: str = ""
    more_names: bool = False


_NOBODY = People()


def read_people(source: str) -> People:
    """Return what a list of names says.

    Exports separate names by commas or semicolons too; such a list is cut here for comparing, and nowhere
    else. No name is taken apart further than into its family name and its words.

    Args:
        source: The source text of a field of names.

    >>> read_people("A. Blum, M. L. Furst and J. van der Waals").families
    ('blum', 'furst', 'waals')
    >>> read_people("de Jorge EG and Достоевский, Ф. and others")[0::2]
    (('jorge', 'dostoevskiy'), 'e')
    """
    if not source:
        return _NOBODY
    more = len(source) > MAX_NAMES_TEXT
    plain = latex.to_text(source[:MAX_NAMES_TEXT] if more else source)
    if "\\" in plain:  # LaTeX in the cell of a table stands for itself, and still means a letter
        plain = latex.to_text(plain)
    if "&" in plain:
        plain = unescape(plain)
    if "et al" in plain:
        plain = _ET_AL.sub(" and others", plain)
    if ";" in plain:
        plain = plain.replace(";", " and ")
    if " AND " in plain:
        plain = plain.replace(" AND ", " and ")
    if ("," in plain or "&" in plain) and not _is_listed_by_and(plain):
        plain = _comma_list(plain)
    families: list[str] = []
    words: list[str] = []
    initial = ""
    for name in plain.split(" and "):
        family, others, here = _person(name)
        if family:
            if not families:
                initial = here
            families.append(family)
            words += others
        elif others:
            more = True
    if len(families) > MAX_NAMES:
        more = True
        del families[MAX_NAMES:]
    return People(tuple(families), frozenset(words), initial, more)


# "Tanaka K, et al."
_ET_AL = re.compile(r"[\s,;&]*\b(?:and )?et al\b[\s.]*$")
# "Charisopoulos V", "de Jorge EG": initials behind the family name.
_INITIALS_BEHIND = re.compile(r"((?:[^\W\d_][\w'’-]+ ){1,4})([A-Z]{1,3})")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@lru_cache(maxsize=1 << 17)
def _person(name: str) -> tuple[str, tuple[str, ...], str]:
    """Return the family name, all words of a name that are longer than an initial, and the given initial.

    Of "others" the family name is "".
    """
    name = name.strip()
    behind = _INITIALS_BEHIND.fullmatch(name) if name[-1:].isupper() and "," not in name else None
    family, comma, rest = (behind[1], ",", behind[2]) if behind else name.partition(",")
    here = _words(family)
    if comma:
        given = _words(rest)
    else:
        while len(here) > 1 and here[-1] in _SUFFIXES:
            here.pop()
        at = len(here) - 1
        while at > 0 and len(here[at]) == 1:  # "Freund Y. A."
            at -= 1
        here, given = here[at : at + 1], here[at + 1 :] + here[:at]
    if not here:
        here, given = given[:1], given[1:]
    if here == ["others"] and not given:
        return "", ("others",), ""
    initial = next((word[0] for word in given if word not in _SUFFIXES), "") if given else ""
    return here[-1] if here else "", tuple([word for word in here + given if len(word) > 1]), initial


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.translate(_NAME_LETTERS).split()
    return fold(_OTHER_ALPHABET.sub(lambda found: to_ascii(found[0]) or found[0], text)).split()


_NAME_LETTERS = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u052f]+")


def _is_listed_by_and(plain: str) -> bool:
    """Say whether each comma stands within a name ("Blum, A. and Furst, M."), none between two."""
    commas, ands = plain.count(","), plain.count(" and ")
    if not ands or ", and " in plain or commas > ands + 1:
        return False
    return commas == ands + 1 or all("," in name for name in plain.split(" and "))


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
    if len(pieces) > 3 and len(full) > len(pieces) // 2:  # some have one name only
        return " and ".join(pieces)
    if len(pieces) > 1 and len(full) == len(pieces) and (len(pieces) > 2 or not pieces[0][0].islower()):
        return " and ".join(pieces)
    return plain


_INITIALS = re.compile(r"(?:[^\W\d_](?:[.\s-]+|$)){1,3}|[A-Z]{1,3}")
_NAME_SEPARATORS = re.compile(r"\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+", re.IGNORECASE)
