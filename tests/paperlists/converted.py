"""Measure how lists are read in other mark-up: `python -m tests.paperlists.converted DIR…`.

The HTML, Markdown and Org lists of the folders that have answers are turned into each other, into LaTeX,
reStructuredText, plain text and Word by pandoc, and what it makes of them is measured by `score`. It is what
a reader may meet: headings in targets of links, tables drawn in text, raw HTML in Markdown.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from tests.paperlists.score import Score, measure, pairs, show

# pandoc's name of a format → how such files end.
FORMATS = {
    "html": ".html",
    "gfm": ".md",
    "org": ".org",
    "rst": ".rst",
    "latex": ".tex",
    "plain": ".txt",
    "docx": ".docx",
}
READ = (".html", ".md", ".org")


def main(folders: list[str]) -> None:
    """Print the table: one line a format, and one for all."""
    pandoc = which("pandoc")
    if not folders or pandoc is None:
        raise SystemExit(__doc__ if pandoc else "pandoc is not installed")
    lists = [pair for folder in folders for pair in pairs(Path(folder)) if pair[2].suffix in READ]
    total = Score()
    with TemporaryDirectory() as out:
        for name, suffix in FORMATS.items():
            score = Score()
            for stem, gold, path in lists:
                if path.suffix == suffix:
                    continue
                made = Path(out) / f"{stem}{suffix}"
                command = [pandoc, str(path), "--to", name, "--wrap=preserve", "--output", str(made)]
                subprocess.run(command, check=True, capture_output=True, timeout=60)
                score += measure(made, json.loads(gold.read_text(encoding="utf-8")))
            show(name, score)
            total += score
    show("all", total)


if __name__ == "__main__":
    main(sys.argv[1:])
