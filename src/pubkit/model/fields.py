"""The fields that BibLaTeX knows, with their datatypes; reading a value by its datatype.

Source: the BibLaTeX manual 3.20, section 2.2 (fields), and fields that other tools add.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pubkit.markup import latex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pubkit.markup.tree import Rich

Datatype = Literal[
    "literal",  # text with LaTeX markup
    "name-list",
    "literal-list",  # texts joined by "and"
    "key-list",  # keys joined by "and"
    "range",  # page ranges and the like
    "date",
    "integer",
    "key",  # one of a fixed set, or a word of the style's
    "keys",  # entry keys or keywords separated by commas
    "verbatim",  # never decoded
    "uri",  # never decoded
    "pattern",  # a word that says something to biblatex: options, gender, langid
]

_BY_DATATYPE: dict[Datatype, str] = {
    "name-list": (
        "author editor editora editorb editorc translator annotator commentator introduction foreword "
        "afterword bookauthor holder shortauthor shorteditor sortname namea nameb namec director producer"
    ),
    "literal-list": (
        "institution organization publisher location origlocation origpublisher lista listb listc listd "
        "liste listf"
    ),
    "key-list": "language origlanguage",
    "literal": (
        "title subtitle titleaddon shorttitle sorttitle indextitle indexsorttitle booktitle booksubtitle "
        "booktitleaddon maintitle mainsubtitle maintitleaddon origtitle reprinttitle journaltitle "
        "journalsubtitle journaltitleaddon shortjournal issue issuetitle issuesubtitle issuetitleaddon "
        "series shortseries number edition chapter part volume eid version note addendum annotation "
        "abstract howpublished venue eventtitle eventtitleaddon library nameaddon label shorthand "
        "shorthandintro eprintclass isan isbn ismn isrn issn iswc usera userb userc userd usere userf "
        "year sortyear sortkey presort"
    ),
    "range": "pages",
    "date": "date eventdate origdate urldate",
    "integer": "volumes pagetotal day endday month endmonth",
    "key": (
        "type editortype editoratype editorbtype editorctype authortype nameatype namebtype namectype "
        "bookpagination pagination pubstate eprinttype"
    ),
    "verbatim": "doi eprint file verba verbb verbc",
    "uri": "url",
    "keys": "keywords related entryset xdata",
    "pattern": (
        "crossref xref options execute gender langid langidopts hyphenation ids relatedtype "
        "relatedoptions relatedstring sortinit"
    ),
}

# Not BibLaTeX's, but common: `.bib` files of JabRef, BibDesk, DBLP, Zotero, Mendeley, arXiv, INSPIRE.
_ADDED: dict[Datatype, str] = {
    "verbatim": (
        "pdf ps localfile bdsk-file-1 bdsk-file-2 bdsk-file-3 bibsource timestamp date-added date- "
        "modified creationdate modificationdate added-at interhash intrahash groups owner username "
        "mendeley-tags citeulike-article-id posted-at pmid pmcid mrnumber zblnumber zbl lccn oclc jstor "
        "hdl googlebooks pubmed inspire adsnote adsurl bibcode arxivid orcid orcid-numbers "
        "author+an:orcid editor+an:orcid translator+an:orcid bookauthor+an:orcid"
    ),
    "uri": (
        "bdsk-url-1 bdsk-url-2 bdsk-url-3 biburl ee eprinturl urls website code slides poster video preprint"
    ),
    "keys": "keyword tags",
    "date": "available-date submitted",
    "literal": (
        "key affiliation collaboration copyright contents summary annote comment review reportnumber award"
    ),
}

FIELDS: Mapping[str, Datatype] = MappingProxyType(
    {
        name: kind
        for table in (_ADDED, _BY_DATATYPE)
        for kind, names in table.items()
        for name in names.split()
    }
)
"""Field name → datatype. A field that is not in it is text."""

BIBLATEX_FIELDS = frozenset(name for names in _BY_DATATYPE.values() for name in names.split())
"""The fields that BibLaTeX's own data model has."""

NAME_FIELDS = tuple(name for name, datatype in FIELDS.items() if datatype == "name-list")
"""The fields that hold names, in no particular order."""

_NOT_DECODED = frozenset(("verbatim", "uri"))


def datatype(field: str) -> Datatype:
    """Return the datatype of a field; an unknown one is text.

    >>> datatype("doi"), datatype("editor"), datatype("weather")
    ('verbatim', 'name-list', 'literal')
    """
    return FIELDS.get(field, "literal")


def is_verbatim(field: str) -> bool:
    """Whether a field's value means its very characters, so that no LaTeX in it is decoded.

    >>> is_verbatim("url"), is_verbatim("title")
    (True, False)
    """
    return FIELDS.get(field, "literal") in _NOT_DECODED


def rich_value(field: str, source: str) -> Rich:
    """Return a field's value as rich text.

    Args:
        field: Field name.
        source: Its source text.

    Returns:
        The tree; verbatim fields as one string. Memoised by the source text.
    """
    if not source:
        return ()
    return (source,) if is_verbatim(field) else latex.parse(source)


def text_value(field: str, source: str) -> str:
    """Return a field's value as plain Unicode text.

    Args:
        field: Field name.
        source: Its source text.

    Returns:
        The text; verbatim fields as they stand. Memoised by the source text where it has markup.
    """
    return source if is_verbatim(field) else latex.to_text(source)
