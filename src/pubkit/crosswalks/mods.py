"""What MODS calls things and what BibLaTeX calls them: facts, no code.

Source: MODS 3.8 (Library of Congress) with the MARC relator codes and genre terms; genres that bibutils,
JabRef and Zotero write are known as well.
"""

from __future__ import annotations

from pubkit.model.entrytypes import ENTRY_TYPES

#: MARC relator code or term → name-list field.
ROLES: dict[str, str] = {
    "aut": "author",
    "author": "author",
    "cre": "author",
    "creator": "author",
    "joint author": "author",
    "edt": "editor",
    "editor": "editor",
    "ed": "editor",
    "trl": "translator",
    "translator": "translator",
    "ann": "annotator",
    "annotator": "annotator",
    "cwt": "commentator",
    "commentator for written text": "commentator",
    "aui": "introduction",
    "author of introduction": "introduction",
    "author of introduction, etc.": "introduction",
    "win": "introduction",
    "wpr": "foreword",
    "writer of preface": "foreword",
    "aft": "afterword",
    "author of afterword, colophon, etc.": "afterword",
    "pth": "holder",
    "patent holder": "holder",
    "asg": "holder",
    "assignee": "holder",
    "drt": "director",
    "director": "director",
    "pro": "producer",
    "producer": "producer",
    "inv": "author",
    "inventor": "author",
    "prg": "author",
    "programmer": "author",
    "art": "author",
    "artist": "author",
    "pht": "author",
}
#: Name-list field → code that is written.
CODES: dict[str, str] = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "annotator": "ann",
    "commentator": "cwt",
    "introduction": "aui",
    "foreword": "wpr",
    "afterword": "aft",
    "holder": "pth",
    "director": "drt",
    "producer": "pro",
}
#: What `editortype` says ↔ code.
EDITOR_ROLES: dict[str, str] = {
    "compiler": "com",
    "illustrator": "ill",
    "narrator": "nrt",
    "organizer": "orm",
    "composer": "cmp",
    "performer": "prf",
    "redactor": "red",
    "reviser": "rev",
    "collaborator": "ctb",
    "interviewer": "ivr",
    "interviewee": "ive",
    "curator": "cur",
    "host": "hst",
    "recipient": "rcp",
    "scriptwriter": "aus",
}
EDITOR_ROLES_BACK: dict[str, str] = {
    **{code: role for role, code in EDITOR_ROLES.items()},
    "compiler": "compiler",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "composer": "composer",
    "performer": "performer",
    "contributor": "collaborator",
    "reviewer": "reviser",
}
#: Roles of organisations → field.
BODIES: dict[str, str] = {
    "dgg": "institution",
    "degree grantor": "institution",
    "degree granting institution": "institution",
    "his": "institution",
    "host institution": "institution",
    "isb": "organization",
    "issuing body": "organization",
    "pbl": "publisher",
    "publisher": "publisher",
    "spn": "organization",
    "sponsor": "organization",
}

#: Genre → entry type. Genres are compared in lower case; names of entry types are genres, too.
GENRES: dict[str, str] = {
    **{name: name for name in ENTRY_TYPES if name not in ("set", "xdata", "bibnote")},
    "conference": "inproceedings",
    "techreport": "report",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "electronic": "online",
    "www": "online",
    # MARC's
    "journal article": "article",
    "abstract or summary": "misc",
    "catalog": "book",
    "conference publication": "proceedings",
    "dictionary": "reference",
    "encyclopedia": "reference",
    "essay": "misc",
    "instruction": "manual",
    "legal article": "article",
    "legal case and case notes": "jurisdiction",
    "legislation": "legislation",
    "motion picture": "movie",
    "newspaper": "article",
    "statistics": "dataset",
    "technical report": "report",
    "theses": "thesis",
    "treaty": "legal",
    "videorecording": "video",
    "web site": "online",
    "website": "online",
    # bibutils'
    "book chapter": "incollection",
    "collection": "collection",
    "diploma thesis": "thesis",
    "doctoral thesis": "thesis",
    "habilitation thesis": "thesis",
    "hearing": "legal",
    "licentiate thesis": "thesis",
    "magazine article": "article",
    "masters thesis": "thesis",
    "newspaper article": "article",
    "pamphlet": "booklet",
    "ph.d. thesis": "thesis",
    "statute": "legislation",
    "bachelor's thesis": "thesis",
    "pre-print": "online",
    "preprint": "online",
    "electronic resource": "online",
    # Zotero's
    "artwork": "artwork",
    "audiorecording": "audio",
    "bill": "legislation",
    "blogpost": "online",
    "booksection": "incollection",
    "case": "jurisdiction",
    "computerprogram": "software",
    "conferencepaper": "inproceedings",
    "dictionaryentry": "inreference",
    "document": "misc",
    "encyclopediaarticle": "inreference",
    "film": "movie",
    "forumpost": "online",
    "journalarticle": "article",
    "magazinearticle": "article",
    "manuscript": "unpublished",
    "newspaperarticle": "article",
    "podcast": "audio",
    "presentation": "unpublished",
    "radiobroadcast": "audio",
    "tvbroadcast": "video",
    "webpage": "online",
}
#: Genres that say a subtype as well.
SUBTYPES: dict[str, str] = {
    "newspaper": "newspaper",
    "newspaper article": "newspaper",
    "newspaperarticle": "newspaper",
    "magazine article": "magazine",
    "magazinearticle": "magazine",
    "blogpost": "blog",
}
#: Genres of theses → biblatex's word for them.
THESES: dict[str, str] = {
    "phdthesis": "phdthesis",
    "ph.d. thesis": "phdthesis",
    "doctoral thesis": "phdthesis",
    "mastersthesis": "mathesis",
    "masters thesis": "mathesis",
    "bachelor's thesis": "bathesis",
    "techreport": "techreport",
    "technical report": "techreport",
}
#: Entry type → type of resource, where it is not "text".
RESOURCES: dict[str, str] = {
    "artwork": "still image",
    "audio": "sound recording",
    "image": "still image",
    "movie": "moving image",
    "music": "sound recording-musical",
    "software": "software, multimedia",
    "video": "moving image",
}
#: Type of resource → entry type of a record without a genre.
RESOURCES_BACK: dict[str, str] = {
    "still image": "image",
    "sound recording": "audio",
    "sound recording-nonmusical": "audio",
    "sound recording-musical": "music",
    "moving image": "video",
    "software, multimedia": "software",
    "notated music": "music",
    "cartographic": "misc",
}

#: Types that stand in a whole → field with its title, genre of the whole.
HOSTS: dict[str, tuple[str, str]] = {
    "article": ("journaltitle", "academic journal"),
    "periodical": ("journaltitle", "academic journal"),
    "review": ("journaltitle", "academic journal"),
    "suppperiodical": ("journaltitle", "academic journal"),
    "inproceedings": ("booktitle", "conference publication"),
    "incollection": ("booktitle", "collection"),
    "inbook": ("booktitle", "book"),
    "bookinbook": ("booktitle", "book"),
    "suppbook": ("booktitle", "book"),
    "suppcollection": ("booktitle", "collection"),
    "inreference": ("booktitle", "encyclopedia"),
}
#: Field ↔ type of identifier.
IDENTIFIERS: dict[str, str] = {
    "doi": "doi",
    "isbn": "isbn",
    "issn": "issn",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "lccn": "lccn",
    "oclc": "oclc",
    "isrn": "isrn",
    "ismn": "ismn",
}
IDENTIFIERS_BACK: dict[str, str] = {
    **{kind: field for field, kind in IDENTIFIERS.items()},
    "pubmed": "pmid",
    "pmc": "pmcid",
    "eissn": "issn",
    "hdl": "hdl",
    "report number": "number",
    "accession number": "",
}
#: Field ↔ type of a note; "" is a note without a type.
NOTES: dict[str, str] = {
    "note": "",
    "addendum": "addendum",
    "annotation": "annotation",
    "howpublished": "publication details",
    "pubstate": "publication status",
    "type": "thesis",
    "titleaddon": "title addition",
    "venue": "venue",
    "version": "version",
}
NOTES_BACK: dict[str, str] = {kind: field for field, kind in NOTES.items()}
#: Field ↔ type of a detail of the part.
DETAILS: dict[str, str] = {
    "volume": "volume",
    "number": "issue",
    "issue": "season",
    "chapter": "chapter",
    "eid": "article number",
    "part": "part",
}
DETAILS_BACK: dict[str, str] = {
    **{kind: field for field, kind in DETAILS.items()},
    "number": "number",
    "artnum": "eid",
    "report number": "number",
    "section": "chapter",
}

#: Elements of a record that say nothing which an entry holds: cataloguing.
SILENT = frozenset(("recordInfo", "typeOfResource", "classification", "extension", "digitalOrigin"))
#: Elements that are read.
READ = frozenset(
    (
        "titleInfo",
        "name",
        "genre",
        "originInfo",
        "language",
        "physicalDescription",
        "abstract",
        "note",
        "subject",
    )
) | frozenset(("identifier", "location", "part", "relatedItem", "tableOfContents", "accessCondition"))
