"""Web of Science's field tags → BibLaTeX.

Source: Clarivate's list of field tags of the Core Collection; INSPEC and MEDLINE as the platform has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import (
    LANGUAGE,
    PARAGRAPHS,
    Form,
    doi_source,
    keywords_source,
    pages_source,
    text_source,
)
from pubkit.crosswalks.name_forms import name_source, with_dots
from pubkit.crosswalks.table import Crosswalk, Reading, kinds, places
from pubkit.model.names import Name, format_name

# Document types (`DT`) that say more than the publication type, and publication types.
KINDS = kinds("""
Proceedings_Paper      inproceedings
Conference_Paper       inproceedings
Book_Chapter           incollection
Book                   book
Book_Review            review
Patent                 patent
Dissertation           thesis
Thesis                 thesis
Data_Set               dataset
Data_Study             dataset
Repository             dataset
Software               software
Report                 report
J                      article
B                      book
S                      incollection
C                      inproceedings
P                      patent
D                      thesis
R                      report
""")
_DOCUMENTS = frozenset(kind.name for kind in KINDS if len(kind.name) > 1)
_IN_BOOKS = frozenset(("B", "S", "C", "K"))


def _lines(text: str) -> list[str]:
    """Return the entries of a list: lines, or what semicolons divide."""
    parts = text.split("\n") if "\n" in text and ";" not in text.split("\n", 1)[0] else re.split(r";\s", text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def _title(texts: Sequence[str]) -> str:
    return text_source(_scripts(" ".join(" ".join(text.split()) for text in texts)))


def _keywords(texts: Sequence[str]) -> str:
    joined = "; ".join(" ".join(text.split()) for text in texts)
    # INSPEC divides its kinds of terms by a slash at the end of a word.
    return keywords_source([re.sub(r"(?<=\w)/ ", "; ", joined), ""])


def _abstract(texts: Sequence[str]) -> str:
    return "\n\n".join(text_source(_scripts(" ".join(text.split()))) for text in texts)


def _serials(texts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(part for text in texts for part in re.split(r"[;\s]+", text) if part))


_SCRIPT = re.compile(r"/(sub|sup)\s+(.*?)\s*/", re.DOTALL)


def _scripts(text: str) -> str:
    """Return a text with INSPEC's `/sub 3/` as tags.

    >>> _scripts("LiNbO/sub 3/ single")
    'LiNbO<sub>3</sub> single'
    """
    return _SCRIPT.sub(r"<\1>\2</\1>", text)


PLACES = places(
    """
title         TI              =title
booktitle     SO              @part =title
journaltitle  SO              article review =title
title         SO              =title
publisher     SO              =title
series        SE              =title
shortjournal  JI              article review
shortjournal  J9              article review
eventtitle    CT              =title
venue         CL
volume        VL
number        IS
issue         SU
part          PN
eid           AR
doi           DI              =doi
pmid          PM
issn          SN              =serials
isbn          BN              =serials
publisher     PU
location      PI
abstract      AB              =abstract
keywords      DE              =keywords
keywords      ID              =keywords
langid        LA              =language
language      LA
affiliation   C1              =paragraphs
pagetotal     PG              book thesis report
""",
    {
        "title": Form(_title),
        "abstract": Form(_abstract),
        "keywords": Form(_keywords),
        "serials": Form(_serials),
        "doi": Form(lambda texts: doi_source(texts[0])),
        "language": LANGUAGE,
        "paragraphs": PARAGRAPHS,
    },
)
# Counts of citations and uses, categories' codes, dates of export, addresses of publishers.
_SILENT = "FN VR EF ER PT DT UT GA NR TC Z9 U1 U2 DA HC HP PA SI WE PG J9 TY PS AN"
WOS = Crosswalk("Web of Science", KINDS, PLACES, silent=frozenset(_SILENT.split()), otherwise=("", "misc"))


def from_wos(values: dict[str, list[str]]) -> Reading:
    r"""Return a record of Web of Science as type and fields.

    Args:
        values: Tag → its texts; it is used up.

    >>> reading = from_wos({"PT": ["J"], "AU": ["Doe, J\nRoe, RB"], "SO": ["LISTS"], "PY": ["2001"]})
    >>> reading.type, reading.fields["author"], reading.fields["journaltitle"], reading.fields["date"]
    ('article', 'Doe, J. and Roe, R. B.', 'LISTS', '2001')
    """
    kind, entry_type = _kind(values)
    fields: dict[str, str] = {}
    for field, groups in (
        ("author", ("AF", "AU")),
        ("bookauthor", ("BF", "BA")),
        ("editor", ("BE", "ED")),
    ):
        if names := _names(
            values, groups, ("CA",) if field == "author" else ("GP",) if field == "bookauthor" else ()
        ):
            fields[field] = names
    if entry_type in ("book", "report") and "author" not in fields and "bookauthor" in fields:
        fields["author"] = fields.pop("bookauthor")
    if "EI" in values:
        values["SN"] = [*values.get("SN", ()), *values.pop("EI")]
    more: dict[str, str] = {}
    _read_dates(values, more)
    _read_pages(values, more)
    if entry_type == "book" and "TI" in values and _folded(values.get("SO", ())) == _folded(values["TI"]):
        del values["SO"]  # the book's title again
    reading = WOS.read(kind, values, fields, type=entry_type)
    for name, source in more.items():
        reading.fields.setdefault(name, source)
    return reading


def _kind(values: dict[str, list[str]]) -> tuple[str, str]:
    publication = values.get("PT", [""])[0].strip()
    documents = [part.strip() for text in values.get("DT", ()) for part in text.split(";")]
    told = [part for part in documents if part in _DOCUMENTS]
    if publication == "J" and "Book Review" not in told:
        return "J", "article"
    if told and (
        publication in _IN_BOOKS or not publication or told[0] not in ("Proceedings Paper", "Book Chapter")
    ):
        kind = told[0]
    else:
        kind = publication
    known = WOS.kind_of(kind)
    entry_type = known.type if known else "article" if "JI" in values or "J9" in values else "misc"
    if (
        entry_type == "book"
        and "SO" in values
        and "TI" in values
        and _folded(values["SO"]) != _folded(values["TI"])
    ):
        entry_type = "incollection"  # a chapter whose document type does not say so
    return kind, entry_type


def _folded(texts: Sequence[str]) -> str:
    return re.sub(r"^(?:the|an?)\s|\W+", "", " ".join(texts).casefold())


def _names(values: dict[str, list[str]], groups: tuple[str, ...], collective: tuple[str, ...]) -> str:
    """Return the names of the first tag that has any, and the groups of people behind them."""
    names: list[str] = []
    for tag in groups:
        texts = values.pop(tag, ())
        if not names:
            names = [_name(line) for text in texts for line in _lines(text)]
    for tag in collective:
        for text in values.pop(tag, ()):
            names += [format_name(Name(line, literal=True)) for line in _lines(text)]
    return " and ".join(filter(None, names))


def _name(text: str) -> str:
    """Return a name as source; initials, which stand in one word, with dots."""
    family, comma, given = text.partition(", ")
    return name_source(f"{family}, {with_dots(given.strip())}" if comma else text)


def _read_dates(values: dict[str, list[str]], made: dict[str, str]) -> None:
    year = values.pop("PY", [""])[0].strip()
    day = values.pop("PD", [""])[0].strip()
    early = values.pop("EA", [""])[0].strip()
    values.pop("EY", None)
    date = (date_source(day, year) if day else "") or date_source(year) or date_source(early)
    if date:
        made["date"] = date
    elif year:
        made["year"] = text_source(year)
    if "CY" in values and (event := date_source(values["CY"][0])):
        del values["CY"]
        made["eventdate"] = event


def _read_pages(values: dict[str, list[str]], made: dict[str, str]) -> None:
    first = values.pop("BP", [""])[0].strip() or values.pop("BR", [""])[0].strip()
    last = values.pop("EP", [""])[0].strip()
    span = values.get("PS", [""])[0].strip()
    if first and last:
        made["pages"] = pages_source(first if first == last else f"{first}--{last}")
    elif first or last or span:
        made["pages"] = pages_source(first or last or span)
