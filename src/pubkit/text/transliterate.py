"""Writing any letters in ASCII, for citation keys and file names."""

from __future__ import annotations

import unicodedata
from typing import Literal

_LATIN = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "ng",
    "Ŋ": "Ng", "ĸ": "k", "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E", "ƀ": "b", "ɓ": "b", "Ɓ": "B", "ɗ": "d",
    "Ɗ": "D", "ƙ": "k", "Ƙ": "K", "ſ": "s", "ʉ": "u", "ɨ": "i", "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O",
}  # fmt: skip
# ISO 9 and BGN/PCGN without marks, as names are commonly written in English.
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "ђ": "dj", "е": "e", "ё": "e", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj",
    "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u",
    "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
    "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
    "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_SMALL = _LATIN | _CYRILLIC | _GREEK
_LETTERS = _SMALL | {
    letter.upper(): ascii_.capitalize()
    for letter, ascii_ in _SMALL.items()
    if len(letter.upper()) == 1 and letter.upper() not in _LATIN
}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
# Scripts whose letters Unicode names by their sound: "HIRAGANA LETTER KA", "HANGUL SYLLABLE GAN".
_SOUNDING_NAMES = ("HIRAGANA LETTER ", "KATAKANA LETTER ", "HANGUL SYLLABLE ")


def to_ascii(text: str, *, umlauts: Literal["a", "ae"] = "a") -> str:
    """Write a text in ASCII: accents dropped, Cyrillic, Greek, kana and Hangul by sound.

    Args:
        text: Plain Unicode text.
        umlauts: "a" writes ä as a, "ae" as ae.

    Returns:
        The text in ASCII. What has no such form (Chinese characters, signs) is left out.

    >>> to_ascii("Đặng"), to_ascii("Достоевский"), to_ascii("Müßig", umlauts="ae"), to_ascii("さとう")
    ('Dang', 'Dostoevskiy', 'Muessig', 'satou')
    """
    if text.isascii():
        return text
    written: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii():
            written.append(char)
        elif umlauts == "ae" and char in _UMLAUTS:
            written.append(_UMLAUTS[char])
        else:
            written.append(_letter(char))
    return "".join(written)


def _letter(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    base = unicodedata.normalize("NFKD", char)
    name = unicodedata.name(char, "")
    for script in _SOUNDING_NAMES:
        if name.startswith(script):
            return name.removeprefix(script).rpartition(" ")[2].lower()
    if base != char:
        return "".join(part if part.isascii() else _LETTERS.get(part, "") for part in base)
    return ""
