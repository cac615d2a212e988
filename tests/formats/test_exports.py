"""Exports as programs and databases write them: each file beside what is read of it (NAME.expected).

The files are ours, written after what the programs write. `pytest --accept` writes what is read now; read the
difference as a critic: titles, people, dates, pages, identifiers, types, and what is told to be lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pubkit.api import read
from tests.formats.laws import listing

EXPORTS = Path(__file__).parent / "exports"
FILES = sorted(path for path in EXPORTS.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_export(path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXPORTS)
    got = listing(read(path.name)) + "\n"
    expected = path.with_name(f"{path.name}.expected")
    if pytestconfig.getoption("--accept"):
        expected.write_text(got, encoding="utf-8")
    assert got == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_renamed_export_is_read_the_same(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "data.txt"
    renamed.write_bytes(path.read_bytes())
    assert read(renamed).entries == read(path).entries
