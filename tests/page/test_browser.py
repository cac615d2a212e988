"""The page in a real browser: what a reader does with it, and that nothing of a hostile list runs."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.page.build import page
from tests.page.checking import HOSTILE, LIBRARY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: chromium)")

RICH = Library(
    tuple(
        Entry(
            ("article", "inproceedings", "book")[number % 3],
            f"paper{number}",
            {
                "title": f"Müller’s theorem number {number}",
                "author": f"Okafor, Ada and {('Li, Bo', 'Pérez, María', 'Tanaka, Yui')[number % 3]}",
                "author+an": "1=equal; 2=equal",
                "date": str(2018 + number // 4),
                ("journaltitle", "booktitle", "publisher")[number % 3]: ("J", "Proc", "Press")[number % 3],
                "abstract": f"We prove case {number}.",
                "doi": f"10.5555/{number}",
                "award": "Best Paper" if number == 7 else "",
                "keywords": "selected" if number == 7 else "",
            },
        )
        for number in range(24)
    )
)
OPTIONS = {"owner": "Ada Okafor", "downloads": ("bibtex",)}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (group test)")
    with playwright.sync_playwright() as tool:
        # Chromium refuses its sandbox to root.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = tool.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open a page; when the test ends nothing may have been complained of or asked for from elsewhere."""
    complaints, requests, contexts = [], [], []

    def open_page(library=RICH, *, fragment="", scripts=True, build=None, **view):
        site = page(library, **{**OPTIONS, **(build or {})})
        site.write(tmp_path, force=True)
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **view},
                                      java_script_enabled=scripts)  # fmt: skip
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.goto((tmp_path / "index.html").as_uri() + fragment)
        return tab

    open_page.complaints = complaints
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
    folder = tmp_path.as_uri()
    assert [url for url in requests if not url.startswith((folder, "data:image/"))] == []


def shown(tab):
    return tab.locator(".paper:visible").count()


def test_search_finds_in_all_fields_without_accents_and_counts(show):
    tab = show()
    assert shown(tab) == 24
    tab.fill("#search", "muller case 13")
    assert shown(tab) == 1
    assert tab.inner_text("#status") == "1 of 24 shown"
    tab.fill("#search", "perez")  # an author
    assert shown(tab) == 8
    tab.fill("#search", "10.5555/23")  # an identifier
    assert shown(tab) == 1
    tab.fill("#search", "no such thing")
    assert shown(tab) == 0
    assert tab.locator("#nothing").is_visible()
    assert tab.locator("main section:visible").count() == 0
    tab.click("button[type=reset]")
    tab.wait_for_function("() => document.querySelectorAll('.paper:not([hidden])').length === 24")


@pytest.mark.parametrize(
    ("name", "label", "count"),
    [
        ("year", "2019 (4)", 4),
        ("type", "Books (8)", 8),
        ("venue", "Proc (8)", 8),
        ("people", "Bo Li (8)", 8),
    ],
)
def test_filters(show, name, label, count):
    tab = show()
    tab.select_option(f"select[name={name}]", label=label)
    assert shown(tab) == count
    tab.fill("#search", "case 4")
    assert shown(tab) < count


def test_the_filter_is_kept_in_the_address(show):
    tab = show()
    tab.select_option("select[name=year]", label="2019 (4)")
    tab.fill("#search", "case")
    tab.wait_for_function("() => location.hash.includes('q=case') && location.hash.includes('2019')")
    address = tab.evaluate("location.hash")
    assert address == "#?q=case&year=2019"
    again = show(fragment=address)
    assert shown(again) == 4
    assert again.input_value("#search") == "case"
    assert shown(show(fragment="#?year=1066&q=%22%3E%3Cimg%20src%3Dx%3E")) == 0


def test_everything_works_by_keyboard(show):
    tab = show()
    tab.keyboard.press("/")
    tab.keyboard.type("case 13")
    assert shown(tab) == 1
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "year"
    tab.focus("#search")
    tab.keyboard.press("Escape")
    tab.wait_for_function("() => document.querySelectorAll('.paper:not([hidden])').length === 24")
    tab.focus("#paper7 .bibtex summary")
    tab.keyboard.press("Enter")
    assert tab.locator("#paper7 pre").is_visible()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "copy"


def test_the_first_stop_is_a_link_past_the_controls(show):
    tab = show()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#list"


def test_bibtex_is_copied(show):
    tab = show(permissions=["clipboard-read", "clipboard-write"])
    tab.click("#paper7 .bibtex summary")
    tab.click("#paper7 .copy")
    tab.wait_for_function("() => document.querySelector('#paper7 .copy').textContent === 'Copied'")
    assert tab.evaluate("navigator.clipboard.readText()").startswith("@inproceedings{paper7,")


def test_a_link_to_a_paper_that_is_filtered_away_shows_it(show):
    tab = show(fragment="#?year=2019")
    assert not tab.locator("#paper7").is_hidden() or shown(tab) == 4
    tab.evaluate("location.hash = '#paper20'")
    tab.wait_for_function("() => !document.getElementById('paper20').hidden")
    assert shown(tab) == 24


def test_without_scripts_everything_is_there(show):
    tab = show(scripts=False)
    assert shown(tab) == 24
    assert tab.locator("#filters").is_hidden()
    assert tab.locator("button:visible").count() == 0
    tab.click("#paper7 summary:has-text('Abstract')")
    assert tab.locator("#paper7 .abstract").is_visible()
    assert "Best Paper" in tab.inner_text("#paper7")


def test_selected_papers_stand_first(show):
    tab = show()
    assert tab.locator("main section").first.inner_text().startswith("Selected publications")
    assert tab.locator(".paper").first.get_attribute("id") == "paper7"


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(show, width, scheme):
    tab = show(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab.click("#charts summary")
    tab.click("#paper7 .bibtex summary")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    background = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(21, 24, 27)" if scheme == "dark" else "rgb(253, 253, 251)")


def test_print_shows_the_papers_and_no_controls(show):
    tab = show()
    tab.emulate_media(media="print")
    assert shown(tab) == 24
    for part in ("nav", "#filters", "#charts", ".bibtex >> nth=0"):
        assert tab.locator(part).is_hidden(), part


@pytest.mark.parametrize(
    ("lang", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light"), ("ja", "light")]
)
def test_axe_finds_nothing(show, lang, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    tab = show(build={"lang": lang, "group_by": ("type", "year")}, color_scheme=scheme)
    tab.click("#charts summary")
    tab.click("#paper7 .bibtex summary")
    tab.click("#paper7 summary >> nth=0")
    # axe loads its script into the page, past the policy, which only guards what the page itself does.
    result = axe.Axe().run(tab)
    assert [found["id"] for found in result.response["violations"]] == []


def test_pages_of_papers_are_accessible_too(show, tmp_path):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    tab = show(build={"paper_pages": True})
    tab.click("#paper7 .anchor")
    assert tab.inner_text("h1") == "Müller’s theorem number 7"
    assert [found["id"] for found in axe.Axe().run(tab).response["violations"]] == []
    tab.click("nav a")
    assert tab.inner_text("h1") == "Publications of Ada Okafor"


FIELDS = ("author", "title", "journaltitle", "date", "doi", "url", "abstract", "annotation", "note", "award",
          "code", "keywords", "topic", "preview", "pubstate", "langid", "author+an")  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_of_a_hostile_list_runs(show, scripts):
    evil = [text.replace("alert(1)", "document.title='owned'") for text in HOSTILE]
    entries = [Entry("article", text, dict.fromkeys(FIELDS, text)) for text in evil]
    entries.append(Entry("article", "crowd", {"author": " and ".join(f"Li, A{n}" for n in range(500))}))
    entries.append(Entry("article", "long", {"title": "\u202eT", "abstract": "word " * 400_000}))
    tab = show(Library(tuple(entries)), scripts=scripts, build={"title": "Safe", "owner": evil[1]})
    assert tab.title() == "Safe"
    assert tab.locator("main img, main script, main iframe").count() == 0
    if scripts:
        tab.fill("#search", "<img src=x onerror=document.title='owned'>")
        tab.select_option("select[name=people]", index=1)
        tab.wait_for_timeout(300)
    assert tab.title() == "Safe"


def test_other_peoples_scripts_do_not_run(show):
    """The policy holds: a script put into the page by hand is refused."""
    tab = show()
    refused = tab.evaluate(
        """() => new Promise((done) => {
            document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "document.title = 'owned'";
            document.body.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert tab.title() == "Publications of Ada Okafor"
    assert len(show.complaints) == 1
    show.complaints.clear()  # this one was wanted


def test_a_good_page_loads_without_complaint_in_a_plain_browser(tmp_path):
    """Without any driver, as a person opens it."""
    (tmp_path / "index.html").write_text(page(LIBRARY, **OPTIONS).html, encoding="utf-8")
    options = ["--headless", "--disable-gpu", "--enable-logging=stderr", "--v=0",
               f"--user-data-dir={tmp_path}/profile", "--dump-dom"]  # fmt: skip
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    done = subprocess.run(
        [CHROMIUM, *options, (tmp_path / "index.html").as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "<title>Publications of Ada Okafor</title>" in done.stdout
    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
