"""Engines find in tables what `dedupe` finds in process."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubkit.cli.run import run as run_cli
from pubkit.dedupe import Answer, dedupe
from pubkit.dedupe.distributed.executor import whole_groups
from pubkit.dedupe.distributed.plan import Settings
from pubkit.dedupe.distributed.rows import to_entry
from pubkit.dedupe.distributed.run import dedupe_tables
from pubkit.errors import PluginError, ReadError, UnknownFormatError, WriteError
from pubkit.model.library import Library
from tests.conftest import data_path

pytest.importorskip("duckdb", reason="needs pubkit[scale]")
pytest.importorskip("pyarrow", reason="needs pubkit[scale]")


def has_spark() -> str:
    """Return why Spark cannot run here, or nothing."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed: make .venv/.spark"
    return "" if shutil.which("java") else "there is no Java"


SPARK = pytest.param("spark", marks=pytest.mark.skipif(bool(has_spark()), reason=has_spark()))
Groups = dict[str, set[frozenset[str]]]


def in_process(rows: list[dict[str, str]]) -> Groups:
    result = dedupe(Library(tuple(map(to_entry, rows))))
    return {
        part: {frozenset(group.keys) for group in getattr(result, part)}
        for part in ("groups", "maybe", "works")
    }


def run(source: Path, folder: Path, engine: str) -> Groups:
    """Run an engine and return what its report says."""
    found: Groups = {"groups": set(), "maybe": set(), "works": set()}

    def collect(executor):
        for part in executor.rows("select part, keys from report"):
            for row in part.to_pylist():
                found[row["part"]].add(frozenset(row["keys"]))

    dedupe_tables([str(source)], folder / "out.parquet", engine=engine, reports=[collect], scratch=folder)
    return found


@pytest.fixture(scope="module")
def ten_thousand() -> Iterator[tuple[Path, Groups]]:
    source = data_path("bench/dedup-10k.csv.gz")
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    yield source, in_process(rows)


@pytest.mark.parametrize("engine", ["duckdb", SPARK])
def test_engine_finds_what_is_found_in_process(ten_thousand, tmp_path, engine):
    source, expected = ten_thousand
    found = run(source, tmp_path, engine)
    assert len(expected["groups"]) > 1000
    assert found == expected


# -- tables in and out ---------------------------------------------------------------------------------------

ROWS = [
    {
        "id": "a",
        "type": "article",
        "title": "On the Dances of Honey Bees",
        "author": "Wu, Tianhao",
        "year": "2020",
    },
    {
        "id": "b, c",
        "type": "article",
        "title": "On the dances of honey bees.",
        "author": "T. Wu",
        "year": "2020",
    },
    {
        "id": "d",
        "type": "book",
        "title": "Wings of Dragonflies, 50% & more",
        "author": "Li, B.",
        "year": "1999",
    },
    {"id": "é", "type": "misc", "title": "", "author": "", "year": ""},
]


def table(path: Path, rows: list[dict[str, object]] = ROWS) -> Path:
    """Write rows as the kind of table that the name says."""
    import pyarrow as pa
    import pyarrow.parquet

    if path.suffix == ".parquet":
        pa.parquet.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            lines = csv.DictWriter(stream, rows[0])
            lines.writeheader()
            lines.writerows(rows)
    return path


def rows_of(path: Path) -> list[dict[str, object]]:
    import duckdb

    return duckdb.sql(f"from '{path}'").to_arrow_table().to_pylist()


@pytest.mark.parametrize("source", ["csv", "parquet", "jsonl"])
@pytest.mark.parametrize("target", ["csv", "parquet", "jsonl"])
def test_kinds_of_tables(tmp_path, source, target):
    out = tmp_path / f"out.{target}"
    rows = [{**row, "mine": f"x{at}"} for at, row in enumerate(ROWS)]
    found = dedupe_tables([str(table(tmp_path / f"in.{source}", rows))], out)
    assert (found.groups, found.removed, found.counts.records) == (1, 1, 4)
    merged, *rest = rows_of(out)
    assert merged["id"] == "a"
    assert merged["author"] == "Wu, Tianhao"
    assert merged["mine"] == "x0"
    assert merged["duplicates"] in (["b, c"], "b, c")
    assert [row["id"] for row in rest] == ["d", "é"]
    assert rest[0]["title"] == "Wings of Dragonflies, 50% & more"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({f"in.{source}", out.name})


def test_types_of_columns_stay(tmp_path):
    rows = [
        {**row, "year": int(row["year"] or 0), "author": [row["author"]], "n": [at]}
        for at, row in enumerate(ROWS)
    ]
    dedupe_tables([str(table(tmp_path / "in.parquet", rows))], tmp_path / "out.parquet")
    merged, *_ = rows_of(tmp_path / "out.parquet")
    assert (merged["year"], merged["n"], merged["author"]) == (2020, [0], "Wu, Tianhao")


def test_several_tables_of_different_columns(tmp_path):
    one = table(tmp_path / "1.csv", ROWS[:1])
    other = table(tmp_path / "2.csv", [{**ROWS[1], "doi": "10.1000/182"}])
    dedupe_tables([str(one), str(other)], tmp_path / "out.csv")
    assert [(row["id"], row["doi"]) for row in rows_of(tmp_path / "out.csv")] == [("b, c", "10.1000/182")]


@pytest.mark.parametrize("engine", ["duckdb", SPARK])
def test_columns_that_are_called_as_ours(tmp_path, engine):
    names = ("row", "Duplicates", "related", "row (input)")
    rows = [{**row, **{name: f"{name} {at}" for name in names}} for at, row in enumerate(ROWS)]
    out = tmp_path / "out.parquet"
    dedupe_tables([str(table(tmp_path / "in.parquet", rows))], out, engine=engine)
    merged, *_ = rows_of(out if out.is_file() else out / "*.parquet")
    assert [merged[name] for name in names] == [f"{name} 0" for name in names]
    assert (merged["pubkit_duplicates"], merged["pubkit_related"]) == (["b, c"], None)


@pytest.mark.parametrize("engine", ["duckdb", SPARK])
def test_answers(tmp_path, engine):
    source = str(table(tmp_path / "in.csv"))
    answers = (
        Answer(("b, c", "a"), ("", ""), same=False),
        Answer(("é", "d"), ("", ""), same=True),
        Answer(("a", "nobody"), ("", ""), same=True),
        Answer(("", ""), ("", ""), same=True),
    )
    report = tmp_path / "report.jsonl"
    dedupe_tables(
        [source], tmp_path / "out.jsonl", engine=engine, settings=Settings(answers=answers),
        reports=[lambda executor: executor.save("report", report)],
    )  # fmt: skip
    found = rows_of(report if report.is_file() else report / "*.json")
    assert [(row["part"], row["keys"], row["reasons"]) for row in found] == [
        ("groups", ["d", "é"], ["answered: the same"])
    ]


def test_versions_are_linked(tmp_path):
    rows = [
        {"id": "p", "type": "article", "title": "On the Dances of Bees", "author": "Wu, T. and Li, B.",
         "year": "2019", "venue": "arXiv", "doi": "10.48550/arxiv.1901.00001"},
        {"id": "c", "type": "inproceedings", "title": "On the Dances of Bees", "author": "Wu, T. and Li, B.",
         "year": "2020", "venue": "ICML", "doi": ""},
    ]  # fmt: skip
    source = str(table(tmp_path / "in.csv", rows))
    dedupe_tables([source], tmp_path / "out.parquet")
    assert [row["related"] for row in rows_of(tmp_path / "out.parquet")] == [["c"], ["p"]]
    dedupe_tables([source], tmp_path / "works.parquet", settings=Settings(works=True))
    assert [row["duplicates"] for row in rows_of(tmp_path / "works.parquet")] == [["p"]]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("title,author\nx,y\n", "no column id"),
        ('id,title\n1,"x\n', "repair the file"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path, content, error):
    source = tmp_path / "in.csv"
    source.write_text(content)
    with pytest.raises(ReadError, match=error):
        dedupe_tables([str(source)], tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_bad_use(tmp_path):
    source = str(table(tmp_path / "in.csv"))
    with pytest.raises(ReadError, match="no such file"):
        dedupe_tables([str(tmp_path / "no.csv")], tmp_path / "out.csv")
    with pytest.raises(UnknownFormatError):
        dedupe_tables([str(tmp_path / "in.bib")], tmp_path / "out.csv")
    with pytest.raises(UnknownFormatError):
        dedupe_tables([source], tmp_path / "out.bib")
    with pytest.raises(PluginError, match="the engines are duckdb, spark"):
        dedupe_tables([source], tmp_path / "out.csv", engine="abacus")
    with pytest.raises(WriteError, match="exists already"):
        dedupe_tables([source], source)


def test_an_interrupted_run_leaves_nothing(tmp_path):
    def stop(stage):
        if stage == "scoring":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dedupe_tables([str(table(tmp_path / "in.csv"))], tmp_path / "out.csv", progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_whole_groups_are_never_cut():
    import pyarrow as pa

    numbers = [1, 1, 2, 2, 2, 2, 2, 3, 4, 4]
    whole = pa.table({"g": numbers, "n": range(10)})
    for size in range(1, 11):
        parts = list(whole_groups((whole.slice(at, size) for at in range(0, 10, size)), ("g",)))
        seen = [set(part.column("g").to_pylist()) for part in parts]
        assert sum(map(len, seen)) == 4
        assert [number for part in parts for number in part.column("n").to_pylist()] == list(range(10))


def test_command(tmp_path, capsys):
    source, out = table(tmp_path / "in.csv"), tmp_path / "out.jsonl"
    reports = [tmp_path / f"report.{kind}" for kind in ("json", "csv", "html", "parquet")]
    options = [part for path in reports for part in ("--report", str(path))]
    assert (
        run_cli(["dedupe", str(source), "-o", str(out), "--engine", "duckdb", "--memory", "1GB", *options])
        == 0
    )
    assert "4 records" in capsys.readouterr().err
    found = json.loads(reports[0].read_text())
    assert [group["keys"] for group in found["groups"]] == [["a", "b, c"]]
    assert found["removed"] == ["b, c"]
    assert found["groups"][0]["entries"][1]["fields"]["title"] == "On the dances of honey bees."
    assert reports[1].read_text().count("\n") == 3
    assert "On the Dances of Honey Bees" in reports[2].read_text()
    assert rows_of(reports[3])[0]["keys"] == ["a", "b, c"]
    for wrong in (["--memory", "many"], ["--review"], ["--in-place"], ["-o", "-"]):
        assert run_cli(["dedupe", str(source), "-o", str(out), "--engine", "duckdb", *wrong]) == 2
