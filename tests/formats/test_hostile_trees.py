"""Input that means harm: every reader of JSON, YAML and XML gives a library and a finding, in linear time."""

from __future__ import annotations

import json

import pytest

from pubkit.formats.detect import get_format
from pubkit.model.source import Document

READERS = (
    *("cff", "crossref", "csl-json", "csl-yaml", "datacite", "dblp", "hayagriva"),
    *("jats", "marcxml", "mods", "openalex", "orcid", "zotero-rdf"),
)


def _work(**parts: str) -> str:
    return json.dumps({"message": {"DOI": "10.1/a", "type": "journal-article", "title": ["T"], **parts}})


def _bomb() -> str:
    levels = zip("abcdefgh", "bcdefghi", strict=True)
    first = "a: &a {type: book, title: [x, x, x, x, x, x, x, x, x]}\n"
    return first + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in levels)


_ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "x"}">' for at in range(10))
_BOMBED = "<dblp><article key='x'><title>&e9;</title></article></dblp>"
_FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
TEXTS = {
    "blank lines": "\n" * 100_000 + "x",
    "spaces": " " * 100_000 + "x",
    "half a tag, often": _work(abstract="<annotation" * 10_000),
    "names of tags": _work(abstract="<a" + "b" * 50_000),
    "white space in a text": _work(abstract=" \n " * 30_000),
    "stars": f'references:\n- id: a\n  title: "{"*a" * 30_000}"\n',
    "brackets": '{"message":' * 20_000,
    "brackets in a record": f'{{"message": {{"items": [{"[" * 900}{"]" * 900}]}}}}',
    "a list of numbers": f"[{'1,' * 50_000}1]",
    "a fault in each record": "[" + '{"a":x},\n' * 10_000 + "]",
    "a number without end": f'{{"message": {{"DOI": {"9" * 5000}}}}}',
    "an alias, often": "a: &a {type: book, title: x}\n" + "".join(f"k{at}: *a\n" for at in range(20_000)),
    "aliases of aliases": _bomb(),
    "entities of entities": f"<!DOCTYPE dblp [{_ENTITIES}]>{_BOMBED}",
    "an entity that is a file": f"{_FILE}<mods><titleInfo><title>&x;</title></titleInfo></mods>",
    "deep elements": "<mods>" + '<relatedItem type="host">' * 3000,
    "half a pair of surrogates": 'references:\n- id: a\n  title: "\ud800x"\n',
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("what", TEXTS)
def test_harm_is_a_library_and_a_finding(name: str, what: str) -> None:
    chosen = get_format(name)
    assert chosen.read
    chosen.sniff(TEXTS[what])
    library = chosen.read(Document("x", TEXTS[what]))
    assert library.entries or library.diagnostics or what in ("blank lines", "spaces", "deep elements"), what
    assert not any(
        "root:" in value or "xxxxxxxxxxx" in value for entry in library for value in entry.values()
    )
