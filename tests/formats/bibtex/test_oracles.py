"""bibtexparser and pybtex as a second and third opinion, over real files.

They read values raw, and so do we here: from the parser below the dialect. Where they differ, the file is
listed in `known_differences.toml` with the reason; the list fails in both directions.
"""

from __future__ import annotations

import logging
import tomllib
import warnings
from pathlib import Path

import pytest

from pubkit.formats.bibtex import grammar
from pubkit.formats.bibtex.entryparser import EntryParser
from pubkit.formats.bibtex.reader import read_bibtex
from pubkit.formats.bibtex.values import expand
from pubkit.formats.decode import decode
from pubkit.model.months import MONTH_MACROS
from pubkit.model.source import Document
from tests.conftest import DATA, data_path

KNOWN = tomllib.loads((Path(__file__).parent / "known_differences.toml").read_text(encoding="utf-8"))
Records = dict[str, dict[str, str]]


def squeezed(value: str) -> str:
    return " ".join(value.split())


def ours(document: Document) -> Records:
    """Key → raw fields of the first entry of that key."""
    library = read_bibtex(document)
    parser, made = EntryParser(document.text), {}
    for block in library.blocks:
        if block.kind != "entry":
            continue
        head = grammar.HEAD.match(document.text, block.start)
        if head is None:  # a damaged one, which no other reader takes for an entry
            assert grammar.BROKEN_HEAD.match(document.text, block.start)
            continue
        raw = parser.entry(head)
        fields: dict[str, str] = {}
        for field in raw.fields:
            macros = {**dict(zip(MONTH_MACROS, MONTH_MACROS, strict=True)), **library.strings}
            fields.setdefault(field.name, squeezed("".join(expand(field.pieces, macros)[0])))
        made.setdefault(raw.key, fields)
    return made


def by_bibtexparser(text: str) -> Records:
    import bibtexparser

    logging.disable(logging.CRITICAL)
    try:
        library = bibtexparser.parse_string(text)
    finally:
        logging.disable(logging.NOTSET)
    return {
        entry.key: {field.key.lower(): squeezed(str(field.value)) for field in reversed(entry.fields)}
        for entry in reversed(library.entries)
    }


def by_pybtex(text: str) -> Records:
    import pybtex.errors
    from pybtex.database.input.bibtex import Parser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pybtex.errors.set_strict_mode(False)
        parser = Parser(person_fields=[], macros=dict(zip(MONTH_MACROS, MONTH_MACROS, strict=True)))
        with pybtex.errors.capture():
            found = parser.parse_string(text)
    return {
        key: {name.lower(): squeezed(value) for name, value in entry.fields.items()}
        for key, entry in found.entries.items()
    }


def differences(oracle: str, read: object) -> dict[str, str]:
    """Return file → first difference, for the files where two readers do not agree."""
    found: dict[str, str] = {}
    for path in sorted([*(DATA / "bib").rglob("*.bib"), *(DATA / "lists").glob("*.bib")]):
        document, _ = decode(path.read_bytes(), path.name)
        mine = ours(document)
        theirs = read(document.text)  # type: ignore[operator]
        mine.pop("", None)
        theirs.pop("", None)
        if oracle == "pybtex":
            theirs = {key: value for key, value in theirs.items() if not key.startswith("unnamed-")}
        if mine.keys() != theirs.keys():
            found[path.name] = f"keys: only ours {sorted(mine.keys() - theirs.keys())[:3]}, "
            found[path.name] += f"only theirs {sorted(theirs.keys() - mine.keys())[:3]}"
            continue
        for key, fields in mine.items():
            if fields != theirs[key]:
                names = {n for n in fields.keys() | theirs[key].keys() if fields.get(n) != theirs[key].get(n)}
                name = sorted(names)[0]
                found[path.name] = (
                    f"{key}.{name}: ours {fields.get(name)!r}, theirs {theirs[key].get(name)!r}"[:300]
                )
                break
    return found


@pytest.mark.parametrize(("oracle", "read"), [("bibtexparser", by_bibtexparser), ("pybtex", by_pybtex)])
def test_other_readers_agree(oracle: str, read: object) -> None:
    data_path("bib")
    found = differences(oracle, read)
    unexpected = {name: what for name, what in found.items() if name not in KNOWN[oracle]}
    assert not unexpected, "\n".join(f"{name}: {what}" for name, what in unexpected.items())
    stale = KNOWN[oracle].keys() - found.keys()
    assert not stale, f"these agree now; take them off the list: {sorted(stale)}"
