"""Finding entries of the same publication, and merging them.

The stages are files: `prepare`, `columns`, `block`, `compare`, `evidence`, `score`, `decide`, `cluster` and
`merge`; `run` takes a library through them, `link` two, `index` one entry at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.dedupe.answers import Answer
from pubkit.dedupe.index import Index
from pubkit.dedupe.link import Match, link
from pubkit.dedupe.restore import restore
from pubkit.dedupe.result import Conflict, DedupeResult, Group
from pubkit.errors import PubkitError
from pubkit.pause import cycle_search_paused
from pubkit.verbs import make_callable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pubkit.model.library import Library

__all__ = ["Answer", "Conflict", "DedupeResult", "Group", "Index", "Match", "dedupe", "link", "restore"]


def dedupe(
    library: Library,
    *,
    threshold: float = 0.8,
    review: float = 0.4,
    works: bool = False,
    answers: Iterable[Answer] = (),
    progress: Callable[[str], None] = lambda stage: None,
) -> DedupeResult:
    """Find entries of the same publication, and merge them.

    Titles decide first, then authors, year, venue, volume, pages and identifiers. Nothing is merged that says
    itself to be something else: another DOI, "Part II" instead of "Part I", an erratum, a reply. Whether two
    entries are merged does not depend on their order, and a second run changes nothing.

    Args:
        library: The entries.
        threshold: How sure a merge must be, 0 to 1.
        review: From where on a pair is listed in `maybe`, 0 to 1.
        works: Whether versions of one work (preprint, conference paper, journal article) are merged too,
            instead of linked by `related`.
        answers: What a person said about pairs, as `pubkit.dedupe.answers.read_answers` reads it: those are
            merged, or kept apart, whatever speaks against it.
        progress: Called with the name of each stage as it starts.

    Returns:
        The merged library, the groups with reasons, pairs to look at, works, and the keys that went.

    Raises:
        PubkitError: A threshold is not between 0 and 1.

    >>> from pubkit.model.entry import Entry
    >>> from pubkit.model.library import Library
    >>> wu = {"author": "Wu, Tianhao", "title": "On the Dances of Bees", "date": "2021"}
    >>> ong = {"author": "T. Wu", "title": "On the dances of bees.", "doi": "10.1000/182"}
    >>> one, two = Entry("article", "a", wu), Entry("article", "b", ong)
    >>> result = dedupe(Library((one, two)))
    >>> [group.keys for group in result.groups], result.library[0]["date"], result.library[0]["doi"]
    ([('a', 'b')], '2021', '10.1000/182')
    """
    from pubkit.dedupe.run import run  # numpy and rapidfuzz are loaded only when needed

    for name, value in (("threshold", threshold), ("review", review)):
        if not 0 <= value <= 1:
            raise PubkitError(f"{name}={value} is not between 0 and 1", hint="0.8 is usual")
    with cycle_search_paused():
        return run(
            library,
            threshold=threshold,
            review=min(review, threshold),
            works=works,
            answers=answers,
            progress=progress,
        )


make_callable(__name__)
