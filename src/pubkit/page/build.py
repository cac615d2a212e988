"""Builds the page: groups the papers, formats them, and fills the template."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pubkit import registry
from pubkit.errors import WriteError
from pubkit.model.entry import Entry
from pubkit.model.fields import text_value
from pubkit.model.languages import language_tag
from pubkit.model.library import Library
from pubkit.page.links import Link, entry_links, is_local, web_url
from pubkit.page.structured import json_ld

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Paper:
    """What the template shows of one entry; `reference` is HTML already, all else is escaped there."""

    anchor: str
    title: str
    reference: Markup
    links: list[Link]
    language: str
    abstract: list[str]
    notes: list[str]
    bibtex: str


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of one year; `year` is None where the list does not say."""

    anchor: str
    year: int | None
    papers: list[Paper]


def build(
    library: Library,
    *,
    style: str = "apa",
    owner: str = "",
    title: str = "",
    lang: str = "en",
    locale: str | None = None,
    downloads: Mapping[str, str] | None = None,
) -> str:
    """Return a publications page: one HTML file with no script and no request to anywhere.

    Args:
        library: The papers. They are grouped by year, newest first, in the order of the style within one.
        style: Id, title or alias of the CSL style that formats the references.
        owner: Whose page it is; their name is marked in every spelling.
        title: Heading of the page; by default "Publications", with the owner's name.
        lang: Language of the page's own words, as a BCP 47 tag.
        locale: Locale of the references; by default the style's.
        downloads: Label → relative or web address of files offered, e.g. `{"BibTeX": "publications.bib"}`;
            other addresses are left out.

    Returns:
        The page, UTF-8 when encoded, ending in a newline.

    Raises:
        StyleNotFoundError: No such style.
    """
    entries = _newest_first(library)
    papers = _papers(entries, _references(library.with_entries(entries), style, locale, owner))
    template = _environment().get_template("page.html.j2")
    css = _source("page.css")
    groups = _groups(entries, papers)
    years = [group.year for group in groups if group.year is not None]
    page = template.render(
        title=title or (f"Publications of {owner}" if owner else "Publications"),
        lang=lang,
        owner=owner,
        groups=groups,
        count=len(entries),
        span=(min(years), max(years)) if years else None,
        downloads={label: url for label, url in (downloads or {}).items() if is_local(url) or web_url(url)},
        css=_safe(css),
        css_hash=_hash(css),
        json_ld=_safe(json_ld(entries)),
    )
    return page.rstrip("\n") + "\n"


def _newest_first(library: Iterable[Entry]) -> list[Entry]:
    """Sort by year, newest first and undated last; within a year the library's order stays."""
    return sorted(library, key=lambda entry: (entry.year is None, -(entry.year or 0)))


def _groups(entries: list[Entry], papers: list[Paper]) -> list[Group]:
    groups: dict[int | None, list[Paper]] = {}
    for entry, paper in zip(entries, papers, strict=True):
        groups.setdefault(entry.year, []).append(paper)
    return [
        Group(f"year-{'none' if year is None else year}", year, members) for year, members in groups.items()
    ]


def _references(library: Library, style: str, locale: str | None, owner: str) -> list[Markup]:
    """Format the entries one reference each, in the library's order."""
    from markupsafe import Markup

    from pubkit.cite import format_entries

    formatted = format_entries(library, style, "html", locale=locale, highlight=owner or None)
    # The HTML writer escapes every text and lets only http(s) and mailto links through.
    return [Markup(entry.text) for entry in formatted]  # noqa: S704  # it holds no "<"


def _papers(entries: list[Entry], references: list[Markup]) -> list[Paper]:
    taken = {"list", *(f"year-{entry.year}" for entry in entries), "year-none"}
    papers = []
    for entry, reference in zip(entries, references, strict=True):
        paper = Paper(
            _anchor(entry, taken),
            entry.text("title") or entry.key,
            reference,
            entry_links(entry),
            language_tag(entry.get("langid", "")),
            _paragraphs(entry, "abstract", r"\n\s*\n|\\par(?![A-Za-z])"),
            _paragraphs(entry, "annotation", r"\n+"),
            _bibtex(entry),
        )
        papers.append(paper)
    return papers


def _anchor(entry: Entry, taken: set[str]) -> str:
    """Return an id for the entry that no other part of the page has, the same in every build."""
    base = re.sub(r"[\s\x00-\x1f]+", "-", entry.key) or "paper"
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    taken.add(anchor)
    return anchor


def _paragraphs(entry: Entry, field: str, between: str) -> list[str]:
    """Cut a field's source into paragraphs and return each as plain text."""
    parts = [text_value(field, part.strip()) for part in re.split(between, entry.get(field, ""))]
    return [" ".join(part.split()) for part in parts if part.strip()]


def _bibtex(entry: Entry) -> str:
    """Return the entry as classic BibTeX, which any template takes; "" where BibTeX cannot hold it.

    That is an entry without a key, or with one that no `.bib` can have: writing the `.bib` itself tells.
    """
    without = entry.replace(abstract=None, annotation=None)
    try:
        text: str = registry.load("formats", "bibtex").write(Library((without,)), report=[])
    except WriteError:
        return ""
    return text.strip()


def _safe(text: str) -> Markup:
    """Mark our own CSS and JSON as HTML; neither holds a `<`."""
    from markupsafe import Markup

    if "<" in text:
        raise ValueError("style sheets and structured data must not hold '<'")
    return Markup(text)  # noqa: S704  # it holds no "<"


def _hash(text: str) -> str:
    """Return the Content-Security-Policy source that allows exactly this inline style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source(name: str) -> str:
    """Return a template's text as it stands."""
    loader = _environment().loader
    if loader is None:
        raise RuntimeError("the environment was made without a loader")
    return loader.get_source(_environment(), name)[0]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("pubkit.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
