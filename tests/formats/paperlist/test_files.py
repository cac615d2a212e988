"""Lists in Word documents and PDF: what is read, and what is said of broken ones."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from hypothesis import given
from hypothesis import strategies as st

import pubkit as pk
from pubkit.errors import LimitError, PluginError, UnknownFormatError
from pubkit.formats.paperlist import files, pdftext

REFERENCES = [
    ("A. Li and B. Wu", "On the reading of lists", "Journal of Lists", ", 12(3):45-67, 2021."),
    ("B. Wu and C. Xu", "Lists within lists within lists", "Annals of Order", ", 3(1):1-12, 2020."),
    ("C. Xu and D. Orr", "Ten thousand lists", "Journal of Lists", ", 11(2):101-110, 2019."),
]


def link(paragraph: Any, text: str, url: str) -> None:
    """Add a hyperlink, which python-docx reads but has no call to write."""
    relation = paragraph.part.relate_to(
        url, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    element.append(paragraph.add_run(text)._r)
    paragraph._p.append(element)


def word(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def cv(document: Any) -> None:
    document.add_heading("Jane Example", 0)
    document.add_heading("Education", 1)
    document.add_paragraph("PhD in the Order of Things, University of Somewhere, 2018")
    document.add_heading("Publications", 1)
    for authors, title, journal, rest in REFERENCES:
        paragraph = document.add_paragraph(f"{authors}. ", style="List Number")
        paragraph.add_run(title).bold = True
        paragraph.add_run(". ")
        paragraph.add_run(journal).italic = True
        paragraph.add_run(rest + " ")
        link(paragraph, "PDF", "https://example.org/" + title.split()[-1] + ".pdf")
    document.add_heading("Teaching", 1)
    document.add_paragraph("The Theory of Lists, 2020")


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "cv.docx"
    path.write_bytes(word(cv))
    library = pk.read(path)
    assert [entry["title"] for entry in library] == [title for _, title, _, _ in REFERENCES]
    assert library[0]["author"] == "Li, A. and Wu, B."
    assert library[0]["journaltitle"] == "Journal of Lists"
    assert library[0]["pdf"] == "https://example.org/lists.pdf"
    assert library[0].source is not None
    assert library[0].source.raw.startswith("A. Li and B. Wu")


def test_a_word_document_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(word(cv))
    assert len(pk.read(path)) == len(pk.read(path, format="paper-list")) == len(REFERENCES)


def test_a_table_in_a_word_document(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_heading("Publications", 1)
        table = document.add_table(rows=0, cols=2)
        for authors, title, journal, rest in REFERENCES:
            cells = table.add_row().cells
            cells[0].text = rest[-5:-1]
            cells[1].text = f"{authors}. {title}. {journal}{rest}"

    path = tmp_path / "cv.docx"
    path.write_bytes(word(fill))
    assert [entry["date"] for entry in pk.read(path)] == ["2021", "2020", "2019"]


def bomb() -> bytes:
    """Return a Word document that unpacks to a gigabyte of white space."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(50):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def test_a_document_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(bomb())
    with pytest.raises(LimitError, match="unpack to more than"):
        pk.read(path)


def with_part(name: str, content: str) -> bytes:
    """Return the CV with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(cv))) as source, zipfile.ZipFile(out, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, content if part == name else source.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        word(cv)[:3000] + b"word/document [Content_Types].xml",
        with_part("word/document.xml", "<w:document>"),
        with_part("word/document.xml", ""),
        with_part("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        with_part("word/document.xml", "<a>" * 5000 + "</a>" * 5000),
        with_part("word/_rels/document.xml.rels", "\0"),
    ],
    ids=["cut", "unclosed", "empty", "entities", "deep", "relations"],
)
def test_a_damaged_word_document(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cv.docx"
    path.write_bytes(data)
    library = pk.read(path)
    assert not library
    assert {found.code for found in library.diagnostics} <= {"PK010", "PK101"}
    assert library.diagnostics[0].hint


def test_another_archive_is_no_word_document(tmp_path: Path) -> None:
    path = tmp_path / "cv.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(UnknownFormatError, match="zip archive"):
        pk.read(path)


# -- PDF ------------------------------------------------------------------------------------------------


def new_pdf(size: float = 10) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_margin(20)
    pdf.add_page()
    pdf.set_font("Times", "", size)
    return pdf


def heading(pdf: FPDF, text: str) -> None:
    pdf.ln(4)
    pdf.set_font("Times", "B", 14)
    pdf.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "", 10)


def reference(pdf: FPDF, number: int, parts: tuple[str, str, str, str], **options: Any) -> None:
    authors, title, journal, rest = parts
    text = f"[{number}] {authors}. **{title}**. __{journal}__{rest}"
    pdf.multi_cell(0, 5, text, markdown=True, new_x="LMARGIN", new_y="NEXT", **options)
    pdf.ln(2)


def saved(pdf: FPDF, folder: Path) -> Path:
    path = folder / "cv.pdf"
    pdf.output(str(path))
    return path


def test_a_pdf(tmp_path: Path) -> None:
    pdf = new_pdf()
    heading(pdf, "Education")
    pdf.multi_cell(0, 5, "PhD in the Order of Things, University of Somewhere, 2018")
    heading(pdf, "Publications")
    for number, parts in enumerate(REFERENCES, 1):
        reference(pdf, number, parts)
    pdf.cell(0, 5, "[4] C. Xu and D. Orr. Chains of lists. Annals of Order, 9(1):1-2, 2018. ", new_x="RIGHT")
    pdf.ln(5)
    heading(pdf, "Teaching")
    pdf.multi_cell(0, 5, "The Theory of Lists, 2020")
    library = pk.read(saved(pdf, tmp_path))
    assert [entry["title"] for entry in library] == [
        *(title for _, title, _, _ in REFERENCES),
        "Chains of lists",
    ]
    assert [entry.get("pages") for entry in library] == ["45--67", "1--12", "101--110", "1--2"]
    assert library[1]["author"] == "Wu, B. and Xu, C."


def test_bold_italics_and_links_of_a_pdf() -> None:
    pdf = new_pdf()
    pdf.set_font("Times", "B", 10)
    pdf.write(5, "Bold")
    pdf.set_font("Times", "I", 10)
    pdf.write(5, "Italic")
    pdf.set_font("Times", "", 10)
    pdf.write(5, "Plain")
    pdf.write(5, "Link", "https://example.org/a")
    found = pdftext.laid_out(files.pdf.pages(bytes(pdf.output()))[0])
    shown = [(found.text[run.start : run.end].strip(), sorted(run.marks), run.url) for run in found.runs]
    assert shown == [
        ("Bold", ["strong"], ""),
        ("Italic", ["emph"], ""),
        ("Link", ["link"], "https://example.org/a"),
    ]


class Numbered(FPDF):
    def header(self) -> None:
        self.set_font("Times", "I", 9)
        self.cell(0, 5, "J. Example: Curriculum Vitae", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Times", "", 9)
        self.cell(0, 5, f"Page {self.page_no()} of 3", align="C")


def test_running_heads_and_page_numbers_are_no_text(tmp_path: Path) -> None:
    pdf = Numbered(format="A4")
    pdf.add_page()
    heading(pdf, "Publications")
    many = [REFERENCES[number % 3] for number in range(60)]
    for number, parts in enumerate(many, 1):
        reference(pdf, number, parts)
    library = pk.read(saved(pdf, tmp_path))
    assert len(library) == len(many)
    assert all("Curriculum" not in entry.source.raw and "Page" not in entry.source.raw for entry in library)
    assert not [entry for entry in library if "note" in entry.fields]


def test_two_columns_and_hyphens(tmp_path: Path) -> None:
    pdf = new_pdf()
    heading(pdf, "Publications")
    with pdf.text_columns(ncols=2, gutter=10, text_align="LEFT") as columns:
        for number in range(1, 21):
            with columns.paragraph(bottom_margin=3) as paragraph:
                paragraph.write(
                    f"[{number}] A. Li and B. Wu. On the extraordi-\nnary number {number}{number} of "
                )
                paragraph.write(f"lists in the world. Journal of Lists, 12(3):45-{number + 45}, 2021.")
    library = pk.read(saved(pdf, tmp_path))
    assert [entry["title"] for entry in library] == [
        f"On the extraordinary number {number}{number} of lists in the world" for number in range(1, 21)
    ]


def test_hanging_paragraphs_without_space_between(tmp_path: Path) -> None:
    pdf = new_pdf()
    heading(pdf, "References")
    for year in range(2000, 2012):
        pdf.set_x(20)
        pdf.cell(
            0,
            5,
            f"Li, A., Wu, B., & Xu, C. ({year}). On the long and winding way of the list of {year}",
            new_x="LMARGIN",
            new_y="NEXT",
        )
        pdf.set_x(30)
        pdf.cell(
            0,
            5,
            f"from the cradle to the grave. Journal of Lists, 12(3), 45-{year}.",
            new_x="LMARGIN",
            new_y="NEXT",
        )
    library = pk.read(saved(pdf, tmp_path))
    assert [entry["date"] for entry in library] == [str(year) for year in range(2000, 2012)]


def test_a_scanned_pdf(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.rect(30, 30, 100, 100, style="F")
    library = pk.read(saved(pdf, tmp_path))
    assert [found.code for found in library.diagnostics] == ["PK012"]


def test_a_pdf_with_a_page_that_is_a_picture(tmp_path: Path) -> None:
    pdf = new_pdf()
    heading(pdf, "Publications")
    for number, parts in enumerate(REFERENCES, 1):
        reference(pdf, number, parts)
    pdf.add_page()
    pdf.rect(30, 30, 100, 100, style="F")
    library = pk.read(saved(pdf, tmp_path))
    assert len(library) == len(REFERENCES)
    assert library.diagnostics[0].code == "PK013"


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    pdf = new_pdf()
    pdf.set_encryption("owner", "user", encryption_method=EncryptionMethod.RC4)
    heading(pdf, "Publications")
    library = pk.read(saved(pdf, tmp_path))
    assert [(found.code, "encrypted" in found.message) for found in library.diagnostics] == [("PK011", True)]


def test_a_damaged_pdf(tmp_path: Path) -> None:
    path = tmp_path / "cv.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of the kind")
    assert [found.code for found in pk.read(path).diagnostics] == ["PK011"]


@pytest.mark.parametrize(("library", "extra"), [("mammoth", "docx"), ("pypdfium2", "pdf")])
def test_a_missing_extra_is_named(library: str, extra: str, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / f"cv.{extra}"
    path.write_bytes(word(cv) if extra == "docx" else b"%PDF-1.7")
    with pytest.raises(PluginError, match=rf"pip install 'pubkit\[{extra}\]'"):
        pk.read(path)


@given(at=st.integers(0, 40_000), piece=st.binary(max_size=50))
def test_a_document_with_a_fault_anywhere_is_told_of(at: int, piece: bytes) -> None:
    for data in (DOCX, PDF):
        broken = data[: at % len(data)] + piece + data[at % len(data) + len(piece) :]
        if files.sniff_bytes(broken):
            library = files.read_bytes(broken, "x")
            assert library or library.diagnostics


DOCX = word(cv)
_PDF = new_pdf()
_PDF.set_compression(False)
heading(_PDF, "Publications")
for _parts in REFERENCES:
    reference(_PDF, 1, _parts)
PDF = bytes(_PDF.output())
