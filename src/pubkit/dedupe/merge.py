"""Stage 7: one entry out of several: the richest one, its gaps filled from the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pubkit.dedupe.conflicts import conflicts, title_alone
from pubkit.dedupe.prepare import stage as stage_in_life
from pubkit.dedupe.result import Conflict
from pubkit.model.entry import Entry
from pubkit.text.fold import fold

# Later is better: a publication rather than its preprint.
_STAGE_RANK = {
    "": 0,
    "preprint": 1,
    "report": 2,
    "thesis": 3,
    "chapter": 4,
    "conference": 5,
    "journal": 6,
    "book": 6,
}
# What belongs together is taken from one entry.
_TOGETHER: tuple[tuple[str, ...], ...] = (
    ("title", "subtitle", "titleaddon"),
    ("date", "year", "month"),
    ("journaltitle", "journalsubtitle", "booktitle", "booksubtitle"),
    ("eprint", "eprinttype", "eprintclass"),
    ("url", "urldate"),
    ("author",),
    ("pages",),
    ("number", "issue"),
)
_GROUP_OF = {name: group for group in _TOGETHER for name in group}
# Lists of which the merged entry gets every item.
_UNITED = ("keywords", "keyword", "tags", "related")
# What another version of a work may give to this one; volume, pages or DOI of a preprint are not the paper's.
_OF_THE_WORK = frozenset(
    [
        "author",
        "editor",
        "abstract",
        "keywords",
        "keyword",
        "tags",
        "related",
        "eprint",
        "eprinttype",
        "eprintclass",
        "langid",
        "language",
        "url",
        "urldate",
        "annotation",
        "note",
        "file",
        "groups",
        "subtitle",
    ]
)
# What a style prints: an entry that has these is worth more than one with long notes.
_BACKBONE = frozenset(
    {
        *("author", "editor", "title", "date", "journaltitle", "booktitle", "volume", "number", "pages"),
        *("eid", "publisher", "institution"),
    }
)
_HOUSEKEEPING = frozenset({"file", "timestamp", "date-added", "date-modified"})


def merge(entries: Sequence[Entry], *, versions: bool = False) -> tuple[Entry, tuple[Conflict, ...]]:
    """Merge entries of one publication into one.

    The richest entry stays: a publication before a preprint, with a DOI before without, then the one that
    says most. Of title, names, date and pages the fullest is taken, gaps are filled, keywords united. Every
    value comes from one of the entries.

    Args:
        entries: The entries, in an order that depends on their content only.
        versions: Whether they are versions of a work: then only what belongs to the work fills gaps.

    Returns:
        The entry, and the fields about which the entries disagree. `extra["merged"]` holds the entries as
        they were, `extra["provenance"]` the position of the entry that each field came from.
    """
    stages = [stage_in_life(entry) for entry in entries]
    richness = [_richness(entry, stage) for entry, stage in zip(entries, stages, strict=True)]
    ranked = sorted(range(len(entries)), key=lambda at: entries[at].key)
    ranked.sort(key=lambda at: richness[at], reverse=True)  # stable: equally rich ones stay in order of key
    base, stage = entries[ranked[0]], stages[ranked[0]]
    fields: dict[str, str | None] = {}
    provenance = dict.fromkeys(base.fields, ranked[0])
    for at in ranked[1:]:
        other = entries[at]
        same_version = not versions or stages[at] in ("", stage)
        for name in other.fields:
            group = _GROUP_OF.get(name, (name,))
            if name in _UNITED or any((fields.get(part) or base.fields.get(part)) for part in group):
                continue
            if same_version or name in _OF_THE_WORK:
                for part in group:
                    if part in other.fields:
                        fields[part] = other.fields[part]
                        provenance[part] = at
    for group, best in _fuller(entries, ranked, versions=versions):
        for part in group:
            value = entries[best].fields.get(part)
            if value is not None or part in base.fields:
                fields[part] = value
            if value is not None:
                provenance[part] = best
            else:
                provenance.pop(part, None)
    for name in _UNITED:
        if not any(name in entry.fields for entry in entries):
            continue
        united = _united(entries[at].fields.get(name, "") for at in ranked)
        if united and fold(united) != fold(base.fields.get(name, "")):
            fields[name] = united
    changed = {name: value for name, value in fields.items() if base.fields.get(name) != value}
    merged = base.with_fields(changed) if changed else base
    key = _key([entries[at].key for at in ranked if entries[at].key])
    if key != merged.key:
        merged = merged.replace(key=key)
    originals = [original for entry in entries for original in entry.extra.get("merged", (entry,))]
    known: dict[str, Any] = {}
    for at in reversed(ranked):
        known |= entries[at].extra
    merged = merged.with_extra(**{**known, "merged": tuple(originals), "provenance": provenance})
    compared = [entries[at] for at in ranked if not versions or stages[at] == stage]
    return merged, tuple(conflicts(merged, compared))


def _richness(entry: Entry, stage: str) -> tuple[Any, ...]:
    """Return how much an entry is worth keeping, then its content, so that the order is always the same."""
    said = [name for name, value in entry.fields.items() if value.strip() and name not in _HOUSEKEEPING]
    return (
        _STAGE_RANK.get(stage, 1),
        bool(entry.doi),
        len(_BACKBONE.intersection(said)),
        len(said),
        sum(map(len, entry.fields.values())),
        entry.type,
        sorted(entry.fields.items()),
    )


def _fuller(
    entries: Sequence[Entry], ranked: Sequence[int], *, versions: bool
) -> Iterable[tuple[tuple[str, ...], int]]:
    """Yield the fields for which another entry than the richest has the fuller value, and that entry."""
    for group, is_fuller, of_the_work in _FULLER:
        best = ranked[0]
        for at in ranked[1:] if of_the_work or not versions else ():
            if is_fuller(entries[best], entries[at]):
                best = at
        if best != ranked[0]:
            yield group, best


def _fuller_title(kept: Entry, other: Entry) -> bool:
    """Say whether the other title has its letter case where ours lost it, or goes on where ours stops."""
    if kept.fields.get("title") == other.fields.get("title"):
        return False
    ours, theirs = kept.text("title"), other.text("title")
    if not ours or not theirs or "subtitle" in kept.fields or "subtitle" in other.fields:
        return False
    if ours.isupper() and not theirs.isupper():
        return True
    retracted = [title[:9].lower() == "retracted" for title in (ours, theirs)]
    if retracted[0] != retracted[1]:
        return retracted[1]
    if len(theirs) < len(ours) and not theirs.isupper() and fold(ours) != fold(theirs):
        # The same title without the notes of a database is the title.
        return title_alone(ours) == title_alone(theirs)
    stem = re.sub(r"[\s.…]+$", "", ours)
    cut_off = ours.endswith(("…", "..."))
    longer = fold(theirs).startswith(fold(stem) + ("" if cut_off else " ")) and len(theirs) > len(ours)
    if not longer or theirs.isupper() or theirs.endswith(("…", "...")):
        return False
    return title_alone(theirs) != fold(ours)


def _fuller_names(kept: Entry, other: Entry) -> bool:
    """Say whether the other list holds the same names, and more of them or more of each."""
    if kept.fields.get("author") == other.fields.get("author"):
        return False
    ours, theirs = kept.names("author"), other.names("author")
    if not ours or not theirs or theirs.others:
        return False
    if ours.others and len(theirs) > len(ours):
        return fold(ours[0].family) == fold(theirs[0].family)
    if len(ours) != len(theirs) or ours.others:
        return False
    if [fold(name.family) for name in ours] != [fold(name.family) for name in theirs]:
        return False
    return sum(map(_spelled_out, theirs)) > sum(map(_spelled_out, ours))


def _spelled_out(name: Any) -> int:
    """Return how many given names are more than initials."""
    return sum(len(word) > 1 for word in fold(name.given).split())


def _finer_date(kept: Entry, other: Entry) -> bool:
    if kept.fields.get("date") == other.fields.get("date"):
        return False
    ours, theirs = kept.date, other.date
    if ours is None or theirs is None or ours.year != theirs.year or ours.end or theirs.end:
        return False
    return str(theirs).startswith(str(ours)) and len(str(theirs)) > len(str(ours))


def _fuller_pages(kept: Entry, other: Entry) -> bool:
    if kept.fields.get("pages") == other.fields.get("pages"):
        return False
    ours, theirs = kept.pages, other.pages
    if not ours or not theirs or not ours.ranges or not theirs.ranges:
        return False
    return ours.first == theirs.first and ours.ranges[-1].last is None and bool(theirs.ranges[-1].last)


def _united(values: Iterable[str]) -> str:
    """Return the items of several lists, each once, in order of first appearance."""
    items: dict[str, str] = {}
    for value in values:
        separator = ";" if ";" in value else ","
        for item in map(str.strip, value.split(separator)):
            if item:
                items.setdefault(fold(item) or item, item)
    return ", ".join(items.values())


# Fields, what says that another entry's are fuller, and whether versions of a work share them.
_FULLER: tuple[tuple[tuple[str, ...], Callable[[Entry, Entry], bool], bool], ...] = (
    (_GROUP_OF["title"], _fuller_title, True),
    (_GROUP_OF["author"], _fuller_names, True),
    (_GROUP_OF["date"], _finer_date, False),
    (_GROUP_OF["pages"], _fuller_pages, False),
)


def _key(keys: Sequence[str]) -> str:
    """Return the richest entry's key; without the letter that told it from the key of one now merged."""
    if not keys:
        return ""
    richest = keys[0]
    suffixed = [key for key in keys if richest.startswith(key) and _is_suffix(richest[len(key) :])]
    return min(suffixed, key=len) if suffixed else richest


def _is_suffix(text: str) -> bool:
    """Say whether a text is what is put behind a colliding key: one letter or two."""
    return 0 < len(text) < 3 and text.isascii() and text.islower() and text.isalpha()
