"""Entries that the style tests share, and a small BibTeX style."""

from __future__ import annotations

import pytest

from pubkit.model.entry import Entry
from pubkit.model.library import Library

LIST_BST = r"""
% a style that prints label, authors, title and month
ENTRY { author title month year url } { number } { label }
MACRO {jan} {"Jan."}
FUNCTION {not} { { #0 } { #1 } if$ }
FUNCTION {article} {
  "\bibitem[" cite$ * "]{" * cite$ * "} " * write$
  author empty$ { "nobody" warning$ } { author #1 "{vv~}{ll}" format.name$ write$ } if$
  ". " title * ", " * month * write$ newline$
}
FUNCTION {book} { article }
FUNCTION {misc} { article }
READ
ITERATE {call.type$}
"""


@pytest.fixture
def library() -> Library:
    return Library(
        (
            Entry(
                "article",
                "goedel1931",
                {
                    "author": r"G{\"o}del, Kurt and {Barnes and Noble}",
                    "title": r"On 100% {NP} & \emph{more} <b>",
                    "journaltitle": "Monatshefte",
                    "date": "1931-01",
                    "volume": "38",
                    "pages": "173--198",
                    "doi": "10.1007/BF01700692",
                },
            ),
            Entry(
                "book",
                "knuth1986",
                {"author": "Knuth, Donald E.", "title": "The Book", "publisher": "AW", "date": "1986"},
            ),
            Entry("misc", "lost", {"title": r"\input{/etc/passwd} $\alpha$"}),
        )
    )


@pytest.fixture
def list_bst(tmp_path):
    path = tmp_path / "list.bst"
    path.write_text(LIST_BST)
    return path
