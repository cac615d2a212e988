"""The order of entries that everything depends on: their content, never the order in which they came."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pubkit.model.entry import Entry

Item = TypeVar("Item")


def in_order(items: Iterable[Item], entry_of: Callable[[Item], Entry]) -> list[Item]:
    """Return items sorted by `content` of their entries; only those alike in title and key are digested."""

    def name(item: Item) -> tuple[str, str]:
        entry = entry_of(item)
        return entry.fields.get("title", ""), entry.key

    ordered: list[Item] = []
    for _, group in groupby(sorted(items, key=name), key=name):
        alike = list(group)
        ordered += alike if len(alike) == 1 else sorted(alike, key=lambda item: content(entry_of(item)))
    return ordered


def content(entry: Entry) -> tuple[str, str, bytes, str]:
    """Return what entries are sorted by: title, key, then all they say."""
    return entry.fields.get("title", ""), entry.key, said(entry), entry.fields.get("related", "")


def said(entry: Entry) -> bytes:
    """Return a digest of all that an entry says; that of two entries is equal where they say the same.

    Key and `related` do not count: the one is a name, the other is of our own making.

    >>> from pubkit.model.entry import Entry
    >>> said(Entry("misc", "a", {"title": "Bees"})) == said(Entry("misc", "b", {"title": "Bees"}))
    True
    """
    fields = sorted(field for field in entry.fields.items() if field[0] != "related")
    return blake2b(json.dumps([entry.type, fields]).encode(), digest_size=16).digest()
