"""What a manuscript cites, and the `.bib` that it needs.

`reading` reads a manuscript with the files that it includes, each syntax by a scanner of its own (`tex`,
`markdown`, `typst`, `rst`, `org`, `auxiliary`); `select` picks the entries out of libraries.
"""

from __future__ import annotations

import os

from pubkit.cited.manuscript import Citation, Manuscript
from pubkit.cited.reading import read_manuscript, read_manuscript_string, read_manuscripts
from pubkit.cited.select import Bib, Missing, select
from pubkit.verbs import make_callable

__all__ = [
    "Bib",
    "Citation",
    "Manuscript",
    "Missing",
    "cited",
    "read_manuscript",
    "read_manuscript_string",
    "read_manuscripts",
    "select",
]


def cited(
    *paths: str | os.PathLike[str], syntax: str | None = None, root: str | os.PathLike[str] | None = None
) -> Manuscript:
    """Read what manuscripts cite, with the files that they include.

    Args:
        *paths: The main files (`.tex`, `.aux`, `.bcf`, Markdown, Typst, reStructuredText, Org, Jupyter).
        syntax: "tex", "aux", "bcf", "markdown", "typst", "rst", "org" or "notebook"; by default the
            extension tells.
        root: Included files are read from this folder and those below it only; by default each main file's.

    Returns:
        `.keys`, `.citations` with places, `.resources` (the libraries it names), `.diagnostics`.

    Raises:
        ReadError: A main file cannot be read.
    """
    return read_manuscripts(paths, syntax=syntax, root=root)


make_callable(__name__)
