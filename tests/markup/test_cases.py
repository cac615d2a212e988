"""The readers and writers on the case files."""

from __future__ import annotations

import pytest

from pubkit.markup import csl, html, latex
from pubkit.markup.writers import WRITERS
from tests.cases import Case, load_cases, parametrize
from tests.markup.show import show

_WRITERS = {**WRITERS, "csl": csl.write}


@parametrize("markup/latex-text.txt")
def test_latex_text(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(latex.to_text(case.input).replace("\u00a0", "␣").replace("\n\n", "⏎"), pytestconfig)


@parametrize("markup/latex-tree.txt")
def test_latex_tree(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(show(latex.parse(case.input)), pytestconfig)


@parametrize("markup/latex-problems.txt")
def test_latex_problems(case: Case, pytestconfig: pytest.Config) -> None:
    case.check("\n".join(latex.problems(case.input)), pytestconfig)


@parametrize("markup/latex-escape.txt")
def test_latex_escape(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(latex.escape(case.input), pytestconfig)


@parametrize("markup/latex-encode.txt")
def test_latex_encode(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(latex.encode(case.input), pytestconfig)


@parametrize("markup/html-read.txt")
def test_html_read(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(show(html.parse(case.input)), pytestconfig)


@parametrize("markup/csl-read.txt")
def test_csl_read(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(show(csl.parse(case.input)), pytestconfig)


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, case) for name in _WRITERS for case in load_cases(f"markup/write-{name}.txt")],
    ids=str,
)
def test_write(name: str, case: Case, pytestconfig: pytest.Config) -> None:
    case.check(_WRITERS[name](latex.parse(case.input)), pytestconfig)
