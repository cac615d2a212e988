"""One entry → BibTeX source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from pubkit.crosswalks.bibtex import to_bibtex
from pubkit.crosswalks.bibtex_tables import TITLE_PAIRS, TO_BIBTEX_FIELD, TYPE_FIELD, words
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import WriteError
from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.braces import is_balanced, unmatched
from pubkit.formats.bibtex.values import Piece, clean, expand, expression, squeeze
from pubkit.model.entry import Entry
from pubkit.model.months import MONTHS

# The order of fields in tidy output; others follow in their own order, before the mark of the type.
_ORDER = words(
    "author shortauthor bookauthor editor editora editorb editorc translator title subtitle titleaddon "
    "shorttitle booktitle booksubtitle booktitleaddon maintitle mainsubtitle journal journaltitle "
    "journalsubtitle eventtitle eventdate venue series edition version volume volumes number issue part "
    "chapter pages eid pagetotal howpublished type publisher organization institution school address "
    "location date year month day pubstate doi eprint archiveprefix eprinttype primaryclass eprintclass "
    "isbn issn url urldate note addendum language langid crossref xdata keywords abstract annote "
    "annotation file"
)
_RANK = {name: rank for rank, name in enumerate(_ORDER)} | {TYPE_FIELD: 10_000}
# Values that are never LaTeX (datatypes verbatim and URI of BibLaTeX's data model).
VERBATIM = frozenset(
    words(
        "url doi eprint file pdf verba verbb verbc urlraw biburl bdsk-url-1 bdsk-url-2 bdsk-file-1 local-url"
    )
)
_BRACES = {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
_RESERVED_TYPES = frozenset({"comment", "string", "preamble"})


@dataclass(frozen=True, slots=True)
class Layout:
    """How entries are written.

    Attributes:
        dialect: Field and type names.
        ascii: Whether letters beyond ASCII become LaTeX macros.
        align: Whether the equals signs of an entry stand below each other.
        indent: Spaces before a field.
        width: Column at which long values are wrapped; 0 for never.
        sort_fields: Whether fields come in the usual order, not in the entry's own.
        trailing_comma: Whether a comma follows the last field.
    """

    dialect: Literal["bibtex", "biblatex"] = "bibtex"
    ascii: bool = False
    align: bool = True
    indent: int = 2
    width: int = 0
    sort_fields: bool = True
    trailing_comma: bool = True


def keep_line(names: Sequence[str]) -> str:
    """Return the line that marks the entry below, or some of its fields, as not to be touched."""
    return f"% pubkit: keep {', '.join(names)}".rstrip()


@dataclass(slots=True)
class Renderer:
    """Writes entries in one layout.

    Args:
        layout: How.
        strings: The `@string` macros that the output defines.
        report: Takes what had to be changed or cannot be shown.
    """

    layout: Layout
    strings: Mapping[str, str]
    report: Callable[[Diagnostic], None]
    _head_end: str = field(init=False, default=",\n")

    def entry(self, entry: Entry) -> str:
        """Return an entry as source, without a line end behind it.

        Raises:
            WriteError: Key, type or a field name cannot stand in a `.bib`.
        """
        kind, fields = self.converted(entry)
        _check_names(entry, kind, fields)
        layout = self.layout
        macros = entry.extra.get("macros")
        expressions = self._expressions(macros) if macros else {}
        kept = entry.extra.get("kept_inside")  # the comment in the entry is not written again
        lines = [keep_line(kept)] if kept else []
        lines.append(f"@{kind}{{{entry.key},")
        for name, prefix in _prefixes(tuple(fields), layout.sort_fields, layout.align, layout.indent):
            value = fields[name]
            if name in expressions and expressions[name][0] == value:
                lines.append(f"{prefix}{expressions[name][1]},")
            else:
                lines.append(prefix + self.value(name, value, entry.key, len(prefix)) + ",")
        if not layout.trailing_comma:
            lines[-1] = lines[-1][:-1]
        lines.append("}")
        return "\n".join(lines)

    def converted(self, entry: Entry) -> tuple[str, Mapping[str, str]]:
        """Return type and fields in the dialect of the output."""
        fields = entry.fields
        if not all(map(str.islower, fields)):
            fields = {name.lower(): value for name, value in fields.items()}
        if self.layout.dialect == "biblatex":
            return entry.type, fields
        kind, fields, findings = to_bibtex(entry.type, _balanced_titles(fields))
        for finding in findings:
            self.report(_placed(finding, entry))
        return kind, fields

    def value(self, name: str, value: str, key: str, column: int) -> str:
        """Return a value with its delimiters, such that reading gives it back."""
        layout = self.layout
        if name == "month" and layout.dialect == "bibtex" and (months := _month_expression(value)):
            return months
        text = clean(name, value)
        if layout.ascii and not text.isascii():
            text = self._to_ascii(name, text, key)
        if ("{" in text or "}" in text) and not is_balanced(text):
            text = _balance(name, text)
            message = f"the braces of the field {name!r} do not match; the odd ones were written as text"
            self._tell("PK701", message, key, name, "correct the field")
        if "\n" in text:
            text = text.replace("\n", "\n" + " " * layout.indent * 2).replace(
                " " * layout.indent * 2 + "\n", "\n"
            )
        elif layout.width and column + len(text) + 3 > layout.width and name not in VERBATIM:
            text = _wrap(text, layout.width, column + 1)
        return f"{{{text}}}"

    def _to_ascii(self, name: str, text: str, key: str) -> str:
        if name not in VERBATIM:
            from pubkit.markup.latex import encode

            text = encode(text)
        elif name != "file":
            text = quote(text, safe="!#$%&'()*+,/:;=?@[]~{}\\^|<>\"` ")
        if not text.isascii():
            rest = "".join(sorted({char for char in text if not char.isascii()}))
            self._tell("PK702", f"the field {name!r} keeps letters that have no macro: {rest}", key, name, "")
        return text

    def _expressions(self, macros: Mapping[str, tuple[Piece, ...]]) -> dict[str, tuple[str, str]]:
        """Return name in the output → (value, expression) for values that were written with macros."""
        made: dict[str, tuple[str, str]] = {}
        for name, pieces in macros.items():
            value = squeeze("".join(expand(pieces, self.strings)[0]))
            for written in (
                name,
                TO_BIBTEX_FIELD.get(name, name),
                "school" if name == "institution" else name,
            ):
                made[written] = value, expression(pieces)
        return made

    def _tell(self, code: str, message: str, key: str, name: str, hint: str) -> None:
        self.report(Diagnostic(code, message, Severity.WARNING, Location(key=key, field=name), hint))


@lru_cache(maxsize=4096)
def _prefixes(names: tuple[str, ...], order: bool, align: bool, indent: int) -> tuple[tuple[str, str], ...]:
    """Return the field names in order, each with the text before its value."""
    if order:
        names = tuple(sorted(names, key=lambda name: _RANK.get(name, 5000)))
    width = max(map(len, names), default=0) if align else 0
    return tuple((name, f"{' ' * indent}{name.ljust(width)} = ") for name in names)


@lru_cache(maxsize=64)
def _month_expression(value: str) -> str | None:
    """Return month macros as BibTeX source: `may # "--" # jun`."""
    parts = value.split("--")
    return ' # "--" # '.join(parts) if len(parts) <= 2 and all(part in MONTHS for part in parts) else None


def _balanced_titles(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return fields whose titles can be joined to subtitles: a brace of one must not close in the other."""
    odd = {
        name: _balance(name, fields[name])
        for pair in TITLE_PAIRS
        if all(name in fields for name in pair)
        for name in pair
        if not is_balanced(fields[name])
    }
    return {**fields, **odd} if odd else fields


def _balance(name: str, text: str) -> str:
    """Return the text with each brace that has no partner written in another way."""
    start, made = 0, []
    for offset in unmatched(text):
        brace = text[offset]
        if name in VERBATIM:
            before, instead = text[start:offset], "%7B" if brace == "{" else "%7D"
        else:
            escaped = offset > start and text[offset - 1] == "\\"
            before, instead = text[start : offset - escaped], _BRACES[brace]
        made += [before, instead]
        start = offset + 1
    return "".join(made) + text[start:]


def _wrap(text: str, width: int, column: int) -> str:
    """Return the text on lines of that width, where spaces allow, each below the first one's start."""
    lines: list[str] = []
    line = ""
    room = max(width - column - 1, 20)
    for word in text.split(" "):
        # A line that starts with @ would look like an entry to careless readers.
        if line and len(line) + 1 + len(word) > room and not word.startswith("@"):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return ("\n" + " " * column).join(lines)


def _placed(finding: Diagnostic, entry: Entry) -> Diagnostic:
    place = Location(key=entry.key, field=finding.location.field)
    return Diagnostic(finding.code, finding.message, finding.severity, place, finding.hint, finding.fix)


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    return grammar.NAME.fullmatch(name) is not None


def _check_names(entry: Entry, kind: str, fields: Mapping[str, str]) -> None:
    """Refuse what cannot be written so that it can be read."""
    if not entry.key:
        title = squeeze(entry.get("title", ""))[:60]
        raise WriteError(
            f"the entry {title!r} has no citation key",
            hint="normalize the library: it makes keys",
            where=f"@{kind}",
        )
    if not grammar.NAME.fullmatch(entry.key) and not _can_be_key(entry.key):
        raise WriteError(
            f"{entry.key!r} cannot be a citation key in BibTeX", hint="leave out , { } and line ends"
        )
    if not _is_name(kind) or kind in _RESERVED_TYPES:
        raise WriteError(
            f"{kind!r} cannot be an entry type in BibTeX", hint="use letters only", where=entry.key
        )
    for name in fields:
        if not _is_name(name):
            raise WriteError(
                f"{name!r} cannot be a field name in BibTeX", hint="use letters only", where=entry.key
            )


def _can_be_key(key: str) -> bool:
    """Tell whether an odd key is read back as it is."""
    from pubkit.formats.bibtex.entryparser import EntryParser

    text = f"@misc{{{key},\n  note = {{}},\n}}\n"
    head = grammar.HEAD.match(text)
    return head is not None and EntryParser(text).entry(head).key == key
