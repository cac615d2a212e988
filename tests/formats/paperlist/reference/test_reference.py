"""The reference reader: the styles that users meet, and laws that hold for any text."""

from __future__ import annotations

import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.formats.paperlist.reference import Marked, Reading, read_reference
from pubkit.formats.paperlist.reference.features import features
from pubkit.formats.paperlist.reference.tokens import tokenize
from pubkit.formats.paperlist.reference.values import clean
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES
from tests.cases import Case, parametrize

REFERENCE = "Doe, J., & Li, B. (2019). On lists. Journal of Lists, 12(3), 45-67. doi:10.1000/xyz"


def shown(reading: Reading) -> str:
    return "\n".join([f"@{reading.type}", *(f"{name} = {value}" for name, value in reading.fields.items())])


@parametrize("reference")
def test_reads(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(shown(read_reference(case.input)), pytestconfig)


# -- laws ----------------------------------------------------------------------------------------------

MARKS = st.lists(
    st.tuples(
        st.integers(-5, 200), st.integers(-5, 200), st.sampled_from([{"italic"}, {"bold"}, {"link"}, {"odd"}])
    )
)


@given(st.text(max_size=300))
def test_tokens_hold_all_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join("".join(tokens.texts).split()) == "".join(text.split())
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.texts


@given(st.text(max_size=300), MARKS)
def test_any_text_is_read(text: str, marks: list[tuple[int, int, set[str]]]) -> None:
    reading = read_reference(text, [Marked(start, end, frozenset(names)) for start, end, names in marks])
    assert reading.type in ENTRY_TYPES
    assert all(isinstance(value, str) and value for value in reading.fields.values())
    assert set(reading.fields) == set(reading.confidence)
    assert all(0 <= sure <= 1 for sure in reading.confidence.values())


@given(
    st.lists(
        st.sampled_from(
            ["Doe, J.", "(1999)", "“On Lists”", "J. Phys.", "12(3)", "45–67", "In", "Ed.", "10.1/x", "&"]
        )
    )
)
def test_pieces_in_any_order_are_read(pieces: list[str]) -> None:
    reading = read_reference(" ".join(pieces))
    assert isinstance(reading.entry(), Entry)


@given(st.text(alphabet="“”\"'().,;: aB", max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_same_text_same_reading() -> None:
    assert read_reference(REFERENCE) == read_reference(REFERENCE)


def test_segments_say_where_they_stand() -> None:
    text = "[12] " + REFERENCE
    reading = read_reference(text)
    assert reading.segments
    assert all(text[segment.start : segment.end] == segment.text for segment in reading.segments)


def test_what_is_not_understood_is_kept() -> None:
    remark = "Colour plates by the author's aunt"
    reading = read_reference(f"Doe, J. (1999). On lists. London: Sage, vol. 3, Part Q. {remark}.")
    held = " ".join(reading.fields.values())
    assert all(word in held for word in (*remark.split(), "Part Q"))


def test_number_of_the_list_is_no_part() -> None:
    assert read_reference("[12] " + REFERENCE).fields == read_reference(REFERENCE).fields


def test_long_text_is_cut_and_kept() -> None:
    reading = read_reference(REFERENCE + " tail" * 5000)
    assert reading.fields["note"].endswith("tail")


def test_mark_up_is_seen() -> None:
    text = "Fast lists Jane Doe 2019"
    tokens = tokenize(text)
    plain = features(tokens, text)
    marked = features(tokens, text, [Marked(0, 10, frozenset({"bold"}))])
    assert "m=bold+" in marked[0]
    assert "m=bold" in marked[1]
    assert "m=bold-" in marked[2]
    assert plain == [[one for one in row if not one.startswith("m=")] for row in marked]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", ".", "…", "“”", "()", "[1]", "1999", "10.1000/x", "https://", "等", "et al."]
)
def test_scraps(text: str) -> None:
    assert isinstance(read_reference(text), Reading)


@pytest.mark.parametrize(
    "text", ["(" * 4000, '"' * 4000, "a." * 2000, "1-" * 2000, "Doe, J., " * 500, "in " * 1500]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    read_reference(text * 20)
    assert time.process_time() - start < 3


def test_model_is_small_and_has_its_card() -> None:
    room = files("pubkit.formats.paperlist.reference")
    assert len(room.joinpath("model.crfsuite").read_bytes()) <= 5_000_000
    card = room.joinpath("MODEL.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in card
    assert "GROBID" in card
