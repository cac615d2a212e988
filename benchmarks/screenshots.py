"""Takes the pictures of the page that stand in docs/images, from refs/, with Debian's Chromium.

python -m benchmarks.screenshots
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import pubkit as pk

ROOT = Path(__file__).parents[1]
# Name → width and height in CSS pixels, and the reader's setting.
VIEWS = {"light": (1000, 1100, "light"), "dark": (1000, 1100, "dark"), "phone": (360, 800, "light")}


def main() -> None:
    site = pk.page(pk.read(ROOT / "refs/papers.bib"), owner="Tianhao Wu")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        site.write(folder)
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for name, (width, height, scheme) in VIEWS.items():
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab.goto(Path(folder, "index.html").as_uri())
            if name == "dark":  # one with the charts, the others with papers
                tab.click("#charts summary")
            tab.screenshot(path=ROOT / f"docs/images/page-{name}.png")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
