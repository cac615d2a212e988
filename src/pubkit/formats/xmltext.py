"""The text of an XML input before it is parsed, piece by piece: what lxml must not see, or would not mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html.entities import html5

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.source import Document, Stream

_LOOK = 65_536
_PIECE = 1 << 15  # what iterparse takes at a time
# A piece ends behind a tag; a text longer than this without one is cut anyway (lxml holds no longer ones).
_LONGEST = 1 << 24
_DECLARED = re.compile(r"<!ENTITY\s+(?:%\s*)?([\w.:-]+)")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*+(?:\[.*?\]\s*+)?+>", re.DOTALL)
_ENTITY = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]*);|(&)(?!#?\w+;)", re.DOTALL)
_PREDEFINED = frozenset(("amp", "lt", "gt", "quot", "apos"))


class Starts:
    """Counts the start tags of some names that no other one of them holds, about."""

    def __init__(self, tags: Collection[str]) -> None:
        names = "|".join(map(re.escape, tags))
        self._tag = re.compile(rf"<(/?)(?:[\w.-]+:)?(?:{names})(?=[\s>])")
        self._depth = 0
        self.count = 0

    def add(self, piece: str) -> None:
        """Count those of a piece, which ends behind a tag."""
        depth, count = self._depth, self.count
        for closing in self._tag.findall(piece):
            count += depth == 0 and not closing
            depth = max(0, depth - 1) if closing else depth + 1
        self._depth, self.count = depth, count


def mended(source: Document | Stream, findings: list[Diagnostic], starts: Starts) -> Iterator[str]:
    """Yield the text without document type, HTML's entities spelled out and stray ampersands escaped.

    Args:
        source: The input.
        findings: A list to which is added what was wrong.
        starts: Is shown every piece as it was read.
    """
    pieces = _cut(_slices(source.text) if isinstance(source, Document) else source.pieces)
    mend = _Mending(source.name, findings)
    for at, piece in enumerate(pieces):
        starts.add(piece)
        yield mend.piece(mend.head(piece) if at == 0 else piece)
    mend.tell()


def _slices(text: str) -> Iterator[str]:
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def _cut(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a text in pieces that end behind a tag, the first one with all that stands before the root."""
    held = ""
    least = _LOOK
    for piece in pieces:
        held += piece
        if len(held) < least:
            continue
        cut = held.rfind(">") + 1
        if cut or len(held) > _LONGEST:
            yield held[: cut or None]
            held, least = held[cut:] if cut else "", 0
    if held:
        yield held


class _Mending:
    """The way through one input."""

    def __init__(self, name: str, findings: list[Diagnostic]) -> None:
        self.name, self.findings = name, findings
        self.declared: frozenset[str] = frozenset()
        self.lines = 0
        self.stray = 0
        self.first: Location | None = None
        self.in_cdata = False

    def head(self, piece: str) -> str:
        """Return the first piece without what stands before the root; its lines still count."""
        text = piece.lstrip("\ufeff \t\r\n")
        text = "\n" * piece[: len(piece) - len(text)].count("\n") + text
        if text.startswith("\n"):  # nothing may stand before an XML declaration
            text = re.sub(r"\A(\n*+)<\?xml.*?\?>", r"\1", text, count=1, flags=re.DOTALL)
        self.declared = frozenset(_DECLARED.findall(text[:_LOOK]))
        if self.declared:
            message = f"the document type declares entities ({', '.join(sorted(self.declared)[:5])})"
            place = Location(self.name, 1)
            self.findings.append(
                Diagnostic("PK440", f"{message}; they are not followed", Severity.WARNING, place)
            )
        if found := _DOCTYPE.search(text, 0, _LOOK):
            text = text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]
        return text

    def piece(self, text: str) -> str:
        """Return a piece with its ampersands mended; in CDATA they are text."""
        done = ""
        if self.in_cdata:
            end = text.find("]]>") + 3
            if end < 3:
                self.lines += text.count("\n")
                return text
            done, text, self.in_cdata = text[:end], text[end:], False
            self.lines += done.count("\n")
        if "&" in text or "<![CDATA[" in text:
            self._text = text
            mended_text = _ENTITY.sub(self._mend, text)
        else:
            mended_text = text
        self.lines += text.count("\n")
        return done + mended_text

    def _mend(self, found: re.Match[str]) -> str:
        name = found[1]
        if name is not None:
            if name in _PREDEFINED:
                return found[0]
            meant = None if name in self.declared else html5.get(name + ";")
            if meant is None:  # an entity that HTML does not know stays as it is written
                return f"&amp;{name};"
            return meant.replace("&", "&amp;").replace("<", "&lt;")
        if found[2] is None:
            self.in_cdata = not found[0].endswith("]]>")
            return found[0]
        self.stray += 1
        if self.first is None:
            before = self._text[: found.start()]
            column = len(before) - (before.rfind("\n") + 1) + 1
            self.first = Location(self.name, self.lines + before.count("\n") + 1, column)
        return "&amp;"

    def tell(self) -> None:
        """Say how many ampersands were not escaped."""
        if self.first is not None:
            message = f"{self.stray} ampersands are not escaped; they were read as text"
            self.findings.append(
                Diagnostic("PK439", message, Severity.WARNING, self.first, "escape them as &amp;")
            )
