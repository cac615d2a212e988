"""What MARC 21 calls things and what BibLaTeX calls them: facts, no code.

Source: MARC 21 Format for Bibliographic Data (Library of Congress). A name in the table is a field and its
subfield; of several the first wins.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import PARAGRAPHS, Form, text_source
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Leader, positions 06 and 07 → kind of record.
LEADER: dict[str, str] = {
    "aa": "component",
    "ab": "serialpart",
    "ac": "collection",
    "ad": "collection",
    "ai": "website",
    "am": "book",
    "as": "serial",
    "c": "score",
    "d": "score",
    "e": "map",
    "f": "map",
    "g": "video",
    "i": "audio",
    "j": "music",
    "k": "picture",
    "m": "software",
    "o": "kit",
    "p": "mixed",
    "r": "object",
    "t": "manuscript",
}
#: Relator codes and terms → name-list field; roles of editors are `(field, role)`.
RELATORS: dict[str, str] = {
    "aut": "author",
    "author": "author",
    "cre": "author",
    "creator": "author",
    "dis": "author",
    "joint author": "author",
    "edt": "editor",
    "ed": "editor",
    "editor": "editor",
    "hrsg": "editor",
    "herausgeber": "editor",
    "trl": "translator",
    "tr": "translator",
    "translator": "translator",
    "übersetzer": "translator",
    "aft": "afterword",
    "aui": "introduction",
    "wpr": "foreword",
    "win": "introduction",
    "author of introduction": "introduction",
    "ann": "annotator",
    "cwt": "commentator",
    "drt": "director",
    "film director": "director",
    "director": "director",
    "pro": "producer",
    "producer": "producer",
    "fmp": "producer",
    "film producer": "producer",
    "inv": "author",
    "prg": "author",
    "programmer": "author",
    "pth": "holder",
}
#: Relators of people who are editors in another role → the role.
EDITOR_ROLES: dict[str, str] = {
    "com": "compiler",
    "compiler": "compiler",
    "comp": "compiler",
    "ill": "illustrator",
    "illustrator": "illustrator",
    "illus": "illustrator",
    "nrt": "narrator",
    "narrator": "narrator",
    "orm": "organizer",
    "organizer": "organizer",
    "cmp": "composer",
    "composer": "composer",
    "prf": "performer",
    "performer": "performer",
    "red": "redactor",
    "redaktor": "redactor",
    "rev": "reviser",
    "ctb": "collaborator",
    "contributor": "collaborator",
    "act": "castmember",
    "actor": "castmember",
    "ive": "interviewee",
    "ivr": "interviewer",
}

_KINDS = """
book        book
collection  book
component   inbook
serialpart  article
serial      periodical
website     online
score       music       entrysubtype=score
map         misc        entrysubtype=map
video       video
audio       audio
music       music
picture     image
software    software
kit         misc
mixed       misc
object      artwork
manuscript  unpublished
"""

_PLACES = """
subtitle      245b
titleaddon    245n
part          245n
edition       250a
location      264a
location      260a
publisher     264b
publisher     260b
series        830a
series        490a
series        440a
number        830v
number        490v
number        440v
journaltitle  773t          article
booktitle     773t          inbook
series        773t
issn          773x
isbn          773z
booktitleaddon  773k
note          500a
abstract      520a          =paragraphs
keywords      650a          =each
keywords      653a          =each
keywords      651a          =each
keywords      600a          =each
keywords      610a          =each
type          502b
institution   502c
note          502a          thesis
note          502a
library       852h
library       050a
url           856u
doi           0247doi
isbn          020a
issn          022a
origtitle     240a
number        088a          report
number        088a
addendum      588a
howpublished  533a
contents      505a
pagetotal     300a          =pages
volumes       300v          =pages
eventtitle    711a
eventtitle    111a
venue         711c
venue         111c
lccn          010a
"""

_FORMS = {
    "paragraphs": PARAGRAPHS,
    "each": Form(
        lambda texts: ", ".join(
            f"{{{word}}}" if "," in word else word for word in map(text_source, dict.fromkeys(texts)) if word
        ),
        lambda source: [source],
    ),
    "pages": Form(lambda texts: texts[0], lambda source: [source]),
}

MARC = Crosswalk("MARC 21", kinds(_KINDS), places(_PLACES, _FORMS), otherwise=("kit", "misc"))

#: What starts like this is of cataloguing, of holdings or of one library, or is read apart.
NOT_THE_WORK: tuple[str, ...] = (
    *(
        "0",
        "100",
        "110",
        "111",
        "130",
        "336",
        "337",
        "338",
        "34",
        "35",
        "37",
        "38",
        "583",
        "700",
        "710",
        "711",
    ),
    *("300b", "300c", "300e", "773", "84", "85", "86", "87", "88", "9"),
)
