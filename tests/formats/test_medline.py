"""MEDLINE as lines (.nbib) and as XML; cases in tests/cases/formats."""

from __future__ import annotations

import pytest

from pubkit.formats import nbib, pubmedxml
from pubkit.model.source import Document
from tests.cases import Case, parametrize
from tests.formats.laws import listing


@parametrize("formats/nbib.txt")
def test_nbib(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(nbib.read(Document("", case.input))), pytestconfig)


@parametrize("formats/pubmed-xml.txt")
def test_xml(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(pubmedxml.read(Document("", case.input))), pytestconfig)
