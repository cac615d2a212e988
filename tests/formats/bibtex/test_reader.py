"""Reading: what comes out of well-formed and of broken files."""

from __future__ import annotations

import gc

import pytest

from pubkit.errors import LimitError
from pubkit.formats.bibtex import BIBLATEX, BIBTEX, read_bibtex
from pubkit.formats.decode import decode
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.cases import Case, parametrize


def read(text: str) -> Library:
    return read_bibtex(Document("", text))


def show(library: Library) -> str:
    """Entries, what stands around them, the blocks, and what was found."""
    rows: list[str] = []
    for entry in library:
        rows.append(f"{entry.type} {entry.key or '(no key)'}")
        rows += [f"  {name} = {value}".replace("\n", "⏎") for name, value in entry.fields.items()]
        rows += [f"  repeated {name} = {value}" for name, value in entry.extra.get("repeated", ())]
    rows += [f"string {name} = {value}" for name, value in library.strings.items()]
    rows += [f"preamble {value}" for value in library.preamble]
    rows += [f"comment {value}".replace("\n", "⏎") for value in library.comments]
    kinds = [block.kind for block in library.blocks]
    if set(kinds) - {"entry"}:
        rows.append("blocks " + " ".join(kinds))
    for found in library.diagnostics:
        place = found.location
        rows.append(
            f"{place.line}:{place.column} {found.code} {found.severity} [{place.key}] {found.message}"
        )
    return "\n".join(rows)


@parametrize("bibtex/regular.txt")
def test_regular(case: Case, pytestconfig: pytest.Config) -> None:
    case.check(show(read(case.input)), pytestconfig)


@parametrize("bibtex/broken.txt")
def test_broken(case: Case, pytestconfig: pytest.Config) -> None:
    library = read(case.input)
    case.check(show(library), pytestconfig)
    assert all(found.hint or found.severity == "info" for found in library.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a,\r\n  title = {A\r\n  B},\r\n}\r\n\r\n@misc{b,\r\n  title = {C}\r\n}\r\n",
        "@misc{a,\r  title = {A\r  B},\r}\r\r@misc{b,\r  title = {C}\r}\r",
        "@misc{a,\n  title = {A\n  B},\n}\n\n@misc{b,\n  title = {C}\n}\n",
        "@misc{a,\x0b title = {A\x0cB}\x0c}\n@misc{b,title={C}}",
        "\u00a0@misc{a,\u00a0title\u00a0=\u00a0{A B}}\u2003@misc{b, title = {C}}",
    ],
    ids=["crlf", "cr", "lf", "vertical", "unicode-spaces"],
)
def test_line_ends_and_spaces(text: str) -> None:
    library = read(text)
    assert [(entry.key, entry["title"]) for entry in library] == [("a", "A B"), ("b", "C")]
    assert not library.diagnostics


def test_spaces_that_are_text_stay() -> None:
    assert read("@misc{a, title = {A\u00a0B\u2009C}}")["a"]["title"] == "A\u00a0B\u2009C"
    assert read("@misc{a,\n title = {A\u00a0\n B}\n}")["a"]["title"] == "A\u00a0 B"


def test_nul_is_kept() -> None:
    library = read("@misc{a, title = {A\x00B}, no\x00te = {x}}")
    assert library["a"]["title"] == "A\x00B"
    assert library["a"]["no\x00te"] == "x"


def test_lines_are_counted_in_any_line_ends() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        (found,) = read(line_end.join(["@misc{a,", "  title = {A}", "  note = {N}", "}"])).diagnostics
        assert (found.location.line, found.location.column, found.location.field) == (2, 14, "title")


def test_extra_remembers_macros() -> None:
    library = read('@string{j = "TUG"}\n@article{a, journal = j # "boat", title = {T}}')
    assert set(library["a"].extra["macros"]) == {"journaltitle"}


def test_values_and_names_are_shared() -> None:
    first, second = read("@misc{a,\n title = {A}\n}\n@misc{b,\n title = {B}\n}\n")
    assert next(iter(first)) is next(iter(second))
    assert first.type is second.type


def test_the_collector_is_as_before() -> None:
    assert gc.isenabled()
    read("@misc{a, title = {A}}")
    assert gc.isenabled()
    gc.disable()
    try:
        read("@misc{a, title = {A}}")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_macros_that_explode() -> None:
    lines = ["@string{a0 = {lol}}"] + [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 80)]
    with pytest.raises(LimitError, match="macros expand"):
        read("\n".join(lines))


def test_inheritance_on_request() -> None:
    text = "@inproceedings{a, crossref = {p}}\n@proceedings{p, title = {P}}"
    assert "booktitle" not in read(text)["a"]
    assert read_bibtex(Document("", text), resolve=True)["a"]["booktitle"] == "P"


@pytest.mark.parametrize(
    ("text", "bibtex", "biblatex"),
    [
        ("@article{a, journal = {J}}", True, False),
        ("@article{a, journaltitle = {J}}", True, True),
        ("@online{a, title = {T}}", True, True),
        ("% a comment\n\n@book(k,\n title = {T})", True, False),
        ("Write to me@example.com (or call)", False, False),
        ("@media print { body { color: black } }", False, False),
        ("def f():\n    @property\n    def g(self): ...", False, False),
        ("", False, False),
    ],
)
def test_sniffing(text: str, bibtex: bool, biblatex: bool) -> None:
    assert (BIBTEX.sniff(text) >= 0.9) is bibtex
    assert (BIBLATEX.sniff(text) > BIBTEX.sniff(text)) is biblatex


def test_bytes_of_other_encodings() -> None:
    for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        document, _ = decode("@book{k,\n  author = {Gödel, Kurt},\n  title = {T},\n}\n".encode(codec))
        assert read_bibtex(document)["k"]["author"] == "Gödel, Kurt", codec
