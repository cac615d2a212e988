"""What machines read on the page: schema.org JSON-LD, one record a paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pubkit.model.entry import Entry
from pubkit.page.links import entry_links

# BibLaTeX type → schema.org type; everything else is a CreativeWork.
_TYPES = {
    "article": "ScholarlyArticle",
    "inproceedings": "ScholarlyArticle",
    "incollection": "ScholarlyArticle",
    "inbook": "Chapter",
    "online": "ScholarlyArticle",
    "unpublished": "ScholarlyArticle",
    "book": "Book",
    "collection": "Book",
    "proceedings": "Book",
    "manual": "TechArticle",
    "report": "Report",
    "thesis": "Thesis",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
}


def json_ld(entries: Iterable[Entry]) -> str:
    """Return the papers as schema.org JSON-LD that can stand inside a `<script>` element.

    Args:
        entries: The papers in page order.

    Returns:
        JSON in which no `<`, `>` or `&` stands, so that no title can end the element.
    """
    graph = {"@context": "https://schema.org", "@graph": [_record(entry) for entry in entries]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _record(entry: Entry) -> dict[str, Any]:
    links = entry_links(entry)
    date = entry.date
    record: dict[str, Any] = {
        "@type": _TYPES.get(entry.type, "CreativeWork"),
        "name": entry.text("title"),
        "author": [_person(name) for name in entry.names("author")],
        "datePublished": str(date.year) if date and date.year is not None else "",
        "isPartOf": _container(entry),
        "pagination": entry.text("pages"),
        "abstract": entry.text("abstract"),
        "inLanguage": entry.get("langid", ""),
        "identifier": f"https://doi.org/{entry.doi}" if entry.doi else "",
        "url": links[0].url if links else "",
        "sameAs": [link.url for link in links[1:]],
    }
    return {name: value for name, value in record.items() if value}


def _container(entry: Entry) -> dict[str, str] | None:
    """Return the journal or book that holds the paper."""
    for field, kind in (("journaltitle", "Periodical"), ("booktitle", "Book")):
        if title := entry.text(field):
            return {"@type": kind, "name": title}
    return None


def _person(name: Any) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.family}
    given = name.given or ""
    family = " ".join(part for part in (name.prefix, name.family) if part)
    person = {
        "@type": "Person",
        "name": " ".join(part for part in (given, family, name.suffix) if part),
        "givenName": given,
        "familyName": family,
    }
    return {key: value for key, value in person.items() if value}
