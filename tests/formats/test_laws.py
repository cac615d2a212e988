"""Laws that hold for every format: nothing is lost unsaid, nothing crashes, a renamed file is still read."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.diagnostics import CODES, Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.decode import decode
from pubkit.formats.detect import _TELLING, detect, formats
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.formats import laws

# Formats that have no grammar to be cut in, or are tested by their own, older laws.
_OLDER = {"bibtex", "biblatex", "paper-list"}
# The same examples each time, so that a landing is not a lottery; PUBKIT_EXPLORE=1000 looks further.
EXPLORE = int(os.environ.get("PUBKIT_EXPLORE", "0"))


def examples(count: int) -> settings:
    return settings(max_examples=EXPLORE or count, derandomize=not EXPLORE)


NEW = [found for found in formats() if found.name not in _OLDER and found.read and not found.read_bytes]
TWO_WAY = [found for found in laws.two_way() if found.name not in _OLDER]


def read(chosen: Format, data: bytes | str) -> Library:
    document = Document("x", data) if isinstance(data, str) else decode(data)[0]
    assert chosen.read
    library = chosen.read(document)
    assert all(found.code in CODES for found in library.diagnostics)
    return library


def named(chosen: Format) -> str:
    return chosen.name


@pytest.mark.parametrize("chosen", TWO_WAY, ids=named)
@given(library=laws.libraries)
@examples(60)
def test_what_does_not_come_back_is_told(chosen: Format, library: Library) -> None:
    report: list[Diagnostic] = []
    assert chosen.write
    back = read(chosen, chosen.write(library, report=report))
    assert len(back) == len(library)
    for before, after in zip(library, back, strict=True):
        missed = laws.lost(before, after) - laws.told(report, before.key)
        assert not missed, (before, after, [str(found) for found in report])


@pytest.mark.parametrize("chosen", TWO_WAY, ids=named)
@given(library=laws.libraries)
@examples(40)
def test_what_came_back_comes_back_again(chosen: Format, library: Library) -> None:
    assert chosen.write
    once = read(chosen, chosen.write(library))
    twice = read(chosen, chosen.write(once))
    for before, after in zip(once, twice, strict=True):
        assert not laws.lost(before, after), (library, before, after)


@pytest.mark.parametrize("chosen", NEW, ids=named)
def test_there_is_a_sample(chosen: Format) -> None:
    library = read(chosen, sample(chosen))
    assert len(library) >= 2
    assert all(entry.get("title") for entry in library)


@pytest.mark.parametrize("chosen", NEW, ids=named)
@pytest.mark.parametrize("name", ["", "x", "x.txt", "x.bin", "x.bib"])
def test_a_renamed_file_is_still_read(chosen: Format, name: str) -> None:
    found = detect(Document(name, decode(sample(chosen))[0].text))
    assert found.read is chosen.read, (found.name, name)


@pytest.mark.parametrize("chosen", NEW, ids=named)
def test_a_file_cut_off_at_any_byte_is_read_so_far(chosen: Format) -> None:
    data = sample(chosen)
    whole = read(chosen, data)
    most = 0
    for end in range(len(data)):
        library = read(chosen, data[:end])
        assert len(library) <= len(whole), end
        if library.entries or end < len(data) // 4:
            # A record that was whole before the cut is there, but for formats that need their end.
            most = max(most, len(library))
        else:
            assert library.diagnostics, end
    assert most >= len(whole) - 1


@pytest.mark.parametrize("chosen", NEW, ids=named)
@given(data=st.data())
@examples(60)
def test_any_text_is_a_library(chosen: Format, data: st.DataObject) -> None:
    text = decode(sample(chosen))[0].text
    pieces = st.lists(
        st.sampled_from(text.splitlines(keepends=True)) | st.text(max_size=20), max_size=20
    ).map("".join)
    read(chosen, data.draw(pieces | st.text(max_size=60)))


@pytest.mark.parametrize("chosen", NEW, ids=named)
@given(data=st.binary(max_size=80), at=st.integers(0, 10_000))
@examples(60)
def test_a_few_wrong_bytes_are_no_crash(chosen: Format, data: bytes, at: int) -> None:
    whole = sample(chosen)
    at %= len(whole)
    document = Document("x", (whole[:at] + data + whole[at:]).decode("latin-1"))
    assert chosen.read
    chosen.read(document)


def sample(chosen: Format) -> bytes:
    path = laws.SAMPLES / f"{chosen.name}.txt"
    assert path.exists(), f"write a small sample of two records or more: {path}"
    return path.read_bytes()


def test_extensions_that_tell_a_format_are_of_no_other() -> None:
    for suffix, name in _TELLING.items():
        assert [found.name for found in formats() if suffix in found.extensions] == [name]
