"""The page in a real browser: nothing of a hostile list runs, no policy is violated, nothing is fetched."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page import build
from tests.page.test_page import HOSTILE, LIBRARY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: chromium)")


def load(folder, html):
    """Load a page and return its document as the browser sees it, and what the browser complains about."""
    page = folder / "index.html"
    page.write_text(html, encoding="utf-8")
    options = [
        "--headless",
        "--disable-gpu",
        "--enable-logging=stderr",
        "--v=0",
        f"--user-data-dir={folder}/profile",
    ]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium refuses its sandbox to root
    done = subprocess.run(
        [CHROMIUM, *options, "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_a_good_page_loads_without_complaint(tmp_path):
    document, complaints = load(tmp_path, build(LIBRARY, owner="Tianhao Wu"))
    assert "<title>Publications of Tianhao Wu</title>" in document
    assert complaints == []


def test_nothing_of_a_hostile_list_runs(tmp_path):
    evil = [text.replace("alert(1)", "document.title='owned'") for text in HOSTILE]
    fields = ("author", "title", "journaltitle", "date", "doi", "url", "abstract", "annotation", "note")
    entries = [Entry("article", text, dict.fromkeys(fields, text)) for text in evil]
    document, complaints = load(tmp_path, build(Library(tuple(entries)), title="Safe"))
    assert "<title>Safe</title>" in document
    assert complaints == []
