"""Run all benchmarks: `make bench` prints the tables that stand in docs/benchmarks.md.

Each benchmark is a module with a function `main() -> str` that returns a Markdown section.
"""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("bibtex", "latex", "csl")


def main(names: list[str]) -> None:
    for name in names or BENCHMARKS:
        print(import_module(f"benchmarks.{name}").main(), flush=True)


main(sys.argv[1:])
