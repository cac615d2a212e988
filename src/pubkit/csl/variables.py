"""The variables of CSL 1.0.2, by kind (specification, appendix IV)."""

from __future__ import annotations

# fmt: off
NAME_VARIABLES = frozenset((
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor",
    "curator", "director", "editor", "editorial-director", "editor-translator", "editortranslator",
    "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer",
    "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer",
    "series-creator", "translator",
))
DATE_VARIABLES = frozenset((
    "accessed", "available-date", "event-date", "issued", "locale-date", "original-date", "submitted",
))
NUMBER_VARIABLES = frozenset((
    "chapter-number", "citation-number", "collection-number", "edition", "first-reference-note-number",
    "issue", "locator", "number", "number-of-pages", "number-of-volumes", "page", "page-first",
    "part-number", "printing-number", "section", "supplement-number", "version", "volume",
))
# Variables whose values differ from cite to cite: asked for at run time, not part of an item's shape.
CITE_VARIABLES = frozenset((
    "locator", "citation-number", "first-reference-note-number", "year-suffix", "citation-label",
    "hereinafter",
))
# fmt: on
# A number here counts things; its label looks at the number itself.
COUNT_VARIABLES = frozenset(("number-of-pages", "number-of-volumes"))
# What `form="short"` asks for → where it is found.
SHORT_FORMS = {
    "title": "title-short",
    "container-title": "container-title-short",
    "collection-title": "collection-title-short",
}
