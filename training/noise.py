"""What happens to reference strings on their way: marks lost, tokens glued, words broken at line ends, accents gone."""

# ruff: noqa: E501  # lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from pubkit.formats.paperlist.reference.features import Marked
from training.strings import Labelled

# A string as characters, each with its label and its mark-up.
Chars = list[tuple[str, str, frozenset[str]]]
_NONE: frozenset[str] = frozenset()


def damage(string: Labelled, rng: random.Random, keep_marks: float = 0.3) -> Labelled:
    """Return the string as it might be met in a text.

    Args:
        string: A clean string.
        rng: The source of chance.
        keep_marks: How often its mark-up is known.
    """
    chars: Chars = [(char, "", _NONE) for char in string.text]
    for start, end, label in string.spans:
        chars[start:end] = [(char, label, mark) for char, _, mark in chars[start:end]]
    if rng.random() < keep_marks:
        for start, end, marks in string.marks:
            chars[start:end] = [(char, label, mark | marks) for char, label, mark in chars[start:end]]
    for chance, change in _CHANGES:
        if rng.random() < chance:
            chars = change(chars, rng)
    return _string(chars)


def _string(chars: Chars) -> Labelled:
    spans: list[tuple[int, int, str]] = []
    marks: list[Marked] = []
    for at, (_, label, mark) in enumerate(chars):
        if label:
            if spans and spans[-1][1:] == (at, label):
                spans[-1] = (spans[-1][0], at + 1, label)
            else:
                spans.append((at, at + 1, label))
        if mark:
            if marks and marks[-1].end == at and marks[-1].marks == mark:
                marks[-1] = marks[-1]._replace(end=at + 1)
            else:
                marks.append(Marked(at, at + 1, mark))
    return Labelled("".join(char for char, _, _ in chars), tuple(spans), tuple(marks))


def _replaced(table: dict[str, str]) -> Callable[[Chars, random.Random], Chars]:
    def change(chars: Chars, rng: random.Random) -> Chars:
        return [(new, label, mark) for char, label, mark in chars for new in table.get(char, char)]

    return change


def _without(wanted: str) -> Callable[[Chars, random.Random], Chars]:
    def change(chars: Chars, rng: random.Random) -> Chars:
        return [one for one in chars if one[0] not in wanted]

    return change


def _glued(chars: Chars, rng: random.Random) -> Chars:
    """Drop spaces behind punctuation."""
    chance = rng.choice((0.1, 0.3, 0.8))
    return [
        one for at, one in enumerate(chars)
        if not (one[0] == " " and at and chars[at - 1][0] in ",.;:)" and rng.random() < chance)
    ]  # fmt: skip


def _spaced(chars: Chars, rng: random.Random) -> Chars:
    """Put spaces before punctuation, as PDF extraction does."""
    out: Chars = []
    chance = rng.choice((0.1, 0.4))
    for one in chars:
        if one[0] in ",.;:()" and one[1] not in ("url", "doi") and rng.random() < chance:
            out.append((" ", one[1], one[2]))
        out.append(one)
    return out


def _broken(chars: Chars, rng: random.Random) -> Chars:
    """Break a long word at a line's end."""
    text = "".join(char for char, _, _ in chars)
    places = [
        at for at in range(4, len(text) - 4) if text[at - 3 : at + 3].isalpha() and chars[at][1] == "title"
    ]
    if not places:
        return chars
    at = rng.choice(places)
    filling = rng.choice(("-", "- ", "-\n"))
    return [*chars[:at], *[(char, chars[at][1], chars[at][2]) for char in filling], *chars[at:]]


def _wrapped(chars: Chars, rng: random.Random) -> Chars:
    """Wrap the lines."""
    out: Chars = []
    width = rng.randint(50, 90)
    column = 0
    for char, label, mark in chars:
        ends = char == " " and column >= width
        column = 0 if ends else column + 1
        out.append(("\n" if ends else char, label, mark))
    return out


def _plain_letters(chars: Chars, rng: random.Random) -> Chars:
    """Drop accents."""
    return [
        (new, label, mark) for char, label, mark in chars
        for new in unicodedata.normalize("NFKD", char) if not unicodedata.combining(new)
    ]  # fmt: skip


def _capital_names(chars: Chars, rng: random.Random) -> Chars:
    return [
        (char.upper() if label == "author" and len(char.upper()) == 1 else char, label, mark)
        for char, label, mark in chars
    ]


def _no_end(chars: Chars, rng: random.Random) -> Chars:
    while chars and chars[-1][0] in ". ":
        chars = chars[:-1]
    return chars


_CHANGES: tuple[tuple[float, Callable[[Chars, random.Random], Chars]], ...] = (
    (0.35, _replaced({"“": '"', "”": '"', "’": "'", "‘": "'"})),
    (0.05, _without('“”"')),
    (0.04, _replaced({"“": "``", "”": "''"})),
    (0.5, _replaced({"–": "-"})),
    (0.05, _replaced({"–": "--"})),
    (0.06, _glued),
    (0.05, _spaced),
    (0.06, _broken),
    (0.05, _wrapped),
    (0.08, _plain_letters),
    (0.04, _capital_names),
    (0.03, _without(".")),
    (0.2, _no_end),
)
