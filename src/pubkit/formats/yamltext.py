"""YAML of strangers, read safely: all scalars are texts, aliases are bounded, what is broken is told.

Nothing is guessed of plain scalars, so `no` is Norwegian, `1e3` a report number and `2020-05-01` a text.
PyYAML's parser (libyaml) gives the events; values are built from them without recursion, and what stands
before a place that cannot be read is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.source import Document

#: How deep values may nest; how many values aliases may stand for in one file.
MAX_DEPTH = 64
MAX_ALIASED = 100_000

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PENDING: Any = object()  # a mapping that waits for a key


class Mapped(dict[str, Any]):
    """A mapping that knows the line it starts at, counted from 1."""

    __slots__ = ("line",)
    line: int


class _StopError(Exception):
    """Reading ends here; the finding says why."""


def load(document: Document, findings: list[Diagnostic]) -> Any:
    """Return the value of a YAML document: mappings (`Mapped`), lists, texts and None.

    Args:
        document: The input; of several YAML documents in it the first one with a value counts.
        findings: A list to which is added what was wrong: PK450 broken YAML, PK451 aliases or nesting
            beyond the limits.

    Returns:
        The value; what could be read of it where the file is broken.
    """
    text = _NOT_YAML.sub("", document.text)
    if len(text) != len(document.text.lstrip("\ufeff")):
        message = "characters that YAML cannot hold were left out"
        findings.append(Diagnostic("PK450", message, Severity.WARNING, Location(document.name)))
    builder = _Builder(document.name, text, findings)
    try:
        for event in _events(text):
            builder.take(event)
    except _StopError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(document.name, mark.line + 1, mark.column + 1) if mark else Location(document.name)
        message = f"the YAML is broken ({error.problem or error.context})"
        hint = "mend it at that place; what stands before was read"
        findings.append(Diagnostic("PK450", message, Severity.ERROR, place, hint))
    except yaml.YAMLError as error:
        message = f"the YAML cannot be read ({error})".splitlines()[0]
        findings.append(Diagnostic("PK450", message, Severity.ERROR, Location(document.name)))
    return builder.result()


def _events(text: str) -> Iterator[Any]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Builds values from events. Containers hang in their parent from the start, so that none is lost."""

    def __init__(self, name: str, text: str, findings: list[Diagnostic]) -> None:
        self.name = name
        self.text = text
        self.findings = findings
        self.documents: list[Any] = []
        self.stack: list[Any] = []
        self.keys: list[Any] = []  # for each open mapping the key that waits for its value
        self.sizes: list[int] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.opened: list[str | None] = []
        self.aliased = 0
        self.told = False

    def result(self) -> Any:
        return next((value for value in self.documents if value is not None), None)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            value = None if event.implicit[0] and event.value in _NULLS and not event.style else event.value
            if event.anchor:
                self.anchors[event.anchor] = (value, 1)
            self.add(value, 1)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.open(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            value, size, anchor = self.stack.pop(), self.sizes.pop(), self.opened.pop()
            self.keys.pop()
            if anchor:
                self.anchors[anchor] = (value, size)
            if self.sizes:
                self.sizes[-1] += size
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.DocumentEndEvent) and self.result() is not None:
            rest = self.text[event.end_mark.index :].lstrip()
            if rest.startswith("---"):
                message = "a further YAML document in the file is not read"
                place = Location(self.name, event.end_mark.line + 1)
                self.findings.append(Diagnostic("PK450", message, Severity.WARNING, place))
            raise _StopError  # behind the front matter of a document stands its text

    def open(self, event: Any) -> None:
        place = Location(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self.stack) >= MAX_DEPTH:
            message = f"values nest more than {MAX_DEPTH} deep; what follows is not read"
            self.findings.append(Diagnostic("PK451", message, Severity.ERROR, place))
            raise _StopError
        value: Any = []
        if isinstance(event, yaml.MappingStartEvent):
            value = Mapped()
            value.line = place.line
        self.add(value, 0)
        self.stack.append(value)
        self.keys.append(_PENDING)
        self.sizes.append(1)
        self.opened.append(event.anchor)

    def alias(self, event: Any) -> None:
        value, size = self.anchors.get(event.anchor, (None, 0))
        self.aliased += size
        if size and self.aliased <= MAX_ALIASED:
            self.add(value, size)
            return
        if not self.told:
            self.told = True
            why = "aliases stand for too many values" if size else f"the alias *{event.anchor} has no anchor"
            place = Location(self.name, event.start_mark.line + 1, event.start_mark.column + 1)
            self.findings.append(
                Diagnostic(
                    "PK451", f"{why}; it is not followed", Severity.ERROR, place, "write the value out"
                )
            )
        self.add(None, 1)

    def add(self, value: Any, size: int) -> None:
        """Put a value where it belongs."""
        if not self.stack:
            self.documents.append(value)
            return
        self.sizes[-1] += size
        above = self.stack[-1]
        if isinstance(above, list):
            above.append(value)
        elif self.keys[-1] is _PENDING:
            self.keys[-1] = value if isinstance(value, str) else "" if value is None else repr(value)[:80]
        else:
            key, self.keys[-1] = self.keys[-1], _PENDING
            if key == "<<" and isinstance(value, dict):
                for name, one in value.items():
                    above.setdefault(name, one)
            else:
                above[key] = value
