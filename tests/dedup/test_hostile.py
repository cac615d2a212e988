"""Lists that nobody should have: bounded time, nothing lost."""

from __future__ import annotations

import pytest

from pubkit.dedupe import dedupe
from pubkit.model.entry import Entry
from pubkit.model.library import Library


def listed(fields: list[dict[str, str]]) -> Library:
    return Library(tuple(Entry("article", str(number), found) for number, found in enumerate(fields)))


HOSTILE = {
    "nothing said": [{} for _ in range(300)],
    "no titles": [{"author": f"Wu{n}, T.", "date": "2020"} for n in range(300)],
    "titles of signs": [
        {"title": sign} for sign in ("...", "???", "--", "\u200b", "\x00", "💥", " ", "{}", "nan")
    ],
    "one title": [{"title": "Editorial", "date": str(1700 + n)} for n in range(2000)],
    "one title, one year": [{"title": "Editorial", "date": "2020", "pages": str(n)} for n in range(2000)],
    "a huge title": [{"title": "bee " * 250_000}, {"title": "bee " * 250_000}],
    "a huge word": [{"title": "b" * 1_000_000}, {"title": "b" * 999_999}],
    "many authors": [{"title": "On Bees", "author": " and ".join(f"Wu{n}, T." for n in range(100_000))}] * 2,
    "one block": [
        {"title": f"Bees dance {n}", "author": "Wu, T.", "date": "2020", "pages": "1"} for n in range(2000)
    ],
    "one place": [{"volume": "1", "pages": "1", "date": "2020", "title": f"Bee {n}"} for n in range(2000)],
    "one DOI": [{"doi": "10.1000/1", "title": f"Bee number {n} of the hive"} for n in range(1000)],
    "brackets": [
        {"title": "[" * 5000},
        {"title": "(" * 5000 + "vol 1"},
        {"title": "{" * 900},
        {"title": "<a" * 900},
    ],
    "NaN": [{"title": "NaN", "author": "nan", "date": "nan", "volume": "NaN", "pages": "nan"}] * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_lost(name):
    library = listed(HOSTILE[name])
    result = dedupe(library)
    assert len(result.library) + len(result.removed) == len(library)


def codes(library: Library) -> list[str]:
    return [found.code for found in dedupe(library).library.diagnostics if found.code >= "PK603"]


def test_what_is_left_out_is_told():
    assert codes(listed([{"title": "bee " * 250_000, "author": "Wu, T."}])) == ["PK603"]
    assert codes(
        listed([{"title": "Bees", "author": " and ".join(f"Wu{n}, T." for n in range(2_000_000))}])
    ) == ["PK604"]
    assert codes(
        listed([{"title": "Editorial", "date": str(1000 + n % 900), "pages": str(n)} for n in range(10_000)])
    ) == ["PK605"]
    assert codes(listed([{"title": "On Bees", "author": "Wu, T. and others"}])) == []


def test_empty_entries_stay():
    library = Library(
        (Entry("misc"), Entry("misc", "a"), Entry("article", "b", {"title": " ", "author": ""}))
    )
    assert len(dedupe(library).library) + len(dedupe(library).removed) == 3


def test_all_identical():
    library = listed([{"title": "On the Dances of Honey Bees", "author": "Wu, T.", "date": "2020"}] * 1000)
    assert len(dedupe(library).library) == 1
