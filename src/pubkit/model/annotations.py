"""Annotations of names: who contributed equally, who is to be written to, who was a student."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pubkit.model.entry import Entry

# What people write → the one word for it. An annotation that is not here keeps its own word.
MEANINGS: dict[str, str] = {
    **dict.fromkeys(
        ("equal", "equalcontrib", "equal-contribution", "cofirst", "co-first", "jointfirst"), "equal"
    ),
    **dict.fromkeys(("corresponding", "correspondence", "corr"), "corresponding"),
    **dict.fromkeys(("student", "advisee", "mentee", "supervised"), "student"),
    **dict.fromkeys(("self", "own", "me", "highlight", "owner"), "own"),
}
# An item of a list, perhaps only one part of its name (`2:family`), and what is said of it.
_SPEC = re.compile(r"\s*(\d{1,5})\s*(?::\s*[a-z]+\s*)?=\s*([^;]*)")


def name_annotations(entry: Entry, field: str = "author") -> Mapping[int, tuple[str, ...]]:
    r"""Return what is said of the names in a field, by position counted from 0.

    Source: BibLaTeX manual, "Data Annotations": a field `author+an` (or `author+an:name`) holds
    `position=word,word` between semicolons. Words with a known meaning come as `MEANINGS` has them; literal
    annotations, in quotes, are text for a style and are left out.

    >>> entry = Entry("article", "k", {"author+an": "1=equal; 2=equal,corresponding; 3=\"LMU\""})
    >>> dict(name_annotations(entry))
    {0: ('equal',), 1: ('equal', 'corresponding')}
    """
    found: dict[int, tuple[str, ...]] = {}
    for name, value in entry.fields.items():
        if name == f"{field}+an" or name.startswith(f"{field}+an:"):
            for position, words in _parse(value).items():
                found[position] = tuple(dict.fromkeys((*found.get(position, ()), *words)))
    return found


@lru_cache(maxsize=4096)
def _parse(value: str) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for part in value.split(";"):
        spec = _SPEC.fullmatch(part)
        if spec is None or int(spec[1]) < 1:
            continue
        words = [word.strip() for word in spec[2].split(",")]
        kept = tuple(MEANINGS.get(word.lower(), word.lower()) for word in words if word and word[0] != '"')
        position = int(spec[1]) - 1
        if not kept:
            continue
        found[position] = tuple(dict.fromkeys((*found.get(position, ()), *kept)))
    return MappingProxyType(found)
