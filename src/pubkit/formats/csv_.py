"""CSV and TSV: pubkit's own columns, and the tables of databases, which their headings tell.

Cells hold plain text. A quote that is never closed spoils one row, not the rest of the file.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import TextIO

from pubkit.crosswalks.rows import COLUMNS, dialect_of, from_row, known_columns, to_row
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.base import Format
from pubkit.formats.losses import losses, unknown_kind, unmapped
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Source

_LOOK = 65_536
_DELIMITERS = ",\t;|"
_MOST_RESTARTS = 20
_LARGEST_CELL = 1 << 30
_Row = tuple[list[str], Source]


def _delimiter(line: str) -> str:
    """Return the delimiter that makes most known headings of a line; "" where none does."""
    best, most = "", 0
    for delimiter in _DELIMITERS:
        if delimiter in line:
            known = known_columns(next(csv.reader([line], delimiter=delimiter)))
            if known > most:
                best, most = delimiter, known
    return best


def _first_line(text: str) -> str:
    """Return the line of the headings: the first one, or the second where the first is about the export."""
    lines = [line for line in text[:_LOOK].lstrip("\ufeff").splitlines() if line.strip()][:2]
    if len(lines) == 2 and not _delimiter(lines[0]) and len(next(csv.reader(lines[:1]))) == 1:
        return lines[1]
    return lines[0] if lines else ""


def sniff(text: str, delimiters: str = ",;|") -> float:
    r"""Say how surely a text is a table of publications, by its headings.

    >>> sniff("id,type,title,author,year\na,book,T,A,2000"), sniff("Dear all, this is a letter")
    (0.95, 0.0)
    """
    line = _first_line(text)
    delimiter = _delimiter(line)
    if not delimiter or delimiter not in delimiters:
        return 0.0
    columns = next(csv.reader([line], delimiter=delimiter))
    known = known_columns(columns)
    if known < 2 or any(len(column) > 60 for column in columns):
        return 0.0
    return 0.95 if known >= max(3, len(columns) // 4) or known == len(columns) else 0.5


def read(document: Document, *, delimiter: str = "") -> Library:
    """Read a table with headings.

    Args:
        document: The input.
        delimiter: What stands between cells; by default the headings tell.

    Returns:
        One entry a row; `library.diagnostics` tells of columns without a place and of broken rows.
    """
    findings: list[Diagnostic] = []
    rows = _rows(document, delimiter or _delimiter(_first_line(document.text)) or ",", findings)
    entries = read_rows(rows, findings, "CSV")
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


def read_rows(rows: Iterator[_Row], findings: list[Diagnostic], title: str) -> list[Entry]:
    """Return the entries of a table.

    Args:
        rows: The cells of each row and where it stands; the first one holds the headings.
        findings: A list to which is added what was wrong.
        title: What users call such a table.
    """
    header, place = next(rows, ([], None))
    if place is None:
        return []
    if len(header) == 1 and not known_columns(header):  # a line about the export, as Dimensions writes it
        following = next(rows, None)
        if following and known_columns(following[0]) > 1:
            header, place = following
        elif following:
            rows = chain((following,), rows)
    dialect = dialect_of(header)
    if not known_columns(header):
        count = sum(1 for _ in rows)
        message = f"{count} {title} records could not be read: no heading is known ({', '.join(header[:6])})"
        hint = f"name the columns {', '.join(COLUMNS)}; any subset will do"
        findings.append(Diagnostic("PK438", message, Severity.ERROR, place.location(), hint))
        return []
    name = f"{dialect.name} {title}".strip()
    entries = []
    for cells, source in rows:
        if len(cells) != len(header):
            findings.append(_uneven(source, len(cells), len(header)))
        row: dict[str, list[str]] = {}
        for column, cell in zip(header, cells, strict=False):
            if cell:
                row.setdefault(column, []).append(cell)
        for extra in cells[len(header) :]:
            if extra:
                row.setdefault("(beyond the headings)", []).append(extra)
        key, reading = from_row(row, dialect)
        entry = Entry(reading.type or "misc", key, reading.fields, source=source)
        if not reading.known:
            kinds = [cell for column in row for cell in row[column] if column.lower().endswith("type")]
            findings.append(unknown_kind(kinds[0] if kinds else "", entry, name))
        entries.append(unmapped(entry, reading.unmapped, name, findings))
    if not entries:
        message = "the table has headings and no rows"
        findings.append(Diagnostic("PK441", message, Severity.ERROR, place.location()))
    return entries


def _uneven(source: Source, cells: int, columns: int) -> Diagnostic:
    what = "what is beyond was left out" if cells > columns else "the last ones count as empty"
    message = f"the row has {cells} cells under {columns} headings; {what}"
    return Diagnostic(
        "PK442", message, Severity.WARNING, source.location(), "check quotes and delimiters there"
    )


@contextmanager
def _large_cells() -> Iterator[None]:
    """Let cells be larger than 128 KB meanwhile: abstracts and lists of references are."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _rows(document: Document, delimiter: str, findings: list[Diagnostic]) -> Iterator[_Row]:
    """Yield the cells of each row that is not empty, and where it stands."""
    lines = io.StringIO(document.text.lstrip("\ufeff"), newline="").readlines()
    starts = [len(document.text) - len(document.text.lstrip("\ufeff"))]
    for line in lines:
        starts.append(starts[-1] + len(line))
    at = restarts = 0
    while at < len(lines):
        table = csv.reader(iter(lines[at:]), delimiter=delimiter)
        base = first = at
        while True:
            with _large_cells():
                cells = next(table, None)
            if cells is None:
                return
            first, at = at, base + table.line_num
            source = Source(document, starts[first], starts[at])
            if (
                at == len(lines)
                and at - first > 1
                and restarts < _MOST_RESTARTS
                and source.raw.count('"') % 2
            ):
                restarts += 1
                message = (
                    "a quote is opened in this row and never closed; the row was read up to its line's end"
                )
                findings.append(Diagnostic("PK436", message, Severity.ERROR, source.location()))
                at = first + 1
                cells = lines[first].replace('"', "").split(delimiter)
                yield [cell.strip() for cell in cells], Source(document, starts[first], starts[at])
                break
            if any(cell.strip() for cell in cells):
                yield [cell.strip() for cell in cells], source


# -- writing ---------------------------------------------------------------------------------------


def write(
    library: Library,
    *,
    report: list[Diagnostic] | None = None,
    columns: Iterable[str] | None = None,
    delimiter: str = ",",
) -> str:
    r"""Return the library as a table: pubkit's columns, then a column for each further field.

    Args:
        library: The entries.
        report: A list to which is added what the table does not hold.
        columns: The columns to write; by default all that have something, and always the contract's.
        delimiter: What stands between cells.

    >>> entry = Entry("article", "a", {"title": "A, B", "journaltitle": "J", "date": "2020"})
    >>> print(write(Library((entry,)), columns=("id", "title", "year")), end="")
    id,title,year
    a,"A, B",2020
    """
    rows = [to_row(entry) for entry in library]
    names = (
        list(columns) if columns else list(dict.fromkeys((*COLUMNS, *(name for row in rows for name in row))))
    )
    stream = io.StringIO()
    table = csv.DictWriter(
        stream, names, restval="", extrasaction="ignore", delimiter=delimiter, lineterminator="\n"
    )
    table.writeheader()
    table.writerows(rows)
    text = stream.getvalue()
    if report is not None:
        back = read(Document("", text), delimiter=delimiter)
        report.extend(losses(library, back, "TSV" if delimiter == "\t" else "CSV"))
    return text


def pour(libraries: Iterable[Library], stream: TextIO, *, delimiter: str = ",") -> None:
    """Write libraries as one table; the columns, known only at the end, are collected on the way.

    Args:
        libraries: The parts, in order.
        stream: The table.
        delimiter: What stands between cells.
    """
    names = dict.fromkeys(COLUMNS)
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as rows:
        body = csv.writer(rows)
        for library in libraries:
            for entry in library:
                row = to_row(entry)
                names.update(dict.fromkeys(row))
                body.writerow([row.get(name, "") for name in names])
        rows.seek(0)
        table = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        table.writerow(names)
        with _large_cells():
            table.writerows(row + [""] * (len(names) - len(row)) for row in csv.reader(rows))


def _sniffer(delimiters: str) -> Callable[[str], float]:
    return partial(sniff, delimiters=delimiters)


CSV = Format(
    name="csv",
    title=(
        "CSV; also of Scopus, Web of Science, IEEE Xplore, PubMed, SpringerLink, Zotero, Dimensions, Lens, "
        "Publish or Perish"
    ),
    extensions=(".csv",),
    sniff=_sniffer(",;|"),
    read=read,
    write=write,
    read_options=("delimiter",),
    write_options=("columns",),
    pour=pour,
)
TSV = Format(
    name="tsv",
    title="CSV with tabs",
    extensions=(".tsv", ".tab"),
    sniff=_sniffer("\t"),
    read=partial(read, delimiter="\t"),
    write=partial(write, delimiter="\t"),
    write_options=("columns",),
    pour=partial(pour, delimiter="\t"),
)
