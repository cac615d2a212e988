"""Reading names: from the source text of a name-list field to values.

Lists are cut by BibTeX's grammar (`pubkit.model.name_grammar`) before any LaTeX is decoded, so that braces
protect; biblatex's `family=…, given=…` form is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from pubkit.markup.latex import to_text
from pubkit.model.name_grammar import Tokens, bounds, join, split_names, tokenize

# The last "name" of a list that goes on.
OTHERS = "others"
# What stands in an environment belongs together, as in braces. Bounded, so that no start looks to the end.
_ENVIRONMENT = re.compile(r"\\begin\{(\w+\*?)\}(.{0,400}?)\\end\{\1\}", re.DOTALL)


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
    if "\\begin" in text:
        text = _ENVIRONMENT.sub(r"{\2}", text)
    pieces = split_names(text)
    others = pieces[-1] == OTHERS
    if others:
        pieces.pop()
    names = [name for piece in pieces if (name := parse_name(piece)).family or str(name)]
    return Names(tuple(names), others)


# Capitalised words and initials with single spaces or hyphens between: no von part, nothing to decode.
_LETTERS = r"[^\W\d_]"
_PLAIN_WORD = rf"[A-ZÀ-ÖØ-Þ]{_LETTERS}*(?:['.]{_LETTERS}+)*\.?"
_PLAIN_NAME = re.compile(rf"{_PLAIN_WORD}(?:[ -]{_PLAIN_WORD})+")


@lru_cache(maxsize=65536)
def parse_name(text: str) -> Name:
    r"""Read one name.

    Args:
        text: The source text of one name, without `and`.

    Returns:
        The name, decoded to Unicode.

    >>> parse_name("{Simon and Schuster}")
    Name(family='Simon and Schuster', given='', prefix='', suffix='', literal=True, options=())
    """
    if _PLAIN_NAME.fullmatch(text):
        given, _, family = text.rpartition(" ")
        return Name(family, given)
    extended = parse_extended(text) if "=" in text else None
    if extended is not None:
        return extended
    tokens = tokenize(text)
    first, von, last, jr = bounds(tokens)
    family = _decoded(tokens, last)
    prefix = _decoded(tokens, von)
    if prefix and last and tokens.before[last.start] == "-":
        prefix += "-"  # al-Saleh
    literal = len(last) == len(tokens.words) == 1 and _is_one_group(tokens.words[0], family)
    return Name(family, _decoded(tokens, first), prefix, _decoded(tokens, jr), literal)


def _decoded(tokens: Tokens, part: range) -> str:
    if not part:
        return ""
    return decode(" ".join(join(tokens, part)))


def decode(source: str) -> str:
    """Return a piece of a name as Unicode, each run of white space and ties as one space."""
    if source.endswith("\\") and (len(source) - len(source.rstrip("\\"))) % 2:
        source = source[:-1]  # of the control space in `L.\ Thiele`, BibTeX leaves the backslash
    return " ".join(to_text(source).split())


def _is_one_group(word: str, decoded: str) -> bool:
    r"""Whether a word is one pair of braces, other than a special character such as `{\O}`."""
    if not word.startswith("{") or not word.endswith("}"):
        return False
    if word.startswith("{\\") and len(decoded) < 2:
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


def parse_extended(text: str) -> Name | None:
    """Read `family=…, given=…`; None where the text is not of that form.

    A part in whose value another equals sign stands bare is no part to biber, and none here.
    """
    parts: dict[str, str] = {}
    options: list[tuple[str, str]] = []
    for piece in _split_at_commas(text):
        found = _KEY.fullmatch(piece)
        key = found[1].lower() if found else ""
        value = decode(_unquoted(found[2].strip())) if found else ""
        if key in _PART_KEYS:
            if not (found and "=" in found[2] and "{" not in found[2]):
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


def _split_at_commas(text: str) -> list[str]:
    """Split at commas outside braces and double quotes; the quotes go."""
    pieces: list[str] = []
    start = depth = 0
    quoted, blank = False, True  # blank: nothing but white space since the last comma
    for at, char in enumerate(text):
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif char == '"' and not depth and (quoted or blank):
            quoted = not quoted
        elif char == "," and not depth and not quoted:
            pieces.append(text[start:at])
            start, blank = at + 1, True
            continue
        blank = blank and char.isspace()
    pieces.append(text[start:])
    return [_unquoted(piece.strip()) for piece in pieces]


def _unquoted(piece: str) -> str:
    return piece[1:-1] if len(piece) > 1 and piece[0] == piece[-1] == '"' else piece
