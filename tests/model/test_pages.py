"""Page ranges: cases and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model.pages import PageRange, Pages, parse_pages
from tests.cases import Case, parametrize


def _show(pages: Pages) -> str:
    if pages.text:
        return f"{pages.text} (no pages)"
    marks = [f"{pages.count} p."] if pages.count else []
    marks += ["reversed"] if any(part.reversed for part in pages) else []
    marks += ["article number"] if pages.is_article_number else []
    return f"{pages}" + (f" ({', '.join(marks)})" if marks else "")


@parametrize("model/pages.txt")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    shown = (f"{line}: {_show(parse_pages(line))}" for line in case.input.splitlines())
    case.check("\n".join(shown), pytestconfig)


def test_ranges() -> None:
    pages = parse_pages("12-15, 20")
    assert pages.ranges == (PageRange("12", "15"), PageRange("20"))
    assert [str(part) for part in pages] == ["12--15", "20"]
    assert (len(pages), pages.first, pages.count) == (2, "12", 5)
    assert parse_pages("n/a").first == ""


page_text = st.text("0123456789ivxlcES-–—,;:+f.p& ~{}\\", max_size=20)


@given(st.one_of(st.text(), page_text))
def test_any_text_is_read_and_canonical_text_stays(source: str) -> None:
    pages = parse_pages(source)
    assert (pages.count or 0) >= 0
    if pages.ranges:
        assert parse_pages(str(pages)) == pages


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.sampled_from(["-", "--", "–", " — "]))
def test_full_numbers_are_never_changed(first: int, last: int, dash: str) -> None:
    if len(str(last)) >= len(str(first)):
        assert str(parse_pages(f"{first}{dash}{last}")) == f"{first}--{last}"


def test_hostile_input() -> None:
    for text in ("1-" * 50_000, "1," * 50_000, "a." * 50_000, "9" * 100_000, "i" * 100_000):
        parse_pages(text)
