"""The verbs: read, write, normalize, check, dedupe, format, publish. A script needs nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import LimitError, ParseError, PubkitError, ReadError, WriteError
from pubkit.formats.base import Format
from pubkit.formats.decode import decode, encode
from pubkit.formats.detect import detect, format_of_path, get_format
from pubkit.formats.output import write_file
from pubkit.model.library import Library
from pubkit.model.source import Document

if TYPE_CHECKING:
    from pubkit.dedupe import DedupeResult

PathLike = str | os.PathLike[str]
#: Inputs above this many bytes are refused unless `max_bytes` says otherwise.
MAX_BYTES = 1 << 30


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
        path: The file; "-" is standard input.
        format: Name of the format; by default the file's name and content tell.
        encoding: Name of the encoding; by default the content tells.
        strict: Raise the first error-level diagnostic instead of collecting it.
        max_bytes: Refuse larger files.
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
    document, findings = decode(_load(path, max_bytes), name, encoding)
    return _parse(document, findings, format, strict, options)


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


def save(path: PathLike, data: bytes | str, *, force: bool = False) -> None:
    """Write bytes or text (as UTF-8) to a file as `write` does; "-" is standard output."""
    content = data.encode() if isinstance(data, str) else data
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_file(path, content, force=force)


def normalize(library: Library, **options: Any) -> Library:
    """Clean a library: names, venues, dates, identifiers, case protection, keys.

    Every change stands in `.changes` of the result; a second run changes nothing more.

    Args:
        library: The entries.
        **options: `select` and `ignore` (rule codes), `keys` and `key_pattern`; see `pubkit.normalize`.
    """
    from pubkit.normalize import normalize as run

    return run(library, **options)


def check(library: Library, **options: Any) -> list[Diagnostic]:
    """Return what the rules find wrong with a library; nothing is changed.

    Args:
        library: The entries.
        **options: `select` and `ignore`: rule codes or their beginnings.
    """
    from pubkit.rules import check as run

    return run(library, **options)


def dedupe(library: Library, **options: Any) -> DedupeResult:
    """Find entries of the same record and merge them.

    Args:
        library: The entries.
        **options: `threshold` (0 to 1), `works` (merge versions of one work too); see `pubkit.dedupe`.

    Returns:
        `.library` without duplicates; `.groups` with reasons, `.maybe`, `.works`, `.removed`.
    """
    from pubkit.dedupe import dedupe as run

    return run(library, **options)


def format(  # noqa: A001  # the verb of the contract: pk.format
    library: Library,
    style: str = "apa",
    to: str = "text",
    **options: Any,
) -> str:
    """Return a library as a formatted list of references.

    Args:
        library: The entries; the style decides their order unless it leaves it open.
        style: Id, title or alias of a CSL style, a path to a `.csl`, "pybtex:plain", or "bst:alpha".
        to: "text", "html", "markdown", "latex", "rtf", "typst" or "rst".
        **options: `locale`, `highlight` (a person to mark), `group_by` ("year", "type"); see `pubkit.cite`.

    Raises:
        StyleNotFoundError: No such style; the message offers the nearest names.
        StyleSyntaxError: The `.csl` file is broken.

    >>> text = "@book{k, author = {Knuth, Donald E.}, title = {TAOCP}, date = {1968}}"
    >>> print(format(read_string(text, format="bibtex"), style="apa"))
    Knuth, D. E. (1968). TAOCP.
    """
    from pubkit.cite import format_library

    return format_library(library, style, to, **options)


def cite(library: Library, keys: Sequence[str], style: str = "apa", to: str = "text", **options: Any) -> str:
    """Return one in-text citation of the entries with these keys.

    Args:
        library: The entries to choose from.
        keys: Citation keys in the order of citing.
        style: As in `format`.
        to: As in `format`.
        **options: `cited` (keys of all that the document cites), `locale`; see `pubkit.cite`.
    """
    from pubkit.cite import cite as run

    return run(library, keys, style, to, **options)


@dataclass(frozen=True, slots=True)
class Published:
    """What `publish` did.

    Attributes:
        found: The library as read.
        normalized: The same, cleaned; its `changes` say how.
        result: What de-duplication made of it; `result.library` is what was written.
        files: What each file holds → its path.
        diagnostics: Everything that a person should know, in order.
    """

    found: Library
    normalized: Library
    result: DedupeResult
    files: Mapping[str, Path]
    diagnostics: tuple[Diagnostic, ...]


def publish(
    path: PathLike,
    output: PathLike = "out",
    *,
    owner: str = "",
    dialect: str = "bibtex",
    styles: Sequence[str] = ("apa", "acm"),
    title: str = "",
    force: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    **options: Any,
) -> Published:
    """Do the main job: read a paper list, clean it, and write its `.bib`, formatted lists and page.

    Args:
        path: The list, in any format that `read` reads.
        output: The folder to write to; it is made where it is missing.
        owner: Whose list it is. Their name is marked on the page, and added where the list leaves it out.
        dialect: "bibtex" (any journal's template takes it) or "biblatex".
        styles: The styles of the formatted lists; the first one is the page's.
        title: Title of the page.
        force: Replace files that are there.
        progress: Called with the name of each stage as it starts.
        **options: Further options of `read`.

    Returns:
        The libraries of each stage and the files written.

    Raises:
        ReadError: The list cannot be read, or no paper was found in it.
        WriteError: A file exists already; nothing was written then.
    """
    from pubkit.page import build

    progress("reading")
    if owner:
        options = {**options, "owner": owner}
    found = read(path, **options)
    if not found:
        reason = next((d for d in found.diagnostics if d.severity is Severity.ERROR), None)
        raise ReadError(
            reason.message if reason else "no paper was found",
            hint=reason.hint if reason else "give a file that holds a list of publications",
            where=str(path),
        )
    progress("normalising")
    normalized = normalize(found)
    progress("looking for duplicates")
    result = dedupe(normalized)
    library = result.library

    report: list[Diagnostic] = []
    contents: dict[str, tuple[str, str]] = {}
    progress("formatting")
    for style in styles:
        name = style.rpartition("/")[2].removesuffix(".csl").replace(":", "-")
        # "pybtex:plain" and "bst:alpha" belong to other engines, which mark nobody.
        marked = {} if ":" in style else {"highlight": owner or None}
        text = format(library, style, "markdown", **marked)
        contents[style] = f"publications.{name}.md", f"{text.rstrip()}\n"
    progress("writing")
    contents["bib"] = "publications.bib", write_string(library, "bibtex", report=report, dialect=dialect)
    # The page needs references as trees, which the engines of pybtex do not give.
    page_style = next((style for style in styles if ":" not in style), "apa")
    downloads = {"BibTeX": "publications.bib"}
    page = build(library, style=page_style, owner=owner, title=title, downloads=downloads)
    contents["page"] = "index.html", page

    folder = Path(output)
    files = {what: folder / name for what, (name, _) in contents.items()}
    _make_folder(folder)
    for file in files.values():  # all or none
        if file.exists() and not force:
            raise WriteError("exists already", hint="use --force to replace it", where=str(file))
    for what, file in files.items():
        save(file, contents[what][1], force=force)
    return Published(found, normalized, result, files, (*result.library.diagnostics, *report))


# -- inside --------------------------------------------------------------------------------------


def _fits(document: Document, text: str) -> bool:
    """Say whether a text can be written in the encoding of a document."""
    try:
        text.encode(document.encoding)
    except UnicodeEncodeError:
        return text == document.text  # its odd bytes are written back as they were
    return True


def _load(path: PathLike, max_bytes: int) -> bytes:
    """Read the bytes of a file or of standard input, not more than allowed."""
    name = str(path)
    try:
        if name == "-":
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            file = Path(path)
            if file.is_dir():
                raise ReadError("is a folder", hint="give a file", where=name)
            with file.open("rb") as stream:
                data = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise ReadError("there is no such file", hint="check the name and the folder", where=name) from None
    except (OSError, ValueError) as error:
        raise ReadError(
            f"cannot be read ({getattr(error, 'strerror', None) or error})",
            hint="check its permissions",
            where=name,
        ) from error
    if len(data) > max_bytes:
        raise LimitError(
            f"is larger than {max_bytes} bytes", hint="raise max_bytes if it is meant to be", where=name
        )
    return data


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
    chosen = get_format(format_name) if format_name else _detect(document)
    if chosen is None:
        return Library(diagnostics=tuple(findings), document=document)
    if chosen.read is None:
        raise ReadError(f"the format {chosen.name} can only be written", hint="give another format")
    library = chosen.read(document, **_options(chosen, chosen.read_options, "read_options", options))
    if findings:
        library = replace(library, diagnostics=(*findings, *library.diagnostics))
    if strict:
        first = next((d for d in library.diagnostics if d.severity is Severity.ERROR), None)
        if first:
            raise ParseError(first.message, hint=first.hint, where=f"{first.location}: {first.code}")
    return library


def _detect(document: Document) -> Format | None:
    """Detect the format; None for an empty text whose name tells none, which has no entries in any format."""
    try:
        return detect(document)
    except PubkitError:
        if document.text.strip():
            raise
        return None


def _write(
    library: Library, chosen: Format, report: list[Diagnostic] | None, options: Mapping[str, Any]
) -> str:
    if chosen.write is None:
        raise WriteError(f"the format {chosen.name} can only be read", hint="choose another format")
    given = _options(chosen, chosen.write_options, "write_options", options)
    report = [] if report is None else report
    if chosen.keyed and options.get("layout") != "preserve":
        library = _keyed(library, report)
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


def _options(chosen: Format, own: Sequence[str], kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that this format takes; those of other formats may be given too (mixed inputs)."""
    from pubkit.formats.detect import formats

    foreign = [name for name in options if name not in own]
    if foreign:
        known = {name for other in formats() for name in getattr(other, kind)}
        for name in foreign:
            if name not in known:
                raise TypeError(
                    f"no format takes the option {name!r}; {chosen.name} takes: {', '.join(own) or 'none'}"
                )
    return {name: value for name, value in options.items() if name in own}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"the folder cannot be made ({error.strerror or error})", hint="choose another", where=str(folder)
        ) from error
