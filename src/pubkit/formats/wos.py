"""Web of Science: its tagged text (savedrecs.txt, .isi, .ciw) and its tab-delimited export."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from pubkit.crosswalks.wos import from_wos
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats import tagged
from pubkit.formats.base import Format
from pubkit.formats.losses import unique_keys, unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Source

_LOOK = 65_536
_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?:[ \t](.*)|$)")
_FILE = re.compile(
    r"\s*\ufeff?FN .*(?:Clarivate|Thomson|ISI|Web of (?:Science|Knowledge)|Export)", re.IGNORECASE
)
_TYPE = re.compile(r"^\ufeff?PT [A-Z]\s*$", re.MULTILINE)
_END = re.compile(r"^ER\s*$", re.MULTILINE)
_BODY = re.compile(r"^(?:AU|TI|SO|AF|PY|UT|DT) \S", re.MULTILINE)
_TABLE = re.compile(r"\ufeff?\"?PT\"?\t\"?(?:AU|BA|AF)\"?\t")


def sniff(text: str) -> float:
    r"""Say how surely a text is of Web of Science.

    >>> sniff("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI T\nER\n\nEF"), sniff("PT\tAU\tBA\n")
    (0.98, 0.98)
    """
    head = text[:_LOOK]
    if _TABLE.match(head):
        return 0.98
    found = bool(_FILE.match(head)) + bool(_TYPE.search(head)) + bool(_END.search(head))
    if not _BODY.search(head) and not (found > 1):
        return 0.0
    return (0.0, 0.6, 0.93, 0.98)[found]


def read(document: Document) -> Library:
    """Read records of Web of Science, tagged or as a table.

    Args:
        document: The input.

    Returns:
        One entry a record, its citation key the accession number; `library.diagnostics` tells what has no
        place in BibLaTeX.
    """
    findings: list[Diagnostic] = []
    entries = []
    rows = _rows if _TABLE.match(document.text[:_LOOK]) else _records
    for values, source in rows(document, findings):
        key = "".join(values.get("UT", [""])[0].split())
        reading = from_wos(values)
        entry = Entry(reading.type, key, reading.fields, source=source)
        entries.append(unmapped(entry, reading.unmapped, "Web of Science", findings))
    return Library(
        tuple(unique_keys(entries, "Web of Science", findings)),
        diagnostics=tuple(findings),
        document=document,
    )


_Record = tuple[dict[str, list[str]], Source]


def _records(document: Document, findings: list[Diagnostic]) -> Iterator[_Record]:
    last: tagged.Record | None = None
    for record in tagged.records(
        document, _LINE, findings, starts=("PT",), ends=("ER", "EF"), ignored=("FN", "VR")
    ):
        last = record
        yield record.values(), record.source(document)
    if last and not last.closed:
        place = document.location(last.start)
        message = "the last record has no end (ER); it was read as far as it goes"
        findings.append(Diagnostic("PK436", message, Severity.WARNING, place, "export the file again"))


def _rows(document: Document, findings: list[Diagnostic]) -> Iterator[_Record]:
    """Yield the rows of the tab-delimited export, whose columns have the names of tags."""
    lines = document.text.lstrip("\ufeff").splitlines(keepends=True)
    table = csv.reader(io.StringIO("".join(lines), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = [name.strip().strip('"') for name in next(table)]
    at = len(document.text) - len(document.text.lstrip("\ufeff")) + len(lines[0])
    for number, row in enumerate(table, 1):
        line = lines[number] if number < len(lines) else ""
        start, at = at, at + len(line)
        cells = {
            name: [cell.strip()] for name, cell in zip(header, row, strict=False) if name and cell.strip()
        }
        if not cells:
            continue
        if len(row) > len(header) + 1:
            message = (
                f"the row has {len(row)} cells under {len(header)} headings; the last ones were left out"
            )
            findings.append(Diagnostic("PK442", message, Severity.WARNING, document.location(start)))
        yield cells, Source(document, start, at)


WOS = Format(
    name="wos",
    title="Web of Science (tagged text and tab-delimited)",
    extensions=(".isi", ".ciw", ".wos"),
    sniff=sniff,
    read=read,
)
