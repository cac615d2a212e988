"""What each syntax cites: the cases, and laws that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.cited import read_manuscript_string
from pubkit.cited.syntaxes import SYNTAXES
from tests import cases


def _shown(text: str, syntax: str) -> str:
    found = read_manuscript_string(text, syntax)
    lines = ["everything"] if found.everything else []
    lines += [f"resource {name}" for name in found.resources]
    lines += [f"dialect {found.dialect}"] if found.dialect else []
    lines += [f"{cite.location.line} {cite.key}{' ?' if cite.maybe else ''}" for cite in found.citations]
    return "\n".join(lines)


@cases.parametrize("cited")
def test_case(case, request):
    case.check(_shown(case.input, case.path.stem), request.config)


TEXTS = [
    *r"\{}[]()<>%#@`~*_:.,;-/ ", "\n", "\n\n", "    ", r"\cite", r"\citep[", r"\newcommand{\a}", r"\a",
    r"\verb|", r"\begin{verbatim}", r"\end{verbatim}", r"\iffalse", r"\fi", "key", "@key", "```", "---\n",
    "nocite: @a\n", "{cite}`", ":cite:`", ".. note::\n", "::\n", "#cite(<", "/*", "*/", "//", "[cite:",
    "<!--", r"\citation{",
]  # fmt: skip
_PIECES = st.sampled_from(TEXTS)


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_text_crashes_a_scanner(syntax: str, text: str) -> None:
    for citation in read_manuscript_string(text, syntax).citations:
        assert citation.key.strip()


@pytest.mark.parametrize("syntax", sorted(SYNTAXES))
@pytest.mark.parametrize(
    "piece", [*TEXTS, r"\cite{", "(@", "    @a\n", "#bibliography(", "::\n\n", ".. x::\n"]
)
def test_hostile_repetition_takes_linear_time(syntax: str, piece: str) -> None:
    read_manuscript_string(piece * (100_000 // len(piece)), syntax)
