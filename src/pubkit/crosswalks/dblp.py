"""What DBLP calls things and what BibLaTeX calls them: facts, no code.

Source: dblp.dtd and DBLP's FAQ on its XML ("What do I find in dblp.xml?").
"""

from __future__ import annotations

from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Elements that are publications; `www` (home pages of people) and `person` are not.
RECORDS = frozenset(
    (
        "article",
        "book",
        "data",
        "incollection",
        "inproceedings",
        "mastersthesis",
        "phdthesis",
        "proceedings",
        "www",
    )
)

_KINDS = """
article        article
inproceedings  inproceedings
proceedings    proceedings
book           book
incollection   incollection
phdthesis      thesis        type=phdthesis
mastersthesis  thesis        type=mathesis
data           dataset
www            online
"""

_PLACES = """
journaltitle  journal
booktitle     booktitle   inproceedings incollection
series        series
series        booktitle   proceedings book
volume        volume
number        number
pages         pages
institution   school
publisher     publisher
location      address
isbn          isbn
isbn          note_isbn
chapter       chapter
crossref      crossref
note          note
url           url         <
"""

#: `cdrom` and `cite` are remains of DBLP's CD-ROM edition; `stream`, `rel` link records to each other.
_SILENT = frozenset(
    ("cdrom", "cite", "stream", "rel", "publnr", "author", "editor", "title", "year", "month", "ee")
)

#: Elements that search results have instead of records, and what the kinds of records are called in them.
HIT = "info"
HIT_KINDS = {
    "Conference and Workshop Papers": "inproceedings",
    "Journal Articles": "article",
    "Editorship": "proceedings",
    "Books and Theses": "book",
    "Parts in Books or Collections": "incollection",
    "Informal Publications": "article",
    "Informal and Other Publications": "article",
    "Reference Works": "incollection",
    "Data and Artifacts": "data",
}

DBLP = Crosswalk("DBLP", kinds(_KINDS), places(_PLACES), silent=_SILENT, otherwise=("article", "misc"))
