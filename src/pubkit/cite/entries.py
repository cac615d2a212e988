"""References one by one: each entry of a library in a CSL style."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pubkit.cite.highlight import NO_NOTES, Person, Place, mark_people, people
from pubkit.crosswalks.csl import to_csl
from pubkit.csl.citations import Citation, Cite
from pubkit.csl.engine import Engine
from pubkit.csl.finish import to_rich
from pubkit.csl.locales import find_locale
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import StyleError
from pubkit.formats.bibtex.inherit import resolve_inheritance
from pubkit.markup import html
from pubkit.markup.tree import Block, Math, NoCase, Raw, Rich
from pubkit.markup.walk import map_text
from pubkit.markup.writers import WRITERS
from pubkit.model.annotations import name_annotations
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.text.casing import sentence_case

Titles = Literal["keep", "sentence"]
#: From the ids of all items in the order of the style to those that are shown, section by section.
Arrange = Callable[[Sequence[str]], Sequence[Sequence[str]]]
NO_MARKS: Mapping[str, str] = MappingProxyType({})
_RESOLVER = re.compile(r"\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_STRAY_STOP = re.compile(r"(?<=[.!?])\s+\.\s*$|\s+$")


@dataclass(frozen=True, slots=True)
class Formatted:
    """One entry as a reference.

    Attributes:
        key: The entry's citation key.
        rich: The reference as a markup tree.
        text: The reference in the output format that was asked for.
        entry: The entry.
    """

    key: str
    rich: Rich
    text: str
    entry: Entry

    def __str__(self) -> str:
        return self.text


def format_entries(
    library: Iterable[Entry],
    style: str | Path = "apa",
    to: str = "text",
    *,
    locale: str | None = None,
    highlight: str | Sequence[str] | None = None,
    titles: Titles = "keep",
    name_marks: Mapping[str, str] | None = None,
    keep_tags: Collection[str] = (),
    report: list[Diagnostic] | None = None,
) -> list[Formatted]:
    """Return each entry as a reference that can stand alone, in the order of the library.

    Args:
        library: The entries. Those of one author and year are told apart as the style has it; where it
            numbers its references, they are numbered in this order.
        style: Id, title or alias of a CSL style, or a path to a `.csl`.
        to: "text", "html", "markdown", "latex", "rtf", "typst" or "rst".
        locale: Language code such as "de-DE"; by default the style's own, else American English.
        highlight: A person, or several, to mark wherever the name occurs, in any of its spellings.
        titles: "sentence" prints English titles in sentence case, as APA wants them; what braces protect
            stays.
        name_marks: Annotation of a name (`author+an`) → the mark set behind it, e.g. `{"equal": "*"}`.
        keep_tags: CSL variables whose text stays in `Tagged` nodes, in HTML `<span class="csl-title">`.
        report: A list to which findings are added.

    Raises:
        StyleNotFoundError: No such style; the message offers the nearest names.
        StyleSyntaxError: The `.csl` file is broken.
        LocaleNotFoundError: No such locale.
        StyleError: There is no such output format.

    >>> book = Entry("book", "k", {"author": "Knuth, Donald E.", "title": "TAOCP", "date": "1968"})
    >>> format_entries([book], "apa", "html", highlight="Donald Knuth")[0].text
    '<strong class="highlight">Knuth, D. E.</strong> (1968). <i>TAOCP</i>.'
    """
    entries = list(library)
    references = render(
        entries,
        style,
        locale=locale,
        titles=titles,
        marked=people(highlight),
        name_marks=name_marks or {},
        keep_tags=keep_tags,
        arrange=lambda order: [[item_id] for item_id in unique_ids(entries)],
        report=report,
    )
    write = partial(html.write, tagged=True) if keep_tags and to == "html" else writer(to)
    by_id = dict(references.items)
    return [
        Formatted(entry.key, by_id[item_id], write(by_id[item_id]), entry)
        for entry, item_id in zip(entries, references.ids, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class References:
    """The references of a list of entries.

    Attributes:
        ids: The item id of each entry, in the order of the entries.
        items: Item id and reference, in the order in which they are shown.
        hanging: Whether the style wants a hanging indent.
    """

    ids: tuple[str, ...]
    items: tuple[tuple[str, Rich], ...]
    hanging: bool


def render(
    entries: Sequence[Entry],
    style: str | Path,
    *,
    locale: str | None,
    titles: Titles,
    marked: Sequence[Person],
    report: list[Diagnostic] | None,
    name_marks: Mapping[str, str] = NO_MARKS,
    keep_tags: Collection[str] = (),
    arrange: Arrange | None = None,
) -> References:
    """Format entries as references; see `format_entries`.

    With `arrange`, only the references that it returns are made, in its order.
    """
    ids = unique_ids(entries)
    items = make_items(entries, ids, titles, report)
    engine = make_engine(style, items, locale, annotate=bool(marked or name_marks or keep_tags))
    notes_only = engine.style.bibliography is None
    order = list(ids) if notes_only else engine.order()
    sections = [order] if arrange is None else arrange(order)
    shown = [item_id for section in sections for item_id in section]
    found: dict[str, Rich] = {}
    hanging = False
    if notes_only:
        found = {item_id: _as_note(engine, item_id) for item_id in shown}
        if report is not None:
            report.append(
                Diagnostic("PK520", "the style has only notes; entries are shown as such", Severity.INFO)
            )
    else:
        bibliography = engine.bibliography(sections=sections)
        hanging = bibliography.hanging_indent
        found = {reference.id: reference.rich for reference in bibliography}
    if report is not None:
        report.extend(_said_of_entry(finding) for finding in engine.diagnostics)
    of_id = dict(zip(ids, zip(entries, items, strict=True), strict=True))
    rendered = []
    for item_id in shown:
        entry, item = of_id[item_id]
        rich = found.get(item_id)
        if rich:
            notes = _name_notes(entry, name_marks) if name_marks else NO_NOTES
            rich = without_stray_stop(mark_people(rich, item, marked, notes, keep_tags))
        else:  # the style prints nothing for such entries; the engine reported it
            rich = _stand_in(entry)
        rendered.append((item_id, rich))
    return References(ids, tuple(rendered), hanging)


def _name_notes(entry: Entry, name_marks: Mapping[str, str]) -> dict[Place, str]:
    """Return the marks of the annotated names of an entry."""
    notes = {}
    for variable in ("author", "editor"):
        for index, words in name_annotations(entry, variable).items():
            if mark := "".join(name_marks[word] for word in words if word in name_marks):
                notes[variable, index] = mark
    return notes


def _as_note(engine: Engine, item_id: str) -> Rich:
    """Return an entry as its first citation, for the styles that have no bibliography."""
    return to_rich(engine.preview(Citation((Cite(item_id),), note=1)))


def without_stray_stop(rich: Rich) -> Rich:
    """Return a reference without what styles leave around it.

    That is the lone full stop or space where a last field is missing, and a block around the whole.

    >>> without_stray_stop(("Proc. X", ", 2025. ."))
    ('Proc. X', ', 2025.')
    """
    if not rich:
        return rich
    if len(rich) == 1 and isinstance(rich[0], Block) and rich[0].display == "block":
        return without_stray_stop(rich[0].children)  # a reference is a block of its own anyway
    last = rich[-1]
    if isinstance(last, str):
        return (*rich[:-1], _STRAY_STOP.sub("", last))
    if isinstance(last, Block):
        return (*rich[:-1], Block(without_stray_stop(last.children), last.display))
    return rich


def _said_of_entry(finding: Diagnostic) -> Diagnostic:
    """Return a finding of the engine as it holds here, where no entry is left out."""
    if finding.code != "PK508":
        return finding
    message = "the style prints nothing for this entry; its title and year stand for it"
    return replace(finding, message=message, hint="choose another style, or another entry type")


def _stand_in(entry: Entry) -> Rich:
    """Return what stands for an entry of which the style prints nothing: its title and year."""
    title = entry.rich("title") or (entry.key,)
    return (*title, f" ({entry.year})") if entry.year else title


def make_engine(
    style: str | Path, items: list[dict[str, Any]], locale: str | None, *, annotate: bool = False
) -> Engine:
    """Return an engine; a locale that the user named must exist."""
    return Engine(style, items, find_locale(locale) if locale else None, annotate=annotate, links=True)


def completed(entries: list[Entry], report: list[Diagnostic] | None) -> list[Entry]:
    """Return the entries with what they take from others by `crossref` and `xdata`."""
    if not any("crossref" in entry.fields or "xdata" in entry.fields for entry in entries):
        return entries
    library = resolve_inheritance(Library(tuple(entries)))
    if report is not None:
        report.extend(library.diagnostics)
    return list(library)


def unique_ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return an id for each entry: its key, with a number where that is empty or taken."""
    taken: set[str] = set()
    ids: list[str] = []
    for entry in entries:
        item_id, number = entry.key, 1
        while not item_id or item_id in taken:
            number += 1
            item_id = f"{entry.key}#{number}"
        taken.add(item_id)
        ids.append(item_id)
    return tuple(ids)


def make_items(
    entries: Iterable[Entry], ids: Iterable[str], titles: Titles, report: list[Diagnostic] | None
) -> list[dict[str, Any]]:
    """Return the entries as items of the engine."""
    items = []
    for entry, item_id in zip(entries, ids, strict=True):
        item = to_csl(entry, diagnostics=report)
        item["id"] = item_id
        if isinstance(doi := item.get("DOI"), str):  # styles put the resolver in front of it
            item["DOI"] = _RESOLVER.sub("", doi)
        if "event-title" in item:  # a thousand styles still ask for it by its name in CSL 1.0.1
            item["event"] = item["event-title"]
        if titles == "sentence" and item.get("language", "en").startswith("en"):
            item["title"] = _sentence_case(item.get("title", ""))
        items.append(item)
    return items


def writer(to: str) -> Callable[[Rich], str]:
    """Return the writer of an output format.

    Raises:
        StyleError: There is none of that name.
    """
    found = WRITERS.get(to)
    if found is None:
        raise StyleError(f"there is no output format {to!r}", hint=f"use one of {', '.join(sorted(WRITERS))}")
    return found


def _sentence_case(title: str | Rich) -> str | Rich:
    """Return a title in sentence case; NoCase parts stay."""
    if isinstance(title, str):
        return sentence_case(((title, False),))[0]
    changed = iter(sentence_case(tuple(_pieces(title))))
    return map_text(title, lambda _: next(changed))


def _pieces(rich: Rich, protected: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the strings of a tree and whether their case is protected; the markup readers limit its depth."""
    for node in rich:
        if isinstance(node, str):
            yield node, protected
        elif not isinstance(node, Math | Raw):
            yield from _pieces(node.children, protected or isinstance(node, NoCase))
