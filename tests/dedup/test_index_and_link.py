"""An index of entries, and finding one list's entries in another."""

from __future__ import annotations

import time

import pytest

from pubkit.dedupe import Index, link
from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Library

BEES = {"title": "On the Dances of Honey Bees", "author": "Wu, Tianhao", "date": "2021"}


def bees(key: str, **fields: str) -> Entry:
    return Entry("article", key, {**BEES, **fields})


def test_link_finds_entries_across_lists_only():
    mine = Library((bees("a"), bees("b", title="On the dances of honey bees.")))
    theirs = Library((bees("z", author="T. Wu"), bees("y", title="Wings of Dragonflies", author="Li, B.")))
    found = link(mine, theirs)
    assert [(match.entry.key, match.other.key) for match in found] == [("a", "z"), ("b", "z")]
    assert "same title" in found[0].reason


def test_link_tells_versions():
    paper = bees("a", doi="10.1000/1", journaltitle="Nature")
    preprint = bees("z", doi="10.48550/arXiv.2001.00001", journaltitle="arXiv")
    assert [match.relation for match in link(Library((paper,)), Library((preprint,)))] == ["version"]


def test_link_of_nothing():
    assert link(Library(), Library((bees("a"),))) == ()


def test_index_finds_what_was_added():
    index = Index()
    assert index.add(bees("a")) == ()
    assert index.add(bees("b", title="On the Dances of Honey Bees: Part II")) == ()
    assert [match.other.key for match in index.find(bees("c", author="T. Wu"))] == ["a"]
    assert len(index) == 2


def test_index_without_title():
    index = Index([Entry("article", "a", {"author": "Wu, T.", "date": "2021"})])
    assert index.find(Entry("article", "b", {})) == ()


def test_a_check_does_not_grow_with_the_index():
    words = ["dance", "wing", "honey", "flight", "nectar", "colony", "signal", "pollen", "swarm", "comb"]

    def made(number: int) -> Entry:
        title = " ".join(words[number // 10**place % 10] + str(number % 97) for place in range(4))
        return Entry(
            "article", str(number), {"title": title, "author": f"Author{number}, A.", "date": "2020"}
        )

    index = Index(map(made, range(5000)))
    index.find(made(77))
    start = time.process_time()
    for number in range(20):
        assert index.find(made(number))
    assert (time.process_time() - start) / 20 < 0.05


@pytest.mark.parametrize(
    "call", [lambda: Index(threshold=2), lambda: link(Library(), Library(), threshold=-1)]
)
def test_bad_threshold(call):
    with pytest.raises(PubkitError):
        call()
