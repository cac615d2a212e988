"""Keeping the publications in a document current."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubkit.api.options import PathLike
from pubkit.api.reading import read
from pubkit.api.verbs import format  # noqa: A004  # the verb of the contract
from pubkit.api.writing import save
from pubkit.cite.regions import KINDS, Region, find_regions, replace_regions
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import ParseError, PubkitError, ReadError
from pubkit.model.entry import Entry
from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class Updated:
    """What `update` made of a document.

    Attributes:
        path: The document.
        old: Its text before.
        new: Its text now, or what it would be.
        regions: How many regions it has.
        diagnostics: What a person should know of the libraries and the lists.
    """

    path: Path
    old: str
    new: str
    regions: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the document was not current."""
        return self.old != self.new


def update(path: PathLike, library: Library | None = None, *, write: bool = True) -> Updated:
    """Bring the publications in a document up to date; the rest of it stays, byte for byte.

    A region stands between two comments, in Markdown and HTML
    `<!-- pubkit: publications from=refs.bib style=apa group=year -->` and `<!-- pubkit: end -->`; in LaTeX
    they begin with `%`, in reStructuredText with `..`, in Typst with `//`, in Org with `#`.

    Args:
        path: The document.
        library: The publications, for regions that name no library with `from=`.
        write: Write the document; otherwise only say what it would be.

    Raises:
        ReadError: The document or a library cannot be read; a region names no library and none is given.
        ParseError: A marker is wrong.
    """
    file = Path(path)
    text = _text(file)
    extension = file.suffix.lower().lstrip(".")
    regions = find_regions(text, extension, str(path))
    if not regions:
        raise ParseError(
            "the document has no region to update",
            hint="write the markers pubkit: publications and pubkit: end as comments",
            where=str(path),
        )
    to = KINDS[extension][0]
    libraries: dict[str, Library] = {}
    report: list[Diagnostic] = []

    def content(region: Region) -> str:
        try:
            return filled(region)
        except PubkitError as error:  # of the options, so the marker is the place
            what = f"{error.where}: {error.message}" if error.where else error.message
            raise type(error)(what, hint=error.hint, where=f"{path}:{region.line}") from error

    def filled(region: Region) -> str:
        source = region.options.get("from")
        if source and source not in libraries:
            libraries[source] = read(file.parent / source)
            report.extend(libraries[source].diagnostics)
        chosen = libraries[source] if source else library
        if chosen is None:
            raise ReadError(
                "the region names no library",
                hint="write from=refs.bib in its marker, or give a library",
            )
        options = _format_options(region)
        entries = chosen.select(_filter(region))
        if not entries:
            what = "no publication is what the marker asks for" if len(chosen) else "the library is empty"
            place = Location(str(path), region.line)
            report.append(Diagnostic("PK533", what, Severity.WARNING, place, "look at its options"))
        return format(entries, region.options.get("style", "apa"), to, **options)  # type: ignore[return-value]  # no document is of a binary kind

    new = replace_regions(text, regions, content, airy=to in ("markdown", "rst", "org"))
    if len(find_regions(new, extension, str(path))) != len(regions):
        raise ParseError(
            "a line of a list reads as a marker, so that the next update would not find its end",
            hint="look for 'pubkit:' in the library",
            where=str(path),
        )
    if write and new != text:
        save(file, new.encode(), force=True)
    return Updated(file, text, new, len(regions), tuple(report))


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror or error})", hint="check the name", where=str(file)
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(
            "is not UTF-8, so it could not be written back as it was", hint="convert it", where=str(file)
        ) from error


def _filter(region: Region) -> Any:
    """Return what chooses the entries of a region."""
    options = region.options
    types = {name.strip() for name in options.get("type", "").split(",") if name.strip()}
    since, until = int(options.get("since", 0)), int(options.get("until", 9999))

    def wanted(entry: Entry) -> bool:
        if types and entry.type not in types:
            return False
        if ("since" in options or "until" in options) and not since <= (entry.year or -1) <= until:
            return False
        keyword = options.get("keyword", "").casefold()
        words = entry.text("keywords").casefold().replace(";", ",").split(",")
        return not keyword or keyword in [word.strip() for word in words]

    return wanted


def _format_options(region: Region) -> dict[str, Any]:
    options = region.options
    given: dict[str, Any] = {
        name: options[name]
        for name in ("locale", "sort", "highlight", "titles", "environment")
        if name in options
    }
    if "group" in options:
        given["group_by"] = options["group"]
    for name in ("limit", "width"):
        if name in options:
            given[name] = int(options[name])
    if number := options.get("number"):
        given["number"] = number if number == "reverse" else True
    return given
