"""Records as trees of mappings, lists and texts (JSON, YAML): finding them, and reading what is in them.

Nothing here fails on a wrong shape: what is not as expected is not there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import text_source
from pubkit.crosswalks.people import Person
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.formats import jsontext
from pubkit.formats.losses import in_file
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

_MAX_DEPTH = 32
_KINDS = {"list": "a list", "str": "a text", "int": "a number", "float": "a number", "bool": "a truth value"}

Tree = Mapping[str, Any]
#: Makes an entry of one record; adds what it found, without a file name.
Convert = Callable[[Tree, list[Diagnostic]], Entry | None]


# -- reading a file ----------------------------------------------------------------------------------


def read_json(
    document: Document, title: str, find: Callable[[Any], list[Any] | None], convert: Convert
) -> Library:
    """Read a JSON file of records.

    Args:
        document: The input.
        title: What users call the format.
        find: Returns the list of records in a value, or None where it has not the format's shape.
        convert: Makes an entry of one record.
    """
    findings: list[Diagnostic] = []
    value = jsontext.load(document, findings)
    records = None if value is None else find(value)
    if records is None:
        if not findings:
            message, hint = f"the JSON is no {title}", "name the format it is of, or export it again"
            findings.append(Diagnostic("PK452", message, Severity.ERROR, Location(document.name), hint))
        records = []
    return library_of(records, document, findings, convert)


def library_of(
    records: Sequence[Any], document: Document, findings: list[Diagnostic], convert: Convert
) -> Library:
    """Return records as a library; those that are no mappings are told and left out."""
    entries: list[Entry] = []
    for number, record in enumerate(records, 1):
        if not isinstance(record, Mapping):
            kind = "nothing" if record is None else _KINDS.get(type(record).__name__, "something else")
            message = f"record {number} is {kind}, not an object; it is left out"
            place = Location(document.name)
            findings.append(Diagnostic("PK453", message, Severity.ERROR, place, "remove it or mend it"))
            continue
        found: list[Diagnostic] = []
        entry = convert(record, found)
        line = getattr(record, "line", 0)
        for one in found:
            placed = in_file(one, document.name)
            if line and not placed.location.line:
                where = placed.location
                place = Location(where.file, line, 0, where.key, where.field)
                placed = Diagnostic(one.code, one.message, one.severity, place, one.hint, one.fix)
            findings.append(placed)
        if entry is not None:
            entries.append(entry)
    return Library(tuple(entries), diagnostics=tuple(findings), document=document)


# -- values ------------------------------------------------------------------------------------------


def at(tree: Any, path: str) -> Any:
    """Return the value at a path of names joined by dots; None where there is none.

    Of a list on the way the first element is taken.

    >>> at({"a": [{"b": 1}]}, "a.b"), at({"a": "x"}, "a.b")
    (1, None)
    """
    for name in path.split("."):
        if isinstance(tree, list):
            tree = tree[0] if tree else None
        if not isinstance(tree, Mapping):
            return None
        tree = tree.get(name)
    return tree


def text_at(tree: Any, path: str) -> str:
    """Return the text or number at a path; of a list the first one; "" for anything else."""
    value = at(tree, path)
    if isinstance(value, list):
        value = value[0] if value else None
    return scalar(value)


def scalar(value: Any) -> str:
    """Return a text or a number as text, white space at its ends gone; "" for anything else.

    >>> scalar(" a "), scalar(3), scalar(2.0), scalar(True), scalar([1])
    ('a', '3', '2', '', '')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def list_at(tree: Any, path: str) -> list[Any]:
    """Return the list at a path; a lone value as a list of it."""
    value = at(tree, path)
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def trees_at(tree: Any, path: str) -> Iterator[Tree]:
    """Yield the mappings of the list at a path."""
    return (one for one in list_at(tree, path) if isinstance(one, Mapping))


def flatten(tree: Tree, without: Collection[str] = ()) -> dict[str, list[str]]:
    """Return all texts and numbers of a tree by their path, in order; those of lists together.

    Args:
        tree: The record.
        without: Names at the top that are not looked at.

    >>> flatten({"a": {"b": [1, {"c": "x"}]}, "d": None}, without={"z"})
    {'a.b': ['1'], 'a.b.c': ['x']}
    """
    found: dict[str, list[str]] = {}
    stack: list[tuple[str, Any, int]] = [
        (name, value, 1) for name, value in reversed(list(tree.items())) if name not in without
    ]
    while stack:
        path, value, depth = stack.pop()
        if isinstance(value, Mapping):
            if depth < _MAX_DEPTH:
                stack.extend(
                    (f"{path}.{name}", one, depth + 1) for name, one in reversed(list(value.items()))
                )
        elif isinstance(value, list):
            if depth < _MAX_DEPTH:
                stack.extend((path, one, depth + 1) for one in reversed(value))
        elif text := scalar(value):
            found.setdefault(path, []).append(text)
    return found


# -- what such records have in common ------------------------------------------------------------------

_TAGS = {"italic": "i", "bold": "b", "em": "i", "strong": "b", "sub": "sub", "sup": "sup", "sc": "sc"}
_TAG = re.compile(r"<(/?)([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)((?:\s[^<>]*)?)/?>")
_KEPT = frozenset(("i", "b", "sub", "sup"))
_MATHML = re.compile(r"<(?:mml:)?annotation\b.{0,2000}?</(?:mml:)?annotation>", re.DOTALL)
_BLOCKS = frozenset(("p", "title", "sec", "list-item", "br", "div"))
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n(?: ?\n)+ ?")


def clean(text: str) -> str:
    r"""Return a text with HTML, JATS or MathML in it as plain text with the tags `<i> <b> <sub> <sup>`.

    Paragraphs are set apart by an empty line, entities are characters.

    >>> clean("<jats:title>A</jats:title><jats:p>On <jats:italic>E. coli</jats:italic> &amp; CO</jats:p>")
    'A\n\nOn <i>E. coli</i> & CO'
    """
    if "<" not in text and "&" not in text and "\n" not in text and "  " not in text:
        return text.strip()
    if "<" in text:
        text = _TAG.sub(_tag, _MATHML.sub("", text))
    if "&" in text:
        text = html.unescape(text)
        if "&" in text:
            text = html.unescape(text)  # Crossref has titles that were escaped twice
    parts = _BLANK_LINES.split(_SPACES.sub(" ", text).strip())
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in parts)))


def _tag(found: re.Match[str]) -> str:
    name = found[3].lower()
    if name in _BLOCKS:
        return "\n\n"
    name = _TAGS.get(name, name)
    if name in _KEPT:
        return f"<{found[1]}{name}>"
    return ""


def source_of(text: str) -> str:
    r"""Return a text, in which markup may stand, as field source.

    >>> source_of("On <i>E. coli</i> &amp; <sub>x</sub>")
    'On \\emph{E. coli} \\& \\textsubscript{x}'
    """
    return text_source(clean(text)).replace("\n\n", " ")


def pages_of(first: str, last: str = "") -> str:
    """Return first and last page as a page range.

    >>> pages_of("10", "19"), pages_of("e1", "e1")
    ('10--19', 'e1')
    """
    start, end = latex.escape(first.strip()), latex.escape(last.strip())
    return f"{start}--{end}" if end and end != start else start


def date_of(*parts: str) -> str:
    """Return year, month and day as an EDTF date, as far as they are one; "" where they are none.

    >>> date_of("2020", "5", "3"), date_of("2020", "May"), date_of("2020", "13"), date_of("soon", "")
    ('2020-05-03', '2020-05', '2020', '')
    """
    known = [part.strip() for part in parts if part and part.strip()]
    for count in range(len(known), 0, -1):
        pieces = known[:count]
        if all(piece.isdecimal() for piece in pieces[1:]) and pieces[0].lstrip("-").isdecimal():
            year = pieces[0]
            text = "-".join([year.zfill(4), *(piece.zfill(2) for piece in pieces[1:])])
        else:
            text = " ".join(pieces)
        if made := date_source(text):
            return made
    return ""


def person_of(tree: Tree, family: str, given: str, whole: str = "name", orcid: str = "orcid") -> Person:
    """Return the person that a mapping describes; the arguments are the names of its parts."""
    return Person(
        family=text_at(tree, family),
        given=text_at(tree, given),
        whole=text_at(tree, whole),
        organisation=not text_at(tree, family),
        orcid=text_at(tree, orcid),
    )
