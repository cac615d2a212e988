"""From a manuscript to the `.bib` that it needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pubkit.api.options import PathLike
from pubkit.api.reading import read
from pubkit.errors import ReadError
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.cited import Bib, Manuscript
    from pubkit.cited.select import Fetch

Libraries: TypeAlias = PathLike | Library | Iterable[PathLike | Library]


def bib(
    manuscript: PathLike | Manuscript | Sequence[PathLike],
    library: Libraries | None = None,
    *,
    syntax: str | None = None,
    root: PathLike | None = None,
    fetch: Fetch | None = None,
    **reading: Any,
) -> Bib:
    """Return the entries that a manuscript cites, with all that they need, and what is missing.

    Args:
        manuscript: The main file, several of them, or what `pk.cited` read.
        library: A library, a file, or several of them in the order in which they are asked; by default the
            files that the manuscript names.
        syntax: Syntax of the manuscript, where its extension does not tell; see `pk.cited`.
        root: Folder from which included files may be read; see `pk.cited`.
        fetch: Asked for the entry of a key that is an identifier and that no library has.
        **reading: Options of `pk.read` for the libraries.

    Returns:
        `.library` (write it with `pk.write`), `.missing`, `.duplicates`, `.unused`, `.resolved`, and
        findings in `.library.diagnostics`.

    Raises:
        ReadError: The manuscript or a library cannot be read, or no library is named anywhere.
    """
    from pubkit.cited import Manuscript, read_manuscripts, select

    if not isinstance(manuscript, Manuscript):
        paths = [manuscript] if isinstance(manuscript, str | os.PathLike) else manuscript
        manuscript = read_manuscripts(list(paths), syntax=syntax, root=root)
    return select(manuscript, _libraries(manuscript, library, reading), fetch=fetch)


def _libraries(manuscript: Manuscript, given: Libraries | None, reading: dict[str, Any]) -> list[Library]:
    if given is None:
        named: list[PathLike | Library] = [name for name in manuscript.resources if Path(name).is_file()]
        if not named:
            missing = f" (it names {', '.join(manuscript.resources)})" if manuscript.resources else ""
            raise ReadError(
                f"the manuscript names no library that is there{missing}",
                hint="name one with --library (library=)",
            )
    elif isinstance(given, Library | str | os.PathLike):
        named = [given]
    else:
        named = list(given)
    return [one if isinstance(one, Library) else read(one, **reading) for one in named]
