"""Formats that are trees (YAML, JSON, XML): cases in tests/cases/formats, one file a format and way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pubkit.api import read, read_string, write_string
from pubkit.formats.detect import get_format
from pubkit.model.source import Document
from tests.cases import CASES, Case, load_cases
from tests.formats.laws import listing

READ = (
    *("cff", "crossref", "csl-yaml", "datacite", "dblp", "hayagriva"),
    *("jats", "marcxml", "mods", "openalex", "orcid", "zotero-rdf"),
)
WRITTEN = ("cff", "csl-yaml", "hayagriva", "mods", "schema-org")


def cases(names: tuple[str, ...], ending: str) -> list[object]:
    return [
        pytest.param(name, case, id=f"{name}:{case.line}:{case.title}")
        for name in names
        if (CASES / f"formats/{name}{ending}.txt").exists()
        for case in load_cases(f"formats/{name}{ending}.txt")
    ]


@pytest.mark.parametrize(("name", "case"), cases(READ, ""))
def test_read(name: str, case: Case, pytestconfig: pytest.Config) -> None:
    chosen = get_format(name)
    assert chosen.read
    case.check(listing(chosen.read(Document("", case.input))), pytestconfig)


@pytest.mark.parametrize(("name", "case"), cases(WRITTEN, "-out"))
def test_written(name: str, case: Case, pytestconfig: pytest.Config) -> None:
    report: list = []
    text = write_string(read_string(case.input, "biblatex"), name, report=report)
    case.check(text + "".join(f"! {found}\n" for found in report), pytestconfig)


@pytest.mark.parametrize("name", ["openalex", "crossref", "datacite"])
def test_dumps_as_json_lines_are_read_by_their_own_format(name: str, tmp_path: Path) -> None:
    """Services give their dumps one record a line; the last line may be cut off."""
    records = {
        "openalex": {"id": "https://openalex.org/W1", "title": "T", "authorships": []},
        "crossref": {"DOI": "10.1/x", "type": "journal-article", "title": ["T"], "is-referenced-by-count": 0},
        "datacite": {
            "creators": [{"name": "Doe, Jane"}],
            "titles": [{"title": "T"}],
            "publicationYear": 2020,
        },
    }
    line = json.dumps(records[name])
    (tmp_path / "dump.jsonl").write_text(f'{line}\n\n{line}\n{{"cut', encoding="utf-8")
    library = read(tmp_path / "dump.jsonl")
    assert [entry["title"] for entry in library] == ["T", "T"]
    assert library.diagnostics[0].code == "PK438"
    assert library.diagnostics[0].location.line == 4
