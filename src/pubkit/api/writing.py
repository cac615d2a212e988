"""Writing: a library to text or to a file."""

from __future__ import annotations

import io
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from pubkit.api.options import PathLike, options_of
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import DuplicateKeyError, WriteError
from pubkit.formats.base import Format
from pubkit.formats.decode import encode
from pubkit.formats.detect import format_of_path, get_format
from pubkit.formats.output import replacing, write_file
from pubkit.formats.streaming import write_joined
from pubkit.model.library import Library
from pubkit.model.source import Document


def write_string(
    library: Library,
    format: str = "bibtex",  # noqa: A002  # as in read
    *,
    report: list[Diagnostic] | None = None,
    **options: Any,
) -> str:
    """Return a library as text.

    Args:
        library: The entries.
        format: Name of the format.
        report: A list to which findings are added, such as fields the format cannot carry.
        **options: Options of the format; for BibTeX `layout="tidy"|"preserve"`, `dialect`, `ascii`, `sort` …

    Raises:
        UnknownFormatError: No such format.
        WriteError: The format cannot be written, or not with these options.
        DuplicateKeyError: Two entries have one key.

    >>> from pubkit import read_string
    >>> library = read_string("@book{a, title = {T}, year = 1986}", format="bibtex")
    >>> print(write_string(library, "bibtex"), end="")
    @book{a,
      title = {T},
      year  = {1986},
    }
    """
    return _write(library, get_format(format), report, options)


def write(
    library: Library,
    path: PathLike,
    *,
    format: str | None = None,  # noqa: A002  # as in read
    force: bool = False,
    report: list[Diagnostic] | None = None,
    **options: Any,
) -> None:
    """Write a library to a file, atomically; a file that is there is replaced only with `force`.

    Args:
        library: The entries.
        path: The file; "-" is standard output.
        format: Name of the format; by default the file's extension tells.
        force: Replace an existing file.
        report: A list to which findings are added.
        **options: Options of the format, as in `write_string`.

    Raises:
        WriteError: The file exists, its extension tells no format, or it cannot be written.
        DuplicateKeyError: Two entries have one key.
    """
    chosen = get_format(format) if format else format_of_path(str(path))
    if chosen is None:
        raise WriteError(
            "the extension tells no format", hint='name one, e.g. format="bibtex"', where=str(path)
        )
    text = _write(library, chosen, report, options)
    # What is kept byte for byte is also kept in its encoding.
    kept = library.document if options.get("layout") == "preserve" else None
    if kept and report is not None and not _fits(kept, text):
        message = f"the text does not fit into {kept.encoding} any more; it was written as UTF-8"
        report.append(Diagnostic("PK704", message, Severity.WARNING, Location(str(path))))
    save(path, encode(kept, text) if kept else text.encode(), force=force)


def write_batches(
    libraries: Iterable[Library],
    path: PathLike,
    *,
    format: str | None = None,  # noqa: A002  # as in read
    force: bool = False,
    report: Callable[[list[Diagnostic]], None] | None = None,
) -> None:
    """Write libraries one after another to one file, as `read_batches` gives them: in bounded memory.

    Args:
        libraries: The parts, in order.
        path: The file; "-" is standard output.
        format: Name of the format: JSON Lines, CSV, TSV, BibTeX, BibLaTeX, RIS or ENW; by default the
            file's extension tells.
        force: Replace an existing file.
        report: Called with the findings about each part, such as fields that the format cannot carry.

    Raises:
        WriteError: The file exists, or its format cannot be written in parts.
        DuplicateKeyError: Two entries have one key, and the format asks for different ones.
    """
    chosen = get_format(format) if format else format_of_path(str(path))
    if chosen is None or (chosen.between is None and chosen.pour is None):
        raise WriteError(
            "this format cannot be written part by part",
            hint="use jsonl, csv, tsv, bibtex, biblatex, ris or enw",
            where=str(path),
        )
    if str(path) == "-":
        sys.stdout.flush()
        stream = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
        try:
            _pour(libraries, chosen, stream, report)
        finally:
            stream.detach()  # flushes, and leaves standard output open
        return
    with replacing(path, force=force) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        _pour(libraries, chosen, file, report)


def _pour(
    libraries: Iterable[Library],
    chosen: Format,
    stream: TextIO,
    report: Callable[[list[Diagnostic]], None] | None,
) -> None:
    if chosen.pour:
        chosen.pour(libraries, stream)
        return
    write_joined(_texts(libraries, chosen, report), stream, chosen.between or "")


def _texts(
    libraries: Iterable[Library], chosen: Format, report: Callable[[list[Diagnostic]], None] | None
) -> Iterator[str]:
    keys = _Keys()
    for library in libraries:
        found: list[Diagnostic] = []
        told = found if report else None
        if chosen.keyed:
            keys.add(library)
        yield _write(library, chosen, told, {})
        if report and found:
            report(found)
    if keys.twice():
        raise DuplicateKeyError(
            f"{keys.twice()} citation keys are of two entries each",
            hint="write jsonl, and merge them with pubkit dedupe --engine duckdb",
        )


class _Keys:
    """Remembers keys by eight bytes each, for files whose keys would not fit into memory."""

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(256)]

    def add(self, library: Library) -> None:
        """Remember the keys of a part; an entry without one cannot be written in parts."""
        for entry in library:
            if not entry.key:
                raise WriteError(
                    "an entry has no citation key; keys can only be made for a whole library",
                    hint="write jsonl, or read the file whole with pk.read",
                    where=str(entry.location()),
                )
            number = hash(entry.key)
            self._parts[number & 255].append(number)

    def twice(self) -> int:
        """Return how many keys were given more than once."""
        return sum(len(part) - len(set(part)) for part in self._parts)


def save(path: PathLike, data: bytes | str, *, force: bool = False) -> None:
    """Write bytes or text (as UTF-8) to a file as `write` does; "-" is standard output."""
    content = data.encode() if isinstance(data, str) else data
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_file(path, content, force=force)


def _fits(document: Document, text: str) -> bool:
    """Say whether a text can be written in the encoding of a document."""
    try:
        text.encode(document.encoding)
    except UnicodeEncodeError:
        return text == document.text  # its odd bytes are written back as they were
    return True


def _write(
    library: Library, chosen: Format, report: list[Diagnostic] | None, options: Mapping[str, Any]
) -> str:
    if chosen.write is None:
        raise WriteError(f"the format {chosen.name} can only be read", hint="choose another format")
    given = options_of(chosen, chosen.write_options, "write_options", options)
    if chosen.keyed and options.get("layout") != "preserve":
        library = _keyed(library, [] if report is None else report)
    return chosen.write(library, report=report, **given)


def _keyed(library: Library, report: list[Diagnostic]) -> Library:
    """Give a key to entries that have none and must have one; paper lists have none."""
    if all(entry.key for entry in library):
        return library
    from pubkit.keys import make_keys

    keyed, _ = make_keys(library)
    for old, new in zip(library, keyed, strict=True):
        if not old.key:
            where = replace(old.location(), key=new.key)
            message = "the entry had no citation key; it was given one by the default pattern"
            report.append(Diagnostic("PK703", message, Severity.INFO, where))
    return keyed
