"""`cs:sort`: ordering items by variables and macros."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pubkit.csl.compile import Shape
from pubkit.csl.context import Context
from pubkit.csl.dates import sort_text
from pubkit.csl.group import compile_macro
from pubkit.csl.inline import value_runs
from pubkit.csl.names import compile_names
from pubkit.csl.program import Programs
from pubkit.csl.runs import Part, Runs, text_of
from pubkit.csl.variables import DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from pubkit.csl.xml import Node
from pubkit.text.collation import collator, sort_key

# The key of one item under one cs:key; None sorts behind all others, in either direction.
KeyFunction = Callable[[Context], Any]


class Sorter:
    """The `cs:sort` of one area."""

    def __init__(self, programs: Programs, sort: Node | None) -> None:
        self.programs = programs
        self.keys = [_Key(programs, key) for key in sort.children] if sort is not None else []

    def sort(self, contexts: list[Context]) -> list[Context]:
        """Return contexts in order; without `cs:sort`, or where all keys are equal, as they came."""
        return self._by(contexts, 0)

    def _by(self, contexts: list[Context], level: int) -> list[Context]:
        """Sort by the keys from a level on; a key is only asked for where those before it are equal."""
        if level == len(self.keys) or len(contexts) < 2:
            return contexts
        key = self.keys[level]
        keyed = [(key.value(ctx), ctx) for ctx in contexts]
        present = [pair for pair in keyed if pair[0] is not None]
        present.sort(key=_first, reverse=key.descending)
        result: list[Context] = []
        start = 0
        while start < len(present):
            end = start + 1
            while end < len(present) and present[end][0] == present[start][0]:
                end += 1
            if end == start + 1:
                result.append(present[start][1])
            else:
                result.extend(self._by([ctx for _, ctx in present[start:end]], level + 1))
            start = end
        missing = [ctx for value, ctx in keyed if value is None]
        return result + self._by(missing, level + 1)


def _first(pair: tuple[Any, Context]) -> Any:
    return pair[0]


class _Key:
    """One `cs:key`."""

    def __init__(self, programs: Programs, node: Node) -> None:
        self.programs = programs
        self.node = node
        self.descending = node.get("sort") == "descending"
        self.variable = node.get("variable")
        self.macro = node.get("macro")
        self.names_min = int(node.get("names-min") or 0)
        self.names_use_first = int(node.get("names-use-first") or 0)
        last = node.get("names-use-last")
        self.names_use_last = None if not last else last == "true"
        self.names_node = Node("names", {"variable": self.variable}, node.line)
        self._parts: dict[Shape, Part] = {}

    def value(self, ctx: Context) -> Any:
        """Return the key of an item, or None where it has none."""
        item, name = ctx.item, self.variable
        if name:
            if name == "citation-number":
                return ctx.number or None
            if name in DATE_VARIABLES:
                date = item.dates.get(name)
                return None if date is None else sort_text(date)
            if name not in NAME_VARIABLES:
                text = text_of(list(value_runs(item.texts[name]))) if name in item.texts else ""
                if name in NUMBER_VARIABLES:
                    text = padded(text)
                return _collate(text, self.programs.collation)
        part = self._part(item)
        if isinstance(part, int):
            return None
        out: Runs = []
        probe = Context(item, ctx.number)
        probe.disambiguation = ctx.disambiguation
        probe.names_min, probe.names_use_first = self.names_min, self.names_use_first
        probe.names_use_last = self.names_use_last
        probe.suffix_text = ctx.suffix_text
        part(probe, out)
        text = out[0] if len(out) == 1 and type(out[0]) is str else text_of(out)
        if probe.name_count:
            text = f"{text}{probe.name_count:05d}"
        return _collate(text, self.programs.collation)

    def _part(self, item: Any) -> Part:
        shape = item.shape or self.programs.shape(item)
        part = self._parts.get(shape)
        if part is None:
            scope = self.programs.scope(shape, sorting=True)
            macro = self.macro
            part = compile_macro(macro, scope) if macro else compile_names(self.names_node, scope)
            self._parts[shape] = part
        return part


_ASCII_PUNCTUATION = str.maketrans("", "", "!\"#%&'()*,-./:;?@[\\]_{}")
_NUMBER = re.compile(r"\d+")


def _collate(text: str, collation: str) -> Any:
    """Return a text's collation key; None where it has none."""
    return _table_key(text) if collation == "table" else _exact_key(text)


@lru_cache(maxsize=65536)
def _table_key(text: str) -> Any:
    """Return the key by our own table: accents and case do not count."""
    kept = _counting(text)
    return sort_key(kept)[0] if kept else None


@lru_cache(maxsize=65536)
def _exact_key(text: str) -> Any:
    """Return the key by the Unicode Collation Algorithm, with accents and case."""
    kept = _counting(text)
    return collator("exact")(kept) if kept else None


def _counting(text: str) -> str:
    """Return the part of a text that counts in sorting: no punctuation; numbers so that they go by value."""
    if text.isascii():
        kept = text.translate(_ASCII_PUNCTUATION)
    else:
        kept = "".join([c for c in text if c.isalnum() or not unicodedata.category(c).startswith("P")])
    kept = " ".join(kept.split())
    if kept and not kept.isalpha():
        kept = _NUMBER.sub(lambda match: match[0].lstrip("0").zfill(10), kept)
    return kept


def padded(text: str) -> str:
    """Return a number with leading zeros, so that numbers sort by value.

    >>> padded("12") < padded("103")
    True
    """
    return text.zfill(12) if text.isdecimal() else text
