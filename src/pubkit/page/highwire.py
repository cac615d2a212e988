"""Highwire tags: the `citation_*` elements by which Google Scholar and reference managers know a paper."""

from __future__ import annotations

from collections.abc import Iterator

from pubkit.model.dates import Date
from pubkit.model.entry import Entry
from pubkit.page.links import entry_links, web_url

# BibLaTeX field → tag, for the fields whose text is the tag's.
_TAGS: dict[str, str] = {
    "title": "citation_title",
    "journaltitle": "citation_journal_title",
    "booktitle": "citation_inbook_title",
    "eventtitle": "citation_conference_title",
    "volume": "citation_volume",
    "number": "citation_issue",
    "issn": "citation_issn",
    "isbn": "citation_isbn",
    "publisher": "citation_publisher",
    "institution": "citation_technical_report_institution",
    "langid": "citation_language",
}
# A proceedings paper's book is the conference as indexing services understand it; a thesis has a school.
_BY_TYPE: dict[str, dict[str, str]] = {
    "inproceedings": {"booktitle": "citation_conference_title"},
    "thesis": {"institution": "citation_dissertation_institution"},
}


def highwire(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the tags of a paper as names and contents.

    Source: the inclusion guidelines for webmasters of Google Scholar.

    >>> list(highwire(Entry("article", "k", {"title": "T", "author": "Li, B.", "date": "2020-03"})))
    [('citation_title', 'T'), ('citation_author', 'Li, B.'), ('citation_publication_date', '2020/03')]
    """
    tags = {**_TAGS, **_BY_TYPE.get(entry.type, {})}
    for field, tag in tags.items():
        if text := " ".join(entry.text(field).split()):
            yield tag, text
        if field == "title":
            for name in entry.names("author"):
                yield "citation_author", ", ".join(part for part in (name.full_family, name.given) if part)
            if entry.date and entry.year is not None:
                yield "citation_publication_date", _date(entry.date)
    pages = entry.pages
    if pages and pages.ranges:
        yield "citation_firstpage", pages.ranges[0].first
        if pages.ranges[0].last:
            yield "citation_lastpage", pages.ranges[0].last
    if entry.doi:
        yield "citation_doi", entry.doi
    if pdf := web_url(entry.get("pdf", "")):
        yield "citation_pdf_url", pdf
    elif links := entry_links(entry):
        yield "citation_public_url", links[0].url


def _date(date: Date) -> str:
    """Return the first day of a date as far as it is known: 2020, 2020/03 or 2020/03/31."""
    parts = [f"{date.year:04d}"]
    if date.month:
        parts.append(f"{date.month:02d}")
        if date.day:
            parts.append(f"{date.day:02d}")
    return "/".join(parts)
