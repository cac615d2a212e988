"""What the labeller sees of each token: its word, its shape, its punctuation, its neighbours, its place.

What a token's own text tells is worked out once a distinct text and kept; the rest is list concatenation.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pubkit.formats.paperlist.reference.lexicon import word_class
from pubkit.formats.paperlist.reference.tokens import Tokens

# The marks of a span that tell something about its field.
MARKS = ("italic", "bold", "link", "smallcaps")


class Marked(NamedTuple):
    """A stretch of a reference string that stands in one mark-up.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last.
        marks: Names out of `MARKS`; others are ignored.
    """

    start: int
    end: int
    marks: frozenset[str]


class _Text(NamedTuple):
    """What a token's own text tells, ready for each place that it is looked at from."""

    own: tuple[str, ...]
    before: tuple[str, ...]  # as seen by the next token
    after: tuple[str, ...]  # as seen by the token before
    far_before: tuple[str, ...]
    far_after: tuple[str, ...]
    shape: str
    tag: str  # the class of the word, else its shape
    closing: str
    quotes: int  # +1 opens a quotation, -1 closes it, 2 a mark that does either
    brackets: int
    year: bool


_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_NUMBER = re.compile(r"\d+")
_RANGE = re.compile(r"[a-zA-Z]{0,3}\d+(?:[-–—−#]{1,3}[a-zA-Z]{0,3}\d+)+")
_ROMAN = re.compile(r"[IVXLC]+|[ivxlc]+")
_OPENING_QUOTES = frozenset("“„«「『")
_CLOSING_QUOTES = frozenset("”»」』")


def features(tokens: Tokens, text: str, spans: Iterable[Marked] = ()) -> list[list[str]]:
    """Return the features of each token.

    Args:
        tokens: What `tokenize` made of the text.
        text: The reference string.
        spans: Its marked-up stretches, if it had any; offsets are into the text.
    """
    known = [_look(piece) for piece in tokens.texts]
    starts, ends = tokens.starts, tokens.ends
    count = len(known)
    marks = _marks(tokens, spans)
    rows: list[list[str]] = []
    quoted = False
    depth = 0
    year = False
    stops = 0
    has_quotes = any(one.quotes for one in known)
    for at, one in enumerate(known):
        row = [*one.own]
        if at:
            previous = known[at - 1]
            row += previous.before
            row.append(f"<|={previous.closing}|{one.tag}")
            if ends[at - 1] == starts[at]:
                row.append("glued")
            if at > 1:
                row += known[at - 2].far_before
            else:
                row.append("second")
        else:
            row.append("first")
        if at + 1 < count:
            row += known[at + 1].after
            row.append(f"|>={one.closing}|{known[at + 1].tag}")
            if at + 2 < count:
                row += known[at + 2].far_after
        else:
            row.append("last")
        # How far the string has come: tenths, sentences, whether its year is behind us.
        row.append(f"at={at * 10 // count}")
        row.append(f"s={stops}{'y' if year else ''}")
        opened = one.quotes in (1, 2) and not quoted
        if has_quotes:
            row.append("q=in" if quoted or opened else "q=out" if at and stops else "q=before")
        depth = max(0, depth + (one.brackets > 0) * one.brackets)
        if depth:
            row.append("bracket")
        depth = max(0, depth + (one.brackets < 0) * one.brackets)
        if one.quotes:
            quoted = opened and not (one.quotes == 2 and _closes_itself(tokens.texts[at]))
        if one.closing == "." and one.shape not in ("A", "Aa") and stops < 5:
            stops += 1
        year = year or one.year
        if marks is not None:
            row += marks[at]
        rows.append(row)
    return rows


def _closes_itself(text: str) -> bool:
    return text.count('"') > 1


def _marks(tokens: Tokens, spans: Iterable[Marked]) -> list[list[str]] | None:
    """Return the mark-up features of each token, or None for a string without mark-up."""
    marked = [span for span in spans if not span.marks.isdisjoint(MARKS)]
    if not marked:
        return None
    rows: list[list[str]] = [[] for _ in tokens.texts]
    found = False
    for start, end, names in marked:
        wanted = [name for name in MARKS if name in names]
        inside = range(bisect_right(tokens.ends, start), bisect_left(tokens.starts, end))
        for place, at in enumerate(inside):
            for name in wanted:
                rows[at].append(f"m={name}")
                if not place:
                    rows[at].append(f"m={name}+")
        if inside and inside[-1] + 1 < len(rows):
            rows[inside[-1] + 1] += [f"m={name}-" for name in wanted]
        found = found or bool(inside)
    return rows if found else None


@lru_cache(maxsize=100_000)
def _look(text: str) -> _Text:
    match = _EDGES.match(text[:200])
    opening, core, closing = match.groups() if match else ("", text, "")
    if not core:
        opening, closing = "", opening
    word = core.casefold()
    shape = _shape(core)
    kind = "" if len(core) == 1 and core.isupper() else word_class(word)  # initials are no abbreviations
    stop = closing[:1] if len(closing) < 2 else closing[:2]
    own = [
        "b",
        f"w={word[:24]}",
        f"s={shape}",
        f"c={closing[:3]}",
        f"sc={shape}{stop}",
        f"3={word[-3:]}",
        f"p={word[:3]}",
    ]
    if opening:
        own.append(f"o={opening[-2:]}")
    if len(core) == 1 or (len(core) < 4 and core.isupper()):
        own.append("short")
    if kind:
        own.append(f"k={kind}")
        own.append(f"k={kind}{stop}")
    tag = kind or shape
    before = (f"<w={word[:24]}", f"<s={shape}{stop}", f"<c={closing[:3]}", f"<k={tag}")
    after = (f">w={word[:24]}", f">s={shape}", f">k={tag}", f">o={opening[-1:]}{stop}")
    return _Text(
        tuple(own),
        before,
        after,
        (f"<<{tag}{stop}",),
        (f">>{tag}{stop}",),
        shape,
        tag,
        stop,
        _quotes(text),
        text.count("(") + text.count("[") - text.count(")") - text.count("]"),
        shape == "year",
    )


def _quotes(text: str) -> int:
    if '"' in text:
        return 2
    opens = any(char in _OPENING_QUOTES for char in text[:3])
    closes = any(char in _CLOSING_QUOTES for char in text[-4:])
    return 0 if opens and closes else 1 if opens else -1 if closes else 0


def _shape(core: str) -> str:
    """Return the shape of a word: capitals, small letters and digits, runs shortened.

    >>> [_shape(word) for word in ("McDonald", "PLoS", "1999", "12", "123-45", "J", "IEEE", "xii")]
    ['AaAa', 'AAaA', 'year', '99', 'range', 'A', 'AAA', 'aa']
    """
    if not core:
        return "none"
    if core[0].isdigit() or core[-1].isdigit():
        if _YEAR.fullmatch(core):
            return "year"
        if _NUMBER.fullmatch(core):
            return "9" * min(len(core), 5)
        if _RANGE.fullmatch(core):
            return "range"
    if "://" in core or core.startswith("www."):
        return "url"
    if "10." in core and "/" in core:
        return "doi"
    if len(core) <= 5 and _ROMAN.fullmatch(core) and len(core) > 1:
        return "roman" if core.isupper() else "aa"
    return _compressed(core)


def _compressed(core: str) -> str:
    shape = _RUN.sub(r"\1\1", core[:40].translate(_LETTERS))
    if shape == "AA" and len(core) > 2:
        return "AAA"
    return shape.replace("Aaa", "Aa").replace("aaA", "aA")[:8]


class _Letters(dict[int, str]):
    """The kind of each character, worked out when first met: at most one item a character of Unicode."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isupper():
            kind = "A"
        elif char.isdigit():
            kind = "9"
        elif char.isalpha():
            kind = "a" if char.islower() else "x"
        else:
            kind = char
        self[code] = kind
        return kind


_LETTERS = _Letters()
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
