"""Files larger than memory: what comes part by part is what comes whole, in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import pubkit as pk
from pubkit.cli import files
from pubkit.cli.group import pubkit
from pubkit.errors import DuplicateKeyError, LimitError, ReadError, WriteError
from pubkit.formats.detect import formats, get_format

SAMPLES = Path(__file__).parent / "samples"
STREAMED = [found.name for found in formats() if found.stream]
JOINED = [found.name for found in formats() if found.between is not None or found.pour]
_DBLP = """<article mdate="2020-01-01" key="journals/x/D{0}">
<author>J&uuml;rgen M&ouml;ller 0001</author><author>Ren&eacute; Dupont</author>
<title>Graphs &amp; H<sub>2</sub>O, part {0}.</title>
<pages>1-9</pages><year>2001</year><volume>3</volume><journal>J. X</journal>
<ee>https://doi.org/10.1000/x.{0}</ee><url>db/journals/x/x3.html#D{0}</url>
</article>
"""


def dblp(path: Path, count: int, opener: Callable[..., object] = open) -> Path:
    """Write a file like `dblp.xml`, with character entities of its DTD."""
    with opener(path, "wt", encoding="ascii") as stream:  # type: ignore[attr-defined]  # a text file, packed or not
        stream.write(
            '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n'
        )
        for number in range(count):
            stream.write(_DBLP.format(number))
        stream.write("</dblp>\n")
    return path


@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_parts_are_the_whole(name: str, size: int) -> None:
    path = SAMPLES / f"{name}.txt"
    whole = pk.read(path, format=name)
    parts = list(pk.read_batches(path, format=name, size=size))
    assert [entry for part in parts for entry in part] == list(whole)
    assert [found.code for part in parts for found in part.diagnostics] == [f.code for f in whole.diagnostics]
    assert all(len(part) <= size for part in parts)


@pytest.mark.parametrize("name", STREAMED)
def test_a_file_cut_off_anywhere_gives_what_reading_it_whole_gives(name: str, tmp_path: Path) -> None:
    data = (SAMPLES / f"{name}.txt").read_bytes()
    path = tmp_path / "cut"
    for end in range(1, len(data), 97):
        path.write_bytes(data[:end])
        whole = pk.read(path, format=name)
        assert [e for part in pk.read_batches(path, format=name) for e in part] == list(whole)


@pytest.mark.parametrize("name", JOINED)
def test_texts_put_together_are_the_text_of_the_whole(name: str, tmp_path: Path, refs: Path) -> None:
    library = pk.read(refs / "papers.bib")
    parts = [library.with_entries(library.entries[at : at + 3]) for at in range(0, len(library), 3)]
    bare = [pk.Library(part.entries) for part in parts]
    pk.write_batches(bare, tmp_path / "out", format=name)
    text = (tmp_path / "out").read_text(encoding="utf-8")
    assert text == pk.write_string(pk.Library(library.entries), name)


@pytest.mark.parametrize(
    ("suffix", "opener"), [("", open), (".gz", gzip.open), (".bz2", bz2.open), (".xz", lzma.open)]
)
def test_memory_is_bounded(suffix: str, opener: Callable[..., object], tmp_path: Path) -> None:
    path = dblp(tmp_path / f"dblp.xml{suffix}", 20_000, opener)  # 8 MB
    list(pk.read_batches(dblp(tmp_path / "warm.xml", 10)))
    tracemalloc.start()
    count = 0
    for part in pk.read_batches(path, size=500):
        count += len(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak < (16_000_000 if suffix == ".xz" else 6_000_000)  # xz looks back 8 MB


def test_character_entities_across_pieces(tmp_path: Path) -> None:
    path = dblp(tmp_path / "dblp.xml", 3_000)
    whole = pk.read(path)
    assert {entry["author"] for entry in whole} == {"Möller, Jürgen and Dupont, René"}
    assert [entry for part in pk.read_batches(path) for entry in part] == list(whole)


@pytest.mark.parametrize("target", ["jsonl", "csv", "tsv", "bib", "ris", "enw"])
def test_convert_in_parts_writes_the_same(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dblp(tmp_path / "dblp.xml.gz", 2_500, gzip.open)
    whole, parts = tmp_path / f"whole.{target}", tmp_path / f"parts.{target}"
    convert = ["convert", str(path), "-o"]
    CliRunner().invoke(pubkit, [*convert, str(whole)], standalone_mode=False, catch_exceptions=False)
    monkeypatch.setattr(files, "LARGE", 1)
    CliRunner().invoke(pubkit, [*convert, str(parts)], standalone_mode=False, catch_exceptions=False)
    assert parts.read_bytes() == whole.read_bytes()


def test_the_limit_counts_what_is_unpacked(tmp_path: Path) -> None:
    path = dblp(tmp_path / "dblp.xml.gz", 1_000, gzip.open)
    with pytest.raises(LimitError, match="larger than 100000 bytes"):
        list(pk.read_batches(path, max_bytes=100_000))
    with pytest.raises(LimitError, match="larger than 100000 bytes"):
        pk.read(path, max_bytes=100_000)


def test_a_packed_file_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    path = dblp(tmp_path / "dblp.xml.gz", 5_000, gzip.open)
    path.write_bytes(path.read_bytes()[:-2_000])
    parts = list(pk.read_batches(path))
    assert 1_000 < sum(map(len, parts)) < 5_000
    assert {"PK455", "PK436"} <= {found.code for part in parts for found in part.diagnostics}
    (tmp_path / "x.bib.gz").write_bytes(b"\x1f\x8b\x08 no gzip")
    with pytest.raises(ReadError, match="cannot be read"):
        pk.read(tmp_path / "x.bib.gz")


def test_keys_twice_are_refused_across_parts(tmp_path: Path) -> None:
    one = pk.read_string("@misc{a, title = {T}}")
    with pytest.raises(DuplicateKeyError, match="1 citation keys"):
        pk.write_batches([one, one], tmp_path / "out.bib")
    assert not (tmp_path / "out.bib").exists()
    with pytest.raises(WriteError, match="part by part"):
        pk.write_batches([one], tmp_path / "out.cff")
    assert get_format("cff").between is None


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "dblp.xml"
    head = '<?xml version="1.0" encoding="ISO-8859-1"?><dblp>'
    text = head + '<article key="a"><title>Über</title><year>2001</year></article></dblp>'
    for codec in ("latin-1", "utf-8", "utf-16"):
        path.write_bytes(text.encode(codec))
        assert next(pk.read_batches(path, format="dblp"))[0]["title"] == "Über"
