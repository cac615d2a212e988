"""Entries and libraries as a user could have them, for the laws of interchange."""

from __future__ import annotations

from hypothesis import strategies as st

from pubkit.model.entry import Entry
from pubkit.model.library import Library

KEYS = st.text("abcXYZ019:_-.+/é", min_size=1, max_size=8)
WORDS = st.sampled_from(
    [
        "On",
        "the",
        "{DNA}",
        r"\emph{x}",
        "100\\%",
        "a & b",
        r"{\"O}zg{\"u}r",
        "Gödel",
        "$x^2$",
        "C#",
        "“quoted”",
        "1--3",
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
NAMES = st.lists(
    st.sampled_from(
        [
            "Knuth, Donald E.",
            "Donald E. Knuth",
            "{Barnes and Noble}",
            "de la Fontaine, Jean",
            "King, Jr., Martin Luther",
            r"{\"O}zge Aks{\i}n",
            "Ludwig van Beethoven",
            "others",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" and ".join)
DATES = st.sampled_from(
    [
        "1986",
        "1986-01",
        "1986-01-31",
        "1986/1990",
        "1986-09/1986-10",
        "1986-21",
        "1986~",
        "1986-01-01/1986-02-01",
        "in press",
    ]
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "subtitle": TEXT,
        "author": NAMES,
        "editor": NAMES,
        "journaltitle": TEXT,
        "booktitle": TEXT,
        "date": DATES,
        "location": TEXT,
        "institution": TEXT,
        "number": TEXT,
        "issue": TEXT,
        "note": TEXT,
        "type": st.sampled_from(["phdthesis", "mathesis", "Habilitation", "techreport"]),
        "url": st.just("https://example.org/a_b%20c~d"),
        "doi": st.just("10.1000/a_b(1)"),
        "eprint": st.just("2501.00001"),
        "eprinttype": st.just("arxiv"),
        "x-own": TEXT,
    },
)
TYPES = st.sampled_from(
    ["article", "book", "online", "inproceedings", "thesis", "report", "misc", "dataset", "own"]
)
ENTRIES = st.builds(Entry, TYPES, KEYS, FIELDS)
LIBRARIES = st.builds(
    Library,
    st.lists(ENTRIES, max_size=6).map(tuple),
    strings=st.dictionaries(st.text("abc", min_size=1, max_size=3), TEXT, max_size=2),
    preamble=st.lists(st.sampled_from([r"\newcommand{\x}[1]{#1}", "text"]), max_size=2).map(tuple),
    comments=st.lists(st.sampled_from(["hello", "a {b} c"]), max_size=2).map(tuple),
)
