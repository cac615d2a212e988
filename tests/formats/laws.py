"""What the tests of all formats share: entries of every type with every field, samples, and the judge.

A format joins by being registered; the lists below say what it needs beside that.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hypothesis import strategies as st

from pubkit.crosswalks.forms import same_value
from pubkit.diagnostics import Diagnostic
from pubkit.formats.base import Format
from pubkit.formats.detect import formats
from pubkit.model.entry import Entry
from pubkit.model.entrytypes import ENTRY_TYPES, canonical_type
from pubkit.model.fields import BIBLATEX_FIELDS, FIELDS, datatype
from pubkit.model.library import Library
from pubkit.model.names import Name, format_names

#: One small file a format, named after it: `ris.txt`. Written by us; every byte of it is cut off in turn.
SAMPLES = Path(__file__).parent / "samples"

# Not publications by themselves, or said by another field of the table.
_NO_TYPES = {"set", "xdata", "bibnote"}
_NO_FIELDS = {"year", "month", "day", "endday", "endmonth", "crossref", "xref", "xdata", "entryset", "ids"}

TYPES = sorted(set(ENTRY_TYPES) - _NO_TYPES)
FIELD_NAMES = sorted(BIBLATEX_FIELDS - _NO_FIELDS | {"pmid", "pmcid", "affiliation", "file"})

#: A value for each datatype, and for fields that have a shape of their own.
VALUES = {
    "literal": "Some Words",
    "name-list": "Doe, Jane and de la Roe, Richard",
    "literal-list": "First House and Second House",
    "key-list": "french",
    "range": "12--34",
    "date": "2019-05-17",
    "integer": "7",
    "key": "inpress",
    "keys": "one, two words",
    "verbatim": "abc123",
    "uri": "https://example.org/a?b=c",
    "pattern": "german",
}
OWN_VALUES = {
    "abstract": "We show. It works.",
    "chapter": "3",
    "doi": "10.1234/ab.cd",
    "edition": "2",
    "editortype": "compiler",
    "editoratype": "reviser",
    "eid": "e1234",
    "eprint": "2001.00001",
    "eprinttype": "arxiv",
    "isbn": "978-0-306-40615-7",
    "issn": "0378-5955",
    "issue": "Spring",
    "number": "4",
    "options": "useprefix=true",
    "part": "2",
    "pmcid": "PMC1234567",
    "pmid": "12345678",
    "type": "resreport",
    "urldate": "2020-01-02",
    "version": "1.2",
    "volume": "11",
}


def value_of(field: str) -> str:
    """Return a value that fits a field."""
    return OWN_VALUES.get(field) or VALUES[datatype(field)]


def two_way() -> list[Format]:
    """Return the formats that are read and written."""
    return [found for found in formats() if found.read and found.write]


# -- entries of all kinds ----------------------------------------------------------------------------

_WORD = st.sampled_from(
    ["Alpha", "beta", "Über", "Ωmega", "X-ray", "O'Neil", "3D", "naïve", "中文", "and", "of"]
)
_MARKED = st.sampled_from(
    [r"\emph{E. coli}", "{DNA}", r"H\textsubscript{2}O", r"R\&D", r"50\%", "$x^2$", "a < b"]
)
_TEXT = st.lists(_WORD | _MARKED, min_size=1, max_size=5).map(" ".join)
_NAME = st.builds(
    Name,
    st.sampled_from(["Doe", "García Márquez", "O'Neil", "Smith-Jones", "Łoś", "李"]),
    st.sampled_from(["Jane", "J. A.", "Jean-Paul", ""]),
    st.sampled_from(["", "", "van der", "de"]),
    st.sampled_from(["", "", "Jr."]),
) | st.builds(
    Name, st.sampled_from(["World Health Organization", "IBM", "Simon and Schuster"]), literal=st.just(True)
)
_NAMES = st.builds(format_names, st.lists(_NAME, min_size=1, max_size=4), st.booleans())
_YEAR = st.integers(1000, 2999).map(str)
_DATE = st.one_of(
    _YEAR,
    st.builds("{}-{:02}".format, _YEAR, st.integers(1, 12)),
    st.builds("{}-{:02}-{:02}".format, _YEAR, st.integers(1, 12), st.integers(1, 28)),
    st.sampled_from(["2019/2020", "2019-05/2019-06", "1850~", "2020-21", "199X", "2020/.."]),
)
_BY_DATATYPE = {
    "literal": _TEXT,
    "name-list": _NAMES,
    "literal-list": st.lists(_TEXT.filter(lambda text: " and" not in f" {text}"), min_size=1, max_size=2).map(
        " and ".join
    ),
    "date": _DATE,
    "range": st.sampled_from(["1--10", "12", "e1234", "xi--xv", "1--5, 9--12", "12+", "S1--S9", "in press"]),
}


def _values(field: str) -> st.SearchStrategy[str]:
    return st.just(value_of(field)) | _BY_DATATYPE.get(datatype(field), st.just(value_of(field)))


@st.composite
def entries(draw: st.DrawFn, key: str = "") -> Entry:
    """Make an entry of any type, with a title and any fields."""
    names = draw(st.lists(st.sampled_from(FIELD_NAMES), max_size=8, unique=True))
    fields = {"title": draw(_TEXT), **{name: draw(_values(name)) for name in names}}
    return Entry(
        draw(st.sampled_from(TYPES)),
        key or draw(st.sampled_from(["doe2019", "Müller:2020", "a_b.c+d"])),
        fields,
    )


libraries = st.lists(entries(), min_size=1, max_size=3).map(
    lambda made: Library(tuple(entry.replace(key=f"{entry.key}{at}") for at, entry in enumerate(made)))
)


# -- the judge ---------------------------------------------------------------------------------------


def lost(before: Entry, after: Entry) -> set[str]:
    """Return what of an entry did not come back: names of fields, "type", "key"."""
    found = {
        name
        for name, source in before.items()
        if name not in after or not same_value(datatype(name), name, source, after[name])
    }
    found |= {name for name in after if name not in before}
    if canonical_type(before.type) != canonical_type(after.type):
        found.add("type")
    if before.key != after.key:
        found.add("key")
    return found


def told(report: Iterable[Diagnostic], key: str) -> set[str]:
    """Return the fields of an entry that a report names, by their place or in the message."""
    words: set[str] = set()
    for found in report:
        if found.location.key == key:
            words.add(found.location.field)
            words.update(found.message.replace(",", " ").split())
    return words & {*FIELDS, "type", "key"} | words


def listing(library: Library) -> str:
    """Return entries and findings as text, for cases."""
    lines = []
    for entry in library:
        lines.append(f"@{entry.type}{{{entry.key}}}")
        lines += [f"{name}: {source}" for name, source in entry.items()]
    return "\n".join([*lines, *(f"! {found}" for found in library.diagnostics)])
