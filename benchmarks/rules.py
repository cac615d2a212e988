"""All checks and safe repairs, beside bibtex-tidy: `python -m benchmarks.rules`.

bibtex-tidy is a program of Node: `npm install bibtex-tidy@1.14.0` in a folder of its own, and give its
program in BIBTEX_TIDY. Without it pubkit is measured alone. Whole processes are measured as their CPU
seconds (user and system, all cores: Node uses more than one), in turns, medians.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DATA = Path(os.environ.get("PUBKIT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "bench"
TIDY = os.environ.get("BIBTEX_TIDY", "")
# What bibtex-tidy has of the same kind: braces, duplicates, escaping, empty fields, URLs, title braces.
TIDY_OPTIONS = [
    *("--curly", "--numeric", "--months", "--strip-enclosing-braces", "--drop-all-caps", "--escape"),
    *(
        "--encode-urls",
        "--remove-empty-fields",
        "--remove-dupe-fields",
        "--duplicates=key,doi,citation,abstract",
    ),
]

# Our rules of the same kind.
ALIKE = "F001,F003,F016,F017,P001,D001,D002,I007,I018,T004,L001,L002"


def sample(count: int, folder: Path) -> Path:
    """Write the first entries of the DBLP file to a folder."""
    text = gzip.decompress((DATA / "dblp-55k.bib.gz").read_bytes()).decode()
    entries = text.split("\n@")[: count + 1]
    path = folder / f"dblp-{count}.bib"
    path.write_text("\n@".join(entries), encoding="utf-8")
    return path


def cpu_of(command: list[str], ok: tuple[int, ...] = (0, 1)) -> float:
    """Return the CPU seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in ok, done.stderr.decode()[-400:]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def slowest(path: Path, most: int) -> list[tuple[str, float]]:
    """Return the rules that take longest, with the CPU seconds of each."""
    from pubkit.api import read
    from pubkit.rules import RULES, Settings

    library = read(path)
    found = []
    for code, rule in RULES.items():
        if rule.on_request:
            continue
        start = time.process_time()
        if rule.find is not None:
            for entry in library:
                list(rule.find(entry))
        elif rule.find_in_library is not None:
            list(rule.find_in_library(library, Settings()))
        found.append((code, time.process_time() - start))
    return sorted(found, key=lambda pair: -pair[1])[:most]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    pubkit = [sys.executable, "-m", "pubkit"]
    print("| job | entries | CPU s | entries/s | × bibtex-tidy |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in given.sizes:
            path = sample(count, folder)
            out = str(folder / "out.bib")
            jobs = {
                "check: all rules, as JSON": [
                    *pubkit,
                    "check",
                    str(path),
                    "--isolated",
                    "--output-format",
                    "json",
                ],
                "normalize: safe repairs": [
                    *pubkit,
                    "normalize",
                    str(path),
                    "--isolated",
                    "-q",
                    "--force",
                    "-o",
                    out,
                ],
            }
            jobs["normalize: only repairs that bibtex-tidy has too"] = [
                *jobs["normalize: safe repairs"],
                *("--keys", "keep", "--select", ALIKE),
            ]
            if TIDY:
                jobs["bibtex-tidy"] = [
                    TIDY,
                    str(path),
                    *TIDY_OPTIONS,
                    f"--output={folder}/tidy.bib",
                ]  # the file first
            took: dict[str, list[float]] = {job: [] for job in jobs}
            for _ in range(given.runs):
                for job, command in jobs.items():
                    took[job].append(cpu_of(command))
            middle = {job: statistics.median(times) for job, times in took.items()}
            for job, seconds in middle.items():
                ratio = f"{middle['bibtex-tidy'] / seconds:.1f}" if TIDY else ""
                print(f"| {job} | {count:,} | {seconds:.2f} | {count / seconds:,.0f} | {ratio} |", flush=True)
        print("\nThe slowest rules:", ", ".join(f"{code} {took:.2f} s" for code, took in slowest(path, 8)))


if __name__ == "__main__":
    main()
