"""Writing back: only what was changed changes."""

from __future__ import annotations

import difflib

import pytest

from pubkit.errors import DuplicateKeyError, WriteError
from pubkit.formats.bibtex import read_bibtex, write_bibtex
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document

TEXT = """\
% My papers

@string{tug = "TUGboat"}

@Article{knuth,
    Author  = "Donald E. Knuth",
    Title   = {The {\\TeX}book},
    Journal = tug # {!},
    Year    = 1986, Month = sep,
    Pages   = {1-2}
}

@comment{between}
@book{lamport,
  title = {LaTeX}, publisher={Addison Wesley}, year = "1994"}

@online{web, title = {T}, date = {2020-05-17}}
"""


def read(text: str) -> Library:
    return read_bibtex(Document("my.bib", text))


def changed(library: Library, key: str, **fields: str | None) -> Library:
    return library.with_entries(e.replace(**fields) if e.key == key else e for e in library)


def diff(after: str) -> list[str]:
    rows = difflib.unified_diff(TEXT.splitlines(), after.splitlines(), lineterm="", n=0)
    return [row for row in rows if row[0] in "+-" and row[:3] not in ("+++", "---")]


def preserve(library: Library) -> str:
    after = write_bibtex(library, layout="preserve")
    assert {e.key: e for e in read(after)} == {e.key: e for e in library}
    return after


def test_nothing_changed() -> None:
    assert preserve(read(TEXT)) == TEXT


def test_one_value() -> None:
    assert diff(preserve(changed(read(TEXT), "knuth", pages="1--2"))) == [
        "-    Pages   = {1-2}",
        "+    pages   = {1--2}",
    ]


def test_a_date_in_parts() -> None:
    after = preserve(changed(read(TEXT), "knuth", date="1987-10"))
    assert diff(after) == [
        "-    Year    = 1986, Month = sep,",
        "+    year    = {1987},",
        "+    month   = oct,",
    ]


def test_a_new_field_and_one_less() -> None:
    after = preserve(changed(read(TEXT), "knuth", doi="10.1/x", pages=None))
    assert "    Journal = tug # {!},\n" in after
    assert "doi     = {10.1/x}\n}" in after
    assert "Pages" not in after


def test_the_dialect_of_each_entry_stays() -> None:
    library = changed(changed(read(TEXT), "web", date="2021"), "lamport", journaltitle="J")
    after = preserve(library)
    assert "@online{web, title = {T}, date = {2021}}" in after
    assert "journal = {J}" in after


def test_key_and_type() -> None:
    library = read(TEXT)
    library = library.with_entries(
        e.replace(key="lamport94", type="manual") if e.key == "lamport" else e for e in library
    )
    assert '@manual{lamport94,\n  title = {LaTeX}, publisher={Addison Wesley}, year = "1994"}' in preserve(
        library
    )


def test_removed_and_added() -> None:
    library = read(TEXT).select(lambda entry: entry.key != "lamport")
    library = library.with_entries([*library, Entry("book", "new", {"title": "N", "date": "2000"})])
    after = preserve(library)
    assert "lamport" not in after
    assert after.startswith(TEXT[: TEXT.index("@book")])
    assert after.endswith("}}\n\n@book{new,\n    title = {N},\n    year  = {2000}\n}\n")


def test_line_ends_of_the_file() -> None:
    library = read(TEXT.replace("\n", "\r\n"))
    library = library.with_entries([*library, Entry("book", "new", {"title": "N"})])
    after = write_bibtex(library, layout="preserve")
    assert "\n" not in after.replace("\r\n", "")


def test_an_entry_that_was_broken_is_written_anew() -> None:
    text = "@misc{a,\n  title = {A {B},\n  note = {N}\n}\n% end\n"
    library = changed(read(text), "a", note="M")
    assert preserve(library) == "@misc{a,\n  title = {A B},\n  note  = {M},\n}\n% end\n"


def test_duplicates_stay_until_touched() -> None:
    library = read("@misc{a, title = {A}}\n@misc{a, title = {B}}\n@misc{c, title = {C}}\n")
    assert write_bibtex(library, layout="preserve") == library.document.text  # type: ignore[union-attr]
    write_bibtex(changed(library, "c", note="x"), layout="preserve")
    with pytest.raises(DuplicateKeyError):
        write_bibtex(changed(library, "a", note="x"), layout="preserve")


def test_libraries_joined() -> None:
    one = read('@string{a = "x"}\n@misc{k, note = a}\n')
    two = read('@string{b = "y"}\n@comment{c}\n@preamble{"p"}\n@misc{l, note = b # b}\n')
    for layout in ("preserve", "tidy"):
        after = write_bibtex(one + two, layout=layout)
        assert after.index("@string{b") < after.index("@misc{l")
        assert "note = b # b" in after
        again = read(after)
        assert again.strings == {"a": "x", "b": "y"}
        assert again.comments == ("c",)
        assert again.preamble == ("p",)
        assert [entry["note"] for entry in again] == ["x", "yy"]


def test_preserve_without_a_document() -> None:
    assert (
        write_bibtex(Library((Entry("misc", "a", {"note": "n"}),)), layout="preserve")
        == "@misc{a,\n  note = {n},\n}\n"
    )


def test_unknown_layout() -> None:
    with pytest.raises(WriteError, match="layout"):
        write_bibtex(Library(), layout="pretty")  # type: ignore[arg-type]


def test_each_finding_is_reported_once() -> None:
    library = changed(read(TEXT), "knuth", date="1986/1987")
    report: list = []
    after = write_bibtex(library, layout="preserve", report=report)
    assert [found.code for found in report] == ["PK404"]
    assert read(after)["knuth"]["date"] == "1986/1987"
