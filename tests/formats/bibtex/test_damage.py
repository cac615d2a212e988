"""Damage by one character: every value survives in an entry, or a finding lies where it stood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pubkit.formats.bibtex import read_bibtex
from pubkit.formats.decode import decode
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.conftest import DATA, data_path

OURS = Path(__file__).with_name("undamaged.bib").read_text(encoding="utf-8").strip().split("\n\n")
MARKS = '{}",='
_NOISE = re.compile(r'[\s{}"\\,=]+')


def read(text: str) -> Library:
    return read_bibtex(Document("", text))


def bare(value: str) -> str:
    return _NOISE.sub("", value)


def shapes(library: Library) -> list[tuple[str, list[str]]]:
    """What entries hold. A character more in a value may well change what the value, or its field, is."""
    return [(entry.type + bare(entry.key), sorted(map(bare, entry.values()))) for entry in library]


def check(whole: str, damaged: str) -> None:
    """Compare what is read of a text without findings and of the same text with one character changed."""
    before, after = read(whole), read(damaged)
    if shapes(before) != shapes(after):
        assert after.diagnostics, "nothing is silent"
    kept = [bare(value) for entry in after for value in entry.values()]
    kept += [bare(value) for entry in after for _, value in entry.extra.get("repeated", ())]
    kept += [bare(value) for value in after.comments]
    lines = [found.location.line for found in after.diagnostics if found.severity != "info"]
    for entry in before:
        assert entry.source is not None
        first = entry.source.location().line
        last = first + entry.source.raw.count("\n")
        for name, value in entry.items():
            if not any(bare(value) in other for other in kept):
                assert any(first <= line <= last for line in lines), f"{name} of {entry.key} is lost"


def damages(text: str, at: int) -> list[str]:
    marks = [text[:at] + mark + text[at:] for mark in MARKS]
    return [text[:at] + text[at + 1 :], *marks] if text[at : at + 1] in MARKS else marks


@pytest.mark.parametrize("number", range(len(OURS)))
def test_each_character_of_our_own(number: int) -> None:
    text = f"{OURS[number]}\n\n{OURS[number - 1]}\n"
    assert not read(text).diagnostics
    for at in range(len(OURS[number]) + 2):
        for damaged in damages(text, at):
            check(text, damaged)


def real() -> list[str]:
    """Entries of real files that are read without a finding."""
    data_path("bib")
    found = []
    for path in sorted((DATA / "bib").rglob("*.bib")):
        entries = [entry for entry in read_bibtex(decode(path.read_bytes())[0]) if entry.source]
        raw = [entry.source.raw for entry in entries if entry.source and 2 < len(entry) < 20]
        found += [text for text in raw if len(text) < 900 and not read(text).diagnostics][:3]
    return found


@given(data=st.data())
@settings(max_examples=400)
def test_real_entries(data: st.DataObject) -> None:
    first, second = data.draw(st.lists(st.sampled_from(REAL), min_size=2, max_size=2, unique=True))
    text = f"{first}\n\n{second}\n"
    if read(text).diagnostics:
        return
    at = data.draw(
        st.integers(0, len(first) + 2) | st.sampled_from([m.start() for m in _NOISE.finditer(first)])
    )
    for damaged in damages(text, at):
        check(text, damaged)


REAL = real() if (DATA / "bib").exists() else OURS


@given(st.sampled_from(OURS), st.sampled_from(["}", "}}", "}}}", "},", ")"]), st.data())
@settings(max_examples=100)
@example("@misc{a, title={T}}", "}", None)
def test_brackets_behind_a_value(entry: str, more: str, data: st.DataObject | None) -> None:
    ends = [found.end() for found in re.finditer(r"[}\"](?=,?\s)", entry)] or [len(entry)]
    at = data.draw(st.sampled_from(ends)) if data else len(entry)
    check(entry, entry[:at] + more + entry[at:])
