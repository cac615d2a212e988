"""One entry, however broken: field by field, with recovery at the next field or entry.

The rules are BibTeX's own: braces count whether or not a backslash stands before them, quotes end only
outside braces. Where those rules fail, the entry's lines are looked at instead: a field ends where a line
or a comma is followed by `name =`, an entry where a line starts with `@type{`. Each step costs no more than
the text it passes, and look-ahead is shared, so any input is read in linear time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from re import Match

from pubkit.crosswalks.bibtex_tables import BIBLATEX_TYPES, TO_BIBLATEX_TYPE, words
from pubkit.diagnostics import Severity
from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.braces import Ahead, Braces, without_unmatched
from pubkit.formats.bibtex.values import Piece
from pubkit.model.entrytypes import ENTRY_TYPES

# A token such as `year=1998` where the key should be is a field, not a key.
_KEYLESS = frozenset(words("author date doi editor journal month number pages title url volume year"))
_TYPES = frozenset(ENTRY_TYPES) | frozenset(TO_BIBLATEX_TYPE) | BIBLATEX_TYPES
_TAIL = 40  # so much of a line's end tells whether a value ends there
_NOT_IN_KEYS = frozenset('"#%\\~')
NOT_ENTRIES = frozenset({"comment", "string", "preamble"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at an offset."""

    code: str
    offset: int
    message: str
    hint: str = ""
    field: str = ""
    severity: Severity = Severity.WARNING


@dataclass(slots=True)
class RawField:
    """A field as written: its name in lower case, its value, its span from the name to the value's end."""

    name: str
    pieces: tuple[Piece, ...]
    start: int
    end: int


@dataclass(slots=True)
class RawEntry:
    """An entry as written."""

    type: str
    key: str
    start: int
    end: int = 0
    fields: list[RawField] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # fields behind which `% pubkit: keep` stands
    failed: bool = False


class EntryParser:
    """Parses the entries of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = len(text)
        self.braces = Braces(text)
        self._next_head = Ahead(grammar.NEXT_HEAD, text)
        self._boundary = Ahead(grammar.BOUNDARY, text)
        self._swallowed = Ahead(grammar.SWALLOWED, text)
        self._line_end = Ahead(grammar.LINE_END, text)
        self._closing_line = Ahead(grammar.CLOSING_LINE, text)

    def next_head(self, offset: int) -> int:
        """Return where the next line that starts a block begins; the end of the text where none does."""
        found = self._next_head.at(offset)
        return found.start() if found else self._length

    def entry(self, head: Match[str]) -> RawEntry:
        """Return the entry that a match of `grammar.HEAD` starts."""
        raw = RawEntry(head[1].lower(), "", head.start())
        return self._rest(raw, head.end(), ")" if head[2] == "(" else "}")

    def broken_entry(self, head: Match[str]) -> RawEntry | None:
        """Return the entry that a match of `grammar.BROKEN_HEAD` starts; None where its type is not clear."""
        kind, at = head[2].lower(), head.end()
        if not head[3] and self._text[at] in ",\n\r":  # the key is glued to the type
            found = max((known for known in _TYPES if kind.startswith(known)), key=len, default="")
            kind, at = found, head.start(2) + len(found)
        if not kind or kind in NOT_ENTRIES:
            return None
        raw = RawEntry(kind, "", head.start(1))
        message = "the bracket behind the entry type is missing, or something stands before it"
        _add(raw, Problem("PK205", at, message, "write @type{key,", severity=Severity.ERROR))
        return self._rest(raw, at, ")" if head[3] == "(" else "}")

    def _rest(self, raw: RawEntry, at: int, closer: str) -> RawEntry:
        """Read the key and the fields of an entry whose head ends at an offset."""
        text = self._text
        at = self._key(raw, at, closer)
        commas, junk, closed = 1, False, False
        while True:
            at = grammar.end_of(grammar.SPACE, text, at)
            if at >= self._length:
                break
            char = text[at]
            if char == ",":
                commas += 1
                if commas == 2 and not junk:
                    _add(
                        raw,
                        Problem(
                            "PK204", at, "two commas follow each other", "delete one", severity=Severity.INFO
                        ),
                    )
                at += 1
            elif char == ";" and not junk:
                _add(raw, Problem("PK203", at, "a semicolon stands where a comma should", "replace it"))
                at, commas = at + 1, 1
            elif char in (closer, "}"):
                if not grammar.GOES_ON.match(text, at + 1):
                    if char != closer:
                        message = "the entry starts with ( and ends with }"
                        _add(raw, Problem("PK201", at, message, "end it with )"))
                    at, closed = at + 1, True
                    break
                _add(raw, _unbalanced(at, "a brace too many closes the entry before its last field"))
                at += 1
                commas = 0
            elif char == "%":
                if raw.fields and grammar.KEEP.match(text, at):
                    raw.kept.append(raw.fields[-1].name)
                else:
                    message = "a line inside the entry is commented out with %"
                    _add(raw, Problem("PK215", at, message, severity=Severity.INFO))
                at = grammar.end_of(grammar.COMMENT_LINE, text, at)
            elif char == "@" and grammar.HEAD.match(text, at):
                break
            elif found := grammar.ASSIGNMENT.match(text, at):
                if commas == 0 and raw.fields and not junk:
                    message = f"the comma after the field {raw.fields[-1].name!r} is missing"
                    _add(raw, Problem("PK203", raw.fields[-1].end, message, "add it", raw.fields[-1].name))
                at, junk = self._field(raw, found, closer), False
                commas = _comma_taken(text, at)
            elif found := grammar.SPACED_ASSIGNMENT.match(text, at):
                name = "-".join(found[1].split())
                message = f"the field name {found[1]!r} holds a space; it was read as {name!r}"
                _add(raw, Problem("PK206", at, message, "correct it", name.lower()))
                at, junk = self._field(raw, found, closer), False
                if raw.fields and raw.fields[-1].start == found.start():
                    raw.fields[-1].name = name.lower()
                commas = _comma_taken(text, at)
            else:
                if not junk:
                    _add(raw, _unread(at, "text where a field should start was skipped"))
                at, junk, commas = self._skip(at), True, 0
        raw.end = at
        told = any(problem.code == "PK213" for problem in raw.problems)
        if raw.fields and not told and not _NOT_IN_KEYS.isdisjoint(raw.key):
            _add(raw, _odd_key(raw.start, raw.key))
        raw.failed = not raw.fields and (not closed or not raw.key or bool(raw.problems))
        if raw.failed:
            raw.problems = [
                Problem(
                    "PK202",
                    raw.start,
                    f"this @{raw.type} has no field that can be read",
                    "complete or delete it; its text is kept",
                    severity=Severity.ERROR,
                )
            ]
        elif not closed:
            _add(
                raw,
                Problem(
                    "PK201",
                    raw.start,
                    "the entry is not closed",
                    f"add {closer!r} at its end",
                    severity=Severity.ERROR,
                ),
            )
        return raw

    def definition(self, head: Match[str], *, named: bool) -> tuple[str, tuple[Piece, ...], int]:
        """Read the rest of `@string{name = value}` or, not named, `@preamble{value}`.

        Returns:
            Name, pieces of the value (none where it cannot be read), and where the block ends.
        """
        text, name = self._text, ""
        closer = "}" if head[2] == "{" else ")"
        at = grammar.end_of(grammar.SPACE, text, head.end())
        if named:
            found = grammar.ASSIGNMENT.match(text, at)
            if found:
                name, at = found[1], found.end()
        pieces, end = self._value(at) if name or not named else ((), at)
        end = grammar.end_of(grammar.SPACE, text, end)
        if text.startswith(",", end):
            end = grammar.end_of(grammar.SPACE, text, end + 1)
        limit = self.next_head(head.end())
        inside = self._swallowed.at(at)
        if pieces and text.startswith(closer, end) and not (inside and inside.start() < end):
            return name, pieces, end + 1
        whole = self.braces.close(head.end() - 1) if closer == "}" else -1
        return "", (), whole if 0 < whole <= limit else max(limit, head.end())

    # -- key -------------------------------------------------------------------------------------

    def _key(self, raw: RawEntry, at: int, closer: str) -> int:
        """Read the citation key; return where the fields (or the comma before them) begin."""
        text = self._text
        at = grammar.end_of(grammar.SPACE, text, at)
        if text.startswith("@", at) and grammar.HEAD.match(text, at):
            return at  # the next entry: of this one only the head was written
        token = grammar.KEY.match(text, at)[0]  # type: ignore[index]  # it matches anywhere
        if closer == ")" and ")" in token:
            token = token[: token.index(")")] if not text.startswith(",", at + len(token)) else token
        after = grammar.end_of(grammar.SPACE, text, at + len(token))
        following = text[after : after + 1]
        if following == ",":
            name, equals, _ = token.partition("=")
            if token and not (equals and name.lower() in _KEYLESS):
                raw.key = token
                return after + 1
            self._no_key(raw, at)
            return at if token else after + 1
        if grammar.ASSIGNMENT.match(text, at):
            self._no_key(raw, at)
            return at
        if following == closer or not following:
            # What begins a comment is no key: on a line of its own it would be read as one.
            raw.key = "" if token.startswith("%") else token
            if not raw.key:
                self._no_key(raw, at)
            return after
        if grammar.ASSIGNMENT.match(text, after):
            raw.key = token
            _add(
                raw,
                Problem("PK203", at + len(token), "the comma after the citation key is missing", "add it"),
            )
            return after
        end = grammar.end_of(grammar.KEY_LINE, text, at)
        raw.key = " ".join(text[at:end].rstrip(closer).split())
        _add(raw, _odd_key(at, raw.key))
        return end + 1 if text.startswith(",", end) else end

    def _no_key(self, raw: RawEntry, at: int) -> None:
        _add(
            raw,
            Problem("PK208", at, "the entry has no citation key", "give it one, or let normalize make it"),
        )

    # -- fields ----------------------------------------------------------------------------------

    def _field(self, raw: RawEntry, found: Match[str], closer: str) -> int:
        """Read the field that an assignment starts; return where it ends."""
        text, name, start = self._text, found[1].lower(), found.end()
        if text[start : start + 1] in (",", closer, "}"):
            _add(raw, _unread(start, f"the field {name!r} has no value", name))
            return start
        pieces, end = self._value(start)
        if pieces and self._is_whole(start, end, closer):
            raw.fields.append(RawField(name, pieces, found.start(), end))
            return end
        return self._recover(raw, name, found.start(), start, closer)

    def _value(self, at: int) -> tuple[tuple[Piece, ...], int]:
        """Return the pieces of a value and where it ends; no pieces where it breaks the rules."""
        text = self._text
        pieces: list[Piece] = []
        while True:
            char = text[at : at + 1]
            if char == "{":
                end = self.braces.close(at)
                pieces.append(Piece("text", text[at + 1 : end - 1]))
            elif char == '"':
                end = self._quote(at)
                pieces.append(Piece("text", text[at + 1 : end - 1]))
            else:
                bare = grammar.BARE.match(text, at)
                end = bare.end() if bare else -1
                if bare:
                    pieces.append(Piece("number" if bare[0].isdecimal() else "macro", bare[0]))
            if end < 0:
                return (), at
            after = grammar.end_of(grammar.SPACE, text, end)
            if not text.startswith("#", after):
                return tuple(pieces), end
            at = grammar.end_of(grammar.SPACE, text, after + 1)

    def _quote(self, start: int) -> int:
        """Return the offset behind the quote that closes the one at `start`; -1 where none does."""
        at = start + 1
        while found := grammar.QUOTE_STOP.search(self._text, at):
            if found[0] == '"':
                return found.end()
            at = self.braces.close(found.start()) if found[0] == "{" else -1
            if at < 0:
                return -1
        return -1

    def _is_whole(self, start: int, end: int, closer: str) -> bool:
        """Tell whether a value that obeys the rules is what was meant: by what it holds and what follows."""
        text = self._text
        after = grammar.end_of(grammar.SPACE, text, end)
        following = text[after : after + 1]
        if following in (",", ";", "}", closer):
            if following == "," and self._goes_on_behind(after + 1, closer):
                return False
            inside = self._swallowed.at(start)
            return inside is None or inside.start() >= end - 1
        if following in ("", "%") or (following == "@" and grammar.HEAD.match(text, after)):
            inside = self._boundary.at(start + 1)
            return inside is None or inside.start() >= end
        return grammar.ASSIGNMENT.match(text, after) is not None

    def _goes_on_behind(self, comma: int, closer: str) -> bool:
        """Tell whether a value goes on behind a comma: to the end of that line, which ends as values do."""
        text = self._text
        at = grammar.end_of(grammar.BLANKS, text, comma)
        if text[at : at + 1] in ("", "\n", "\r", "%", ",", "}", closer):
            return False
        if grammar.ASSIGNMENT.match(text, at) or grammar.HEAD.match(text, at):
            return False
        line_end = self._line_end.at(at)
        following = self._boundary.at(at)
        if not line_end or not following or not line_end.end() >= following.start() > line_end.start():
            return False
        tail = text[max(at, line_end.start() - _TAIL) : line_end.start()].rstrip()
        return tail.removesuffix(",").rstrip().endswith(("}", '"'))

    def _recover(self, raw: RawEntry, name: str, start: int, value: int, closer: str) -> int:
        """Read a field whose value breaks the rules up to where the next field or entry starts."""
        text = self._text
        limit = self.next_head(start)
        line, following = self._closing_line.at(value), self._boundary.at(value)
        ends = [found.start() for found in (line, following) if found and found.start() < limit]
        end = min(ends, default=limit)
        if not ends:
            stripped = text[value:limit].rstrip()
            end = value + len(stripped) - stripped.endswith(closer)
        source = text[value:end].strip().rstrip(",").strip("=# \t\r\n")
        opening, inner = source[:1], source
        if opening in ("{", '"'):
            inner = source[1:].removesuffix("}" if opening == "{" else '"')
        inner = without_unmatched(inner)
        if not inner.strip():
            _add(raw, _unread(value, f"the value of the field {name!r} cannot be read", name))
        else:
            raw.fields.append(RawField(name, (Piece("text", inner),), start, value + len(source)))
            _add(
                raw,
                _unbalanced(
                    value,
                    f"the value of the field {name!r} does not end where it should; its text was kept",
                    name,
                ),
            )
        return end

    def _skip(self, at: int) -> int:
        """Return an offset behind text that is no field: at the next comma, bracket or line."""
        text = self._text
        if text[at] == "{":
            end = self.braces.close(at)
            inside = self._boundary.at(at)
            skips_fields = inside is not None and inside.start() < end
            return end if 0 < end <= self.next_head(at) and not skips_fields else at + 1
        end = grammar.end_of(grammar.JUNK, text, at)
        return max(end, at + 1)


def _add(raw: RawEntry, problem: Problem) -> None:
    raw.problems.append(problem)


def _comma_taken(text: str, at: int) -> int:
    """Return 1 where a field that was recovered ended behind a comma or line, so that none is missing."""
    return int(text[at - 1] in ",\n\r")


def _unbalanced(at: int, message: str, name: str = "") -> Problem:
    return Problem("PK205", at, message, "check the braces", name, Severity.ERROR)


def _odd_key(at: int, key: str) -> Problem:
    message = f"the citation key {key!r} holds characters that LaTeX cannot cite"
    return Problem("PK213", at, message, "give another key")


def _unread(at: int, message: str, name: str = "") -> Problem:
    return Problem("PK206", at, message, "complete or delete it", name, Severity.ERROR)
