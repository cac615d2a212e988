"""PubMed XML: articles and books as E-utilities and the yearly baseline have them.

An element says what a line of the MEDLINE format says, so each record is put into those lines and goes
through the same crosswalk. Source: the NLM's PubMed DTD of 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pubkit.crosswalks.medline import from_medline
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.formats.base import Format
from pubkit.formats.losses import unmapped, unread
from pubkit.formats.xml import Element
from pubkit.markup import csl as tags
from pubkit.markup import mathml
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document, Stream

_ROOTS = frozenset(
    (
        "PubmedArticleSet",
        "PubmedArticle",
        "PubmedBookArticleSet",
        "PubmedBookArticle",
        "MedlineCitationSet",
        "MedlineCitation",
    )
)
_RECORDS = frozenset(("PubmedArticle", "PubmedBookArticle", "MedlineCitation"))

# Path below the citation of an article → element of MEDLINE; every one that is there, its whole text.
_ARTICLE: tuple[tuple[str, str], ...] = (
    ("Article/ArticleTitle", "TI"),
    ("Article/VernacularTitle", "TT"),
    ("Article/Journal/Title", "JT"),
    ("Article/Journal/ISSN", "IS"),
    ("MedlineJournalInfo/ISSNLinking", "IS"),
    ("Article/Journal/JournalIssue/Volume", "VI"),
    ("Article/Journal/JournalIssue/Issue", "IP"),
    ("Article/Language", "LA"),
    ("Article/PublicationTypeList/PublicationType", "PT"),
    ("KeywordList/Keyword", "OT"),
    ("GeneralNote", "GN"),
    ("Article/Abstract/CopyrightInformation", "CI"),
    ("OtherAbstract/AbstractText", "OAB"),
    ("CoiStatement", "COIS"),
    ("Article/GrantList/Grant/GrantID", "GR"),
    ("ChemicalList/Chemical/NameOfSubstance", "RN"),
    ("GeneSymbolList/GeneSymbol", "GS"),
    ("SpaceFlightMission", "SFM"),
    ("Article/DataBankList/DataBank/DataBankName", "SI"),
    ("CommentsCorrectionsList/CommentsCorrections/RefSource", "CIN"),
    ("InvestigatorList/Investigator/LastName", "IR"),
    ("PersonalNameSubjectList/PersonalNameSubject/LastName", "PS"),
)
_BOOK: tuple[tuple[str, str], ...] = (
    ("ArticleTitle", "TI"),
    ("VernacularTitle", "TT"),
    ("Book/BookTitle", "BTI"),
    ("Book/CollectionTitle", "CTI"),
    ("Book/VolumeTitle", "VTI"),
    ("Book/Volume", "VI"),
    ("Book/Edition", "EN"),
    ("Book/Publisher/PublisherName", "PB"),
    ("Book/Publisher/PublisherLocation", "PL"),
    ("Book/Isbn", "ISBN"),
    ("Language", "LA"),
    ("PublicationType", "PT"),
    ("KeywordList/Keyword", "OT"),
    ("Abstract/CopyrightInformation", "CI"),
)


# A character that no text has: of the private use area.
_MARK = "\uf8fe"
_MARKED = re.compile(f"{_MARK}(\\d+){_MARK}")


def sniff(text: str) -> float:
    """Say how surely a text is PubMed XML.

    >>> sniff("<?xml version='1.0'?><PubmedArticleSet>"), sniff("<mods>")
    (0.98, 0.0)
    """
    return 0.98 if xml.root(text)[0] in _ROOTS else 0.0


def read(document: Document) -> Library:
    """Read PubMed XML, record by record.

    Args:
        document: The input.

    Returns:
        One entry an article or book; `library.diagnostics` tells what has no place in BibLaTeX.
    """
    findings: list[Diagnostic] = []
    entries = tuple(stream(document, findings))
    return Library(entries, diagnostics=tuple(findings), document=document)


def stream(source: Document | Stream, findings: list[Diagnostic]) -> Iterator[Entry]:
    """Yield the entries of PubMed XML, such as the files of MEDLINE's baseline."""
    for element in xml.records(source, _RECORDS, findings):
        formulas = _formulas(element)
        items = [(tag, text) for tag, text in _items(element) if text]
        line = xml.line(element)
        if not items:
            findings.append(unread("PubMed", 1, source.name, line, "it is empty"))
            continue
        reading = from_medline(items)
        place = xml.source_of(source, line) if isinstance(source, Document) else None
        fields = _with_formulas(reading.fields, formulas) if formulas else reading.fields
        entry = Entry(reading.type, "", fields, source=place)
        yield unmapped(entry, reading.unmapped, "PubMed XML", findings)


def _formulas(record: Element) -> list[str]:
    """Take the formulas out of a record, for MEDLINE has none; a mark stays in the place of each."""
    found: list[str] = []
    for math in list(record.iter("math")):
        formula = mathml.from_element(math)
        if formula is None:
            continue
        tail = math.tail
        math.clear()
        math.text, math.tail = f"{_MARK}{len(found)}{_MARK}", tail
        found.append(formula)
    return found


def _with_formulas(fields: Mapping[str, str], formulas: list[str]) -> dict[str, str]:
    def formula(mark: re.Match[str]) -> str:
        return f"${formulas[int(mark[1])]}$" if int(mark[1]) < len(formulas) else mark[0]

    return {name: _MARKED.sub(formula, source) for name, source in fields.items()}


def _items(record: Element) -> Iterator[tuple[str, str]]:
    """Yield a record as elements and texts of the MEDLINE format."""
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    book = record.find("BookDocument")
    if citation is not None:
        yield from _article(citation)
    elif book is not None:
        yield from _book(book)
    ids = record.findall("PubmedData/ArticleIdList/ArticleId")
    for element in (*ids, *record.findall("PubmedBookData/ArticleIdList/ArticleId")):
        kind, text = element.get("IdType"), xml.text(element)
        if kind == "pmc":
            yield "PMC", text
        elif kind == "doi":
            yield "AID", f"{text} [doi]"
    yield "PST", xml.text(record, "PubmedData/PublicationStatus")


def _article(citation: Element) -> Iterator[tuple[str, str]]:
    yield "PMID", xml.text(citation, "PMID")
    yield from _plain(citation, _ARTICLE)
    article = citation.find("Article")
    if article is None:
        return
    iso = xml.text(article, "Journal/ISOAbbreviation") or xml.text(citation, "MedlineJournalInfo/MedlineTA")
    yield "TA", iso
    start, end = xml.text(article, "Pagination/StartPage"), xml.text(article, "Pagination/EndPage")
    yield "PG", xml.text(article, "Pagination/MedlinePgn") or "-".join(filter(None, (start, end)))
    yield "DP", _date(article.find("Journal/JournalIssue/PubDate"))
    yield "DEP", _date(article.find("ArticleDate"))
    for element in article.findall("ELocationID"):
        yield "LID", f"{xml.text(element)} [{element.get('EIdType', '')}]"
    yield "AB", _abstract(article.find("Abstract"))
    yield from _people(article.findall("AuthorList/Author"), "FAU")
    for heading in citation.findall("MeshHeadingList/MeshHeading"):
        parts = heading.findall("DescriptorName") + heading.findall("QualifierName")
        yield (
            "MH",
            "/".join(("*" if part.get("MajorTopicYN") == "Y" else "") + xml.text(part) for part in parts),
        )


def _book(book: Element) -> Iterator[tuple[str, str]]:
    yield "PMID", xml.text(book, "PMID")
    yield from _plain(book, _BOOK)
    start, end = xml.text(book, "Pagination/StartPage"), xml.text(book, "Pagination/EndPage")
    yield "PG", xml.text(book, "Pagination/MedlinePgn") or "-".join(filter(None, (start, end)))
    yield "DP", _date(book.find("Book/PubDate"))
    yield "DEP", _date(book.find("ContributionDate"))
    yield "AB", _abstract(book.find("Abstract"))
    lists = [*book.findall("AuthorList"), *book.findall("Book/AuthorList")]
    for people in lists:
        yield from _people(people.findall("Author"), "FED" if people.get("Type") == "editors" else "FAU")
    for element in book.findall("ArticleIdList/ArticleId"):
        yield "AID", f"{xml.text(element)} [{element.get('IdType', '')}]"
    for element in book.findall("Book/ELocationID"):
        yield "LID", f"{xml.text(element)} [{element.get('EIdType', '')}]"


def _plain(element: Element, table: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for path, tag in table:
        for found in element.findall(path):
            yield tag, _tagged(found)


def _tagged(element: Element) -> str:
    """Return the content of an element as text with tags, white space as one space."""
    return " ".join(tags.write(xml.rich(element)).split())


def _abstract(abstract: Element) -> str:
    """Return an abstract, the labels of its parts in front of them."""
    if abstract is None:
        return ""
    parts = []
    for part in abstract.findall("AbstractText"):
        label, text = part.get("Label", ""), _tagged(part)
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n\n".join(parts)


def _date(element: Element) -> str:
    """Return a date as MEDLINE writes it: "2018 May 15", "2013 Spring", "1998 Dec-1999 Jan"."""
    if element is None:
        return ""
    if whole := xml.text(element, "MedlineDate"):
        return whole
    year, month, day = (xml.text(element, name) for name in ("Year", "Month", "Day"))
    season = xml.text(element, "Season")
    if month.isdecimal():
        return "-".join((year, month.zfill(2), *((day.zfill(2),) if day else ())))
    return " ".join(filter(None, (year, season or month, day if month else "")))


def _people(people: list[Element], tag: str) -> Iterator[tuple[str, str]]:
    for person in people:
        if person.get("ValidYN") == "N":
            continue
        group = xml.text(person, "CollectiveName")
        if group:
            yield ("CN" if tag == "FAU" else tag), group if tag == "FAU" else f"{group},"
            continue
        family, suffix = xml.text(person, "LastName"), xml.text(person, "Suffix")
        given = xml.text(person, "ForeName") or xml.text(person, "FirstName") or xml.text(person, "Initials")
        name = ", ".join(filter(None, (family, given)))
        yield tag, f"{name} {suffix}".strip()
        for number in person.findall("Identifier"):
            yield "AUID", f"{number.get('Source', '')}: {xml.text(number)}"
        for affiliation in person.findall("AffiliationInfo/Affiliation"):
            yield "AD", xml.text(affiliation)


PUBMED_XML = Format(
    name="pubmed-xml",
    title="PubMed XML (E-utilities, MEDLINE baseline)",
    extensions=(".xml",),
    sniff=sniff,
    read=read,
    stream=stream,
)
