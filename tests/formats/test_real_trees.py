"""Files that programs wrote in YAML, JSON and MODS: every record is read or told; pairs say what is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pubkit.api import read
from pubkit.formats.decode import decode
from pubkit.model.entry import Entry
from tests.conftest import DATA, data_path

FORMATS = DATA / "formats"


def _yaml(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  # it makes nothing but texts, lists and mappings


def _cff(text: str) -> int:
    try:
        file = _yaml(text.partition("\n...")[0])
    except yaml.YAMLError:
        return 0
    if not isinstance(file, dict) or "authors" not in file:
        return 0
    return 1 + ("preferred-citation" in file) + len(file.get("references") or ())


def _csl(text: str) -> int:
    if not text.lstrip().startswith(("[", "{")):
        return len(_yaml(text)["references"])
    items: Any = json.loads(text)
    return len(items["items"] if isinstance(items, dict) and "items" in items else items)


#: Folder → how many records a text of its has, counted without our readers.
COUNTERS: dict[str, Callable[[str], int]] = {
    "cff": _cff,
    "csl-json": _csl,
    "hayagriva": lambda text: len(_yaml(text)),
    "mods": lambda text: len(re.findall(r"<(?:mods:)?mods[\s>]", text)),
}


@pytest.mark.parametrize("folder", sorted(COUNTERS))
def test_every_record_is_read_or_told(folder: str) -> None:
    data_path(f"formats/{folder}")
    paths = [path for path in sorted((FORMATS / folder).rglob("*")) if path.suffix not in ("", ".md", ".bib")]
    assert paths
    for path in paths:
        library = read(path)
        text = decode(path.read_bytes())[0].text
        left_out = sum(found.code == "PK453" for found in library.diagnostics)
        assert len(library) + left_out == COUNTERS[folder](text), path
        if not library.entries:
            assert any(found.severity == "error" for found in library.diagnostics), path


# -- JabRef's MODS -----------------------------------------------------------------------------------

#: Fields in which we do not want what JabRef has, and why. The test fails when the list is not exact.
REASONS = {
    "journaltitle": "JabRef takes the last title of the whole, which is its abbreviation",
    "author": "JabRef takes editors for authors",
    "location": "JabRef takes the place of the copy for that of the publisher",
    "publisher": "JabRef passes over the publisher of the whole",
    "pages": "JabRef has no range where we have one, or the other way round",
    "title": "",
    "volume": "",
    "date": "",
    "doi": "",
    "isbn": "",
    "abstract": "",
    "edition": "",
}
DIFFERENT = {
    "MODSImporterTestModsCollection.xml": {
        "Mock++2003": {"journaltitle", "location", "publisher"},
        "Schewe+Soltwedel2003": {"journaltitle", "location", "publisher"},
        "Thomas+Dieckmann2003": {"author"},
    },
}


def _value(entry: Entry, field: str) -> Any:
    if field == "author":
        return [str(name) for name in entry.names("author")]
    if field == "pages":
        return str(entry.pages or "")
    return " ".join(entry.text(field).split())


def _mods() -> list[tuple[Path, Path]]:
    found = []
    for path in sorted((FORMATS / "mods").rglob("*.xml")):
        found += [(path, bib) for bib in (DATA / "bib/jabref").glob(f"org_jabref_*_{path.stem}.bib")]
    return found


@pytest.mark.parametrize(("path", "bib"), _mods(), ids=lambda path: path.name)
def test_jabrefs_pairs(path: Path, bib: Path) -> None:
    ours, theirs = read(path), read(bib)
    assert len(ours) == len(theirs)
    different: dict[str, set[str]] = {}
    for one, other in zip(ours, theirs, strict=True):
        fields = {field for field in REASONS if _value(one, field) != _value(other, field)}
        if fields:
            different[one.key or one.text("title")] = fields
            assert all(REASONS[field] for field in fields), (one, other, fields)
    assert different == DIFFERENT.get(path.name, {})
