"""MEDLINE's elements (PubMed's .nbib, ERIC's too) → BibLaTeX.

Source: the NLM's page "MEDLINE/PubMed Data Element (Field) Descriptions"; publication types of MeSH.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import DOI, LANGUAGE, PARAGRAPHS, Form, doi_source, keywords_source, text_source
from pubkit.crosswalks.name_forms import name_source, with_dots
from pubkit.crosswalks.table import Crosswalk, Reading, kinds, places
from pubkit.model.identifiers import normalize_issn, normalize_orcid
from pubkit.model.names import Name, format_name
from pubkit.model.orcids import orcid_field, write_orcids

# Publication types, the telling ones first; what is not here is an article where there is a journal.
KINDS = kinds("""
Book                                book
Books                               book
Book_Chapter                        incollection
Book_Illustrations                  book
Monograph                           book
Collected_Work                      collection
Collected_Works                     collection
Collected_Works_-_General           collection
Collected_Works_-_Proceedings       proceedings
Congress                            inproceedings
Clinical_Conference                 inproceedings
Consensus_Development_Conference    inproceedings
Speeches/Meeting_Papers             unpublished
Technical_Report                    report
Reports_-_Descriptive               report
Reports_-_Evaluative                report
Reports_-_Research                  report
Reports_-_General                   report
Academic_Dissertation               thesis
Dissertations/Theses                thesis
Dissertations/Theses_-_Doctoral_Dissertations thesis type=phdthesis
Dissertations/Theses_-_Masters_Theses thesis       type=mathesis
Dataset                             dataset
Numerical/Quantitative_Data         dataset
Legislation                         legislation
Legal_Case                          jurisdiction
Legal_Cases                         jurisdiction
Legal/Legislative/Regulatory_Materials legislation
Video-Audio_Media                   video
Videotape                           video
Webcast                             video
Dictionary                          reference
Encyclopedia                        reference
Newspaper_Article                   article         entrysubtype=newspaper
News                                article
Journal_Article                     article
Journal_Articles                    article
""")
# Kinds of articles in journals whatever else they are called; a book section says so by its book's title.
_IN_JOURNAL = frozenset(
    ("inproceedings", "report", "misc", "unpublished", "dataset", "legislation", "jurisdiction")
)


def _issn(texts: Sequence[str]) -> str:
    numbers = [re.sub(r"\(.*?\)|^ISSN[- ]*", "", text).strip() for text in texts]
    return ", ".join(dict.fromkeys(normalize_issn(number) or text_source(number) for number in numbers))


def _isbn(texts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(re.sub(r"^ISBN[- :]*|\(.*?\)", "", text).strip() for text in texts))


def _location_id(texts: Sequence[str]) -> str:
    return next((doi for text in texts if (doi := doi_source(_plain_id(text, "doi")))), "")


def _plain_id(text: str, kind: str) -> str:
    return re.sub(rf"\s*\[{kind}\]$", "", text.strip(), flags=re.IGNORECASE)


def _url(texts: Sequence[str]) -> str:
    return next((text for text in texts if text.startswith(("http://", "https://"))), "")


_LINES_JOINED = Form(lambda texts: text_source(" ".join(" ".join(text.split()) for text in texts)))

PLACES = places(
    """
title         TI              =joined
title         BTI             book collection proceedings reference report
booktitle     BTI             incollection inbook
booktitle     CTI             incollection inbook
series        CTI
booktitle     JT              inproceedings
journaltitle  JT
shortjournal  TA
journaltitle  TA
volume        VI
number        IP
pages         PG
edition       EN
publisher     PB
location      PL              book collection incollection inbook proceedings report thesis
origtitle     TT              =joined
maintitle     VTI             incollection inbook book collection
doi           AID             =location
doi           LID             =location
url           LID             =url
url           AID             =url
pmid          PMID            =number
pmcid         PMC             =pmc
issn          IS              =issn
issn          ISSN            =issn
isbn          ISBN            =isbn
langid        LA              =language
language      LA
abstract      AB              =paragraphs
keywords      OT              =keywords
keywords      MH              =keywords
affiliation   AD              =paragraphs
note          GN              =paragraphs
""",
    {
        "joined": _LINES_JOINED,
        "location": Form(_location_id),
        "url": Form(_url),
        "number": Form(lambda texts: re.sub(r"\D.*", "", texts[0].strip(), flags=re.DOTALL)),
        "pmc": Form(lambda texts: re.sub(r"\s.*", "", texts[0].strip(), flags=re.DOTALL)),
        "issn": Form(_issn),
        "isbn": Form(_isbn),
        "language": LANGUAGE,
        "paragraphs": PARAGRAPHS,
        "keywords": Form(lambda texts: keywords_source([*texts, ""])),
        "doi": DOI,
    },
)
# About the record, not the work, and what other elements say again.
_SILENT = (
    "OWN STAT DA DCOM LR JID SB EDAT MHDA CRDT CTDT PHST PST OTO PUBM SO DRDT DEP DP FAU AU FED ED CN PT "
    "PMCR OABL RF"
)
MEDLINE = Crosswalk("MEDLINE", KINDS, PLACES, silent=frozenset(_SILENT.split()), otherwise=("", "misc"))
_RANK = {kind.name: at for at, kind in enumerate(KINDS)}


def from_medline(items: Sequence[tuple[str, str]]) -> Reading:
    """Return a MEDLINE record as type and fields.

    Args:
        items: Elements and texts in order.

    >>> reading = from_medline([("PT", "Journal Article"), ("JT", "J"), ("AU", "Long V"), ("DP", "2009 May")])
    >>> reading.type, reading.fields["author"], reading.fields["date"]
    ('article', 'Long, V.', '2009-05')
    """
    values: dict[str, list[str]] = {}
    for tag, text in items:
        if text:
            values.setdefault(tag, []).append(text)
    fields: dict[str, str] = {}
    for field, full, short in (("author", "FAU", "AU"), ("editor", "FED", "ED")):
        if names := _names(items, full, short, "CN" if field == "author" else ""):
            fields[field] = names
    _read_orcids(items, values, fields)
    if "OT" in values and "MH" in values:
        values["OT"] = [*values["OT"], *values.pop("MH")]
    kind, entry_type = _kind(values)
    reading = MEDLINE.read(kind, values, fields, type=entry_type)
    _read_dates(values, reading.fields)
    # Numbers of articles (`[pii]`) are the publisher's own; the DOI was taken.
    for tag in ("AID", "LID"):
        if tag in reading.unmapped:
            left = [text for text in values[tag] if not doi_source(_plain_id(text, "doi"))]
            if left:
                reading.unmapped[tag] = left
            else:
                del reading.unmapped[tag]
    return reading


def _read_orcids(
    items: Sequence[tuple[str, str]], values: dict[str, list[str]], fields: dict[str, str]
) -> None:
    """Take the ORCIDs, each of which stands behind its author; what else identifies authors is left."""
    orcids: dict[int, str] = {}
    left: list[str] = []
    place = 0
    full = "FAU" in values
    for tag, text in items:
        place += tag in ("CN", "FAU" if full else "AU")
        if tag == "AUID" and text:
            number = normalize_orcid(text.partition("ORCID:")[2].strip())
            if number and place and place not in orcids and "author" in fields:
                orcids[place] = number
            else:
                left.append(text)
    if orcids:
        fields[orcid_field("author")] = write_orcids(orcids)
    if left:
        values["AUID"] = left
    else:
        values.pop("AUID", None)


def _kind(values: dict[str, list[str]]) -> tuple[str, str]:
    """Return the publication type that tells most, and the entry type."""
    told = [text for text in values.get("PT", ()) if text in _RANK]
    kind = min(told, key=_RANK.__getitem__, default="")
    known = MEDLINE.kind_of(kind)
    entry_type = known.type if known else "misc"
    if "BTI" in values and entry_type in ("article", "misc", "book"):
        return kind, "incollection" if "TI" in values else "book"
    if (
        entry_type in _IN_JOURNAL
        and "JT" in values
        and not (entry_type == "inproceedings" and "TA" not in values)
    ):
        return "Journal Article", "article"
    return kind, entry_type


def _read_dates(values: dict[str, list[str]], made: dict[str, str]) -> None:
    for text in (*values.get("DP", ()), *values.get("DEP", ())):
        if date := date_source(text):
            made["date"] = date
            break
    else:
        if "DP" in values:
            made["year"] = text_source(values["DP"][0])
    if values.get("PST") == ["aheadofprint"]:
        made.setdefault("pubstate", "prepublished")


_SUFFIX = re.compile(r"(.*\S)\s+(Jr|Sr|2nd|3rd|4th|II|III|IV)\.?")
_SHORT = re.compile(r"(.+?)\s+([A-Z]{1,4}|[A-Z](?:-[A-Z])+)(?:\s+(Jr|Sr|2nd|3rd|4th))?")


def _names(items: Sequence[tuple[str, str]], full: str, short: str, corporate: str) -> str:
    """Return the names in order; the full form where there is one, behind which the short one follows."""
    names: list[str] = []
    had_full = False
    for tag, text in items:
        if not text:
            continue
        if tag == full:
            names.append(full_name(text))
            had_full = True
        elif tag == short:
            if not had_full:
                names.append(short_name(text))
            had_full = False
        elif tag == corporate:
            names.append(format_name(Name(" ".join(text.split()), literal=True)))
    return " and ".join(filter(None, names))


def full_name(text: str) -> str:
    """Return a name such as "Smith, John A Jr" as source."""
    text = " ".join(text.split())
    family, comma, given = text.partition(", ")
    if comma and (found := _SUFFIX.fullmatch(given)):
        return name_source(f"{family}, {found[1]}, {found[2]}")
    return name_source(text)


def short_name(text: str) -> str:
    """Return a name such as "van der Berg JA Jr" as source, its initials with dots."""
    text = " ".join(text.split())
    if "," in text:
        return full_name(text)
    found = _SHORT.fullmatch(text)
    if not found:
        return name_source(text)
    return name_source(", ".join(filter(None, (found[1], with_dots(found[2]), found[3]))))
