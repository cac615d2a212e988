"""Words that tell what stands beside them: `lexicon.toml`, and the months, places and particles of lists."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pubkit.formats.paperlist.words import table, words


@cache
def _lexicon() -> dict[str, str]:
    source = files("pubkit.formats.paperlist.reference").joinpath("lexicon.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(source)
    found: dict[str, str] = {}
    for kind, text in tables["classes"].items():
        for word in text.split():
            found.setdefault(word, kind)
    for names in table("months").values():
        for word in names:
            found.setdefault(word.casefold(), "month")
    for word in words("people.particles"):
        found.setdefault(word.strip("'."), "von")
    for word in ("jr", "sr", "iii", "ii"):
        found.setdefault(word, "jr")
    for place in (*tables["places"]["cities"].split(), *words("places.countries"), *words("places.states")):
        if " " not in place:
            found.setdefault(place.casefold().strip("."), "place")
    return found


def word_class(word: str) -> str:
    """Return the class of a word, or "".

    Args:
        word: In lower case, no punctuation around it.

    >>> word_class("pp"), word_class("hrsg"), word_class("october"), word_class("berlin"), word_class("cats")
    ('pp', 'ed', 'month', 'place', '')
    """
    return _lexicon().get(word, "")
