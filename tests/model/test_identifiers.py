"""Identifiers: canonical forms, check digits, where they stand in an entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model.identifiers import (
    arxiv_without_version,
    find_arxiv,
    find_doi,
    isbn10,
    normalize_arxiv,
    normalize_doi,
    normalize_isbn,
    normalize_issn,
    normalize_orcid,
    normalize_pmcid,
    normalize_pmid,
)
from tests.cases import Case, parametrize

NORMALIZE = {
    "doi": normalize_doi,
    "arxiv": normalize_arxiv,
    "isbn": normalize_isbn,
    "issn": normalize_issn,
    "pmid": normalize_pmid,
    "pmcid": normalize_pmcid,
    "orcid": normalize_orcid,
}


@parametrize("model/identifiers.txt")
def test_cases(case: Case, pytestconfig: pytest.Config) -> None:
    lines = [line.partition(" ") for line in case.input.splitlines()]
    case.check("\n".join(f"{text}: {NORMALIZE[kind](text) or 'no'}" for kind, _, text in lines), pytestconfig)


@parametrize("model/find_identifiers.txt")
def test_where_they_stand(case: Case, pytestconfig: pytest.Config) -> None:
    fields = dict(line.split("=", 1) for line in case.input.splitlines())
    case.check(f"DOI {find_doi(fields) or 'none'}, arXiv {find_arxiv(fields) or 'none'}", pytestconfig)


def test_forms_of_an_isbn() -> None:
    assert isbn10("978-0-13-110362-7") == "0131103628"
    assert isbn10("979-10-90636-07-1") is None
    assert isbn10("x") is None


def test_version_of_an_arxiv_identifier() -> None:
    assert arxiv_without_version("hep-th/9901001v2") == "hep-th/9901001"


# -- laws ----------------------------------------------------------------------------------------

_identifier_text = st.text("0123456789.-/xXvVdoiarISBNPMC:()<>%{}\\_ ", max_size=30)


@pytest.mark.parametrize("kind", NORMALIZE)
@given(text=st.one_of(st.text(), _identifier_text))
def test_any_text_is_read_and_canonical_text_stays(kind: str, text: str) -> None:
    canonical = NORMALIZE[kind](text)
    if canonical is not None:
        assert NORMALIZE[kind](canonical) == canonical


@given(st.text("0123456789", min_size=9, max_size=9))
def test_an_isbn_has_one_check_digit(nine: str) -> None:
    valid = [nine + digit for digit in "0123456789X" if normalize_isbn(nine + digit)]
    assert len(valid) == 1
    whole = normalize_isbn(valid[0])
    assert whole is not None
    assert isbn10(whole) == valid[0]
    assert [whole[:12] + digit for digit in "0123456789" if normalize_isbn(whole[:12] + digit)] == [whole]


@given(st.text("0123456789", min_size=7, max_size=7))
def test_an_issn_has_one_check_digit(seven: str) -> None:
    assert len([digit for digit in "0123456789X" if normalize_issn(seven + digit)]) == 1


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_an_orcid_has_one_check_digit_and_catches_a_wrong_one(digits: str, at: int, add: int) -> None:
    valid = [digits + digit for digit in "0123456789X" if normalize_orcid(digits + digit)]
    assert len(valid) == 1
    wrong = valid[0][:at] + str((int(valid[0][at]) + add) % 10) + valid[0][at + 1 :]
    assert normalize_orcid(wrong) is None


@given(
    st.dictionaries(
        st.sampled_from(["doi", "url", "note", "eprint", "eprinttype", "journaltitle"]), st.text()
    )
)
def test_any_fields_are_searched(fields: dict[str, str]) -> None:
    find_doi(fields)
    find_arxiv(fields)


def test_hostile_input() -> None:
    for text in (
        "10.1000/" + ")" * 100_000,
        "doi:" * 50_000,
        "arxiv:" * 50_000,
        "/doi/" * 50_000,
        " " * 100_000,
        "1-" * 50_000,
    ):
        for normalize in NORMALIZE.values():
            normalize(text)
        find_doi({"url": text, "note": text})
        find_arxiv({"url": text, "note": "arxiv " + text})
