"""pandoc: a JSON filter that sets citations and the bibliography in any CSL style.

    pandoc paper.md --filter pubkit-pandoc -o paper.html

It reads `bibliography`, `csl` (or `style`), `lang` and `nocite` of the document's metadata, as pandoc's own
citeproc does, and takes any library that pubkit reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from pubkit.api import read_many
from pubkit.cite.document import CitedDocument, cite_document
from pubkit.csl.citations import Citation, Cite
from pubkit.errors import PubkitError
from pubkit.interop.markdown_cites import split_suffix
from pubkit.markup.runs import Run, runs
from pubkit.markup.tree import Rich

_WRAPPERS = {
    "italic": "Emph", "bold": "Strong", "small-caps": "SmallCaps", "underline": "Underline",
    "superscript": "Superscript", "subscript": "Subscript",
}  # fmt: skip


def main() -> int:
    """Read a pandoc document from standard input and write it to standard output."""
    try:
        document = json.load(sys.stdin)
        for message in run(document):
            print(f"pubkit-pandoc: {message}", file=sys.stderr)  # noqa: T201  # a filter's only way to speak
    except (PubkitError, json.JSONDecodeError, RecursionError) as error:
        print(f"pubkit-pandoc: {error}", file=sys.stderr)  # noqa: T201  # as above
        return 2
    json.dump(document, sys.stdout, ensure_ascii=False)
    return 0


def run(document: dict[str, Any]) -> list[str]:
    """Set the citations of a document in pandoc's JSON form, in place.

    Args:
        document: The document, as `pandoc -t json` writes it.

    Returns:
        What a person should know, such as keys that no library has.

    Raises:
        PubkitError: No library is named or can be read, there is no such style, or this is no document.
    """
    if not isinstance(document, dict) or "blocks" not in document:
        raise PubkitError("this is no pandoc document", hint="use it with pandoc --filter")
    meta = document.get("meta", {})
    nodes = list(_cites(document["blocks"]))
    nocite = [cite["citationId"] for node in _cites(meta.get("nocite")) for cite in node["c"][0]]
    if not nodes and not nocite:
        return []
    files = _texts(meta.get("bibliography"))
    if not files:
        raise PubkitError("no library is named", hint="write bibliography: refs.bib in the metadata")
    library = read_many(files)
    known = {entry.key for entry in library}
    citations = [_citation(node) for node in nodes]
    done = cite_document(
        library,
        citations,
        (_texts(meta.get("csl")) or _texts(meta.get("style")) or ["apa"])[0],
        "html",
        nocite=nocite,
        locale=next(iter(_texts(meta.get("lang"))), None),
    )
    return _fill(document, nodes, done, known)


def _fill(document: dict[str, Any], nodes: list[Any], done: CitedDocument, known: set[str]) -> list[str]:
    """Put citations and references into a document; return what is missing."""
    for node, tree in zip(nodes, done.trees, strict=True):
        if any(cite["citationId"] in known for cite in node["c"][0]):
            inlines = _inlines(tree)
            node["c"][1] = inlines if done.in_text else [{"t": "Note", "c": [{"t": "Para", "c": inlines}]}]
    references = [
        {"t": "Div", "c": [[f"ref-{key}", ["csl-entry"], []], [{"t": "Para", "c": _inlines(tree)}]]}
        for (key, _), tree in zip(done.references, done.reference_trees, strict=True)
    ]
    classes = ["references", "csl-bib-body", *(["hanging-indent"] if done.hanging else [])]
    place = next((block for block in document["blocks"] if _is_place(block)), None)
    if place is None:
        document["blocks"].append({"t": "Div", "c": [["refs", classes, []], references]})
    else:
        place["c"][0][1] = list(dict.fromkeys([*place["c"][0][1], *classes]))
        place["c"][1] = references
    return [f"no library has an entry {key!r}" for key in done.missing]


def _is_place(block: Any) -> bool:
    """Say whether a block is the `::: {#refs}` that a writer put where the references go."""
    return isinstance(block, dict) and block.get("t") == "Div" and block["c"][0][0] == "refs"


def _citation(node: Any) -> Citation:
    """Return a pandoc citation as ours; "@key says" is composite."""
    cites = tuple(
        Cite(
            cite["citationId"],
            locator=locator,
            prefix=prefix,
            suffix=suffix,
            suppress_author=cite["citationMode"]["t"] == "SuppressAuthor",
        )
        for cite in node["c"][0]
        for prefix in [_affix(cite["citationPrefix"], " ", "")]
        for locator, suffix in [split_suffix(_text(cite["citationSuffix"]))]
    )
    in_text = bool(node["c"][0]) and node["c"][0][0]["citationMode"]["t"] == "AuthorInText"
    return Citation(cites, mode="composite" if in_text else "")


def _affix(inlines: Any, behind: str, otherwise: str) -> str:
    text = _text(inlines)
    return f"{text}{behind}" if text else otherwise


def _inlines(tree: Rich) -> list[Any]:
    """Return a markup tree as pandoc inlines, so that pandoc writes it in any format."""
    return [inline for run in runs(tree) for inline in _inline(run)]


def _inline(run: Run) -> Iterator[Any]:
    inlines: list[Any] = []
    for number, word in enumerate(run.text.split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    if "mono" in run.marks:
        inlines = [{"t": "Code", "c": [["", [], []], run.text]}]
    for mark, wrapper in _WRAPPERS.items():
        if mark in run.marks:
            inlines = [{"t": wrapper, "c": inlines}]
    if run.url:
        inlines = [{"t": "Link", "c": [["", [], []], inlines, [run.url, ""]]}]
    yield from inlines
    if run.part == "label":
        yield {"t": "Space"}


def _cites(node: Any) -> Iterator[Any]:
    """Yield the citations in a part of a document, in order; those in notes too."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(reversed(part))
        elif isinstance(part, dict):
            if part.get("t") == "Cite":
                yield part
            else:
                stack.extend(reversed([value for value in part.values() if isinstance(value, list | dict)]))


def _texts(value: Any) -> list[str]:
    """Return a metadata value as texts: one, or a list of them."""
    if not isinstance(value, dict):
        return []
    if value.get("t") == "MetaList":
        return [text for part in value["c"] for text in _texts(part)]
    if value.get("t") == "MetaString":
        return [value["c"]]
    text = _text(value.get("c"))
    return [text] if text else []


def _text(node: Any) -> str:
    """Return the plain text of pandoc inlines."""
    parts = []
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(reversed(part))
        elif isinstance(part, dict):
            if part.get("t") == "Str":
                parts.append(part["c"])
            elif part.get("t") in ("Space", "SoftBreak", "LineBreak"):
                parts.append(" ")
            elif part.get("t") in ("Code", "Math"):
                parts.append(part["c"][1])
            else:
                stack.append(part.get("c"))
    return "".join(parts).strip()
