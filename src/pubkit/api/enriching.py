"""Files and folders of records as sources, and entries fetched by their identifiers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pubkit.api.reading import read_batches
from pubkit.diagnostics import Diagnostic, Severity
from pubkit.enrich.folders import cache_folder
from pubkit.enrich.index import LocalIndex, open_index
from pubkit.errors import ReadError, SourceError

if TYPE_CHECKING:
    from pubkit.cited.identifiers import Identifier
    from pubkit.enrich.opening import SourceLike
    from pubkit.enrich.settings import Settings
    from pubkit.model.entry import Entry

# Files with less are read faster than an index of them is kept.
_SMALL = 1 << 20
# In a folder these are records; anything else that lies there is not looked at.
_RECORDS = frozenset(
    {".bib", ".json", ".jsonl", ".xml", ".ris", ".nbib", ".enw", ".csv", ".tsv", ".cff", ".yaml", ".yml"}
    | {".gz", ".bz2", ".xz"}
)


def open_file(path: Path) -> LocalIndex:
    """Return the index of a file, or of all files of records in a folder, as a source.

    It is kept for as long as the files stay as they are. Dumps larger than memory, such as `dblp.xml.gz`, are
    read part by part.

    Raises:
        ReadError: A file cannot be read, or the folder holds none.
    """
    files = _files(path)

    def load() -> Iterator[Entry]:
        return chain.from_iterable(part.entries for file in files for part in read_batches(file))

    if sum(file.stat().st_size for file in files) < _SMALL:
        return LocalIndex(load(), str(path))
    states = [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    stamp = hashlib.sha256(repr(states).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return open_index(str(path), stamp, load, cache_folder() / "indexes")


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in _RECORDS
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    if not found:
        raise ReadError("is a folder without files of records", hint="name a file", where=str(path))
    return found


def fetcher(
    sources: SourceLike | Iterable[SourceLike],
    *,
    settings: Settings | None = None,
    report: list[Diagnostic] | None = None,
) -> Callable[[Identifier], Entry | None]:
    """Return a function that asks sources for the entry of an identifier, as `pk.bib(fetch=…)` takes it.

    Args:
        sources: As in `pk.enrich`; the first that has a record answers.
        settings: Address, keys and limits for web sources.
        report: A list to which it is added where a source did not answer; without it that is raised.

    >>> import pubkit as pk
    >>> fetch = fetcher(pk.read_string("@misc{k, title = {Bees}, doi = {10.1000/b}}"))
    >>> fetch(("doi", "10.1000/b"))["title"]
    'Bees'
    """
    from pubkit.enrich.opening import open_sources

    opened = open_sources(sources, settings=settings)

    def fetch(identifier: Identifier) -> Entry | None:
        kind, value = identifier
        for source in opened:
            if kind not in source.kinds:
                continue
            try:
                found = source.lookup(kind, value)
            except SourceError as error:
                if report is None:
                    raise
                message = f"{source.name} did not answer for {kind}:{value}: {error.message}"
                report.append(Diagnostic("PK904", message, Severity.WARNING, hint=error.hint))
                continue
            if found:
                return found[0].entry
        return None

    return fetch
