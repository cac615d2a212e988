"""bibtexparser 2: its `Library` of blocks, both ways."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.interop.carry import Dialect, inward, outward
from pubkit.interop.expressions import Expressions, is_month, month_expression
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Block, Document, Source

if TYPE_CHECKING:
    import bibtexparser.model as foreign
    from bibtexparser.library import Library as ForeignLibrary

_ORIGIN = "pubkit_origin"
_BARE = "no-enclosing"


def to_bibtexparser(library: Iterable[Entry], *, dialect: Dialect = "bibtex") -> ForeignLibrary:
    """Return the library as bibtexparser's `Library`: entries, strings, preambles, comments in file order.

    Field values come without their braces, as after bibtexparser's default parse stack, so its middlewares
    and writer work on them. A later entry of the same key becomes a `DuplicateBlockKeyBlock`, as
    bibtexparser's own parser does; text that could not be read becomes a `ParsingFailedBlock`.

    Args:
        library: The entries; of a `Library` also what stands around them.
        dialect: "bibtex" gives classic names (`journal`, `year`), as most scripts expect; "biblatex" gives
            the entries' own.

    >>> made = to_bibtexparser([Entry("article", "k", {"journaltitle": "TUGboat", "date": "1990"})])
    >>> made.entries[0]["journal"], made.entries[0]["year"]
    ('TUGboat', '1990')
    """
    from bibtexparser.library import Library as ForeignLibrary

    blocks = _blocks(library) if isinstance(library, Library) else iter(library)
    keys: set[str] = set()
    result = ForeignLibrary()
    for block in blocks:
        if isinstance(block, Entry):
            result.add(_entry_out(block, dialect, again=block.key in keys), fail_on_duplicate_key=False)
            keys.add(block.key)
        else:
            result.add(block, fail_on_duplicate_key=False)
    return result


def from_bibtexparser(library: ForeignLibrary, *, dialect: Dialect = "bibtex") -> Library:
    """Return bibtexparser's `Library` as ours.

    Values are understood at every stage of bibtexparser's stacks: as split (with braces), with `#`
    concatenations and months that it leaves raw, and as lists of names or `NameParts`. Entries parked in
    `failed_blocks` for a key that stands twice come back as entries; blocks that bibtexparser could not
    read are kept as failed blocks, with a diagnostic (PK480).

    Args:
        library: The library, from bibtexparser's parser or from `to_bibtexparser`.
        dialect: The dialect of its types and field names.

    >>> import bibtexparser
    >>> parsed = bibtexparser.parse_string('@string{c = "TUG"}@article{k, journal = c # "boat", month = jan}')
    >>> from_bibtexparser(parsed)["k"]["journaltitle"]
    'TUGboat'
    """
    inbound = _Inbound(dialect, Expressions({key: _plain(s) for key, s in library.strings_dict.items()}))
    for block in library.blocks:
        inbound.add(block)
    return inbound.library()


# -- out ------------------------------------------------------------------------------------------


def _blocks(library: Library) -> Iterator[Entry | foreign.Block]:
    """Yield entries and foreign blocks, in the order of the input where the library still knows it."""
    around = deque(_around(library))
    for entry in library:
        source = entry.source
        known = source is not None and source.document is library.document
        place = source.start if source is not None and known else 0
        while around and around[0][0] < place:
            yield around.popleft()[1]
        yield entry
    for _, block in around:
        yield block


def _around(library: Library) -> list[tuple[int, foreign.Block]]:
    """Return what stands around the entries with its place in the input; -1 is the top."""
    from bibtexparser import model

    parts: dict[str, list[foreign.Block]] = {
        "string": [model.String(name, value) for name, value in library.strings.items()],
        "preamble": [model.Preamble("{" + text + "}") for text in library.preamble],
        "comment": [model.ExplicitComment(text) for text in library.comments],
    }
    found: list[tuple[int, foreign.Block]] = []
    for kind, blocks in parts.items():
        starts = [block.start for block in library.blocks if block.kind == kind]
        # Another number of places: a stage added or joined some, or none is known. Then they come first.
        places = starts if len(starts) == len(blocks) else [-1] * len(blocks)
        found.extend(zip(places, blocks, strict=True))
    document = library.document or Document("", "")  # without one there are no blocks either
    for block in library.blocks:
        text = document.text[block.start : block.end]
        line = document.position(block.start)[0] - 1
        if block.kind == "junk" and text.strip():
            found.append((block.start, model.ImplicitComment(text.strip(), line, text)))
        elif block.kind == "failed":
            error = ValueError("pubkit could not read this block")
            found.append((block.start, model.ParsingFailedBlock(error, line, text)))
    return sorted(found, key=lambda pair: pair[0])


def _entry_out(entry: Entry, dialect: Dialect, *, again: bool) -> foreign.Entry:
    """Return an entry as a block; `again` says that its key was there before."""
    from bibtexparser import model

    carried = outward(entry, dialect)
    fields = [
        # A month stays a bare macro, so that bibtexparser writes it without braces.
        model.Field(name, month_expression(value), enclosing=_BARE)
        if name == "month" and is_month(value)
        else model.Field(name, value)
        for name, value in carried.fields.items()
    ]
    source = entry.source if entry.source is not None and not entry.source.touched else None
    line = source.document.position(source.start)[0] - 1 if source else None
    raw = source.raw if source else None
    if again and raw is None:  # bibtexparser writes the later of two entries from its raw text
        lines = [f"  {f.key} = {f.value if f.enclosing else '{' + f.value + '}'},\n" for f in fields]
        raw = f"@{carried.type}{{{carried.key},\n{''.join(lines)}}}"
    made = model.Entry(carried.type, carried.key, fields, line, raw)
    made.set_parser_metadata(_ORIGIN, carried)
    made.set_parser_metadata("removed_enclosing", {})
    return made


# -- in -------------------------------------------------------------------------------------------


@dataclass
class _Inbound:
    """Collects a library from bibtexparser's blocks, and a text that holds the parts in their order."""

    dialect: Dialect
    expressions: Expressions
    document: Document = field(default_factory=lambda: Document("", ""))
    texts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    strings: dict[str, str] = field(default_factory=dict)
    preamble: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, block: foreign.Block) -> None:
        from bibtexparser import model

        if isinstance(block, model.ParsingFailedBlock):
            self.add_failed(block)
        elif isinstance(block, model.Entry):
            self.add_entry(block)
        elif isinstance(block, model.String):
            self.add_string(block)
        elif isinstance(block, model.Preamble):
            self.preamble.append(self.expressions.value(block.value))
            self.put("preamble", f"@preamble{{{block.value}}}")
        elif isinstance(block, model.ExplicitComment):
            self.comments.append(block.comment)
            self.put("comment", f"@comment{{{block.comment}}}")
        elif isinstance(block, model.ImplicitComment):
            self.put("junk", block.comment)
        else:
            self.tell("PK480", f"a block of class {type(block).__name__} was left out", block, Severity.ERROR)

    def add_string(self, block: foreign.String) -> None:
        name, value = block.key.lower(), self.expressions.value(_plain(block))
        if name in self.strings:
            self.tell(
                "PK216", f"the macro {block.key!r} is defined again; the last one counts below it", block
            )
        self.strings[name] = self.expressions.strings[name] = value
        self.put("string", f"@string{{{block.key} = {{{value}}}}}")

    def add_failed(self, block: foreign.ParsingFailedBlock) -> None:
        from bibtexparser import model

        inner = block.ignore_error_block
        if (
            isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock)
            and inner is not None
        ):
            self.add(inner)  # a key or field that stands twice is told where the entry is added
        elif inner is not None:
            self.tell(
                "PK480", f"a middleware failed here ({block.error}); the block before it was taken", inner
            )
            self.add(inner)
        else:
            reason = getattr(block.error, "abort_reason", "") or str(block.error)
            self.tell("PK480", f"bibtexparser could not read this block: {reason}", block, Severity.ERROR)
            self.put("failed", block.raw or "")

    def add_entry(self, block: foreign.Entry) -> None:
        metadata = block.parser_metadata
        # Only the parser leaves `raw`; without the middleware's mark its values still have their braces.
        enclosed = block.raw is not None and "removed_enclosing" not in metadata
        fields: dict[str, str] = {}
        for item in block.fields:
            name = item.key.strip().lower()
            value = self.field_value(item, name, block, enclosed=enclosed)
            if name in fields:
                self.tell("PK482", "the field stands twice; the first one was taken", block, name=name)
            elif value is not None:
                fields[name] = value
        if block.key in self.keys:
            self.tell("PK209", "the key stands before already; give one of them another key", block)
        self.keys.add(block.key)
        entry, found = inward(block.entry_type, block.key, fields, self.dialect, metadata.get(_ORIGIN))
        self.diagnostics.extend(found)
        start, end = self.put("entry", block.raw or f"@{entry.type}{{{entry.key}}}")
        if entry.source is None:
            entry = Entry(
                entry.type,
                entry.key,
                entry.fields,
                entry.extra,
                Source(self.document, start, end, touched=True),
            )
        self.entries.append(entry)

    def field_value(
        self, item: foreign.Field, name: str, block: foreign.Entry, *, enclosed: bool
    ) -> str | None:
        value: Any = item.value
        if isinstance(value, str):
            if enclosed or item.enclosing == _BARE:
                return self.expressions.value(value)
            return value
        if isinstance(value, list | tuple):
            return " and ".join(_name(part) for part in value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            kind = type(value).__name__
            self.tell("PK483", f"a value of class {kind} was turned to text", block, name=name)
        return None if value is None else str(value)

    def put(self, kind: Any, text: str) -> tuple[int, int]:
        """Add a part to the text, a blank line between two, and note its span."""
        if self.texts:
            self.texts.append("\n\n")
            self.blocks.append(Block("junk", self.length, self.length + 2))
            self.length += 2
        start, end = self.length, self.length + len(text)
        self.texts.append(text)
        self.blocks.append(Block(kind, start, end))
        self.length = end
        return start, end

    def tell(
        self,
        code: str,
        message: str,
        block: foreign.Block,
        severity: Severity = Severity.WARNING,
        name: str = "",
    ) -> None:
        line = 0 if block.start_line is None else block.start_line + 1
        key = getattr(block, "key", "") or ""
        self.diagnostics.append(Diagnostic(code, message, severity, Location("", line, 0, key, name)))

    def library(self) -> Library:
        self.document.text = "".join(self.texts)
        return Library(
            tuple(self.entries),
            self.strings,
            tuple(self.preamble),
            tuple(self.comments),
            tuple(self.diagnostics),
            document=self.document,
            blocks=tuple(self.blocks),
        )


def _plain(string: foreign.String) -> str:
    """Return a `@string`'s value as an expression."""
    value = str(string.value)
    if string.enclosing == _BARE or (
        string.raw is not None and "removed_enclosing" not in string.parser_metadata
    ):
        return value
    return "{" + value + "}"


def _name(part: Any) -> str:
    """Return one name of a name list: text, or bibtexparser's `NameParts`."""
    from bibtexparser.middlewares import NameParts

    if not isinstance(part, NameParts):
        return str(part)
    if part.jr and not part.first:  # "Last, Jr" alone would be read as "Last, First"
        return f"{' '.join([*part.von, *part.last])}, {' '.join(part.jr)}, {{}}"
    return str(part.merge_last_name_first)
