"""Alphabetical order: a sort key of three levels from a table of our own, the same on every machine.

Letters first, then accents, then case (lower before upper), as the Unicode Collation Algorithm does, in the
order of CLDR's root table: spaces, punctuation, symbols, digits, Latin, Greek, Cyrillic, then everything else
by code point. `collator("exact")` uses the package `pyuca`, where it is installed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any, Literal, TypeAlias

from pubkit.errors import PluginError

SortKey: TypeAlias = tuple[str, str, str]

# One letter of the alphabet an item, in order; characters written together are one letter.
_SPACES = (
    "\t",
    "\n",
    "\v",
    "\f",
    "\r",
    "\x85",
    " \xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f",
)
_PUNCTUATION = (
    "_ ‾ - ‐‑ ‒ – — ― , ; : ! ¡ ? ¿ . ‥ … · '‘’‚‛ ‹ › \"“”„‟ « » ( ) [ ] { } § ¶ @ * / \\ & # % ‰ † ‡ • ′ ″ "
    "` ´ ˜ ^ ¯ ˘ ˙ ¨ ˚ ˝ ¸ ˛ ° © ® + ± ÷ × < = > ¬ | ¦ ~ − ¤ ¢ $ £ ¥ € ₹ ₽"
)
_DIGITS = "0123456789"
_LATIN = (
    "aⱥɐɑɒbʙƀɓƃcȼƈɕdȸʣʥʤɖɗƌȡeɇǝəɛɘɚɜɝɞʚɤfʩƒgɡɢǥɠʛɣƣhʜƕɦɧiıɪɨɩjȷɉʝɟʄkƙʞlʪʫʟƚɫɬɭȴɮƛʎmɱnɴɲƞɳȵŋoɶɔɵɷȣpƥɸqȹʠɋĸ"
    "rʀɍɹɺɻɼɽɾɿʁsʂȿʃƪʅʆtʨƾʧŧⱦƫƭʈȶʇuʉɥʮʯɯɰʊvʋʌwʍxyʏɏƴȝzƍƶȥʐʑɀʒƹƺʓþƿƻƨƽƅʔɂʕʡʢʖǀǁǂǃʗʘʬʭ"
)
_GREEK = "αβγδεϝͷϛζͱηθιϳκϗλμνξοπϻϟϙρϼσͼͻͽτυφχψωϡͳϸϣϥϧϩϫϭϯ"
_CYRILLIC = (
    "аәӕбвгғӻҕӷдԁђԃҙеєжԫҗзԅԑѕӡԇиҋійјкқӄҡҟҝԟԛлӆԯԓԡљԉԕмӎнԩӊңӈԣҥњԋоөпԥҧҁрҏԗсԍҫтԏҭћуүұѹфхӽӿҳһԧѡѿѽѻ"
    "цҵчԭҷӌҹҽҿџшщъыьҍѣэюяԙѥѧѫѩѭѯѱѳѵҩԝӏ"
)
# Accents in order; the others follow by code point.
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"

# Letters that Unicode does not decompose and that are sorted with another one, behind it.
_VARIANTS = {
    "æ": "a\u0360e", "œ": "o\u0360e", "ß": "s\u0360s", "ø": "o\u0338", "đ": "d\u0335", "ð": "d\u0360",
    "ħ": "h\u0335", "ł": "l\u0335", "ŀ": "l\u0360", "ĳ": "i\u0360j", "ŉ": "n\u0360", "ς": "σ", "ґ": "г\u0360",
    "ª": "a\u0360", "º": "o\u0360",
}  # fmt: skip

_TABLE_END = 0x530  # the table covers all code points below; those above are decomposed or keep their place


def sort_key(text: str) -> SortKey:
    """Return what to sort a text by.

    >>> sorted(["Zola", "Émile", "emil", "Emile", "Ångström", "Øre", "Ore", "Ωμέγα"], key=sort_key)
    ['Ångström', 'emil', 'Emile', 'Émile', 'Ore', 'Øre', 'Zola', 'Ωμέγα']
    """
    primary, secondary, tertiary = _tables()
    if text.isascii():
        return text.translate(primary), "", text.translate(tertiary).rstrip(" ")
    text = unicodedata.normalize("NFC", text)
    if max(text) >= "\u0530":
        text = "".join(
            _reduced(char) if char >= "\u0530" and ord(char) not in primary else char for char in text
        )
    return (
        text.translate(primary),
        text.translate(secondary).rstrip(" "),
        text.translate(tertiary).rstrip(" "),
    )


def collator(name: Literal["table", "exact"] = "table") -> Callable[[str], Any]:
    """Return the function that makes sort keys.

    Args:
        name: "table" for `sort_key`, "exact" for the whole Unicode Collation Algorithm (slower).

    Raises:
        PluginError: "exact" is wanted and the package `pyuca` is not installed.
    """
    return sort_key if name == "table" else _exact()


@lru_cache(maxsize=1)
def _exact() -> Callable[[str], Any]:
    try:
        module = import_module("pyuca")
    except ImportError as error:
        raise PluginError("exact collation needs the package pyuca", hint="pip install pyuca") from error
    key: Callable[[str], Any] = module.Collator().sort_key
    return key


@lru_cache(maxsize=4096)
def _reduced(char: str) -> str:
    """Return a character beyond the table as ones that the table knows, where it is made of such."""
    parts = unicodedata.normalize("NFKD", char)
    return parts if parts[0] < "\u0530" else char


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """Return the tables for `str.translate`: weights of letters, of accents, of case.

    The weight of a character without accent, or in lower case, is a space: the smallest one, so that spaces
    at the end can be cut off.
    """
    letters: dict[str, str] = {}  # character → its primary weight
    groups = [*_SPACES, *_PUNCTUATION.split(), *_DIGITS, *_LATIN, *_GREEK, *_CYRILLIC]
    for weight, group in enumerate(groups, start=0x21):
        for char in group:
            letters[char] = chr(weight)
    marks = [*_MARKS, *(chr(code) for code in range(0x300, 0x370) if chr(code) not in _MARKS)]
    accents = {mark: chr(weight) for weight, mark in enumerate(marks, start=0x21)}
    primary: dict[int, str] = {}
    secondary: dict[int, str] = {}
    tertiary: dict[int, str] = {}
    rest = 0x21 + len(groups)
    for char in (
        *map(chr, range(_TABLE_END)),
        *(char for char in "".join(groups) if ord(char) >= _TABLE_END),
        "ẞ",
    ):
        code = ord(char)
        lower = char.lower()
        parts = lower if lower in letters else _VARIANTS.get(lower) or unicodedata.normalize("NFKD", lower)
        bases = [part for part in parts if part in letters]
        if not bases and not unicodedata.category(char).startswith(("M", "C")):  # a symbol not listed
            letters[lower] = letters.get(lower) or chr(rest)
            rest += 1
            bases = [lower]
            parts = lower
        primary[code] = "".join(letters[base] for base in bases)
        secondary[code] = "".join(" " if part in letters else accents.get(part, "") for part in parts)
        tertiary[code] = ("!" if char != lower else " ") * len(bases)
    return primary, secondary, tertiary
