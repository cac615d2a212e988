"""Documents with regions: nothing outside them changes, and a second run changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pubkit as pk
from pubkit.cite.regions import KINDS, find_regions, replace_regions
from pubkit.errors import ReadError

LIBRARY = pk.Library((pk.Entry("book", "a", {"author": "Okafor, Ada", "title": "Atlas", "date": "2021"}),))
OUTSIDE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40).filter(
    lambda text: "pubkit:" not in text
)


@settings(max_examples=80)
@given(st.sampled_from(sorted(KINDS)), OUTSIDE, OUTSIDE, OUTSIDE, st.sampled_from(["\n", "\r\n"]))
def test_only_regions_change(kind, before, inside, behind, newline):
    _, opening, closing = KINDS[kind]
    parts = [
        before,
        f"{opening} pubkit: publications {closing}",
        inside,
        f"{opening} pubkit: end {closing}",
        behind,
    ]
    text = newline.join(parts)
    regions = find_regions(text, kind)
    assert len(regions) == 1
    new = replace_regions(text, regions, lambda _: "NEW\nLIST\n")
    kept = newline.join(parts[:2]), newline.join(parts[3:])
    assert new == kept[0] + newline + f"NEW{newline}LIST{newline}" + kept[1]
    assert replace_regions(new, find_regions(new, kind), lambda _: "NEW\nLIST\n") == new


@given(st.text(max_size=200), st.sampled_from(sorted(KINDS)))
def test_any_text_is_read_or_told(text, kind):
    try:
        find_regions(text, kind)
    except pk.ParseError as error:
        assert "; " in str(error)


def test_bytes_outside_stay(tmp_path):
    file = tmp_path / "cv.md"
    source = "\ufeffA\tb  \r\n<!-- pubkit: publications -->\r\n<!-- pubkit: end -->\r\nno newline at the end"
    file.write_bytes(source.encode())
    assert pk.update(file, LIBRARY, write=False).changed
    assert file.read_bytes() == source.encode()
    done = pk.update(file, LIBRARY)
    assert done.changed
    assert file.read_bytes().decode() == source.replace(
        "-->\r\n<!", "-->\r\n\r\n- Okafor, A. (2021). *Atlas*.\r\n\r\n<!", 1
    )
    assert not pk.update(file, LIBRARY).changed


def test_a_document_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "cv.md"
    file.write_bytes("é".encode("latin-1"))
    with pytest.raises(ReadError, match="not UTF-8"):
        pk.update(file, LIBRARY)


def test_restructured_text_is_sound(tmp_path):
    core = pytest.importorskip("docutils.core", reason="needs docutils (comes with Sphinx)")
    file = tmp_path / "cv.rst"
    file.write_text("Title\n=====\n\n.. pubkit: publications group=year\n.. pubkit: end\n\nEnd.\n")
    pk.update(file, LIBRARY)
    core.publish_string(
        file.read_text(), writer="html5", settings_overrides={"halt_level": 2, "report_level": 2}
    )
