"""The local index: kept between runs, made anew where the files changed, whole whatever happens."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import pubkit as pk
from pubkit.enrich import Query
from pubkit.enrich.index import LocalIndex, open_index
from pubkit.errors import ReadError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.registry import load

BEES = Library(
    (
        Entry(
            "article", "a", {"title": "On the Dances of Honey Bees", "author": "Wu, T.", "doi": "10.1000/A"}
        ),
        Entry("book", "b", {"title": "The Hive", "isbn": "978-0-262-03384-8"}),
        Entry("online", "c", {"title": r"{\"U}ber Bienen", "eprint": "1901.00001v2", "eprinttype": "arxiv"}),
    )
)


@pytest.fixture
def big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that is large enough for its index to be kept."""
    monkeypatch.setenv("PUBKIT_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "records.bib"
    entries = [
        f"@article{{k{n}, title = {{Study {n} of the Dances of Bees}}, author = {{Wu, T.}}, year = 2020,\n"
        f"  abstract = {{{'honey ' * 200}}}}}\n"
        for n in range(1000)
    ]
    path.write_text("".join(entries))
    return path


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [("doi", "10.1000/a", "a"), ("isbn", "9780262033848", "b"), ("arxiv", "1901.00001", "c")],
)
def test_lookup(kind, value, key):
    index = LocalIndex(BEES, "bees.bib")
    assert [found.key for found in index.lookup(kind, value)] == [key]
    assert index.lookup(kind, "other") == ()


@pytest.mark.parametrize(
    "title",
    [
        "On the Dances of Honey Bees",
        "on the dancse of honey bees",
        "On the Dances of Honey",
        "On the Dances of Honey Bees: A Summer in Basel",
    ],
)
def test_search_finds_the_same_the_mistyped_and_the_cut(title):
    assert [found.key for found in LocalIndex(BEES, "bees.bib").search(Query(title))] == ["a"]


def test_search_takes_any_text():
    index = LocalIndex(BEES, "bees.bib")
    for title in ("", '"', "AND OR NOT", "*", "title:", "a" * 10_000, "ü" * 500, "\x00"):
        index.search(Query(title))


def test_it_is_kept_and_made_anew_where_the_file_changed(big: Path):
    open_file = load("sources", "file")
    assert len(open_file(big)) == 1000
    (kept,) = (big.parent / "cache/indexes").glob("*.sqlite")
    made = kept.stat().st_mtime_ns
    assert open_file(big).search(Query("Study 7 of the Dances of Bees"))[0].key == "k7"
    assert kept.stat().st_mtime_ns == made
    with big.open("a") as stream:
        stream.write("@misc{new, title = {Something New under the Sun}, year = 2021}\n")
    assert len(open_file(big)) == 1001


@pytest.mark.parametrize("damage", ["garbage", "cut", "empty", "other version"])
def test_a_damaged_index_is_made_anew(big: Path, damage: str):
    open_file = load("sources", "file")
    open_file(big).close()
    (kept,) = (big.parent / "cache/indexes").glob("*.sqlite")
    if damage == "garbage":
        kept.write_bytes(os.urandom(4096))
    elif damage == "cut":
        kept.write_bytes(kept.read_bytes()[:5000])
    elif damage == "empty":
        kept.write_bytes(b"")
    else:
        with sqlite3.connect(kept) as connection:
            connection.execute("PRAGMA user_version = 99")
    assert open_file(big).search(Query("Study 7 of the Dances of Bees"))[0].key == "k7"


@pytest.mark.parametrize("part", ["title", "words_data", "by_identifier"])
def test_damage_that_only_an_answer_shows_is_mended(big: Path, part: str):
    open_file = load("sources", "file")
    open_file(big).close()
    (kept,) = (big.parent / "cache/indexes").glob("*.sqlite")
    with sqlite3.connect(kept) as connection:
        if part == "title":
            connection.execute("UPDATE records SET entry = substr(entry, 1, 9)")  # JSON cut off
        elif part == "words_data":
            connection.execute("UPDATE words_data SET block = x'00ff' WHERE id > 10")
        else:
            connection.execute("DROP TABLE identifiers")
    index = open_file(big)
    for _ in range(2):
        assert index.lookup("doi", "10.1000/none") == ()
        assert index.search(Query("Study 7 of the Dancse of Bees"))[0].key == "k7"
    if part != "words_data":  # SQLite may find that one at once
        assert open_file(big).lookup("doi", "10.1000/none") == ()


def test_the_place_of_the_cache_may_have_any_name(big: Path, monkeypatch: pytest.MonkeyPatch):
    folder = big.parent / "a #1 ?mode=rwc 100%41"
    monkeypatch.setenv("PUBKIT_CACHE", str(folder))
    open_file = load("sources", "file")
    assert len(open_file(big)) == 1000
    (kept,) = (folder / "indexes").iterdir()
    made = kept.stat().st_mtime_ns
    assert len(open_file(big)) == 1000
    assert kept.stat().st_mtime_ns == made
    assert {path.name for path in big.parent.iterdir()} == {"records.bib", folder.name}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    index = open_index("bees.bib", "stamp", lambda: BEES.entries, tmp_path / "file" / "below")
    assert index.lookup("doi", "10.1000/a")


def _open(path: Path) -> int:
    return len(load("sources", "file")(path))


def test_processes_at_once_leave_a_whole_index(big: Path):
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(_open, [big] * 4)) == [1000] * 4
    assert [path.suffix for path in (big.parent / "cache/indexes").iterdir()] == [".sqlite"]


def test_a_packed_dump_is_read_part_by_part(tmp_path: Path):
    import gzip

    dump = tmp_path / "dblp.xml.gz"
    records = "".join(
        f"<article key='journals/x/W{n}'><author>Bo Wu</author><title>On the Bee Number {n}.</title>"
        f"<year>2020</year></article>"
        for n in range(50)
    )
    dump.write_bytes(gzip.compress(f"<?xml version='1.0'?><dblp>{records}</dblp>".encode()))
    mine = pk.read_string("@misc{m, title = {On the Bee Number 7}, author = {B. Wu}, year = 2020}")
    assert pk.enrich(mine, dump).matches["m"][0].record == "DBLP:journals/x/W7"


def test_a_folder_of_records(tmp_path: Path):
    (tmp_path / "one.bib").write_text("@misc{a, title = {The First of Them All}, year = 2020}")
    (tmp_path / "two.ris").write_text("TY  - JOUR\nTI  - The Second of Them All\nPY  - 2021\nER  - \n")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    mine = pk.read_string("@misc{m, title = {The Second of Them All}, year = 2021}")
    assert pk.enrich(mine, tmp_path).library[0].type == "article"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="without files of records"):
        pk.enrich(mine, tmp_path / "empty")
