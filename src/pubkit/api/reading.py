"""Reading: bytes or text to a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pubkit.api.options import PathLike, options_of
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import ParseError, PubkitError, ReadError
from pubkit.formats.base import Format
from pubkit.formats.decode import decode, is_binary
from pubkit.formats.detect import choose, detect_binary, get_format
from pubkit.formats.streaming import BATCH, MAX_STREAMED, opened, read_stream, streamed_format
from pubkit.model.library import Library
from pubkit.model.source import Document

#: Inputs above this many bytes (1 GiB, unpacked) are refused unless `max_bytes` says otherwise.
MAX_BYTES = 1 << 30
_PIECE = 1 << 24


def read(
    path: PathLike,
    *,
    format: str | None = None,  # noqa: A002  # the word of the contract, of -f/--from and of every peer
    encoding: str | None = None,
    strict: bool = False,
    max_bytes: int = MAX_BYTES,
    **options: Any,
) -> Library:
    """Read a file: a `.bib`, a CSL-JSON export, or a paper list as text, Markdown or HTML.

    Args:
        path: The file, which may be packed (gzip, bzip2, xz); "-" is standard input. Of a folder, the pages
            of papers in it (`.md` files with a title and a venue in front, as academicpages and Hugo keep
            them).
        format: Name of the format; by default the file's name and content tell.
        encoding: Name of the encoding; by default the content tells.
        strict: Raise the first error-level diagnostic instead of collecting it.
        max_bytes: Refuse larger files, counted unpacked. They are held in memory; `read_batches` is for those
            that do not fit.
        **options: Options of the format, such as `owner="Tianhao Wu"` for paper lists and `resolve=True`
            (crossref and xdata inheritance) for BibTeX.

    Returns:
        The entries in file order; `library.diagnostics` says what was wrong or guessed.

    Raises:
        ReadError: The file is missing, too large, not text, or of no known format.
        ParseError: With `strict`, at the first error.

    >>> library = read("refs/papers.bib")
    >>> len(library), library["su2020sanity"].year
    (11, 2020)
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    if Path(path).is_dir():
        given = {"format": format, "encoding": encoding, "strict": strict, "max_bytes": max_bytes, **options}
        return read_many(_pages(Path(path)), **given)
    found: list[Diagnostic] = []
    data = _load(path, max_bytes, found)
    binary = get_format(format) if format else detect_binary(data)
    if binary and binary.read_bytes and (binary.read is None or is_binary(data)):
        given = options_of(binary, binary.read_options, "read_options", options)
        return _strictly(binary.read_bytes(data, name, **given), strict)
    document, findings = decode(data, name, encoding)
    return _parse(document, (*found, *findings), format, strict, options)


def read_string(
    text: str,
    format: str | None = None,  # noqa: A002  # as in read
    *,
    strict: bool = False,
    **options: Any,
) -> Library:
    """Read a text that is in memory; the arguments are those of `read`.

    >>> read_string("@book{knuth1986, title = {The {TeX}book}}", format="bibtex")[0].text("title")
    'The TeXbook'
    """
    return _parse(Document("", text), (), format, strict, options)


def read_many(paths: Iterable[PathLike], **options: Any) -> Library:
    """Read several files to one library, in the order given; the options are those of `read`.

    A library read from several files has no single document to write back with `layout="preserve"`.

    Raises:
        ReadError: As `read`; also where no path is given.
    """
    libraries = [read(path, **options) for path in paths]
    if not libraries:
        raise ReadError("no input was given", hint="name at least one file, or - for standard input")
    if len(libraries) == 1:
        return libraries[0]
    whole = libraries[0]
    for library in libraries[1:]:
        whole = whole + library
    return replace(whole, document=None, blocks=())


def read_batches(
    path: PathLike,
    *,
    format: str | None = None,  # noqa: A002  # as in read
    encoding: str | None = None,
    size: int = BATCH,
    max_bytes: int | None = None,
) -> Iterator[Library]:
    """Read a file that is larger than memory, some entries at a time.

    DBLP XML (the whole `dblp.xml.gz`), PubMed XML, MARCXML and JSON Lines are read as they come, in bounded
    memory. Files of other formats are read whole, and given out in parts.

    Args:
        path: The file, which may be packed (gzip, bzip2, xz); "-" is standard input.
        format: Name of the format; by default the file's name and content tell; standard input needs it.
        encoding: Name of the encoding; by default the content tells.
        size: How many entries a part has.
        max_bytes: Refuse larger files, counted unpacked; by default 64 GiB, or 1 GiB where a file is read
            whole.

    Yields:
        Libraries of `size` entries, the last one of fewer; each has the diagnostics of its part.

    Raises:
        ReadError: As `read`.

    >>> [len(part) for part in read_batches("refs/papers.bib", size=5)]
    [5, 5, 1]
    """
    name = str(path)
    if size < 1:
        raise ReadError(f"a part cannot have {size} entries", hint="give a size of 1 or more", where=name)
    chosen = streamed_format(name, format) if format or name != "-" else None
    if chosen:
        most = MAX_STREAMED if max_bytes is None else max_bytes
        yield from read_stream(name, chosen, encoding=encoding, size=size, max_bytes=most)
        return
    most = MAX_BYTES if max_bytes is None else max_bytes
    whole = read(path, format=format, encoding=encoding, max_bytes=most)
    told = whole.diagnostics
    for at in range(0, max(len(whole), 1), size):
        yield replace(whole, entries=whole.entries[at : at + size], diagnostics=told)
        told = ()


def _pages(folder: Path) -> list[Path]:
    """Return the pages of papers in a folder, and in those within it, in the order of their names.

    Raises:
        ReadError: It holds none.
    """
    from pubkit.formats.paperlist.data import MAX_FRONT, is_front_matter

    found: list[Path] = []
    for file in sorted(folder.rglob("*.md")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            with file.open("rb") as stream:
                if is_front_matter(stream.read(MAX_FRONT).decode("utf-8", "replace")):
                    found.append(file)
    if not found:
        raise ReadError(
            "is a folder without pages of papers",
            hint="give a file, or a folder of .md files with title and venue in front",
            where=str(folder),
        )
    return found


def _load(path: PathLike, max_bytes: int, findings: list[Diagnostic]) -> bytes:
    """Read the bytes of a file or of standard input, unpacked, not more than allowed."""
    with opened(str(path), max_bytes) as data:
        whole = b"".join(iter(lambda: data.read(_PIECE), b""))
        findings.extend(data.findings)
    return whole


def _parse(
    document: Document,
    findings: Sequence[Diagnostic],
    format_name: str | None,
    strict: bool,
    options: Mapping[str, Any],
) -> Library:
    """Parse a document in the named or detected format."""
    if not document.text.strip():
        findings = (
            *findings,
            Diagnostic(
                "PK003",
                "the input is empty",
                Severity.ERROR,
                Location(document.name, 1),
                "give a file that holds a list of publications",
            ),
        )
    chosen, remarks = (get_format(format_name), ()) if format_name else _detect(document)
    findings = (*findings, *remarks)
    if chosen is None:
        return Library(diagnostics=tuple(findings), document=document)
    if chosen.read is None:
        raise ReadError(f"the format {chosen.name} can only be written", hint="give another format")
    library = chosen.read(document, **options_of(chosen, chosen.read_options, "read_options", options))
    if findings:
        library = replace(library, diagnostics=(*findings, *library.diagnostics))
    return _strictly(library, strict)


def _strictly(library: Library, strict: bool) -> Library:
    """Return the library; with `strict`, raise its first error."""
    if strict:
        first = next((d for d in library.diagnostics if d.severity is Severity.ERROR), None)
        if first:
            raise ParseError(first.message, hint=first.hint, where=f"{first.location}: {first.code}")
    return library


def _detect(document: Document) -> tuple[Format | None, tuple[Diagnostic, ...]]:
    """Detect the format; None for an empty text whose name tells none, which has no entries in any format."""
    try:
        return choose(document)
    except PubkitError:
        if document.text.strip():
            raise
        return None, ()
