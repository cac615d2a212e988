"""Roman numerals, and the numbers that tell two titles apart."""

from __future__ import annotations

import re
from functools import lru_cache

_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def int_to_roman(number: int) -> str:
    """Return a number from 1 to 3999 as an upper-case Roman numeral.

    Raises:
        ValueError: The number is outside that range.

    >>> int_to_roman(1994)
    'MCMXCIV'
    """
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}: only 1 to 3999 have one")
    digits: list[str] = []
    for value, letters in _VALUES:
        times, number = divmod(number, value)
        digits.append(letters * times)
    return "".join(digits)


def roman_to_int(text: str) -> int | None:
    """Return the value of a well-formed Roman numeral in either case; None for anything else.

    >>> roman_to_int("xiv"), roman_to_int("IIII"), roman_to_int("Xi")
    (14, None, 11)
    """
    letters = text.upper()
    if not letters or len(letters) > 15 or not letters.isascii():
        return None
    values = [_LETTERS.get(letter, 0) for letter in letters]
    if 0 in values:
        return None
    total = sum(
        -value if at + 1 < len(values) and value < values[at + 1] else value
        for at, value in enumerate(values)
    )
    return total if 0 < total < 4000 and int_to_roman(total) == letters else None


_WORDS = {
    word: number
    for number, words in enumerate(
        (
            ("zero",), ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"),
            ("five", "fifth"), ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"), ("nine", "ninth"),
            ("ten", "tenth"), ("eleven", "eleventh"), ("twelve", "twelfth"), ("thirteen",), ("fourteen",),
            ("fifteen",), ("sixteen",), ("seventeen",), ("eighteen",), ("nineteen",),
        )
    )
    for word in words
}  # fmt: skip
_TENS = {
    word: number
    for number, word in zip(
        range(20, 100, 10),
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
        strict=True,
    )
}
#: Words that are numbers wherever they stand.
NUMBER_WORDS = _WORDS.keys() | _TENS.keys()
#: Words behind which a numeral counts, whatever it looks like.
CUES = frozenset(
    ("part", "pt", "volume", "vol", "book", "chapter", "section", "phase", "stage", "study", "experiment",
     "series", "version", "type", "class", "teil", "band", "partie", "tome", "no", "number", "paper",
     "report")
)  # fmt: skip
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


# "H₂O" is "H2O".
_SCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")


@lru_cache(maxsize=8192)
def numerals(text: str, *, spelled: bool = False) -> tuple[str, ...]:
    """Return the numbers in a text, in order: what makes "Part I" another work than "Part II".

    Arabic numbers count always; Roman ones of two letters or more made of I, V and X; others, a lone letter
    and number words only behind a word such as "part"; a lone letter also at the end.

    Args:
        text: A title, in its own case or folded.
        spelled: Let number words count everywhere, those up to ninety-nine.

    Returns:
        The numbers as texts, decimals kept.

    >>> numerals("Quantum Walks, Part II: 3 Examples"), numerals("What I Saw"), numerals("Rocky IV")
    (('2', '3'), (), ('4',))
    >>> numerals("H₂O") == numerals("H2O") == ("2",)
    True
    >>> numerals("Twenty-five Years of Bees", spelled=True), numerals("25 Years of Bees")
    (('25',), ('25',))
    """
    if not text.isascii():
        text = text.translate(_SCRIPTS)
    words = _WORD.findall(text)
    found: list[str] = []
    before = ""
    for at, word in enumerate(words):
        lower = word.lower()
        if word[0].isdigit():
            found.append(word.lstrip("0") or "0")
        elif spelled and lower in NUMBER_WORDS:
            tens, units = _TENS.get(before, 0), _WORDS.get(lower, _TENS.get(lower, 0))
            if tens and units < 10:
                found[-1] = str(tens + units)
            else:
                found.append(str(units))
        else:
            number = _numeral(word, cued=before in CUES, last=at == len(words) - 1 and at > 0)
            if number is not None:
                found.append(str(number))
        before = lower
    return tuple(found)


def _numeral(word: str, *, cued: bool, last: bool) -> int | None:
    """Return the value of a word that is a number where it stands."""
    lower = word.lower()
    if cued:
        return _WORDS.get(lower) if lower in _WORDS else roman_to_int(word)
    if not set(lower) <= set("ivx") or (len(word) == 1 and not (last and word.isupper())):
        return None
    return roman_to_int(word) if word.isupper() or word.islower() else None
