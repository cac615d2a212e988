"""What the Citation File Format calls things and what BibLaTeX calls them: facts, no code.

Source: the schema guide of CFF 1.2.0 (definitions reference, person, entity, identifier).
"""

from __future__ import annotations

from pubkit.crosswalks.csl_tables import GENRES, GENRES_BACK
from pubkit.crosswalks.forms import LANGUAGES, Form, keyword_texts, keywords_source, plain_text, text_source
from pubkit.crosswalks.table import Crosswalk, kinds, places
from pubkit.markup import latex
from pubkit.model.languages import language_tag

#: Name-list field ↔ list of people of a reference.
PEOPLE: dict[str, str] = {
    "author": "authors",
    "editor": "editors",
    "translator": "translators",
    "namea": "editors-series",
}
#: What `nameatype` says of the editors of a series.
SERIES_EDITOR = "serieseditor"

#: `pubstate` ↔ `status`.
STATES: dict[str, str] = {
    "inpreparation": "in-preparation",
    "inpress": "in-press",
    "prepublished": "advance-online",
    "submitted": "submitted",
}
STATES_BACK: dict[str, str] = {
    **{word: state for state, word in STATES.items()},
    "preprint": "prepublished",
}

_KINDS = """
article                   article
magazine-article          article       entrysubtype=magazine
newspaper-article         article       entrysubtype=newspaper
art                       artwork
audio                     audio
bill                      legislation   entrysubtype=bill
blog                      online        entrysubtype=blog
book                      book
edited-work               collection
catalogue                 book          <
conference                proceedings   <
conference-paper          inproceedings
data                      dataset
database                  dataset       entrysubtype=database
dictionary                reference     entrysubtype=dictionary
encyclopedia              reference
film-broadcast            movie
generic                   misc
government-document       report        entrysubtype=government
grant                     misc          entrysubtype=grant
hearing                   legal         entrysubtype=hearing
historical-work           misc          entrysubtype=historical
legal-case                jurisdiction
legal-rule                legal
magazine-article          article       <
manual                    manual
map                       misc          entrysubtype=map
multimedia                misc          entrysubtype=multimedia
music                     music
pamphlet                  booklet
patent                    patent
personal-communication    letter
proceedings               proceedings
report                    report
serial                    periodical
slides                    unpublished   entrysubtype=slides
software                  software
software-code             software      entrysubtype=code
software-container        software      entrysubtype=container
software-executable       software      entrysubtype=executable
software-virtual-machine  software      entrysubtype=virtualmachine
sound-recording           audio         <
standard                  standard
statute                   legislation
thesis                    thesis
unpublished               unpublished
video                     video
website                   online
dataset                   dataset       <
book                      mvbook        >
edited-work               mvcollection  >
proceedings               mvproceedings >
encyclopedia              mvreference   >
generic                   inbook        >
generic                   incollection  >
generic                   inreference   >
generic                   bookinbook    >
generic                   suppbook      >
generic                   suppcollection >
article                   suppperiodical >
article                   review        >
generic                   image         >
generic                   performance   >
generic                   commentary    >
"""

_PLACES = """
title           title
abstract        abstract
journaltitle    journal
booktitle       collection-title  inbook incollection inproceedings inreference bookinbook suppbook
booktitle       collection-title  suppcollection misc
series          collection-title
volume          volume
number          number
number          issue
issue           issue
issuetitle      issue-title
maintitle       volume-title
chapter         section
edition         edition
volumes         number-volumes
pagetotal       pages
version         version
institution     institution.name
organization    institution.name
publisher       publisher.name
location        publisher.city
location        publisher.location   <
location        location.name
eventtitle      conference.name
venue           conference.location
venue           conference.city      <
type            thesis-type       thesis =genre
shorttitle      abbreviation
keywords        keywords          =keywords
language        languages         =languages
note            notes
doi             doi
isbn            isbn
issn            issn
pmcid           pmcid
url             url
urldate         date-accessed
repository      repository-code
repository      repository        <
repository      repository-artifact  <
license         license           =list
copyright       copyright
commit          commit
medium          medium
library         database-provider.name
"""


def _languages(source: str) -> list[str]:
    return [language_tag(part.strip()) or latex.to_text(part.strip()) for part in source.split(" and ")]


_FORMS = {
    "keywords": Form(
        lambda texts: keywords_source([f"{text};" for text in texts]) if texts else "", keyword_texts
    ),
    "languages": Form(LANGUAGES.read, _languages),
    "genre": Form(
        lambda texts: GENRES_BACK.get(texts[0].casefold().replace("’", "'"), text_source(texts[0])),
        lambda source: [GENRES.get(source.strip().lower(), plain_text(source))],
    ),
    "list": Form(lambda texts: ", ".join(map(text_source, texts)), lambda source: [plain_text(source)]),
}

_SINGLE = (
    "title abstract journal collection-title volume number issue issue-title volume-title section "
    "edition number-volumes pages version institution.name publisher.name publisher.city location.name "
    "conference.name conference.location thesis-type abbreviation notes doi isbn issn pmcid url date- "
    "accessed repository-code copyright medium database-provider.name"
)

CFF = Crosswalk(
    "CFF",
    kinds(_KINDS),
    places(_PLACES, _FORMS),
    single=frozenset(_SINGLE.split()),
    silent=frozenset(("cff-version", "message", "type")),
    otherwise=("generic", "misc"),
)
