"""RIS: the tagged records of Reference Manager, EndNote, Zotero and nearly every database.

rispy cuts lines into tags and texts. What comes before it here: finding records in files that lack `ER` or
`TY`, joining lines that go on, and the tags of dialects ("TY - JOUR", "PMID  - 1").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pubkit.crosswalks.ris import from_ris, to_ris
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses, unique_keys, unknown_kind, unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Source

_LOOK = 65_536
_TYPE_LINE = re.compile(r"^[ \t\ufeff]*TY {1,2}-(?: |$)", re.MULTILINE)
_END_LINE = re.compile(r"^ER {1,2}-", re.MULTILINE)
_TAG_LINE = re.compile(r"^[A-Z][A-Z0-9]  - ?", re.MULTILINE)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
# Spellings beside "TY  - ", for tags that RIS has; four letters for the one that databases add.
_KNOWN = (
    "TY ER ID A1 A2 A3 A4 A5 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP "
    "ET IS J1 J2 JA JF JO JP KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST SV "
    "T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO Y1 Y2"
)
_DIALECT = re.compile(
    rf"[ \t\ufeff]*(?:({'|'.join(_KNOWN.split())})[ \t]*[-–][ \t]?|(PMID|PMCID) *- ?)(.*)", re.DOTALL
)
_LONG_TAGS = {"PMID": "PM", "PMCID": "PM"}
# Lines between records that say nothing of one: numbers, comments, the heads of JSTOR, APA and EBSCO.
_HEAD_LINE = re.compile(r"\s*(?:\d+\.?|%.*|[A-Z][A-Za-z ]+: .*|<.*|#.*|\ufeff?)\s*")
_NAMED = frozenset(("TI", "T1", "BT", "CT", "AU", "A1"))


def sniff(text: str) -> float:
    r"""Say how surely a text is RIS.

    >>> sniff("TY  - JOUR\nTI  - T\nER  - "), sniff("TI  - T"), sniff("@book{a}")
    (0.98, 0.0, 0.0)
    """
    head = text[:_LOOK]
    if _TYPE_LINE.search(head):
        return 0.98 if _END_LINE.search(head) or len(_TAG_LINE.findall(head)) > 2 else 0.9
    # Records that lost their first line.
    return 0.7 if _END_LINE.search(head) and len(_TAG_LINE.findall(head)) > 3 else 0.0


@dataclass(slots=True)
class _Record:
    """The lines of one record, those that go on joined."""

    start: int
    end: int = 0
    lines: list[str] = field(default_factory=list)
    named: bool = False
    typed: bool = False
    closed: bool = False  # by an `ER`


def read(document: Document) -> Library:
    """Read RIS of any dialect.

    Args:
        document: The input.

    Returns:
        One entry a record; `library.diagnostics` tells what has no place and what was mended.
    """
    findings: list[Diagnostic] = []
    entries: list[Entry] = []
    for record, texts in _tokenize(_records(document, findings)):
        values: dict[str, list[str]] = {}
        for tag, value in texts.items():
            if type(value) is str:
                if value:
                    values[tag] = [value]
            elif found := [text for text in value if text]:
                values[tag] = found
        entries.append(_entry(document, record, values, findings))
    entries = unique_keys(entries, "RIS", findings)
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


def _entry(
    document: Document, record: _Record, values: dict[str, list[str]], findings: list[Diagnostic]
) -> Entry:
    kind = values.get("TY", [""])[-1]
    key = " ".join(values.pop("ID", [""])[0].split("\n")[0].split())
    reading = from_ris(values)
    entry = Entry(reading.type, key, reading.fields, source=Source(document, record.start, record.end))
    if not reading.known:
        findings.append(unknown_kind(kind, entry, "RIS"))
    return unmapped(entry, reading.unmapped, "RIS", findings)


class _Tags(dict[str, str]):
    """A mapping for rispy that calls each tag by its own name."""

    def __missing__(self, tag: str) -> str:
        return tag


# Tags that mostly stand several times; rispy makes lists of others where they do.
_LISTS = ["AU", "A1", "A2", "ED", "KW", "UR", "N1"]
_BATCH = 256  # records that rispy gets at once: fewer objects live at a time


def _tokenize(records: Iterable[_Record]) -> Iterator[tuple[_Record, dict[str, Any]]]:
    from rispy import RisParser

    parser = RisParser(
        mapping=_Tags(), list_tags=_LISTS, delimiter_tags_mapping={}, ignore=[], enforce_list_tags=False
    )
    waiting = iter(records)
    while batch := list(islice(waiting, _BATCH)):
        lines = (line for record in batch for line in record.lines)
        yield from zip(batch, parser.parse_lines(lines), strict=True)


# -- records ---------------------------------------------------------------------------------------


def _records(document: Document, findings: list[Diagnostic]) -> Iterator[_Record]:
    """Yield the records, each with a `TY` line in front and without an `ER`."""
    outside: list[int] = []
    for record in _joined(_cut(document, outside)):
        if not record.typed:
            if not record.named:
                outside.append(record.start)
                continue
            record.lines.insert(0, "TY  - ")
        record.lines.append("ER  - ")
        yield record
    if outside:
        message = f"text that belongs to no record was passed over ({len(outside)} lines)"
        findings.append(Diagnostic("PK437", message, Severity.INFO, document.location(outside[0])))


def _joined(records: Iterator[_Record]) -> Iterator[_Record]:
    """Yield records; one that has neither title nor author and follows one without `ER` is a part of that."""
    open_record: _Record | None = None
    for record in records:
        if open_record and not record.named and record.typed:
            open_record.lines[0] = record.lines[0]  # the last type counts
            open_record.lines += record.lines[1:]
            open_record.end = record.end
            continue
        if open_record:
            yield open_record
        open_record = record
        if record.closed:
            yield record
            open_record = None
    if open_record:
        yield open_record


def _cut(document: Document, outside: list[int]) -> Iterator[_Record]:
    """Yield stretches of lines that begin with `TY` or end with `ER`."""
    text = document.text
    record: _Record | None = None
    at = 0
    gap = False  # a blank line stands before this one
    for raw in _lines(text):
        start, at = at, at + len(raw)
        line = raw.rstrip()
        if line[2:5] != "  -" or not line[:2].isupper() or not line[:1].isalpha():
            if not line:
                gap = True
                continue
            found = _DIALECT.match(line)
            if not found:
                if record is None:
                    if not _HEAD_LINE.fullmatch(line):
                        outside.append(start)
                elif gap and (line.startswith("%") or record.lines[-1][:2] not in _PARAGRAPHS):
                    outside.append(start)
                elif record.lines:
                    record.lines[-1] += f"\n\n{line.strip()}" if gap else f"\n{line.strip()}"
                    record.end = at
                gap = False
                continue
            line = f"{found[1] or _LONG_TAGS[found[2]]}  - {found[3]}"
        gap = False
        tag = line[:2]
        if tag == "ER":
            if record:
                record.closed, record.end = True, at
                yield record
            record = None
            continue
        if tag == "TY" and record and record.lines and (record.typed or record.named):
            if record.lines[-1][:2] == "TY":  # several types: the last one counts
                record.lines[-1] = line
                continue
            yield record
            record = None
        if record is None:
            record = _Record(start)
        if tag == "TY":
            record.typed = True
        elif tag in _NAMED:
            record.named = True
        record.lines.append(line)
        record.end = at
    if record:
        yield record


_PARAGRAPHS = frozenset(("AB", "N1", "N2", "RN"))


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends; CRLF, LF and CR end lines."""
    if "\r" not in text:
        return [f"{line}\n" for line in text.split("\n")]
    return [found for found in _LINES.findall(text) if found]


# -- writing ---------------------------------------------------------------------------------------


@reports_losses("RIS", read)
def write(library: Library) -> str:
    """Return the library as RIS, one record an entry, in order.

    Args:
        library: The entries.

    >>> print(write(Library((Entry("book", "k", {"title": "The {TeX}book", "date": "1986"}),)))[:-7])
    TY  - BOOK
    ID  - k
    TI  - The TeXbook
    PY  - 1986
    <BLANKLINE>
    """
    return "\n".join(
        "".join(f"{tag}  - {text}\n" for tag, text in (*to_ris(entry), ("ER", ""))) for entry in library
    )


RIS = Format(
    name="ris",
    title="RIS (EndNote, Zotero, Mendeley, Scopus and most databases)",
    extensions=(".ris",),
    sniff=sniff,
    read=read,
    write=write,
    between="\n",
)
