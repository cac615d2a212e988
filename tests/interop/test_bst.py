"""BibTeX styles in pybtex's engine: the `.bbl`, every other markup, errors with their place."""

from __future__ import annotations

import logging
import shutil
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings

from pubkit.errors import LimitError, StyleError, StyleNotFoundError, StyleSyntaxError
from pubkit.interop.bbl import read_bbl, render
from pubkit.interop.bst import ENGINE, find_bst, run_bst
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.interop.strategies import LIBRARIES

ONE = Library((Entry("misc", "k", {"title": "T"}),))


def style(tmp_path, text):
    path = tmp_path / "own.bst"
    path.write_text(text)
    return path


def test_a_bbl_is_latex_with_accents_as_macros_and_nothing_active(library, list_bst):
    made = run_bst(library, list_bst)
    assert (
        " ".join(made.bbl.split())
        .replace(r"{\"{o}}", r"{\"o}")
        .startswith(r"\bibitem[goedel1931]{goedel1931} G{\"o}del. On 100\% {NP} \& \emph{more} <b>, Jan.")
    )
    assert r"\input{" not in made.bbl
    assert r"\textbackslash{}input" in made.bbl
    assert made.warnings == ("nobody",)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("text", "[goedel1931] Gödel. On 100% NP & more <b>, Jan.\n"),
        (
            "html",
            '<div class="csl-entry">[goedel1931] Gödel. On 100% NP &amp; <i>more</i> &lt;b&gt;, Jan.</div>',
        ),
        ("markdown", "\\[goedel1931\\] Gödel. On 100% NP & *more* \\<b\\>, Jan.\n"),
    ],
)
def test_other_markups_read_the_latex(library, list_bst, to, expected):
    assert expected in ENGINE.format_library(library, str(list_bst), to)


def test_warnings_go_to_the_log(library, list_bst, caplog):
    with caplog.at_level(logging.WARNING, "pubkit.bst"):
        ENGINE.format_library(library, f"bst:{list_bst}", "latex")
    assert caplog.messages == ["nobody"]


def test_an_unknown_markup_is_refused(list_bst):
    with pytest.raises(StyleError, match=r"cannot be written as 'docx'; use one of: latex, text"):
        ENGINE.format_library(ONE, str(list_bst), "docx")


READ = "ENTRY {} {} {}\nSTRINGS {s}\nREAD\n"
ENDLESS_TEXT = """FUNCTION {f} { "xx" 's := { #1 } { s s * 's := } while$ }\nEXECUTE {f}"""


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (
            "ENTRY { title } {} {}\nFUNCTION {f} { title",
            StyleSyntaxError,
            r"own\.bst:2: this is no BibTeX style: prem",
        ),
        ("\n\nWHATEVER {x}", StyleSyntaxError, r"own\.bst:3: this is no BibTeX style: BST command expected"),
        ("%PDF-1.7\n\x00", StyleSyntaxError, "no BibTeX style"),
        (READ + "FUNCTION {f} { nothing }\nEXECUTE {f}", StyleError, "undefined function"),
        (READ + "EXECUTE {g}", StyleError, "the style failed"),
        (READ + "FUNCTION {f} { #1 'f := pop$ }\nEXECUTE {f}", StyleError, "the style failed"),
        (READ + "FUNCTION {f} { * }\nEXECUTE {f}", StyleError, "pop from empty stack"),
        (READ + "FUNCTION {f} { f }\nEXECUTE {f}", StyleError, "a function of the style calls itself"),
        (READ + "FUNCTION {f} { { #1 } { } while$ }\nEXECUTE {f}", LimitError, "runs without end"),
        (READ + ENDLESS_TEXT, LimitError, "text without end"),
        ("FUNCTION {f} " + "{" * 5000 + "}" * 5000, StyleSyntaxError, "nested too deeply"),
    ],
)
def test_a_broken_style_is_our_error_with_its_place(tmp_path, text, error, message):
    with pytest.raises(error, match=message):
        run_bst(ONE, style(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no/such.bst", "there is no such .bst file"),
        ("--help", "there is no such .bst file"),
        ("a b", "there is no such .bst file"),
        ("$(touch x)", "there is no such .bst file"),
    ],
)
def test_a_missing_style(name, message):
    with pytest.raises(StyleNotFoundError, match=message):
        find_bst(name)


def test_without_tex_a_name_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StyleNotFoundError, match="kpsewhich is not installed; give the path"):
        find_bst("plain")


needs_tex = pytest.mark.skipif(
    not shutil.which("kpsewhich"), reason="needs TeX's kpsewhich (texlive-binaries)"
)


@needs_tex
def test_kpsewhich_knows_no_such_style():
    with pytest.raises(StyleNotFoundError, match="TeX knows no BibTeX style 'no-such-style'"):
        find_bst("no-such-style")


@needs_tex
@pytest.mark.skipif(not shutil.which("bibtex"), reason="needs BibTeX (texlive-binaries)")
@pytest.mark.parametrize("name", ["plain", "alpha", "abbrv", "unsrt", "apalike", "ieeetr", "acm", "siam"])
def test_like_bibtex_itself(tmp_path, refs, name):
    """BibTeX 0.99d makes the same `.bbl` of our sample list, byte for byte."""
    from pubkit.api import read, write

    library = read(refs / "papers.bib")
    try:
        ours = ENGINE.format_library(library, name, "latex")
    except StyleNotFoundError:
        pytest.skip("the standard styles are not installed (texlive-base)")
    write(library, tmp_path / "refs.bib")
    (tmp_path / "t.aux").write_text(f"\\citation{{*}}\n\\bibdata{{refs}}\n\\bibstyle{{{name}}}\n")
    subprocess.run(["bibtex", "t"], cwd=tmp_path, check=False, capture_output=True)
    theirs = (tmp_path / "t.bbl").read_text()
    if name == "alpha":  # pybtex measures the width of labels with macros otherwise, and picks another widest
        ours, theirs = ours.partition("\\bibitem")[2], theirs.partition("\\bibitem")[2]
    assert ours == theirs


def test_reading_a_bbl():
    bbl = r"""\begin{thebibliography}{10}
\providecommand{\natexlab}[1]{#1}
\bibitem[{Knuth(1986{\natexlab{a}})}]{knuth}
Donald~E. Knuth.%
\newblock {\em The {\TeX}book}. \url{https://example.org/a_b}.

\bibitem{x}X.
\end{thebibliography} junk"""
    first, second = read_bbl(bbl)
    assert (first.key, first.label, second.key, second.label) == ("knuth", "Knuth, 1986{{a}}", "x", "")
    assert render(bbl, "text") == (
        "[Knuth, 1986a] Donald\u00a0E. Knuth. The TeXbook. https://example.org/a_b.\n[2] X.\n"
    )
    assert read_bbl("no list here") == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=LIBRARIES)
def test_any_library_runs_through_a_style(made, list_bst):
    bbl = run_bst(made, list_bst).bbl
    assert len(read_bbl(bbl)) <= len(made)
    assert r"\input{" not in bbl
