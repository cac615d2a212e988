"""Which language an entry is in, as far as it says or its short words tell."""

from __future__ import annotations

import re
from functools import lru_cache

from pubkit.markup.words import words
from pubkit.model.entry import Entry
from pubkit.model.languages import language_tag

# Words that are common in one language and hardly met in the others.
_TELLING: dict[str, frozenset[str]] = {
    "german": words(
        "der die das und für mit von über zur zum eine einer eines im des dem den auf aus bei nach oder nicht"
    ),
    "french": words(
        "le les des du et une dans sur pour par avec au aux est sont ses leur entre chez vers cette"
    ),
    "spanish": words("el los las del y una en para por con como su sus al entre sobre desde según hacia"),
    "italian": words("il gli della delle dei degli nel nella sul sulla per una con tra che alla dello degli"),
    "portuguese": words("os da das dos do e uma em para por com não ao na nas nos entre sobre pela pelo"),
    "dutch": words("het een van voor met op bij naar uit over tot door zijn tussen onder niet als"),
}
_ENGLISH = words(
    "the of and for in on with to from by an is are at as using via its into between under how what why"
)
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 2


def is_english(entry: Entry) -> bool:
    """Say whether an entry is in English as far as it says; many say nothing."""
    named = entry.fields.get("langid") or entry.fields.get("language") or ""
    return not named or language_tag(named).partition("-")[0] in ("en", "eng", "")


def other_language(entry: Entry, field: str) -> bool:
    """Say whether a field is in another language than English, as the entry says or its words tell."""
    if "langid" in entry.fields or "language" in entry.fields:
        return not is_english(entry)
    return bool(language_of(entry.text(field)))


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """Return the language that the short words of a text tell, under BibLaTeX's name; "" where none.

    >>> language_of("Über die Bestimmung der Teilchenzahl"), language_of("On the Origin of Species")
    ('german', '')
    """
    found = [word.lower() for word in _WORD.findall(text[:2000])]
    if any(word in _ENGLISH for word in found if word not in ("in", "an", "on", "as", "is")):
        return ""
    counts = {name: sum(word in telling for word in found) for name, telling in _TELLING.items()}
    best, second, *_ = sorted(counts.values(), reverse=True)
    if best < _LEAST or best == second:
        return ""
    return max(counts, key=lambda name: counts[name])
