"""Keys that are identifiers, found in sources where no library has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

import pubkit as pk
from pubkit.cli.group import pubkit
from pubkit.enrich import Query, SourceRecord
from pubkit.errors import SourceUnavailableError

RECORDS = r"""
@article{a, title = {Bees}, author = {Wu, T.}, year = 2020, doi = {10.1000/bees}, journal = {Bees}}
@online{b, title = {Preprint of Bees}, author = {Wu, T.}, year = 2019, eprint = {1901.00001},
  eprinttype = {arxiv}}
@book{c, title = {The Hive}, author = {Li, B.}, year = 2018, isbn = {978-0-262-03384-8}}
@article{d, title = {Stings}, author = {Li, B.}, year = 2017, pmid = {12345}, journal = {Lancet}}
"""
PAPER = (
    r"\cite{doi:10.1000/BEES, arXiv:1901.00001v2} \cite{isbn:9780262033848,pmid:12345} \cite{doi:10.1000/no}"
)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records.bib").write_text(RECORDS)
    (tmp_path / "mine.bib").write_text("@misc{x, title = {X}}")
    (tmp_path / "paper.tex").write_text(PAPER)
    return tmp_path / "paper.tex"


def test_identifiers_are_fetched_and_keep_the_key_as_cited(paper):
    found = pk.bib(paper, "mine.bib", fetch=pk.fetcher("records.bib"))
    assert {entry.key: entry["title"] for entry in found.library} == {
        "doi:10.1000/BEES": "Bees",
        "arXiv:1901.00001v2": "Preprint of Bees",
        "isbn:9780262033848": "The Hive",
        "pmid:12345": "Stings",
    }
    assert [missing.key for missing in found.missing] == ["doi:10.1000/no"]


def test_without_being_asked_nothing_is_fetched(paper):
    assert len(pk.bib(paper, "mine.bib").missing) == 5


class Broken:
    name = "Broken"
    kinds = frozenset({"doi"})

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        raise SourceUnavailableError("is out of order", hint="try again later")

    def search(self, query: Query) -> Sequence[SourceRecord]:
        return ()


def test_a_source_that_does_not_answer_is_told(paper):
    with pytest.raises(SourceUnavailableError):
        pk.bib(paper, "mine.bib", fetch=pk.fetcher(Broken()))
    told: list[pk.Diagnostic] = []
    found = pk.bib(paper, "mine.bib", fetch=pk.fetcher([Broken(), "records.bib"], report=told))
    assert len(found.library) == 4
    assert [d.code for d in told] == ["PK904", "PK904"]
    assert "Broken did not answer for doi:10.1000/bees" in told[0].message


def test_the_command(paper):
    done = CliRunner().invoke(
        pubkit, ["bib", "paper.tex", "-l", "mine.bib", "--source", "records.bib", "-o", "refs.bib"]
    )
    assert "4 entries for 5 keys" in done.output
    assert "@article{doi:10.1000/BEES," in Path("refs.bib").read_text()
