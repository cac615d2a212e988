"""Builds the page: orders the papers, formats them, and fills the templates."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pubkit import registry
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import DuplicateKeyError, WriteError
from pubkit.keys import make_keys
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page import charts, templating
from pubkit.page.feeds import atom, sitemap
from pubkit.page.highwire import highwire
from pubkit.page.links import web_url
from pubkit.page.papers import NAME_MARKS, Paper, make_papers, marks_used
from pubkit.page.people import People
from pubkit.page.sections import make_sections, positions
from pubkit.page.site import Site
from pubkit.page.structured import json_ld
from pubkit.page.thumbnails import thumbnails
from pubkit.page.words import words

if TYPE_CHECKING:
    from markupsafe import Markup

#: Formats offered as downloads: format → file and label.
DOWNLOADS: dict[str, tuple[str, str]] = {
    "bibtex": ("publications.bib", "BibTeX"),
    "ris": ("publications.ris", "RIS"),
    "csl-json": ("publications.json", "CSL-JSON"),
}
_FEW_PAPERS = 6  # so many are overlooked at a glance: no search


def page(
    library: Iterable[Entry],
    *,
    style: str | Path = "apa",
    owner: str = "",
    title: str = "",
    lang: str = "en",
    locale: str | None = None,
    group_by: str | Sequence[str] = "year",
    sort: str | None = None,
    selected: bool = True,
    headings: Mapping[str, str] | None = None,
    show_charts: bool = True,
    script: bool = True,
    downloads: Sequence[str] = tuple(DOWNLOADS),
    base_url: str = "",
    paper_pages: bool = False,
    folder: str | os.PathLike[str] | None = None,
    templates: str | os.PathLike[str] | None = None,
) -> Site:
    """Return a publications page: one HTML file that asks nothing of anybody, and files to go with it.

    Args:
        library: The papers.
        style: Id, title or alias of the CSL style that formats the references, or a path to a `.csl`.
        owner: Whose page it is; their name is marked in every spelling.
        title: Heading of the page; by default "Publications", with the owner's name.
        lang: Language of the page's own words, as a BCP 47 tag; see `pubkit.page.languages`.
        locale: Locale of the references; by default the style's.
        group_by: "year", "type", "topic" (the field `topic`, else the first keyword) or a field; several for
            groups within groups, e.g. `("type", "year")`; "none" for one list.
        sort: As in `pk.format`; by default newest first.
        selected: Set the papers marked as selected (keyword `selected`, or a field of that name) first.
        headings: Heading as the page would have it → heading to show instead.
        show_charts: Show the papers by year and the co-authors as charts, where there are enough of them.
        script: Offer search, filters and copy buttons; without it everything can still be read and unfolded.
        downloads: Formats of the whole list that are offered, of those in `DOWNLOADS`.
        base_url: Address where the page will stand. With it there is a feed and a site map.
        paper_pages: Make a page for each paper too, with the `citation_*` tags that indexing services read.
        folder: Where thumbnails lie; by default none are shown.
        templates: A folder of Jinja templates that stand in front of pubkit's own.

    Returns:
        The page as `.html`, and all files as `.files`; `.write(folder)` writes them.

    Raises:
        StyleNotFoundError: No such style.
        LocaleNotFoundError: The page has no words in that language.
        WriteError: No such download, a bad address, or a template that cannot be filled.

    >>> site = page([Entry("book", "taocp", {"author": "Knuth, Donald", "title": "TAOCP", "date": "1968"})])
    >>> sorted(site.files)
    ['index.html', 'publications.bib', 'publications.json', 'publications.ris']
    """
    said = words(lang)
    base_url = _base(base_url)
    report: list[Diagnostic] = []
    entries = _ordered(_keyed([entry for entry in library if entry.type != "xdata"], report), sort)
    heading = title or (said.fill("publications_of", owner=owner) if owner else said["publications"])
    pictures = thumbnails(entries, None if folder is None else Path(folder), report)
    by = [group_by] if isinstance(group_by, str) else list(group_by)
    sections = make_sections(entries, [] if by == ["none"] else by, said, headings or {}, selected=selected)
    shown = positions(sections)  # a style that numbers its references does so from top to bottom
    formatted = _references([entries[at] for at in shown], style, locale, owner, report)
    references = [reference for _, reference in sorted(zip(shown, formatted, strict=True), key=itemgetter(0))]
    papers = make_papers(entries, references, said, People(entries, owner), pictures)
    files = {DOWNLOADS[name][0]: text for name, text in _downloads(entries, downloads, report)}
    years = [entry.year for entry in entries if entry.year is not None]

    env = templating.environment(None if templates is None else os.fspath(templates))
    css = templating.asset(env, "page.css")
    code = templating.asset(env, "page.js") if script and len(papers) > 1 else ""
    pages = _page_names(papers) if paper_pages else {}
    common = {
        "words": said,
        "owner": owner,
        "css": templating.trusted(css),
        "base_url": base_url,
        "pages": pages,
        "marks": marks_used(entries, said),
    }
    files["index.html"] = templating.render(
        env,
        "page.html.j2",
        **common,
        title=heading,
        papers=papers,
        sections=sections,
        span=(min(years), max(years)) if years else None,
        downloads=[DOWNLOADS[name] for name in downloads if papers and DOWNLOADS[name][0] in files],
        year_chart=charts.by_year(papers, said["other"]) if show_charts else None,
        people=charts.with_whom(papers) if show_charts and owner else [],
        script=templating.trusted(code),
        search=len(papers) > _FEW_PAPERS,
        policy=templating.policy(css, code),
        json_ld=templating.trusted(json_ld(entries)),
    )
    for paper in papers if paper_pages else ():
        name = pages[paper.anchor]
        files[name] = templating.render(
            env,
            "single.html.j2",
            **common,
            paper=paper,
            list_title=heading,
            tags=list(highwire(paper.entry)),
            address=urljoin(base_url, name) if base_url else "",
            policy=templating.policy(css, ""),
            json_ld=templating.trusted(json_ld([paper.entry])),
        )
    if base_url:
        addresses = [base_url, *(urljoin(base_url, name) for name in pages.values())]
        files["feed.xml"] = atom(papers, heading, owner, base_url)
        files["sitemap.xml"] = sitemap(addresses)
    return Site(files["index.html"], files, tuple(report))


def _base(address: str) -> str:
    if not address:
        return ""
    url = web_url(address)
    if url is None:
        raise WriteError("is no http(s) address", hint="give the page's address", where=address)
    return url if url.endswith("/") else f"{url}/"


def _keyed(entries: list[Entry], report: list[Diagnostic]) -> list[Entry]:
    """Give keys to entries without one, and a letter to keys that stood before: links need them."""
    keyed, _ = make_keys(Library(tuple(entries)))
    for old, new in zip(entries, keyed, strict=True):
        if old.key == new.key:
            continue
        message, hint = (
            f"the key {old.key!r} stands twice; here it is {new.key!r}",
            "give the entry another key",
        )
        if not old.key:
            message, hint = "the entry had no citation key; it was given one by the default pattern", ""
        where = replace(old.location(), key=new.key)
        report.append(Diagnostic("PK532" if old.key else "PK703", message, Severity.INFO, where, hint))
    return list(keyed)


def _ordered(entries: list[Entry], sort: str | None) -> list[Entry]:
    """Sort as asked; by default by date, newest first and undated last, ties in the library's order."""
    if sort:
        from pubkit.cite.groups import ordered

        return ordered(entries, sort)
    return sorted(entries, key=_newest_first)


def _newest_first(entry: Entry) -> tuple[bool, int, int]:
    date = entry.date
    return entry.year is None, -(entry.year or 0), -((date.month if date else None) or 0)


def _references(
    entries: list[Entry],
    style: str | Path,
    locale: str | None,
    owner: str,
    report: list[Diagnostic],
) -> list[Markup]:
    """Format the entries one reference each, in their order."""
    from markupsafe import Markup

    from pubkit.cite import format_entries

    found: list[Diagnostic] = []
    formatted = format_entries(
        entries, style, "html", locale=locale, highlight=owner or None, name_marks=NAME_MARKS,
        keep_tags=("title",), report=found,
    )  # fmt: skip
    # The page shows beside the reference what a reference has no place for.
    report.extend(finding for finding in found if finding.code != "PK421")
    # The HTML writer escapes every text and lets only http(s) and mailto links through.
    return [Markup(entry.text) for entry in formatted]  # noqa: S704  # escaped by the writer


def _downloads(
    entries: list[Entry], wanted: Sequence[str], report: list[Diagnostic]
) -> Iterable[tuple[str, str]]:
    """Return the whole list in each format; one that cannot hold it is left out and told."""
    for name in wanted:
        if name not in DOWNLOADS:
            raise WriteError(f"no download of format {name!r}", hint=f"choose of {', '.join(DOWNLOADS)}")
    for name in wanted:
        found: list[Diagnostic] = []
        try:
            text = registry.load("formats", name).write(Library(tuple(entries)), report=found)
        except (WriteError, DuplicateKeyError) as error:
            report.append(Diagnostic("PK531", f"no download as {name}: {error}"))
            continue
        report.extend(found)
        yield name, text


def _page_names(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the path of each paper's own page, by its anchor; it is the same as file and as address."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for paper in papers:
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", paper.anchor).strip("-") or "paper"
        name, number = base, 1
        while name.lower() in taken:  # there are file systems that do not tell "A" from "a"
            number += 1
            name = f"{base}-{number}"
        taken.add(name.lower())
        names[paper.anchor] = f"papers/{name}.html"
    return names
