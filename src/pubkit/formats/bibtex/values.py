"""Values: white space, `@string` macros, and the expression that a value was written as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from pubkit.model.months import MONTH_MACROS

# ASCII white space as `str.split` knows it: other spaces (no-break, thin …) are text.
_RUN = re.compile(r"[ \t-\r\x1c-\x1f]+")
_ASCII_SPACE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
_BLANK_LINE = re.compile(r"\r\n?[ \t]*\r\n?|\n[ \t\r]*\n")
# Fields of several paragraphs: an empty line is part of the text.
LONG_FIELDS = frozenset({"abstract", "annotation", "annote", "comment", "review"})


class Piece(NamedTuple):
    """One operand of a value: the text between braces or quotes, a number, or the name of a macro."""

    kind: Literal["text", "number", "macro"]
    text: str


def squeeze(value: str) -> str:
    r"""Return a value with runs of ASCII white space as one space each and none at its ends, as BibTeX does.

    >>> squeeze("  A title\n   of two lines ")
    'A title of two lines'
    """
    if value.isascii():
        return " ".join(value.split())
    return _RUN.sub(" ", value).strip(" ")


def squeeze_paragraphs(value: str) -> str:
    """Like `squeeze`, but empty lines stay: in abstracts and annotations they part paragraphs."""
    if "\n" not in value and "\r" not in value:
        return squeeze(value)
    paragraphs = (squeeze(part) for part in _BLANK_LINE.split(value))
    return "\n\n".join(part for part in paragraphs if part)


def clean(name: str, value: str) -> str:
    """Return a value as reading gives it for a field of that name."""
    return squeeze_paragraphs(value) if name in LONG_FIELDS else squeeze(value)


def expand(pieces: Iterable[Piece], macros: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the texts that make up a value, and the macros in it that nobody defined (kept as names)."""
    texts: list[str] = []
    unknown: list[str] = []
    for kind, text in pieces:
        if kind != "macro":
            texts.append(text)
            continue
        known = macros.get(text.lower())
        if known is None and (known := MONTH_MACROS.get(text.lower())) is None:
            unknown.append(text)
            known = text
        texts.append(known)
    return texts, unknown


def expression(pieces: Iterable[Piece]) -> str:
    """Return pieces as BibTeX source: `acm # { Press}`."""
    return " # ".join(f"{{{text}}}" if kind == "text" else text for kind, text in pieces)
