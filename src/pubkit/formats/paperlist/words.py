"""The tables of words in `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    source = files("pubkit.formats.paperlist").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


def table(path: str) -> dict[str, list[str]]:
    """Return a table of words by name.

    Args:
        path: Where it stands, e.g. "heading.types".
    """
    found = _tables()
    for name in path.split("."):
        found = found[name]
    return {name: _words(text) for name, text in found.items() if isinstance(text, str)}


def words(path: str) -> frozenset[str]:
    """Return one list of words.

    >>> "van" in words("people.particles"), "new zealand" in words("places.countries")
    (True, True)
    """
    group, _, name = path.rpartition(".")
    return frozenset(table(group)[name])


def _words(text: str) -> list[str]:
    if "|" in text:
        return [" ".join(phrase.split()) for phrase in text.split("|")]
    return text.split()
