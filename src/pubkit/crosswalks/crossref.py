"""What Crossref calls things and what BibLaTeX calls them: facts, no code.

Source: the documentation of Crossref's REST API (works) and its list of types.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import LANGUAGE, LIST, PARAGRAPHS
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Name-list field → list of people in a record; a field with a role beside it has the role's word too.
PEOPLE: dict[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "chair": "namea",
}

#: Parts of a work that say nothing about it by itself: counts, links to other works, what is read apart.
_IGNORED = (
    "accepted aliases alternative-id approved archive assertion author award award-amount award-planned- "
    "start award-start chair clinical-trial-number content-created content-domain content-updated created "
    "deposited description editor free-to-read funder indexed intermediate is-referenced-by-count issn- "
    "type issued isbn-type license link member original-title posted prefix project published published- "
    "online published-other published-print reference reference-count references-count relation resource "
    "schema-version score source status subtype title translator type update-policy update-to updated-by"
)
IGNORED = frozenset(_IGNORED.split())

KINDS = """
journal-article      article
article-journal      article            <
journal              periodical
journal-issue        periodical         <
journal-volume       periodical         <
book                 book
monograph            book               <
edited-book          collection
reference-book       reference
book-series          mvbook             <
book-set             mvbook
book-chapter         incollection
book-section         inbook
book-part            inbook             <
book-track           inbook             <
chapter              incollection       <
reference-entry      inreference
proceedings          proceedings
proceedings-series   mvproceedings
proceedings-article  inproceedings
paper-conference     inproceedings      <
dissertation         thesis
report               report
report-component     report             <
report-series        report             <
posted-content       online
peer-review          review
dataset              dataset
database             dataset            <
component            misc               <
standard             standard
standard-series      standard           <
grant                misc               <
other                misc
"""

_PLACES = """
subtitle             subtitle
shorttitle           short-title
journaltitle         container-title           article review periodical
booktitle            container-title           inproceedings incollection inbook inreference
series               container-title-2
series               container-title           book collection proceedings report reference mvbook
series               container-title           standard dataset
organization         container-title           online misc
shortjournal         short-container-title     article review
volume               volume
number               issue
number               journal-issue.issue
number               report-number
number               number
pages                page
eid                  article-number
doi                  DOI
issn                 ISSN
isbn                 ISBN
publisher            publisher
organization         publisher                 online misc
institution          institution.name          thesis report
institution          institution.name
institution          publisher                 thesis report
location             publisher-location
location             institution.place
location             publisher-place
edition              edition-number
edition              edition
part                 part-number
abstract             abstract                  =paragraphs
keywords             subject
langid               language                  =language
type                 degree                    thesis
type                 genre
eventtitle           event.name
venue                event.location
eventtitleaddon      event.acronym
series               collection-title
titleaddon           group-title
organization         standards-body.name       standard
issuetitle           issue-title
version              version
note                 component-number
note                 review.type
pagetotal            number-of-pages
url                  URL
"""

_SILENT = (
    "event.sponsor event.theme event.number institution.acronym institution.department "
    "institution.id.id institution.id.id-type institution.id.asserted-by event.start.date-parts "
    "event.end.date-parts proceedings-subject review.stage review.running-number review.revision-round "
    "review.recommendation review.competing-interest-statement review.language standards-body.acronym "
    "special-numbering URL journal-issue.published-print.date-parts journal-issue.published- "
    "online.date-parts alternative-title id"
)

CROSSREF = Crosswalk(
    "Crossref",
    kinds(KINDS),
    places(
        _PLACES,
        {"language": LANGUAGE, "paragraphs": PARAGRAPHS, "list": LIST},
        spaced=False,
    ),
    silent=frozenset(_SILENT.split()),
    otherwise=("other", "misc"),
)
