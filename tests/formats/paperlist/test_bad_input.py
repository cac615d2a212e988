"""Bad input: what is wrong is said, the rest is read, and nothing takes all night."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pubkit as pk
from pubkit.diagnostics import CODES
from pubkit.formats.paperlist import glyphs
from pubkit.formats.paperlist.inputs import READERS
from pubkit.formats.paperlist.reader import read
from pubkit.model.source import Document

GOOD = "A. Li and B. Wu. On the reading of long lists. Journal of Lists, 12(3):45-67, 2021."
MARKUPS = [*READERS, "data"]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_page_without_a_list(markup: str) -> None:
    library = read(Document("page", "Welcome to my page.\n\nI like cats.\n"), markup=markup)
    assert not library
    assert [found.code for found in library.diagnostics if found.severity == "error"] == ["PK101"]


def test_a_list_in_a_language_that_is_not_known() -> None:
    # Headings and months in Georgian: what has the form of a reference is one all the same.
    text = f"ჩემი გვერდი\n\n- {GOOD}\n- C. Xu and D. Orr. More of them. Annals of Order, 3(1):1-12, 2020.\n"
    assert [entry["date"] for entry in pk.read_string(text, format="paper-list")] == ["2021", "2020"]


def test_an_entry_of_a_megabyte_among_others() -> None:
    text = f"Publications\n\n- {GOOD}\n- {'word ' * 200_000}\n- {GOOD}\n"
    library = read(Document("list.txt", text))
    assert len(library) == 2
    assert "PK111" in {found.code for found in library.diagnostics}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("markdown", f"## Publications\n\n- **{GOOD}\n- *[{GOOD}](http://x.y\n"),
        ("html", f"<h2>Publications<ul><li><b>{GOOD}</i><li><a href='x>{GOOD}</ul></h2></b>"),
        (
            "latex",
            f"\\section{{Publications}}\n\\begin{{itemize}}\n\\item \\textbf{{{GOOD}\n\\item {GOOD}}}\n",
        ),
        ("org", f"* Publications\n\n- *{GOOD}\n- [[http://x.y][{GOOD}\n"),
        ("rst", f"Publications\n============\n\n* **{GOOD}\n* `{GOOD} <http://x.y\n"),
    ],
)
def test_unbalanced_markup(markup: str, text: str) -> None:
    library = read(Document("list", text), markup=markup)
    assert any(entry.text("title").startswith("On the reading of long lists") for entry in library)


@pytest.mark.parametrize(
    ("markup", "piece"),
    [
        ("html", "<div>"),
        ("html", "<ul><li>"),
        ("markdown", "> "),
        ("markdown", "- "),
        ("markdown", "["),
        ("latex", "{"),
        ("latex", "\\begin{itemize}"),
        ("latex", "\\entry{"),
        ("org", "*"),
        ("rst", "`"),
        ("data", "["),
        ("data", "- "),
        ("plain", "("),
    ],
)
def test_deep_nesting_is_read_or_told(markup: str, piece: str) -> None:
    library = read(Document("list", piece * 100_000 + GOOD), markup=markup)
    assert library or library.diagnostics


def test_mojibake_is_repaired_and_told() -> None:
    wrong = "J. MÃ¼ller and L. GarcÃ\xada. On the cafÃ© of lists. Journal of Lists, 12(3):45â€“67, 2021."
    library = read(Document("list.txt", f"Publications\n\n- {wrong}\n- {GOOD}\n"))
    assert library[0]["author"] == "Müller, J. and García, L."
    assert library[0]["title"] == "On the café of lists"
    assert library[0]["pages"] == "45--67"
    found = next(found for found in library.diagnostics if found.code == "PK140")
    assert "'MÃ¼ller' to 'Müller" in found.message
    assert found.location.line == 3


@pytest.mark.parametrize("text", ["SÃO PAULO", "L’Âge d’or", "Ângela Ñuñez", "naïve café", "Ã", "Â© 2020"])
def test_letters_that_are_right_stay(text: str) -> None:
    assert glyphs.repaired(text).replace("©", "") == text.replace("Â©", "").replace("©", "")


PASTED = """Publications

[1] A. Li and B. Wu. “Eﬃcient ﬁnal ﬁndings of ﬂows in diﬃ-
cult waﬄes of the long road”. Journal
\f
Page 2 of 3

of Lists, 12(3):45–67, 2021.
[2] A. Li and B. Wu. “Un\u00adder\u00adstand\u00ading lists”. Annals of Lists, 1(1):1–2, 2020.
"""


def test_ligatures_soft_hyphens_and_page_breaks_of_pasted_text() -> None:
    library = read(Document("list.txt", PASTED))
    assert [entry["title"] for entry in library] == [
        "Efficient final findings of flows in difficult waffles of the long road",
        "Understanding lists",
    ]
    assert library[0]["journaltitle"] == "Journal of Lists"


HANGING = """Li, A., & Wu, B. (2021). Lists of things and their order in the long run
    of history. Journal of Lists, 12(3), 45–67.
Okafor, C., & Smith, D. E. (2019). Effects of lists on the
    order of things. The Lancet, 393(10172), 1023–1031.
"""


def test_paragraphs_that_hang_without_blank_lines_between() -> None:
    assert [entry["title"] for entry in pk.read_string(HANGING)] == [
        "Lists of things and their order in the long run of history",
        "Effects of lists on the order of things",
    ]


def test_numbers_of_four_digits_count_on_and_years_do_not() -> None:
    numbered = "".join(f"[{number}] {GOOD}\n" for number in range(1, 1203))
    assert len(read(Document("list.txt", f"References\n\n{numbered}"))) == 1202
    assert (
        len(read(Document("list.txt", f"Publications\n\n- {GOOD[:-1]},\n2020. http://x.org\n- {GOOD}\n")))
        == 2
    )


ODD = "\\{}[]()<>*_`#-=|&%$.,:; \n\t\f\0aAé2019ÃÂ\u00ad\ufb01\ufdd0"


@pytest.mark.parametrize("markup", MARKUPS)
@given(text=st.text(st.sampled_from(ODD), max_size=300))
def test_any_text_is_read_in_any_markup(markup: str, text: str) -> None:
    library = read(Document("list", text), markup=markup)
    assert library or library.diagnostics
    assert all(found.code in CODES for found in library.diagnostics)


def test_aliases_of_yaml_do_not_grow() -> None:
    """Ten lines that stand for 9^7 values: what is kept of them is short."""
    names = "abcdefg"
    lines = [f"a: &a [{', '.join('x' * 9)}]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    record = (
        "publications:\n- title: On bombs\n  authors: A. Li\n  venue: Nature\n  year: 2020\n  stuff: *g\n"
    )
    library = read(Document("list.yml", "\n".join([*lines, record])))
    assert library[0].text("title") == "On bombs"
    assert len(library[0].extra["data"]["stuff"]) < 100_000
