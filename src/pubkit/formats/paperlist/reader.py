"""A paper list → a library: the steps in order, and what is told about the whole list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from pubkit.diagnostics import Diagnostic, Severity
from pubkit.formats.paperlist import (
    data,
    fields,
    glyphs,
    inputs,
    latexmacros,
    latexspans,
    layout,
    sections,
    titled,
)
from pubkit.formats.paperlist.blocks import Block
from pubkit.formats.paperlist.entries import Item, split
from pubkit.formats.paperlist.namemarks import explained
from pubkit.formats.paperlist.requested import finish
from pubkit.formats.paperlist.shapes import looks_whole
from pubkit.formats.paperlist.unwrapping import unwrapped
from pubkit.formats.paperlist.wrapping import is_wrapped
from pubkit.markup.latex import escape
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.names import Name, parse_name
from pubkit.model.source import Document

# An item of fewer letters and digits than this is no entry; it need not be looked at.
MIN_ITEM = 6
# An item longer than this is no entry, and cutting it would take long.
MAX_ITEM = 20_000


def read(
    document: Document,
    *,
    owner: str | None = None,
    markup: str | None = None,
    subtitles: bool = False,
    related: bool = False,
) -> Library:
    """Read the publications of a CV, a home page or a bare list.

    Args:
        document: The input; its name tells the mark-up where it has a known extension.
        owner: Whose list it is, e.g. "Tianhao Wu". Added where an entry names co-authors only ("with X").
        markup: "plain", "markdown", "html", "latex", "org", "rst" or "data" (YAML,
            JSON); by default told from name and content.
        subtitles: Part titles at their colon into `title` and `subtitle`; else a title is what the list says.
        related: Give the second venues that the list tells of entries of their own, see `requested`.

    Returns:
        The entries in the order of the list, without citation keys. A text that holds no publication gives an
        empty library with an error-level diagnostic.
    """
    kind = markup or inputs.kind_of(document.text, document.name)
    if kind == inputs.DATA:
        library = data.read(document, _owner(owner))
    else:
        blocks = inputs.READERS[kind](document.text)
        soft = None if kind in ("plain", "markdown") else False
        library = read_blocks(document, blocks, owner=owner, soft=soft, math=kind == "latex")
    return finish(library, subtitles=subtitles, related=related)


def read_blocks(
    document: Document,
    blocks: list[Block],
    *,
    owner: str | None = None,
    soft: bool | None = False,
    math: bool = False,
) -> Library:
    """Read the publications in the blocks of an input.

    Args:
        document: What the offsets of the blocks are of.
        blocks: Its headings, items and paragraphs.
        owner: Whose list it is.
        soft: Whether its lines were broken by width; with None, their lengths tell.
        math: Whether formulas stand between dollars.
    """
    blocks, repairs = glyphs.meant(blocks)
    if soft is None and (whole := unwrapped(blocks)) is not None:
        blocks, soft = whole, False
    blocks = titled.join(blocks, looks_whole)
    found = sections.find(blocks)
    if soft is None:
        soft = is_wrapped([block for section in found for block in section.blocks])
    items = [item for section in found for item in split(section, looks_whole, soft=soft)]
    items = _named(items, found)
    diagnostics = [
        _tell(document, item, "PK111", "an item of this length is no publication", "break it into entries")
        for item in items
        if len(item.text) > MAX_ITEM
    ]
    diagnostics += [_no_entry(document, item) for item in items if not _can_be_entry(item)]
    if repairs:
        diagnostics.append(_repairs(document, repairs))
    person = _owner(owner)
    macros = latexmacros.macro_names(document.text) if math else frozenset()
    meanings = explained(block.text for block in blocks)
    entries: list[Entry] = []
    for readings in _lists([item for item in items if _can_be_entry(item) and len(item.text) <= MAX_ITEM]):
        read_ = layout.read(readings)
        first = [fields.entry(reading, document, person, meanings, math=math) for reading in read_]
        usual = _usual(first)
        final = [
            fields.entry(reading, document, person, meanings, usual, math=math)
            if usual and any(one.code == "PK105" for one in told)
            else (entry, told)
            for reading, (entry, told) in zip(read_, first, strict=True)
        ]
        for reading, (entry, told) in zip(read_, _same_authors(read_, final), strict=True):
            if entry is None:
                diagnostics.append(_no_entry(document, reading.item))
            else:
                entries.append(entry)
                diagnostics += told
                if math:
                    diagnostics += _undefined(document, reading.item, macros)
    entries.sort(key=lambda entry: entry.source.start if entry.source else 0)
    if not entries:
        diagnostics = [*diagnostics, _nothing(document)]
    return Library(tuple(entries), diagnostics=tuple(diagnostics))


_DASH = re.compile(r"\W{0,2}(?:-{2,}|[—–―]{2,}|_{3,})[\s.,:]")


def _same_authors(
    read_: list[layout.Reading], found: list[tuple[Entry | None, list[Diagnostic]]]
) -> Iterable[tuple[Entry | None, list[Diagnostic]]]:
    """Give an entry whose authors are a dash those of the entry above: "———. Another title"."""
    above = ""
    for reading, (entry, told) in zip(read_, found, strict=True):
        if entry is not None and "author" not in entry and above and _DASH.match(reading.item.text):
            yield entry.replace(author=above), [one for one in told if one.code != "PK104"]
            continue
        above = entry.get("author", "") if entry is not None else above
        yield entry, told


def _usual(read_: Iterable[tuple[Entry | None, list[Diagnostic]]]) -> str:
    """Return the type of most entries of a list, "" where there is none; a guess counts for half."""
    votes: dict[str, float] = {}
    for entry, told in read_:
        if entry is not None and entry.type != "misc":
            guess = any(one.code == "PK105" for one in told)
            votes[entry.type] = votes.get(entry.type, 0.0) + (0.5 if guess else 1.0)
    type_ = max(votes, key=lambda name: votes[name], default="")
    if type_ not in ("article", "inproceedings") or votes[type_] < max(1.5, 0.6 * sum(votes.values())):
        return ""
    return type_


def _named(items: list[Item], found: list[sections.Section]) -> list[Item]:
    """Without a heading that names the list, a marker alone proves nothing."""
    if any(section.named for section in found):
        return items
    return [
        Item(item.text, item.runs, item.notes, item.group, item.start, item.end, certain=False)
        for item in items
    ]


def _lists(items: list[Item]) -> Iterable[list[Item]]:
    """Group items that are laid out together: one list, unless a part under its own heading is large."""
    types = Counter(item.group.type for item in items)
    large = {kind for kind, count in types.items() if count >= 8}
    parts: dict[str, list[Item]] = {}
    for item in items:
        parts.setdefault(item.group.type if item.group.type in large else "", []).append(item)
    return parts.values()


@lru_cache(maxsize=16)
def _owner(owner: str | None) -> Name | None:
    return parse_name(escape(owner)) if owner and owner.strip() else None


def _tell(document: Document, item: Item, code: str, message: str, hint: str) -> Diagnostic:
    start = " ".join(item.text[:60].split())
    return Diagnostic(code, f"{message}: {start!r}", Severity.INFO, document.location(item.start), hint)


def _undefined(document: Document, item: Item, macros: frozenset[str]) -> list[Diagnostic]:
    names = latexspans.undefined(document.text[item.start : item.end][:MAX_ITEM], macros)
    if not names:
        return []
    message = f"the text does not define {', '.join(names)}: what they stand for is missing"
    hint = "read the file that defines them together with this one"
    return [Diagnostic("PK112", message, Severity.WARNING, document.location(item.start), hint)]


def _can_be_entry(item: Item) -> bool:
    return len(item.text) >= 40 or sum(map(str.isalnum, item.text)) >= MIN_ITEM


def _repairs(document: Document, repairs: list[glyphs.Repair]) -> Diagnostic:
    before, after, start = repairs[0]
    pairs = zip(before.split(), after.split(), strict=False)
    one, other = next((pair for pair in pairs if pair[0] != pair[1]), (before, after))
    message = (
        f"letters were decoded wrongly; {len(repairs)} lines were repaired, such as {one!r} to {other!r}"
    )
    hint = "check those letters; save the file as UTF-8"
    return Diagnostic("PK140", message, Severity.WARNING, document.location(start), hint)


def _no_entry(document: Document, item: Item) -> Diagnostic:
    return _tell(document, item, "PK103", "read as no publication", "give it a title and a year if it is one")


def _nothing(document: Document) -> Diagnostic:
    return Diagnostic(
        "PK101",
        "no publication was found in this text",
        Severity.ERROR,
        document.location(0),
        'put the list under a heading such as "Publications", one entry a line or a bullet, each with a year',
    )
