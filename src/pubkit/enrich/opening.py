"""From what users name as a source to one that can be asked."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pubkit import registry
from pubkit.enrich.index import LocalIndex
from pubkit.enrich.settings import Settings
from pubkit.errors import SourceError
from pubkit.model.library import Library

if TYPE_CHECKING:
    from pubkit.enrich.source import Source

#: A file or folder of records, a library, the name of a web source, or a source of your own.
SourceLike: TypeAlias = "str | os.PathLike[str] | Library | Source"
#: The name under which the registry has what opens a file.
FILE = "file"


def open_sources(
    sources: SourceLike | Iterable[SourceLike], *, settings: Settings | None = None
) -> list[Source]:
    """Return sources that can be asked.

    Args:
        sources: One of what `SourceLike` says, or several in the order in which they are believed.
        settings: How web sources are asked.

    Raises:
        ReadError: A file of records cannot be read.
        SourceError: There is no such file and no such source.
    """
    single = isinstance(sources, str | os.PathLike | Library) or hasattr(sources, "lookup")
    given: Iterable[Any] = [sources] if single else cast(Iterable[Any], sources)
    return [_open(each, settings or Settings()) for each in given]


def web_sources() -> list[str]:
    """Return the names of the web sources."""
    return [name for name in registry.names("sources") if name != FILE]


def _open(given: Any, settings: Settings) -> Source:
    if isinstance(given, Library):
        name = given.document.name if given.document is not None else ""
        return LocalIndex(given, name or "the other library")
    if not isinstance(given, str | os.PathLike):
        return cast("Source", given)
    name = os.fspath(given)
    if Path(name).exists():
        return cast("Source", registry.load("sources", FILE)(Path(name)))
    if name not in web_sources():
        raise SourceError(
            "there is no such file and no such source",
            hint=f"name a file or folder of records, or one of {', '.join(web_sources())}",
            where=name,
        )
    return cast("Source", registry.load("sources", name)(settings))
