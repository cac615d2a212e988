"""What ORCID calls works and what BibLaTeX calls them: facts, no code.

Source: ORCID's API 3.0, work types and external identifiers.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import LANGUAGE
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Role of a contributor → name-list field.
ROLES: dict[str, str] = {
    "": "author",
    "author": "author",
    "editor": "editor",
    "chair-or-translator": "editor",
    "co-inventor": "author",
    "co-investigator": "author",
    "assignee": "holder",
    "other-inventor": "author",
    "principal-investigator": "author",
    "writing-original-draft": "author",
    "writing-review-editing": "author",
    "conceptualization": "author",
}

#: Type of an external identifier → field.
IDENTIFIERS: dict[str, str] = {
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "pmid": "pmid",
    "pmc": "pmcid",
    "uri": "url",
    "arxiv": "eprint",
    "handle": "eprint",
    "jstor": "eprint",
    "lccn": "lccn",
    "oclc": "oclc",
    "zbl": "zbl",
    "mr": "mrnumber",
    "bibcode": "bibcode",
    "urn": "url",
    "source-work-id": "",
    "other-id": "",
    "eid": "",
    "wosuid": "",
    "agr": "",
    "cba": "",
    "cit": "",
    "ctx": "",
    "dnb": "",
    "ethos": "",
    "grant_number": "",
    "isni": "",
    "kuid": "",
    "lensid": "",
    "ol": "",
    "osti": "",
    "pat": "number",
    "patent_number": "number",
    "pdb": "",
    "ppr": "",
    "proposal-id": "",
    "rfc": "number",
    "rrid": "",
    "ssrn": "",
    "ark": "",
    "asin": "",
    "authenticusid": "",
    "cienciaiul": "",
    "cgn": "",
    "emdb": "",
    "empiar": "",
    "hal": "eprint",
    "ror": "",
    "jfm": "",
}
#: Types of identifiers that biblatex has as `eprinttype`.
ARCHIVES: dict[str, str] = {"arxiv": "arxiv", "handle": "hdl", "jstor": "jstor", "hal": "hal"}

_KINDS = """
journal-article               article
journal-issue                 periodical
magazine-article              article        entrysubtype=magazine
newsletter-article            article        entrysubtype=magazine
newspaper-article             article        entrysubtype=newspaper
book                          book
book-chapter                  incollection
book-review                   review
edited-book                   collection
dictionary-entry              inreference    entrysubtype=dictionary
encyclopedia-entry            inreference
dissertation                  thesis
dissertation-thesis           thesis
supervised-student-publication  thesis
manual                        manual
online-resource               online
website                       online
blog-post                     online
preprint                      online
report                        report
working-paper                 report
research-tool                 misc
test                          misc
translation                   book
conference-paper              inproceedings
conference-output             inproceedings
conference-proceedings        proceedings
conference-abstract           inproceedings
conference-poster             unpublished
conference-presentation       unpublished
lecture-speech                unpublished
public-speech                 unpublished
review                        review
disclosure                    misc
license                       misc
patent                        patent
registered-copyright          misc
trademark                     misc
annotation                    misc
artistic-performance          performance
cartographic-material         misc           entrysubtype=map
clinical-study                misc
data-management-plan          report
data-set                      dataset
design                        artwork
image                         image
invention                     patent
learning-object               misc
moving-image                  video
musical-composition           music
physical-object               misc
research-technique            misc
software                      software
sound                         audio
spin-off-company              misc
standards-and-policy          standard
technical-standard            standard
teaching-material             misc
transcription                 misc
other                         misc
undefined                     misc
"""

_PLACES = """
subtitle      title.subtitle.value
journaltitle  journal-title.value   article periodical review
booktitle     journal-title.value   incollection inproceedings inreference
eventtitle    journal-title.value   unpublished
institution   journal-title.value   thesis report
organization  journal-title.value   online
series        journal-title.value   book collection proceedings
publisher     journal-title.value
abstract      short-description
langid        language-code         =language
url           url.value
"""

#: What says nothing about the work by itself, or is read apart.
_IGNORED = (
    "put-code created-date last-modified-date source path visibility display-index external-ids "
    "contributors citation type publication-date country"
)
IGNORED = frozenset(_IGNORED.split())

ORCID = Crosswalk(
    "ORCID",
    kinds(_KINDS),
    places(_PLACES, {"language": LANGUAGE}, spaced=False),
    silent=frozenset(
        ("title.title.value", "title.translated-title.value", "title.translated-title.language-code")
    ),
    otherwise=("other", "misc"),
)
