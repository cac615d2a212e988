"""What RIS calls things and what BibLaTeX calls them: facts, no code.

Sources: the RIS specifications of 2001 (Reference Manager) and 2011 (EndNote), and what Zotero, Mendeley,
Scopus, Web of Science, Ovid, Embase, ProQuest, JSTOR, IEEE, ACM, PubMed and Springer write.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import DOI, LANGUAGE, PARAGRAPHS
from pubkit.crosswalks.genres import GENRE
from pubkit.crosswalks.table import Crosswalk, kinds, places

KINDS = kinds("""
JOUR     article
MGZN     article         entrysubtype=magazine
NEWS     article         entrysubtype=newspaper
INPR     article         pubstate=inpress
EJOUR    article         <
ABST     article         <
JFULL    periodical
BOOK     book
CLSWK    book            entrysubtype=classic
ANCIENT  book            <
EBOOK    book            <
SER      book            <
CTLG     book            entrysubtype=catalog
EDBOOK   collection
CHAP     inbook
CHAP     incollection
CHAP     bookinbook      >
CHAP     suppbook        >
CHAP     suppcollection  >
ECHAP    inbook          <
BOOK     mvbook          >
BOOK     commentary      >
EDBOOK   mvcollection    >
EDBOOK   reference       >
EDBOOK   mvreference     >
CONF     inproceedings
CPAPER   inproceedings   <
CONF     proceedings     >
CONF     mvproceedings   >
JOUR     review          >
JOUR     suppperiodical  >
THES     thesis
RPRT     report
RPRT     manual          >
GOVDOC   report          <
UNPB     unpublished
UNPD     unpublished     <
MANSCPT  unpublished     entrysubtype=manuscript
SLIDE    unpublished     entrysubtype=slides
PAMP     booklet
ELEC     online
BLOG     online          entrysubtype=blog
WEB      online          <
MULTI    online          <
DATA     dataset
DBASE    dataset         entrysubtype=database
AGGR     dataset         <
DATASET  dataset         <
COMP     software
PAT      patent
STAND    standard
STD      standard        <
CASE     jurisdiction
STAT     legislation
BILL     legislation     entrysubtype=bill
UNBILL   legislation     entrysubtype=unenacted
LEGAL    legal
HEAR     legal           entrysubtype=hearing
DICT     inreference     entrysubtype=dictionary
ENCYC    inreference
PCOMM    letter
ICOMM    letter          entrysubtype=email
ART      artwork
FIGURE   image
CHART    image           entrysubtype=chart
EQUA     misc            entrysubtype=equation
MAP      misc            entrysubtype=map
GRANT    misc            entrysubtype=grant
GRNT     misc            entrysubtype=grant <
INTV     misc            entrysubtype=interview <
MPCT     movie
VIDEO    video
ADVS     video           <
SOUND    audio
MUSIC    music
GEN      misc
GEN      performance     >
OTHER    misc            <
""")

# Earlier rows win; where a name has several fields, the first that is free. ID, dates, pages, serial numbers
# and identifiers are read and written by `ris.py`; their rows say only where they are written.
PLACES = places(
    """
author        AU
author        A1              <
editor        A2              @part @journal
editor        ED
namea         A2              thesis <
editor        A2              <
editor        A3              @whole <
namea         A3              thesis
translator    A4
translator    TA              <
title         TI
title         T1              <
title         BT              @whole unpublished <
title         CT              <
journaltitle  JF              @journal periodical <
journaltitle  T2              @journal
booktitle     C3              @paper proceedings <
booktitle     BT              @part <
booktitle     T2              @part
booktitle     C3              @paper proceedings >
journaltitle  JO              @journal periodical <
journaltitle  JA              @journal periodical <
journaltitle  J2              @journal periodical <
journaltitle  J1              @journal periodical <
booktitle     JF              @part <
booktitle     JO              @part <
booktitle     JA              @part <
shortjournal  T2              @journal periodical <
shortjournal  J2              @journal periodical
shortjournal  JA              @journal periodical <
shortjournal  JO              @journal periodical <
shortjournal  J1              @journal periodical <
eventtitle    T2              @paper
series        T3
series        T2              @whole report manual standard software dataset <
maintitle     T2              online
booktitle     T2              misc unpublished letter <
shorttitle    ST
titleaddon    TT              <
volume        VL
volume        VO              <
volumes       NV
number        IS              @journal periodical
number        SN              @numbered >
number        IS              @numbered <
number        M1              @numbered <
number        CP              @journal periodical <
number        M1              @part @whole @made dataset software unpublished letter legal legislation thesis
number        M1              jurisdiction image artwork audio video music movie performance
number        IS              <
issue         IS              @journal periodical >
chapter       SE              @part @whole
version       ET              software dataset misc online manual
edition       ET
type          M3              @schooled @made patent unpublished booklet software dataset letter =genre
type          M3              artwork image audio music movie video performance =genre
type          M3              legal legislation jurisdiction standard =genre
institution   PB              @schooled
organization  PB              @made
holder        PB              patent
publisher     PB
location      CY
location      PP              <
isbn          SN              >
issn          SN              >
eid           C7
pagetotal     SP              @whole thesis report >
doi           DO              =doi
url           UR
url           LK              <
url           L2              <
file          L1
url           L3              <
abstract      AB              =paragraphs
abstract      N2              < =paragraphs
keywords      KW
note          N1              =paragraphs
addendum      N1              >
annotation    RN              =paragraphs
langid        LA              =language
language      LA
library       CN
label         LB
affiliation   AD              =paragraphs
origtitle     OP              >
""",
    {"paragraphs": PARAGRAPHS, "language": LANGUAGE, "genre": GENRE, "doi": DOI},
)

RIS = Crosswalk(
    "RIS",
    KINDS,
    PLACES,
    single=frozenset(("TI", "T2", "T3", "C3", "PB", "VL", "IS", "M1", "SN", "ET", "SP", "LA", "SE", "ED")),
    # Database, its provider, record numbers and dates of export: about the record, not the work.
    silent=frozenset(("ER", "DB", "DP", "RP", "U5")),
    otherwise=("GEN", "misc"),
)

# What databases put into notes about their own doings.
REMARKS = (
    "Export Date",
    "Cited By",
    "Copyright - ",
    "Last updated - ",
    "References:",
    "CODEN:",
    "Conference code:",
    "Correspondence Address:",
    "Funding ",
    "Manufacturers:",
    "Tradenames:",
    "Chemicals/CAS:",
    "Language of Original Document:",
    "Source: Scopus",
    "Times Cited in Web of Science",
    "Total Times Cited:",
    "Cited Reference Count:",
)
