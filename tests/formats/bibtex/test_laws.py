"""Laws: reading never fails, loses no character, and what is written is read back."""

from __future__ import annotations

import re
import time
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubkit.crosswalks.bibtex import to_biblatex
from pubkit.crosswalks.bibtex_tables import words
from pubkit.errors import PubkitError
from pubkit.formats.bibtex import read_bibtex, write_bibtex
from pubkit.formats.bibtex.braces import is_balanced
from pubkit.formats.bibtex.values import clean
from pubkit.formats.decode import decode, encode
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.conftest import DATA, data_path

PIECES = st.sampled_from(
    [
        "@",
        "@article{",
        "@book(",
        "@string{",
        "@comment{",
        "@preamble{",
        "k,",
        "a",
        " title ",
        "=",
        "{",
        "}",
        '"',
        "#",
        ",",
        "\n",
        "\r",
        " ",
        "x",
        "1998",
        "\\",
        "%",
        "{T}",
        '"T"',
        "year = 1998",
        "title = {A {B} C},\n",
        "}\n\n",
        ")",
        "jan",
        "é",
        "\xa0",
        "\x00",
        "month",
        "@a.b{c,",
        "% ",
        "\n@misc{m,\n  title = {T}\n}\n",
        "abstract = {\n\n",
    ]
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


def read(text: str) -> Library:
    return read_bibtex(Document("", text))


def check_blocks(library: Library, text: str) -> None:
    """Every character is in one block; each entry starts where a block does."""
    end = 0
    for block in library.blocks:
        assert block.start == end
        assert block.end > block.start
        end = block.end
    assert end == len(text)
    starts = [block.start for block in library.blocks if block.kind == "entry"]
    assert starts == [entry.source.start for entry in library if entry.source]
    assert all(entry.source and entry.source.raw.startswith("@") for entry in library)


@given(SOUP)
@settings(max_examples=250)
def test_any_text(text: str) -> None:
    library = read(text)
    check_blocks(library, text)
    assert write_bibtex(library, layout="preserve") == text


@given(SOUP | st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_written_tidy_is_read_back(text: str) -> None:
    library = read(text)
    first: dict[str, Entry] = {entry.key: entry for entry in reversed(library.entries) if entry.key}
    library = library.with_entries(reversed(first.values()))
    for dialect in ("bibtex", "biblatex"):
        try:
            written = write_bibtex(library, dialect=dialect)
        except PubkitError:
            continue
        again = {entry.key: entry for entry in read(written)}
        assert {key: again[key] for key in first} == first


@given(st.binary(max_size=300) | SOUP.map(lambda text: text.encode("utf-16")))
@settings(max_examples=200)
def test_any_bytes(data: bytes) -> None:
    try:
        document, _ = decode(data)
        library = read_bibtex(document)
    except PubkitError:
        return
    assert encode(document, write_bibtex(library, layout="preserve")) == data


NAMES = st.sampled_from(
    words(
        "author editor title subtitle booktitle journaltitle date year month pages volume number note "
        "abstract annotation url doi file eprint eprinttype institution location publisher type keywords "
        "x-y langid pubstate"
    )
)
TYPES = st.sampled_from(
    words("article book inbook thesis report online misc inproceedings collection software foo")
)
TEXTS = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["A", "{B}", "\\'e", "é", " ", "  ", "\n", "\n\n", "@misc{k,", "}", "{", "\\", "%", "#", '"', "1998"]
    )
    | st.sampled_from(["x" * 20, "and", ",", "\\{", "\\}", "$x$", "~", "2020-05", "jan", "\t", "\u00a0"]),
    max_size=12,
).map("".join)
KEYS = st.text("abcXYZ019:/._+-é'", min_size=1, max_size=6)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Libraries of entries as readers give them: BibLaTeX names, values as reading leaves them."""
    entries = []
    for key in draw(st.lists(KEYS, unique=True, max_size=4)):
        fields = draw(st.dictionaries(NAMES, TEXTS, max_size=8))
        kind, fields, _ = to_biblatex(
            draw(TYPES), {name: clean(name, value) for name, value in fields.items()}
        )
        kind, fields, _ = to_biblatex(kind, fields)
        entries.append(Entry(kind, key, fields))
    return Library(tuple(entries))


@given(
    libraries(),
    st.sampled_from(["bibtex", "biblatex"]),
    st.sampled_from([0, 60]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=150)
def test_what_is_written_is_read(
    library: Library, dialect: str, width: int, align: bool, comma: bool
) -> None:
    written = write_bibtex(library, dialect=dialect, width=width, align=align, trailing_comma=comma)
    again = read(written)
    assert [entry.key for entry in again] == [entry.key for entry in library]
    for before, after in zip(library, again, strict=True):
        if all(is_balanced(value) for value in before.values()):
            assert after == before
        assert after.keys() == before.keys()
    assert (
        write_bibtex(Library(again.entries), dialect=dialect, width=width, align=align, trailing_comma=comma)
        == written
    )


_LIGATURES = re.compile("[\ufb00-\ufb06]")


@given(libraries(), st.sampled_from(["bibtex", "biblatex"]))
@settings(max_examples=100)
def test_ascii_says_the_same(library: Library, dialect: str) -> None:
    simple = re.compile(r"[\w\s.,:-]*")
    again = read(write_bibtex(library, dialect=dialect, ascii=True))
    for before, after in zip(library, again, strict=True):
        for name in ("title", "note", "publisher"):
            if name in before and simple.fullmatch(before[name]) and before[name].isprintable():
                assert after.text(name) == _LIGATURES.sub(
                    lambda found: normalize("NFKC", found[0]), before.text(name)
                )  # LaTeX makes its own


def bib_files() -> list:
    return sorted([*(DATA / "bib").rglob("*.bib"), *(DATA / "lists").glob("*.bib")])


HEAD = re.compile(r"^[ \t]*@\s*([\w-]+)\s*[{(]", re.MULTILINE)
# Files whose heads this simple expression does not count as BibTeX does.
UNCOUNTED = {
    "org_jabref_logic_importer_encodingWithoutNewline.bib": "blocks stand behind others in one line",
    "org_jabref_logic_importer_fileformat_MarcXmlParserTestNotes.bib": "its only head has no bracket",
}


@pytest.mark.parametrize("name", ["bib", "lists"])
def test_real_files(name: str) -> None:
    data_path(name)
    counted = 0
    for path in bib_files():
        data = path.read_bytes()
        document, _ = decode(data, path.name)
        library = read_bibtex(document)
        check_blocks(library, document.text)
        assert encode(document, write_bibtex(library, layout="preserve")) == data, path
        lines = document.text.replace("\r\n", "\n").replace("\r", "\n")
        # A comment in braces hides what is in it.
        for block in library.blocks:
            if block.kind == "comment":
                lines = lines.replace(document.text[block.start : block.end].replace("\r\n", "\n"), "")
        heads = [
            kind for kind in HEAD.findall(lines) if kind.lower() not in ("comment", "string", "preamble")
        ]
        read_or_said = len(library) + sum(block.kind == "failed" for block in library.blocks)
        assert (read_or_said == len(heads)) is (path.name not in UNCOUNTED), path
        counted += len(library)
    assert counted > 1000


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_real_files_written_tidy(dialect: str) -> None:
    data_path("bib")
    for path in bib_files():
        document, _ = decode(path.read_bytes(), path.name)
        library = read_bibtex(document)
        first = {entry.key: entry for entry in reversed(library.entries) if entry.key}
        library = library.with_entries(reversed(first.values()))
        again = read(write_bibtex(library, dialect=dialect))
        assert {key: again[key] for key in first} == first, path


N = 4_000
HOSTILE = {
    "one unclosed brace": "@article{a, title = {" + "x" * 1_000_000,
    "deep": "@article{a, title = " + "{" * N + "x" + "}" * N + "}",
    "open braces": "@article{a, title = " + "{" * 200_000,
    "closing braces": "@article{a, title = {x" + "}" * 200_000,
    "at signs": "@" * 1_000_000,
    "hashes": "#" * 1_000_000,
    "quotes": '"' * 1_000_000,
    "at signs in a value": "@article{a, b=" + "@" * 1_000_000,
    "hashes in a value": "@article{a, b=" + "x#" * 100_000,
    "quotes in a value": "@article{a, b=" + '"' * 1_000_000,
    "heads": "@article{" * N,
    "small entries in a line": "@a{b}" * N,
    "unclosed values": "@article{a, title={x,\n" * N,
    "values closed far away": "\n@a{b,c={" * N + "}" * N + "x",
    "values closed by swallowed entries": "\n@a{b,c={" * N + "}\n@book{k,x={y}}" + "},d=1" * N,
    "unclosed quotes": '\n@a{b,c="' * N,
    "quotes closed by braces": '\n@a{b,c="' * N + "}" * N,
    "new lines": "@a{b," + "\n" * 1_000_000,
    "new lines before =": "@a{b,x" + "\n" * 1_000_000 + "=",
    "commas": "@a{b" + "," * 200_000,
    "equals signs": "@a{b," + "a=" * 200_000,
    "percent signs": "@a{b," + "%\n" * N,
    "comments": "@comment{" * N,
    "at and space": ("@" + " " * 100) * N,
    "backslashes": "@a{b,c={" + "\\" * 1_000_000 + "}}",
    "parentheses": "@a(" * N,
    "many fields": "@a{b," + "".join(f"f{n}={{x}},\n" for n in range(N)) + "}",
    "missing commas": "@a{b," + "x={y}\n" * N,
    "closing lines": "@a{b,c={\n}\n" * N,
    "boundaries": "@a{b,c={\nx=1" * N,
    "braces in junk": "@a{b," + "{x}" * N,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    library = read(text)
    assert time.process_time() - start < 15, "quadratic: linear takes about a second"
    assert write_bibtex(library, layout="preserve") == text


BROKEN = st.sampled_from(
    [
        "@article{K,\n  title = {A {B}},\n  year = 1998\n}",
        "@article{K,\n  title = {A {B},\n  year = 1998\n}",
        "@article{K,\n  title = {A} B},\n  year = 1998\n}",
        "@article{K,\n  title = {A}},\n  year = 1998\n}",
        '@article{K,\n  title = "A,\n  year = "1998"\n}',
        "@article{K,\n  title = {A},\n  year = 1998\n",
        "@article{K,\n  title = {A\n",
        "@article{K\n  title = {A}\n  year = 1998\n}",
        "@article{K,, title = {A},, year = 1998,,}",
        "@article{K, file = {C:\\x\\}, year = 1998}",
        "@article(K, title = {A)}, year = 1998)",
        "@article{some words}",
        "@article{",
        "@foo-bar{K, title = A # B}",
    ]
)


@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "\u2003"])
def test_a_field_behind_a_brace_too_many_is_read(space: str) -> None:
    library = read(f"@misc{{a, title = {{T}}}}{space}year = {{2000}}}}")
    assert library[0].fields == {"title": "T", "date": "2000"}
    assert [found.code for found in library.diagnostics] == ["PK205", "PK203"]


@given(st.lists(BROKEN, max_size=6))
@settings(max_examples=300)
def test_each_head_is_an_entry_or_said_to_have_failed(parts: list[str]) -> None:
    text = "\n\n".join(part.replace("K", f"k{number}") for number, part in enumerate(parts))
    library = read(text)
    assert len(library) + sum(block.kind == "failed" for block in library.blocks) == len(parts)
    for number, part in enumerate(parts):
        if "K" in part and "year" in part and f"k{number}" in library:
            assert library[f"k{number}"].year == 1998 or part.count('"') == 3
