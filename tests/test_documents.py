"""Lists of references as documents: Word, PDF, LaTeX environments, Org, wrapped text, templates."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import docx
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import pubkit as pk
from pubkit.cite.layouts import BINARY, LAYOUTS
from pubkit.errors import StyleError
from pubkit.markup import org
from pubkit.markup import typst as typst_markup
from tests import hostile
from tests.markup.trees import trees

LIBRARY = pk.Library(
    (
        pk.Entry("article", "li2020", {"author": "Li, Bo and Okafor, Ada",
                 "title": "On \\emph{E. coli} & 50 % more", "journaltitle": "J. of Lists",
                 "volume": "12", "pages": "1--9", "date": "2020",
                 "doi": "10.5555/a_b"}),
        pk.Entry("book", "okafor2021", {"author": "Okafor, Ada", "title": "Maps", "publisher": "North",
                 "date": "2021"}),
        pk.Entry("article", "okafor2019", {"author": "Okafor, Ada", "title": "[Sic] #1 $x_1$", "date": "2019",
                 "journaltitle": "Letters"}),
    )
)  # fmt: skip
OPTIONS = {"highlight": "Ada Okafor", "group_by": "type", "sort": "-year", "number": "reverse", "limit": 2}


def word(data):
    return docx.Document(io.BytesIO(data))


def test_word_has_real_styles_links_and_marks():
    document = word(pk.format(LIBRARY, style="apa", to="docx", highlight="Ada Okafor", group_by="type"))
    assert [(p.style.name, p.text.split("(")[0].strip()) for p in document.paragraphs] == [
        ("Heading 2", "Journal articles"),
        ("Bibliography", "Li, B., & Okafor, A."),
        ("Bibliography", "Okafor, A."),
        ("Heading 2", "Books"),
        ("Bibliography", "Okafor, A."),
    ]
    first = document.paragraphs[1]
    assert [link.address for link in first.hyperlinks] == ["https://doi.org/10.5555/a_b"]
    assert [run.text for run in first.runs if run.bold] == ["Okafor, A."]
    assert "E. coli" not in [run.text for run in first.runs if run.bold]
    style = document.styles["Bibliography"].paragraph_format
    assert style.first_line_indent == -style.left_indent


def test_word_puts_labels_in_the_margin():
    document = word(pk.format(LIBRARY, style="ieee", to="docx"))
    assert [p.text.partition("\t")[0] for p in document.paragraphs] == ["[1]", "[2]", "[3]"]


def test_word_template(tmp_path):
    template = docx.Document()
    template.add_paragraph("My CV")
    template.add_paragraph("{{ publications }}")
    template.add_paragraph("The end")
    template.save(tmp_path / "cv.docx")
    document = word(pk.format(LIBRARY, to="docx", template=tmp_path / "cv.docx"))
    texts = [p.text for p in document.paragraphs]
    assert (texts[0], texts[-1], len(texts)) == ("My CV", "The end", 5)
    (tmp_path / "bad.docx").write_text("no")
    for name in ("bad.docx", "none.docx"):
        with pytest.raises(StyleError, match="no Word document"):
            pk.format(LIBRARY, to="docx", template=tmp_path / name)


def test_pdf(tmp_path):
    for style in ("apa", "ieee"):
        assert pk.format(LIBRARY, style=style, to="pdf", group_by="year")[:5] == b"%PDF-"
    (tmp_path / "own.typ").write_text('#set page(paper: "a5")\n= Mine\n{{ publications }}\n')
    assert pk.format(LIBRARY, to="pdf", template=tmp_path / "own.typ")[:5] == b"%PDF-"
    (tmp_path / "bad.typ").write_text("#nonsense() {{ publications }}")
    with pytest.raises(StyleError, match="Typst cannot set the document"):
        pk.format(LIBRARY, to="pdf", template=tmp_path / "bad.typ")


@settings(max_examples=60, deadline=None)
@given(trees)
def test_any_tree_is_good_typst(rich):
    source = f"#par(hanging-indent: 1em)[{typst_markup.write(rich)}]"
    assert typst.compile(source.encode())[:4] == b"%PDF"


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_org_is_one_line_that_starts_nothing(text):
    line = org.write((text,))
    assert "\n" not in line
    assert line[:2] not in ("* ", "- ", "+ ", "# ")
    assert not line.startswith(("|", "#+", ": "))


@pytest.mark.parametrize("to", sorted(LAYOUTS))
def test_every_option_works_in_every_format(to):
    laid = pk.format(LIBRARY, style="acm", to=to, **OPTIONS)
    if to in BINARY:
        assert len(laid) > 1000
        if to == "docx":
            with zipfile.ZipFile(io.BytesIO(laid)) as parts:
                laid = parts.read("word/document.xml").decode()
        else:
            return
    assert "Maps" in laid
    assert "2020" in laid
    assert "Letters" not in laid  # the limit
    assert laid.index("2020") < laid.index("2021")  # articles before books
    assert re.search(r"2\\?\.", laid)


def test_numbers_run_as_they_are_told():
    assert (
        pk.format(LIBRARY, to="org", number="reverse", sort="year")
        .split("\n")[0]
        .startswith("3. [@3] Okafor")
    )
    assert pk.format(LIBRARY, to="typst", number=True, sort="year").split("\n")[2][:9] == "3. Okafor"
    assert pk.format(LIBRARY, to="markdown", number=True).startswith("1. ")
    assert pk.format(LIBRARY, to="text", limit=0) == ""
    with pytest.raises(StyleError, match="no number of references"):
        pk.format(LIBRARY, limit=-1)


@pytest.mark.parametrize(
    "options", [{"group_by": "year"}, {"sort": "-year"}, {"group_by": "type", "sort": "year"}]
)
@pytest.mark.parametrize("to", sorted({*LAYOUTS} - {"pdf"}))
def test_numbers_of_the_style_run_in_the_order_shown(to, options):
    laid = pk.format(LIBRARY, style="acm", to=to, **options)
    if to == "docx":
        laid = "\n".join(p.text for p in word(laid).paragraphs)
    assert re.findall(r"(?<![b\[])\[\\?\{?(\d+)\\?\]", laid) == ["1", "2", "3"]


def test_wrapped_text():
    text = pk.format(LIBRARY, width=40)
    lines = text.split("\n")
    assert all(len(line) <= 40 or "http" in line for line in lines)
    assert [line[:4] for line in lines if line.startswith(" ")] == ["    "] * (len(lines) - 3)
    assert " ".join(text.split()) == " ".join(pk.format(LIBRARY).split())


ENVIRONMENTS = ("list", "enumerate", "itemize", "moderncv", "thebibliography")


def latex(environment, **options):
    return pk.format(LIBRARY, to="latex", environment=environment, **options)


def test_latex_environments():
    assert latex("enumerate").startswith("\\begin{enumerate}\n\\item Li")
    assert latex("itemize", number=True).startswith("\\begin{itemize}\n\\item[{1.}] Li")
    assert latex("moderncv", number=True, group_by="type").startswith(
        "\\subsection{Journal articles}\n\\cvitem{1.}{Li"
    )
    assert latex("thebibliography").startswith("\\begin{thebibliography}{9}\n\\bibitem{li2020} Li")
    assert "\\bibitem[{2020}]" not in pk.format(
        LIBRARY, style="ieee", to="latex", environment="thebibliography"
    )
    with pytest.raises(StyleError, match="cannot hold groups"):
        latex("thebibliography", group_by="year")
    with pytest.raises(StyleError, match="no LaTeX layout 'tabular'"):
        latex("tabular")


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_latex_compiles(tmp_path, environment, engine):
    program = shutil.which(engine)
    if program is None:
        pytest.skip(f"{engine} is not installed (Debian: texlive-latex-base, texlive-luatex)")
    compiled(tmp_path, engine, environment, latex(environment, number=environment == "moderncv"))


def compiled(folder, engine, environment, body):
    """Compile a list in a small document; fail where LaTeX has anything to complain about."""
    own = "\\newcommand{\\cvitem}[2]{\\par\\makebox[3em][l]{#1}#2}" if environment == "moderncv" else ""
    encoding = "\\usepackage[T1]{fontenc}" if engine == "pdflatex" else ""
    (folder / "a.tex").write_text(
        f"\\documentclass{{article}}{encoding}\\usepackage{{hyperref}}{own}"
        f"\\begin{{document}}\n{body}\n\\end{{document}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", "a.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


STYLES = [("apa", {"group_by": "journaltitle"}), ("ieee", {}), ("chicago", {"number": True})]


@pytest.mark.parametrize(("style", "options"), STYLES)
def test_hostile_text_stays_text_in_markdown(style, options):
    made = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .render(pk.format(hostile.library(), style=style, to="markdown", **options))
    )
    assert set(re.findall(r"<([a-z0-9]+)", made)) <= {
        *["a", "em", "strong", "li", "ul", "ol", "p", "h2", "sup", "sub"]
    }
    assert all(url.startswith("https://example.org/") for url in re.findall(r'(?:href|src)="([^"]*)"', made))


@pytest.mark.parametrize(("style", "options"), STYLES)
def test_hostile_text_stays_text_in_rst(style, options):
    core = pytest.importorskip("docutils.core", reason="needs docutils (comes with Sphinx)")
    source = pk.format(hostile.library(), style=style, to="rst", **options)
    core.publish_string(source, writer="html5", settings_overrides={"report_level": 1, "halt_level": 1})


@pytest.mark.parametrize(("style", "options"), STYLES)
def test_hostile_text_is_set_in_word_and_pdf(style, options):
    library = hostile.library()
    assert pk.format(library, style=style, to="pdf", **options)[:5] == b"%PDF-"
    text = "\n".join(
        one.text for one in word(pk.format(library, style=style, to="docx", **options)).paragraphs
    )
    assert "</script><script>alert(1)</script>" in text.replace("\u2060", "")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_hostile_text_compiles(tmp_path, environment):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed (Debian: texlive-latex-base)")
    body = pk.format(hostile.library(), style="apa", to="latex", environment=environment)
    compiled(tmp_path, "pdflatex", environment, body)


def test_text_templates(tmp_path):
    template = tmp_path / "cv.tex"
    template.write_text("\\section{P}\n{%\n{{ publications }}\n% end")
    text = pk.format(LIBRARY, to="latex", template=template)
    assert text.startswith("\\section{P}\n{%\n\\begin{list}")
    assert text.endswith("\\end{list}\n% end")
    template.write_text(
        "<% for s in sections %><% for r in s.references %>* {{ r }}\n<% endfor %><% endfor %>"
    )
    assert pk.format(LIBRARY, to="latex", template=template).count("* ") == 3
    template = tmp_path / "page.html"
    template.write_text("<main>{{ publications }}</main>")
    assert "&amp; 50 % more" in pk.format(LIBRARY, to="html", template=template)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nothing", "no place for the list"),
        ("{{ publications", "cannot be filled"),
        ("{{ publications.__class__.__mro__[1] }}", "cannot be filled"),
        ("{{ sections }}{{ nonsense }}", "undefined"),
    ],
)
def test_bad_templates(tmp_path, source, message):
    template = tmp_path / "t.md"
    template.write_text(source)
    with pytest.raises(StyleError, match=message):
        pk.format(LIBRARY, to="markdown", template=template)
    with pytest.raises(StyleError, match="cannot be read"):
        pk.format(LIBRARY, to="markdown", template=tmp_path / "none")


def test_an_extra_that_is_missing_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(StyleError, match=r"pip install 'pubkit\[docx\]'"):
        pk.format(LIBRARY, to="docx")
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(StyleError, match=r"pip install 'pubkit\[typst\]'"):
        pk.format(LIBRARY, to="pdf")
