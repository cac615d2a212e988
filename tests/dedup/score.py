"""How well `pubkit.dedupe` finds the known duplicates of a data set: `python -m tests.dedup.score DIR …`.

A folder holds `records.csv` and `pairs.csv` (id1, id2) or `clusters.csv` (cluster, id), as those in
`$PUBKIT_DATA/dedup`; a file `.csv` or `.csv.gz` holds records with `dup_id` and `work_id`. Records have an
`id` and any columns that `pubkit.read` knows: rows become entries as it makes them. Pairs of one group count;
where every known pair joins two sources, only pairs across sources count.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from pubkit.crosswalks.row_tables import Dialect
from pubkit.crosswalks.rows import dialect_of, from_row
from pubkit.dedupe import dedupe
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.decide import judge
from pubkit.dedupe.prepare import Record, prepare
from pubkit.dedupe.run import group_columns
from pubkit.model.entry import Entry
from pubkit.model.library import Library

Pair = tuple[int, int]

# What is known about a record, and nothing that it says.
_KNOWN = ("dup_id", "work_id", "source", "cluster")


@dataclass(frozen=True)
class Gold:
    """What is known about a data set, by positions of records."""

    pairs: set[Pair]
    work_pairs: set[Pair]
    across: np.ndarray | None


@dataclass(frozen=True)
class Measured:
    """Pair counts of one data set."""

    name: str
    records: int
    right: int
    wrong_pairs: list[Pair] = field(repr=False)
    missed_pairs: list[Pair] = field(repr=False)
    seconds: float

    @property
    def precision(self) -> float:
        found = self.right + len(self.wrong_pairs)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        known = self.right + len(self.missed_pairs)
        return self.right / known if known else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.records} records, precision {self.precision:.4f}, recall {self.recall:.4f}, "
            f"F1 {self.f1:.4f} ({len(self.wrong_pairs)} wrong, {len(self.missed_pairs)} missed), "
            f"{self.seconds:.2f} s CPU"
        )


def read(path: Path) -> list[dict[str, str]]:
    """Read the records of a data set."""
    if path.is_dir():
        path /= "records.csv"
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def entry(row: Mapping[str, str]) -> Entry:
    """Return a row as the entry that `pubkit.read` makes of it; the id is the citation key."""
    cells = {
        name: [cell.strip()] for name, cell in row.items() if name not in _KNOWN and cell and cell.strip()
    }
    _, reading = from_row(cells, _dialect(tuple(row)))
    return Entry(reading.type or "misc", row["id"], reading.fields)


@cache
def _dialect(columns: tuple[str, ...]) -> Dialect:
    return dialect_of(columns)


def prepared(rows: Iterable[Mapping[str, str]]) -> Iterable[Record]:
    """Yield what is compared of each row."""
    return (prepare(entry(row)) for row in rows)


def gold(path: Path, rows: list[dict[str, str]]) -> Gold:
    """Return what is known about a data set."""
    if not path.is_dir():
        return Gold(groups(rows, "dup_id"), groups(rows, "work_id"), None)
    at = {row["id"]: number for number, row in enumerate(rows)}
    if (path / "pairs.csv").exists():
        pairs = {ordered(at[one], at[other]) for one, other in _two_columns(path / "pairs.csv", "id1", "id2")}
    else:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for cluster, name in _two_columns(path / "clusters.csv", "cluster", "id"):
            members[cluster].append(at[name])
        pairs = {pair for group in members.values() for pair in combinations(sorted(group), 2)}
    source = [row.get("source", "") for row in rows]
    if pairs and all(source[one] and source[one] != source[other] for one, other in pairs):
        names = sorted(set(source))
        return Gold(pairs, set(), np.array([names.index(name) for name in source]))
    return Gold(pairs, set(), None)


def _two_columns(path: Path, one: str, other: str) -> Iterable[tuple[str, str]]:
    """Yield two columns of a table: those of these names, else the first two."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            first, second = (one, other) if one in row and other in row else list(row)[:2]
            yield row[first], row[second]


def ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def groups(rows: list[dict[str, str]], column: str) -> set[Pair]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        members[row[column]].append(number)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def counted(
    path: Path, rows: list[dict[str, str]], found_groups: Iterable[Iterable[int]], seconds: float
) -> Measured:
    """Compare groups with what is known."""
    known = gold(path, rows)
    found = {pair for group in found_groups for pair in combinations(sorted(group), 2)}
    if known.across is not None:
        found = {(one, other) for one, other in found if known.across[one] != known.across[other]}
    wrong, missed = sorted(found - known.pairs), sorted(known.pairs - found)
    return Measured(path.name, len(rows), len(found & known.pairs), wrong, missed, seconds)


def measured(path: Path, weights: Mapping[str, float] | None = None) -> Measured:
    """Group the records of a data set, without a library around them."""
    rows = read(path)
    start = time.process_time()
    judged = judge(to_columns(prepared(rows)), weights=weights)
    found = [group.members for group in group_columns(judged)]
    return counted(path, rows, found, time.process_time() - start)


def measure(path: Path) -> Measured:
    """Run `dedupe` with its defaults on a data set."""
    rows = read(path)
    library = Library(tuple(map(entry, rows)))
    start = time.process_time()
    result = dedupe(library)
    seconds = time.process_time() - start
    at = {row["id"]: number for number, row in enumerate(rows)}
    return counted(path, rows, [[at[key] for key in group.keys] for group in result.groups], seconds)


def main(arguments: list[str]) -> None:
    for name in (argument for argument in arguments if not argument.startswith("-")):
        found = measured(Path(name)) if "--columns" in arguments else measure(Path(name))
        sys.stdout.write(f"{found}\n")
        if "--errors" in arguments:
            rows = read(Path(name))
            for title, pairs in (("wrong", found.wrong_pairs), ("missed", found.missed_pairs)):
                for pair in pairs[:40]:
                    sys.stdout.write(f"  {title}\n")
                    for number in pair:
                        said = {k: v for k, v in rows[number].items() if v and k != "abstract"}
                        sys.stdout.write(f"    {said}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
