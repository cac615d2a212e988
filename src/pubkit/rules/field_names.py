"""F02x: which fields an entry has: missing, misspelt, unknown, unwanted."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from pubkit.diagnostics import Severity
from pubkit.markup.words import words
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES, takes
from pubkit.model.fields import BIBLATEX_FIELDS, FIELDS
from pubkit.rules.base import Finding, rule

# What classic BibTeX wants beyond BibLaTeX: type → groups of fields, under BibLaTeX names.
# Source: "BibTeXing" (O. Patashnik, 1988), section 3.1.
_CLASSIC: dict[str, tuple[tuple[str, ...], ...]] = {
    "book": (("publisher",),),
    "inbook": (("publisher",), ("chapter", "pages")),
    "incollection": (("publisher",),),
    "unpublished": (("note",),),
}
# Fields that other names are known for: a misspelling is measured against these too.
_CLASSIC_NAMES = words("journal address annote school key archiveprefix primaryclass")
_KNOWN_NAMES = sorted({*BIBLATEX_FIELDS, *_CLASSIC_NAMES, *(name for name in FIELDS if "-" not in name)})
_OURS = {"journal": "journaltitle", "address": "location", "annote": "annotation", "school": "institution"}
# Fields of programs, and what belongs to one's own library: no journal wants them.
PRIVATE_FIELDS = words(
    """
    abstract keywords keyword annotation annote comment review file pdf ps localfile groups owner
    username tags timestamp date-added date-modified creationdate modificationdate added-at interhash
    intrahash biburl bibsource bdsk-url-1 bdsk-url-2 bdsk-url-3 bdsk-file-1 bdsk-file-2 bdsk-file-3
    mendeley-tags citeulike-article-id posted-at priority ranking readstatus relevance printed
    qualityassured __markedentry contents summary copyright affiliation local-url uri x-fetchedfrom
    zotero-key rating read
    """
)
# Fields that an entry of any type may have.
_ANYWHERE = words(
    """
    abstract keywords annotation file isbn issn doi url urldate eprint eprinttype eprintclass note
    addendum crossref xref xdata related relatedtype relatedoptions relatedstring options ids entryset
    execute presort sortkey sortname sorttitle sortyear shorthand shorthandintro label langid
    langidopts language gender indextitle indexsorttitle shorttitle shortauthor shorteditor
    shortjournal shortseries library origdate origlanguage origlocation origpublisher origtitle
    reprinttitle pubstate pagination bookpagination authortype editortype nameaddon titleaddon usera
    userb userc userd usere userf verba verbb verbc lista listb listc listd liste listf namea nameb
    namec entrysubtype pmid pmcid orcid month year day date type
    """
)


@rule(
    "F020", "bibtex-fields", "Fields that classic BibTeX requires are there.", repairs=False, on_request=True
)
def bibtex_fields(entry: Entry) -> Iterable[Finding]:
    """A `@book` needs a publisher, an `@unpublished` a note, an `@inbook` a chapter or pages.

    BibTeX warns where they are missing, BibLaTeX does not ask for them (see F002). Selected by
    `--extend-select bibtex-fields`.
    """
    if "crossref" in entry.fields or "xdata" in entry.fields:
        return
    for group in _CLASSIC.get(entry.type, ()):
        if not any(entry.fields.get(name) for name in group):
            hint = "add it from the publication itself"
            yield Finding(f"no {' or '.join(group)} in this {entry.type}", group[0], hint=hint)


@rule("F021", "misspelt-field", "The name of a field is not misspelt.")
def misspelt_field(entry: Entry) -> Iterable[Finding]:
    """`auhtor = {Wu, T.}` is a field that no style prints; `author` was meant.

    A name may be meant as it is, so the repair is done only when asked for.
    """
    for name, value in entry.fields.items():
        if name in FIELDS:
            continue
        near = _near(name)
        if near and near not in entry.fields and value:
            repair = {name: None, near: value}
            yield Finding(f"the field {name} looks like {near}", name, repair, hint=f"rename it to {near}")


@rule(
    "F022",
    "unknown-field",
    "Fields are known to BibLaTeX or a common program.",
    repairs=False,
    on_request=True,
)
def unknown_field(entry: Entry) -> Iterable[Finding]:
    """`weather = {fine}` is kept and never printed. Selected by `--extend-select unknown-field`."""
    for name in entry.fields:
        if name not in FIELDS and not _near(name):
            yield Finding(f"the field {name} is not known", name, hint="delete it, or ignore this rule")


@rule("F023", "field-of-other-type", "Fields fit the entry type.", repairs=False, on_request=True)
def field_of_other_type(entry: Entry) -> Iterable[Finding]:
    """An `@article` with `booktitle`, a `@book` with `journaltitle`: styles print nothing of it.

    Selected by `--extend-select field-of-other-type`.
    """
    if entry.type not in ENTRY_TYPES:
        return
    for name in entry.fields:
        if name in BIBLATEX_FIELDS and name not in _ANYWHERE and not takes(entry.type, name):
            hint = "move it, or correct the type"
            yield Finding(f"{name} does not belong to {entry.type}", name, hint=hint)


@rule(
    "F024", "private-fields", "There are no fields that a journal does not want.", safe=True, on_request=True
)
def private_fields(entry: Entry) -> Iterable[Finding]:
    """`file`, `abstract`, `keywords`, `timestamp` and their like are removed before a `.bib` is sent away.

    They say where your files lie, what you think of a paper, and which program you use. Selected by
    `--extend-select private-fields`.
    """
    found: dict[str, str | None] = dict.fromkeys(name for name in entry.fields if name in PRIVATE_FIELDS)
    if found:
        message = f"fields for yourself: {', '.join(found)}"
        yield Finding(message, next(iter(found)), found, severity=Severity.INFO)


@rule("F025", "lone-urldate", "The date of a visit stands beside an address.", repairs=False)
def lone_urldate(entry: Entry) -> Iterable[Finding]:
    """`urldate` without `url` says when nothing was visited. Reported only."""
    if entry.fields.get("urldate") and not any(entry.fields.get(name) for name in ("url", "doi", "eprint")):
        hint = "add the address, or delete the date"
        yield Finding("urldate without an address", "urldate", hint=hint, severity=Severity.INFO)


@rule("F026", "misspelt-type", "The entry type is not misspelt.")
def misspelt_type(entry: Entry) -> Iterable[Finding]:
    """`@artcle` becomes `@article`. The repair is done only when asked for."""
    if entry.type not in ENTRY_TYPES:
        near = get_close_matches(entry.type, ENTRY_TYPES, 1, 0.8)
        if near:
            yield Finding(f"the entry type {entry.type} looks like {near[0]}", type=near[0])


@lru_cache(maxsize=4096)
def _near(name: str) -> str:
    """Return the field that a name is probably a misspelling of, "" where there is none."""
    if len(name) < 4 or not name.isascii() or not name.isalpha():
        return ""
    near = get_close_matches(name, _KNOWN_NAMES, 1, 0.82)
    return _OURS.get(near[0], near[0]) if near and near[0][0] == name[0] else ""


RULES = (
    misspelt_type,
    misspelt_field,
    unknown_field,
    field_of_other_type,
    bibtex_fields,
    lone_urldate,
    private_fields,
)
