"""Run all benchmarks: `make bench` prints the tables that stand in docs/benchmarks.md.

Each is a module of its own, run in a process of its own, so that none warms the caches of the next.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    "bibtex",
    "latex",
    "csl",
    "conformance",
    "references",
    "dedupe",
    "page",
    "trees",
    "rules",
    "repairs",
    "formats",
    "bib",
    "enrich",
    "lists",
    "startup",
)


def main(names: list[str]) -> None:
    for name in names or BENCHMARKS:
        print(f"## {name}\n", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
        print(flush=True)


main(sys.argv[1:])
