"""RIS: dialects, broken files, values; cases in tests/cases/formats/ris.txt."""

from __future__ import annotations

import pytest

from pubkit.api import write_string
from pubkit.formats.ris import read, sniff
from pubkit.model.source import Document
from tests.cases import Case, parametrize
from tests.formats.laws import listing


@parametrize("formats/ris.txt")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(listing(read(Document("", case.input))), pytestconfig)


@parametrize("formats/ris-out.txt")
def test_written(case: Case, pytestconfig: pytest.Config) -> None:
    from pubkit.api import read_string

    case.check(write_string(read_string(case.input, "biblatex"), "ris"), pytestconfig)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("TY  - JOUR\nER  - ", 0.9, 1),
        ("\ufeffTY  - JOUR", 0.9, 1),
        ("Provider: JSTOR\n\nTY  - JOUR\nER  -\n", 0.9, 1),
        ("TI  - T\nAU  - A\nPY  - 2000\nVL  - 1\nER  - \n", 0.5, 0.8),
        ("PMID- 1\nTI  - T\n", 0, 0),
        ("the TY  - JOUR line", 0, 0),
    ],
)
def test_sniff(text: str, least: float, most: float) -> None:
    assert least <= sniff(text) <= most


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, end: str, tmp_path) -> None:
    from pubkit.api import read as read_file

    text = "TY  - JOUR\nAU  - Müller, Jürgen\nTI  - Über Größe\nPY  - 2001\nER  - \n".replace("\n", end)
    path = tmp_path / "x.ris"
    path.write_bytes(text.encode(encoding))
    (entry,) = read_file(path)
    assert (entry["author"], entry["title"], entry["date"]) == ("Müller, Jürgen", "Über Größe", "2001")


def test_findings_have_lines() -> None:
    library = read(
        Document("x.ris", "\nTY  - JOUR\nTI  - A\nER  - \n\nTY  - NONE\nTI  - B\nC9  - c\nER  - \n")
    )
    assert [str(found).split(":")[1] for found in library.diagnostics] == ["6", "6"]
    assert library[1].extra["unmapped"] == {"C9": ("c",)}
