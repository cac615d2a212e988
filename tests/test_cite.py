"""Lists of references and citations: options, output formats, highlighting, other engines, errors."""

from __future__ import annotations

import html.parser
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.api import read, read_string
from pubkit.cite import cite, format_entries, format_library
from pubkit.cite.highlight import is_person, people
from pubkit.csl.citations import Cite
from pubkit.diagnostics import CODES
from pubkit.errors import LocaleNotFoundError, PubkitError, StyleError, StyleNotFoundError, StyleSyntaxError
from pubkit.markup.tree import strings
from pubkit.markup.writers import WRITERS
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from tests.cases import Case, parametrize

BOOKS = Library(
    (
        Entry("book", "knuth", {"author": "Knuth, Donald E.", "title": "TAOCP", "date": "1968"}),
        Entry("book", "doe", {"author": "Doe, Jane and Wu, Tianhao", "title": "A {Life}", "date": "1999"}),
    )
)


@parametrize("cite")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    options, _, text = case.input.partition("\n")
    case.check(format_library(read_string(text, "biblatex"), **json.loads(options)), pytestconfig)


@pytest.mark.parametrize("to", sorted(WRITERS))
def test_every_format_holds_every_reference(to: str, refs) -> None:
    library = read(refs / "papers.bib")
    text = format_library(library, "apa", to, group_by="year", highlight="Tianhao Wu", number=True)
    assert text.count("Banghua") == 0  # APA has initials
    for word in ("RouteLLM", "Jackpot", "2025", "2020"):
        assert word in text


def test_marking_a_name_changes_nothing_else(refs) -> None:
    library = read(refs / "papers.bib")
    for style in ("apa", "acm", "ieee", "mla", "chicago", "nature", "vancouver", "harvard"):
        plain = format_entries(library, style)
        marked = format_entries(library, style, highlight="Tianhao Wu")
        assert [one.text for one in plain] == [one.text for one in marked]
        assert [one.key for one in plain] == [entry.key for entry in library]
        html = format_entries(library, style, "html", highlight="Tianhao Wu")
        named = [one for one in html if "Wu" in "".join(strings(one.rich)) and "highlight" in one.text]
        assert len(named) >= 5


class Balanced(html.parser.HTMLParser):
    """Checks that tags nest, and collects ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


FIELDS = st.fixed_dictionaries(
    {"author": st.sampled_from(["Doe, Jane", "{A & B}", "Wu, T. and others", "<b>, x"])},
    optional={
        name: st.text(alphabet="ab <>&\"'{}\\$%_#*`[]~:/|-é中\n", max_size=12)
        for name in ("title", "journaltitle", "publisher", "note", "url", "doi")
    },
)


@settings(max_examples=40)
@given(
    st.lists(
        st.builds(Entry, st.sampled_from(["article", "book", "misc"]), st.text(max_size=5), FIELDS),
        max_size=3,
    )
)
def test_any_text_gives_well_formed_html_with_one_id_each(entries) -> None:
    text = format_library(entries, "apa", "html", highlight="T. Wu")
    found = Balanced(text)
    assert len(found.ids) == len(set(found.ids)) == len(entries)
    assert "<script" not in text


# -- whose name -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "family", "given", "same"),
    [
        ("Tianhao Wu", "Wu", "Tianhao", True),
        ("Tianhao Wu", "Wu", "T.", True),
        ("Tianhao Wu", "WU", "TIANHAO", True),
        ("Tianhao Wu", "Wu", "Tian-Hao", True),
        ("Tianhao Wu", "Wu", "Tianhao X.", True),
        ("Tianhao Wu", "Wu", "Tianyi", False),
        ("Tianhao Wu", "Wu", "H.", False),
        ("Tianhao Wu", "Wuu", "Tianhao", False),
        ("Wu, T.", "Wu", "Tianhao", True),
        ("José García", "Garcia", "Jose", True),
        ("Vincent van Gogh", "Gogh", "V.", False),
        ("D. E. Knuth", "Knuth", "DE", True),
        ("Wu", "Wu", "Anyone", True),
    ],
)
def test_spellings_of_a_name(wanted: str, family: str, given: str, same: bool) -> None:
    assert is_person(people(wanted)[0], {"family": family, "given": given}) is same


def test_particles_and_whole_names() -> None:
    (gogh,) = people("Vincent van Gogh")
    assert is_person(gogh, {"family": "Gogh", "non-dropping-particle": "van", "given": "V."})
    assert is_person(people("Jane Doe")[0], {"literal": "Jane Doe"})
    assert people(None) == people("") == ()
    assert len(people(["A B", "C D"])) == 2


def test_several_people_are_marked() -> None:
    (_, reference) = format_entries(BOOKS, "apa", "markdown", highlight=["Jane Doe", "Tianhao Wu"])
    assert reference.text == "**Doe, J.**, & **Wu, T.** (1999). *A Life*."


# -- citations ------------------------------------------------------------------------------------


def test_citations(refs) -> None:
    library = read(refs / "papers.bib")
    keys = ["wu2025meta", "ong2025routellm"]
    assert cite(BOOKS, ["knuth", "doe"]) == "(Doe & Wu, 1999; Knuth, 1968)"
    assert cite(BOOKS, "knuth") == "(Knuth, 1968)"
    assert cite(BOOKS, [Cite("doe", locator="3-5", prefix="see ")], "apa") == "(see Doe & Wu, 1999, pp. 3–5)"
    everything = [entry.key for entry in library]
    assert cite(library, keys) == "(Ong et al., 2025; Wu et al., 2025)"
    assert cite(library, keys, cited=everything) == "(Ong et al., 2025; Wu, Yuan, et al., 2025)"
    assert cite(library, keys, "ieee") == "[1], [2]"
    assert cite(library, keys, "ieee", cited=everything) == "[1], [6]"
    assert cite(BOOKS, ["doe"], "nature", "html", cited=["knuth", "doe"]) == "<sup>2</sup>"


def test_a_key_that_is_not_there() -> None:
    with pytest.raises(PubkitError, match="no entry 'knut'; did you mean knuth"):
        cite(BOOKS, ["doe", "knut"])


def test_citations_are_for_csl_styles() -> None:
    with pytest.raises(StyleError, match="citations need a CSL style"):
        cite(BOOKS, ["doe"], "pybtex:plain")


# -- other engines and errors ---------------------------------------------------------------------


def test_styles_of_pybtex() -> None:
    text = format_library(BOOKS, "pybtex:plain")
    assert "Jane Doe and Tianhao Wu" in text
    with pytest.raises(StyleError, match="are for CSL styles"):
        format_library(BOOKS, "pybtex:plain", highlight="Jane Doe")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"style": "natrue"}, StyleNotFoundError, "did you mean nature"),
        ({"style": "latex:plain"}, StyleNotFoundError, "engines are bst, pybtex"),
        ({"style": "pybtex:no-such-style"}, StyleNotFoundError, "no-such-style"),
        ({"style": "missing.csl"}, StyleNotFoundError, "missing.csl"),
        ({"style": "<style"}, StyleSyntaxError, "not well-formed"),
        ({"style": "<html/>"}, StyleSyntaxError, "root element"),
        ({"to": "odt"}, StyleError, "use one of docx, html, latex"),
        ({"locale": "xx-YY"}, LocaleNotFoundError, "xx-YY"),
        ({"sort": "-"}, PubkitError, "sort by"),
    ],
)
def test_errors_say_what_to_do(options, error, message) -> None:
    with pytest.raises(error, match=message):
        format_library(BOOKS, **options)


def test_findings_are_reported() -> None:
    found: list = []
    library = [Entry("gadget", "a", {"title": "T", "weather": "fine", "year": "some day"})]
    format_library(library, "apa", report=found)
    assert {"PK421", "PK422", "PK423"} <= {one.code for one in found} <= set(CODES)


def test_an_entry_that_a_style_does_not_print_is_told_and_kept() -> None:
    found: list = []
    library = [Entry("inproceedings", "a", {"title": "On Law", "date": "2020"})]
    assert format_library(library, "computer-und-recht", report=found) == "On Law (2020)"
    assert [(one.code, one.message.partition(";")[2]) for one in found] == [
        ("PK508", " its title and year stand for it")
    ]


def test_a_style_without_bibliography_shows_its_notes() -> None:
    found: list = []
    text = format_library(BOOKS, "chicago-notes", "markdown", highlight="Jane Doe", report=found)
    assert text == "- Donald E. Knuth, *TAOCP* (1968).\n- **Jane Doe** and Tianhao Wu, *A Life* (1999)."
    assert "PK520" in [one.code for one in found]


def test_pieces_of_the_list_are_values() -> None:
    (first, second) = format_entries(BOOKS, "apa")
    assert (first.key, str(first), first.entry) == ("knuth", "Knuth, D. E. (1968). TAOCP.", BOOKS[0])
    assert "".join(strings(second.rich)) == second.text
