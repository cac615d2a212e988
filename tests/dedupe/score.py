"""How well `pubkit.dedupe` finds the known duplicates of a data set: `python -m tests.dedupe.score DIR …`.

A folder holds `records.csv`, `pairs.csv` (id1, id2) and `clusters.csv` (cluster, id), as those in
`$PUBKIT_DATA/dedup`. Pairs of one group count; where every known pair joins two sources, only pairs across
sources count.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pubkit.dedupe import DedupeResult, dedupe
from pubkit.model.entry import Entry
from pubkit.model.library import Library

_FIELDS = {"title": "title", "author": "author", "year": "date", "volume": "volume", "number": "number"} | {
    "pages": "pages",
    "doi": "doi",
    "abstract": "abstract",
}
_CONTAINER = {
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "book": "series",
}


@dataclass(frozen=True)
class Measured:
    """Pair counts of one data set."""

    name: str
    records: int
    right: int
    wrong: int
    missed: int
    seconds: float
    wrong_pairs: list[tuple[str, str]]
    missed_pairs: list[tuple[str, str]]

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def load(folder: Path) -> Library:
    """Read `records.csv`; the id is the citation key."""
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        return Library(tuple(_entry(row) for row in csv.DictReader(file)))


def measure(folder: Path, *, works: bool = False) -> tuple[Measured, DedupeResult]:
    """Run `dedupe` with its defaults, and count pairs."""
    library = load(folder)
    known = set(_pairs_of_file(folder / "pairs.csv"))
    source = {row["id"]: row["source"] for row in _rows(folder / "records.csv")}
    across = all(source[one] and source[one] != source[other] for one, other in known)
    start = time.process_time()
    result = dedupe(library, works=works)
    seconds = time.process_time() - start
    found = {pair for group in result.groups for pair in _pairs(group.keys)}
    if across:
        found = {pair for pair in found if source[pair[0]] != source[pair[1]]}
    wrong, missed = sorted(found - known), sorted(known - found)
    counts = len(found & known), len(wrong), len(missed)
    return Measured(folder.name, len(library), *counts, seconds, wrong, missed), result


def _entry(row: dict[str, str]) -> Entry:
    kind = row["type"] or "misc"
    fields = {field: row[column] for column, field in _FIELDS.items() if row[column].strip()}
    if row["venue"].strip():
        fields[_CONTAINER.get(kind, "journaltitle")] = row["venue"]
    return Entry(kind, row["id"], fields)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pairs_of_file(path: Path) -> Iterable[tuple[str, str]]:
    for row in _rows(path):
        yield from _pairs((row["id1"], row["id2"]))


def _pairs(keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(keys), 2)


def main(arguments: list[str]) -> None:
    for name in (argument for argument in arguments if not argument.startswith("-")):
        measured, result = measure(Path(name))
        sys.stdout.write(
            f"{measured.name}: {measured.records} records, precision {measured.precision:.4f}, "
            f"recall {measured.recall:.4f}, F1 {measured.f1:.4f} ({measured.wrong} wrong, {measured.missed} "
            f"missed), {result.compared} pairs compared, {measured.seconds:.2f} s CPU\n"
        )
        if "--errors" in arguments:
            library = load(Path(name))
            for title, pairs in (("wrong", measured.wrong_pairs), ("missed", measured.missed_pairs)):
                for pair in pairs[:40]:
                    sys.stdout.write(f"  {title}\n")
                    for key in pair:
                        kept = {k: v for k, v in library[key].items() if k != "abstract"}
                        sys.stdout.write(f"    {key} {library[key].type} {kept}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
