"""Names: from the source text of a name-list field to values, and back.

Lists are cut by BibTeX's grammar (`pubkit.model.name_grammar`) before any LaTeX is decoded, so that braces
protect; biblatex's `family=…, given=…` form is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from pubkit.markup.latex import escape, to_text
from pubkit.model.name_grammar import (
    NameParts,
    Tokens,
    bounds,
    join,
    parse_parts,
    split_names,
    tokenize,
)

__all__ = [
    "Name",
    "NameParts",
    "Names",
    "format_name",
    "format_names",
    "name_problems",
    "parse_name",
    "parse_names",
    "parse_parts",
    "split_names",
]

_OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Name:
    """One name, LaTeX decoded.

    Attributes:
        family: The family name without its prefix; for a literal the whole name.
        given: Given names or initials.
        prefix: What stands before the family name in lower case: "von", "de la", "al-".
        suffix: "Jr.", "III".
        literal: Whether the name is one piece, such as an organisation.
        options: What biblatex's extended form said beside the four parts, e.g. `(("useprefix", "true"),)`.
    """

    family: str = ""
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    literal: bool = False
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The name in reading order: given, prefix, family, suffix.

        >>> str(Name("Beethoven", "Ludwig", "van")), str(Name("King", "Martin Luther", suffix="Jr."))
        ('Ludwig van Beethoven', 'Martin Luther King, Jr.')
        """
        text = " ".join(part for part in (self.given, self.full_family) if part)
        return f"{text}, {self.suffix}" if self.suffix else text

    @property
    def full_family(self) -> str:
        """The family name with its prefix: "van Beethoven", "al-Saleh", "d'Alembert"."""
        space = "" if self.prefix.endswith(("-", "'", "’")) or not self.family else " "
        return f"{self.prefix}{space}{self.family}" if self.prefix else self.family

    @property
    def use_prefix(self) -> bool | None:
        """Whether the prefix counts as part of the family name when sorting; None where not said."""
        value = dict(self.options).get("useprefix")
        return None if value is None else value.lower() == "true"


@dataclass(frozen=True, slots=True)
class Names(Sequence[Name]):
    """The names of a field.

    Attributes:
        names: The names in order.
        others: Whether the list ended in `and others`.
    """

    names: tuple[Name, ...] = ()
    others: bool = False

    @overload
    def __getitem__(self, index: int) -> Name: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Name]: ...
    def __getitem__(self, index: int | slice) -> Name | Sequence[Name]:
        return self.names[index]

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Name]:
        return iter(self.names)


# -- reading -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parse_names(text: str) -> Names:
    r"""Read the source text of a name-list field.

    Names are never rejected: one that is not well formed is read as BibTeX reads it after its complaint, and
    `name_problems` says what is wrong. Empty names are left out.

    Args:
        text: Field source, e.g. `Knuth, Donald E. and {Simon and Schuster} and others`.

    Returns:
        The names, decoded to Unicode.

    >>> parse_names(r"G{\"o}del, Kurt and Ludwig van Beethoven and others")[0].family
    'Gödel'
    >>> parse_names("family=Hakim, given=Tawfiq, prefix=al-")[0].full_family
    'al-Hakim'
    """
    text = text.strip()
    if not text:
        return Names()
    pieces = split_names(text)
    others = pieces[-1] == _OTHERS
    if others:
        pieces.pop()
    return Names(tuple([parse_name(piece) for piece in pieces if piece]), others)


@lru_cache(maxsize=32768)
def parse_name(text: str) -> Name:
    r"""Read one name.

    Args:
        text: The source text of one name, without `and`.

    Returns:
        The name, decoded to Unicode.

    >>> parse_name("{Simon and Schuster}")
    Name(family='Simon and Schuster', given='', prefix='', suffix='', literal=True, options=())
    """
    extended = _parse_extended(text) if "=" in text else None
    if extended is not None:
        return extended
    tokens = tokenize(text)
    first, von, last, jr = bounds(tokens)
    family = _decoded(tokens, last)
    prefix = _decoded(tokens, von)
    if prefix and last and tokens.before[last.start] == "-":
        prefix += "-"  # al-Saleh
    literal = len(tokens.words) == 1 and _is_one_group(tokens.words[0])
    return Name(family, _decoded(tokens, first), prefix, _decoded(tokens, jr), literal)


def _decoded(tokens: Tokens, part: range) -> str:
    if not part:
        return ""
    return decode(" ".join(join(tokens, part)))


def decode(source: str) -> str:
    """Return a piece of a name as Unicode, each run of white space and ties as one space."""
    return " ".join(to_text(source).split())


def _is_one_group(word: str) -> bool:
    r"""Whether a word is one pair of braces, other than a special character such as `{\O}`."""
    if not word.startswith("{") or not word.endswith("}") or word.startswith("{\\"):
        return False
    depth = 0
    for at, char in enumerate(word):
        depth += (char == "{") - (char == "}")
        if not depth:
            return at == len(word) - 1
    return False


# -- biblatex's extended form --------------------------------------------------------------------

_PART_KEYS = ("family", "given", "prefix", "suffix")
_OPTION_KEYS = frozenset(
    ("useprefix", "sortingnamekeytemplatename", "nametemplates", "uniquename", "uniquelist", "gender", "id",
     "family-i", "given-i", "prefix-i", "suffix-i", "hash", "nohashothers", "noroman", "sortname")
)  # fmt: skip
_KEY = re.compile(r"\s*([a-z-]+)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)


def _parse_extended(text: str) -> Name | None:
    """Read `family=…, given=…`; None where the text is not of that form."""
    parts: dict[str, str] = {}
    options: list[tuple[str, str]] = []
    for piece in split_at_commas(text):
        found = _KEY.fullmatch(piece)
        key = found[1].lower() if found else ""
        value = decode(found[2]) if found else ""
        if key in _PART_KEYS:
            parts[key] = value
        elif key in _OPTION_KEYS:
            options.append((key, value))
        else:
            return None
    if not parts:
        return None
    get = parts.get
    return Name(
        get("family", ""), get("given", ""), get("prefix", ""), get("suffix", ""), options=tuple(options)
    )


def split_at_commas(text: str) -> list[str]:
    """Split at commas outside braces."""
    pieces: list[str] = []
    start = depth = 0
    for at, char in enumerate(text):
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif char == "," and not depth:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return pieces


# -- writing -------------------------------------------------------------------------------------

_SIMPLE = re.compile(r"[^\W\d_]+")
_SIMPLE_GIVEN = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*")
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
        pieces.append(_OTHERS)
    elif pieces and pieces[-1] == _OTHERS:
        pieces[-1] = "other{s}"  # a person of that name
    return " and ".join(piece for piece in pieces if piece)


@lru_cache(maxsize=32768)
def format_name(name: Name) -> str:
    """Write one name as source text, `von Last, Jr, First`."""
    if (
        not (name.prefix or name.suffix or name.literal or name.options)
        and _SIMPLE.fullmatch(name.family)
        and _SIMPLE_GIVEN.fullmatch(name.given)
        and " and " not in name.given.lower()
    ):
        return f"{name.family}, {name.given}"
    wanted = _tidied(name)
    if not any((wanted.family, wanted.given, wanted.prefix, wanted.suffix)):
        return ""
    for candidate in _candidates(wanted):
        if split_names(candidate) == [candidate] and parse_name(candidate) == wanted:
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
    return source if re.fullmatch(r"[\w.-]+", source) else f"{{{source}}}"


# -- checking ------------------------------------------------------------------------------------

_BARE_MACRO = re.compile(r"\\[A-Za-z]+")
_LIST_MARKS = re.compile(r";|\s&\s|\s\\&\s")
_ET_AL = re.compile(r"et\s+al\.?", re.IGNORECASE)


def name_problems(text: str) -> tuple[str, ...]:
    r"""Say what is wrong with a name list.

    Args:
        text: The source text of a name-list field.

    Returns:
        One message a fault, each with the name it concerns; empty where all is well.

    >>> name_problems("Chong, B. M., Specia, L.")
    ("too many commas in the name 'Chong, B. M., Specia, L.'; separate names by 'and'",)
    """
    problems: list[str] = []
    pieces = split_names(text)
    for number, piece in enumerate(pieces):
        if not piece:
            problems.append("an empty name: 'and' twice in a row")
        elif piece.lower() == "and" or piece.lower().startswith("and ") or piece.lower().endswith(" and"):
            problems.append(f"an 'and' with no name beside it in {piece!r}")
        elif _ET_AL.fullmatch(piece):
            problems.append(f"{piece!r} is read as a name; write 'and others'")
        elif piece == _OTHERS and number < len(pieces) - 1:
            problems.append("'others' stands before the end of the list and is read as a name")
        else:
            problems.extend(_faults(piece))
    return tuple(dict.fromkeys(problems))


def _faults(piece: str) -> Iterator[str]:
    """Yield what is wrong with one name."""
    tokens = tokenize(piece)
    for fault in tokens.faults:
        hint = "; separate names by 'and'" if fault == "too many commas" else ""
        yield f"{fault} in the name {piece!r}{hint}"
    if not tokens.words:
        if not tokens.faults:
            yield f"no name in {piece!r}"
        return
    if "=" in piece and _parse_extended(piece) is not None:
        return
    if any(_LIST_MARKS.search(word) or word in ("&", "\\&") for word in tokens.words):
        yield f"{piece!r} looks like several names; separate names by 'and'"
    first, von, last, _ = bounds(tokens)
    if not last and not tokens.faults:
        yield f"no family name in {piece!r}"
    for word in tokens.words[:-1]:
        macro = _BARE_MACRO.search(word)
        if macro and macro.end() == len(word):
            yield f"the space behind {macro[0]} cuts the name {piece!r} in two; write {{{macro[0]}}}"
    if first and von and tokens.before[von.start] == "-" and not tokens.commas:
        yield (
            f"{tokens.words[von.start]!r} in {piece!r} is read as a particle, as BibTeX does; "
            "write the family name first, behind it a comma"
        )
