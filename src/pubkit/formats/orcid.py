"""ORCID works as JSON: the list of works of a person (`group`), works by number (`bulk`), one work, a record.

Source: ORCID's API 3.0. Of a group, which holds one work as several sources tell it, one entry is made: what
the preferred source says, completed by the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pubkit.crosswalks.orcid import ARCHIVES, IDENTIFIERS, IGNORED, ORCID, ROLES
from pubkit.crosswalks.people import Person, people_fields
from pubkit.crosswalks.preprints import with_eprint
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.losses import unknown_kind, unmapped, unread
from pubkit.formats.trees import Tree, at, date_of, flatten, read_json, source_of, text_at, trees_at
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.fields import is_verbatim
from pubkit.model.identifiers import normalize_doi, normalize_pmcid, normalize_pmid
from pubkit.model.library import Library
from pubkit.model.source import Document

_TITLE = "ORCID"
_LOOK = 65_536
_MARK = re.compile(r'"(?:work-summary|put-code|orcid-identifier|activities-summary)"\s*:')
_WHERE = ("group", "activities-summary.works.group", "works.group", "bulk", "work-summary", "works", "work")
_CANONICAL: dict[str, Callable[[str], str | None]] = {
    "doi": normalize_doi,
    "pmid": normalize_pmid,
    "pmcid": normalize_pmcid,
}


def sniff(text: str) -> float:
    """Say how surely a text is an answer of ORCID.

    >>> sniff('{"group": [{"work-summary": [{"put-code": 1}]}]}')
    0.95
    """
    head = text[:_LOOK].lstrip("\ufeff \t\r\n")
    return 0.95 if head.startswith(("{", "[")) and _MARK.search(head) else 0.0


def read(document: Document) -> Library:
    """Read works of ORCID.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_json(document, _TITLE, _records, _entry)


def _records(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    for path in _WHERE:
        found = at(value, path)
        if isinstance(found, list):
            return found
    return [value] if isinstance(value, dict) and {"title", "put-code"} & value.keys() else None


def _entry(record: Tree, findings: list[Diagnostic]) -> Entry | None:
    if not {"title", "put-code"} & record.keys() and not any(
        record.get(name) for name in ("work-summary", "work")
    ):
        findings.append(unread(_TITLE, 1, "", 0, "it holds no work"))
        return None
    summaries = [*trees_at(record, "work-summary"), *trees_at(record, "work")] or [record]
    summaries.sort(key=_preference)
    first = summaries[0]
    kind = text_at(first, "type").lower().replace("_", "-")
    fields: dict[str, str] = {}
    unmapped_values: dict[str, Any] = {}
    for summary in summaries:
        if summary is first or text_at(summary, "type") == text_at(first, "type"):
            for name, source in _fields(summary, unmapped_values).items():
                if name == "date" and source.startswith(fields.get("date", source)):
                    fields["date"] = source  # one source knows the month, another only the year
                fields.setdefault(name, source)
    for one in trees_at(record, "external-ids.external-id"):
        _identify(one, fields, unmapped_values)
    cited = _citation(first)
    for name, source in cited.items():
        fields.setdefault(name, source)
    values = flatten(
        {name: value for name, value in first.items() if name != "citation" or not cited}, IGNORED
    )
    if "doi" in fields and normalize_doi(values.get("url.value", [""])[0]) == fields["doi"]:
        del values["url.value"]
    made = ORCID.read(kind, values, fields)
    done = with_eprint(made.fields) if made.type in ("online", "misc") else made.fields
    entry = Entry(made.type, "", done)
    if not made.known:
        findings.append(unknown_kind(kind, entry, _TITLE))
    return unmapped(entry, {**unmapped_values, **made.unmapped}, _TITLE, findings)


#: Fields that ORCID has no place for but in the citation.
_ONLY_CITED = ("volume", "number", "pages", "eid", "edition", "series", "publisher", "isbn", "issn", "editor")


def _citation(work: Tree) -> dict[str, str]:
    """Return what only the BibTeX that goes with a work says; nothing where there is none to be read."""
    if text_at(work, "citation.citation-type").lower() != "bibtex":
        return {}
    from pubkit.formats.bibtex import read_bibtex

    entries = read_bibtex(Document("", text_at(work, "citation.citation-value"))).entries
    if len(entries) != 1:
        return {}
    wanted = _ONLY_CITED if at(work, "contributors.contributor") else ("author", *_ONLY_CITED)
    return {name: entries[0][name] for name in wanted if entries[0].get(name)}


def _preference(summary: Tree) -> int:
    """Return what sorts the sources of a work: the one its owner prefers has the highest index."""
    index = text_at(summary, "display-index")
    return -int(index) if index.isdecimal() and len(index) < 10 else 0


def _fields(work: Tree, left: dict[str, Any]) -> dict[str, str]:
    """Return what of a work is more than one text: people, title, date, identifiers."""
    fields: dict[str, str] = {}
    people: dict[str, list[Person]] = {}
    for one in trees_at(work, "contributors.contributor"):
        role = text_at(one, "contributor-attributes.contributor-role").lower().replace("_", "-")
        role = role.rpartition("/")[2] if "/" in role else role  # of CRediT, the address of the role
        name = text_at(one, "credit-name.value") or text_at(one, "credit-name")
        orcid = text_at(one, "contributor-orcid.path") or text_at(one, "contributor-orcid.uri")
        field = ROLES.get(role, "author")
        people.setdefault(field, []).append(_person(name, orcid))
    for field, members in people.items():
        fields.update(people_fields(field, dict.fromkeys(members)))
    if title := source_of(text_at(work, "title.title.value") or text_at(work, "title.title")):
        fields["title"] = title
    if title := source_of(text_at(work, "title.translated-title.value")):
        fields["titleaddon"] = title
    date = at(work, "publication-date")
    parts = [text_at(date, f"{name}.value") or text_at(date, name) for name in ("year", "month", "day")]
    if made := date_of(*parts):
        fields["date"] = made
    for one in trees_at(work, "external-ids.external-id"):
        _identify(one, fields, left)
    return fields


def _person(name: str, orcid: str) -> Person:
    if name.count(",") == 1:
        family, _, given = (part.strip() for part in name.partition(","))
        return Person(family, given, orcid=orcid)
    return Person(whole=name, orcid=orcid)


def _identify(one: Tree, fields: dict[str, str], left: dict[str, Any]) -> None:
    """Put an external identifier into its field."""
    kind = text_at(one, "external-id-type").lower()
    value = text_at(one, "external-id-normalized.value") or text_at(one, "external-id-value")
    relationship = text_at(one, "external-id-relationship").lower().replace("_", "-")
    field = IDENTIFIERS.get(kind, "")
    if not value or relationship == "funded-by":
        return
    if relationship == "part-of" and field in ("doi", "url", "eprint", "pmid", "pmcid"):
        field = ""  # of the whole
    if not field or field in fields:
        if not (field and fields[field].lower() == value.lower()):
            left.setdefault(f"external-id {kind}", []).append(value)
        return
    canonical = _CANONICAL.get(field)
    value = (canonical(value) if canonical else None) or value
    fields[field] = value if is_verbatim(field) else latex.escape(value)
    if kind in ARCHIVES:
        fields["eprinttype"] = ARCHIVES[kind]
        if kind == "arxiv":
            fields["eprint"] = re.sub(r"^arxiv:", "", value, flags=re.IGNORECASE)


ORCID_JSON = Format(name="orcid", title="ORCID works (JSON)", extensions=(".json",), sniff=sniff, read=read)
