"""Reading a manuscript with all files that belong to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pubkit.cited.manuscript import Citation, Event, Manuscript
from pubkit.cited.syntaxes import Scanner, get_scanner, syntax_of
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import EncodingError, ReadError
from pubkit.formats.decode import decode
from pubkit.model.source import Document

#: No file of a manuscript is larger, and no manuscript has more files.
MAX_BYTES = 1 << 26
MAX_FILES = 10_000


def read_manuscript(
    path: str | os.PathLike[str], *, syntax: str | None = None, root: str | os.PathLike[str] | None = None
) -> Manuscript:
    """Read what a manuscript cites, with the files that it includes.

    Args:
        path: The main file; "-" is standard input.
        syntax: "tex", "aux", "bcf", "markdown", "typst", "rst", "org" or "notebook"; by default the file's
            extension tells.
        root: Included files are read from this folder and those below it, from nowhere else; by default the
            main file's folder.

    Raises:
        ReadError: The main file cannot be read.
        UnknownFormatError: The syntax is not known.
    """
    standard_input = str(path) == "-"
    name = "<stdin>" if standard_input else str(path)
    syntax = syntax or syntax_of(name, "tex" if standard_input else "")
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1) if standard_input else _load(Path(path))
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror or error})", hint="check the name and the folder", where=name
        ) from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"is larger than {MAX_BYTES} bytes", hint="name the main file", where=name)
    document, _ = decode(data, name, None)
    folder = Path() if standard_input else Path(path).parent
    reading = _Reading(folder, Path(root) if root is not None else folder)
    if not standard_input:
        reading.seen.add(Path(path).resolve())
    return reading.run(document, folder, syntax)


def read_manuscript_string(text: str, syntax: str = "tex") -> Manuscript:
    r"""Read what a text cites; the files that it includes are not read.

    >>> read_manuscript_string(r"\citep[see][p.~3]{a, b} % \cite{c}").keys
    ('a', 'b')
    """
    return _Reading(None, None).run(Document("", text), Path(), syntax)


def _load(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


@dataclass(slots=True)
class _Open:
    """A file that is being read."""

    document: Document
    folder: Path
    syntax: str
    events: Iterator[Event]


@dataclass(slots=True)
class _Reading:
    """The state of reading one manuscript: a stack of open files, as includes nest."""

    folder: Path | None
    root: Path | None
    seen: set[Path] = field(default_factory=set)
    citations: list[Citation] = field(default_factory=list)
    resources: dict[str, None] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    findings: list[Diagnostic] = field(default_factory=list)
    everything: bool = False
    dialect: str = ""

    def run(self, document: Document, folder: Path, syntax: str) -> Manuscript:
        # One scanner a syntax: what a preamble defines holds in the chapters.
        scanners = {syntax: get_scanner(syntax)}
        stack = [self._open(document, folder, syntax, scanners)]
        while stack:
            top = stack[-1]
            event = next(top.events, None)
            if event is None:
                stack.pop()
            elif event.kind in ("include", "package"):
                if self.root is not None and (path := self._find(event, top)):
                    inner = self._document(path, top.document.location(event.offset))
                    if inner is not None:
                        kind = syntax_of(path.name, top.syntax)
                        stack.append(self._open(inner, path.parent, kind, scanners))
            else:
                self._note(event, top)
        citations = tuple(found for found in self.citations if found.key not in self.labels)
        return Manuscript(
            citations,
            self.everything,
            tuple(self.resources),
            tuple(self.files),
            self.dialect,
            tuple(self.findings),
        )

    def _open(self, document: Document, folder: Path, syntax: str, scanners: dict[str, Scanner]) -> _Open:
        if document.name:
            self.files.append(document.name)
        if syntax not in scanners:
            scanners[syntax] = get_scanner(syntax)
        return _Open(document, folder, syntax, scanners[syntax](document, self.findings))

    def _note(self, event: Event, top: _Open) -> None:
        if event.kind == "cite":
            place = top.document.location(event.offset)
            self.citations.append(Citation(event.value, place, event.maybe))
        elif event.kind == "all":
            self.everything = True
        elif event.kind == "label":
            self.labels.add(event.value)
        elif event.kind == "dialect":
            self.dialect = "biblatex" if "biblatex" in (self.dialect, event.value) else event.value
        elif event.kind == "resource":
            if "://" in event.value:
                self.resources.setdefault(event.value)
                return
            places = [top.folder / event.value] + ([self.folder / event.value] if self.folder else [])
            found = next((place for place in reversed(places) if _is_file(place)), places[-1])
            self.resources.setdefault(str(found))

    def _find(self, event: Event, top: _Open) -> Path | None:
        """Return the file that an include means; None with a finding where there is none that may be read."""
        if self.folder is None or self.root is None:  # a text in memory includes nothing
            return None
        names = [event.value]
        if top.syntax == "tex" and event.kind == "include":
            names = [f"{event.value}.tex", event.value]
        outside = False
        root = self.root.resolve()
        for folder in dict.fromkeys((top.folder / event.folder, self.folder / event.folder, self.folder)):
            for name in names:
                path = folder / name
                if not _is_file(path):
                    continue
                if not path.resolve().is_relative_to(root):
                    outside = True
                    continue
                return path
        if event.kind == "include":
            place = top.document.location(event.offset)
            if outside:
                message = f"{event.value} lies outside {self.root}; it was not read"
                hint = "name a folder that holds both with --root (root=)"
                self.findings.append(Diagnostic("PK801", message, Severity.WARNING, place, hint))
            else:
                message = f"there is no file {event.value}; what it cites is not known"
                hint = "check the name and the folder"
                self.findings.append(Diagnostic("PK800", message, Severity.WARNING, place, hint))
        return None

    def _document(self, path: Path, place: Location) -> Document | None:
        """Return an included file; None where it was read before or cannot be read."""
        real = path.resolve()
        if real in self.seen:
            return None  # twice or in a circle: its citations are known
        if len(self.seen) >= MAX_FILES:
            if len(self.seen) == MAX_FILES:
                self.seen.add(real)
                self._unread(path, f"are more than {MAX_FILES} files; the rest was not read", place)
            return None
        self.seen.add(real)
        try:
            data = _load(path)
            if len(data) > MAX_BYTES:
                self._unread(path, f"is larger than {MAX_BYTES} bytes", place)
                return None
            document, _ = decode(data, str(path), None)
        except (OSError, EncodingError) as error:
            self._unread(path, f"cannot be read ({error})", place)
            return None
        return document

    def _unread(self, path: Path, why: str, place: Location) -> None:
        self.findings.append(Diagnostic("PK803", f"{path} {why}", Severity.WARNING, place))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def read_manuscripts(
    paths: Sequence[str | os.PathLike[str]],
    *,
    syntax: str | None = None,
    root: str | os.PathLike[str] | None = None,
) -> Manuscript:
    """Read several manuscripts as one, such as a paper and its supplement; as `read_manuscript`."""
    whole = Manuscript()
    for path in paths:
        whole += read_manuscript(path, syntax=syntax, root=root)
    return whole
