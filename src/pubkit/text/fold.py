"""Folding text for matching: case, accents, punctuation and spacing made equal."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart, and apostrophes that it counts as letters.
_LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe",
    "ŧ": "t", "ƀ": "b", "ɨ": "i", "ʉ": "u", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɖ": "d", "ə": "e", "ĸ": "k",
    "ʻ": " ", "ʼ": " ", "ʹ": " ", "ʾ": " ", "ʿ": " ",
}  # fmt: skip
# Accents on letters whose alphabet can do without: Latin, Greek, Cyrillic; Hebrew and Arabic vowel signs.
# Marks of other scripts (Indic vowels, kana voicing) make other letters and stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"
)
_ASCII = "".join(
    chr(code).lower() if chr(code).isalnum() or chr(code) in "+#" else " " for code in range(128)
)
# "+" and "#" tell C, C++ and C# apart, and count only behind a letter.
_SIGNS = re.compile(r"(?<![\w+#])[+#]+")


class _Table(dict[int, str]):
    """What each character becomes, worked out when first met: at most one item a character of Unicode."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cf" or _ACCENTS.match(char):
            folded = ""
        elif category[0] in "LNM" or char in "+#":
            folded = _LETTERS.get(char, char)
        else:
            folded = " "
        self[code] = folded
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Fold a text for matching: letters and digits in lower case without accents, single spaces between.

    Args:
        text: Plain Unicode text.

    Returns:
        The folded text; folding it again changes nothing.

    >>> fold("Schrödinger’s  Cat: A “Straße” in C++")
    'schrodinger s cat a strasse in c++'
    """
    if text.isascii():
        folded = text.translate(_ASCII)
    else:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        folded = unicodedata.normalize("NFC", folded.translate(_TABLE))
    if "+" in folded or "#" in folded:
        folded = _SIGNS.sub(" ", folded)
    return " ".join(folded.split())
