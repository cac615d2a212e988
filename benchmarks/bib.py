"""`pubkit bib`: a book of 300 pages, 2,000 cites, and a library of 55,000 entries.

The book is made by a seeded script: 30 chapters, about 350 words a page, cites by commands of the packages
and by one of its own. Reported are CPU seconds beyond reading the library.
"""

from __future__ import annotations

import gzip
import random
import tempfile
import time
from pathlib import Path

import pubkit as pk
from tests.conftest import DATA

PAGES, CITES, CHAPTERS = 300, 2000, 30
COMMANDS = ("citep", "citet", "citep[see][p.~7]", "parencite", "autocite", "textcite*", "own")
WORDS = ["the", "a", "bee", "dances", "and", "of", "honey", "that", "in", r"\emph{great}", "care", "% note\n"]


def book(folder: Path, keys: list[str], seed: int = 1) -> Path:
    """Write the book and return its main file."""
    pick = random.Random(seed)  # a benchmark
    main = r"\documentclass{book}\newcommand{\own}[1]{\textbf{\citep[cf.][]{#1}}}\begin{document}"
    for chapter in range(CHAPTERS):
        text = []
        for _ in range(CITES // CHAPTERS + (chapter < CITES % CHAPTERS)):
            text += pick.choices(WORDS, k=PAGES * 350 // CITES)
            text.append(f"\\{pick.choice(COMMANDS)}{{{pick.choice(keys)}}}")
        (folder / f"chapter{chapter}.tex").write_text(" ".join(text))
        main += f"\\include{{chapter{chapter}}}"
    (folder / "book.tex").write_text(main + "\\end{document}")
    return folder / "book.tex"


def main() -> None:
    with gzip.open(DATA / "bench/dblp-55k.bib.gz", "rt", encoding="utf-8") as stream:
        text = stream.read()
    started = time.process_time()
    library = pk.read_string(text, "bibtex")
    reading = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        main = book(Path(folder), [entry.key for entry in library])
        started = time.process_time()
        manuscript = pk.cited(main)
        scanned = time.process_time() - started
        found = pk.bib(manuscript, library)
        pk.write(found.library, Path(folder) / "refs.bib")
        whole = time.process_time() - started
    assert not found.missing
    print("| step | CPU seconds |\n|---|---|")
    print(f"| reading the library ({len(library):,} entries) | {reading:.2f} |")
    cites, files = len(manuscript.citations), len(manuscript.files)
    assert cites == CITES
    print(f"| reading the book ({cites:,} cites, {files} files) | {scanned:.2f} |")
    print(f"| all beyond reading the library ({len(found.library):,} entries written) | {whole:.2f} |")


if __name__ == "__main__":
    main()
