"""Which format a text is of: by its file name, by its content, best by both."""

from __future__ import annotations

import warnings
from pathlib import PurePath
from typing import cast

from pubkit import registry
from pubkit.errors import PluginError, UnknownFormatError
from pubkit.formats.base import Format
from pubkit.model.source import Document

# A content that looks surely like something else wins over the file's extension.
_SURE = 0.9
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
    return next((found for found in formats() if found.write and suffix in found.extensions), None)


def detect(document: Document) -> Format:
    """Return the format that reads a document.

    The extension proposes, the content decides: a `.txt` that is BibTeX is read as BibTeX.

    Args:
        document: The decoded input; its `name` may be empty.

    Raises:
        UnknownFormatError: Neither name nor content tells.
    """
    suffix = PurePath(document.name).suffix.lower()
    readers = [found for found in formats() if found.read]
    scores = {found.name: found.sniff(document.text) for found in readers}
    by_name = [found for found in readers if suffix and suffix in found.extensions]
    # max() keeps the first of equals, and names are sorted: the choice is the same on every machine.
    by_content = max(readers, key=lambda found: scores[found.name])
    if by_name:
        named = max(by_name, key=lambda found: scores[found.name])
        if scores[by_content.name] >= _SURE and scores[named.name] < _UNSURE:
            return by_content
        return named
    if scores[by_content.name] >= _UNSURE:
        return by_content
    raise UnknownFormatError(
        "neither the name nor the content tells the format",
        hint=f"say which it is: {', '.join(found.name for found in readers)}",
        where=document.name,
    )
