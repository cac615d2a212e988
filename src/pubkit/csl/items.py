"""Items as the engine asks them: CSL-JSON values checked, names and dates parsed, each once.

Nothing here raises for bad data: what cannot be used becomes a diagnostic and counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pubkit.csl.datevalue import DateValue, read_date
from pubkit.csl.names_data import Name, read_names
from pubkit.csl.variables import CITE_VARIABLES, DATE_VARIABLES, NAME_VARIABLES, NUMBER_VARIABLES
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.markup.tree import Rich, strings

_NOTE_LINE = re.compile(r"([A-Za-z][A-Za-z -]*):\s*(\S.*)")
_NOTE_VARIABLES = (
    NAME_VARIABLES
    | DATE_VARIABLES
    | (NUMBER_VARIABLES - CITE_VARIABLES)
    | frozenset(
        [
            "annote",
            "archive",
            "archive-place",
            "archive_collection",
            "archive_location",
            "authority",
            "call-number",
            "collection-title",
            "container-title",
            "container-title-short",
            "dimensions",
            "division",
            "DOI",
            "event",
            "event-place",
            "event-title",
            "genre",
            "ISBN",
            "ISSN",
            "jurisdiction",
            "keyword",
            "language",
            "medium",
            "original-publisher",
            "original-publisher-place",
            "original-title",
            "part-title",
            "PMCID",
            "PMID",
            "publisher",
            "publisher-place",
            "references",
            "reviewed-genre",
            "reviewed-title",
            "scale",
            "source",
            "status",
            "title",
            "title-short",
            "URL",
            "volume-title",
        ]
    )
)
Text = str | Rich
_SKIPPED = frozenset({"id", "type", "custom", "categories", "multi", "system_id", "language"})
# Names that older CSL-JSON uses → CSL 1.0.2.
_OLD_NAMES = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short"}
# What values need more care than a text does.
_KINDS = dict.fromkeys(NAME_VARIABLES, "names") | dict.fromkeys(DATE_VARIABLES, "date")
_KINDS |= dict.fromkeys(_OLD_NAMES, "alias")


class Item:
    """One item, ready for rendering.

    Attributes:
        id: Its id as text.
        type: Its CSL type; "" where it has none.
        language: Its language tag, or "".
        texts: Variable → text or number, as `str` with CSL inline markup or as a markup tree.
        names: Name variable → names, never empty.
        dates: Date variable → date.
        variables: Names of all variables that are not empty.
        shape: Its shape in the engine's style, once that has been asked for.
    """

    __slots__ = ("dates", "id", "language", "names", "shape", "texts", "type", "variables")

    def __init__(self, item_id: str, item_type: str, language: str) -> None:
        self.id = item_id
        self.type = item_type
        self.language = language
        self.texts: dict[str, Text] = {}
        self.names: dict[str, tuple[Name, ...]] = {}
        self.dates: dict[str, DateValue] = {}
        self.variables: frozenset[str] = frozenset()
        self.shape: Any = None

    def text(self, variable: str) -> str:
        """Return a variable as plain text without tree nodes; "" where absent."""
        value = self.texts.get(variable, "")
        return value if isinstance(value, str) else "".join(strings(value))


def read_items(items: Iterable[object], diagnostics: list[Diagnostic]) -> dict[str, Item]:
    """Read items into a dictionary by id, in order.

    Args:
        items: CSL-JSON shaped mappings.
        diagnostics: What could not be used is added here (PK501 to PK506).
    """
    result: dict[str, Item] = {}
    for number, source in enumerate(items, 1):
        if not isinstance(source, Mapping):
            _report(diagnostics, "PK501", f"item {number} is {_kind(source)}, not an object", "", "")
            continue
        item = read_item(source, number, diagnostics)
        if item.id in result:
            message = f"the id {item.id!r} occurs more than once; the last item is used"
            _report(diagnostics, "PK502", message, item.id, "")
        result[item.id] = item
    return result


def read_item(source: Mapping[str, Any], number: int, diagnostics: list[Diagnostic]) -> Item:
    """Read one item; see `read_items`."""
    raw_id = source.get("id")
    if raw_id is None or raw_id == "" or isinstance(raw_id, (Mapping, list)):
        raw_id = f"item-{number}" if raw_id is None else str(raw_id)
    item_id = raw_id if type(raw_id) is str else str(raw_id)
    kind = source.get("type")
    if not isinstance(kind, str) or not kind:
        _report(diagnostics, "PK503", "the item has no type; it is set as a document", item_id, "type")
        kind = ""
    language = source.get("language")
    item = Item(item_id, kind, language if isinstance(language, str) else "")
    texts = item.texts
    for given, value in source.items():
        if value is None or value == "" or given in _SKIPPED:
            continue
        kind_of = _KINDS.get(given)
        if kind_of is None and type(value) is str and type(given) is str:
            texts[given] = value
            continue
        name = _OLD_NAMES.get(given, given)
        if kind_of == "names":
            names, problems = read_names(value)
            if names:
                item.names[name] = names
            for problem in problems:
                _report(diagnostics, "PK504", problem, item_id, name)
        elif kind_of == "date":
            date, problem = read_date(value)
            if date is not None:
                item.dates[name] = date
            if problem:
                _report(diagnostics, "PK505", problem, item_id, name)
        elif type(value) is str or isinstance(value, tuple):
            if name != given and name in texts:
                continue
            texts[name] = value
        elif (isinstance(value, (int, float)) and not isinstance(value, bool)) or not isinstance(
            value, (Mapping, list, bool)
        ):
            texts[name] = str(value)
        elif isinstance(name, str) and not name.startswith("_") and not isinstance(value, bool):
            _report(diagnostics, "PK506", f"the value is {_kind(value)} where a text belongs", item_id, name)
    if item.language:
        texts["language"] = item.language
    if "page" in texts and "page-first" not in texts:
        texts["page-first"] = first_page(item.text("page"))
    note = texts.get("note")
    if type(note) is str and ":" in note:
        _read_note(item, note)
    item.variables = frozenset((*texts, *item.names, *item.dates))
    return item


def _read_note(item: Item, note: str) -> None:
    """Take variables from lines "variable: value" of a note: so reference managers store what has no field.

    Lines that hold no variable, and those after them, stay in the note.
    """
    lines = note.split("\n")
    used = 0
    for line in lines:
        match = _NOTE_LINE.fullmatch(line.strip())
        name = match[1].lower().replace(" ", "-") if match else ""
        name = {"doi": "DOI", "url": "URL", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID"}.get(name, name)
        if match is None or not (name in _NOTE_VARIABLES or name == "type"):
            break
        used += 1
        value = match[2]
        if name == "type":
            item.type = value
        elif name in NAME_VARIABLES:
            family, _, given = (part.strip() for part in value.partition("||"))
            parts = {"family": family, "given": given} if given else {"literal": family}
            item.names[name] = item.names.get(name, ()) + read_names([parts])[0]
        elif name in DATE_VARIABLES:
            date = read_date(value)[0]
            if date is not None and name not in item.dates:
                item.dates[name] = date
        else:
            item.texts.setdefault(name, value)
    if used:
        rest = "\n".join(lines[used:]).strip()
        if rest:
            item.texts["note"] = rest
        else:
            del item.texts["note"]


def first_page(pages: str) -> str:
    """Return the first page of a page range.

    >>> first_page("e12–e15"), first_page("7, 9")
    ('e12', '7')
    """
    for at, char in enumerate(pages):
        if char in "-–—,;&" or (char == " " and at):
            return pages[:at].strip()
    return pages


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return f"a {type(value).__name__}"


def _report(diagnostics: list[Diagnostic], code: str, message: str, key: str, field: str) -> None:
    place = Location(key=key, field=field)
    diagnostics.append(Diagnostic(code, message, Severity.WARNING, place, "correct it in the source"))
