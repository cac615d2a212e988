"""Accents that a PDF sets as characters of their own, as older fonts of TeX do: put on their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pubkit.formats.paperlist.pdfpage import Char

_ABOVE = dict(
    zip("´`¨ˆ˜ˇ¯˘˙˚˝", "\u0301\u0300\u0308\u0302\u0303\u030c\u0304\u0306\u0307\u030a\u030b", strict=True)
)
_BELOW = {"¸": "\u0327", "˛": "\u0328"}
_DOTLESS = {"ı": "i", "ȷ": "j"}
# PDFium puts an accent over a capital behind later words: so many characters back its letter is looked for.
_BACK, _AHEAD = 80, 4


def composed(chars: Sequence[Char]) -> list[Char]:
    """Return characters with accents on their letters, where both are one character of Unicode.

    >>> e, accent = Char("e", 0, 0, 4, 5, 10.0), Char("´", 1, 5.4, 3, 7, 10.0)
    >>> [char.text for char in composed([accent, e])], [char.text for char in composed([accent])]
    (['é'], ['´'])
    """
    found = list(chars)
    gone: set[int] = set()
    for at, char in enumerate(chars):
        mark = _ABOVE.get(char.text) or _BELOW.get(char.text)
        if mark is None or not char.size:
            continue
        near = range(at + _AHEAD, max(-1, at - _BACK), -1)
        for place in sorted(near, key=lambda place: abs(place - at)):
            if place == at or not 0 <= place < len(found) or not _belongs(char, found[place]):
                continue
            letter = found[place].text
            whole = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + mark)
            if len(whole) == 1:
                found[place] = found[place]._replace(text=whole)
                gone.add(at)
                if abs(place - at) > 1 and at + 1 < len(found) and not found[at + 1].size:
                    gone.add(at + 1)  # the space that was put in behind it
                break
    return [char for at, char in enumerate(found) if at not in gone] if gone else found


def _belongs(accent: Char, letter: Char) -> bool:
    """Tell whether an accent stands right above, or below, a letter."""
    if not letter.text.isalpha() or not letter.left <= (accent.left + accent.right) / 2 <= letter.right:
        return False
    if accent.text in _BELOW:
        return -0.3 * accent.size < letter.bottom - accent.top < 0.3 * accent.size
    return (
        accent.bottom > letter.bottom and -0.4 * accent.size < accent.bottom - letter.top < 0.3 * accent.size
    )
