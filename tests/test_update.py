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


CODE = {
    "md": [
        "```markdown\n{}\n```",
        "~~~\n```\n{}\n~~~",
        "- ````\n  {}\n  ```\n  ````",
        "> ```\n> x\n{}\n> ```",
    ],
    "tex": [
        "\\begin{{verbatim}}\n{}\n\\end{{verbatim}}",
        "\\begin{{lstlisting}}[x]\n{}\n\\end{{lstlisting}}",
    ],
    "rst": ["So::\n\n    {}\n\n    more\n", ".. code-block:: rst\n\n   {}\n"],
    "org": ["#+BEGIN_SRC org\n{}\n#+END_SRC"],
    "typ": ["```\n{}\n```"],
}


def region(kind):
    _, opening, closing = KINDS[kind]
    return tuple(f"{opening} pubkit: {word} {closing}".strip() for word in ("publications", "end"))


@pytest.mark.parametrize(("kind", "block"), [(kind, block) for kind in CODE for block in CODE[kind]])
def test_examples_in_code_are_left_alone(kind, block):
    begin, end = region(kind)
    indent = "    " if "    {}" in block else "   " if "   {}" in block else ""
    example = block.format(f"{begin}\n{indent}{end}")
    text = f"{example}\n\n{begin}\nold\n{end}\n\n{example}\n"
    regions = find_regions(text, kind)
    assert len(regions) == 1
    new = replace_regions(text, regions, lambda _: "NEW")
    assert new == text.replace("old", "NEW")
    assert "no region" not in new


def test_code_within_a_region_hides_nothing(tmp_path):
    """An unclosed fence between the markers is replaced like all else there."""
    file = tmp_path / "cv.md"
    file.write_text("<!-- pubkit: publications -->\n```\n<!-- pubkit: end -->\n")
    assert pk.update(file, LIBRARY).regions == 1
    assert "```" not in file.read_text()


def test_a_note_in_rst_is_no_code():
    text = ".. note::\n\n   .. pubkit: publications\n   .. pubkit: end\n"
    assert [found.indent for found in find_regions(text, "rst")] == ["   "]


def test_each_region_keeps_its_line_endings_and_the_mark_at_the_beginning(tmp_path):
    file = tmp_path / "cv.md"
    begin, end = region("md")
    file.write_bytes(f"\ufeff{begin}\r\n{end}\r\nA\n{begin}\n{end}".encode())
    pk.update(file, LIBRARY)
    item = "- Okafor, A. (2021). *Atlas*."
    assert file.read_bytes().decode() == (
        f"\ufeff{begin}\r\n\r\n{item}\r\n\r\n{end}\r\nA\n{begin}\n\n{item}\n\n{end}"
    )
    assert not pk.update(file, LIBRARY).changed


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- pubkit: publications\nstyle=apa -->\n<!-- pubkit: end -->", "does not stand in one line"),
        ("<!-- pubkit: publications --> x\n<!-- pubkit: end -->", "does not stand in one line"),
        ("<!-- pubkit: publications -->\n<!-- pubkit: publications -->", "begins inside another"),
        ("<!-- pubkit: publications -->\n<!-- pubkit: end of it -->", "takes no options"),
        ("<!-- pubkit: publications -->\n```\n<!-- pubkit: publicatons -->", "no marker 'publicatons'"),
    ],
)
def test_broken_markers_are_told(text, message):
    with pytest.raises(pk.ParseError, match=message):
        find_regions(text, "md", "cv.md")


def test_a_list_that_reads_as_a_marker_is_refused(tmp_path):
    file = tmp_path / "cv.txt"
    file.write_text("# pubkit: publications width=20\n# pubkit: end\n")
    evil = pk.Library((pk.Entry("misc", "a", {"title": "# pubkit: end", "author": "# pubkit:"}),))
    before = file.read_text()
    with pytest.raises(pk.ParseError, match=r"reads as a marker|not stand in one line|no marker"):
        pk.update(file, evil)
    assert file.read_text() == before


def test_an_empty_list_is_told(tmp_path):
    file = tmp_path / "cv.md"
    file.write_text("<!-- pubkit: publications type=articles -->\n<!-- pubkit: end -->\n")
    assert [found.code for found in pk.update(file, LIBRARY).diagnostics] == ["PK533"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.md").write_text("<!-- pubkit: publications -->\n<!-- pubkit: end -->\n")
    (tmp_path / "cv.md").symlink_to("real.md")
    pk.update(tmp_path / "cv.md", LIBRARY)
    assert (tmp_path / "cv.md").is_symlink()
    assert "Atlas" in (tmp_path / "real.md").read_text()


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
