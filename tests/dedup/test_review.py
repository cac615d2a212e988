"""Unsure pairs on the terminal and in the report: shown, asked, remembered, obeyed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.api import read_string
from pubkit.cli.review import review, screen
from pubkit.dedupe import dedupe
from pubkit.dedupe.answers import answer, read_answers, write_answers
from pubkit.dedupe.differences import differences, plain
from pubkit.dedupe.report.content import content, groups_of, restore_from_report, to_csv, to_json
from pubkit.dedupe.report.html import to_html
from pubkit.errors import ReadError

LIBRARY = """
@article{sure, title={On the Dances of Honey Bees}, author={Wu, T.}, date={2020}, journaltitle={Bees},
 volume={1}}
@article{again, title={On the dances of honey bees.}, author={Wu, Tianhao}, date={2020}, journaltitle={Bees}}
@article{bees19, title={Wings of Dragonflies: A Study}, author={Li, B. and Wu, T.}, date={2019},
 journaltitle={Wings}}
@article{bees21, title={Wings of Dragonflies: A Study}, author={Xu, C.}, date={2021}, journaltitle={Wings}}
@misc{cites, title={Something Else Entirely}, author={Xu, C.}, date={2001}, related={again}}
@article{hostile, title={<script>alert(1)</script> \\& Co}, author={Ng, D.}, date={1990}}
"""


@pytest.fixture
def library():
    return read_string(LIBRARY, format="biblatex")


def keys(groups):
    return [set(group.keys) for group in groups]


def test_an_unsure_pair_is_there(library):
    assert keys(dedupe(library, review=0.1).maybe) == [{"bees19", "bees21"}]


def test_same_merges_and_different_keeps_apart(library):
    pair = dedupe(library, review=0.1).maybe[0].entries
    merged = dedupe(library, review=0.1, answers=[answer(*pair, same=True)])
    assert {"bees19", "bees21"} in keys(merged.groups)
    assert "answered: the same" in merged.groups[-1].reasons
    apart = dedupe(library, review=0.1, answers=[answer(*pair, same=False)])
    assert apart.maybe == ()
    assert {"bees19", "bees21"} not in keys(apart.groups)


def test_different_splits_what_was_sure(library):
    one, other = library["sure"], library["again"]
    assert keys(dedupe(library).groups) == [{"sure", "again"}]
    assert dedupe(library, answers=[answer(one, other, same=False)]).groups == ()


def test_answers_of_entries_that_went_say_nothing(library):
    gone = read_string("@misc{x, title={X}} @misc{y, title={Y}}", format="biblatex")
    found = dedupe(library, answers=[answer(gone[0], gone[1], same=True)])
    assert keys(found.groups) == keys(dedupe(library).groups)


def test_entries_of_one_key_are_told_apart_by_what_they_say():
    text = "@misc{k, title={Wings of Dragonflies}} @misc{k, title={Dances of Honey Bees}}"
    library = read_string(text, format="biblatex")
    found = dedupe(library, answers=[answer(library[0], library[1], same=True)])
    assert [group.keys for group in found.groups] == [("k", "k")]


def test_a_review_remembers_and_goes_on(library, tmp_path, capsys):
    path = str(tmp_path / "answers.json")
    pairs = dedupe(library, review=0.1).maybe
    assert review(pairs, [], path, ask=iter("q").__next__) == []
    found = review(pairs, [], path, ask=iter("xs").__next__)
    assert read_answers(path) == found
    assert [given.same for given in found] == [True]
    assert review(pairs, read_answers(path), path, ask=iter("").__next__) == found
    assert "no pair is left" in capsys.readouterr().err


def test_a_review_goes_back(library, tmp_path):
    pairs = dedupe(library, review=0.1).maybe * 1
    again = review(pairs, [], str(tmp_path / "a.json"), ask=iter("bd").__next__)
    assert [given.same for given in again] == [False]


def test_the_screen_fits_and_marks(library):
    pair = dedupe(library, review=0.1).maybe[0]
    lines = list(screen(pair, 1, 1, 60))
    assert all(len(line) <= 60 for line in lines[3:-1])
    assert any("201[9]" in line and "20[2]1" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"kind": "x"}',
        '{"kind": "pubkit dedupe answers", "answers": [{"keys": ["a"]}]}',
        "[" * 99999,
    ],
)
def test_a_broken_file_of_answers(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text)
    with pytest.raises(ReadError):
        read_answers(path)


def test_answers_come_back(library, tmp_path):
    given = [answer(library[0], library[1], same=True), answer(library[2], library[3], same=False)]
    write_answers(tmp_path / "a.json", given)
    assert read_answers(tmp_path / "a.json") == given


@given(st.text(max_size=40), st.text(max_size=40))
def test_differences_lose_nothing(one, other):
    left, right = differences(one, other)
    assert (plain(left), plain(right)) == (one, other)
    assert "".join(p.text for p in left if not p.differs).lower() == "".join(
        p.text for p in right if not p.differs
    ).lower() or not (one and other)


# -- reports -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("works", [False, True])
def test_a_report_undoes_the_merge(library, works):
    result = dedupe(library, works=works)
    report = json.loads(to_json(content(result, library)))
    assert result.removed
    assert [(e.key, e.type, e.fields) for e in restore_from_report(result.library, report)] == [
        (e.key, e.type, e.fields) for e in library
    ]


def test_a_report_of_another_library_is_refused(library):
    report = content(dedupe(library), library)
    with pytest.raises(ReadError, match="no entry 'bees19'"):
        restore_from_report(library.with_entries([]), report)
    with pytest.raises(ReadError, match="what was there before"):
        restore_from_report(library, {"groups": []})


def test_csv_has_a_line_an_entry(library):
    result = dedupe(library, review=0.1)
    lines = to_csv(groups_of(content(result, library))).splitlines()
    assert len(lines) == 1 + 2 + 2
    assert lines[0].startswith("kind,group,key,kept,score,reasons")


def test_the_page_is_alone_and_escaped(library):
    hostile = library["hostile"]
    twin = hostile.replace(note='"><img src=x onerror=alert(2)>')
    both = library.with_entries([*library, twin.replace(key="twin")])
    page = to_html(groups_of(content(dedupe(both, review=0.1), both)))
    assert "<script>alert(1)" not in page
    assert "<img" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "Content-Security-Policy" in page
    assert "default-src &#39;none&#39;" in page
