"""Lines of PDF that were broken by width, and accents that stand beside their letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

import pubkit as pk
from pubkit.formats.paperlist.pdfaccents import composed
from pubkit.formats.paperlist.pdfpage import Char

TITLES = (
    "A careful study of the many ways in which a list of papers can be broken over lines of text",
    "On lists",
    "What librarians knew all along: order, chance and the long history of the alphabetic catalogue"
    " of a town",
    "Sorting without end",
)
NAMES = (
    "Ada Lindgren, Bo Castro, Chidi Adeyemi, Dana Niemi, Esi Osei, Fumiko Tamura, Gleb Petrov,"
    " and Hana Keller"
)


def page() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_margin(25)
    pdf.add_page()
    pdf.set_font("Times", "B", 14)
    pdf.cell(0, 8, "Publications", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "", 10)
    return pdf


def read(pdf: FPDF, folder: Path) -> pk.Library:
    path = folder / "cv.pdf"
    pdf.output(str(path))
    return pk.read(path)


def lines(pdf: FPDF, text: str, align: str) -> None:
    pdf.multi_cell(0, 5, text, align=align, new_x="LMARGIN", new_y="NEXT")


@pytest.mark.parametrize("align", ["L", "J"])
def test_lines_of_an_entry_that_were_broken_again(align: str, tmp_path: Path) -> None:
    """Title, names and venue have a line each, and some of these go on in the next: ragged or stretched."""
    pdf = page()
    for number, title in enumerate(TITLES * 3):
        lines(pdf, title, align)
        lines(pdf, NAMES, align)
        lines(pdf, f"Journal of Lists {number + 1}(2), {number + 10}-{number + 40}, 2021", align)
    library = read(pdf, tmp_path)
    assert [entry.text("title") for entry in library] == list(TITLES * 3)
    assert {len(entry.names("author")) for entry in library} == {8}
    assert [entry["volume"] for entry in library] == [str(number + 1) for number in range(12)]


def test_paragraphs_set_in_at_their_first_line(tmp_path: Path) -> None:
    pdf = page()
    for number, title in enumerate(TITLES * 2):
        text = f"A. Lindgren and B. Castro, {title}, Journal of Lists {number + 1}(2), 3-9, 2021."
        pdf.set_x(35)
        first, *rest = pdf.multi_cell(145, 5, text, align="J", dry_run=True, output="LINES")
        pdf.cell(0, 5, first, new_x="LMARGIN", new_y="NEXT")
        if rest:
            lines(pdf, " ".join(rest), "J")
    library = read(pdf, tmp_path)
    assert [entry.text("title") for entry in library] == list(TITLES * 2)
    assert [entry["volume"] for entry in library] == [str(number + 1) for number in range(8)]


def test_an_entry_goes_on_on_the_next_page(tmp_path: Path) -> None:
    pdf = page()
    for number in range(40):
        text = (
            f"[{number + 1}] A. Lindgren, B. Castro. {TITLES[2]}. Journal of Lists {number + 1}(2):3-9, 2021."
        )
        lines(pdf, text, "J")
    library = read(pdf, tmp_path)
    assert [entry.text("title") for entry in library] == [TITLES[2]] * 40
    assert pdf.page_no() > 1


def test_dates_at_the_right_edge_are_no_full_lines(tmp_path: Path) -> None:
    pdf = page()
    for number, title in enumerate(TITLES * 2):
        pdf.cell(120, 5, title[:40])
        pdf.cell(0, 5, f"Journal of Lists {number + 1}", align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.cell(0, 5, "A. Lindgren and B. Castro, 2021", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    library = read(pdf, tmp_path)
    assert [entry["author"] for entry in library] == ["Lindgren, A. and Castro, B."] * 8


def char(text: str, left: float, bottom: float, right: float, top: float) -> Char:
    return Char(text, left, bottom, right, top, 10.0)


def test_accents_are_put_on_their_letters() -> None:
    low, tall, over = 5.0, 7.0, 7.6
    word = [
        char("Z", 0, 0, 6, tall),
        char("´", 8, 5.4, 10, 7),
        char("e", 7, 0, 11, low),
        Char(" ", 0, 0, 0, 0, 0.0),
        char("ˇ", 2, over, 4, 9),
        Char(" ", 0, 0, 0, 0, 0.0),
        char("c", 12, 0, 16, low),
        char("¸", 13, -2, 15, 0),
    ]
    assert "".join(one.text for one in composed(word)) == "Žé ç"


def test_an_accent_without_a_letter_stays() -> None:
    apart = [
        char("e", 0, 0, 4, 5),
        char("´", 30, 5.4, 32, 7),
        char("`", 40, 5.4, 42, 7),
        char("x", 39, 0, 43, 5),
    ]
    assert composed(apart) == apart


def test_a_large_name_above_does_not_hide_hanging_entries(tmp_path: Path) -> None:
    """How far entries hang is judged by the type of the text, and not by that of the first line."""
    pdf = FPDF(format="A4")
    pdf.set_margin(25)
    pdf.add_page()
    pdf.set_font("Times", "B", 36)
    pdf.cell(0, 16, "Ada Lindgren-Castro", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "B", 14)
    pdf.cell(0, 8, "Publications", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "", 10)
    title = "On the long and winding way of the list of papers and of"
    rest = "books from the cradle to the grave of its keeper. Journal of Endless Lists, 12(3), 45-6"
    for number in range(12):
        first = f"Lindgren-Castro-Adeyemi, A. (20{number + 10}). {title}"
        pdf.cell(0, 5, first, new_x="LMARGIN", new_y="NEXT")
        pdf.set_x(30)
        pdf.cell(0, 5, f"{rest}{number}.", new_x="LMARGIN", new_y="NEXT")
    library = read(pdf, tmp_path)
    assert [entry["date"] for entry in library] == [f"20{number + 10}" for number in range(12)]
