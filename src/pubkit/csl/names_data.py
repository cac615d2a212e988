"""Names of items: CSL-JSON name objects read once, particles split off, each distinct name one object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Latin letters as written, hyphens, full stops, single spaces inside.
_LETTERS = "[A-Za-zÀ-ÖØ-öø-ɏ]+"
_PLAIN = rf"{_LETTERS}(?:(?:\. |[-. ]){_LETTERS})*\.?"
_SIMPLE = re.compile(rf"{_PLAIN}\n(?:{_PLAIN})?")


# The same where each word begins with a capital, so that nothing can be a particle.
_CAPITAL = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ɏ]*"
_CAPITALS = rf"{_CAPITAL}(?:(?:\. |[-. ]){_CAPITAL})*\.?"
_USUAL = re.compile(rf"{_CAPITALS}\n{_CAPITALS}")


class Name:
    """One name. Equal data gives the same object, so that names can key dictionaries by identity.

    Attributes:
        family: Family name without its particle, or the whole of a literal name.
        given: Given names, or "".
        dropping: Particle that goes with the given names ("von" in Alexander von Humboldt).
        particle: Particle that belongs to the family name ("van" in van Gogh).
        suffix: "Jr.", "III" and the like.
        comma_suffix: Whether a comma goes before the suffix in natural order.
        literal: Whether this is an institution or another name that is printed as it is.
        static: Whether family and given name keep their order (family first).
        simple: Whether it is nothing but family and given name in Latin letters, without markup.
    """

    __slots__ = (
        "comma_suffix",
        "dropping",
        "family",
        "given",
        "literal",
        "particle",
        "simple",
        "static",
        "suffix",
    )

    def __init__(
        self,
        family: str,
        given: str = "",
        dropping: str = "",
        particle: str = "",
        suffix: str = "",
        *,
        comma_suffix: bool = False,
        literal: bool = False,
        static: bool = False,
        simple: bool | None = None,
    ) -> None:
        self.family = family
        self.given = given
        self.dropping = dropping
        self.particle = particle
        self.suffix = suffix
        self.comma_suffix = comma_suffix
        self.literal = literal
        self.static = static
        self.simple = simple or (
            not (dropping or particle or suffix or literal or static)
            and _SIMPLE.fullmatch(f"{family}\n{given}") is not None
        )

    def __repr__(self) -> str:
        return f"<Name {self.given} {self.dropping} {self.particle} {self.family} {self.suffix}>"


_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
_APOSTROPHES = "'’ʼ`"
# A particle word: begins lower-case; ends at a space, or at an apostrophe or hyphen that joins the name.
_LOWER = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_WORD = rf"['’ʼ]?{_LOWER}[^\W\d_]*(?:\.{_LOWER}*)*\s+"
_FAMILY_PARTICLE = re.compile(
    rf"((?:{_WORD})*(?:{_LOWER}[^\W\d_]{{0,2}}(?:['’ʼ]|-(?=[A-ZÀ-ÖØ-Þ]))|{_WORD}))\s*(?=\S)"
)


def read_names(value: Any) -> tuple[tuple[Name, ...], list[str]]:
    """Read the value of a name variable.

    Args:
        value: A list of CSL-JSON name objects; a text counts as one literal name.

    Returns:
        The names, and what is wrong with the value.
    """
    problems: list[str] = []
    if isinstance(value, (str, Mapping)):
        problems.append("a list of names is expected")
        value = [value]
    if not isinstance(value, (list, tuple)):
        return (), [f"a list of names is expected, not a {type(value).__name__}"]
    names: list[Name] = []
    for given in value:
        if type(given) is dict and len(given) == 2 and "family" in given and "given" in given:
            family, first = given["family"], given["given"]
            if type(family) is str and type(first) is str and family:  # the usual case, fast
                names.append(_simple_name(family, first))
                continue
        if isinstance(given, str):
            if given.strip():
                names.append(_literal_name(given))
            continue
        if not isinstance(given, Mapping):
            if given is not None:
                problems.append(f"a name is a {type(given).__name__}, not an object")
            continue
        parts = [given.get(part) for part in _PARTS]
        texts = ["" if part is None else part if isinstance(part, str) else str(part) for part in parts]
        family, first, dropping, particle, suffix, literal = texts
        if literal and not (family or first):
            names.append(_literal_name(literal))
        elif given.get("isInstitution") and family:
            names.append(_literal_name(family))
        elif family or first:
            comma = bool(given.get("comma-suffix"))
            static = bool(given.get("static-ordering"))
            parse = given.get("parse-names", True) not in (False, 0, "0", "false")
            parts_of = (family, first, dropping, particle, suffix)
            names.append(_full_name(parts_of, comma=comma, static=static, parse=parse))
        elif particle or dropping:
            names.append(_full_name((particle or dropping, "", "", "", suffix), parse=False))
    return tuple(names), problems


@lru_cache(maxsize=65536)
def _literal_name(text: str) -> Name:
    return Name(text, literal=True)


@lru_cache(maxsize=65536)
def _simple_name(family: str, given: str) -> Name:
    if _USUAL.fullmatch(f"{family}\n{given}") is not None:
        return Name(family, given, simple=True)
    return _full_name((family, given, "", "", ""))


@lru_cache(maxsize=65536)
def _full_name(
    parts: tuple[str, str, str, str, str], *, comma: bool = False, static: bool = False, parse: bool = True
) -> Name:
    """Return the name of these parts: family, given, dropping and non-dropping particle, suffix."""
    family, given, dropping, particle, suffix = parts
    if len(family) > 1 and family[0] == '"' == family[-1]:  # quoted: everything is the family name
        family, parse = family[1:-1], False
    if not family:
        family, given, parse = given, "", False
    if parse and given and not particle:
        family, particle = _split_family(family)
    if parse and given and not dropping:
        given, dropping, jr = _split_given(given)
        suffix = suffix or jr
    return Name(
        family, given, dropping, particle, suffix, comma_suffix=comma or suffix.startswith("!"), static=static
    )


def _split_family(family: str) -> tuple[str, str]:
    """Split a leading particle off: "van der Vlist" → "Vlist", "van der"."""
    if family[0].isupper() or not (family[0].isalpha() or family[0] in _APOSTROPHES):
        return family, ""
    match = _FAMILY_PARTICLE.match(family)
    if match is None or match.end() == len(family):
        return family, ""
    return family[match.end() :], match[1].strip()


def _split_given(given: str) -> tuple[str, str, str]:
    """Split a trailing particle and a suffix off given names: "Alexander von" → "Alexander", "von", ""."""
    suffix = ""
    if "," in given:
        given, _, suffix = (part.strip() for part in given.partition(","))
        if suffix and suffix[0].islower() and not suffix.startswith("jr"):
            return given, suffix, ""
    last = given.rpartition(" ")[2]
    if last == given or not last or not last[0].islower():
        return given, "", suffix
    words = given.split(" ")
    first = len(words)
    while first > 1 and words[first - 1][:1].islower():
        first -= 1
    if first == 1 and words[0][:1].islower():
        return given, "", suffix
    return " ".join(words[:first]).rstrip(" ,"), " ".join(words[first:]), suffix


def joins(particle: str) -> bool:
    """Tell whether a particle joins the name that follows without a space: d'Aubignac, al-One."""
    return particle[-1:] in _APOSTROPHES or particle.endswith("-")
