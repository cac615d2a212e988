"""K0xx: citation keys. K001 is the code of keys that normalize made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.keys import check_pattern, follows_pattern, make_key
from pubkit.model.library import Library
from pubkit.rules.base import Finding, Settings, library_rule

_ODD = re.compile(r"[\s{}()\\\"#%~',=]|[^\x20-\x7e]")
_SHORT = 4  # i1 and l1 are numbered keys, not slips
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l"})


@library_rule("K002", "key-pattern", "Citation keys follow the pattern.", on_request=True)
def key_pattern(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`smith` instead of `smith2020bees` where the pattern is `[auth:lower][year][veryshorttitle:lower]`.

    Selected by `--extend-select key-pattern`, with `--key-pattern` or the default pattern; `pubkit normalize
    --keys all` makes the keys anew. A letter against collisions at the end is right. Reported only.
    """
    check_pattern(settings.key_pattern)
    for at, entry in enumerate(library):
        wanted = make_key(entry, settings.key_pattern)
        if entry.key and not follows_pattern(entry.key, wanted):
            message = f"the key {entry.key} should be {wanted}"
            yield at, Finding(message, hint="normalize --keys all makes keys", severity=Severity.INFO)


@library_rule("K003", "near-duplicate-keys", "No two citation keys look alike.")
def near_duplicate_keys(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`smith:2020` and `smith_2020`, or `lee10` and `leel0`: one of them is cited by mistake sooner or later.

    Told are keys that differ only in marks, accents or in letters and digits that look alike. Reported only.
    """
    seen: dict[str, str] = {}
    for at, entry in enumerate(library):
        if not entry.key:
            continue
        other = seen.setdefault(_looks(entry.key), entry.key)
        if other.casefold() != entry.key.casefold():
            message = f"the keys {other} and {entry.key} look alike"
            yield at, Finding(message, hint="change one of them", severity=Severity.INFO)


@library_rule("K004", "key-characters", "Citation keys hold letters, digits and - _ . : + / only.")
def key_characters(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    r"""`müller2020` stops BibTeX with 8 bits, `smith 2020` and `50%` stop LaTeX.

    `pubkit normalize --keys all` makes keys that every program takes. Reported only.
    """
    for at, entry in enumerate(library):
        odd = dict.fromkeys(_ODD.findall(entry.key))
        if odd:
            told = " ".join("a space" if char.isspace() else char for char in odd)
            hint = "normalize --keys all makes keys"
            yield at, Finding(f"the key holds {told}", hint=hint, severity=Severity.INFO)


def _looks(key: str) -> str:
    """Return what a key looks like at a glance."""
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", key.casefold())))
    return plain.translate(_ALIKE) if len(plain) > _SHORT else plain


RULES = (key_pattern, near_duplicate_keys, key_characters)
