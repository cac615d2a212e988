"""Records of lines with tags (MEDLINE, EndNote's Refer, Web of Science): cut into tags and texts."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.model.source import Document, Source

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")


@dataclass(slots=True)
class Record:
    """One record.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        items: Tags and texts in order; the lines of a text that goes on are joined by line ends.
        closed: Whether a tag that ends records stood at its end.
    """

    start: int
    end: int = 0
    items: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False

    def values(self) -> dict[str, list[str]]:
        """Return tag → its texts that are not empty."""
        found: dict[str, list[str]] = {}
        for tag, text in self.items:
            if text:
                found.setdefault(tag, []).append(text)
        return found

    def source(self, document: Document) -> Source:
        """Return where the record stands."""
        return Source(document, self.start, self.end)


def records(
    document: Document,
    pattern: re.Pattern[str],
    findings: list[Diagnostic],
    *,
    starts: Container[str] = (),
    ends: Container[str] = (),
    blank: Literal["", "ends", "before tag"] = "",
    once: str = "",
    ignored: Container[str] = (),
) -> Iterator[Record]:
    """Yield the records of a document.

    Args:
        document: The input.
        pattern: Matches a line that begins with a tag; group 1 is the tag, group 2 the text.
        findings: A list to which is added that there was text outside of records.
        starts: Tags that begin a record.
        ends: Tags that end one.
        blank: Whether a blank line ends one: always, or only before a tag (texts may have blank lines).
        once: A tag that stands once in a record: a second one begins the next.
        ignored: Tags of the file, not of a record.
    """
    outside: list[int] = []
    record: Record | None = None
    gap = False  # a blank line stands before this one
    for found in _LINE.finditer(document.text):
        line, start, end = found[1], found.start(), found.end()
        if not line.strip("\ufeff \t\x0b\x0c\x1a"):
            gap = True
            if blank == "ends" and record:
                yield record
                record = None
            continue
        match = pattern.match(line)
        if match is None:
            if record and record.items:
                tag, text = record.items[-1]
                between = "\n\n" if gap else "\n"
                record.items[-1] = tag, f"{text}{between}{line.strip()}" if text else line.strip()
                record.end = end
            else:
                outside.append(start)
            gap = False
            continue
        tag, text = match[1], (match[2] or "").strip()
        if tag in ignored:
            continue
        if tag in ends:
            if record:
                record.closed, record.end = True, end
                yield record
            record = None
            continue
        again = tag == once and record is not None and any(other == once for other, _ in record.items)
        if record and (tag in starts or again or (gap and blank == "before tag")):
            yield record
            record = None
        gap = False
        if record is None:
            record = Record(start)
        record.items.append((tag, text))
        record.end = end
    if record:
        yield record
    if outside:
        message = f"text that belongs to no record was passed over ({len(outside)} lines)"
        findings.append(Diagnostic("PK437", message, Severity.INFO, document.location(outside[0])))
