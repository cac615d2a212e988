"""Web of Science; cases in tests/cases/formats/wos.txt."""

from __future__ import annotations

import pytest

from pubkit.formats.wos import read, sniff
from pubkit.model.source import Document
from tests.cases import Case, parametrize
from tests.formats.laws import listing


@parametrize("formats/wos.txt")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(read(Document("", case.input))), pytestconfig)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("FN ISI Export Format\nVR 1.0\nPT J\nTI T\nER\n", 0.9, 1),
        ("\ufeffPT J\nAU A\nTI T\nER\n", 0.9, 1),
        ("PT\tAU\tBA\tBE\n", 0.9, 1),
        ("PT J\nTI T\n", 0.5, 0.7),
        ("TI  - T\nER  - \n", 0, 0),
        ("SO I wrote a paper", 0, 0),
    ],
)
def test_sniff(text: str, least: float, most: float) -> None:
    assert least <= sniff(text) <= most
