"""What tables call their columns and types: facts, no code.

Sources: the contract of pubkit; exports of Scopus, Web of Science, IEEE Xplore, the IEEE Computer Society,
PubMed, SpringerLink, EBSCO, ProQuest, Zotero, Rayyan, Lens, Dimensions and Publish or Perish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pubkit.crosswalks.forms import DATE, DOI, LANGUAGE, PARAGRAPHS, VERBATIM
from pubkit.crosswalks.genres import GENRE
from pubkit.crosswalks.table import Crosswalk, places

_PLAIN = re.compile(r"[\W_]+")


def normalized(column: str) -> str:
    """Return a heading as tables compare them: letters and digits, small.

    >>> normalized("Author(s) ID"), normalized("Journal/Book")
    ('authorsid', 'journalbook')
    """
    return _PLAIN.sub("", column.casefold())


# Field, heading (normalised), entry types … as in `table.places`; author, editor, date, year and type are
# read by `rows`. The first heading of a field that says something wins.
PLACES = places(
    """
title          title
subtitle       subtitle
journaltitle   journaltitle
journaltitle   journal
booktitle      booktitle
booktitle      venue                     @part
series         venue                     @whole
institution    venue                     @schooled
organization   venue                     online manual
journaltitle   venue
eventtitle     eventtitle
eventtitle     conferencename
eventtitle     conferencetitle
eventdate      conferencedate
eventdate      eventdate
venue          conferencelocation
shorttitle     shorttitle
urldate        urldate                   =date
file           file                      =verbatim
shortjournal   shortjournal
shortjournal   abbreviatedsourcetitle
shortjournal   journalabbreviation
shortjournal   journalisoabbreviation
volume         volume
volume         journalvolume
volume         vol
number         number
number         issue                     article review periodical suppperiodical inproceedings
number         journalissue
number         issuenumber
number         seriesnumber
issue          issue
pages          pages
pages          page
pages          pagerange
eid            eid
eid            artno
eid            articlenumber
pagetotal      pagetotal
pagetotal      numpages                  @whole thesis report
doi            doi                       =doi
doi            itemdoi                   =doi
abstract       abstract                  =paragraphs
abstract       abstractnote              =paragraphs
keywords       keywords
keywords       authorkeywords
keywords       manualtags
keywords       meshterms
keywords       indexkeywords
keywords       keywordsplus
keywords       ieeeterms
keywords       subjects
keywords       tags
url            url
url            link
url            articleurl
url            fulltexturl
url            sourceurls
issn           issn
issn           issns
issn           eissn
isbn           isbn
isbn           isbns
publisher      publisher
location       location
location       address                   @whole @part @schooled
location       place
location       publisherlocation
location       publishercity
series         series
series         bookseriestitle
series         seriestitle
edition        edition
pmid           pmid
pmid           pubmedid
pmcid          pmcid
pmcid          pmc
langid         langid
langid         language                  =language
langid         languageoforiginaldocument =language
language       language
institution    institution
institution    university
institution    school
note           note                      =paragraphs
note           notes                     =paragraphs
affiliation    affiliation               =paragraphs
affiliation    affiliations              =paragraphs
affiliation    authoraffiliations        =paragraphs
annotation     annote                    =paragraphs
eprinttype     archiveprefix
eprintclass    primaryclass
sortkey        sortkey
source         source
type           thesistype                =genre
""",
    {
        "doi": DOI,
        "paragraphs": PARAGRAPHS,
        "language": LANGUAGE,
        "genre": GENRE,
        "date": DATE,
        "verbatim": VERBATIM,
    },
)


class Rows(Crosswalk):
    """The crosswalk of tables, which knows its headings."""

    names = frozenset(place.name for place in PLACES) | {
        "id",
        "type",
        "author",
        "editor",
        "translator",
        "year",
        "date",
        "startpage",
        "endpage",
    }


ROWS = Rows("table", (), PLACES)

# Words for types (normalised), beside BibLaTeX's own and their aliases.
_WORDS = """
article: article journalarticle articlejournal journal review shortsurvey letter editorial note erratum
article: datapaper articlemagazine magazinearticle articlenewspaper newspaperarticle magazine magazines
article: ieeejournals ieeemagazines ieeeearlyaccessarticles earlyaccessarticles editorialmaterial correction
article: retracted meetingabstract journalpaper j academicjournal periodical reviewpaper journalarticles
inproceedings: conferencepaper conference paperconference proceedingspaper ieeeconferences conferences
inproceedings: conferencearticle c proceedingsarticle chapterconferencepaper conferencepapers
proceedings: conferencereview conferenceproceedings proceedingsbook
incollection: bookchapter booksection chapter bookpart s
inreference: entryencyclopedia encyclopediaarticle entrydictionary dictionaryentry referenceworkentry
book: book books ebook monograph b
reference: referencework
collection: editedbook
thesis: thesis dissertation phdthesis doctoralthesis mastersthesis
report: report reports technicalreport workingpaper
online: webpage website blogpost post postweblog forumpost internetarticle preprint
dataset: dataset data
software: computerprogram software
patent: patent p
standard: standard standards ieeestandards
misc: document misc generic other manuscript
unpublished: presentation speech unpublished
legislation: bill statute legislation
jurisdiction: case legalcase
movie: film motionpicture
video: videorecording
audio: audiorecording podcast
letter: personalcommunication email
image: figure
artwork: artwork graphic
"""
TYPE_WORDS: dict[str, str] = {
    word: kind.strip()
    for line in _WORDS.strip().splitlines()
    for kind, _, words in [line.partition(":")]
    for word in words.split()
}


@dataclass(frozen=True)
class Dialect:
    """Whose table it is.

    Attributes:
        name: Who writes it; "" for a table of nobody in particular.
        marks: Headings (normalised) that tell it.
        rename: Heading → the one of the table above that means it.
        people: How names stand in a cell; see `row_names`.
        silent: Headings that say nothing about the work.
        joined: Heading → the one to whose cell its own is added.
        unknown: Heading → what stands there where nothing is known.
    """

    name: str
    marks: frozenset[str] = frozenset()
    rename: Mapping[str, str] = field(default_factory=dict)
    people: str = ""
    silent: frozenset[str] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)


_COMMON = {
    "authors": "author",
    "authorfullnames": "author",
    "editors": "editor",
    "translators": "translator",
    "publicationyear": "year",
    "pubyear": "year",
    "publicationdate": "date",
    "datepublished": "date",
    "key": "id",
    "citationkey": "id",
    "citekey": "id",
    "bibtexkey": "id",
    "entrytype": "type",
    "itemtype": "type",
    "documenttype": "type",
    "publicationtype": "type",
    "doctype": "type",
    "contenttype": "type",
    "pagestart": "startpage",
    "firstpage": "startpage",
    "pageend": "endpage",
    "lastpage": "endpage",
    "sourcetitle": "venue",
    "publicationtitle": "venue",
    "containertitle": "venue",
    "journalbook": "venue",
    "journaltitleabbreviation": "shortjournal",
    "documenttitle": "title",
    "itemtitle": "title",
    "articletitle": "title",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        "Scopus",
        _words("title sourcetitle eid"),
        {
            **_COMMON,
            "eid": "scopuseid",
            "authors": "authornames",
            "authorfullnames": "author",
            "source": "database",
        },
        silent=_words(
            "scopuseid database citedby authorsid authornames conferencecode publicationstage openaccess "
            "coden pagecount correspondenceaddress authorswithaffiliations"
        ),
    ),
    Dialect(
        "Web of Science",
        _words("articletitle sourcetitle utuniquewosid"),
        {
            **_COMMON,
            "utuniquewosid": "id",
            "authors": "authornames",
            "authorfullnames": "author",
            "bookeditors": "editor",
        },
        silent=_words(
            "authornames timescitedwoscore timescitedalldatabases citedreferencecount 180dayusagecount "
            "since2013usagecount idsnumber dateofexport highlycitedstatus hotpaperstatus publisheraddress "
            "doilink publicationtype numberofpages webofsciencerecord"
        ),
    ),
    Dialect(
        "IEEE Xplore",
        _words("documenttitle publicationtitle documentidentifier"),
        {
            **_COMMON,
            "documentidentifier": "type",
            "author": "author",
            "issuedate": "date",
            "meetingdate": "conferencedate",
        },
        silent=_words(
            "dateaddedtoxplore articlecitationcount patentcitationcount referencecount license copyrightyear"
        ),
    ),
    Dialect(
        "IEEE Computer Society",
        _words("title publication category"),
        {**_COMMON, "publication": "venue", "category": "type"},
    ),
    Dialect(
        "PubMed",
        _words("pmid title citation journalbook"),
        _COMMON,
        people="initials",
        silent=_words("firstauthor createdate nihmsid"),
    ),
    Dialect(
        "SpringerLink",
        _words("itemtitle publicationtitle itemdoi contenttype"),
        _COMMON,
        people="glued",
    ),
    Dialect(
        "Zotero",
        _words("key itemtype title publicationtitle dateadded"),
        {**_COMMON, "accessdate": "urldate", "shorttitle": "shorttitle", "fileattachments": "file"},
        silent=_words("dateadded datemodified librarycatalog linkattachments"),
        joined={"automatictags": "manualtags"},
    ),
    Dialect(
        "Google Scholar",
        _words("authors title publication volume number pages year publisher"),
        {**_COMMON, "publication": "venue"},
    ),
    Dialect(
        "Publish or Perish",
        _words("cites authors title articleurl"),
        {**_COMMON, "source": "venue"},
        silent=_words(
            "cites rank gsrank querydate citesurl citesperyear citesperauthor authorcount age ecc "
            "citationurl relatedurl"
        ),
        unknown=dict.fromkeys(("volume", "number", "issue", "startpage", "endpage", "year"), "0"),
    ),
    Dialect(
        "Dimensions",
        _words("publicationid doi title sourcetitle dimensionsurl"),
        {
            **_COMMON,
            "pubyear": "year",
            "anthologytitle": "booktitle",
            "pagination": "pages",
            "sourcelinkout": "url",
            "authorsaffiliations": "affiliations",
        },
        silent=_words(
            "rank publicationid dimensionsurl timescited recentcitations rcr fcr altmetric "
            "authorsrawaffiliation correspondingauthors openaccess publicationdateonline publicationdateprint"
        ),
    ),
    Dialect(
        "Lens",
        _words("lensid title sourcetitle"),
        {**_COMMON, "lensid": "lens", "authors": "author"},
        silent=_words("lens citingpatentscount citingworkscount referencecount"),
    ),
    Dialect(
        "Rayyan",
        _words("key title authors pubmedid notes"),
        _COMMON,
    ),
    Dialect("", frozenset(), _COMMON),
)

# PubMed's citation: "Behav Ther. 2022 Mar;53(2):334-347. doi: …".
CITATION = re.compile(
    r"\.\s+(?P<date>(?:1[89]|20)[0-9]{2}[^;:.]*)(?:;(?P<volume>[\w. ]*?)(?:\((?P<number>[^)]*)\))?"
    r"(?::(?P<pages>[^.;]*))?)?\."
)
