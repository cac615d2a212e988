"""What BibLaTeX calls things and what CSL calls them: facts, no code.

Sources: the BibLaTeX manual 3.20 (section 2), CSL 1.0.2 (appendices III and IV) and its JSON schema.
"""

from __future__ import annotations

# BibLaTeX type → CSL type.
TYPES: dict[str, str] = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "book",
    "collection": "book",
    "commentary": "book",
    "dataset": "dataset",
    "image": "figure",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "report",
    "misc": "document",
    "movie": "motion_picture",
    "music": "song",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
}

# CSL type → BibLaTeX type, and the `entrysubtype` that keeps them apart.
TYPES_BACK: dict[str, tuple[str, str]] = {
    "article": ("online", ""),
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "bill": ("legislation", "bill"),
    "book": ("book", ""),
    "broadcast": ("audio", "broadcast"),
    "chapter": ("inbook", ""),
    "classic": ("book", "classic"),
    "collection": ("collection", "archive"),
    "dataset": ("dataset", ""),
    "document": ("misc", ""),
    "entry": ("inreference", "entry"),
    "entry-dictionary": ("inreference", "dictionary"),
    "entry-encyclopedia": ("inreference", ""),
    "event": ("misc", "event"),
    "figure": ("image", ""),
    "graphic": ("artwork", ""),
    "hearing": ("legal", "hearing"),
    "interview": ("misc", "interview"),
    "legal_case": ("jurisdiction", ""),
    "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""),
    "map": ("misc", "map"),
    "motion_picture": ("movie", ""),
    "musical_score": ("music", "score"),
    "pamphlet": ("booklet", "pamphlet"),
    "paper-conference": ("inproceedings", ""),
    "patent": ("patent", ""),
    "performance": ("performance", ""),
    "periodical": ("periodical", ""),
    "personal_communication": ("letter", ""),
    "post": ("online", "post"),
    "post-weblog": ("online", "blog"),
    "regulation": ("legislation", "regulation"),
    "report": ("report", ""),
    "review": ("review", ""),
    "review-book": ("review", "book"),
    "software": ("software", ""),
    "song": ("music", ""),
    "speech": ("unpublished", "speech"),
    "standard": ("standard", ""),
    "thesis": ("thesis", ""),
    "treaty": ("legal", ""),
    "webpage": ("online", ""),
}

# BibLaTeX type, `entrysubtype` → CSL type: the way back from the table above.
SUBTYPES: dict[tuple[str, str], str] = {
    (target, subtype): csl for csl, (target, subtype) in TYPES_BACK.items() if subtype
}

# Name fields ↔ name variables.
NAMES: dict[str, str] = {
    "author": "author",
    "bookauthor": "container-author",
    "director": "director",
    "editor": "editor",
    "producer": "producer",
    "translator": "translator",
}
# What the `editortype` of `editor`, `editora` … says → name variable.
EDITOR_ROLES: dict[str, str] = {
    "collaborator": "contributor",
    "compiler": "compiler",
    "continuator": "contributor",
    "director": "director",
    "editor": "editor",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "performer",
    "producer": "producer",
    "redactor": "editorial-director",
    "reviser": "contributor",
    "translator": "translator",
}
# Name variables that an editor field with a role brings back; the rest have no place in BibLaTeX.
ROLES_BACK: dict[str, str] = {
    "collection-editor": "serieseditor",
    "compiler": "compiler",
    "composer": "composer",
    "contributor": "collaborator",
    "curator": "curator",
    "editorial-director": "redactor",
    "guest": "guest",
    "host": "host",
    "illustrator": "illustrator",
    "interviewer": "interviewer",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "performer",
    "recipient": "recipient",
    "script-writer": "scriptwriter",
    "series-creator": "creator",
}
EDITOR_ROLES.update((role, variable) for variable, role in ROLES_BACK.items())
# Name variables that are no editors: biblatex's name lists for any purpose, `namea` to `namec`, take them.
NAME_ROLES: dict[str, str] = {
    "chair": "chair",
    "editor-translator": "editortranslator",
    "executive-producer": "executiveproducer",
    "original-author": "originalauthor",
    "reviewed-author": "reviewedauthor",
}
NAME_ROLES_BACK: dict[str, str] = {role: variable for variable, role in NAME_ROLES.items()}

# Date fields ↔ date variables.
DATES: dict[str, str] = {
    "available-date": "available-date",
    "date": "issued",
    "eventdate": "event-date",
    "origdate": "original-date",
    "submitted": "submitted",
    "urldate": "accessed",
}

# Text fields ↔ text variables that say the same in every type.
TEXTS: dict[str, str] = {
    "abstract": "abstract",
    "annotation": "annote",
    "chapter": "chapter-number",
    "doi": "DOI",
    "edition": "edition",
    "eventtitle": "event-title",
    "isbn": "ISBN",
    "issn": "ISSN",
    "keywords": "keyword",
    "library": "call-number",
    "location": "publisher-place",
    "note": "note",
    "origlocation": "original-publisher-place",
    "origpublisher": "original-publisher",
    "origtitle": "original-title",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "part": "part-number",
    "pmcid": "PMCID",
    "pmid": "PMID",
    "publisher": "publisher",
    "series": "collection-title",
    "shortjournal": "container-title-short",
    "shortseries": "collection-title-short",
    "shorttitle": "title-short",
    "title": "title",
    "type": "genre",
    "url": "URL",
    "venue": "event-place",
    "version": "version",
    "volume": "volume",
    "volumes": "number-of-volumes",
}
# Variables for which BibLaTeX has no field: one of the same name holds them, so that no style misses them.
_SAME = (
    "archive archive_collection archive_location archive-place authority dimensions division jurisdiction "
    "license medium part-title printing-number references reviewed-genre reviewed-title scale section source "
    "supplement-number"
)
TEXTS.update((name, name) for name in _SAME.split())
# Older names of variables, still met in CSL-JSON.
OLD_VARIABLES: dict[str, str] = {
    "event": "event-title",
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
}
# Where another field may stand for one that is missing: CSL variable → fields, the first one wins.
INSTEAD: dict[str, tuple[str, ...]] = {
    "annote": ("annote",),
    "keyword": ("keyword",),
    "note": ("addendum",),
    "number-of-pages": ("numpages",),
    "publisher": ("institution", "organization", "howpublished"),
}

# Title fields with the subtitle that belongs to each.
SUBTITLES: dict[str, str] = {
    "booktitle": "booksubtitle",
    "issuetitle": "issuesubtitle",
    "journaltitle": "journalsubtitle",
    "maintitle": "mainsubtitle",
    "title": "subtitle",
}

# CSL variable → field, for the types in which it is not the usual one: where the work appeared …
CONTAINERS: dict[str, str] = {
    "article": "journaltitle",
    "bookinbook": "booktitle",
    "inbook": "booktitle",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "inreference": "booktitle",
    "periodical": "journaltitle",
    "review": "journaltitle",
    "suppperiodical": "journaltitle",
}
# … and who made it public.
PUBLISHERS: dict[str, str] = {
    "manual": "organization",
    "misc": "organization",
    "online": "organization",
    "report": "institution",
    "thesis": "institution",
}

# Types whose `number` counts the thing itself (a report number, a patent number).
_NUMBERED = (
    "dataset jurisdiction legal legislation letter manual misc online patent report software standard thesis "
    "unpublished video"
)
NUMBERED = frozenset(_NUMBERED.split())
# Types whose `number` is that of an issue.
ISSUED = frozenset(("article", "periodical", "suppperiodical", "review"))

# biblatex's words for kinds of publications (its localisation keys) ↔ what it prints in English.
GENRES: dict[str, str] = {
    "audiocd": "audio CD",
    "bathesis": "Bachelor's thesis",
    "candthesis": "Candidate thesis",
    "datacd": "data CD",
    "mathesis": "Master's thesis",
    "patent": "patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "patent request",
    "patreqde": "German patent request",
    "patreqeu": "European patent request",
    "patreqfr": "French patent request",
    "patrequk": "British patent request",
    "patrequs": "U.S. patent request",
    "phdthesis": "PhD thesis",
    "resreport": "research report",
    "software": "computer software",
    "techreport": "technical report",
}
GENRES_BACK: dict[str, str] = {words.casefold(): key for key, words in GENRES.items()}

# biblatex's publication states ↔ CSL's `status`.
STATES: dict[str, str] = {
    "forthcoming": "forthcoming",
    "inpreparation": "in preparation",
    "inpress": "in press",
    "prepublished": "pre-published",
    "submitted": "submitted",
}
STATES_BACK: dict[str, str] = {
    "advance online publication": "prepublished",
    **{words: key for key, words in STATES.items()},
}

# Eprint archives: `eprinttype` → what the archive is called, and its pages' addresses.
ARCHIVES: dict[str, tuple[str, str]] = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/{}"),
    "biorxiv": ("bioRxiv", "https://www.biorxiv.org/content/{}"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id={}"),
    "hal": ("HAL", "https://hal.science/{}"),
    "hdl": ("Handle", "https://hdl.handle.net/{}"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/{}"),
    "medrxiv": ("medRxiv", "https://www.medrxiv.org/content/{}"),
}
ARCHIVES_BACK: dict[str, str] = {name.casefold(): key for key, (name, _) in ARCHIVES.items()}
# Archives of papers that stand for themselves: an entry without another publication is a preprint.
PREPRINT_ARCHIVES = frozenset(("arxiv", "biorxiv", "hal", "medrxiv"))
PREPRINT_TYPES = frozenset(("article", "misc", "online", "report", "unpublished"))

# Fields that say something to BibTeX, biblatex or a program, not to a reader: not missed in CSL.
_NOT_MISSED = (
    "crossref xref xdata ids options execute related relatedtype relatedoptions entryset langidopts gender "
    "presort sortkey sortname sorttitle sortyear indextitle indexsorttitle file timestamp owner groups "
    "bibsource biburl date-added date-modified creationdate modificationdate added-at interhash intrahash "
    "username mendeley-tags citeulike-article-id posted-at label shorthand hyphenation month day year "
    "eprintclass entrysubtype readstatus priority ranking relevance printed qualityassured selected "
    "bdsk-url-1 bdsk-url-2 bdsk-url-3 bdsk-file-1 bdsk-file-2 bdsk-file-3"
)
NOT_MISSED = frozenset(_NOT_MISSED.split())
