"""Reading key patterns: JabRef's `[auth:lower][year]` and Better BibTeX's `auth.lower + year`.

A pattern is a list of alternatives separated by `|`; the first that gives anything counts. An alternative is
literal text and markers; a marker has modifiers, and both may have arguments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pubkit.errors import PubkitError
from pubkit.keys.markers import Value
from pubkit.keys.modifiers import MODIFIERS

ILLEGAL = re.compile(r"[^A-Za-z0-9_.:+/-]")
_QUOTED = r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'"
_BRACKETS = re.compile(rf"\[((?>{_QUOTED}|[^\[\]])*+)\]|(\|)|([^\[\]|]+)|(.)", re.DOTALL)
_MARKER = re.compile(r"[A-Za-z][\w.-]*")
_ARGUMENTS = rf"\(((?>{_QUOTED}|[^()])*+)\)"
_MODIFIER = re.compile(rf":(?:([a-zA-Z]+)([0-9]*)(?:{_ARGUMENTS}|=([^:\]]*))?|\(([^()]*)\))")
_FORMULA = re.compile(rf"\s*(?:(?P<literal>{_QUOTED})|(?P<marker>[A-Za-z][A-Za-z0-9_]*)(?:{_ARGUMENTS})?)")
_FILTER = re.compile(rf"\.([A-Za-z]+)(?:{_ARGUMENTS})?")
_ARGUMENT = re.compile(rf"\s*(?:\w+\s*=\s*)?(?:({_QUOTED})|([^,\"']*?))\s*(?:,|$)")
_ESCAPE = re.compile(r"\\(.)")

Modification = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: literal text, or a marker.

    Attributes:
        text: Literal text.
        marker: Name of the marker, with the numbers behind it.
        numbers: Numbers given in parentheses.
        modifiers: Name and arguments of each modifier, in order.
    """

    text: str = ""
    marker: str = ""
    numbers: tuple[int, ...] = ()
    modifiers: tuple[Modification, ...] = ()


Alternative = tuple[Part, ...]


@lru_cache(maxsize=64)
def parse_pattern(pattern: str) -> tuple[Alternative, ...]:
    """Read a pattern.

    Raises:
        PubkitError: It cannot be read.

    >>> [part.marker for part in parse_pattern("[auth:lower][shorttitle3_3]")[0]]
    ['auth', 'shorttitle3_3']
    >>> [part.marker for part in parse_pattern("auth.lower + shorttitle(3, 3) + year")[0]]
    ['auth', 'shorttitle', 'year']
    """
    if "[" not in pattern and "]" not in pattern and re.search(r"[A-Za-z)]\s*[+.(|]", pattern):
        return tuple(_formula(pattern, alternative) for alternative in _split(pattern, "|"))
    alternatives: list[list[Part]] = [[]]
    for match in _BRACKETS.finditer(pattern):
        marked, bar, text, stray = match.groups()
        if stray:
            raise PubkitError(
                f"unbalanced bracket in the key pattern {pattern!r}", hint="markers are written [like:this]"
            )
        if bar:
            alternatives.append([])
        elif marked is None:
            alternatives[-1].append(Part(text=ILLEGAL.sub("", text)))
        else:
            alternatives[-1].append(_marker(marked))
    return tuple(map(tuple, alternatives))


def _marker(marked: str) -> Part:
    """Read what stands between brackets."""
    marker = _MARKER.match(marked)
    at = marker.end() if marker else 0
    modifiers: list[Modification] = []
    while marker and (found := _MODIFIER.match(marked, at)):
        name, number, called, equals, default = found.groups()
        given = _arguments(called if called is not None else equals or "")
        if default is not None:
            modifiers.append(("default", (default,)))
        else:
            modifiers.append(_modifier(name, (number,) if number else given))
        at = found.end()
    if marker is None or at != len(marked):
        raise PubkitError(
            f"[{marked}] in a key pattern is no marker with modifiers", hint="for example [auth:lower]"
        )
    return Part(marker=marker.group(), modifiers=tuple(modifiers))


def _modifier(name: str, given: tuple[str, ...]) -> Modification:
    if name not in MODIFIERS:
        known = ", ".join(sorted(MODIFIERS))
        raise PubkitError(f"no key modifier is called {name!r}", hint=f"there are {known}")
    MODIFIERS[name](Value(("x",)), given)  # wrong arguments are told of now
    return name, given


def _formula(pattern: str, alternative: str) -> Alternative:
    """Read one alternative of a formula such as `auth.lower + year`."""
    parts: list[Part] = []
    for term in _split(alternative, "+"):
        found = _FORMULA.match(term)
        if found is None:
            raise PubkitError(f"{term.strip()!r} in the key pattern {pattern!r} is no marker")
        if found["literal"]:
            parts.append(Part(text=ILLEGAL.sub("", _unquoted(found["literal"]))))
            at = found.end()
        else:
            given = _arguments(found[3] or "")
            numbers = tuple(int(number) for number in given if number.isdecimal())
            at = found.end()
            modifiers: list[Modification] = []
            while filtered := _FILTER.match(term, at):
                modifiers.append(_modifier(filtered[1], _arguments(filtered[2] or "")))
                at = filtered.end()
            parts.append(Part(marker=found["marker"], numbers=numbers, modifiers=tuple(modifiers)))
        if term[at:].strip():
            raise PubkitError(f"{term[at:].strip()!r} in the key pattern {pattern!r} cannot be read")
    return tuple(parts)


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator outside quotes and parentheses."""
    pieces: list[str] = [""]
    depth = 0
    for piece in re.findall(rf"{_QUOTED}|.", text, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == separator and not depth:
            pieces.append("")
        else:
            pieces[-1] += piece
    return pieces


def _arguments(text: str) -> tuple[str, ...]:
    """Read arguments separated by commas, quoted or bare, with names before them or not."""
    if not text.strip():
        return ()
    given: list[str] = []
    at = 0
    while at < len(text) and (found := _ARGUMENT.match(text, at)):
        given.append(_unquoted(found[1]) if found[1] else found[2])
        if found.end() == at:
            break
        at = found.end()
    return tuple(given)


def _unquoted(text: str) -> str:
    r"""Return a quoted text without its quotes; `\\.` in it is `\.`, as in a Java string."""
    return _ESCAPE.sub(lambda found: found[1] if found[1] in "\\\"'" else found[0], text[1:-1])
