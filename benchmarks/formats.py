"""Reading RIS beside rispy alone, and what the other formats cost a record: `python -m benchmarks.formats`.

RIS: 100,000 records made of DBLP's with seeded corruptions (`dedup-100k.csv.gz`), so that titles, names and
pages hardly repeat. "rispy" is `rispy.loads` of the same text; what pubkit takes above that is its own code.
All in this process, in turns; CPU seconds, medians.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rispy

from pubkit.api import read_string, write_string
from pubkit.formats.detect import get_format
from pubkit.model.library import Library
from pubkit.model.source import Document

DATA = Path(os.environ.get("PUBKIT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "bench"
SIZES = (1_000, 10_000, 100_000)


def library(size: int) -> Library:
    """Return the first records of the large table, without its columns of answers."""
    table = gzip.decompress((DATA / "dedup-100k.csv.gz").read_bytes()).decode()
    rows = "".join(table.splitlines(keepends=True)[: size + 1])
    found = read_string(rows, "csv")
    return Library(tuple(entry.replace(dup_id=None, work_id=None) for entry in found))


def cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def medians(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            times[name].append(cpu(job))
    return {name: statistics.median(found) for name, found in times.items()}


def ris(sizes: tuple[int, ...], runs: int) -> None:
    print("| records | rispy alone, CPU s | pubkit, CPU s | own code, µs a record | beside the size before |")
    print("|---|---|---|---|---|")
    before = 0.0
    for size in sizes:
        found = _ris(write_string(library(size), "ris"), runs)
        own = (found["pubkit"] - found["rispy"]) / size * 1e6
        growth = f"{found['pubkit'] / before:.1f} ×" if before else ""
        print(
            f"| {size:,} | {found['rispy']:.2f} | {found['pubkit']:.2f} | {own:.0f} | {growth} |", flush=True
        )
        before = found["pubkit"]


def _ris(text: str, runs: int) -> dict[str, float]:
    read = get_format("ris").read
    assert read
    jobs: dict[str, Callable[[], object]] = {
        "rispy": lambda: rispy.loads(text),
        "pubkit": lambda: read(Document("", text)),
    }
    return medians(jobs, runs)


def others(size: int, runs: int) -> None:
    print(f"\n| format ({size:,} records) | read, µs a record | write, µs a record | with report of losses |")
    print("|---|---|---|---|")
    entries = library(size)
    for name in ("ris", "enw", "endnote-xml", "csv", "jsonl", "csl-json", "bibtex"):
        found = _other(name, entries, runs)
        cells = " | ".join(f"{found[job] / size * 1e6:.0f}" for job in ("read", "write", "report"))
        print(f"| {name} | {cells} |", flush=True)


def _other(name: str, entries: Library, runs: int) -> dict[str, float]:
    chosen = get_format(name)
    read, write = chosen.read, chosen.write
    assert read
    assert write
    text = write(entries)
    jobs: dict[str, Callable[[], object]] = {
        "read": lambda: read(Document("", text)),
        "write": lambda: write(entries),
        "report": lambda: write(entries, report=[]),
    }
    return medians(jobs, runs)


_RECORD = """<article mdate="2020-01-01" key="journals/x/D{n}">
<author>J&uuml;rgen M&ouml;ller</author><author>Wei Wang 0001</author><author>Jane Doe</author>
<title>A study of graphs, H<sub>2</sub>O &amp; queries, part {n}.</title>
<pages>{n}-{n}9</pages><year>2001</year><volume>3</volume><journal>J. X</journal><number>4</number>
<ee>https://doi.org/10.1000/x.{n}</ee><url>db/journals/x/x3.html#D{n}</url>
</article>
"""
_STREAM = """
import re, sys, time
from pathlib import Path
import pubkit as pk
count = sum(len(part) for part in pk.read_batches(sys.argv[1]))
# ru_maxrss would count the process that started this one
most = re.search(r"VmHWM:\\s+([0-9]+)", Path("/proc/self/status").read_text())
print(count, time.process_time(), int(most[1]) / 1024)
"""


def stream(sizes: tuple[int, ...]) -> None:
    """Files like `dblp.xml`, read part by part, each in a process of its own."""
    print("\n| dblp.xml, MB | records | CPU s | MB/s | most memory, MB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dblp.xml"
        for size in sizes:
            with path.open("w", encoding="ascii") as file:
                file.write('<?xml version="1.0"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n')
                file.writelines(_RECORD.format(n=number) for number in range(size))
                file.write("</dblp>\n")
            done = subprocess.run(
                [sys.executable, "-c", _STREAM, str(path)], capture_output=True, text=True, check=True
            )
            count, seconds, memory = done.stdout.split()
            large = path.stat().st_size / 1e6
            speed = large / float(seconds)
            print(
                f"| {large:.0f} | {int(count):,} | {float(seconds):.1f} | {speed:.1f} | {float(memory):.0f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    given = parser.parse_args()
    ris(tuple(size for size in SIZES if size <= given.most), given.runs)
    others(min(10_000, given.most), given.runs)
    stream((10_000, given.most * 2))


if __name__ == "__main__":
    main()
