"""Stage 1: what is compared, computed once an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pubkit.dedupe.people import read_people
from pubkit.dedupe.places import is_book, is_preprint_doi, place_named, read_place, stage_of
from pubkit.dedupe.record import Record, Stage
from pubkit.dedupe.recut import recut
from pubkit.dedupe.titles import MAX_TITLE, read_title
from pubkit.markup import latex
from pubkit.model.dates import entry_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import (
    arxiv_without_version,
    find_arxiv,
    find_doi,
    normalize_isbn,
    normalize_pmid,
)
from pubkit.model.pages import parse_pages
from pubkit.text.fold import fold
from pubkit.text.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Record", "first_and_last_page", "number_of", "prepare", "stage"]

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
# "(pp. 23-37).": pages with what stands around them in a reference.
_RANGE = re.compile(r"(?<![\d:.])(\d+)\s*[-\u2013]{1,2}\s*(\d+)(?![\d:])")
_FIRST_NUMBER = re.compile(r"\d+")
# "vol. 44(3),", "103:2,".
_ISSUE = re.compile(r"\D{0,10}\d+\s*[(:]\s*(\d+)\s*\)?\W*")
# What may belong to another field: a second sentence, a name and year before the title.
_ODD_TITLE = re.compile(r"[.;] |^[\d(\[]|^[^:]{2,80}?[ (\[](?:1[6-9]|20)\d\d[a-z]?[)\].,]")
# How a list of names ends that may go on in the title.
_ODD_ENDS = frozenset(".,&d")
# LaTeX source longer than this cannot give more title than is compared.
_MAX_SOURCE = 8 * MAX_TITLE


def prepare(entry: Entry) -> Record:
    """Compute what is compared of an entry.

    >>> record = prepare(Entry("article", fields={"title": "Bees, Part II [in German]", "author": "Wu, T."}))
    >>> record.title, record.numbers, record.families
    ('bees part ii', ('2',), ('wu',))
    """
    fields = entry.fields
    get = fields.get
    plain = latex.to_text(get("title", "")[:_MAX_SOURCE])
    subtitle = get("subtitle")
    if subtitle:
        plain = f"{plain} {latex.to_text(subtitle[:_MAX_SOURCE])}".strip()
    if "\\" in plain:  # as `read_people` does
        plain = latex.to_text(plain)
    names = get("author") or get("editor", "")
    place, year = read_place(fields), _year(fields)
    if _ODD_TITLE.search(plain) or names.rstrip()[-1:] in _ODD_ENDS:
        cut = recut(plain[:MAX_TITLE], names, dated=year is not None)
        plain, names = cut.title, f"{names} {cut.name}" if cut.name else names
        year = year or (int(cut.year) if cut.year else None)
        place = place_named(cut.venue) if cut.venue and not place.venue else place
    title = read_title(plain)
    people = read_people(names)
    doi, arxiv = find_doi(fields), find_arxiv(fields)
    first_page, last_page = first_and_last_page(fields)
    volume, edition = get("volume", ""), get("edition")
    return Record(
        *title,
        *people,
        year or place.year,
        place.venue,
        place.known_venue,
        number_of(volume) or place.volume,
        number_of(get("number", "")) or number_of(get("issue", "")) or _issue(volume) or place.number,
        first_page or place.first_page,
        last_page if first_page else place.last_page,
        _edition(edition) if edition else "",
        _ids(entry, doi, arxiv),
        stage_of(entry.type, fields, place, doi, arxiv),
    )


def stage(entry: Entry) -> Stage:
    """Return where in the life of a work an entry stands, as `prepare` does."""
    fields = entry.fields
    return stage_of(entry.type, fields, read_place(fields), find_doi(fields), find_arxiv(fields))


def _year(fields: Mapping[str, str]) -> int | None:
    date = fields.get("date", "")
    if len(date) == 4 and date.isascii() and date.isdigit():  # what most entries say needs no grammar
        return int(date)
    found = entry_date(fields)
    if found and found.year:
        return found.year
    # "(1996)." and "1996a" are no dates, but tell the year.
    alone = {match[0] for match in _YEAR.finditer(date or fields.get("year", ""))}
    return int(alone.pop()) if len(alone) == 1 else None


def first_and_last_page(fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the first page (or article number) and the last one."""
    source = fields.get("pages")
    if source and source.isascii():
        first, _, last = source.partition("-")
        last = last.lstrip("-")
        if first.isdigit() and (not last or (last.isdigit() and len(last) >= len(first))):
            return first, last
    pages = parse_pages(source) if source else None
    if pages is not None and pages.ranges:
        return fold(pages.first), fold(pages.ranges[-1].last or "")
    if pages is not None and len(found := list(_RANGE.finditer(pages.text))) == 1:
        return found[0][1], found[0][2]
    article = fields.get("eid")
    return (fold(article) if article else ""), ""


def number_of(source: str) -> str:
    """Return the first number of a field: `35 Suppl 1` is volume 35; text without a number folded."""
    if not source:
        return ""
    if source.isascii() and source.isdigit():
        return source.lstrip("0")
    folded = fold(source)
    number = _FIRST_NUMBER.search(folded)
    return number.group().lstrip("0") if number else folded


def _issue(volume: str) -> str:
    """Return the issue that stands behind a volume ("44(3)"); "" where none does."""
    found = _ISSUE.fullmatch(volume.strip()) if "(" in volume or ":" in volume else None
    return found[1].lstrip("0") if found else ""


def _edition(source: str) -> str:
    """Return the number of an edition ("2nd ed.", "Second edition"); "" where there is none."""
    found = numerals(f"Part {source}")
    return found[0] if found else ""


def _ids(entry: Entry, doi: str | None, arxiv: str | None) -> tuple[tuple[str, str], ...]:
    """Return an entry's identifiers by kind; a preprint's DOI is another kind than a publication's."""
    found: list[tuple[str, str]] = []
    if doi:
        found.append(("preprint DOI" if is_preprint_doi(doi) else "DOI", doi))
    fields = entry.fields
    if "isbn" in fields and is_book(entry.type) and (isbn := normalize_isbn(fields["isbn"])):
        found.append(("ISBN", isbn))
    if "pmid" in fields and (pmid := normalize_pmid(fields["pmid"])):
        found.append(("PMID", pmid))
    if arxiv:
        found.append(("arXiv number", arxiv_without_version(arxiv)))
    return tuple(found)
