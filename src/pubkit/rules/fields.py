"""F0xx: fields: empty, missing, repeated."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES
from pubkit.model.fields import FIELDS
from pubkit.rules.base import Finding, fields_of, rule
from pubkit.rules.traits import MARKUP
from pubkit.text.fold import fold

# Fields whose text is LaTeX; names have a rule of their own for what BibTeX's grammar makes of them.
_LATEX = frozenset({"literal", "literal-list", "name-list"})

# A value that only repeats the other field says nothing.
_REPEATS = (
    ("shorttitle", "title"),
    ("note", "url"),
    ("note", "doi"),
    ("howpublished", "url"),
    ("howpublished", "note"),
    ("annotation", "abstract"),
    ("origtitle", "title"),
    ("eventtitle", "booktitle"),
)


@rule("F001", "empty-field", "Fields without content are removed.", safe=True)
def empty_field(entry: Entry) -> Iterable[Finding]:
    """`volume = {}` and `pages = { -- }` say nothing, and styles print their punctuation around it.

    A field counts as empty when it holds only white space, braces, hyphens, commas and periods. Fields that
    are unknown to BibLaTeX stay.
    """
    for name, value in entry.fields.items():
        if name in FIELDS and not value.strip(" \t\r\n{}-–,."):
            yield Finding("field without content", name, {name: None}, severity=Severity.INFO)


@rule("F002", "missing-field", "Fields that the entry type requires are there.", repairs=False)
def missing_field(entry: Entry) -> Iterable[Finding]:
    """An article needs author, title, journal and date; a style leaves a hole where one is missing.

    The table of required fields is the BibLaTeX manual's. Reported only: what is missing is looked up in the
    record, never invented. Entries that inherit fields (`crossref`, `xdata`) are not looked at.
    """
    kind = ENTRY_TYPES.get(entry.type)
    if kind is None or "crossref" in entry.fields or "xdata" in entry.fields:
        return
    for alternatives in kind.missing(entry.fields):
        hint = "add it from the publication itself"
        yield Finding(f"no {' or '.join(alternatives)} in this {entry.type}", alternatives[0], hint=hint)


@rule("F003", "repeated-field", "A field does not only repeat another one.", safe=True)
def repeated_field(entry: Entry) -> Iterable[Finding]:
    """`note = {https://example.org}` beside the same `url` would be printed twice; it is removed.

    Looked at are the pairs that exports fill twice: `note` or `howpublished` and `url`, `shorttitle` and
    `title`, and their like.
    """
    for name, other in _REPEATS:
        value, same = entry.fields.get(name), entry.fields.get(other)
        if value and same and fold(entry.text(name)) == fold(entry.text(other)):
            yield Finding(f"{name} only repeats {other}", name, {name: None}, severity=Severity.INFO)


@rule("F004", "unknown-type", "The entry type is one that BibLaTeX knows.", repairs=False)
def unknown_type(entry: Entry) -> Iterable[Finding]:
    """`@artcle` is printed by most styles as if it were `@misc`. Reported only."""
    if entry.type not in ENTRY_TYPES:
        yield Finding(f"unknown entry type “{entry.type}”", hint="correct it, or use misc")


@rule("F005", "unread-latex", "The LaTeX of a field can be read.", repairs=False, when=MARKUP)
def unread_latex(entry: Entry) -> Iterable[Finding]:
    r"""A macro that pubkit does not know, such as `\mymacro{x}`, is kept as it stands and cannot be printed.

    Braces that do not match are told of too. Reported only.
    """
    for field in fields_of(entry, _LATEX):
        for problem in latex.problems(entry.fields[field]):
            yield Finding(problem, field, hint="replace it by what it prints")


RULES = (empty_field, missing_field, repeated_field, unknown_type, unread_latex)
