"""Small real sites: Sphinx, MkDocs, pandoc and a notebook, built and looked at."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import pubkit as pk
from pubkit.errors import PubkitError
from pubkit.interop import pandoc as filter_

BIB = r"""
@article{li2020, author = {Li, Bo and Okafor, Ada}, title = {On \emph{E. coli} & more},
  journaltitle = {J. of Lists}, date = {2020}, doi = {10.5555/ab}}
@book{okafor2021, author = {Okafor, Ada}, title = {Maps}, publisher = {North}, date = {2021}}
@book{unused, author = {Nobody, Ann}, title = {Unused}, date = {1999}}
"""


def build(*command, cwd):
    # Tools that print warnings of their own must not read ours as theirs.
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, timeout=180, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "refs.bib").write_text(BIB)
    return tmp_path


class TestSphinx:
    @pytest.fixture
    def site(self, folder):
        pytest.importorskip("sphinx", reason="needs Sphinx (extra sphinx)")
        (folder / "conf.py").write_text(
            'extensions = ["pubkit.sphinx"]\npubkit_library = ["refs.bib"]\nproject = "P"\n'
        )
        (folder / "index.rst").write_text(
            "Title\n=====\n\n"
            "As :cite:t:`li2020` say :cite:`okafor2021 {p. 12}, li2020`; see :cite:year:`li2020`.\n\n"
            ".. toctree::\n\n   other\n\n.. bibliography::\n"
        )
        (folder / "other.rst").write_text("Other\n=====\n\nAlso :cite:p:`okafor2021`.\n")
        return folder

    def build(self, site, *options, builder="html"):
        return build("sphinx", "-W", "--keep-going", "-b", builder, *options, ".", "out", cwd=site)

    def test_roles_links_and_bibliography(self, site):
        code, told = self.build(site, "-j", "2")
        assert code == 0, told
        page = (site / "out/index.html").read_text()
        text = re.sub(r"<[^>]+>", "", page)
        assert "As Li and Okafor (2020) say (Li &amp; Okafor, 2020; Okafor, 2021, p. 12); see (2020)." in text
        assert 'href="#ref-li2020"' in page
        assert 'id="ref-li2020"' in page
        assert '<a class="reference external" href="https://doi.org/10.5555/ab">' in page
        assert "Unused" not in page
        other = (site / "out/other.html").read_text()
        assert 'href="index.html#ref-okafor2021"' in other

    @pytest.mark.parametrize("builder", ["text", "latex", "man"])
    def test_other_builders(self, site, builder):
        code, told = self.build(site, builder=builder)
        assert code == 0, told
        output = "".join(
            file.read_text() for file in (site / "out").glob("*") if file.suffix in (".txt", ".tex", ".1")
        )
        assert "Okafor, 2021, p. 12" in output.replace("\\sphinxhyphen{}", "-").replace("\u00a0", " ")

    def test_all_and_another_style(self, site):
        (site / "other.rst").write_text("Other\n=====\n\n.. bibliography::\n   :all:\n")
        code, told = self.build(site, "-D", "pubkit_style=ieee")
        assert code == 0, told
        assert "Unused" in (site / "out/other.html").read_text()
        assert "[1]" in re.sub(r"<[^>]+>", "", (site / "out/index.html").read_text())

    def test_a_missing_key_and_a_missing_library_are_told(self, site):
        (site / "other.rst").write_text("Other\n=====\n\n:cite:`none2000`\n")
        code, told = self.build(site)
        assert code != 0
        assert "other.rst:4: WARNING: no library has an entry 'none2000'" in told
        code, told = self.build(site, "-E", "-D", "pubkit_library=nowhere.bib")
        assert "nowhere.bib" in told
        assert "there is no such file" in told
        code, told = self.build(site, "-E", "-D", "pubkit_style=nonesuch")
        assert "nonesuch" in told

    def test_a_second_build_keeps_links_across_pages(self, site):
        assert self.build(site)[0] == 0
        (site / "other.rst").write_text("Other\n=====\n\nChanged, :cite:p:`okafor2021`.\n")
        assert self.build(site)[0] == 0
        assert 'href="index.html#ref-okafor2021"' in (site / "out/other.html").read_text()


class TestMkDocs:
    @pytest.fixture
    def site(self, folder):
        pytest.importorskip("mkdocs", reason="needs MkDocs (extra mkdocs)")
        (folder / "mkdocs.yml").write_text(
            "site_name: S\nplugins:\n  - pubkit:\n      library: [refs.bib]\n      style: apa\n"
        )
        (folder / "docs").mkdir()
        (folder / "docs/index.md").write_text(
            "# T\n\nAs @li2020 [p. 3] say [see @okafor2021, ch. 2; -@li2020], not `[@li2020]`, "
            "me@okafor2021.org\nor [@nobody] or @somebody.\n"
        )
        (folder / "docs/plain.md").write_text("# P\n\nNo citation.\n")
        return folder

    def test_citations_and_references(self, site):
        code, told = build("mkdocs", "build", "--strict", "-q", cwd=site)
        assert code == 0, told
        page = (site / "site/index.html").read_text()
        text = re.sub(r"<[^>]+>", "", page)
        assert "As Li and Okafor (2020, p. 3) say (2020; see Okafor, 2021, Chapter 2), not [@li2020]" in text
        assert "me@okafor2021.org" in text
        assert "[@nobody] or @somebody" in text
        assert 'id="ref-okafor2021"' in page
        assert page.index("References</h2>") < page.index('id="ref-li2020"')
        assert "csl-bib-body" not in (site / "site/plain/index.html").read_text()

    def test_hostile_entries_make_no_markup(self, site):
        """What a library says is no Markdown, though it is put into a page that is."""
        (site / "refs.bib").write_text(
            "@article{a, author = {{[x](javascript:alert(1))}}, title = {*t* `c` [y](javascript:alert(2))},"
            " url = {https://example.org/[z](javascript:alert(3))}, year = 2020}\n"
            "@article{b, author = {{![i](http://evil.example/p.png)}}, title = {<b> ~~x~~}, year = 2020}\n"
        )
        (site / "docs/index.md").write_text("# T [@a]\n\nAs [@a; @b] and @b say.\n")
        code, told = build("mkdocs", "build", "--strict", "-q", cwd=site)
        assert code == 0, told
        page = (site / "site/index.html").read_text().partition("<h1")[2].partition("</html>")[0]
        addresses = re.findall(r'(?:href|src)="([^"]*)"', page.partition("References</h2>")[0])
        assert all(address.startswith("#") for address in addresses if "alert" in address or "ref" in address)
        assert not re.search(r'(?:href|src)="\s*(?:javascript|http://evil)', page)
        text = unescape(re.sub(r"<[^>]+>", "", page))
        assert "As (![i](http://evil.example/p.png), 2020; [x](javascript:alert(1)), 2020)" in text
        assert "*t* ‘c‘ [y](javascript:alert(2))" in text

    def test_notes_and_a_place_of_ones_own(self, site):
        (site / "mkdocs.yml").write_text(
            "site_name: S\nplugins:\n  - pubkit:\n      library: [refs.bib]\n"
            "      style: chicago-notes-bibliography\n"
        )
        (site / "docs/index.md").write_text("# T\n\nSo [@okafor2021].\n\n[[bibliography]]\n\nThe end.\n")
        code, told = build("mkdocs", "build", "--strict", "-q", cwd=site)
        assert code == 0, told
        page = (site / "site/index.html").read_text()
        assert '<sup><a href="#cite-note-1">1</a></sup>' in page
        assert page.index('id="cite-note-1"') < page.index("The end.")

    @pytest.mark.parametrize(
        ("option", "message"),
        [
            ("library: [none.bib]", "there is no such file"),
            ("library: [refs.bib]\n      style: nonesuch", "nonesuch"),
        ],
    )
    def test_bad_use_is_told(self, site, option, message):
        (site / "mkdocs.yml").write_text(f"site_name: S\nplugins:\n  - pubkit:\n      {option}\n")
        code, told = build("mkdocs", "build", "-q", cwd=site)
        assert code != 0
        assert message in told


PANDOC = shutil.which("pandoc")


class TestPandoc:
    SOURCE = (
        "---\nbibliography: refs.bib\ncsl: apa\nnocite: '@unused'\n---\n\n"
        "As @li2020 [p. 3] say [see @okafor2021, ch. 2; -@li2020]. And [@none].\n\n"
        "# References\n\n::: {#refs}\n:::\n\nEnd.\n"
    )

    @pytest.mark.skipif(PANDOC is None, reason="needs pandoc (Debian: pandoc)")
    @pytest.mark.parametrize("to", ["html", "latex", "markdown-citations", "plain"])
    def test_the_filter_in_pandoc(self, folder, to):
        program = Path(sys.executable).parent / "pubkit-pandoc"
        (folder / "a.md").write_text(self.SOURCE)
        done = subprocess.run(
            [PANDOC, "a.md", "--filter", str(program), "-t", to, "--wrap=none"],
            cwd=folder, capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "no library has an entry 'none'" in done.stderr
        assert "(2020; see Okafor, 2021, Chapter 2)" in done.stdout.replace("~", " ").replace("\u00a0", " ")
        assert "Unused" in done.stdout
        assert done.stdout.index("Maps") < done.stdout.index("End.")

    def document(self, style="apa"):
        def cite(key, mode, suffix=()):
            return {"citationId": key, "citationPrefix": [], "citationSuffix": list(suffix),
                    "citationMode": {"t": mode}, "citationNoteNum": 1, "citationHash": 0}  # fmt: skip

        def meta(text):
            return {"t": "MetaInlines", "c": [{"t": "Str", "c": text}]}

        suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": "p. 3"}]
        inlines = [
            {"t": "Cite", "c": [[cite("li2020", "AuthorInText", suffix)], [{"t": "Str", "c": "@li2020"}]]},
            {"t": "Cite", "c": [[cite("none", "NormalCitation")], [{"t": "Str", "c": "[@none]"}]]},
        ]
        return {
            "pandoc-api-version": [1, 23],
            "meta": {"bibliography": {"t": "MetaList", "c": [meta("refs.bib")]}, "csl": meta(style)},
            "blocks": [{"t": "Para", "c": inlines}],
        }

    def test_the_filter_without_pandoc(self, folder, monkeypatch):
        monkeypatch.chdir(folder)
        document = self.document()
        assert filter_.run(document) == ["no library has an entry 'none'"]
        first, second = document["blocks"][0]["c"]
        assert filter_._text(first["c"][1]) == "Li and Okafor (2020, p. 3)"
        assert filter_._text(second["c"][1]) == "[@none]"  # what is not known stays
        assert document["blocks"][-1]["c"][0][0] == "refs"
        json.dumps(document)

    def test_a_style_of_notes(self, folder, monkeypatch):
        monkeypatch.chdir(folder)
        document = self.document("chicago-notes-bibliography")
        filter_.run(document)
        assert document["blocks"][0]["c"][0]["c"][1][0]["t"] == "Note"

    def test_bad_use(self, folder, monkeypatch, capsys):
        monkeypatch.chdir(folder)
        with pytest.raises(PubkitError, match="no pandoc document"):
            filter_.run([])
        document = self.document()
        document["meta"] = {}
        with pytest.raises(PubkitError, match="no library is named"):
            filter_.run(document)
        import io

        monkeypatch.setattr(sys, "stdin", io.StringIO("no JSON"))
        assert filter_.main() == 2
        assert capsys.readouterr().out == ""


class TestNotebook:
    @pytest.fixture
    def shell(self, folder, monkeypatch):
        shells = pytest.importorskip("IPython.core.interactiveshell", reason="needs IPython (extra notebook)")
        monkeypatch.chdir(folder)
        monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
        shell = shells.InteractiveShell.instance()
        shell.run_line_magic("load_ext", "pubkit")
        yield shell
        shells.InteractiveShell.clear_instance()

    def test_magics(self, shell):
        library = shell.run_line_magic("bibliography", "refs.bib --style apa")
        assert len(library) == 3
        cited = shell.run_line_magic("cite", "li2020@12 okafor2021")
        assert repr(cited) == "(Li & Okafor, 2020, p. 12; Okafor, 2021)"
        assert "&amp;" in cited._repr_html_()
        listed = shell.run_line_magic("bibliography", "")
        assert "Unused" not in repr(listed)
        assert "<i>Maps</i>" in listed._repr_html_()
        assert "Unused" in repr(shell.run_line_magic("bibliography", "--all"))

    @pytest.mark.parametrize(
        ("magic", "line", "message"),
        [
            ("cite", "none2000", "has no entry 'none2000'"),
            ("cite", "", "nothing is cited"),
            ("bibliography", "nowhere.bib", "no such file"),
            ("bibliography", "--nonsense", "unrecognized arguments"),
            ("bibliography", "--style nonesuch", "nonesuch"),
        ],
    )
    def test_bad_use(self, shell, magic, line, message):
        shell.run_line_magic("bibliography", "refs.bib")
        with pytest.raises(PubkitError, match=message):
            shell.run_line_magic(magic, line)

    def test_a_library_must_be_chosen(self, shell):
        shell.run_line_magic("reload_ext", "pubkit")
        with pytest.raises(PubkitError, match="no library was chosen"):
            shell.run_line_magic("cite", "li2020")


def test_libraries_and_entries_show_as_html():
    evil = "<script>alert(1)</script>"
    entries = tuple(
        pk.Entry("misc", evil, {"title": evil, "author": " and ".join("ABCDE")}) for _ in range(70)
    )
    html = pk.Library(entries)._repr_html_()
    assert evil not in html
    assert "70 entries" in html
    assert "… and 10 more" in html
    assert "A, B, C et al." in html
    assert evil not in entries[0]._repr_html_()
    assert "0 entries" in pk.Library()._repr_html_()
