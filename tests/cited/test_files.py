"""Manuscripts of several files: what is followed, what is not, and nothing outside the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import pubkit as pk
from pubkit.cited import read_manuscript


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_included_files_are_read_in_their_place(tmp_path: Path) -> None:
    _write(
        tmp_path,
        main_dot_tex=r"\usepackage{own}\input{chapters/one}\subimport{parts/}{two}\include{three}\own{last}",
        own_dot_sty=r"\newcommand{\own}[1]{\cite{#1}}",
        chapters__one_dot_tex=r"\cite{a} \input{chapters/inner} \own{b}",
        chapters__inner_dot_tex=r"\cite{inner} \endinput \cite{no}",
        parts__two_dot_tex=r"\cite{c} \input{beside}",
        parts__beside_dot_tex=r"\cite{d}",
        three_dot_tex=r"\cite{e} \include{main}",
    )
    found = read_manuscript(tmp_path / "main.tex")
    assert found.keys == ("a", "inner", "b", "c", "d", "e", "last")
    assert not found.diagnostics
    assert len(found.files) == 7
    assert found.citations[1].location.file.endswith("inner.tex")


def test_files_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    _write(tmp_path, a_dot_tex=r"\input{b}\cite{a}", b_dot_tex=r"\input{a}\input{b}\cite{b}")
    assert read_manuscript(tmp_path / "a.tex").keys == ("b", "a")


def test_a_long_chain_of_files_needs_no_stack(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"f{number}.tex").write_text(rf"\input{{f{number + 1}}}\cite{{k{number}}}")
    found = read_manuscript(tmp_path / "f0.tex")
    assert len(found.keys) == 2000
    assert [one.code for one in found.diagnostics] == ["PK800"]


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    _write(
        tmp_path,
        outside_dot_tex=r"\cite{outside}",
        paper__main_dot_tex=r"\input{../outside}\input{link}\cite{a}",
    )
    (tmp_path / "paper/link.tex").symlink_to(tmp_path / "outside.tex")
    (tmp_path / "paper/absolute.tex").write_text(rf"\input{{{tmp_path / 'outside'}}}\input{{/etc/passwd}}")
    found = read_manuscript(tmp_path / "paper/main.tex")
    assert found.keys == ("a",)
    assert [one.code for one in found.diagnostics] == ["PK801", "PK801"]
    assert read_manuscript(tmp_path / "paper/main.tex", root=tmp_path).keys == ("outside", "a")
    assert read_manuscript(tmp_path / "paper/absolute.tex").keys == ()


def test_a_bcf_is_read_without_entities(tmp_path: Path) -> None:
    (tmp_path / "p.bcf").write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<bcf:controlfile xmlns:bcf="https://sourceforge.net/projects/biblatex"><bcf:bibdata section="0">'
        '<bcf:datasource type="file" datatype="bibtex">refs.bib</bcf:datasource></bcf:bibdata>'
        '<bcf:section number="0"><bcf:citekey order="1">a</bcf:citekey>\n'
        '<bcf:citekey order="2">&e;</bcf:citekey>'
        '<bcf:citekey order="3" nocite="1">*</bcf:citekey></bcf:section></bcf:controlfile>'
    )
    found = read_manuscript(tmp_path / "p.bcf")
    assert found.keys[0] == "a"
    assert "root:" not in str(found.keys)
    assert found.everything
    assert found.dialect == "biblatex"
    assert [Path(name).name for name in found.resources] == ["refs.bib"]


def test_a_notebook_cites_in_its_markdown(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text(
        '{"cells": [{"cell_type": "markdown", "source": ["See [@a]\\n", "and `@no`"]},'
        '\n{"cell_type": "code", "source": ["@no"]},\n{"cell_type": "markdown", "source": "@b"}]}'
    )
    found = read_manuscript(tmp_path / "n.ipynb")
    assert found.keys == ("a", "b")
    (tmp_path / "broken.ipynb").write_text('{"cells": 3')
    assert [one.code for one in read_manuscript(tmp_path / "broken.ipynb").diagnostics] == ["PK803"]


def test_the_verb_takes_values_too() -> None:
    library = pk.read("refs/papers.bib") if Path("refs/papers.bib").exists() else pk.Library()
    manuscript = pk.cited.read_manuscript_string(r"\cite{su2020sanity,ong2025routellm,nobody}")
    found = pk.bib(manuscript, library)
    assert {entry.key for entry in found.library} == {"su2020sanity", "ong2025routellm"}
    assert [one.key for one in found.missing] == ["nobody"]
    assert len(found.unused) == len(library) - 2
    with pytest.raises(pk.ReadError, match="names no library"):
        pk.bib(manuscript)


def test_watching_writes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pubkit.cli import watch
    from pubkit.cli.run import run

    _write(tmp_path, p_dot_tex=r"\cite{a}\input{q}", q_dot_tex="", all_dot_bib="@book{a}\n@book{b}\n")
    monkeypatch.chdir(tmp_path)
    seen: list[str] = []

    def twice(inputs, job):
        job()
        seen.extend(inputs())
        (tmp_path / "q.tex").write_text(r"\cite{b}")
        job()

    monkeypatch.setattr(watch, "watch", twice)
    assert run(["bib", "p.tex", "-l", "all.bib", "-o", "refs.bib", "--watch", "-q"]) == 0
    assert [entry.key for entry in pk.read(tmp_path / "refs.bib")] == ["a", "b"]
    assert seen == ["p.tex", "q.tex", "all.bib"]
