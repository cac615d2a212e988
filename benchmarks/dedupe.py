"""How fast duplicates are found, beside bib-dedupe: `python -m benchmarks dedupe`.

Seconds of `pubkit.dedupe`, merging included, on the processor and on the clock, each size in a process of its
own, the best of `DEDUPE_RUNS` runs (one by default); the entries are made before (their memory is that of
"before", and in the peak). The ratios are to the row above.
`BIB_DEDUPE` names a Python that has bib-dedupe (`python -m venv X; X/bin/pip install bib-dedupe`); without it
that row is left out. `DEDUPE_MORE` names further files of records, for instance of a million.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pubkit.dedupe import Index, dedupe
from pubkit.model.library import Library
from tests.dedup.score import counted, entry, read

DATA = Path(__file__).parents[2] / "shared" / "data" / "bench"
PEER = Path(__file__).parent / "peers" / "duplicates.py"
CHECKS = 300
SMALL = 500


def one(path: Path) -> dict[str, float]:
    """Measure one file of records."""
    library = Library(tuple(map(entry, read(path))))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, wall = time.process_time(), time.perf_counter()
    result = dedupe(library)
    seconds, waited = time.process_time() - start, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    groups, pairs = [group.keys for group in result.groups], result.compared
    del library, result
    rows = read(path)
    at = {row["id"]: number for number, row in enumerate(rows)}
    found = counted(path, rows, [[at[key] for key in keys] for keys in groups], seconds)
    return {
        "records": len(rows), "seconds": seconds, "wall": waited, "held": held, "peak": peak,
        "pairs": pairs, "f1": found.f1, "precision": found.precision, "recall": found.recall,
    }  # fmt: skip


def small() -> float:
    """Return the best CPU time of a list of 500 entries, in milliseconds."""
    entries = tuple(map(entry, read(DATA / "dedup-10k.csv.gz")[:SMALL]))
    dedupe(Library(entries))
    times = []
    for _ in range(5):
        start = time.process_time()
        dedupe(Library(entries))
        times.append(time.process_time() - start)
    return 1000 * min(times)


def checks(path: Path) -> tuple[int, float]:
    """Return the size of an index and the CPU milliseconds of a check against it."""
    entries = list(map(entry, read(path)))
    index = Index(entries[:-CHECKS])
    index.find(entries[0])
    start = time.process_time()
    for new in entries[-CHECKS:]:
        index.find(new)
    return len(index), 1000 * (time.process_time() - start) / CHECKS


def peer(path: Path) -> dict[str, float]:
    """Measure bib-dedupe on a file of records."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "records.csv"
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        told = subprocess.run(
            [os.environ["BIB_DEDUPE"], str(PEER), str(plain)], check=True, capture_output=True, text=True
        )
    answer = json.loads(told.stdout.splitlines()[-1])
    rows = read(path)
    at = {row["id"]: number for number, row in enumerate(rows)}
    found = counted(path, rows, [[at[key] for key in group] for group in answer["groups"]], answer["seconds"])
    return {"records": len(rows), "seconds": answer["seconds"], "f1": found.f1}


def alone(path: Path) -> dict[str, float]:
    """Measure one file, each run in a process of its own; the run that took the least of the processor."""
    command = [sys.executable, "-m", "benchmarks.dedupe", "--one", str(path)]
    told = [
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for _ in range(int(os.environ.get("DEDUPE_RUNS", "1")))
    ]
    return min((dict(json.loads(run)) for run in told), key=lambda run: run["seconds"])


def main() -> str:
    """Return the table."""
    paths = [DATA / "dedup-10k.csv.gz", DATA / "dedup-100k.csv.gz"]
    paths += [Path(name) for name in os.environ.get("DEDUPE_MORE", "").split(os.pathsep) if name]
    rows = [
        "| tool | records | CPU s | ratio | wall s | ratio | records/s of CPU | peak memory | before "
        "| pairs compared | pair F1 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    before = None
    for path in paths:
        found = alone(path)
        ratios = {
            name: f"{found[name] / before[name]:.1f} ×" if before else "" for name in ("seconds", "wall")
        }
        before = found
        rows.append(
            f"| pubkit | {found['records']:,} | {found['seconds']:.2f} | {ratios['seconds']} | "
            f"{found['wall']:.2f} | {ratios['wall']} | "
            f"{found['records'] / found['seconds']:,.0f} | {found['peak']:,.0f} MB | "
            f"{found['held']:,.0f} MB | {found['pairs']:,.0f} | {found['f1']:.4f} |"
        )
        if path == paths[0] and os.environ.get("BIB_DEDUPE"):
            theirs = peer(path)
            rows.append(
                f"| bib-dedupe | {theirs['records']:,} | {theirs['seconds']:.1f} | "
                f"{theirs['seconds'] / found['seconds']:.0f} × | | | "
                f"{theirs['records'] / theirs['seconds']:,.0f} | | | | {theirs['f1']:.4f} |"
            )
    size, milliseconds = checks(paths[1])
    rows += [
        "",
        f"A list of {SMALL} entries: {small():.0f} ms of CPU. "
        f"A check of `Index` against {size:,} entries: {milliseconds:.1f} ms.",
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    if "--one" in sys.argv:
        print(json.dumps(one(Path(sys.argv[-1]))))
    else:
        print(main())
