"""Whole runs: the seed list against its records, failing sources, reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import pubkit as pk
from pubkit.cli.group import pubkit
from pubkit.enrich import Query, SourceRecord
from pubkit.errors import FieldError, SourceError, SourceUnavailableError, WriteError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.conftest import REFS


class TestSeedList:
    """`refs/papers.txt` names no authors and one wrong year; `refs/papers.bib` holds its records."""

    @pytest.mark.parametrize("owner", ["Tianhao Wu", ""])
    def test_it_is_completed_and_nothing_is_invented(self, owner):
        done = pk.enrich(pk.read(REFS / "papers.txt", owner=owner), REFS / "papers.bib", owner=owner)
        records = {entry.text("title").casefold(): entry for entry in pk.read(REFS / "papers.bib")}
        assert len(done.matches) == len(done.library) == 11
        for entry in done.library:
            assert entry["author"] == records[entry.text("title").casefold()]["author"]
        assert [(f.field, f.ours, f.theirs) for f in done.findings if f.field == "date"] == [
            ("date", "2021", "2020")
        ]
        values = {value for record in records.values() for value in record.values()}
        assert all(each.value in values for each in done.filled)
        assert not [d for d in done.library.diagnostics if d.code == "PK104"]

    def test_each_fact_says_where_it_came_from(self):
        done = pk.enrich(pk.read(REFS / "papers.txt"), REFS / "papers.bib")
        for entry in done.library:
            assert entry.extra["provenance"]["author"].startswith(str(REFS / "papers.bib"))
        json.dumps(done.to_dict())


class Broken:
    name = "Broken"
    kinds = frozenset({"doi"})

    def __init__(self) -> None:
        self.asked = 0

    def lookup(self, kind: str, value: str) -> Sequence[SourceRecord]:
        self.asked += 1
        raise SourceUnavailableError("no answer within 30 s", hint="try again later")

    def search(self, query: Query) -> Sequence[SourceRecord]:
        return self.lookup("", "")


def test_a_source_that_fails_is_told_and_given_up_and_the_others_go_on():
    mine = Library(
        tuple(Entry("misc", f"k{n}", {"title": f"The Dance Number {n} of Bees"}) for n in range(40))
    )
    records = mine.with_entries([entry.replace(author="Wu, Bo", date="2020") for entry in mine])
    dated = mine.with_entries([entry.replace(date="2020") for entry in mine])
    broken = Broken()
    done = pk.enrich(dated, [broken, records])
    assert len(done.matches) == 40
    assert broken.asked < 12
    told = [d.message for d in done.diagnostics if d.code == "PK904"]
    assert any("was asked no more" in message for message in told)
    assert [entry.key for entry in done.library] == [entry.key for entry in mine]


def test_bad_use_is_an_error_of_ours():
    with pytest.raises(SourceError, match="no source was given"):
        pk.enrich(Library(), [])
    with pytest.raises(SourceError, match=r"no such file and no such source.*crossref"):
        pk.enrich(Library(), "corssref")
    with pytest.raises(FieldError, match=r"'colour'.*author"):
        pk.enrich(Library(), Library(), overwrite=["colour"])


@pytest.mark.parametrize("key", ["", "same"])
def test_entries_of_one_name_are_told_apart(key):
    titles = [f"On the Dances of Honey Bees in the Deep South of the Alps, Part {part}" for part in "123"]
    mine = Library(
        tuple(Entry("misc", key, {"title": title, "author": "Wu, T.", "date": "2020"}) for title in titles)
    )
    records = Library(tuple(entry.replace(key=f"r{at}", doi=f"10.1/{at}") for at, entry in enumerate(mine)))
    done = pk.enrich(mine, records)
    assert [[each.record for each in found] for found in done.matches.values()] == [["r0"], ["r1"], ["r2"]]
    assert [each.entry for each in done.filled] == list(done.matches)
    assert len(set(pk.enrich(mine, Library((Entry("misc", "x"),))).unmatched)) == 3


def test_neither_list_nor_report_is_written_where_one_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("mine.bib").write_text("@misc{k, title = {On the Dances of Bees}, author = {Wu, T.}, year = 2020}")
    given = ["enrich", "mine.bib", "--source", "mine.bib", "-o", "out.bib", "--report", "report.json"]
    for there, other in (("out.bib", "report.json"), ("report.json", "out.bib")):
        Path(there).write_text("mine")
        done = CliRunner().invoke(pubkit, given)
        assert isinstance(done.exception, WriteError)
        assert done.exception.where == there
        assert not Path(other).exists()
        assert Path(there).read_text() == "mine"
        Path(there).unlink()
    assert CliRunner().invoke(pubkit, given).exit_code == 0
    assert json.loads(Path("report.json").read_text())["entries"] == 1


ENTRIES = st.lists(
    st.builds(
        lambda kind, title, fields: Entry(kind, "", {"title": title, **fields}),
        st.sampled_from(["article", "inproceedings", "misc", "book", "thesis"]),
        st.sampled_from(
            [
                "Dances of the Honey Bee",
                "Dances of the Honey Bees",
                "Dances of Honey Bees: Part II",
                "Bees",
                "",
            ]
        ),
        st.fixed_dictionaries(
            {},
            optional={
                "author": st.sampled_from(
                    ["Wu, T.", "Wu, Tianhao and Li, Bo", "Li, B. and others", "Okafor, A."]
                ),
                "date": st.sampled_from(["2019", "2020", "2024"]),
                "doi": st.sampled_from(["10.1000/a", "10.1000/b"]),
                "eprint": st.just("1901.00001"),
                "eprinttype": st.just("arxiv"),
                "journaltitle": st.sampled_from(["Bees", "Nature", "arXiv"]),
                "volume": st.sampled_from(["1", "2"]),
            },
        ),
    ),
    max_size=6,
)


def numbered(entries: list[Entry], letter: str) -> Library:
    return Library(tuple(entry.replace(key=f"{letter}{at}") for at, entry in enumerate(entries)))


@given(ENTRIES, ENTRIES, st.booleans())
@settings(max_examples=150)
def test_laws(mine: list[Entry], records: list[Entry], upgrade: bool) -> None:
    library, known = numbered(mine, "k"), numbered(records, "r")
    done = pk.enrich(library, known, upgrade_preprints=upgrade)
    upgraded = {each.entry for each in done.filled if each.how == "upgraded"}
    for before, after in zip(library, done.library, strict=True):
        for name, value in before.items():
            completed = any(f.entry == before.key and f.how == "completed" for f in done.filled)
            kept = after.get(name) == value or before.key in upgraded or (name == "author" and completed)
            assert kept, "what the list says never changes unasked"
    again = pk.enrich(done.library, known, upgrade_preprints=upgrade)
    assert not again.filled, "a second run changes nothing"
    turned = pk.enrich(library, known.with_entries(known.entries[::-1]), upgrade_preprints=upgrade)
    assert turned.matches.keys() == done.matches.keys(), "the order of records decides nothing"
    backwards = pk.enrich(library.with_entries(library.entries[::-1]), known, upgrade_preprints=upgrade)
    assert {e.key: e for e in backwards.library} == {e.key: e for e in done.library}
    assert set(done.matches) | {p.entry for p in (*done.proposed, *done.preprints)} | set(done.unmatched) | {
        f.entry for f in done.filled
    } == {entry.key for entry in library}, "nobody is left out of the report"
