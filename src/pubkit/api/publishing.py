"""Publishing: the main job in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubkit.api.options import PathLike
from pubkit.api.reading import read
from pubkit.api.verbs import dedupe, format, normalize  # noqa: A004  # the verb of the contract
from pubkit.api.writing import save, write_string
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.errors import ReadError, WriteError
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.dedupe import DedupeResult


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
    from pubkit.page.build import page
    from pubkit.page.site import make_folder

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
    beside = Path(path).parent if str(path) != "-" else None
    site = page(library, style=page_style, owner=owner, title=title, downloads=("bibtex",), folder=beside)
    report += site.diagnostics
    contents["page"] = "index.html", site.html

    folder = Path(output)
    files = {what: folder / name for what, (name, _) in contents.items()}
    make_folder(folder)
    for file in files.values():  # all or none
        if file.exists() and not force:
            raise WriteError("exists already", hint="use --force to replace it", where=str(file))
    for what, file in files.items():
        save(file, contents[what][1], force=force)
    return Published(found, normalized, result, files, (*result.library.diagnostics, *report))
