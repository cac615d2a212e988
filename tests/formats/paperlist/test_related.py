"""Two venues for one paper: the first is the entry's, the other one stands in `extra["related"]`."""

from __future__ import annotations

import pytest

import pubkit as pk

LIST = """
# Publications

- D. Ewe and B. Ram. **Pastures deserve more proofs.** *Journal of Grazing* 48(1), 1-9, 2014.{}
- D. Ewe. **Goats and graphs of the hill.** *Conference on Goats*, 2020.
- D. Ewe. **Straw in the wind of change.** *Conference on Straw*, 2022.
"""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            " An earlier version appeared in Workshop on Fields, pages 3-9, 2013.",
            ("inproceedings", {"booktitle": "Workshop on Fields", "pages": "3--9", "date": "2013"}),
        ),
        (
            " Also in Annals of Hay 3(2), 5-19, 2022.",
            ("article", {"journaltitle": "Annals of Hay", "volume": "3", "number": "2", "pages": "5--19"}),
        ),
        (
            " Journal version: Journal of Straw 5, 1-20, 2023.",
            ("article", {"journaltitle": "Journal of Straw", "volume": "5", "date": "2023"}),
        ),
    ],
)
def test_the_other_version_is_an_entry(told, expected):
    entry = pk.read_string(LIST.format(told), format="paper-list")[0]
    assert entry["journaltitle"] == "Journal of Grazing"
    assert entry["note"] == told.strip(), "what the list says is kept, too"
    (other,) = entry.extra["related"]
    kind, fields = expected
    assert other.type == kind
    assert {"title": entry["title"], "author": entry["author"], **fields}.items() <= dict(other).items()


@pytest.mark.parametrize("told", ["", " Best paper award.", " Also available as a video."])
def test_what_is_no_version_is_none(told):
    assert "related" not in pk.read_string(LIST.format(told), format="paper-list")[0].extra
