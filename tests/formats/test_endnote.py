"""EndNote, tagged and XML; cases in tests/cases/formats."""

from __future__ import annotations

import pytest

from pubkit.api import read_string, write_string
from pubkit.crosswalks import endnote
from pubkit.crosswalks.ris_tables import KINDS
from pubkit.formats import endnotexml, enw
from pubkit.model.source import Document
from tests.cases import Case, parametrize
from tests.formats.laws import listing


@parametrize("formats/enw.txt")
def test_enw(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(enw.read(Document("", case.input))), pytestconfig)


@parametrize("formats/endnote-xml.txt")
def test_xml(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(endnotexml.read(Document("", case.input))), pytestconfig)


@parametrize("formats/endnote-out.txt")
def test_written(case: Case, pytestconfig: pytest.Config) -> None:
    library = read_string(case.input, "biblatex")
    case.check(write_string(library, "enw") + "\n" + write_string(library, "endnote-xml"), pytestconfig)


def test_every_type_of_ris_has_one_of_endnote() -> None:
    for kind in KINDS:
        if kind.way != "read":
            name, number = endnote.type_of(kind.name)
            assert endnote.CODES[name.lower()]
            assert number.isdecimal()
    assert set(endnote.TYPES) <= {kind.name for kind in KINDS}


def test_text_that_xml_cannot_hold_is_left_out() -> None:
    library = read_string("@misc{a, title = {x\x01y\x02z}}", "bibtex")
    (entry,) = endnotexml.read(Document("", write_string(library, "endnote-xml")))
    assert entry.text("title") == "xyz"
