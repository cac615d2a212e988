"""Writing back what was read: untouched entries byte for byte, changed ones with only the changes changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pubkit.crosswalks.bibtex import dialect_of
from pubkit.crosswalks.bibtex_tables import TITLE_PAIRS, TO_BIBLATEX_FIELD, TYPE_FIELD
from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.entryparser import EntryParser, RawEntry
from pubkit.formats.bibtex.manner import manner_of
from pubkit.formats.bibtex.reader import read_bibtex
from pubkit.formats.bibtex.render import Renderer
from pubkit.formats.bibtex.writer import added_definitions, check_keys
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

# Fields that a change of one may change in the other dialect: they are written anew together.
_GROUP: dict[str, str] = {
    **dict.fromkeys(("date", "year", "month", "day", "pubstate"), "date"),
    **dict.fromkeys(("type", TYPE_FIELD), "type"),
    **dict.fromkeys(("number", "issue"), "number"),
    **dict.fromkeys(("eprint", "arxivid", "eprinttype"), "eprint"),
    **{subtitle: title for title, subtitle in TITLE_PAIRS},
}
_EQUALS = re.compile(r"\S+?(\s*+)=(\s*+)")


def preserve(library: Library, renderer: Renderer) -> str:
    """Return the text of the library's document with what was changed, removed and added since.

    Args:
        library: The entries. Those whose source is the library's document keep their place in it.
        renderer: Writes changed and new entries. A changed entry keeps the dialect it was written in; a new
            one stands behind the entry that it follows, in the manner of the others.
    """
    document = library.document
    placed: dict[int, Entry] = {}
    added: list[Entry] = []
    behind: dict[int, list[Entry]] = {}  # start of an entry that was read → the new ones that follow it
    last = -1
    for entry in library.entries:
        source = entry.source
        if (
            document is not None
            and source is not None
            and source.document is document
            and source.start not in placed
        ):
            placed[source.start] = entry
            last = source.start
        else:
            added.append(entry)
            behind.setdefault(last, []).append(entry)
    changed = [entry for entry in placed.values() if entry.source and entry.source.touched]
    if added or changed:
        _check(library, added + changed)
    own = replace(renderer, layout=replace(renderer.layout, **manner_of(library))) if added else renderer
    at_end = behind.pop(last, [])
    parts: list[str] = []
    if document is not None:
        for block in library.blocks:
            if block.kind == "entry" and (first := behind.pop(-1, None)):
                parts.append(_between(parts, [own.entry(entry) for entry in first], document))
            if block.kind != "entry":
                parts.append(document.text[block.start : block.end])
                continue
            kept = placed.get(block.start)
            if kept is None or kept.source is None:
                continue
            if not kept.source.touched:
                parts.append(document.text[block.start : block.end])
            else:
                parts += [_patched(kept, library, renderer), document.text[kept.source.end : block.end]]
            if following := behind.get(block.start):
                parts.append(_between(parts, [own.entry(entry) for entry in following], document))
    more = added_definitions(library) + [own.entry(entry) for entry in at_end]
    return _append("".join(parts), more, document)


def _between(parts: list[str], more: list[str], document: Document) -> str:
    """Return new entries between those that were read: a blank line before each."""
    line_end = "\r\n" if "\r\n" in document.text else "\n"
    before = next((part for part in reversed(parts) if part), "")
    ends = len(before) - len(before.rstrip("\r\n"))
    gap = line_end * max(0, 2 - ends // len(line_end)) if before else ""
    text = "".join(f"{part}\n\n" for part in more).replace("\n", line_end)
    return gap + (text if ends else text.removesuffix(line_end * 2))


def _check(library: Library, written: list[Entry]) -> None:
    """Refuse keys that stand twice where one of the entries is written anew."""
    keys = {entry.key for entry in written}
    check_keys(entry for entry in library.entries if entry.key in keys)


def _append(text: str, more: list[str], document: Document | None) -> str:
    if not more:
        return text
    line_end = "\r\n" if document is not None and "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += line_end
    if text:
        text += line_end
    return text + "".join(f"{part}\n\n".replace("\n", line_end) for part in more).removesuffix(line_end)


def _patched(entry: Entry, library: Library, renderer: Renderer) -> str:
    """Return a changed entry: its text with the changes in it, or all new where that is not safe."""
    raw_text = entry.source.raw if entry.source else ""
    head = grammar.HEAD.match(raw_text)
    raw = EntryParser(raw_text).entry(head) if head else None
    if raw is None or raw.problems or not raw.fields:
        return _in_line_ends_of(raw_text, renderer.entry(entry))
    dialect = dialect_of(raw.type, {field.name for field in raw.fields})
    own = replace(renderer, layout=replace(renderer.layout, dialect=dialect))
    anew = own.entry(entry)  # this one reports
    quiet = replace(own, report=lambda finding: None)
    text = _Patch(entry, raw, raw_text, library, quiet).text()
    # Read again, both must say the same; where they do not, the safe one is taken.
    return text if _read(text, library) == _read(anew, library) else _in_line_ends_of(raw_text, anew)


def _read(text: str, library: Library) -> Entry | None:
    macros = "".join(f"@string{{{name} = {{{value}}}}}\n" for name, value in library.strings.items())
    found = read_bibtex(Document("", macros + text)).entries
    return found[0] if len(found) == 1 else None


def _in_line_ends_of(model: str, text: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in model else text


@dataclass(slots=True)
class _Patch:
    entry: Entry
    raw: RawEntry
    raw_text: str
    library: Library
    renderer: Renderer

    def text(self) -> str:
        """Return the entry's text with the changes in it."""
        before = _read(self.raw_text, self.library) or self.entry
        kind, fields = self.renderer.converted(self.entry)
        old_kind, _ = self.renderer.converted(before)
        changed = _changed(before.fields, self.entry.fields)
        if kind != old_kind:
            changed.add("type")
        new: dict[str, list[str]] = {}
        present = {_group(field.name) for field in self.raw.fields}
        for name in fields:
            group = _group(name)
            if group in changed or group not in present:
                new.setdefault(group, []).append(name)
        # (what stands before a field where it is not the first, the field)
        pieces: list[tuple[str, str]] = []
        separator = self._separator()
        for field, own_gap in zip(self.raw.fields, self._gaps(), strict=True):
            gap = own_gap
            group = _group(field.name)
            if group not in changed:
                pieces.append((gap, self.raw_text[field.start : field.end]))
                continue
            for name in new.pop(group, ()):
                pieces.append((gap or separator, self._field(name, fields[name])))
                gap = separator
        pieces += [(separator, self._field(name, fields[name])) for names in new.values() for name in names]
        first, last = self.raw.fields[0], self.raw.fields[-1]
        head = self._head(first.start, kind if kind != old_kind else None)
        body = "".join((apart if number else "") + text for number, (apart, text) in enumerate(pieces))
        return head + body + self.raw_text[last.end :]

    def _gaps(self) -> list[str]:
        """Return what stands before each field but the first."""
        fields = self.raw.fields
        return ["", *(self.raw_text[a.end : b.start] for a, b in pairwise(fields))]

    def _head(self, end: int, kind: str | None) -> str:
        text = self.raw_text[:end]
        if kind is not None:
            text = text.replace(text[1 : text.index(self._opening())], kind, 1)
        if self.entry.key != self.raw.key:
            at = text.index(self._opening()) + 1
            text = text[:at] + text[at:].replace(self.raw.key, self.entry.key, 1)
        return text

    def _opening(self) -> str:
        return "{" if self.raw_text.rstrip().endswith("}") else "("

    def _separator(self) -> str:
        """Return what stands between two fields."""
        fields = self.raw.fields
        if len(fields) > 1:
            return self.raw_text[fields[0].end : fields[1].start]
        return ",\n  "

    def _field(self, name: str, value: str) -> str:
        """Return a new field, its equals sign where those of the entry stand."""
        first = self.raw.fields[0]
        found = _EQUALS.match(self.raw_text, first.start)
        before, behind = found.groups() if found else (" ", " ")
        width = len(first.name) + len(before)
        pad = name.ljust(width) if len(before) > 1 else name + before
        prefix = (pad if len(name) < width or len(before) <= 1 else name + " ") + "=" + behind
        return prefix + self.renderer.value(name, value, self.entry.key, len(prefix))


def _group(name: str) -> str:
    ours = TO_BIBLATEX_FIELD.get(name, name)
    return _GROUP.get(ours, ours)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Return the groups in which two sets of fields differ."""
    return {_group(name) for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
