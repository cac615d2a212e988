"""What holds for all rules: what a reader sees, what can be shown, what the user marked, real files."""

from __future__ import annotations

import re
from unicodedata import normalize as normalize_unicode

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pubkit.api import format as formatted
from pubkit.api import read, read_string, write_string
from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.normalize import normalize
from pubkit.rules import RULES, check
from pubkit.rules.traits import traits
from tests.conftest import data_path
from tests.test_normalize import ENTRIES, VALUES

# Repairs that no reader of a formatted list sees, in a style that keeps the letter case of titles. What the
# other safe rules change is what their page says.
SILENT = ["D001", "D002", "F010", "F011", "F012", "F013", "F016", "F017", "P001", "T001", "T005"]
WORDS = re.compile(r"\w+")


def seen(text: str) -> str:
    """Return the letters and digits of a text, in one Unicode form."""
    return "".join(WORDS.findall(normalize_unicode("NFKC", text)))


@pytest.mark.parametrize("code", SILENT)
@settings(max_examples=20)
@given(entry=ENTRIES)
def test_a_reader_sees_no_difference(code, entry):
    assume(
        all(WORDS.search(value) for value in entry.values())
    )  # a field of nothing has a label all the same
    library = Library((entry.replace(key="k"),))
    clean = normalize(library, select=code, keys="keep")
    before, after = (seen(formatted(one, "vancouver")) for one in (library, clean))
    assert before == after


def test_silent_rules_are_safe():
    assert all(RULES[code].safe for code in SILENT)


# -- diffs -----------------------------------------------------------------------------------------------

SAFE_TEXT = st.text(st.characters(exclude_characters="{}\\@%", exclude_categories=("Cs", "Cc")), max_size=20)
SOURCES = st.lists(
    st.tuples(
        st.sampled_from(
            ["author", "title", "journal", "pages", "year", "month", "url", "doi", "note", "volume"]
        ),
        SAFE_TEXT
        | st.sampled_from(["About LLMs", "12-15", "doi: 10.1145/1234", "Wu,T. et al.", "ICML 2020", "Vol. 3"])
        | st.sampled_from(
            ["https://doi.org/10.1145/1234", "arXiv:2403.04132", "Martin King, Jr.", "2020", "May"]
        ),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
)


def bib(fields: list[tuple[str, str]], *, mark: str = "") -> str:
    lines = [f"  {name} = {{{value}}},{' % pubkit: keep' if name == mark else ''}" for name, value in fields]
    return "@article{k,\n" + "\n".join(lines) + "\n}\n"


@given(SOURCES, st.booleans())
def test_each_repair_can_be_shown_as_a_diff(fields, unsafe):
    library = read_string(bib(fields), format="bibtex")
    clean = normalize(library, unsafe=unsafe, keys="keep")
    text = write_string(clean, "bibtex", layout="preserve")
    assert (text != library.document.text) == bool(clean.changes)
    # What the diff shows is what was done, guesses and all.
    assert read_string(text, format="bibtex").entries == clean.entries


# -- what the user marked --------------------------------------------------------------------------------


@given(SOURCES, st.data())
def test_what_is_marked_in_the_file_stays(fields, data):
    name, value = data.draw(st.sampled_from(fields))
    text = bib(fields, mark=name)
    library = read_string(text, format="bibtex")
    clean = normalize(library, unsafe=True, keys="all")
    written = write_string(clean, "bibtex", layout="preserve")
    assert f"{name} = {{{value}}}" in written
    whole = read_string("% pubkit: keep\n" + bib(fields), format="bibtex")
    kept = normalize(whole, unsafe=True, keys="all")
    assert kept.entries == whole.entries
    assert kept.changes == ()


@given(ENTRIES, st.data())
def test_no_rule_touches_a_kept_field(entry, data):
    if not entry.fields:
        return
    name = data.draw(st.sampled_from(sorted(entry.fields)))
    marked = entry.with_extra(keep=frozenset({name}))
    clean = normalize(Library((marked,)), unsafe=True)
    assert clean[0].fields.get(name) == entry.fields[name]
    assert not [found for found in check(Library((marked,))) if found.location.field == name]


# -- what spares rules a look ----------------------------------------------------------------------------


def told_in_vain(entry: Entry) -> list[str]:
    """Return the rules that find something in an entry of which the runner thinks that they cannot."""
    has = traits(entry)
    return [
        rule.code
        for rule in RULES.values()
        if rule.find
        and (not rule.when & has or (rule.fields and rule.fields.isdisjoint(entry.fields)))
        and list(rule.find(entry))
    ]


@given(ENTRIES)
@settings(max_examples=300)
def test_rules_that_are_not_asked_find_nothing(entry):
    assert not told_in_vain(entry)


def test_rules_that_are_not_asked_find_nothing_in_real_files():
    for path in sorted(data_path("bib").rglob("*.bib")):
        for entry in read(path):
            assert not told_in_vain(entry), (path, entry)


PARTS = st.sampled_from(
    ["Doe", "Jane", "A.", "B", "van", "de", "Jr", "Jr.", "III", "Prof", "Dr.", "PhD", "MD", "J.R.", "SMITH"]
) | st.sampled_from(
    ["McDonald", "O'Neil", "Hans-Peter", 'M{\\"u}ller', "Han{-}Gil", "et", "al.", "0001", "others"]
)
NAME_TEXTS = st.lists(
    st.tuples(PARTS, st.sampled_from([" ", ", ", " and ", ",", "; ", "  "])).map("".join),
    min_size=1,
    max_size=9,
).map(lambda parts: "".join(parts).strip())


@given(NAME_TEXTS)
@settings(max_examples=300)
def test_ordinary_names_are_nothing_for_rules_about_names(names):
    assert not told_in_vain(Entry("misc", "k", {"author": names}))


# -- anything --------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.lists(ENTRIES, max_size=4), st.sampled_from(sorted(code for code, rule in RULES.items())))
def test_each_rule_takes_anything(entries, code):
    library = Library(tuple(entries))
    check(library, select=code)
    once = normalize(library, select=code, unsafe=True, keys="keep")
    if code != "N020":  # whose proposals may lead to a fuller name still
        assert normalize(once, select=code, unsafe=True, keys="keep").entries == once.entries


@given(VALUES)
def test_time_grows_with_the_text_only(value):
    """Long values are looked at, or left alone, but never cost the square of their length."""
    entry = Entry(
        "article", "k", dict.fromkeys(("title", "abstract", "keywords", "note", "author"), value * 50)
    )
    check(Library((entry,)))


@pytest.mark.parametrize("piece", ["<i>", r"\(", "“", "<mml:math>", "&", "$", "{", "10.1145/", "A-B ", "x, "])
def test_hostile_lengths(piece):
    value = piece * 4000
    fields = dict.fromkeys(("title", "abstract", "keywords", "note", "author", "url", "isbn", "pages"), value)
    check(Library((Entry("article", "k", fields),)))


# -- real files ------------------------------------------------------------------------------------------


def real_files() -> list:
    return [*sorted(data_path("bib").rglob("*.bib")), *sorted(data_path("lists").glob("*.bib"))]


def test_real_files_reach_a_fixed_point_and_keep_what_titles_say():
    for path in real_files():
        try:
            library = read(path, format="bibtex")
        except PubkitError:
            continue
        once = normalize(library)
        assert normalize(once) == once, path
        # Titles keep their letters and digits but for markup of HTML; names keep every family name.
        for old, new in zip(library, once, strict=True):
            before, after = (WORDS.findall(entry.text("title")) for entry in (old, new))
            if "<" not in old.get("title", "") and "&" not in old.get("title", ""):
                assert "".join(before) == "".join(after), (path, old.key)
