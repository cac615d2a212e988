"""A library → BibTeX source: tidied, or as it was read with only the changes changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from pubkit.diagnostics import Diagnostic
from pubkit.errors import DuplicateKeyError, WriteError
from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.entryparser import EntryParser
from pubkit.formats.bibtex.render import Layout, Renderer, keep_line
from pubkit.model.entry import Entry
from pubkit.model.library import Library

_SORTS: dict[str, Callable[[Entry], Any]] = {
    "key": lambda entry: (entry.key.casefold(), entry.key),
    "type": lambda entry: (entry.type, entry.key.casefold(), entry.key),
    "year": lambda entry: (entry.year is None, entry.year or 0, entry.key.casefold(), entry.key),
    "-year": lambda entry: (entry.year is None, -(entry.year or 0), entry.key.casefold(), entry.key),
    "author": lambda entry: (
        [name.family.casefold() for name in entry.names("author")],
        entry.year or 0,
        entry.key,
    ),
    "title": lambda entry: (entry.text("title").casefold(), entry.key),
}


def write_bibtex(
    library: Library,
    *,
    dialect: Literal["bibtex", "biblatex"] = "bibtex",
    layout: Literal["tidy", "preserve"] = "tidy",
    ascii: bool = False,  # noqa: A002  # the option's public name
    sort: str | Callable[[Entry], Any] | None = None,
    align: bool = True,
    indent: int = 2,
    width: int = 0,
    sort_fields: bool = True,
    trailing_comma: bool = True,
    report: list[Diagnostic] | None = None,
) -> str:
    r"""Return a library as BibTeX source.

    Args:
        library: The entries.
        dialect: "bibtex" for classic names (`journal`, `year`, `month`), "biblatex" for the entries' own.
        layout: "tidy" writes everything anew, in one shape. "preserve" gives back what was read, byte for
            byte; only changed entries are written anew, in their place, and new ones in the manner of the
            others.
        ascii: Write letters beyond ASCII as LaTeX macros.
        sort: "key", "type", "year", "-year" (newest first), "author", "title", or a function; tidy only.
        align: Put the equals signs of an entry below each other.
        indent: Spaces before a field.
        width: Column at which long values are wrapped; 0 for never.
        sort_fields: Put fields in the usual order (author, title, …).
        trailing_comma: Put a comma behind the last field.
        report: A list to which findings are added.

    Returns:
        The source; what was read from it again is equal to the library's entries.

    Raises:
        WriteError: An option is unknown, or an entry has no key or a key, type or field name that BibTeX
            cannot hold.
        DuplicateKeyError: Two entries have one key.

    >>> entry = Entry("thesis", "k", {"type": "phdthesis", "date": "1998-09"})
    >>> print(write_bibtex(Library((entry,))), end="")
    @phdthesis{k,
      year  = {1998},
      month = sep,
    }
    """
    if dialect not in ("bibtex", "biblatex"):
        raise WriteError(f"there is no dialect {dialect!r}", hint="use bibtex or biblatex")
    if layout not in ("tidy", "preserve"):
        raise WriteError(f"there is no layout {layout!r}", hint="use tidy or preserve")
    tell = (lambda finding: None) if report is None else report.append
    renderer = Renderer(
        Layout(dialect, ascii, align, indent, width, sort_fields, trailing_comma), library.strings, tell
    )
    if layout == "preserve":
        from pubkit.formats.bibtex.preserve import preserve

        return preserve(library, renderer)
    return _tidy(library, renderer, _sort_key(sort))


def _sort_key(sort: str | Callable[[Entry], Any] | None) -> Callable[[Entry], Any] | None:
    if sort is None or callable(sort):
        return sort
    try:
        return _SORTS[sort]
    except KeyError:
        raise WriteError(f"entries cannot be sorted by {sort!r}", hint=f"use {', '.join(_SORTS)}") from None


def _tidy(library: Library, renderer: Renderer, sort: Callable[[Entry], Any] | None) -> str:
    check_keys(library.entries)
    before, behind, placed = surroundings(library)
    entries: Iterable[Entry] = library.entries
    if sort is not None:
        # What stood between the entries has no place among them any more: it comes first, macros above all.
        between = [text for entry in library.entries for text in placed.get(id(entry), ())]
        between = [left for text in between if (left := grammar.KEEP_LINE.sub("", text).strip())]
        before, behind, placed = before + between + behind, [], {}
        entries = sorted(library.entries, key=sort)
    parts = list(before)
    for entry in entries:
        parts += placed.get(id(entry), ())
        if sort is not None and (kept := entry.extra.get("kept_above")) is not None:
            parts.append(keep_line(kept) + "\n" + renderer.entry(entry))
            continue
        parts.append(renderer.entry(entry))
    parts += behind
    return "\n\n".join(parts) + "\n" if parts else ""


def check_keys(entries: Iterable[Entry]) -> None:
    """Refuse two entries of one key."""
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen and entry.key:
            raise DuplicateKeyError(
                f"two entries have the key {entry.key!r}",
                hint="normalize the library, or merge them with dedupe",
                where=str(entry.location()),
            )
        seen.add(entry.key)


def surroundings(library: Library) -> tuple[list[str], list[str], dict[int, list[str]]]:
    """Return what stands around the entries.

    Returns:
        What comes first (macros, preambles and comments that no document holds), what comes last, and for
        the `id` of an entry the text before it, in the order of the document.
    """
    document = library.document
    before = added_definitions(library)
    placed: dict[int, list[str]] = {}
    if document is None or not library.blocks:
        return before, [], placed
    at_offset = {
        entry.source.start: entry
        for entry in reversed(library.entries)
        if entry.source is not None and entry.source.document is document
    }
    waiting: list[str] = []
    for block in library.blocks:
        if block.kind != "entry":
            if text := document.text[block.start : block.end].strip():
                # In a line of its own behind an entry this would be read as one more field of it.
                (before if grammar.GOES_ON.match(f"\n{text}") else waiting).append(text)
        elif (entry := at_offset.get(block.start)) is not None:  # one without fields is falsy
            placed[id(entry)], waiting = waiting, []
    return before, waiting, placed


def added_definitions(library: Library) -> list[str]:
    """Return source for the macros, preambles and comments that the library's document does not hold."""
    text = library.document.text if library.document else ""
    names: set[str] = set()
    preambles = comments = 0
    parser = EntryParser(text)
    for block in library.blocks:
        if block.kind in ("string", "preamble", "comment"):
            head = grammar.HEAD.match(text, block.start)
            if head is None:
                continue
            preambles += block.kind == "preamble"
            comments += block.kind == "comment" and head[2] == "{"
            if block.kind == "string":
                names.add(parser.definition(head, named=True)[0].lower())
    made = [f"@preamble{{{{{value}}}}}" for value in library.preamble[preambles:]]
    made += [
        f"@string{{{name} = {{{value}}}}}" for name, value in library.strings.items() if name not in names
    ]
    made += [f"@comment{{{value}}}" for value in library.comments[comments:]]
    return made
