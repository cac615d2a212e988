"""CITATION.cff: what a repository says of itself, the paper to cite for it, and its references.

Source: the schema guide of the Citation File Format 1.2.0. Older versions (1.0, 1.1) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from pubkit.crosswalks.cff import CFF, PEOPLE, SERIES_EDITOR, STATES, STATES_BACK
from pubkit.crosswalks.forms import plain_text
from pubkit.crosswalks.people import Person, goes_on, people_fields, people_of
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import WriteError
from pubkit.formats import yamltext
from pubkit.formats.base import Format
from pubkit.formats.losses import reports_losses, unknown_kind, unmapped
from pubkit.formats.trees import Tree, date_of, flatten, library_of, list_at, pages_of, text_at, trees_at
from pubkit.markup import latex
from pubkit.model.dates import parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_arxiv, normalize_doi, normalize_pmid
from pubkit.model.library import Library
from pubkit.model.pages import parse_pages
from pubkit.model.source import Document

_TITLE = "CFF"
_LOOK = 65_536
_VERSION = re.compile(r"^[\"']?cff-version[\"']?\s*:", re.MULTILINE)
_INTEGER = re.compile(r"[1-9][0-9]{0,8}")
_NUMBERS = frozenset(("year", "month", "pages", "number-volumes", "year-original", "start", "end", "section"))
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = ("date-published", "date-released", "issue-date")
_PARTS_OF_FILE = frozenset(("preferred-citation", "references"))
# Read apart: people, dates, pages, identifiers.
_OWN = frozenset(
    (
        *PEOPLE.values(),
        *_DATES,
        "year",
        "month",
        "year-original",
        "start",
        "end",
        "identifiers",
        "status",
        "type",
    )
)
# What stands for the software itself where a list of works is written by itself.
_NOBODY = {
    "cff-version": "1.2.0",
    "message": "Please cite the works that this file refers to.",
    "title": "(the name of your software)",
    "authors": [{"name": "(the authors of your software)"}],
}
_PARTS_OF_NAMES = frozenset(
    ("name", "family-names", "given-names", "name-particle", "name-suffix", "alias", "orcid")
)
_ANONYMOUS = "anonymous"  # by the schema guide, where a work has no authors
_IN_ROOT = (
    "abstract authors commit contact date-released doi identifiers keywords license license-url message "
    "repository repository-artifact repository-code title type url version"
)
_ROOT_PARTS = frozenset(_IN_ROOT.split())
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def sniff(text: str) -> float:
    r"""Say how surely a text is a CITATION.cff.

    >>> sniff("cff-version: 1.2.0\ntitle: T\n")
    0.95
    """
    head = text[:_LOOK]
    return 0.95 if _VERSION.search(head) else 0.0


def read(document: Document) -> Library:
    """Read a CITATION.cff: the software or data set itself, its preferred citation, then its references.

    Args:
        document: The input.

    Returns:
        The entries; `entry.extra["cff"]` is "root", "preferred-citation" or "references".
    """
    findings: list[Diagnostic] = []
    value = yamltext.load(document, findings)
    if not isinstance(value, Mapping) or not {"authors", "title", "references", "cff-version"} & value.keys():
        if not findings or value is not None:
            message, hint = "this is no CITATION.cff", "it needs cff-version, title and authors"
            findings.append(Diagnostic("PK452", message, Severity.ERROR, Location(document.name), hint))
        return Library(diagnostics=tuple(findings), document=document)
    records: list[Any] = []
    if not all(value.get(name) == _NOBODY[name] for name in ("title", "authors")) and (
        value.get("title") or value.get("authors")
    ):
        root = yamltext.Mapped({name: one for name, one in value.items() if name not in _PARTS_OF_FILE})
        root.line = getattr(value, "line", 0)
        root.setdefault("type", "software")
        records.append(root)
    places = ["root"] * len(records)
    for name in ("preferred-citation", "references"):
        more = list_at(value, name)
        records.extend(more)
        places.extend([name] * sum(isinstance(one, Mapping) for one in more))
    library = library_of(records, document, findings, _entry)
    entries = tuple(entry.with_extra(cff=place) for entry, place in zip(library.entries, places, strict=True))
    return Library(entries, diagnostics=library.diagnostics, document=document)


def _entry(record: Tree, findings: list[Diagnostic]) -> Entry:
    fields: dict[str, str] = {}
    left: dict[str, Any] = {}
    for field, name in PEOPLE.items():
        people = [_person(one) for one in trees_at(record, name)]
        for one in trees_at(record, name):
            for part, texts in flatten(one, _PARTS_OF_NAMES).items():
                left.setdefault(f"{name}.{part}", []).extend(texts)
        if name == "authors" and [person.whole for person in people] == [_ANONYMOUS]:
            continue
        others = any(person.whole == "others" for person in people)
        fields.update(
            people_fields(field, [person for person in people if person.whole != "others"], others=others)
        )
    if "namea" in fields:
        fields["nameatype"] = SERIES_EDITOR
    _read_dates(record, fields)
    for name in _DATES:
        text = text_at(record, name)
        day = date_of(text)
        if text and (day != fields.get("date") or (_WHOLE_DAY.fullmatch(text) and len(day) < len(text))):
            left.setdefault(name, []).append(text)
    if first := text_at(record, "start"):
        last = text_at(record, "end")
        pages = parse_pages(pages_of(first, last))
        fields["pages"] = str(pages) if pages.ranges else latex.escape(first)
    state = text_at(record, "status")
    if state:
        fields["pubstate"] = STATES_BACK.get(state, latex.escape(state))
    values = flatten(record, _OWN)
    if "doi" in values and (doi := normalize_doi(values["doi"][0])):
        values["doi"] = [doi]
    _read_identifiers(record, values, fields, left)
    kind = text_at(record, "type")
    made = CFF.read(kind or "generic", values, fields)
    entry = Entry(made.type, "", made.fields)
    if not made.known:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, {**left, **made.unmapped}, _TITLE, findings)


def _person(tree: Tree) -> Person:
    orcid = text_at(tree, "orcid")
    if name := text_at(tree, "name"):
        return Person(whole=name, organisation=name != "others", orcid=orcid)
    family, given = text_at(tree, "family-names"), text_at(tree, "given-names")
    if not family and not given:
        return Person(whole=text_at(tree, "alias"), organisation=True, orcid=orcid)
    return Person(family, given, text_at(tree, "name-particle"), text_at(tree, "name-suffix"), orcid=orcid)


def _read_dates(record: Tree, fields: dict[str, str]) -> None:
    year, month = text_at(record, "year"), text_at(record, "month")
    for name in _DATES:
        full = date_of(text_at(record, name))
        if full and "date" not in fields and (not year or full.startswith(year) or name == "date-published"):
            fields["date"] = full
    if year and "date" not in fields:
        date = parse_date(year)
        if date and str(date) == year and not _INTEGER.fullmatch(year):
            fields["date"] = year  # a range, or a date that is not sure
        elif made := date_of(year, month):
            fields["date"] = made
        else:
            fields["year"] = latex.escape(year)
    if original := date_of(text_at(record, "year-original")):
        fields["origdate"] = original
    start, end = text_at(record, "conference.date-start"), text_at(record, "conference.date-end")
    if start:
        fields["eventdate"] = f"{start}/{end}" if end and end != start else start


def _read_identifiers(
    record: Tree, values: dict[str, list[str]], fields: dict[str, str], left: dict[str, Any]
) -> None:
    for path in ("conference.date-start", "conference.date-end"):
        values.pop(path, None)
    for one in trees_at(record, "identifiers"):
        kind, value = text_at(one, "type").lower(), text_at(one, "value")
        label, _, rest = value.partition(":")
        if kind == "doi" and (doi := normalize_doi(value)) and values.setdefault("doi", [doi])[0] == doi:
            continue
        if kind == "url" and values.setdefault("url", [value])[0] == value:
            continue
        if kind == "swh" and fields.setdefault("swhid", value) == value:
            continue
        if label.lower() == "pmid" and fields.setdefault("pmid", rest.strip()) == rest.strip():
            continue
        if label.lower() == "arxiv" and fields.setdefault("eprint", rest.strip()) == rest.strip():
            fields["eprinttype"] = "arxiv"
            continue
        if value:
            left.setdefault(f"identifiers.{kind or 'other'}", []).append(value)


# -- writing -----------------------------------------------------------------------------------------


@reports_losses(_TITLE, read)
def write(library: Library, *, root: str = "") -> str:
    """Return the library as the `references` of a CITATION.cff.

    Args:
        library: The entries. What was read as the software itself, or as its preferred citation, is written
            there again; else the file says what to fill in.
        root: Citation key of the entry that is the software itself.

    Raises:
        WriteError: No entry has the key `root`.
    """
    file: dict[str, Any] = dict(_NOBODY)
    references: list[dict[str, Any]] = []
    main = next((entry for entry in library if root and entry.key == root), None)
    if root and main is None:
        raise WriteError(f"no entry has the key {root!r}", hint="give the key of the software's own entry")
    if main is None and not root:
        main = next((entry for entry in library if entry.extra.get("cff") == "root"), None)
    preferred = next(
        (entry for entry in library if entry.extra.get("cff") == "preferred-citation" and entry is not main),
        None,
    )
    for entry in library:
        if entry is main and entry.type in ("software", "dataset"):
            file.update(_root(_record(entry)))
        elif entry is preferred:
            file["preferred-citation"] = _record(entry)
        else:
            references.append(_record(entry))
    if "preferred-citation" in file:
        file["preferred-citation"] = file.pop("preferred-citation")
    if references or not library.entries:
        file["references"] = references
    text: str = yaml.dump(file, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    note = "" if file["title"] != _NOBODY["title"] else "# Fill in title and authors of your software.\n"
    return note + text


def _root(record: dict[str, Any]) -> dict[str, Any]:
    """Return a reference as the main part of a file, which calls some things otherwise."""
    made = dict(record)
    kind = made.pop("type", "software")
    if (date := made.pop("date-published", None)) is not None:
        made["date-released"] = date
    made["type"] = "dataset" if kind == "data" else "software"
    return {name: value for name, value in made.items() if name in _ROOT_PARTS}


def _record(entry: Entry) -> dict[str, Any]:
    fields = dict(entry.fields)
    record: dict[str, Any] = {}
    done = {"nameatype", "pages", "date", "year", "origdate", "pubstate", "eprint", "eprinttype"}
    for field, name in PEOPLE.items():
        if field == "namea" and fields.get("nameatype") != SERIES_EDITOR:
            continue
        people = [_written(person) for person in people_of(fields, field)]
        if goes_on(fields, field):
            people.append({"name": "others"})
        if people:
            record[name] = people
            done.update((field, f"{field}+an:orcid"))
    if "number" in fields and "issue" not in fields and entry.type in ("article", "periodical"):
        fields["issue"] = fields.pop("number")
    written = CFF.write(entry.type, fields, done=done)
    tree: dict[str, Any] = {"type": written.kind, **record}
    for path, text in (*written.values, *_own_values(fields)):
        _put(tree, path, text)
    for one in _identifiers(fields):
        tree.setdefault("identifiers", []).append(one)
    tree.setdefault("authors", [{"name": _ANONYMOUS}])  # a reference must have some
    return tree


def _own_values(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield dates, pages and state under their names in CFF."""
    date = parse_date(fields["date"]) if "date" in fields else None
    if date is not None and (date.is_range or date.circa or date.uncertain or date.season):
        yield "year", str(date)
    elif date is not None and date.year is not None:
        if date.day and date.year > 0:
            yield "date-published", f"{date.year:04}-{date.month:02}-{date.day:02}"
        yield "year", f"{date.year:04}" if date.year >= 0 else str(date)
        if date.month:
            yield "month", str(date.month)
    elif text := fields.get("date") or fields.get("year"):
        yield "year", plain_text(text)
    if "origdate" in fields:
        original = parse_date(fields["origdate"])
        yield "year-original", str(original.year) if original and original.year else fields["origdate"]
    if "pages" in fields:
        pages = parse_pages(fields["pages"])
        parts = str(pages).split("--") if len(pages.ranges) == 1 else []
        if len(parts) == 2 and all(parts):
            yield "start", parts[0]
            yield "end", parts[1]
        else:
            yield "start", plain_text(fields["pages"])
    if "pubstate" in fields:
        yield "status", STATES.get(fields["pubstate"], plain_text(fields["pubstate"]))


def _identifiers(fields: Mapping[str, str]) -> Iterator[dict[str, str]]:
    if "eprint" in fields and fields.get("eprinttype", "").lower() == "arxiv":
        number = normalize_arxiv(fields["eprint"]) or fields["eprint"]
        yield {"type": "other", "value": f"arXiv:{number}"}
    if "pmid" in fields:
        yield {"type": "other", "value": f"pmid:{normalize_pmid(fields['pmid']) or fields['pmid']}"}
    if "swhid" in fields:
        yield {"type": "swh", "value": fields["swhid"]}


def _put(tree: dict[str, Any], path: str, text: str) -> None:
    """Put a text where its path says; `keywords` and `languages` are lists, numbers are numbers."""
    head, _, tail = path.partition(".")
    if tail:
        tree.setdefault(head, {})[tail] = text
        if head in ("publisher", "institution", "conference", "location"):
            tree[head] = {"name": tree[head].get("name", ""), **tree[head]}
    elif head in ("keywords", "languages"):
        tree.setdefault(head, []).append(text)
    else:
        tree[head] = int(text) if head in _NUMBERS and _INTEGER.fullmatch(text) else text


def _written(person: Person) -> dict[str, str]:
    parts = {
        "name": person.whole,
        "family-names": person.family,
        "given-names": person.given,
        "name-particle": person.prefix,
        "name-suffix": person.suffix,
        "orcid": f"https://orcid.org/{person.orcid}" if person.orcid else "",
    }
    return {name: text for name, text in parts.items() if text}


CFF_FORMAT = Format(
    name="cff",
    title="CITATION.cff (Citation File Format)",
    extensions=(".cff",),
    sniff=sniff,
    read=read,
    write=write,
    write_options=("root",),
)
