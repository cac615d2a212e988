"""What a page consists of: the page itself and the files beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pubkit.diagnostics import Diagnostic
from pubkit.errors import WriteError
from pubkit.formats.output import write_file


@dataclass(frozen=True, slots=True)
class Site:
    """A publications page, not written yet.

    Attributes:
        html: The page.
        files: Relative path → text, of all files: `index.html`, the downloads, and with `base_url` the feed,
            the site map and the pages of the papers.
        diagnostics: What a person should know: what a download could not carry, a picture that is missing.
    """

    html: str
    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()

    def write(self, folder: str | os.PathLike[str], *, force: bool = False) -> list[Path]:
        """Write all files, or none; return their paths.

        Args:
            folder: Where to; it is made where it is missing.
            force: Replace files that are there.

        Raises:
            WriteError: A file exists already, or the folder cannot be written to.
        """
        paths = {Path(folder) / name: text for name, text in self.files.items()}
        for path in paths:
            if path.exists() and not force:
                raise WriteError("exists already", hint="use --force to replace it", where=str(path))
        for path, text in paths.items():
            make_folder(path.parent)
            write_file(path, text.encode(), force=force)
        return list(paths)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises:
        WriteError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            f"the folder cannot be made ({error.strerror or error})", hint="choose another", where=str(folder)
        ) from error
