"""Measure how lists are read from PDF: `python -m tests.paperlists.printed DIR…`.

The HTML and Markdown lists of the folders that have answers are printed to PDF by Chromium, as a reader of
the page would, once as they are and once stretched to both edges, and the PDF is measured by `score`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from markdown_it import MarkdownIt

from tests.paperlists.score import Score, measure, pairs, show

# What generators of pages print of the front matter.
_FRONT = re.compile(r"\A---\n.*?^---$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"^title: *[\"']?(.*?)[\"']?$", re.MULTILINE)
STRETCHED = "<style>body { text-align: justify; font-size: 11px }</style>"


def as_html(path: Path) -> str | None:
    """Return a list as a page, or None where it is in another mark-up."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".html":
        return text
    if path.suffix == ".md":
        text = _FRONT.sub(lambda front: "# " + "".join(_TITLE.findall(front[0])), text)
        return f"<html><meta charset=utf-8><body>{MarkdownIt('commonmark').enable('table').render(text)}"
    return None


def main(folders: list[str]) -> None:
    """Print the table."""
    if not folders:
        raise SystemExit(__doc__)
    from playwright.sync_api import sync_playwright

    total = Score()
    with sync_playwright() as play, TemporaryDirectory() as out:
        browser = play.chromium.launch(
            executable_path=_browser(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        page: Any = browser.new_page(java_script_enabled=False, offline=True)
        for stem, gold, path in (pair for folder in folders for pair in pairs(Path(folder))):
            if (content := as_html(path)) is None:
                continue
            answers = json.loads(gold.read_text(encoding="utf-8"))
            for way, style in (("as it is", ""), ("stretched", STRETCHED)):
                page.set_content(content + style, wait_until="domcontentloaded")
                printed = Path(out) / f"{stem}.pdf"
                page.pdf(
                    path=str(printed), format="A4", margin=dict.fromkeys(("left", "right", "top"), "2cm")
                )
                score = measure(printed, answers)
                total += score
                show(f"{stem}, {way}", score)
        browser.close()
    show("all", total)


def _browser() -> str | None:
    from shutil import which

    return which("chromium") or which("google-chrome")


if __name__ == "__main__":
    main(sys.argv[1:])
