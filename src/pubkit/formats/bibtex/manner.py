"""How a `.bib` writes its entries: what is added to it is written in the same manner."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

from pubkit.crosswalks.bibtex import dialect_of
from pubkit.model.library import Library

_FIELD = re.compile(r"^([ \t]*)([A-Za-z][\w-]*)([ \t]*)=", re.MULTILINE)
_HEAD = re.compile(r"@\s*(\w+)")
_LAST_COMMA = re.compile(r",\s*[})]\s*$")
_TAB = 4  # a tab is as wide as so many spaces
_LOOKED_AT = 50  # entries


def manner_of(library: Library) -> dict[str, Any]:
    """Return the options of `Layout` that describe most of a library's entries as they were read.

    Args:
        library: A library with a document; of another one nothing is known.

    Returns:
        `indent`, `align`, `trailing_comma` and `dialect`, those that can be told.
    """
    texts = [entry.source.raw for entry in library if entry.source is not None and entry.source.raw]
    indents: Counter[int] = Counter()
    aligned: Counter[bool] = Counter()
    commas: Counter[bool] = Counter()
    dialects: Counter[str] = Counter()
    for text in islice(texts, _LOOKED_AT):
        fields = _FIELD.findall(text)
        head = _HEAD.match(text)
        if not fields or head is None:
            continue
        indents.update(len(space.expandtabs(_TAB)) for space, _, _ in fields)
        widths = {len(name) + len(space) for _, name, space in fields}
        if len({len(name) for _, name, _ in fields}) > 1:
            aligned[len(widths) == 1] += 1
        commas[_LAST_COMMA.search(text) is not None] += 1
        dialects[dialect_of(head[1].lower(), {name.lower() for _, name, _ in fields})] += 1
    told: dict[str, Counter[Any]] = {
        "indent": indents,
        "align": aligned,
        "trailing_comma": commas,
        "dialect": dialects,
    }
    return {name: _most(counts) for name, counts in told.items() if counts}


def _most(counts: Counter[Any]) -> Any:
    return max(counts, key=lambda value: (counts[value], str(value)))
