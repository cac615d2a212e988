"""JSON of strangers: what is broken or cut off is told, and what stands before it is read.

The work is done by the standard library; where it gives up, the text is closed behind the last whole value.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.source import Document

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},:]|[^\s"\[\]{},:]+', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}
_LEAST_LINES = 2
_MOST_PIECES = 100_000


def load(document: Document, findings: list[Diagnostic]) -> Any:
    """Return the value of a JSON text.

    Args:
        document: The input.
        findings: A list to which is added what was wrong (PK427, with its place).

    Returns:
        The value; what could be read of it where the text is broken; None where nothing could.
    """
    text = document.text.lstrip("\ufeff")
    shift = len(document.text) - len(text)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and (values := _by_lines(text, document, findings)):
            return values
        line, column = document.position(error.pos + shift)
        place = Location(document.name, line, column)
        hint = "export the list again, or mend the JSON at that place; what could be read was read"
        findings.append(Diagnostic("PK427", f"not JSON: {error.msg}", Severity.ERROR, place, hint))
        return _before(text, error.pos, document, findings)
    except RecursionError:
        message, hint = "brackets nest too deep", "give a list of records"
    except ValueError as error:  # a number of more digits than Python converts
        try:
            return json.loads(text, parse_int=str)
        except (ValueError, RecursionError):
            message, hint = f"not JSON that can be read: {error}", "mend the number"
    findings.append(Diagnostic("PK427", message, Severity.ERROR, Location(document.name), hint))
    return None


def _by_lines(text: str, document: Document, findings: list[Diagnostic]) -> list[Any]:
    """Return the objects of JSON Lines, as services give their dumps; none where it is none."""
    values: list[Any] = []
    broken: list[Diagnostic] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            if len(values) < _LEAST_LINES:
                return []
            place = Location(document.name, number, 1)
            message = f"1 JSON record could not be read: {error}"
            broken.append(Diagnostic("PK438", message, Severity.ERROR, place))
    if len(values) < _LEAST_LINES or not all(isinstance(value, dict) for value in values):
        return []
    findings.extend(broken)
    return values


def _before(text: str, end: int, document: Document, findings: list[Diagnostic]) -> Any:
    """Return what can be read of a text whose first fault is at `end`, and of whole records behind it."""
    opened: list[str] = []
    good = 0
    before = ""
    first = -1  # where the first record of the outermost list starts
    for found in _TOKEN.finditer(text, 0, end):
        lexeme = found[0]
        if lexeme in "[{":
            if first < 0 and lexeme == "{" and "[" in opened:
                first = found.start()
            opened.append(lexeme)
            good = found.end()
        elif lexeme in "]}":
            if not opened:
                break
            opened.pop()
            good = found.end()
        elif lexeme not in ",:":
            is_key = opened[-1:] == ["{"] and before != ":"
            is_cut = found.end() == len(text) and lexeme[0] != '"'  # a number of which more may be missing
            if not is_key and not is_cut:
                good = found.end()
        before = lexeme
    if not good:
        return None
    closing = "".join(_CLOSING[mark] for mark in reversed(opened))
    try:
        value = json.loads(text[:good] + closing)
    except (ValueError, RecursionError):
        return None
    records = _records(value) if "[" in opened else None
    if records and opened.index("[") < len(opened) - 1:
        records.pop()  # the record that the fault is in
    if first >= 0 and "[" in opened:
        _behind(value, text, (first, end), document.name, findings)
    return value


def _behind(value: Any, text: str, span: tuple[int, int], name: str, findings: list[Diagnostic]) -> None:
    """Add records that stand whole behind a fault: each starts a line with the indent of the first one."""
    records = _records(value)
    first, end = span
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    if records is None or "\n" not in text[:first] or indent.strip():
        return
    starts = [found.end() - 1 for found in re.finditer(rf"^{indent}\{{", text[end:], re.MULTILINE)]
    starts = [start + end for start in starts[:_MOST_PIECES]]
    unread = 0
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=False):
        try:
            piece, _ = json.JSONDecoder().raw_decode(text[start:stop])
        except (ValueError, RecursionError):
            unread += 1
        else:
            records.append(piece)
    if unread:
        message = f"{unread} records behind that place could not be read"
        findings.append(Diagnostic("PK427", message, Severity.ERROR, Location(name)))


def _records(value: Any) -> list[Any] | None:
    """Return the outermost list that was still open: on the way of last values."""
    while isinstance(value, dict) and value:
        value = list(value.values())[-1]
    return value if isinstance(value, list) else None
