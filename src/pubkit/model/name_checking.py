"""Checking names: what is wrong with the source text of a name-list field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pubkit.model.name_grammar import bounds, split_names, tokenize
from pubkit.model.name_reading import OTHERS, parse_extended

_BARE_MACRO = re.compile(r"\\[A-Za-z]+")
_MARKUP = re.compile(
    r"\{?\\(textbf|bf|bfseries|textit|it|itshape|emph|em|textsc|sc|underline|uline)(?![A-Za-z])"
)
_ET_AL = re.compile(r"et\s+al\.?", re.IGNORECASE)


def name_problems(text: str) -> tuple[str, ...]:
    r"""Say what is wrong with a name list.

    Args:
        text: The source text of a name-list field.

    Returns:
        One message a fault, each with the name it concerns; empty where all is well.

    >>> name_problems("Chong, B. M., Specia, L.")
    ('too many commas in "Chong, B. M., Specia, L."; separate names by \'and\'',)
    """
    problems: list[str] = []
    pieces = split_names(text)
    for number, piece in enumerate(pieces):
        if not piece:
            problems.append("an empty name: 'and' twice in a row")
        elif piece.lower() == "and" or piece.lower().startswith("and ") or piece.lower().endswith(" and"):
            problems.append(f"an 'and' with no name beside it in {_quoted(piece)}")
        elif _ET_AL.fullmatch(piece):
            problems.append(f"{_quoted(piece)} is read as a name; write 'and others'")
        elif piece == OTHERS and number < len(pieces) - 1:
            problems.append("'others' stands before the end of the list and is read as a name")
        else:
            problems.extend(_faults(piece))
    return tuple(dict.fromkeys(problems))


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= 80 else f'"{text[:77]}…"'


@lru_cache(maxsize=8192)  # a person stands in many lists
def _faults(piece: str) -> tuple[str, ...]:
    """Return what is wrong with one name."""
    return tuple(_found_faults(piece))


def _found_faults(piece: str) -> Iterator[str]:
    if "=" in piece and parse_extended(piece) is not None:
        return
    tokens = tokenize(piece)
    for fault in tokens.faults:
        hint = "; separate names by 'and'" if fault == "too many commas" else ""
        yield f"{fault} in {_quoted(piece)}{hint}"
    if not tokens.words:
        if not tokens.faults:
            yield f"no name in {_quoted(piece)}"
        return
    markup = _MARKUP.match(tokens.words[0])
    if markup and len(tokens.words) == 1:
        yield f"\\{markup[1]} around {_quoted(piece)} makes one word of the name; take it away"
    if any(word in ("&", "\\&") or (";" in word and "{" not in word) for word in tokens.words):
        yield f"{_quoted(piece)} looks like several names; separate names by 'and'"
    first, von, last, _ = bounds(tokens)
    if not last and not tokens.faults:
        yield f"no family name in {_quoted(piece)}"
    for word in tokens.words[:-1]:
        macro = _BARE_MACRO.search(word)
        if macro and macro.end() == len(word):
            yield f"the space behind {macro[0]} cuts {_quoted(piece)} in two; write {{{macro[0]}}}"
    if first and von and tokens.before[von.start] == "-" and not tokens.commas:
        yield (
            f"{_quoted(tokens.words[von.start])} in {_quoted(piece)} is read as a particle, as BibTeX does; "
            "write the family name first, with a comma behind it"
        )
