"""Reading and writing BibTeX, beside bibtexparser and pybtex: `python -m benchmarks.bibtex`.

Every job runs in this process, in turns (A B C A B C …), with the collector as each library leaves it;
figures are CPU seconds, medians. Peak memory is that of a process of its own for each reader.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("PUBKIT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "bench"
FILES = {"10k": DATA / "dblp-10k.bib", "55k": DATA / "dblp-55k.bib.gz"}


def load(size: str) -> str:
    data = FILES[size].read_bytes()
    return (gzip.decompress(data) if FILES[size].suffix == ".gz" else data).decode()


def read_pubkit(text: str) -> Any:
    from pubkit.formats.bibtex import read_bibtex
    from pubkit.model.source import Document

    return read_bibtex(Document("", text))


def read_and_decode(text: str) -> Any:
    library = read_pubkit(text)
    for entry in library:
        entry.text("title")
        for name in entry.names("author"):
            assert name is not None
    return library


def read_bibtexparser(text: str) -> Any:
    import bibtexparser

    return bibtexparser.parse_string(text)


def read_pybtex(text: str) -> Any:
    import pybtex.errors
    from pybtex.database import parse_string

    pybtex.errors.set_strict_mode(False)
    return parse_string(text, "bibtex")


def write_pubkit(library: Any) -> str:
    from pubkit.formats.bibtex import write_bibtex

    return write_bibtex(library)


def write_bibtexparser(library: Any) -> str:
    import bibtexparser

    return bibtexparser.write_string(library)


READERS: dict[str, Callable[[str], Any]] = {
    "pubkit": read_pubkit,
    "pubkit, titles and names decoded": read_and_decode,
    "bibtexparser": read_bibtexparser,
    "pybtex": read_pybtex,
}


def alternate(jobs: dict[str, Callable[[], Any]], runs: int) -> dict[str, float]:
    """Run each job in turn, so often; return the median CPU seconds of each."""
    took: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            clear_caches()
            start = time.process_time()
            result = job()
            took[name].append(time.process_time() - start)
            del result
    return {name: statistics.median(times) for name, times in took.items()}


def clear_caches() -> None:
    """Forget what pubkit memoised, so that no run profits from the one before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pubkit."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def peak_memory(reader: str, size: str) -> float:
    """Return the peak resident memory, in MB, of a process that reads the file once."""
    code = (
        "import logging, warnings; logging.disable(50); warnings.simplefilter('ignore');"
        "import resource; from benchmarks import bibtex;"
        f"library = bibtex.READERS[{reader!r}](bibtex.load({size!r}));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / (1024 if sys.platform != "darwin" else 1024 * 1024)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--quick", action="store_true", help="10,000 entries only")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    # First of all: a child starts with its parent's peak as its own.
    largest = "10k" if given.quick else "55k"
    memory = {name: peak_memory(name, largest) for name in ("pubkit", "bibtexparser", "pybtex")}
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sizes = ["10k"] if given.quick else ["10k", "55k"]
    texts = {size: load(size) for size in sizes}
    ours: dict[str, float] = {}
    print("| job | entries | CPU s | entries/s | × bibtexparser | × pybtex |")
    print("|---|---|---|---|---|---|")
    for size, text in texts.items():
        entries = len(read_pubkit(text))
        jobs = {name: (lambda read=read, text=text: read(text)) for name, read in READERS.items()}
        took = alternate(jobs, given.runs)
        ours[size] = took["pubkit"]
        for name, seconds in took.items():
            print(
                f"| read: {name} | {entries:,} | {seconds:.2f} | {entries / seconds:,.0f} "
                f"| {took['bibtexparser'] / seconds:.1f} | {took['pybtex'] / seconds:.1f} |"
            )
        library, foreign = read_pubkit(text), read_bibtexparser(text)
        writers = {
            "pubkit (tidy)": lambda library=library: write_pubkit(library),
            "bibtexparser": lambda foreign=foreign: write_bibtexparser(foreign),
        }
        took = alternate(writers, given.runs)
        for name, seconds in took.items():
            ratio = took["bibtexparser"] / seconds
            print(
                f"| write: {name} | {entries:,} | {seconds:.2f} | {entries / seconds:,.0f} | {ratio:.1f} | |"
            )
        del library, foreign
    print()
    if len(sizes) > 1:
        print(f"Reading 55k takes {ours['55k'] / ours['10k']:.2f} times as long as reading 10k.\n")
    print("| peak memory of reading | MB |")
    print("|---|---|")
    for name, used in memory.items():
        print(f"| {name}, {largest} | {used:,.0f} |")
    print(f"\nPython {sys.version.split()[0]}, {os.cpu_count()} cores, {given.runs} runs each in turns.")


if __name__ == "__main__":
    main()
