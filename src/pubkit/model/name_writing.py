"""Writing names: from values to the source text of a name-list field that means the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pubkit.markup.latex import escape
from pubkit.model.name_grammar import split_names
from pubkit.model.name_reading import OTHERS, Name, Names, parse_name

_SIMPLE = re.compile(r"[^\W\d_]+")
_SIMPLE_GIVEN = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*")
_AND = re.compile(r"\band\b", re.IGNORECASE)
_PLAIN_VALUE = re.compile(r"[\w.](?:[\w .'-]*[\w.-])?")
_SEPARATOR = re.compile(r"[\s~,-]+")


def format_names(names: Iterable[Name], others: bool = False) -> str:
    r"""Write names as the source text of a name-list field.

    Reading the text gives the same names. Braces are set only where BibTeX's grammar would otherwise read
    something else; biblatex's extended form only where BibTeX has no way to say it.

    Args:
        names: The names in order; a `Names` value brings its own `others`.
        others: Whether the list ends in `and others`.

    >>> format_names([Name("Knuth", "Donald E."), Name("Simon and Schuster", literal=True)], others=True)
    'Knuth, Donald E. and {Simon and Schuster} and others'
    >>> format_names([Name("de Geus", "Tom")])
    '{de Geus}, Tom'
    """
    others = others or (isinstance(names, Names) and names.others)
    pieces = [format_name(name) for name in names]
    if others:
        pieces.append(OTHERS)
    elif pieces and pieces[-1] == OTHERS:
        pieces[-1] = "other{s}"  # a person of that name
    return " and ".join(piece for piece in pieces if piece)


@lru_cache(maxsize=32768)
def format_name(name: Name) -> str:
    """Write one name as source text, `von Last, Jr, First`."""
    if (
        not (name.prefix or name.suffix or name.literal or name.options)
        and _SIMPLE.fullmatch(name.family)
        and _SIMPLE_GIVEN.fullmatch(name.given)
        and not _AND.search(f"{name.family} {name.given}")
    ):
        return f"{name.family}, {name.given}"
    wanted = _tidied(name)
    if not any((wanted.family, wanted.given, wanted.prefix, wanted.suffix)):
        return ""
    for candidate in _candidates(wanted):
        in_list = split_names(f"A and {candidate} and Z")  # an "and" at its edge would join with the list's
        if in_list == ["A", candidate, "Z"] and parse_name(candidate) == wanted:
            return candidate
    return _extended(wanted)


def _tidied(name: Name) -> Name:
    """Return the name with each run of white space as one space, as reading gives it."""
    family, given, prefix, suffix = (
        " ".join(part.split()) for part in (name.family, name.given, name.prefix, name.suffix)
    )
    return Name(family, given, prefix, suffix, name.literal, name.options)


def _candidates(name: Name) -> Iterator[str]:
    """Yield ways to write a name in BibTeX's grammar, the plainest first."""
    family, given, prefix, suffix = (
        escape(part) for part in (name.family, name.given, name.prefix, name.suffix)
    )
    if name.options:
        return
    if name.literal:
        yield f"{{{family}}}"
        yield f"{{{{}}{family}}}"  # a group that begins with a backslash would be one letter
        return
    yield _bibtex_form(family, given, prefix, suffix)
    if name.given or name.suffix:  # by itself, one group would be a literal
        yield _bibtex_form(f"{{{family}}}", given, prefix, suffix)
    yield _bibtex_form(_protected(family), given, prefix, suffix)
    yield _bibtex_form(family, f"{{{given}}}", prefix, f"{{{suffix}}}" if suffix else "")
    yield _bibtex_form(f"{{{family}}}", f"{{{given}}}", _protected(prefix), f"{{{suffix}}}" if suffix else "")
    yield _bibtex_form(_protected(family), given, _protected(prefix), suffix)


def _bibtex_form(family: str, given: str, prefix: str, suffix: str) -> str:
    """Join source texts to `von Last, Jr, First`; a missing last part is written as an empty group."""
    if prefix:
        family = f"{prefix}{family}" if prefix.endswith("-") else f"{prefix} {family or '{}'}"
    if not family:
        family = "{}"
    if suffix:
        return f"{family}, {suffix}, {given or '{}'}"
    return f"{family}, {given}" if given else family


def _protected(source: str) -> str:
    """Put separators in braces, so that a part stays one word to BibTeX."""
    return _SEPARATOR.sub(lambda found: f"{{{found[0]}}}", source)


def _extended(name: Name) -> str:
    """Write biblatex's extended form."""
    parts = [("family", name.family), ("given", name.given), ("prefix", name.prefix), ("suffix", name.suffix)]
    pieces = [(key, value) for key, value in (*parts, *name.options) if value or key == "family"]
    return ", ".join(f"{key}={_value(value)}" for key, value in pieces)


def _value(text: str) -> str:
    source = escape(text)
    return source if _PLAIN_VALUE.fullmatch(source) and not _AND.search(source) else f"{{{source}}}"
