"""Dates: EDTF, dates as people write them, the date of an entry, and the laws."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model.dates import MONTHS, Date, entry_date, guess_date, parse_date
from pubkit.model.months import month_number
from tests.cases import Case, parametrize


def _show(date: Date | None) -> str:
    if date is None:
        return "no date"
    marks = [
        word
        for word, there in (
            ("circa", date.circa),
            ("uncertain", date.uncertain),
            ("open start", date.open_start),
            ("open end", date.open_end),
            (f"season {date.season}", date.season),
            (f"time {date.time}", date.time),
        )
        if there
    ]
    start = "-".join(map(str, date.parts))
    end = " to " + "-".join(map(str, date.end.parts)) if date.end else ""
    return f"{date} = {start}{end}" + (f" ({', '.join(marks)})" if marks else "")


def _fields(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines())


@parametrize("model/dates.txt")
def test_edtf(case: Case, pytestconfig: pytest.Config) -> None:
    shown = (f"{line}: {_show(parse_date(line))}" for line in case.input.splitlines())
    case.check("\n".join(shown), pytestconfig)


@parametrize("model/guess_date.txt")
def test_dates_in_words(case: Case, pytestconfig: pytest.Config) -> None:
    shown = (f"{line}: {_show(guess_date(line))}" for line in case.input.splitlines())
    case.check("\n".join(shown), pytestconfig)


@parametrize("model/entry_date.txt")
def test_entry_date(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(_show(entry_date(_fields(case.input))), pytestconfig)


def test_order() -> None:
    texts = [
        "-0050",
        "../1990",
        "2019/2020",
        "2020",
        "2020-01",
        "2020-21",
        "2020-05-17",
        "2020-05-18",
        "y20000",
    ]
    dates = [parse_date(text) for text in texts]
    assert sorted(dates, key=lambda date: date.sort_key()) == dates  # type: ignore[union-attr]


def test_start_of_a_range() -> None:
    date = parse_date("2019-05~/2020")
    assert date is not None
    assert date.is_range
    assert str(date.start) == "2019-05~"
    assert not date.start.is_range


@pytest.mark.parametrize("word", ["mayor", "xyz", "", "0", "13", "25", "005"])
def test_no_month(word: str) -> None:
    assert month_number(word) is None


edtf = st.text("0123456789-/.XxuT:Zy?~%+ ", max_size=24)


@given(st.one_of(st.text(), edtf))
def test_any_text_is_read_and_canonical_text_stays(text: str) -> None:
    guess_date(text)
    date = parse_date(text)
    if date is not None:
        assert parse_date(str(date)) == date
        date.sort_key()


@given(st.dates(), st.one_of(st.none(), st.dates()), st.sampled_from(["", "?", "~", "%"]))
def test_every_day_of_the_calendar(first: datetime.date, last: datetime.date | None, mark: str) -> None:
    text = first.isoformat() + mark
    if last is not None:
        text += "/" + last.isoformat()
    date = parse_date(text)
    if last is not None and last < first:
        assert date is None
    else:
        assert str(date) == text


@given(st.dictionaries(st.sampled_from(["date", "year", "month", "day"]), st.one_of(st.text(), edtf)))
def test_any_fields_are_read(fields: dict[str, str]) -> None:
    entry_date(fields)


@given(st.dates())
def test_year_month_and_day_make_a_date(day: datetime.date) -> None:
    fields = {"year": f"{day.year}", "month": MONTHS[day.month - 1], "day": f"{day.day}"}
    assert str(entry_date(fields)) == day.isoformat()


def test_hostile_input() -> None:
    for text in ("9" * 100_000, "May " * 20_000, "-" * 100_000, "1-" * 50_000):
        parse_date(text)
        guess_date(text)
        entry_date({"year": text, "month": text, "day": text})
