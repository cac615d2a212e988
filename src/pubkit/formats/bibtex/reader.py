"""A document → a library: every character in a block, every entry under BibLaTeX names.

Regular entries take a fast path: one regular expression gives all fields of an entry at once, and what the
dialect does to it is planned once for each type and sequence of field names. Everything else goes through
`entryparser`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from re import Match
from sys import intern
from types import MappingProxyType
from typing import Any, TypeAlias

from pubkit.crosswalks.bibtex import ReadingPlan, reading_plan, to_biblatex
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import LimitError
from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.braces import Ahead
from pubkit.formats.bibtex.entryparser import NOT_ENTRIES, EntryParser, Problem, RawEntry
from pubkit.formats.bibtex.kept import kept_fields, mark_kept
from pubkit.formats.bibtex.values import LONG_FIELDS, Piece, expand, squeeze, squeeze_paragraphs
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Block, Document, Source
from pubkit.pause import cycle_search_paused

_YEARS = frozenset(str(year) for year in range(1000, 2101))
# Macros made of macros can double with each line; so much may come out of a small file.
_EXPANSION_FLOOR = 1_000_000
_SHOWN = 6  # names of lost fields in a message
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_Macros: TypeAlias = Mapping[str, tuple[Piece, ...]]


def read_bibtex(document: Document, *, resolve: bool = False) -> Library:
    """Read a `.bib`, of either dialect.

    Args:
        document: The input.
        resolve: Whether entries inherit what `crossref` and `xdata` say (see `resolve_inheritance`).

    Returns:
        The library, under BibLaTeX names; everything that is wrong is a diagnostic.
    """
    with cycle_search_paused():
        library = _Reader(document).library()
    if resolve:
        from pubkit.formats.bibtex.inherit import resolve_inheritance

        library = resolve_inheritance(library)
    return library


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known about all entries of one type and one sequence of field names as written.

    Attributes:
        kind: The type in lower case.
        names: The names in lower case.
        plan: What the dialect does to them.
        constants: Fields that the type implies.
        long: Positions of fields that may hold paragraphs.
    """

    kind: str
    names: tuple[str, ...]
    plan: ReadingPlan
    constants: tuple[tuple[str, str], ...]
    long: tuple[int, ...]


class _Reader:
    """Reads one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.entries: list[Entry] = []
        self.blocks: list[Block] = []
        self.strings: dict[str, str] = {}
        self.preamble: list[str] = []
        self.comments: list[str] = []
        self.found: list[Diagnostic] = []
        self.parser = EntryParser(self.text)
        self.heads = Ahead(grammar.HEAD, self.text)
        self.broken_heads = Ahead(grammar.BROKEN_HEAD, self.text)
        self.shapes: dict[tuple[str, tuple[str, ...]], _Shape | None] = {}
        self.expanded = 0
        self.expansion_limit = 20 * len(self.text) + _EXPANSION_FLOOR
        # Where line feeds and spaces are all the white space, few values need more than a look.
        self.plain_space = not any(odd in self.text for odd in "\t\r\x0b\x0c")

    def library(self) -> Library:
        """Read the whole document."""
        text, length = self.text, len(self.text)
        at, slow_until = 0, 0
        while at < length:
            if at >= slow_until and (head := grammar.FAST_HEAD.match(text, at)):
                end = text.find("\n@", head.end()) + 1 or length
                if self._fast(head, at, end):
                    at = end
                    continue
                slow_until = end  # each stretch is tried once, so that the time stays linear
            at = self._slow(at)
        self._check_keys()
        mark_kept(self.entries, self.text)
        return Library(
            tuple(self.entries),
            self.strings,
            tuple(self.preamble),
            tuple(self.comments),
            tuple(self.found),
            document=self.document,
            blocks=tuple(self.blocks),
        )

    # -- regular entries -------------------------------------------------------------------------

    def _fast(self, head: Match[str], start: int, end: int) -> bool:
        """Read an entry that is regular and alone in its span; False where it is not."""
        rows = grammar.FAST_FIELD.findall(self.text, head.end(), end)
        if len(rows) < 2 or not rows[-1][3]:
            return False
        names, braced, others, _, _ = zip(*rows, strict=True)
        kind, key = head.groups()
        try:
            shape = self.shapes[kind, names]
        except KeyError:
            shape = self.shapes[kind, names] = _shape(kind.lower(), [name.lower() for name in names[:-1]])
        if shape is None:
            return False
        if self.plain_space:
            values = [
                value
                if "\n" not in value and "  " not in value and value[:1] != " " != value[-1:]
                else squeeze(value)
                for value in braced
            ]
        else:
            values = [squeeze(value) for value in braced]
        for at in shape.long:
            values[at] = squeeze_paragraphs(braced[at])
        values.pop()  # the row of the closing brace
        source = Source(self.document, start, self.text.rindex("}", start, end) + 1)
        self.blocks.append(Block("entry", start, end))
        macros = self._unbraced(values, others, shape, key, start) if any(others) else {}
        plan = shape.plan
        if plan.by_value or plan.findings or (plan.year >= 0 and values[plan.year] not in _YEARS):
            fields = dict(zip(shape.names, values, strict=True))
            self._add(shape.kind, key, fields, macros, source)
            return True
        fields = dict(zip(plan.names, values, strict=True))
        if shape.constants:
            fields.update(shape.constants)
        self.entries.append(Entry(plan.type, key, fields, _extra(macros, shape.names, plan), source))
        return True

    def _unbraced(
        self, values: list[str], others: tuple[str, ...], shape: _Shape, key: str, start: int
    ) -> _Macros:
        """Fill in the values that stand in quotes or bare; return the pieces of those with macros."""
        macros: dict[str, tuple[Piece, ...]] = {}
        for at, other in enumerate(others):
            if not other:
                continue
            if other[0] == '"':
                inner = other[1:-1]
                values[at] = squeeze_paragraphs(inner) if at in shape.long else squeeze(inner)
            elif other.isdecimal():
                values[at] = other
            else:
                name = shape.names[at]
                macros[name] = pieces = (Piece("macro", other),)
                values[at] = squeeze(self._expand(pieces, start, key, name))
        return macros

    # -- everything else -------------------------------------------------------------------------

    def _slow(self, start: int) -> int:
        """Read the next block of any kind, and text before it; return where it ends."""
        head = self.heads.at(start)
        while (
            head is not None
            and self._behind_percent(head)
            and grammar.OUTCOMMENTED.match(self.text, head.start())
        ):
            head = self.heads.at(head.end())
        limit = head.start() if head else len(self.text)
        broken = self.broken_heads.at(start)
        while broken is not None and broken.start(1) < limit:
            if raw := self.parser.broken_entry(broken):
                self._junk(start, raw.start)
                return self._raw(raw)
            broken = self.broken_heads.at(broken.end())
        self._junk(start, limit)
        if head is None:
            return len(self.text)
        kind = head[1].lower()
        if kind == "comment":
            return self._comment(head)
        if kind in NOT_ENTRIES:
            return self._definition(head, kind)
        raw = self.parser.entry(head)
        if self._behind_percent(head):
            message = "this entry stands behind %, which comments nothing out in a .bib"
            self._report(
                Problem("PK219", raw.start, message, "put it in @comment{…}", severity=Severity.INFO), raw.key
            )
        return self._raw(raw)

    def _raw(self, raw: RawEntry) -> int:
        """Add an entry as written, or the failed block that it is; return where it ends."""
        end = self._block("failed" if raw.failed else "entry", raw.start, raw.end)
        for problem in raw.problems:
            self._report(problem, raw.key)
        if not raw.failed:
            self._entry(raw)
        return end

    def _junk(self, start: int, end: int) -> None:
        """Add text outside of blocks; fields in it, cut off from their entry, are told."""
        if start == end:
            return
        self.blocks.append(Block("junk", start, end))
        first = grammar.LOST_FIRST.match(self.text, start, end)
        lost = list(grammar.LOST_FIELD.finditer(self.text, first.end() if first else start, end))
        lost = [first, *lost] if first else lost
        if not lost:
            return
        names = ", ".join(dict.fromkeys(found[1].lower() for found in lost[:_SHOWN]))
        more = ", …" if len(lost) > _SHOWN else ""
        message = f"text outside of entries looks like fields, which were not read: {names}{more}"
        hint = "check the braces of the entry above it, or put it in @comment{…}"
        self._report(Problem("PK220", lost[0].start(1), message, hint, severity=Severity.ERROR))

    def _block(self, kind: Any, start: int, end: int) -> int:
        """Add a block, which owns the white space behind it; return its end."""
        end = grammar.SPACE.match(self.text, end).end()  # type: ignore[union-attr]  # it matches anywhere
        self.blocks.append(Block(kind, start, end))
        return end

    def _entry(self, raw: RawEntry) -> None:
        fields: dict[str, str] = {}
        macros: dict[str, tuple[Piece, ...]] = {}
        repeated: list[tuple[str, str]] = []
        for field in raw.fields:
            text = self._expand(field.pieces, field.start, raw.key, field.name)
            value = squeeze_paragraphs(text) if field.name in LONG_FIELDS else squeeze(text)
            if field.name in fields:
                repeated.append((field.name, value))
                message = f"the field {field.name!r} stands here again; the first one counts"
                hint = (
                    "delete one" if value == fields[field.name] else "keep the right one and delete the other"
                )
                self._report(Problem("PK211", field.start, message, hint, field.name), raw.key)
                continue
            fields[field.name] = value
            if any(piece.kind == "macro" for piece in field.pieces):
                macros[field.name] = field.pieces
        more: dict[str, Any] = {"repeated": tuple(repeated)} if repeated else {}
        if raw.kept:
            more |= {"keep": kept_fields(raw.kept), "kept_inside": tuple(raw.kept)}
        self._add(raw.type, raw.key, fields, macros, Source(self.document, raw.start, raw.end), more=more)

    def _add(
        self,
        kind: str,
        key: str,
        fields: dict[str, str],
        macros: _Macros,
        source: Source,
        *,
        more: Mapping[str, Any] = _NOTHING,
    ) -> None:
        """Add an entry, given as written, under BibLaTeX names."""
        target, made, findings = to_biblatex(kind, fields)
        for finding in findings:
            place = source.location(key=key, field=finding.location.field)
            self.found.append(replace(finding, location=place))
        extra = _extra(macros, tuple(fields), reading_plan(kind, tuple(fields)))
        if more:
            extra = {**extra, **more}
        self.entries.append(Entry(intern(target), key, made, extra, source))

    def _comment(self, head: Match[str]) -> int:
        """Read an `@comment`. Only braces hold a comment; else BibTeX ignores no more than the word."""
        text, start = self.text, head.start()
        if head[2] != "{":
            return self._block("comment", start, head.end())
        end = self.parser.braces.close(head.end() - 1)
        if end < 0:
            end = self.parser.next_head(head.end())
            self.comments.append(text[head.end() : end].strip())
            self._report(Problem("PK201", start, "the @comment is not closed", "add '}' at its end"))
        else:
            self.comments.append(text[head.end() : end - 1])
        return self._block("comment", start, end)

    def _definition(self, head: Match[str], kind: str) -> int:
        """Read an `@string` or `@preamble`."""
        start = head.start()
        name, pieces, end = self.parser.definition(head, named=kind == "string")
        if not pieces:
            self._report(
                Problem(
                    "PK214",
                    start,
                    f"this @{kind} cannot be read",
                    "its text is kept",
                    severity=Severity.ERROR,
                )
            )
            return self._block("junk", start, end)
        value = squeeze(self._expand(pieces, start, "", name))
        if kind == "preamble":
            self.preamble.append(value)
            return self._block("preamble", start, end)
        lower = name.lower()
        if self.strings.get(lower, value) != value:
            self._report(
                Problem(
                    "PK216", start, f"the macro {name!r} is defined again", "the last one counts below it"
                )
            )
        self.strings[lower] = value
        return self._block("string", start, end)

    def _expand(self, pieces: tuple[Piece, ...], start: int, key: str, field: str) -> str:
        texts, unknown = expand(pieces, self.strings)
        self.expanded += sum(map(len, texts))
        if self.expanded > self.expansion_limit:
            raise LimitError(
                f"the @string macros expand to more than {self.expansion_limit:,} characters",
                hint="check macros that are made of each other",
                where=str(self.document.location(start)),
            )
        for macro in unknown:
            message = f"the macro {macro!r} is not defined; its name was kept"
            hint = "define it with @string, or put the text in braces"
            self._report(Problem("PK207", start, message, hint, field), key)
        return "".join(texts)

    def _behind_percent(self, head: Match[str]) -> bool:
        """Tell whether a head stands in a line behind %."""
        line = self.text[max(0, head.start() - 80) : head.start()].splitlines()
        return bool(line) and "%" in line[-1] and not self.text.endswith(("\n", "\r"), 0, head.start())

    def _report(self, problem: Problem, key: str = "") -> None:
        place = self.document.location(problem.offset, key=key, field=problem.field)
        self.found.append(Diagnostic(problem.code, problem.message, problem.severity, place, problem.hint))

    def _check_keys(self) -> None:
        """Report keys that stand twice, or twice but for letter case."""
        keys = [entry.key for entry in self.entries]
        if len({key.lower() for key in keys}) == len(keys):
            return
        first: dict[str, Entry] = {}
        for entry in self.entries:
            if not entry.key:
                continue
            other = first.setdefault(entry.key.lower(), entry)
            if other is entry:
                continue
            line = other.location().line
            if other.key == entry.key:
                code, message, hint = (
                    "PK209",
                    f"the key stands in line {line} already",
                    "give one of them another key",
                )
            else:
                code, message = (
                    "PK210",
                    f"the key differs from {other.key!r} (line {line}) only in letter case",
                )
                hint = "BibTeX takes them for one; rename one"
            self.found.append(Diagnostic(code, message, Severity.WARNING, entry.location(), hint))


def _shape(kind: str, names: list[str]) -> _Shape | None:
    """Return the shape of entries of this type and these names; None where the fast path must not read."""
    if kind in NOT_ENTRIES or len(set(names)) != len(names):
        return None
    plan = reading_plan(kind, tuple(names))
    constants = (("type", plan.implied),) if plan.implied else ()
    long = tuple(at for at, name in enumerate(names) if name in LONG_FIELDS)
    return _Shape(kind, tuple(names), plan, constants, long)


def _extra(macros: _Macros, names: tuple[str, ...], plan: ReadingPlan) -> Mapping[str, Any]:
    """Return what the entry remembers of its macros: BibLaTeX field name → pieces of the value."""
    if not macros:
        return _NOTHING
    renamed = dict(zip(names, plan.names, strict=True))
    return {"macros": {renamed[name]: source for name, source in macros.items()}}
