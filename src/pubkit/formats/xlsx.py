"""Excel workbooks (.xlsx, .xls, .ods): the first sheet whose headings are those of a list of publications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pubkit.crosswalks.rows import COLUMNS, known_columns
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import PluginError, ReadError
from pubkit.formats.base import Format
from pubkit.formats.csv_ import read_rows
from pubkit.model.library import Library
from pubkit.model.source import Document, Source

_LOOK = 1 << 20
# Names of parts stand uncompressed in a zip archive.
_PARTS = (b"xl/workbook", b"xl/worksheets", b"opendocument.spreadsheet")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = "Workbook".encode("utf-16-le")


def sniff_bytes(data: bytes) -> float:
    """Say how surely bytes are a spreadsheet.

    >>> sniff_bytes(b"PK" + bytes((3, 4)) + b"...xl/workbook.xml"), sniff_bytes(b"id,title")
    (0.95, 0.0)
    """
    if data.startswith(b"PK\x03\x04"):
        return 0.95 if any(part in data[:_LOOK] or part in data[-_LOOK:] for part in _PARTS) else 0.0
    return 0.9 if data.startswith(_OLD) and _WORKBOOK in data else 0.0


def read_bytes(data: bytes, name: str = "") -> Library:
    """Read a spreadsheet.

    Args:
        data: The content of the file.
        name: Its name, for messages.

    Returns:
        One entry a row of the first sheet whose headings are known.

    Raises:
        PluginError: The library that reads spreadsheets is not installed.
        ReadError: The file cannot be read as a spreadsheet.
    """
    try:
        import python_calamine
    except ImportError as error:
        raise PluginError(
            "spreadsheets need python-calamine",
            hint='install it, e.g. with: pip install "pubkit[excel]"; or save the sheet as CSV',
        ) from error
    from io import BytesIO

    findings: list[Diagnostic] = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [(sheet, book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names]
    except Exception as error:  # the library has an exception class for each format of its own
        raise ReadError(
            f"the spreadsheet cannot be read ({error})", hint="save the sheet as CSV", where=name
        ) from error
    known = [(title, rows) for title, rows in sheets if rows and known_columns(_cells(_first(rows))) > 1]
    if not known:
        hint = f"name the columns {', '.join(COLUMNS)}; any subset will do"
        message = "no sheet has headings of a list of publications"
        return Library(diagnostics=(Diagnostic("PK441", message, Severity.ERROR, Location(name), hint),))
    title, rows = known[0]
    entries = read_rows(_rows(rows, f"{name} ({title})" if name else title), findings, "spreadsheet")
    for other, more in known[1:]:
        message = f"the sheet {other!r} ({len(more)} rows) was passed over; {title!r} was read"
        findings.append(Diagnostic("PK437", message, Severity.INFO, Location(name)))
    return Library(tuple(entries), diagnostics=tuple(findings))


def _first(rows: list[list[Any]]) -> list[Any]:
    return next((row for row in rows if any(cell not in ("", None) for cell in row)), [])


def _rows(rows: list[list[Any]], name: str) -> Iterator[tuple[list[str], Source]]:
    """Yield rows as texts; a document of as many empty lines lets findings name the row."""
    lines = Document(name, "\n" * len(rows))
    for number, row in enumerate(rows):
        cells = _cells(row)
        if any(cells):
            yield cells, Source(lines, number, number + 1)


def _cells(row: list[Any]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str("" if cell is None else cell).strip()


def _no_text(text: str) -> float:
    return 0.0


def _refuse(document: Document) -> Library:
    raise ReadError("a spreadsheet is no text", hint="give the file itself", where=document.name)


XLSX = Format(
    name="xlsx",
    title="Excel and OpenDocument spreadsheets (with pubkit[excel])",
    extensions=(".xlsx", ".xlsm", ".xls", ".ods"),
    sniff=_no_text,
    read=_refuse,
    sniff_bytes=sniff_bytes,
    read_bytes=read_bytes,
)
