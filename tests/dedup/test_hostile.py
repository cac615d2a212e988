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
    "NaN": [{"title": "NaN", "author": "nan", "date": "nan", "volume": "NaN", "pages": "nan"}] * 3,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_lost(name):
    library = listed(HOSTILE[name])
    result = dedupe(library)
    assert len(result.library) + len(result.removed) == len(library)


def test_all_identical():
    library = listed([{"title": "On the Dances of Honey Bees", "author": "Wu, T.", "date": "2020"}] * 1000)
    assert len(dedupe(library).library) == 1
