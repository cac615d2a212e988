"""The report as plain values, the JSON and CSV made of it, and the way back: `restore_from_report`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pubkit.errors import ReadError
from pubkit.model.entry import Entry

if TYPE_CHECKING:
    from pubkit.dedupe.result import DedupeResult, Group
    from pubkit.model.library import Library

#: The parts of a report that hold groups, in order.
PARTS = ("groups", "maybe", "works")


def content(result: DedupeResult, library: Library) -> dict[str, Any]:
    """Return a report: `groups`, `maybe`, `works`, `removed`, `renamed`, and `before`, to restore.

    Args:
        result: What was found.
        library: The library in which it was found.
    """
    told: dict[str, Any] = {part: [_group(group) for group in getattr(result, part)] for part in PARTS}
    told["removed"] = list(result.removed)
    told["renamed"] = dict(result.renamed)
    kept = {id(entry) for entry in result.library}
    # An entry of the same key as a changed one could be mistaken for it.
    changed = {entry.key for entry in library if id(entry) not in kept} | {
        group.kept for group in result.groups
    }
    told["before"] = {
        "keys": [entry.key for entry in library],
        "entries": [
            {"at": at, **as_values(entry)} for at, entry in enumerate(library) if entry.key in changed
        ],
    }
    return told


def as_values(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values."""
    return {"key": entry.key, "type": entry.type, "fields": dict(entry.fields)}


def as_entry(values: Mapping[str, Any]) -> Entry:
    """Return the entry of plain values.

    >>> as_entry({"key": "a", "type": "misc", "fields": {"title": "Bees"}})["title"]
    'Bees'
    """
    return Entry(values["type"], values["key"], values["fields"])


def _group(group: Group) -> dict[str, Any]:
    return {
        "keys": list(group.keys),
        "score": round(group.score, 4),
        "reasons": list(group.reasons),
        "kept": group.kept,
        "conflicts": [
            {"field": found.field, "kept": found.kept, "other": found.other, "key": found.key}
            for found in group.conflicts
        ],
        "entries": [as_values(entry) for entry in group.entries],
    }


def restore_from_report(merged: Library, report: Mapping[str, Any]) -> Library:
    """Undo a de-duplication: return the library as it was.

    Entries that the de-duplication did not touch are taken from the merged library, with what has been done
    to them since; all others come from the report.

    Args:
        merged: The library without duplicates.
        report: The report of that de-duplication, as `content` or its JSON gives it.

    Raises:
        ReadError: The report is of another library.
    """
    try:
        before = {item["at"]: as_entry(item) for item in report["before"]["entries"]}
        keys = report["before"]["keys"]
    except (KeyError, TypeError) as error:
        raise ReadError(
            "the report does not say what was there before", hint="use a .json report of pubkit dedupe"
        ) from error
    changed = {entry.key for entry in before.values()} | {group["kept"] for group in report["groups"]}
    untouched: dict[str, list[Entry]] = {}
    for entry in merged:
        if entry.key not in changed:
            untouched.setdefault(entry.key, []).append(entry)
    found = []
    for at, key in enumerate(keys):
        if at in before:
            found.append(before[at])
        elif untouched.get(key):
            found.append(untouched[key].pop(0))
        else:
            raise ReadError(
                f"the library has no entry {key!r} any more", hint="use the library that the report came with"
            )
    return merged.with_entries(found)


def to_json(report: Mapping[str, Any]) -> str:
    """Return a report as JSON."""
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def to_csv(groups: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Return groups, each with the name of its part, as CSV: one line an entry."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["kind", "group", "key", "kept", "score", "reasons", "title", "author", "year"])
    counts: dict[str, int] = {}
    for part, group in groups:
        number = counts[part] = counts.get(part, 0) + 1
        for at, key in enumerate(group["keys"]):
            fields = group["entries"][at]["fields"] if at < len(group["entries"]) else {}
            lines.writerow([
                part, number, key, group["kept"], f"{group['score']:.4f}", "; ".join(group["reasons"]),
                fields.get("title", ""), fields.get("author", ""),
                fields.get("date") or fields.get("year", ""),
            ])  # fmt: skip
    return text.getvalue()


def groups_of(report: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Return the groups of a report, each with the name of its part."""
    return ((part, group) for part in PARTS for group in report[part])
