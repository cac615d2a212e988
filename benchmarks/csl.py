"""Time the CSL engine beside others: `python -m benchmarks.csl [--peers] [--large]`.

CPU seconds on bench/mixed-10k.csl.json, text out, with all the disambiguation that the style asks for.
Loading the JSON is not counted, loading and compiling the style is. --peers adds citeproc-js (and citeproc-py
on the first 1,000 items), --large a list of 100,000 items.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import Any

from benchmarks.peers import citeproc_js
from pubkit.csl import Cite, Engine
from pubkit.csl.styles import find_style, styles_folder
from tests.conftest import DATA

STYLES = ("apa", "association-for-computing-machinery", "ieee")
ITEMS = DATA / "bench/mixed-10k.csl.json"

_CITEPROC_PY = """
import json, sys, time
from citeproc import CitationStylesBibliography, CitationStylesStyle, Citation, CitationItem, formatter
from citeproc.source.json import CiteProcJSON
items = json.load(open(sys.argv[1]))[:1000]
source = CiteProcJSON(items)
start = time.process_time()
style = CitationStylesStyle(sys.argv[2], validate=False)
loaded = time.process_time()
bibliography = CitationStylesBibliography(style, source, formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"].lower())]))
[str(entry) for entry in bibliography.bibliography()]
print(loaded - start, time.process_time() - loaded)
"""


def timed(work: Any) -> tuple[float, Any]:
    """Return CPU seconds and result of a function without arguments."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def bibliography(style: str, items: list[Any]) -> str:
    return str(Engine(style, items).bibliography())


def cite_all(items: list[Any]) -> list[str]:
    """Cite each item once, in one document."""
    engine = Engine("apa", items)
    return [engine.cite([Cite(item["id"])]) for item in items]


def larger(items: list[Any], times: int) -> list[Any]:
    """Return a list several times as long, with other names in each copy."""
    return [
        item
        | {
            "id": f"{item['id']}-{copy}",
            "author": [
                name | {"family": f"{name['family']}{chr(97 + copy)}"} for name in item.get("author", [])
            ],
        }
        for copy in range(times)
        for item in items
    ]


def row(name: str, style: str, size: int, seconds: float, ours: float) -> None:
    print(f"| {name} | {style} | {size:,} | {seconds:.2f} | {size / seconds:,.0f} | {seconds / ours:.1f} |")


def main(arguments: list[str]) -> None:
    items = json.loads(ITEMS.read_text(encoding="utf-8"))
    print("| engine | style | items | CPU s | items/s | times ours |\n|---|---|---|---|---|---|")
    ours: dict[str, float] = {}
    for style in STYLES:
        bibliography(style, items[:50])  # imports and locale files are not what is measured
        ours[style], _ = timed(lambda style=style: bibliography(style, items))
        row("pubkit", style, len(items), ours[style], ours[style])
    seconds, _ = timed(lambda: cite_all(items))
    row("pubkit, citations", "apa", len(items), seconds, seconds)
    compile_time = min(timed(lambda: bibliography("apa", items[:1]))[0] for _ in range(3))
    if "--large" in arguments:
        seconds, _ = timed(lambda: bibliography("apa", larger(items, 10)))
        row("pubkit", "apa", 10 * len(items), seconds, seconds)
    if "--peers" in arguments:
        _peers(ours, len(items))
    print(f"\nLoading and compiling APA: {compile_time:.3f} s.", end=" ")
    print(f"Peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.")


def _peers(ours: dict[str, float], size: int) -> None:
    reason = citeproc_js.available()
    if reason:
        print(f"citeproc-js cannot run: {reason}", file=sys.stderr)
    else:
        for run in citeproc_js.run(ITEMS, [styles_folder() / f"{find_style(name)}.csl" for name in STYLES]):
            row("citeproc-js", run.style, size, run.load + run.run, ours[run.style])
    for style in STYLES:
        path = str(styles_folder() / f"{style}.csl")
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _CITEPROC_PY, str(ITEMS), path],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"citeproc-py, {style}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            continue
        load, run_time = map(float, done.stdout.split()[-2:])
        row(f"citeproc-py (loading {load:.2f} s)", style, 1000, load + run_time, ours[style] * 1000 / size)


main(sys.argv[1:])
