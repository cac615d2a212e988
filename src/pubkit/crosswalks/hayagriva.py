"""What Hayagriva calls things and what BibLaTeX calls them: facts, no code.

Source: Hayagriva's file format reference. An entry stands in parents; which field is whose is in the tables.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """How an entry type looks in Hayagriva.

    Attributes:
        type: Hayagriva's type of the entry itself.
        parent: Type of the parent that holds what it appeared in; "" where it appears in nothing.
        container: Field with the parent's title.
    """

    type: str
    parent: str = ""
    container: str = ""


#: BibLaTeX type, `entrysubtype` → shape. The first shape of a type is its usual one.
SHAPES: dict[tuple[str, str], Shape] = {
    ("article", ""): Shape("article", "periodical", "journaltitle"),
    ("article", "newspaper"): Shape("article", "newspaper", "journaltitle"),
    ("article", "blog"): Shape("article", "blog", "journaltitle"),
    ("inproceedings", ""): Shape("article", "proceedings", "booktitle"),
    ("incollection", ""): Shape("anthos", "anthology", "booktitle"),
    ("inbook", ""): Shape("chapter", "book", "booktitle"),
    ("inreference", ""): Shape("entry", "reference", "booktitle"),
    ("book", ""): Shape("book"),
    ("collection", ""): Shape("anthology"),
    ("proceedings", ""): Shape("proceedings"),
    ("reference", ""): Shape("reference"),
    ("periodical", ""): Shape("periodical"),
    ("periodical", "newspaper"): Shape("newspaper"),
    ("report", ""): Shape("report"),
    ("thesis", ""): Shape("thesis"),
    ("online", ""): Shape("web"),
    ("online", "blog"): Shape("blog"),
    ("online", "thread"): Shape("thread"),
    ("online", "post"): Shape("post"),
    ("software", ""): Shape("repository"),
    ("patent", ""): Shape("patent"),
    ("jurisdiction", ""): Shape("case"),
    ("legislation", ""): Shape("legislation"),
    ("unpublished", ""): Shape("manuscript"),
    ("unpublished", "conference"): Shape("conference"),
    ("artwork", ""): Shape("artwork"),
    ("artwork", "exhibition"): Shape("exhibition"),
    ("performance", ""): Shape("performance"),
    ("video", ""): Shape("video"),
    ("video", "scene"): Shape("scene", "video", "booktitle"),
    ("audio", ""): Shape("audio"),
    ("misc", ""): Shape("misc"),
    ("misc", "original"): Shape("original"),
}
#: Types that Hayagriva has no word for → the nearest one.
NEAREST: dict[str, str] = {
    "bookinbook": "inbook",
    "booklet": "book",
    "commentary": "book",
    "dataset": "misc",
    "image": "artwork",
    "legal": "legislation",
    "letter": "misc",
    "manual": "report",
    "movie": "video",
    "music": "audio",
    "mvbook": "book",
    "mvcollection": "collection",
    "mvproceedings": "proceedings",
    "mvreference": "reference",
    "review": "article",
    "standard": "report",
    "suppbook": "inbook",
    "suppcollection": "incollection",
    "suppperiodical": "article",
}
#: Type of a parent where it does not say one, by the type of its child.
DEFAULT_PARENTS: dict[str, str] = {
    "article": "periodical",
    "chapter": "book",
    "entry": "reference",
    "anthos": "anthology",
    "web": "web",
    "scene": "video",
    "artwork": "exhibition",
    "legislation": "anthology",
    "post": "post",
    "video": "video",
    "audio": "audio",
    "tweet": "post",
}
#: (type, type of a parent) → BibLaTeX type, subtype, and field of the parent's title; the first that fits.
IN_PARENT: tuple[tuple[str, str, str, str, str], ...] = (
    ("article", "periodical", "article", "", "journaltitle"),
    ("article", "newspaper", "article", "newspaper", "journaltitle"),
    ("article", "blog", "article", "blog", "journaltitle"),
    ("article", "proceedings", "inproceedings", "", "booktitle"),
    ("article", "conference", "inproceedings", "", "eventtitle"),
    ("article", "anthology", "incollection", "", "booktitle"),
    ("article", "book", "incollection", "", "booktitle"),
    ("article", "reference", "inreference", "", "booktitle"),
    ("article", "web", "article", "blog", "journaltitle"),
    ("chapter", "anthology", "incollection", "", "booktitle"),
    ("chapter", "proceedings", "inproceedings", "", "booktitle"),
    ("chapter", "", "inbook", "", "booktitle"),
    ("anthos", "proceedings", "inproceedings", "", "booktitle"),
    ("anthos", "", "incollection", "", "booktitle"),
    ("entry", "", "inreference", "", "booktitle"),
    ("scene", "", "video", "scene", "booktitle"),
    ("web", "", "online", "", "organization"),
    ("post", "", "online", "post", "organization"),
    ("video", "", "video", "", "maintitle"),
    ("audio", "", "audio", "", "maintitle"),
    ("book", "periodical", "book", "", "series"),
    ("", "conference", "", "", "eventtitle"),
    ("", "anthology", "", "", "series"),
    ("", "", "", "", "maintitle"),
)
#: Hayagriva's type → BibLaTeX type and subtype, of an entry without a parent of the table above.
TYPES: dict[str, tuple[str, str]] = {
    **{shape.type: pair for pair, shape in reversed(SHAPES.items())},
    "article": ("article", ""),
    "chapter": ("inbook", ""),
    "tweet": ("online", "post"),
}

#: Fields of the entry itself ↔ Hayagriva's.
OWN: dict[str, str] = {
    "title": "title",
    "abstract": "abstract",
    "type": "genre",
    "library": "call-number",
    "note": "note",
    "edition": "edition",
    "chapter": "chapter",
    "volumes": "volume-total",
    "pagetotal": "page-total",
    "archive": "archive",
    "archive-place": "archive-location",
    "runtime": "runtime",
    "time-range": "time-range",
}
#: Types whose `location` is where something happened or hangs; elsewhere it is where it was published.
PLACED = frozenset(("conference", "exhibition", "performance", "artwork"))
#: Serial numbers: fields ↔ names in `serial-number`.
SERIALS: dict[str, str] = {
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "pmid": "pmid",
    "pmcid": "pmcid",
}
#: Name-list field ↔ role among `affiliated`.
ROLES: dict[str, str] = {
    "translator": "translator",
    "afterword": "afterword",
    "foreword": "foreword",
    "introduction": "introduction",
    "annotator": "annotator",
    "commentator": "commentator",
    "holder": "holder",
    "producer": "producer",
    "director": "director",
}
#: What `editortype` and `nameatype` say ↔ role among `affiliated`.
EDITOR_ROLES: dict[str, str] = {
    "compiler": "compiler",
    "founder": "founder",
    "collaborator": "collaborator",
    "organizer": "organizer",
    "castmember": "cast-member",
    "composer": "composer",
    "executiveproducer": "executive-producer",
    "scriptwriter": "writer",
    "cinematography": "cinematography",
    "illustrator": "illustrator",
    "narrator": "narrator",
}
