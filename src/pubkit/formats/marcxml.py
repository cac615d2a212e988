"""MARCXML: records of library catalogues in MARC 21.

Source: MARC 21 Format for Bibliographic Data and the MARCXML schema (Library of Congress).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import ISO_639_2, language_source
from pubkit.crosswalks.marc import EDITOR_ROLES, LEADER, MARC, NOT_THE_WORK, RELATORS
from pubkit.crosswalks.people import Person, people_fields
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import unmapped
from pubkit.formats.trees import date_of
from pubkit.formats.xmlrecords import read_xml, stream_xml
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_doi, normalize_isbn, normalize_issn
from pubkit.model.library import Library
from pubkit.model.pages import parse_pages
from pubkit.model.source import Document, Stream

_TITLE = "MARC 21"
_LOOK = 65_536
_SIGN = re.compile(r"<(?:\w+:)?(?:datafield|controlfield)\s[^<>]*\btag=")
_ENDING = re.compile(r"\s*[/:;,=]\s*$")
_STOP = re.compile(r"(?<![A-Z])(?<!\b\w)(?<!\b\w\w)(?<!etc)\.$")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_TOTAL = re.compile(r"(\d+)\s*(?:p\b|pages\b|pp\b|S\.|Seiten\b|s\.|str\.)", re.IGNORECASE)
_EDITION = re.compile(
    r"\[?(\d{1,3})(?:st|nd|rd|th)?\.?\s*(?:ed(?:ition|\.)?|Aufl(?:age|\.)?|udg\.|uppl\.)\.?\]?$",
    re.IGNORECASE,
)
_VOLUMES = re.compile(r"(\d+)\s*(?:v\.|vols?\b|volumes\b|Bde\b|Bände\b)", re.IGNORECASE)
_HOST = (
    ("volume", re.compile(r"\b(?:vol(?:ume)?s?|bd|band|tome?|jg)\b\.?\s*([\w-]+)", re.IGNORECASE)),
    ("number", re.compile(r"\b(?:no|nr|num(?:ber)?|issue|heft|iss)\b\.?\s*([\w/-]+)", re.IGNORECASE)),
    ("pages", re.compile(r"\b(?:pp?|pages?|seiten?|s)\b\.?\s*([\w]+(?:\s*[-–]\s*\w+)?)", re.IGNORECASE)),
)
_TOLD_DATE = re.compile(r"\(([^()]{4,40})\)")
_CODES = frozenset("0123456789w")  # subfields that point to other records
_PEOPLE = ("100", "110", "700", "710")


def sniff(text: str) -> float:
    """Say how surely a text is MARCXML.

    >>> sniff('<collection xmlns="http://www.loc.gov/MARC21/slim"><record>')
    0.95
    """
    name, attributes = xml.root(text)
    if not name:
        return 0.0
    if name in ("collection", "record") and "MARC21/slim" in attributes:
        return 0.95
    return 0.9 if _SIGN.search(text, 0, _LOOK) else 0.0


def read(document: Document) -> Library:
    """Read MARCXML.

    Args:
        document: The input.

    Returns:
        The entries in order; `library.diagnostics` tells what was left out.
    """
    return read_xml(document, ("record",), _entry)


def stream(source: Stream, findings: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the entries of the dump of a catalogue."""
    return stream_xml(source, ("record",), _entry, findings)


def _entry(element: Any, findings: list[Diagnostic]) -> Entry | None:
    controls = {one.get("tag", ""): (one.text or "") for one in element.iter("controlfield")}
    data = list(element.iter("datafield"))
    if not data:
        return None
    values: dict[str, list[str]] = {}
    fields: dict[str, str] = {}
    for field in data:
        tag = field.get("tag", "")
        for code, text in _subfields(field):
            name = f"{tag}{code}"
            if tag == "024":
                if field.get("ind1") == "7" and code == "a":
                    name = f"0247{_subfield(field, '2').lower()}"
                elif code == "2":
                    continue
            values.setdefault(name, []).append(text)
    kind = _kind(element, controls, values)
    _title(values, fields)
    _people(data, values, fields)
    _dates(controls, values, fields)
    _host(values, fields)
    _numbers(values)
    code = controls.get("008", "")[35:38]
    languages = values.get("041a", []) if code in ("", "   ", "mul", "und", "zxx") else [code]
    if languages and (language := language_source(ISO_639_2.get(languages[0].lower(), languages[0]))):
        fields["langid"] = language
    entry_type = _type(kind, controls, values, fields)
    made = MARC.read(kind, values, fields, type=entry_type)
    left = {name: texts for name, texts in made.unmapped.items() if _is_of_the_work(name)}
    entry = Entry(made.type, "".join(controls.get("001", "").split()), made.fields)
    return unmapped(entry, left, _TITLE, findings)


def _subfields(field: Any) -> Iterator[tuple[str, str]]:
    for one in field.iter("subfield"):
        text = " ".join("".join(one.itertext()).split())
        if text:
            yield one.get("code", ""), text


def _subfield(field: Any, code: str) -> str:
    return next((text for name, text in _subfields(field) if name == code), "")


def _is_of_the_work(name: str) -> bool:
    if name in ("700t", "710t"):  # a work in this one, with its author
        return True
    return not name.startswith(NOT_THE_WORK) and name[3:4] not in _CODES and name[:3] != "245"


def _bare(text: str) -> str:
    """Return a text without the punctuation of ISBD at its end.

    >>> _bare("On lists :"), _bare("Doe, J."), _bare("[Berlin] ;"), _bare("A title.")
    ('On lists', 'Doe, J.', 'Berlin', 'A title')
    """
    text = _STOP.sub("", _ENDING.sub("", text)).strip()
    return text[1:-1] if text[:1] == "[" and text[-1:] == "]" and "[" not in text[1:] else text


# -- what it is ----------------------------------------------------------------------------------------


def _kind(element: Any, controls: dict[str, str], values: dict[str, list[str]]) -> str:
    leader = xml.text(element, "leader") or "".join((one.text or "") for one in element.iter("leader"))
    raw = next(((one.text or "") for one in element.iter("leader")), leader)
    level = raw[6:8]
    if len(level) < 2:
        return "component" if "773t" in values else "book"
    return LEADER.get(level) or LEADER.get(level[0]) or ("book" if level[0] == "a" else "mixed")


def _type(kind: str, controls: dict[str, str], values: dict[str, list[str]], fields: dict[str, str]) -> str:
    """Return the entry type where other fields than the leader tell it; "" where the leader does."""
    if "502a" in values or "502b" in values:
        return "thesis"
    if "773t" in values or "773a" in values:
        if ("773x" in values and "773z" not in values) or values.get("7737", [""])[0][3:4] == "s":
            return "article"
        if kind in ("component", "serialpart", "book"):
            return "incollection"
    if kind != "book":
        return ""
    if controls.get("008", "")[29:30] == "1" or "111a" in values:
        return "proceedings"
    if "088a" in values:
        return "report"
    return "collection" if "author" not in fields and "editor" in fields else ""


# -- parts ---------------------------------------------------------------------------------------------


def _title(values: dict[str, list[str]], fields: dict[str, str]) -> None:
    title = _bare(values.get("245a", [""])[0])
    if title:
        fields["title"] = latex.escape(title)
    for name in ("245b", "245n", "245p", "240a"):
        if name in values:
            values[name] = [_bare(text) for text in values[name]]
    if part := values.pop("245p", None):
        values.setdefault("245b", []).extend(part)
    for name in list(values):
        if name[:3] in (
            "260",
            "264",
            "490",
            "830",
            "440",
            "250",
            "773",
            "650",
            "653",
            "651",
            "600",
            "610",
            "711",
        ):
            values[name] = [_bare(text) for text in values[name]]
    for name in ("490v", "830v", "440v", "111c", "711c"):
        if name in values:
            values[name] = [text.rstrip(". )").lstrip("( ") for text in values[name]]


def _people(data: list[Any], values: dict[str, list[str]], fields: dict[str, str]) -> None:
    edited = re.search(r"\b(?:edited|eds?\.|hrsg|herausgegeben)", values.get("245c", [""])[0], re.IGNORECASE)
    people: dict[str, list[Person]] = {}
    for field in data:
        tag = field.get("tag", "")
        if tag not in _PEOPLE or "t" in dict(_subfields(field)):  # with a title it is another work
            continue
        said = [text for code, text in _subfields(field) if code in "4e"]
        roles = [text.rstrip(".,; ").rpartition("/")[2].lower() for text in said]
        slot = next((RELATORS[role] for role in roles if role in RELATORS), "")
        other = next((EDITOR_ROLES[role] for role in roles if role in EDITOR_ROLES), "")
        if not slot and other:
            slot = f"editor:{other}"
        if not slot:
            slot = "editor" if edited and tag.startswith("7") else "author"
            if roles:
                values.setdefault(f"{tag}e", []).extend(said)
        people.setdefault(slot, []).append(_person(field, tag))
    free = [name for name in ("editor", "editora", "editorb", "editorc") if name not in people]
    for slot, members in people.items():
        name, _, role = slot.partition(":")
        if role and free:
            name = free.pop(0)
            fields[f"{name}type"] = role
        if name not in fields:
            fields.update(people_fields(name, dict.fromkeys(members)))


def _person(field: Any, tag: str) -> Person:
    parts = dict(reversed(list(_subfields(field))))
    orcid = next((text for code, text in _subfields(field) if code in "01" and "orcid" in text.lower()), "")
    orcid = re.sub(r"^\(orcid\)", "", orcid, flags=re.IGNORECASE)
    name = _bare(parts.get("a", ""))
    if tag in ("110", "710"):
        units = [_bare(text) for code, text in _subfields(field) if code == "b"]
        return Person(whole=", ".join([name, *units]), organisation=True, orcid=orcid)
    suffix = ""
    if re.fullmatch(r"(?:jr|sr|[ivx]+)\.?,?", parts.get("c", ""), re.IGNORECASE):
        suffix = parts["c"].rstrip(",")
    family, comma, given = (part.strip() for part in name.partition(","))
    if field.get("ind1") == "0" or not comma:
        whole = " ".join(filter(None, (name, _bare(parts.get("b", "")))))
        return Person(whole=whole, organisation=" " not in whole, orcid=orcid)
    given, _, more = (part.strip() for part in given.partition(","))
    return Person(
        family, given, suffix=suffix or (more if re.fullmatch(r"[JS]r\.?", more) else ""), orcid=orcid
    )


def _dates(controls: dict[str, str], values: dict[str, list[str]], fields: dict[str, str]) -> None:
    years = [*values.pop("264c", []), *values.pop("260c", [])]
    found = next((year[1] for text in years if (year := _YEAR.search(text))), "")
    coded = controls.get("008", "")[7:11]
    if not found and _YEAR.fullmatch(coded):
        found = coded
    for name in ("711d", "111d"):
        if event := _YEAR.search(" ".join(values.pop(name, []))):
            fields.setdefault("eventdate", event[1])
    thesis = _YEAR.search(" ".join(values.pop("502d", [])))
    if date := date_of(found or (thesis[1] if thesis else "")):
        fields["date"] = date


def _host(values: dict[str, list[str]], fields: dict[str, str]) -> None:
    """Read what a part says of its place in the whole: "Vol. 3, no. 2 (May 2003), p. 10-20"."""
    text = "; ".join(values.pop("773g", []))
    for name, pattern in _HOST:
        if found := pattern.search(text):
            value = found[1].strip()
            pages = parse_pages(value) if name == "pages" else None
            fields[name] = str(pages) if pages and pages.ranges else latex.escape(value)
    told = _TOLD_DATE.search(text)
    if told and (date := date_source(told[1])) and date.startswith(fields.get("date", date)):
        fields["date"] = date  # it has the month too
    if text and "date" not in fields and (year := _YEAR.search(text)):
        fields["date"] = year[1]
    if text and not {"volume", "pages"} & fields.keys():
        fields["note"] = latex.escape(text)
    place = values.pop("773d", [""])[0]
    if place and "264b" not in values and "260b" not in values:
        before, colon, behind = place.partition(":")
        if colon:
            values["260a"], values["260b"] = [_bare(before)], [_bare(_YEAR.sub("", behind))]
        else:
            values["260b"] = [_bare(_YEAR.sub("", place))]


def _numbers(values: dict[str, list[str]]) -> None:
    for name, normal in (("020a", normalize_isbn), ("022a", normalize_issn), ("0247doi", normalize_doi)):
        found = [number for text in values.get(name, []) if (number := normal(text.split(" (")[0]))]
        if found:
            values[name] = found[:1]
        elif name in values:
            values[name] = [text.split()[0] for text in values[name][:1]]
    if edition := _EDITION.match(values.get("250a", [""])[0]):
        values["250a"] = [edition[1]]
    extent = "; ".join(values.pop("300a", []))
    if total := _TOTAL.findall(extent):
        values["300a"] = [max(total, key=int)]
    elif volumes := _VOLUMES.search(extent):
        values["300v"] = [volumes[1]]
    elif extent:
        values["300x"] = [extent]
    values.update(
        {name: texts[:1] for name, texts in values.items() if name in ("250a", "264a", "260a", "856u")}
    )


MARC_XML = Format(
    name="marcxml",
    title="MARCXML (MARC 21)",
    extensions=(".xml", ".marcxml"),
    sniff=sniff,
    read=read,
    stream=stream,
)
