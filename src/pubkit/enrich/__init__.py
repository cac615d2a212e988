"""Facts about entries, looked up in files and web sources, matched with care, kept with their origin.

`index` (a local file or folder) and `sources` (web services) answer a `Query` with records; `match` judges a
record, `choose` takes the one that stands out, `facts` and `fill` say what it gives, `run` goes through a
library.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pubkit.enrich.result import EnrichResult, Filled, Finding, Origin, Proposal
from pubkit.enrich.settings import Settings
from pubkit.enrich.source import Query, Source, SourceRecord
from pubkit.verbs import make_callable

if TYPE_CHECKING:
    from pubkit.enrich.opening import SourceLike
    from pubkit.model.library import Library

__all__ = [
    "EnrichResult",
    "Filled",
    "Finding",
    "Origin",
    "Proposal",
    "Query",
    "Settings",
    "Source",
    "SourceRecord",
    "enrich",
]


def enrich(
    library: Library,
    sources: SourceLike | Iterable[SourceLike],
    *,
    owner: str = "",
    overwrite: Iterable[str] = (),
    upgrade_preprints: bool = False,
    settings: Settings | None = None,
) -> EnrichResult:
    """Fill the empty fields of a library from sources, and report what contradicts the others.

    A fact is taken only from a record that is surely the same publication; nothing that stands in the library
    is changed unless `overwrite` names its field. What is likely but not sure is proposed.

    Args:
        library: The entries.
        sources: A file or folder of records, a library, the name of a web source ("crossref", "openalex",
            "dblp", "arxiv", "datacite", "semanticscholar", "pubmed", "openlibrary"), or several of them in
            the order in which they are believed. Only web sources use the network.
        owner: Whose list it is: stands for the authors of entries that name nobody.
        overwrite: Fields that a contradicting fact may replace, e.g. `{"year"}`.
        upgrade_preprints: Make a preprint its published version; the arXiv number is kept.
        settings: Address, keys and limits for web sources.

    Returns:
        `.library`, and `.filled`, `.findings`, `.proposed`, `.preprints`, `.unmatched`, each fact with where
        it came from.

    Raises:
        ReadError: A file of records cannot be read.
        SourceError: There is no such source.
        FieldError: A name in `overwrite` is no field with facts.

    >>> import pubkit as pk
    >>> records = pk.read_string(
    ...     "@article{x, title={On the Dances of Bees}, author={Wu, Tianhao}, year=2020, doi={10.1000/b}}"
    ... )
    >>> mine = pk.read_string("@misc{k, title={On the dances of bees}, author={T. Wu}, year=2021}")
    >>> done = enrich(mine, records)
    >>> done.library["k"]["doi"], done.findings[0].ours, done.findings[0].theirs
    ('10.1000/b', '2021', '2020')
    """
    from pubkit.enrich.opening import open_sources
    from pubkit.enrich.run import run

    opened = open_sources(sources, settings=settings)
    return run(library, opened, owner=owner, overwrite=overwrite, upgrade_preprints=upgrade_preprints)


make_callable(__name__)
