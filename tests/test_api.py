"""The verbs, where they do more than hand on: detection, several inputs, encodings, keys, publishing."""

from __future__ import annotations

import io
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest

import pubkit as pk
from pubkit import registry
from pubkit.formats import detect


def test_the_content_decides_over_a_wrong_extension(tmp_path: Path, refs: Path) -> None:
    renamed = tmp_path / "papers.txt"
    renamed.write_bytes((refs / "papers.bib").read_bytes())
    assert [entry.key for entry in pk.read(renamed)][:1] == ["wu2025meta"]


def test_several_files_are_one_library_in_order(refs: Path) -> None:
    both = pk.read_many([refs / "papers.bib", refs / "papers.txt"])
    assert len(both) == 22
    assert both.document is None
    with pytest.raises(pk.ReadError, match="no input was given"):
        pk.read_many([])


def test_standard_input_and_output(monkeypatch: pytest.MonkeyPatch, capfdbinary: object) -> None:
    data = b"@book{k, title = {T}}"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    library = pk.read("-")
    assert library[0].key == "k"
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out, flush=lambda: None))
    pk.write(library, "-", format="biblatex")
    assert out.getvalue().startswith(b"@book{k,")


def test_a_folder_of_pages_of_papers(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    page = "---\ntitle: {}\nauthors: [A. Li, B. Wu]\nvenue: Journal of Lists\ndate: {}-01-02\n---\nText\n"
    (tmp_path / "a.md").write_text(page.format("On lists", 2020), encoding="utf-8")
    (tmp_path / "b" / "index.md").write_text(page.format("On trees", 2021), encoding="utf-8")
    (tmp_path / "README.md").write_text("# Publications\n", encoding="utf-8")
    library = pk.read(tmp_path)
    assert [entry["title"] for entry in library] == ["On lists", "On trees"]
    assert [entry.source.document.name for entry in library if entry.source] == [
        str(tmp_path / "a.md"),
        str(tmp_path / "b" / "index.md"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("none.bib", None, pk.ReadError, "no such file"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\xff", pk.ReadError, "PNG"),
        ("a.xyz", b"\x7f\x01 nothing", pk.ReadError, "neither the name nor the content"),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes | None, error: type[Exception], message: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(error, match=message):
        pk.read(file)


def test_limits_folders_options_and_formats(tmp_path: Path, refs: Path) -> None:
    with pytest.raises(pk.LimitError, match="larger than 10 bytes"):
        pk.read(refs / "papers.bib", max_bytes=10)
    with pytest.raises(pk.ReadError, match="is a folder"):
        pk.read(tmp_path)
    with pytest.raises(TypeError, match="no format takes the option 'ovner'"):
        pk.read(refs / "papers.txt", ovner="A")
    with pytest.raises(pk.UnknownFormatError, match="use one of"):
        pk.read(refs / "papers.txt", format="docs")
    with pytest.raises(pk.WriteError, match="tells no format"):
        pk.write(pk.Library(), tmp_path / "a.xyz")
    assert len(pk.read(refs / "papers.bib", owner="A")) == 11  # an option of another format is no mistake


def test_strict_raises_the_first_error() -> None:
    with pytest.raises(pk.ParseError, match="PK2"):
        pk.read_string("@book{a, title = {T}, @@@ }\n@book{", format="bibtex", strict=True)


def test_an_empty_input_is_an_empty_library_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.bib").write_bytes(b"")
    library = pk.read(tmp_path / "empty.bib")
    assert len(library) == 0
    assert [(d.code, d.severity) for d in library.diagnostics] == [("PK003", pk.Severity.ERROR)]


def test_entries_without_a_key_get_one_and_it_is_said(refs: Path) -> None:
    report: list[pk.Diagnostic] = []
    text = pk.write_string(pk.read(refs / "papers.txt"), "bibtex", report=report)
    assert "@inproceedings{metarewardinglanguage2025," in text
    assert [d.code for d in report].count("PK703") == 11


def test_preserve_keeps_the_encoding_or_says_that_it_cannot(tmp_path: Path) -> None:
    source = tmp_path / "old.bib"
    source.write_bytes("@misc{a, author = {Jürgen}}\r\n".encode("cp1252"))
    library = pk.read(source)
    pk.write(library, tmp_path / "same.bib", layout="preserve")
    assert (tmp_path / "same.bib").read_bytes() == source.read_bytes()
    changed = library.with_entries([library[0].replace(author="王")])
    report: list[pk.Diagnostic] = []
    pk.write(changed, tmp_path / "new.bib", layout="preserve", report=report)
    assert "PK704" in [d.code for d in report]
    assert "王" in (tmp_path / "new.bib").read_text(encoding="utf-8")


def test_nothing_is_overwritten_unless_told_and_nothing_is_left_behind(tmp_path: Path, refs: Path) -> None:
    out = tmp_path / "out.bib"
    out.write_text("mine")
    library = pk.read(refs / "papers.bib")
    with pytest.raises(pk.WriteError, match="exists already"):
        pk.write(library, out)
    assert out.read_text() == "mine"
    pk.write(library, out, force=True)
    assert pk.read(out).entries == library.entries
    with pytest.raises(pk.WriteError, match="cannot be written"):
        pk.write(library, tmp_path / "missing" / "out.bib")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.bib"]


def test_publish_writes_all_or_nothing(tmp_path: Path, refs: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(pk.WriteError, match=r"index\.html: exists already"):
        pk.publish(refs / "papers.txt", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_publish_takes_any_style_and_dialect(tmp_path: Path, refs: Path) -> None:
    done = pk.publish(
        refs / "papers.bib",
        tmp_path,
        owner="Tianhao Wu",
        styles=["pybtex:plain", "nature"],
        dialect="biblatex",
    )
    assert set(done.files) == {"pybtex:plain", "nature", "bib", "page"}
    assert "date      = {2025}" in done.files["bib"].read_text(encoding="utf-8")
    assert "**Wu, T.**" in done.files["nature"].read_text(encoding="utf-8")
    assert "publications.bib" in done.files["page"].read_text(encoding="utf-8")


def test_publish_says_why_there_is_nothing_to_publish(tmp_path: Path) -> None:
    cv = tmp_path / "cv.txt"
    cv.write_text("Education\n- 2020 PhD\nHobbies\n- chess\n")
    with pytest.raises(pk.ReadError, match="no publication"):
        pk.publish(cv, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_broken_plug_in_is_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = SimpleNamespace(name="odd", value="no_such_package:FORMAT")
    monkeypatch.setattr(registry, "_installed", lambda kind: (broken,))
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        assert "bibtex" in [one.name for one in detect.formats()]
    assert "no_such_package" in str(found[0].message)
    with pytest.raises(pk.PluginError, match="install or update"):
        detect.get_format("odd")
