"""Undoing merges: all of them, or some."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.dedupe.result import DedupeResult, Group
from pubkit.errors import PubkitError
from pubkit.model.library import Library


def restore(result: DedupeResult, keys: Iterable[str] | None = None) -> Library:
    """Undo merges.

    Args:
        result: What `dedupe` returned.
        keys: The merges to undo, named by the key of the merged entry or of any entry that went into it; by
            default all.

    Returns:
        The library as it would be without these merges; with all undone, as it was before. References to an
        entry that is back name it again.

    Raises:
        PubkitError: No merge has such a key.

    >>> from pubkit.dedupe import dedupe
    >>> from pubkit.model.entry import Entry
    >>> bees = {"title": "On the Dances of Honey Bees", "author": "Wu, T.", "date": "2020"}
    >>> library = Library((Entry("article", "a", bees), Entry("article", "b", {**bees, "volume": "3"})))
    >>> result = dedupe(library)
    >>> len(result.library), restore(result) == library, len(restore(result, ["a"]))
    (1, True, 2)
    """
    from pubkit.dedupe.run import link_versions, redirected

    if result.before is None:
        raise PubkitError("this result does not hold the library as it was", hint="pass what dedupe returned")
    if keys is None:
        return result.before
    wanted = set(keys)
    undone = [group for group in result.groups if not wanted.isdisjoint({group.kept, *group.keys})]
    unknown = wanted.difference(*({group.kept, *group.keys} for group in undone))
    if unknown:
        raise PubkitError(
            f"nothing was merged under the key {sorted(unknown)[0]!r}", hint="see the keys of result.groups"
        )
    kept = [group for group in result.groups if group not in undone]
    entries = dict(enumerate(result.before))
    for group in kept:
        for place in group.places:
            del entries[place]
        if group.merged is not None:
            entries[group.places[0]] = group.merged
    renamed = {key: group.kept for group in kept for key in group.keys if key and key != group.kept}
    entries = {place: redirected(entries[place], renamed) for place in sorted(entries)}
    place_of = {entry.key: place for place, entry in entries.items()}
    works = [_places(work, place_of) for work in result.works]
    entries = link_versions(entries, [places for places in works if len(places) > 1])
    return result.before.with_entries(entries.values())


def _places(work: Group, place_of: dict[str, int]) -> list[int]:
    """Return where the versions of a work stand, as far as they are there under their keys."""
    return sorted({place_of[key] for key in work.keys if key in place_of})
