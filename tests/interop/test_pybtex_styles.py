"""pybtex's Python styles: its layout, our reading of LaTeX, and nothing unescaped."""

from __future__ import annotations

import logging

import pytest
from hypothesis import Phase, given, settings

from pubkit.errors import StyleError, StyleNotFoundError
from pubkit.interop.pybtex_styles import BACKENDS, ENGINE, style_names
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.interop.strategies import LIBRARIES

EXPECTED = {
    "text": "[2] Donald E. Knuth. The Book. AW, 1986.\n",
    "html": "<dt>2</dt>\n<dd>Donald&nbsp;E. Knuth.\n<em>The Book</em>.\nAW, 1986.</dd>\n",
    "markdown": "[2] Donald E. Knuth.\n*The Book*.\nAW, 1986.  \n",
    "latex": "\\bibitem[2]{knuth1986}\nDonald~E. Knuth.\n\\newblock \\emph{The Book}.\n\\newblock AW, 1986.",
}


@pytest.mark.parametrize("to", EXPECTED)
def test_every_backend(library, to):
    assert EXPECTED[to] in ENGINE.format_library(library, "pybtex:unsrt", to)


def test_latex_in_fields_is_read(library):
    text = ENGINE.format_library(library, "plain", "text")
    assert "Kurt Gödel and Barnes and Noble. On 100% NP & more <b>. Monatshefte" in text
    html = ENGINE.format_library(library, "plain", "html")
    assert "On 100% NP &amp; <i>more</i> &lt;b&gt;" in html
    latex = ENGINE.format_library(library, "plain", "latex")
    assert r"On 100\% {NP} \& \emph{more}" in latex
    assert r"\input{" not in latex


@pytest.mark.parametrize("style", ["plain", "alpha", "unsrt", "unsrtalpha"])
def test_the_four_styles(library, style):
    assert style in style_names()
    assert ENGINE.format_library(library, f"pybtex:{style}", "text").count("\n") == 3


@settings(max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # no slow shrinking
@given(LIBRARIES)
def test_any_library_can_be_formatted(library):
    for to in BACKENDS:
        assert "\ufdd0" not in ENGINE.format_library(library, "alpha", to)


def test_hostile_values_are_text():
    entry = Entry(
        "misc",
        'k}"><script>',
        {
            "title": '<script>alert(1)</script> "><img onerror=x>',
            "author": "{<script>}, Bob",
            "url": "javascript:alert(1)",
            "doi": '10.1/"><script>alert(1)</script>',
            "date": "2020",
        },
    )
    html = ENGINE.format_library(Library((entry,)), "alpha", "html")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_what_a_style_cannot_format_becomes_misc(caplog):
    library = Library((Entry("article", "k", {"title": "No journal"}), Entry("weird", "w", {"title": "Odd"})))
    with caplog.at_level(logging.WARNING, "pubkit.pybtex"):
        text = ENGINE.format_library(library, "unsrt", "text")
    assert text == "[1] No journal.\n[2] Odd.\n"
    assert len(caplog.messages) == 2


def test_unknown_names():
    with pytest.raises(StyleNotFoundError, match="pybtex has no style 'plane'; did you mean: plain"):
        ENGINE.format_library(Library(), "pybtex:plane", "text")
    with pytest.raises(
        StyleError, match="cannot be written as 'rtf'; use one of: text, html, latex, markdown"
    ):
        ENGINE.format_library(Library(), "plain", "rtf")


def test_an_empty_library():
    assert ENGINE.format_library(Library(), "plain", "text") == ""
