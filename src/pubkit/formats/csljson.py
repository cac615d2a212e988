"""CSL-JSON: the items of citation processors, of Zotero and of pandoc's `--to csljson`.

Source: CSL 1.0.2's JSON schema (csl-data.json).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pubkit.crosswalks.csl import from_csl, to_csl_json
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats import jsontext
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

_LISTS = ("items", "references")  # what objects that hold a list of items call it
_LOOK = 65536
_MEMBER = re.compile(r'"(?:id|type|title|issued|author|citation-key|DOI|container-title)"\s*:')
_TYPE = re.compile(
    r'"type"\s*:\s*"(?:article|book|chapter|paper-conference|report|thesis|webpage|document)\b'
)
# Members that only answers of web services have, whose types may be called as in CSL.
_OTHERS = re.compile(
    r'"(?:authorships|work-summary|message-type|message|indexed|attributes|resourceTypeGeneral|put-code)"\s*:'
)


def sniff(text: str) -> float:
    """Say how surely a text is CSL-JSON.

    >>> sniff('[{"id": "a", "type": "book", "title": "T"}]') > 0.9, sniff("@book{a}")
    (True, 0.0)
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    if not head.startswith(("[", "{")):
        return 0.0
    if _OTHERS.search(head):
        return 0.3
    if _TYPE.search(head) and _MEMBER.search(head):
        return 0.95
    inside = head[1:].lstrip()
    if head.startswith("[") and inside.startswith(("{", "]")):
        return 0.6 if _MEMBER.search(head) else 0.3
    return 0.5 if inside.startswith('"') and _MEMBER.search(head) else 0.0


def read(document: Document) -> Library:
    """Read CSL-JSON: an array of items, one item, or an object that holds a list of them.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    diagnostics: list[Diagnostic] = []

    data = jsontext.load(document, diagnostics)
    if data is None and diagnostics:
        return Library(diagnostics=tuple(diagnostics), document=document)
    items = _items(data)
    if items is None:
        if not diagnostics:
            message, hint = (
                "the JSON is no list of CSL items",
                'give an array of objects with "id" and "type"',
            )
            diagnostics.append(Diagnostic("PK427", message, Severity.ERROR, Location(document.name), hint))
        items = []
    entries: list[Entry] = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, Mapping):
            message = f"element {number} is {_kind(item)}, not an object; it is left out"
            place = Location(document.name)
            diagnostics.append(Diagnostic("PK428", message, Severity.ERROR, place, "remove it or mend it"))
            continue
        found: list[Diagnostic] = []
        entries.append(from_csl(item, diagnostics=found))
        diagnostics.extend(_in_file(finding, document.name) for finding in found)
    return Library(tuple(entries), diagnostics=tuple(diagnostics), document=document)


def _items(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if not isinstance(data, Mapping):
        return None
    for name in _LISTS:
        if isinstance(data.get(name), list):
            return list(data[name])
    if "type" in data or "title" in data:
        return [data]
    values = list(data.values())  # id → item, as some processors keep them
    if values and all(isinstance(value, Mapping) and "type" in value for value in values):
        return [{"id": key, **value} for key, value in data.items()]
    return None


def _kind(value: Any) -> str:
    kinds = {
        "list": "an array",
        "str": "a text",
        "int": "a number",
        "float": "a number",
        "bool": "a truth value",
    }
    return "null" if value is None else kinds.get(type(value).__name__, "something else")


def _in_file(finding: Diagnostic, name: str) -> Diagnostic:
    """Return a finding about an item with the file's name."""
    place = Location(name, key=finding.location.key, field=finding.location.field)
    return Diagnostic(finding.code, finding.message, finding.severity, place, finding.hint, finding.fix)


@reports_losses("CSL-JSON", read)
def write(library: Library) -> str:
    r"""Return the library as a JSON array, one item an entry, in order.

    Args:
        library: The entries.

    >>> print(write(Library((Entry("book", "k", {"title": "T", "date": "1986"}),))), end="")
    [
      {
        "id": "k",
        "type": "book",
        "title": "T",
        "issued": {"date-parts": [[1986]]}
      }
    ]
    """
    items = [to_csl_json(entry) for entry in library]
    if not items:
        return "[]\n"
    return "[\n" + ",\n".join(_item_text(item) for item in items) + "\n]\n"


def _item_text(item: Mapping[str, Any]) -> str:
    """Return an item with one variable a line, and one name a line: easy to read and to compare."""
    lines = []
    for name, value in item.items():
        if isinstance(value, list) and value:
            members = ",\n".join(f"      {_json(member)}" for member in value)
            lines.append(f"    {_json(name)}: [\n{members}\n    ]")
        else:
            lines.append(f"    {_json(name)}: {_json(value)}")
    return "  {\n" + ",\n".join(lines) + "\n  }"


_json = json.JSONEncoder(ensure_ascii=False).encode


CSL_JSON = Format(
    name="csl-json",
    title="CSL-JSON (Zotero, pandoc, citation processors)",
    extensions=(".json", ".csljson"),
    sniff=sniff,
    read=read,
    write=write,
    keyed=True,
)
