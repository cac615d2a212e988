"""Lists kept as data: YAML and JSON (Jekyll data, JSON Résumé) and the front matter of a page for each paper.

Here their records are found; `datafields` makes an entry of each.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import datafields
from pubkit.formats.paperlist.datafields import NAMES, one_line
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.names import Name
from pubkit.model.source import Document

_LISTS = ("publications", "papers", "articles", "preprints", "references")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_PAPER = re.compile(r"^title\s*:", re.MULTILINE)
_OF_A_PAPER = re.compile(
    r"^(?:venue|citation|paperurl|doi|authors?|publication|publication_types)\s*:", re.MULTILINE
)
MAX_FRONT = 50_000


def is_front_matter(text: str) -> bool:
    r"""Tell whether a text is the page of one paper: front matter with a title and what only papers have.

    >>> is_front_matter("---\ntitle: On X\nvenue: ICML\n---\nText"), is_front_matter("---\ntitle: CV\n---\n")
    (True, False)
    """
    found = _FRONT.match(text, 0, MAX_FRONT)
    return bool(found and _PAPER.search(found["inside"]) and _OF_A_PAPER.search(found["inside"]))


_JSON_LIST = re.compile(r'\s*\{.*?"(?:publications|papers)"\s*:\s*\[', re.DOTALL)
_JSON_RECORDS = re.compile(r"\s*\[\s*\{")
_NOT_CSL = re.compile(r'"(?:issued|container-title|id|itemType|citationKey)"\s*:')
_YAML_RECORD = re.compile(r"^\s*(?:- )?title\s*:\s*\S", re.MULTILINE)
_YAML_LIST = re.compile(r"^(?:- \w+\s*:|\s{0,8}(?:publications|papers|preprints)\s*:\s*$)", re.MULTILINE)
_YAML_MORE = re.compile(r"^\s*(?:- )?(?:authors?|venue|journal|conference|year|date)\s*:", re.MULTILINE)


def looks_like(head: str) -> bool:
    r"""Tell whether the beginning of a text is a list kept as data, and not that of a format with a grammar.

    >>> looks_like('[{"title": "On X", "year": 2020}]'), looks_like("- title: On X\n  year: 2020\n")
    (True, True)
    >>> looks_like('[{"id": "a", "title": "On X", "issued": {}}]'), looks_like("Papers\n- On X, 2020")
    (False, False)
    """
    if is_front_matter(head):
        return True
    if _JSON_RECORDS.match(head):
        return '"title"' in head and not _NOT_CSL.search(head)
    if head.lstrip()[:1] == "{":
        return bool(_JSON_LIST.match(head)) and not _NOT_CSL.search(head)
    return bool(_YAML_LIST.search(head) and _YAML_RECORD.search(head) and _YAML_MORE.search(head))


def read(document: Document, owner: Name | None = None) -> Library:
    """Read a list kept as YAML or JSON, or the front matter of a paper's page.

    Args:
        document: The list.
        owner: Whose list it is; some generators write "admin" or "me" for them.
    """
    text = document.text.lstrip("\ufeff")
    front = _FRONT.match(text) if is_front_matter(text) else None
    try:
        value = _load(front["inside"] if front else text)
    except (ValueError, RecursionError) as error:
        message = "nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        return Library((), diagnostics=(_nothing(document, message),))
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    left: Counter[str] = Counter()
    at = 0
    for record in _records(value):
        fields = {str(key).casefold().replace("-", "_"): item for key, item in record.items()}
        title = next((text for name in NAMES["title"] if (text := one_line(fields.get(name, "")))), "")
        if not title:
            where = document.location(at)
            diagnostics.append(
                Diagnostic("PK103", "a record without a title was left out", Severity.INFO, where)
            )
            continue
        start = max(document.text.find(title, at), at)
        at = min(start + len(title), len(document.text))
        entry, found = datafields.entry(fields, document, (start, at), owner)
        entries.append(entry)
        diagnostics += found
        left.update(name for name in entry.extra["data"] if name not in datafields.PAGE)
    if left:
        diagnostics.append(_left(document, left))
    if not entries:
        diagnostics.append(_nothing(document, "no record with a title"))
    return Library(tuple(entries), diagnostics=tuple(diagnostics))


def _load(text: str) -> Any:
    """Parse JSON or YAML into plain values; a syntax error is a ValueError."""
    if text.lstrip()[:1] in ("{", "["):
        return json.loads(text)
    import yaml  # only lists kept as YAML need it

    try:
        # Not libyaml's loader: it is recursive in C, and deep nesting ends the process.
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _records(value: Any) -> Iterator[Mapping[Any, Any]]:
    """Yield the records of a list, of a list under a known name, or of a list for each year."""
    if isinstance(value, Mapping):
        inside = value.get("cv")
        if isinstance(inside, Mapping) and isinstance(inside.get("sections"), Mapping):  # a CV of RenderCV
            for section in inside["sections"].values():
                yield from (each for each in _records(section) if "title" in each and "authors" in each)
            return
        named = [value[name] for name in value if str(name).casefold() in _LISTS]
        if named:
            for inner in named:
                yield from _records(inner)
        elif any(name in map(str.casefold, map(str, value)) for name in NAMES["title"]):
            yield value
        else:
            for inner in value.values():
                if isinstance(inner, list):
                    yield from (record for record in inner if isinstance(record, Mapping))
    elif isinstance(value, list):
        yield from (record for record in value if isinstance(record, Mapping))


def _left(document: Document, left: Counter[str]) -> Diagnostic:
    names = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in sorted(left.items()))
    message = f"no field of an entry holds {names}"
    hint = 'they stay in extra["data"] of the entries'
    return Diagnostic("PK115", message, Severity.INFO, document.location(0), hint)


def _nothing(document: Document, why: str) -> Diagnostic:
    hint = "keep the list as records with title, authors, venue and year, or under the name publications"
    message = f"no publication was found in this data: {why}"
    return Diagnostic("PK101", message, Severity.ERROR, document.location(0), hint)
