"""crossref and xdata, by biblatex's table and by classic BibTeX's rule."""

from __future__ import annotations

import pytest

from pubkit.formats.bibtex import read_bibtex, resolve_inheritance
from pubkit.model.library import Library
from pubkit.model.source import Document
from tests.cases import Case, parametrize


def read(text: str) -> Library:
    return read_bibtex(Document("", text))


@parametrize("bibtex/inherit.txt")
def test_inheritance(case: Case, pytestconfig: pytest.Config) -> None:
    """Show the first entry of each input, and the findings."""
    library = resolve_inheritance(read(case.input))
    rows = [f"{name} = {value}" for name, value in sorted(library[0].items())]
    rows += [f"{found.code} [{found.location.key}] {found.message}" for found in library.diagnostics]
    case.check("\n".join(rows), pytestconfig)
    again = resolve_inheritance(library.with_entries(library))
    assert again.entries == library.entries


def test_classic_rule() -> None:
    library = read(
        "@inproceedings{a, crossref = {p}, title = {A}}\n"
        "@proceedings{p, title = {P}, booktitle = {B}, year = 1998}"
    )
    classic = resolve_inheritance(library, rule="bibtex")["a"]
    assert (classic["title"], classic["booktitle"], classic["date"]) == ("A", "B", "1998")
    library = read("@inproceedings{a, crossref = {p}}\n@proceedings{p, title = {P}}")
    assert resolve_inheritance(library, rule="bibtex")["a"]["title"] == "P"
    assert resolve_inheritance(library)["a"].get("title") is None


def test_long_chains() -> None:
    count = 20_000
    text = (
        "".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(count))
        + f"@book{{k{count}, title = {{T}}}}"
    )
    library = resolve_inheritance(read(text))
    assert library["k0"]["title"] == "T"
    assert not library.diagnostics


def test_nothing_to_do_gives_the_same_library() -> None:
    library = read("@book{a, title = {T}}")
    assert resolve_inheritance(library) is library
