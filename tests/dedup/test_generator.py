"""The generator of made-up lists: the same seed gives the same bytes, and what it promises is there."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

from benchmarks.dedup_data import COLUMNS, works, write
from tests.conftest import data_path


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    sources = works(data_path("bench/dblp-10k.bib"))
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write(tmp_path / f"{name}.csv.gz", 3000, seed, sources)
    one, again, other = ((tmp_path / f"{name}.csv.gz").read_bytes() for name in ("one", "again", "other"))
    assert one == again
    assert one != other
    rows = list(csv.DictReader(gzip.decompress(one).decode().splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert len({row["id"] for row in rows}) == len(rows) == 3000
    sizes = Counter(Counter(row["dup_id"] for row in rows).values())
    assert sizes[1] > 1000
    assert sum(sizes[size] for size in (2, 3, 4, 5)) > 200
    of_work = {(row["work_id"], row["dup_id"]) for row in rows}
    assert len({work for work, _ in of_work}) < len(of_work)
