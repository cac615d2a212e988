"""P01x: volumes, numbers, article numbers, editions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.markup.words import pairs, words
from pubkit.model.entry import Entry
from pubkit.model.pages import parse_pages
from pubkit.rules.base import Finding, rule

_ARTICLE = re.compile(r"[eE][0-9]{2,8}")
_NAMED_ARTICLE = re.compile(
    r"(?:article|art\.?|paper)(?:\s+(?:no|number|id)\.?)?\s*[:#]?\s*([A-Za-z]?[0-9]{1,9})", re.IGNORECASE
)
_VOLUME_WORD = re.compile(r"(?:volumes?|vol|band|bd|tome|t)\b\.?\s*~?\s*(?=[0-9IVXLC])", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"(?:(?:numbers?|no|nr|issue|iss|heft)\b|n°|№)\.?\s*~?\s*(?=[0-9])", re.IGNORECASE)
_VOLUME_NUMBER = re.compile(r"([0-9]{1,5})\s*\(\s*([0-9]{1,4}(?:\s*[-–/]+\s*[0-9]{1,4})?)\s*\)")
_TOTAL = re.compile(r"(?:([ivxlc]+)\s*\+\s*)?([0-9]{1,5})\s*(?:pages?|pp?\.?|seiten|s\.)", re.IGNORECASE)
_EDITION_WORD = re.compile(
    r"[\s,.~]*(?:\b(?:edition|edn?|aufl(?:age)?|édition|edición|edizione)\b\.?)?[\s.]*$", re.IGNORECASE
)
_ORDINAL = re.compile(r"([0-9]{1,3})\s*(?:st|nd|rd|th|\.|e|ère|ème|re|ª|º|a)?", re.IGNORECASE)
_WORDS = pairs(
    """
    first 1  second 2  third 3  fourth 4  fifth 5  sixth 6  seventh 7  eighth 8  ninth 9  tenth 10
    eleventh 11  twelfth 12  thirteenth 13  fourteenth 14  fifteenth 15  sixteenth 16  seventeenth 17
    eighteenth 18  nineteenth 19  twentieth 20  zweite 2  dritte 3  vierte 4  fünfte 5
    deuxième 2  troisième 3  quatrième 4  segunda 2  tercera 3  terceira 3  cuarta 4  seconda 2  terza 3
    """
)
_BOOKS = words("book mvbook collection mvcollection proceedings thesis report manual booklet reference")


@rule("P010", "article-number", "An article number stands in eid, not in pages.")
def article_number(entry: Entry) -> Iterable[Finding]:
    """`pages = {e1234}` becomes `eid = {e1234}`, and so does `pages = {Article 12}`.

    BibLaTeX and REVTeX have a field for it; the classic styles of BibTeX would not print it, so this is done
    only when asked for.
    """
    value = entry.fields.get("pages", "").strip()
    if not value or "eid" in entry.fields or entry.type not in ("article", "inproceedings", "suppperiodical"):
        return
    named = _NAMED_ARTICLE.fullmatch(value)
    number = named[1] if named else value if _ARTICLE.fullmatch(value) else ""
    if not number and value.isdecimal() and len(value) > 5:
        number = value
    if number:
        repair = {"pages": None, "eid": number}
        yield Finding("an article number in pages", "pages", repair, severity=Severity.INFO)


@rule("P011", "volume-word", "Volume and number are numbers, without their word.", safe=True)
def volume_word(entry: Entry) -> Iterable[Finding]:
    """`volume = {Vol. 12}` becomes `12`, and `number = {No. 3}` becomes `3`: styles set the word themselves.

    It would be printed twice, as in "vol. Vol. 12".
    """
    for name, pattern in (("volume", _VOLUME_WORD), ("number", _NUMBER_WORD)):
        value = entry.fields.get(name, "")
        found = pattern.match(value)
        if found and not (name == "number" and entry.type in ("patent", "report", "techreport", "standard")):
            yield Finding(
                f"{name} repeats its own name", name, {name: value[found.end() :]}, severity=Severity.INFO
            )


@rule("P012", "number-in-volume", "Volume and issue number stand in their own fields.", safe=True)
def number_in_volume(entry: Entry) -> Iterable[Finding]:
    """`volume = {12(3)}` becomes `volume = {12}, number = {3}`."""
    found = _VOLUME_NUMBER.fullmatch(entry.fields.get("volume", "").strip())
    if found and entry.type in ("article", "suppperiodical", "periodical"):
        number = entry.fields.get("number", "").strip()
        if not number or number == found[2]:
            repair: dict[str, str | None] = {"volume": found[1], "number": found[2]}
            yield Finding("the issue number stands in volume", "volume", repair, severity=Severity.INFO)


@rule("P013", "page-total", "How many pages a book has stands in pagetotal.", safe=True)
def page_total(entry: Entry) -> Iterable[Finding]:
    """`pages = {345 pp.}` of a book becomes `pagetotal = {345}`: `pages` is for a part of something."""
    found = _TOTAL.fullmatch(entry.fields.get("pages", "").strip())
    if found and entry.type in _BOOKS and "pagetotal" not in entry.fields:
        total = f"{found[1]}+{found[2]}" if found[1] else found[2]
        repair = {"pages": None, "pagetotal": total}
        yield Finding("a number of pages in pages", "pages", repair, severity=Severity.INFO)


@rule("P014", "same-page-twice", "A range does not start and end on one page.", safe=True)
def same_page_twice(entry: Entry) -> Iterable[Finding]:
    """`pages = {12--12}` becomes `12`."""
    value = entry.fields.get("pages", "")
    ranges = parse_pages(value).ranges if value else ()
    if len(ranges) == 1 and ranges[0].last and ranges[0].last == ranges[0].first:
        yield Finding("a range of one page", "pages", {"pages": ranges[0].first}, severity=Severity.INFO)


@rule("P015", "edition-number", "An edition is a number.")
def edition_number(entry: Entry) -> Iterable[Finding]:
    """`edition = {Second}`, `{2nd ed.}` and `{2. Auflage}` become `{2}`: styles write ordinals themselves.

    That is what BibLaTeX and CSL want. The classic styles of BibTeX print what stands there, so this is done
    only when asked for. An edition that is told in words (`Revised and enlarged`) stays.
    """
    value = entry.fields.get("edition", "").strip()
    bare = _EDITION_WORD.sub("", value.strip("{} "))
    ordinal = _ORDINAL.fullmatch(bare)
    number = str(int(ordinal[1])) if ordinal else _WORDS.get(bare.lower(), "")
    if number not in ("", "0", value):
        yield Finding("edition not as a number", "edition", {"edition": number}, severity=Severity.INFO)


RULES = (volume_word, number_in_volume, page_total, article_number, same_page_twice, edition_number)
