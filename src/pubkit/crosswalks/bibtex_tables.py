"""What classic BibTeX calls things, and what BibLaTeX calls them: facts, no code.

Sources: the documentation of BibTeX 0.99d ("BibTeXing") and of biblatex (entry types, field aliases).
"""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text: long tables of names read better so."""
    return tuple(text.split())


# Classic field → BibLaTeX field. Both ways.
FIELD_PAIRS: dict[str, str] = {
    "journal": "journaltitle",
    "address": "location",
    "annote": "annotation",
    "key": "sortkey",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "school": "institution",
}
TO_BIBLATEX_FIELD: dict[str, str] = {
    **FIELD_PAIRS,
    # Other spellings that are met in files; only read, never written.
    "hyphenation": "langid",
    "how-published": "howpublished",
    "pdf": "file",
}
TO_BIBTEX_FIELD: dict[str, str] = {
    ours: classic for classic, ours in FIELD_PAIRS.items() if classic != "school"
}
# In these classic types the institution is called so.
FIELD_BY_TYPE: dict[str, dict[str, str]] = {
    "phdthesis": {"institution": "school"},
    "mastersthesis": {"institution": "school"},
}

# Type as found → BibLaTeX type, and the `type` field that the type implies.
TO_BIBLATEX_TYPE: dict[str, tuple[str, str]] = {
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
    "conference": ("inproceedings", ""),
    "electronic": ("online", ""),
    "www": ("online", ""),
    "webpage": ("online", ""),
    "artifactsoftware": ("software", ""),
    "artifactdataset": ("dataset", ""),
}
# (BibLaTeX type, its `type` field) → classic type that says both.
TO_BIBTEX_TYPE: dict[tuple[str, str], str] = {
    ("thesis", "phdthesis"): "phdthesis",
    ("thesis", "mathesis"): "mastersthesis",
    ("report", "techreport"): "techreport",
}
# BibLaTeX type → the nearest type that every classic style knows. The BibLaTeX type is kept in the field
# `entrytype`, which styles ignore, so that nothing is lost.
NEAREST_TYPE: dict[str, str] = {
    "artwork": "misc",
    "audio": "misc",
    "bookinbook": "incollection",
    "collection": "book",
    "dataset": "misc",
    "image": "misc",
    "inreference": "incollection",
    "jurisdiction": "misc",
    "legal": "misc",
    "legislation": "misc",
    "letter": "misc",
    "movie": "misc",
    "music": "misc",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "proceedings",
    "mvreference": "book",
    "online": "misc",
    "patent": "misc",
    "performance": "misc",
    "periodical": "misc",
    "reference": "book",
    "report": "techreport",
    "review": "article",
    "software": "misc",
    "standard": "misc",
    "suppbook": "inbook",
    "suppcollection": "incollection",
    "suppperiodical": "article",
    "thesis": "phdthesis",
    "video": "misc",
}
# With `booktitle`, a part of a book is what classic BibTeX calls incollection.
WITH_BOOKTITLE: dict[str, str] = {"inbook": "incollection", "suppbook": "incollection"}
TYPE_FIELD = "entrytype"
# Words in the `type` of a thesis that make it a mastersthesis for classic styles.
MASTERS_WORDS = ("master", "diplom", "magister", "bachelor", "licen", "mathesis", "bathesis", "m.sc", "msc")

# What a year says that is no year ↔ biblatex's publication state. The first wording of a state is written.
PUBSTATES: dict[str, str] = {
    "in press": "inpress",
    "inpress": "inpress",
    "forthcoming": "forthcoming",
    "to appear": "forthcoming",
    "in preparation": "inpreparation",
    "submitted": "submitted",
    "prepublished": "prepublished",
}
YEAR_WORDS: dict[str, str] = {state: words for words, state in reversed(PUBSTATES.items())}

# Fields that only BibLaTeX has: where one stands in a file, the file is of that dialect.
BIBLATEX_FIELDS = frozenset(
    words(
        "date journaltitle location eprinttype eprintclass urldate subtitle booksubtitle maintitle "
        "eventtitle eventdate pubstate origdate langid annotation journalsubtitle titleaddon xdata"
    )
)
BIBLATEX_TYPES = frozenset(NEAREST_TYPE) | {"xdata", "set"}

# Titles that classic BibTeX keeps in one field: (title, subtitle).
TITLE_PAIRS = (("title", "subtitle"), ("booktitle", "booksubtitle"), ("journaltitle", "journalsubtitle"))
