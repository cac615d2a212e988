"""A whole library as a list of references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pubkit import registry
from pubkit.cite.engines import other_engine
from pubkit.cite.entries import Titles, completed, render, writer
from pubkit.cite.groups import groups_of, ordered
from pubkit.cite.highlight import people
from pubkit.cite.layout import Reference, Section, lay_out, numbered
from pubkit.diagnostics import Diagnostic
from pubkit.errors import StyleError
from pubkit.model.entry import Entry
from pubkit.model.library import Library


def format_library(
    library: Iterable[Entry],
    style: str | Path = "apa",
    to: str = "text",
    *,
    locale: str | None = None,
    highlight: str | Sequence[str] | None = None,
    group_by: str | None = None,
    sort: str | None = None,
    number: bool | Literal["reverse"] = False,
    titles: Titles = "keep",
    report: list[Diagnostic] | None = None,
) -> str:
    """Return a library as a list of references.

    Args:
        library: The entries.
        style: Id, title or alias of a CSL style, a path to a `.csl`, or the name of another engine's style:
            "pybtex:plain", "bst:alpha", a path to a `.bst`.
        to: "text" (one reference a line), "html" (a `div`), "markdown", "latex" (a list environment), "rst",
            "rtf" (a whole file) or "typst".
        locale: Language code such as "de-DE"; by default the style's own, else American English.
        highlight: A person, or several, to mark wherever the name occurs, in any of its spellings.
        group_by: "year" or "type" or a field: headings over groups of references.
        sort: "library" keeps the library's order; "year", "author", "title", "key", "type" or a field sorts
            by it, with a minus sign the other way round ("-year"). By default the style decides.
        number: Number the references: True from 1, "reverse" down to 1, as in a curriculum vitae.
        titles: "sentence" prints English titles in sentence case, as APA wants them; what braces protect
            stays.
        report: A list to which findings are added.

    Raises:
        StyleNotFoundError: No such style; the message offers the nearest names.
        StyleSyntaxError: The `.csl` file is broken.
        LocaleNotFoundError: No such locale.
        StyleError: There is no such output format, or another engine's style was asked for what only CSL
            styles can do.

    >>> book = Entry("book", "k", {"author": "Knuth, Donald E.", "title": "TAOCP", "date": "1968"})
    >>> print(format_library([book], "apa", "markdown", group_by="year", number=True))
    ## 1968
    <BLANKLINE>
    1. Knuth, D. E. (1968). *TAOCP*.
    """
    entries = list(library)
    other = other_engine(style)
    if other is not None:
        if any((locale, highlight, group_by, sort, number, titles != "keep")):
            raise StyleError(
                "locale, highlight, group_by, sort, number and titles are for CSL styles",
                hint="leave them out, or choose a CSL style",
                where=str(style),
            )
        engine, name = other
        whole = library if isinstance(library, Library) else Library(tuple(entries))
        return str(registry.load("style-engines", engine).format_library(whole, name, to))
    writer(to)  # a wrong name is told before the work starts
    # An xdata entry is a store of fields for others, no publication.
    entries = [entry for entry in completed(entries, report) if entry.type != "xdata"]
    if sort:
        entries = ordered(entries, sort)
    groups = groups_of(entries, group_by) if group_by else [("", entries)]
    entries = [entry for _, group in groups for entry in group]
    references = render(entries, style, locale=locale, titles=titles, marked=people(highlight), report=report)
    heading_of = dict(zip(references.ids, (heading for heading, group in groups for _ in group), strict=True))
    by_id = dict(references.items)
    members: dict[str, list[str]] = {heading: [] for heading, _ in groups}
    for item_id in references.ids if sort else by_id:  # without `sort` the style has the say
        members[heading_of[item_id]].append(item_id)
    numbers = iter(range(len(entries), 0, -1) if number == "reverse" else range(1, len(entries) + 1))
    sections = [
        Section(
            heading,
            [
                Reference(item_id, numbered(by_id[item_id], next(numbers)) if number else by_id[item_id])
                for item_id in ids
            ],
        )
        for heading, ids in members.items()
    ]
    return lay_out(sections, to, hanging=references.hanging)
