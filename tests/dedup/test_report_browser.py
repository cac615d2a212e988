"""The HTML report in a real browser: deciding, downloading, nothing asked of anyone."""

from __future__ import annotations

import os
import shutil
import time

import pytest

from pubkit.api import read_string
from pubkit.dedupe import dedupe
from pubkit.dedupe.answers import read_answers
from pubkit.dedupe.report.content import content, groups_of
from pubkit.dedupe.report.html import to_html
from tests.dedup.test_review import LIBRARY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: chromium)")


@pytest.fixture
def show(tmp_path):
    """Open the report about a library; nothing may be complained of or asked for from elsewhere."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (group test)")
    library = read_string(LIBRARY, format="biblatex")
    path = tmp_path / "report.html"
    path.write_text(to_html(groups_of(content(dedupe(library, review=0.1), library))), encoding="utf-8")
    complaints, asked = [], []
    with playwright.sync_playwright() as tool:
        # Chromium refuses its sandbox to root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = tool.chromium.launch(executable_path=CHROMIUM, args=arguments)

        def open_page(**view):
            tab = chromium.new_context(**view).new_page()
            tab.on("console", lambda said: complaints.append(said.text))
            tab.on("pageerror", lambda error: complaints.append(str(error)))
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto(path.as_uri())
            return tab

        yield open_page
        chromium.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def test_decisions_are_downloaded_and_obeyed(show, tmp_path):
    tab = show()
    tab.keyboard.press("j")
    tab.keyboard.press("s")
    assert tab.locator("#done").inner_text() == "1"
    with tab.expect_download() as waiting:
        tab.click("#save")
    waiting.value.save_as(tmp_path / "answers.json")
    answers = read_answers(tmp_path / "answers.json")
    result = dedupe(read_string(LIBRARY, format="biblatex"), answers=answers)
    assert {"bees19", "bees21"} in [set(group.keys) for group in result.groups]


def test_decisions_survive_a_reload(show):
    tab = show()
    tab.check("input[value=different]")
    for _ in range(5):  # the browser stores it in its own time
        tab.reload()
        if tab.is_checked("input[value=different]"):
            break
        time.sleep(0.5)
    assert tab.is_checked("input[value=different]")
    assert tab.locator("#done").inner_text() == "1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    tab = show(color_scheme=scheme)
    tab.click("#groups summary")
    assert [found["id"] for found in axe.Axe().run(tab).response["violations"]] == []


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window(show, width):
    tab = show(viewport={"width": width, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
