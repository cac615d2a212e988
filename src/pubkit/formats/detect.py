"""Which format a text is of: by its file name, by its content, best by both."""

from __future__ import annotations

import warnings
from pathlib import PurePath
from typing import cast

from pubkit import registry
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import PluginError, UnknownFormatError
from pubkit.formats.base import Format
from pubkit.formats.decode import is_binary
from pubkit.formats.packed import plain_name
from pubkit.model.source import Document

# A content that is surely of one format wins over the file's extension.
_SURE = 0.9
# Extensions that many formats have.
_SAYS_LITTLE = frozenset(
    (".txt", ".text", ".dat", ".xml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".yaml", ".yml")
)
# Extensions that only one built-in format has: its code is loaded, not that of all.
_TELLING = {
    ".bib": "bibtex",
    ".bibtex": "bibtex",
    ".biblatex": "biblatex",
    ".cff": "cff",
    ".csljson": "csl-json",
    ".enw": "enw",
    ".nbib": "nbib",
    ".rdf": "zotero-rdf",
    ".ris": "ris",
}
# Below this a look at the content says nothing.
_UNSURE = 0.3


def get_format(name: str) -> Format:
    """Return the format of that name.

    Args:
        name: A registered name, e.g. "csl-json".

    Raises:
        UnknownFormatError: No such format; the message lists the known names.
    """
    try:
        return cast(Format, registry.load("formats", name))
    except KeyError:
        known = ", ".join(registry.names("formats"))
        raise UnknownFormatError(f"no format is called {name!r}", hint=f"use one of: {known}") from None


def formats() -> list[Format]:
    """Return all formats in the order of their names, built-in ones first.

    An installed format that cannot be loaded is left out with a warning, so that the others can be used.
    """
    found = []
    for name in registry.names("formats"):
        try:
            found.append(cast(Format, registry.load("formats", name)))
        except PluginError as error:
            if name in registry.BUILT_IN["formats"]:
                raise
            warnings.warn(str(error), stacklevel=2)
    return found


def format_of_path(path: str) -> Format | None:
    """Return the format that writes files with this extension; None where no format claims it.

    >>> format_of_path("refs.bib").name
    'bibtex'
    """
    suffix = PurePath(path).suffix.lower()
    if telling := _telling(suffix):
        return telling if telling.write else None
    return next((found for found in formats() if found.write and suffix in found.extensions), None)


def _telling(suffix: str) -> Format | None:
    """Return the format of an extension that only one format has, where no installed one may have it too."""
    name = _TELLING.get(suffix)
    if name is None or len(registry.names("formats")) > len(registry.BUILT_IN["formats"]):
        return None
    return get_format(name)


def detect(document: Document) -> Format:
    """Return the format that reads a document; `choose` without its remarks.

    Raises:
        UnknownFormatError: Neither name nor content tells.
    """
    return choose(document)[0]


def choose(document: Document) -> tuple[Format, tuple[Diagnostic, ...]]:
    """Return the format that reads a document, and what a person should know about the choice.

    The extension proposes, the content decides: a `.txt` that is BibTeX is read as BibTeX.

    Args:
        document: The decoded input; its `name` may be empty.

    Returns:
        The format; a remark where the content overruled the name, or where two formats fit as well.

    Raises:
        UnknownFormatError: Neither name nor content tells.
    """
    suffix = PurePath(plain_name(document.name)).suffix.lower()
    if (telling := _telling(suffix)) and telling.read and telling.sniff(document.text) >= _SURE:
        return telling, ()
    readers = [found for found in formats() if found.read]
    scores: dict[str, float] = {}
    by_name = [found for found in readers if suffix and suffix in found.extensions]
    for found in by_name:
        scores[found.name] = found.sniff(document.text)
    # max() keeps the first of equals, and names are sorted: the choice is the same on every machine.
    named = max(by_name, key=lambda found: scores[found.name], default=None)
    if named and scores[named.name] >= _SURE:
        return named, _rivals(document, named, by_name, scores)
    for found in readers:
        if found.name not in scores:
            scores[found.name] = found.sniff(document.text)
    by_content = max(readers, key=lambda found: scores[found.name])
    if scores[by_content.name] >= _SURE:
        remarks = _rivals(document, by_content, readers, scores)
        if named and suffix not in _SAYS_LITTLE:
            message = f"the name says {suffix}, the content is {by_content.title}; it was read as that"
            remarks = (Diagnostic("PK446", message, Severity.INFO, Location(document.name)), *remarks)
        return by_content, remarks
    if named:
        return named, ()
    if scores[by_content.name] >= _UNSURE:
        return by_content, _rivals(document, by_content, readers, scores)
    raise UnknownFormatError(
        "neither the name nor the content tells the format",
        hint=f"say which it is: {', '.join(found.name for found in readers)}",
        where=document.name,
    )


def _rivals(
    document: Document, chosen: Format, others: list[Format], scores: dict[str, float]
) -> tuple[Diagnostic, ...]:
    """Return a remark where another reader fits as well as the chosen one."""
    rivals = [
        other.name
        for other in others
        if other.read is not chosen.read and scores[other.name] >= scores[chosen.name]
    ]
    if not rivals:
        return ()
    message = f"the content may be {chosen.name} or {' or '.join(rivals)}; it was read as {chosen.name}"
    place = Location(document.name)
    return (Diagnostic("PK447", message, Severity.INFO, place, "name the format if that is wrong"),)


def detect_binary(data: bytes) -> Format | None:
    """Return the format of bytes that are no text; None where they may be text, or no format claims them."""
    if not is_binary(data):
        return None
    claims = [(found.sniff_bytes(data), found) for found in formats() if found.sniff_bytes]
    sure = [(score, found) for score, found in claims if score >= _UNSURE]
    return max(sure, key=lambda claim: claim[0])[1] if sure else None
