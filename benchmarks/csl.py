"""Time the CSL engine beside others: `python -m benchmarks.csl [--peers] [--large]`.

CPU seconds on bench/mixed-10k.csl.json, text out, with all the disambiguation that the style asks for.
Loading the JSON is not counted, loading and compiling the style is. --peers adds citeproc-js, typst's HTML
export (which reads the same items as .bib) and citeproc-py on the first 1,000 items; --large 100,000 items.
Peak memory is that of a process of its own for each engine, at 10,000 items in APA.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
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
style = CitationStylesStyle(sys.argv[2])
loaded = time.process_time()
bibliography = CitationStylesBibliography(style, source, formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"].lower())]))
[str(entry) for entry in bibliography.bibliography()]
print(loaded - start, time.process_time() - loaded)
"""


_MEMORY = """
import json, resource, sys
from pubkit.csl import Engine
str(Engine("apa", json.load(open(sys.argv[1]))).bibliography())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
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
    # First of all: a child starts with its parent's peak as its own.
    command = [sys.executable, "-c", _MEMORY, str(ITEMS)]
    peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) >> 10
    items = json.loads(ITEMS.read_text(encoding="utf-8"))
    print("| engine | style | items | CPU s | items/s | times ours |\n|---|---|---|---|---|---|")
    ours: dict[str, float] = {}
    for style in STYLES:
        bibliography(style, items[:50])  # imports and locale files are not what is measured
        ours[style], _ = timed(lambda style=style: bibliography(style, items))
        row("pubkit", style, len(items), ours[style], ours[style])
    cited, _ = timed(lambda: cite_all(items))
    row("pubkit, citations", "apa", len(items), cited, cited)
    compile_time = min(timed(lambda: bibliography("apa", items[:1]))[0] for _ in range(3))
    if "--large" in arguments:
        seconds, _ = timed(lambda: bibliography("apa", larger(items, 10)))
        row("pubkit", "apa", 10 * len(items), seconds, seconds)
    memory = _peers(ours, cited, len(items)) if "--peers" in arguments else 0
    print(f"\nLoading and compiling APA: {compile_time:.3f} s.", end=" ")
    print(f"Peak memory, APA: pubkit {peak} MB", end="")
    print(f", citeproc-js {memory} MB." if memory else ".")


def _typst(style: str) -> float:
    """Return the CPU seconds of typst for a document that is nothing but the bibliography, as HTML."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ITEMS.with_name("mixed-10k.bib"), Path(folder) / "refs.bib")
        source = Path(folder) / "main.typ"
        source.write_text(f'#bibliography("refs.bib", style: "{style}", full: true)\n', encoding="utf-8")
        seconds, _ = timed(lambda: typst.compile(str(source), format="html"))
    return seconds


def _peers(ours: dict[str, float], cited: float, size: int) -> int:
    """Print the peers' rows; return the peak memory of citeproc-js in MB."""
    memory = 0
    reason = citeproc_js.available()
    if reason:
        print(f"citeproc-js cannot run: {reason}", file=sys.stderr)
    else:
        paths = [styles_folder() / f"{find_style(name)}.csl" for name in STYLES]
        for path in paths:
            (run,) = citeproc_js.run(ITEMS, [path])
            row("citeproc-js", run.style, size, run.load + run.run, ours[run.style])
            memory = memory or run.rss >> 20
        (run,) = citeproc_js.run(ITEMS, paths[:1], cite=True)
        row("citeproc-js, citations", run.style, size, run.load + run.run, cited)
    for style in STYLES:
        row("typst, HTML", style, size, _typst(style), ours[style])
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
    return memory


main(sys.argv[1:])
