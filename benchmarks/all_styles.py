"""Format real entries in every independent CSL style: none may crash, none may lose a reference unsaid.

    python -m benchmarks.all_styles [--styles WORD …] [--jobs N] [--quick]

Formats `refs/papers.bib` and the 1,000 items of `bench/mixed-1k.csl.json` (the data folder is that of
`tests/conftest.py`) and prints failures. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pubkit as pk
from pubkit.crosswalks.csl import to_csl
from pubkit.csl.engine import Engine
from pubkit.csl.styles import independent_styles
from pubkit.errors import PubkitError

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("PUBKIT_DATA", ROOT.parent / "shared" / "data"))
SLOW = 5.0  # seconds of CPU for one style that are worth a line

_items: list[dict[str, Any]] = []


def load(quick: bool) -> None:
    """Read the items once in each process."""
    library = pk.read(ROOT / "refs" / "papers.bib")
    _items[:] = [to_csl(entry) for entry in library]
    mixed = DATA / "bench" / "mixed-1k.csl.json"
    if mixed.exists():
        _items.extend(json.loads(mixed.read_text(encoding="utf-8"))[: 50 if quick else None])


def run(style: str) -> tuple[str, str, float]:
    """Format all items in one style; return the style, what went wrong ("" if nothing), and CPU seconds."""
    started = time.process_time()
    try:
        problem = check(Engine(style, _items))
    except PubkitError as error:
        problem = f"{type(error).__name__}: {error}"
    except Exception as error:  # noqa: BLE001  # any crash is what this looks for
        place = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    return style, problem, time.process_time() - started


def check(engine: Engine) -> str:
    """Return what is wrong with an engine's output."""
    if engine.style.citation is not None:
        for item in _items[:20]:
            engine.cite([item["id"]])
    if engine.style.bibliography is None:
        return ""
    bibliography = engine.bibliography()
    # Some styles, of law and archives, print nothing for papers; the engine says so.
    silent = sum(finding.code == "PK508" for finding in engine.diagnostics)
    if len(bibliography) + silent != len(_items):
        return f"{len(bibliography)} references and {silent} reports for {len(_items)} items"
    empty = sum(not reference.text.strip() for reference in bibliography)
    return f"{empty} references are empty" if empty else ""


def outcomes(styles: list[str], jobs: int, quick: bool) -> Iterator[tuple[str, str, float]]:
    with ProcessPoolExecutor(jobs, initializer=load, initargs=(quick,)) as pool:
        yield from pool.map(run, styles, chunksize=8)


def main() -> int:
    parser = argparse.ArgumentParser(description="Format real entries in every independent CSL style.")
    parser.add_argument(
        "--styles", nargs="+", metavar="WORD", help="only styles whose ids hold one of the words"
    )
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--quick", action="store_true", help="50 of the 1,000 items")
    options = parser.parse_args()
    styles = [
        style
        for style in independent_styles()
        if not options.styles or any(word in style for word in options.styles)
    ]
    failed, total = 0, 0.0
    started = time.perf_counter()
    for number, (style, problem, seconds) in enumerate(outcomes(styles, options.jobs, options.quick), 1):
        total += seconds
        if problem:
            failed += 1
            print(f"{style}: {problem}", flush=True)
        elif seconds > SLOW:
            print(f"{style}: slow, {seconds:.1f} s", flush=True)
        if sys.stderr.isatty():
            print(f"\r{number}/{len(styles)}", end="", file=sys.stderr, flush=True)
    wall = time.perf_counter() - started
    print(f"{len(styles)} styles, {failed} failed, {total:.0f} s of CPU, {wall:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
