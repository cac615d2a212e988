r"""LaTeX field source to plain Unicode, fast: the hot path of reading a library.

Most values hold nothing special and are returned as they are. Of the rest most hold only self-contained
pieces (`{\"u}`, `{DNA}`, `--`, `\&`), which are replaced one by one. What is left goes through the reader.
All three ways give the same text; a test holds them to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.markup import plain
from pubkit.markup.latex.reader import MEMO_LENGTH, read

# Pieces that mean the same wherever they stand; the last line is what only the reader understands.
# Every alternative begins with a plain character: Python's regular expressions then skip the rest fast.
_PIECE = re.compile(
    r"""
    (
      \{ (?<![_^]\{) (?:
          \\ (?: ["'`^~=.] (?: [A-Za-z] | \{ (?: [A-Za-z] | \\[ij] ) \} | \\[ij] )
              | [uvHtcdbkr] \{ [A-Za-z] \} | [uvHtcdbkr][ ][A-Za-z]
              | (?: ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j )
              | [&%\#_] )
        | - | [^\\{}$~`'\-,_^\s]++ (?: [ -] [^\\{}$~`'\-,_^\s]++ )*+ ) \}
    | \\ (?: ["'`^~=.] (?: [A-Za-z] | \{ (?: [A-Za-z] | \\[ij] ) \} )
           | [uvHtcdbkr] \{ [A-Za-z] \}
           | [&%\#_] )
    | ~ | ---? | ''
    | [ ][ \t\r\n]++ | \t[ \t\r\n]*+ | \r[ \t\r\n]*+ | \n[ \t\r\n]*+
    | \\ | \{ | \} | \$ | ` | ,,
    )
    """,
    re.VERBOSE,
)


class _HardError(Exception):
    """Raised inside the replacement of pieces: this value needs the reader."""


def to_text(source: str) -> str:
    r"""Return LaTeX field source as plain Unicode text.

    Accents are composed, braces and fonts dropped, simple mathematics shown in Unicode; unknown macros stay
    as they stand.

    >>> to_text(r"Schr{\"o}dinger's {DNA} --- $\alpha$ of H$_2$O")
    "Schrödinger's DNA — α of H₂O"
    """
    if is_ordinary(source):
        return source
    return _decode(source) if len(source) <= MEMO_LENGTH else _decode.__wrapped__(source)


def is_ordinary(source: str) -> bool:
    """Return whether field source holds nothing that LaTeX reads as anything but itself.

    >>> is_ordinary("State-of-the-art O'Connor, 100% & more"), is_ordinary("a--b")
    (True, False)
    """
    # one look per mark, written out: several times faster on short values than a regular expression or a loop
    return not (
        "\\" in source
        or "{" in source
        or "--" in source
        or "$" in source
        or "~" in source
        or "''" in source
        or "`" in source
        or "  " in source
        or "\n" in source
        or "}" in source
        or "\t" in source
        or "\r" in source
        or ",," in source
    )


@lru_cache(maxsize=16384)
def _decode(source: str) -> str:
    parts = _PIECE.split(source)
    try:
        parts[1::2] = map(_piece, parts[1::2])
    except _HardError:
        return plain.write(read(source).rich)
    return "".join(parts)


@lru_cache(maxsize=8192)
def _piece(piece: str) -> str:
    if (len(piece) == 1 and piece in "\\{}$`") or piece == ",,":
        raise _HardError
    return plain.write(read(piece).rich)
