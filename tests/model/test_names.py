"""Names: other projects' tables, BibTeX's own answers, our cases, and the laws."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model.names import (
    Name,
    Names,
    format_name,
    format_names,
    name_problems,
    parse_name,
    parse_names,
    parse_parts,
    split_names,
)
from tests.cases import Case, parametrize
from tests.conftest import data_path
from tests.model import bibtex_oracle as oracle

EXCEPTIONS = tomllib.loads((Path(__file__).parent / "name_exceptions.toml").read_text(encoding="utf-8"))


# -- tables of other projects --------------------------------------------------------------------


def _parts(name: str) -> list[list[str]]:
    parts = parse_parts(name)
    return [list(parts.first), list(parts.von), list(parts.last), list(parts.jr)]


def _jabref_parts(name: str) -> list[str]:
    parts = parse_parts(name)
    return [" ".join(part) for part in (parts.first, parts.von, parts.last, parts.jr)]


@pytest.mark.parametrize("table", ["pybtex-names", "bibtexparser-names"])
def test_table_of_parts(table: str) -> None:
    rows = json.loads(data_path(f"names/{table}.json").read_text(encoding="utf-8"))
    different = {
        row["name"]
        for row in rows
        if _parts(row["name"]) != [row["first"], row["von"], row["last"], row["jr"]]
    }
    assert different == set(EXCEPTIONS.get(table, {}))


def test_table_of_jabref() -> None:
    rows = json.loads(data_path("names/jabref-names.json").read_text(encoding="utf-8"))
    different = {
        row["name"]
        for row in rows
        if _jabref_parts(row["name"]) != [row[part] or "" for part in ("given", "prefix", "family", "suffix")]
    }
    assert different == set(EXCEPTIONS["jabref-names"])


def test_table_of_splits() -> None:
    rows = json.loads(data_path("names/bibtexparser-and-split.json").read_text(encoding="utf-8"))
    different = {row["input"] for row in rows if split_names(row["input"]) != row["expected"]}
    assert different == set(EXCEPTIONS.get("bibtexparser-and-split", {}))


def test_table_of_invalid_names() -> None:
    rows = json.loads(data_path("names/bibtexparser-invalid.json").read_text(encoding="utf-8"))
    for row in rows:
        assert name_problems(row["name"]), row
        parse_names(row["name"])


# -- BibTeX itself -------------------------------------------------------------------------------

RECORDED: dict[str, oracle.Answer] = json.loads(oracle.ANSWERS.read_text(encoding="utf-8"))


def test_every_author_string_has_an_answer() -> None:
    assert list(RECORDED) == oracle.read_strings()


@pytest.mark.parametrize("text", RECORDED)
def test_agrees_with_bibtex(text: str) -> None:
    if "\\~" in text:
        pytest.skip("0.99d cuts a name at the tilde of an accent; biber does not, and we do not")
    assert oracle.ours(text) == oracle.without_ties(RECORDED[text])


@pytest.mark.skipif(oracle.BIBTEX is None, reason="the program bibtex is not installed (texlive-binaries)")
def test_recorded_answers_are_bibtexs() -> None:
    texts = list(RECORDED)
    assert dict(zip(texts, oracle.ask(texts), strict=True)) == RECORDED


@pytest.mark.skipif(oracle.BIBTEX is None, reason="the program bibtex is not installed (texlive-binaries)")
def test_agrees_with_bibtex_on_real_lists() -> None:
    texts = [text for text in dict.fromkeys(oracle.collect([data_path("bib")])) if oracle.is_balanced(text)]
    answers = oracle.ask(texts)
    different = {
        text
        for text, answer in zip(texts, answers, strict=True)
        if oracle.ours(text) != oracle.without_ties(answer)
    }
    assert not {text for text in different if text.isascii()}
    # 0.99d sees no letters beyond ASCII: it takes Émile and Štěpán for particles. There we differ on purpose.
    assert len(different) <= len(texts) / 500


@pytest.mark.parametrize(("text", "latex"), EXCEPTIONS["beyond-ascii"].items())
def test_letters_beyond_ascii_have_case(text: str, latex: str) -> None:
    assert parse_names(text) == parse_names(latex)


# -- our cases -----------------------------------------------------------------------------------


def _show(names: Names) -> str:
    lines = []
    for name in names:
        parts = [
            f"{part}={value!r}"
            for part, value in (
                ("given", name.given),
                ("prefix", name.prefix),
                ("family", name.family),
                ("suffix", name.suffix),
                *name.options,
            )
            if value
        ]
        lines.append(" ".join(parts) + (" literal" if name.literal else ""))
    return "\n".join([*lines, "others"] if names.others else lines)


@parametrize("model/names.txt")
def test_parse_cases(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(_show(parse_names(case.input)), pytestconfig)


@parametrize("model/name_problems.txt")
def test_problem_cases(case: Case, pytestconfig: pytest.Config) -> None:
    case.check("\n".join(name_problems(case.input)), pytestconfig)


@parametrize("model/format_names.txt")
def test_format_cases(case: Case, pytestconfig: pytest.Config) -> None:
    names = [Name(**_read_parts(line)) for line in case.input.splitlines()]
    case.check(format_names(names), pytestconfig)


def _read_parts(line: str) -> dict[str, Any]:
    """Read `family=…|given=…|literal`."""
    values: dict[str, Any] = {}
    for piece in line.split("|"):
        key, _, value = piece.partition("=")
        if key == "literal":
            values[key] = True
        elif key in ("family", "given", "prefix", "suffix"):
            values[key] = value
        else:
            values["options"] = (*values.get("options", ()), (key, value))
    return values


def test_names_is_a_sequence() -> None:
    names = parse_names("A. One and B. Two and others")
    assert len(names) == 2
    assert [name.family for name in names] == ["One", "Two"]
    assert names[0].given == "A."
    assert [name.given for name in names[1:]] == ["B."]
    assert names.others
    assert not parse_names("")


# -- laws ----------------------------------------------------------------------------------------

# Text of the stuff that names are made of, so that braces, commas and macros meet often.
stuff = st.lists(
    st.sampled_from(
        ["a", "B", "De", "van", " ", " ", " and ", "and", "others", ",", "-", "~", "{", "}", "\\", "\\o",
         '{\\"o}', "{\\O}", "family=", "given=", "prefix=", "=", "é", "Š", "王", "\n", ".", "'", "$", "&",
         "--", "\xa0"]
    ),
    max_size=14,
).map("".join)  # fmt: skip
word = st.one_of(st.text(min_size=1, max_size=8), stuff)


@given(st.one_of(st.text(), stuff))
def test_any_text_is_read(text: str) -> None:
    parse_names(text)
    name_problems(text)
    for piece in split_names(text):
        parse_parts(piece)


@given(st.one_of(st.text(), stuff))
def test_what_was_read_is_written_and_read_again(text: str) -> None:
    names = parse_names(text)
    written = format_names(names)
    assert parse_names(written) == names, written


def _split_slowly(text: str) -> list[str]:
    """Split a name list as BibTeX's manual says it, one character after the other."""
    text = " ".join(text.split())
    names, name, depth = [], "", 0
    at = 0
    while at < len(text):
        if not depth and text[at : at + 5].lower() == " and ":
            names.append(name)
            name = ""
            at += 4  # the blank behind it may stand before the next
            continue
        name += text[at]
        depth = max(depth + (text[at] == "{") - (text[at] == "}"), 0)
        at += 1
    return [name.strip() for name in [*names, name]] if text else []


@given(st.one_of(st.text(), stuff))
def test_the_short_way_to_split_gives_the_same(text: str) -> None:
    assert split_names(text) == _split_slowly(text)


parts = st.one_of(
    st.just(""),
    st.sampled_from(
        ["Marlowe", "de", "van der", "de Geus", "al-Saleh", "d'Alché-Buc", "A. B.", "others", "Jr."]
    ),
    word,
)


@given(parts, parts, parts, parts, st.booleans())
def test_any_name_survives_writing(family: str, given_: str, prefix: str, suffix: str, literal: bool) -> None:
    name = Name(family, "", "", "", True) if literal else Name(family, given_, prefix, suffix)
    tidy = Name(
        *(" ".join(part.split()) for part in (name.family, name.given, name.prefix, name.suffix)), literal
    )
    written = format_names([name])
    assert parse_names(written).names == ((tidy,) if str(tidy) else ()), written
    other = Name("Marlowe", "Ada")
    in_list = [tidy, other, tidy] if str(tidy) else [other]
    assert list(parse_names(format_names([name, other, name], others=True))) == in_list


@given(st.lists(stuff, max_size=4), st.booleans())
def test_writing_is_idempotent(texts: list[str], others: bool) -> None:
    written = format_names([parse_name(text) for text in texts], others)
    assert format_names(parse_names(written)) == written


def test_long_and_deep_input() -> None:
    parse_names("{" * 20_000 + "a" + "}" * 20_000)
    parse_names("a and " * 20_000)
    parse_names("a-" * 100_000 + ", " * 1_000)
    parse_names("{a} " * 20_000 + "and " * 20_000)
    name_problems("b-c " * 50_000)
    assert len(parse_names(" and ".join(["A. Name"] * 3_000))) == 3_000
    format_name(Name("{" * 2_000, "}" * 2_000))
