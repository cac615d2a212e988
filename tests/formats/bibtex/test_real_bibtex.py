"""What we write is read by BibTeX 0.99d itself, without a warning, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pubkit.crosswalks.bibtex_tables import words
from pubkit.formats.bibtex import read_bibtex, write_bibtex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.conftest import data_path


def bibliography(folder: Path, source: str) -> tuple[str, str]:
    """Return what BibTeX makes of a file in its plain style, and its log."""
    bibtex = shutil.which("bibtex")
    if bibtex is None:
        pytest.skip("BibTeX is not installed (Debian: texlive-binaries, texlive-base)")
    (folder / "a.bib").write_text(source, encoding="utf-8")
    (folder / "a.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{a}\n", encoding="utf-8")
    done = subprocess.run([bibtex, "a"], cwd=folder, capture_output=True, text=True, check=False)
    if "couldn't open style file" in done.stdout:
        pytest.skip("BibTeX has no plain.bst (Debian: texlive-base)")
    return (folder / "a.bbl").read_text(encoding="utf-8"), done.stdout


@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_thousand_records(tmp_path: Path, ascii_only: bool) -> None:
    text = data_path("bench/mixed-1k.bib").read_text(encoding="utf-8")
    library = read_bibtex(Document("", text))
    made, log = bibliography(tmp_path, write_bibtex(library, ascii=ascii_only, width=78))
    assert made.count("\\bibitem") == len(library)
    assert "Warning" not in log
    assert "error" not in log.lower()


def test_every_type_and_kind_of_date(tmp_path: Path) -> None:
    more = {
        "author": "Ada Lovelace",
        "editor": "Alan Turing",
        "title": "T",
        "subtitle": "S",
        "publisher": "P",
    }
    more |= {"journaltitle": "J", "institution": "I", "booktitle": "B", "note": "N", "chapter": "3"}
    kinds = words(
        "article book inbook thesis report online misc inproceedings collection software dataset mvbook"
    )
    dates = ["1998", "1998-09", "1998-09-05", "1998-21", "1998-05/1998-06", "1998/2001"]
    entries = [
        Entry(kind, f"{kind}{n}", {**more, "date": date}) for kind in kinds for n, date in enumerate(dates)
    ]
    made, log = bibliography(tmp_path, write_bibtex(Library(tuple(entries))))
    assert made.count("\\bibitem") == len(entries)
    assert "style-file defined" not in log
    assert "Spring 1998" in made
    assert "May--June 1998" in made
    assert "T: S" in made
