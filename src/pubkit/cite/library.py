"""A whole library as a list of references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pubkit import registry
from pubkit.cite.engines import other_engine
from pubkit.cite.entries import Titles, completed, render, unique_ids
from pubkit.cite.groups import groups_of, ordered
from pubkit.cite.highlight import people
from pubkit.cite.layouts import LAYOUTS, Layout, Reference, Section, lay_out, numbered
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
    limit: int | None = None,
    width: int | None = None,
    environment: str = "list",
    template: str | Path | None = None,
    report: list[Diagnostic] | None = None,
) -> str | bytes:
    """Return a library as a list of references.

    Args:
        library: The entries.
        style: Id, title or alias of a CSL style, a path to a `.csl`, or the name of another engine's style:
            "pybtex:plain", "bst:alpha", a path to a `.bst`.
        to: "text" (one reference a line), "html" (a `div`), "markdown", "latex" (a list environment), "rst",
            "org", "rtf" (a whole file) or "typst"; "docx" and "pdf" (whole files, as bytes).
        locale: Language code such as "de-DE"; by default the style's own, else American English.
        highlight: A person, or several, to mark wherever the name occurs, in any of its spellings.
        group_by: "year" or "type" or a field: headings over groups of references. Where the style numbers
            its references, the numbers run in the order shown.
        sort: "library" keeps the library's order; "year", "author", "title", "key", "type" or a field sorts
            by it, with a minus sign the other way round ("-year"). By default the style decides.
        number: Number the references: True from 1, "reverse" down to 1, as in a curriculum vitae.
        titles: "sentence" prints English titles in sentence case, as APA wants them; what braces protect
            stays.
        limit: Print only so many references: the first ones by `sort`, else those at the top of the list.
        width: Wrap plain text at this column, with a hanging indent.
        environment: LaTeX environment: "list", "enumerate", "itemize", "moderncv" or "thebibliography".
        template: A document that the list is put into: a Word document for "docx", a Typst file for "pdf",
            else a text file; `{{ publications }}` stands where the list goes.
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
        if any((locale, highlight, group_by, sort, number, titles != "keep", limit, width, template)):
            raise StyleError(
                "options other than the format are for CSL styles",
                hint="leave them out, or choose a CSL style",
                where=str(style),
            )
        engine, name = other
        whole = library if isinstance(library, Library) else Library(tuple(entries))
        return str(registry.load("style-engines", engine).format_library(whole, name, to))
    if to not in LAYOUTS:  # told before the work starts
        raise StyleError(f"there is no output format {to!r}", hint=f"use one of {', '.join(sorted(LAYOUTS))}")
    if limit is not None and limit < 0:
        raise StyleError(f"limit={limit} is no number of references", hint="give 0 or more")
    # An xdata entry is a store of fields for others, no publication.
    entries = [entry for entry in completed(entries, report) if entry.type != "xdata"]
    if sort:
        entries = ordered(entries, sort)[:limit]
    groups = groups_of(entries, group_by) if group_by else [("", entries)]
    entries = [entry for _, group in groups for entry in group]
    ids = unique_ids(entries)
    heading_of = dict(zip(ids, (heading for heading, group in groups for _ in group), strict=True))
    members: dict[str, list[str]] = {heading: [] for heading, _ in groups}

    def arrange(order: Sequence[str]) -> list[list[str]]:
        for item_id in ids if sort else order:  # without `sort` the style has the say
            members[heading_of[item_id]].append(item_id)
        left = len(ids) if limit is None else limit
        for heading, group in members.items():
            members[heading] = group[:left]
            left -= len(members[heading])
        return list(members.values())

    references = render(
        entries,
        style,
        locale=locale,
        titles=titles,
        marked=people(highlight),
        arrange=arrange,
        report=report,
    )
    by_id = dict(references.items)
    members = {heading: ids for heading, ids in members.items() if ids}
    count = len(by_id)
    numbers = iter(range(count, 0, -1) if number == "reverse" else range(1, count + 1))
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
    layout = Layout(
        hanging=references.hanging,
        width=width,
        environment=environment,
        template=None if template is None else Path(template),
    )
    return lay_out(sections, to, layout)
