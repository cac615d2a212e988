"""The publications page of 1,000 papers: how long it takes to build, to show, and to search.

python -m benchmarks.page
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import pubkit as pk

DATA = Path(os.environ.get("PUBKIT_DATA", "../shared/data"))

_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# From the key that is typed to the frame that shows what was found.
_SEARCH = """(words) => new Promise((done) => {
    const field = document.getElementById("search");
    field.value = words;
    const start = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const found = performance.now();
    const shown = () => done([found - start, performance.now() - start]);
    requestAnimationFrame(() => requestAnimationFrame(shown));
})"""
_WORDS = ("a", "learning", "learning deep", "knuth", "zzz", "2019", "graph neural", "")


def main() -> None:
    library = pk.read(DATA / "bench" / "mixed-1k.bib")
    times = []
    for _ in range(3):
        start = time.process_time()
        site = pk.page(library, owner="Jane Doe")
        times.append(time.process_time() - start)
    entries = sum(len(pk.write_string(pk.Library((entry,)), "bibtex").encode()) for entry in library)
    print(f"papers              {len(library):,}")
    print(f"building            {statistics.median(times):.2f} s of CPU")
    size = len(site.html.encode())
    print(f"page                {size / 1000:,.0f} kB ({entries / 1000:,.0f} kB of BibTeX in it)")
    print(f"page without papers {len(pk.page([]).html.encode()) / 1000:,.1f} kB")
    _browse(site.html)


def _browse(html: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium here: painting and searching were not measured")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool, tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "index.html")
        file.write_text(html, encoding="utf-8")
        browser = tool.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        paints, searches = [], []
        for _ in range(3):
            tab = browser.new_page(viewport={"width": 1280, "height": 900})
            tab.goto(file.as_uri())
            tab.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
            paints.append(tab.evaluate(_PAINT))
            searches += [tab.evaluate(_SEARCH, words) for words in _WORDS]
            tab.close()
        browser.close()
    print(f"first paint         {statistics.median(paints):.0f} ms")
    for label, times in zip(("searching", "… and shown after"), zip(*searches, strict=True), strict=True):
        print(f"{label:<19} {statistics.median(times):.0f} ms, at most {max(times):.0f} ms")


if __name__ == "__main__":
    main()
