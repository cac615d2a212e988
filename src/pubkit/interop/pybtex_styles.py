"""pybtex's Python styles: `pybtex:plain`, `alpha`, `unsrt`, `unsrtalpha`, and installed ones."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pubkit.errors import StyleError, StyleNotFoundError
from pubkit.interop.latex_values import VERBATIM
from pubkit.interop.pybtex import to_pybtex
from pubkit.interop.shield import Shield
from pubkit.markup import latex
from pubkit.markup.walk import safe_url
from pubkit.model.library import Library

_LOG = logging.getLogger("pubkit.pybtex")
# Markup → name of pybtex's backend. pybtex has no others of its own.
BACKENDS = {"text": "plaintext", "html": "html", "latex": "latex", "markdown": "markdown"}
_FALLBACK = "misc"


@dataclass(frozen=True, slots=True)
class PybtexEngine:
    """Formats a library by pybtex's Python styles, for style names `pybtex:NAME`."""

    def format_library(self, library: Library, style: str, to: str) -> str:
        r"""Return the library as a list of references.

        LaTeX in the fields is read by pubkit, so `%`, markup and mathematics come out as they should; the
        style and the layout are pybtex's own. An entry whose type the style does not know, or which lacks a
        field that the style requires, is formatted as `misc`; the log `pubkit.pybtex` tells.

        Args:
            library: The entries, all of which are cited, in order.
            style: "plain", "pybtex:plain" …
            to: "text", "html", "latex" or "markdown".

        Raises:
            StyleNotFoundError: pybtex has no such style.
            StyleError: pybtex has no such backend, or the style failed.

        >>> from pubkit.model.entry import Entry
        >>> book = Entry("book", "k", {"author": "Knuth, Donald", "title": "{TeX} & 100%", "date": "1986",
        ...     "publisher": "AW"})
        >>> print(ENGINE.format_library(Library((book,)), "plain", "text"), end="")
        [1] Donald Knuth. TeX & 100%. AW, 1986.
        """
        from pybtex.exceptions import PybtexError
        from pybtex.plugin import find_plugin

        name = style.removeprefix("pybtex:")
        if to not in BACKENDS:
            raise StyleError(
                f"pybtex's styles cannot be written as {to!r}", hint=f"use one of: {', '.join(BACKENDS)}"
            )
        if name not in style_names():
            near = get_close_matches(name, style_names(), 3)
            raise StyleNotFoundError(
                f"pybtex has no style {name!r}",
                hint=f"{'did you mean' if near else 'use one of'}: {', '.join(near or style_names())}",
            )
        shield = Shield(to)
        data = _data(library, shield)
        try:
            formatter = find_plugin("pybtex.style.formatting", name)()
            bibliography = _bibliography(formatter, data)
            backend = _backend(to)(shield)
            stream = io.StringIO()
            backend.write_to_stream(bibliography, stream)
        except PybtexError as error:
            raise StyleError(f"the style pybtex:{name} failed: {error}", hint="use another style") from error
        return shield.restore(stream.getvalue())


ENGINE = PybtexEngine()


@lru_cache(maxsize=1)
def style_names() -> tuple[str, ...]:
    """Return the names of pybtex's styles, its own and installed ones, sorted.

    >>> style_names()[:4]
    ('alpha', 'plain', 'unsrt', 'unsrtalpha')
    """
    from pybtex.plugin import enumerate_plugin_names

    return tuple(sorted(set(enumerate_plugin_names("pybtex.style.formatting"))))


def _data(library: Library, shield: Shield) -> Any:
    """Return the library for a style: text decoded, markup in the shield's marks."""
    data = to_pybtex(library, duplicates="rename")
    for record in data.entries.values():
        for name, value in list(record.fields.items()):
            if name.lower() not in VERBATIM:
                record.fields[name] = shield.put(latex.parse(value))
        for people in record.persons.values():
            for person in people:
                for part in ("first", "middle", "prelast", "last", "lineage"):
                    tokens = getattr(person, f"{part}_names")
                    tokens[:] = [shield.put(latex.parse(token)) for token in tokens]
    return data


def _bibliography(formatter: Any, data: Any) -> Any:
    """Format all entries; one that the style cannot format becomes `misc`."""
    from pybtex.style import FormattedBibliography
    from pybtex.style.template import FieldIsMissing

    entries = formatter.sort([data.entries[key] for key in data.entries])
    labels = formatter.format_labels(entries)
    formatted = []
    for label, entry in zip(labels, entries, strict=True):
        if not (
            hasattr(formatter, f"get_{entry.type}_template") or hasattr(formatter, f"format_{entry.type}")
        ):
            _LOG.warning("[%s] the style does not know the type %s; formatted as misc", entry.key, entry.type)
            entry.type = _FALLBACK
        try:
            formatted.append(formatter.format_entry(label, entry, bib_data=data))
        except FieldIsMissing as error:
            _LOG.warning("[%s] %s; formatted as misc", entry.key, error)
            entry.type = _FALLBACK
            formatted.append(formatter.format_entry(label, entry, bib_data=data))
    return FormattedBibliography(formatted, style=formatter, preamble="")


def _backend(to: str) -> Callable[[Shield], Any]:
    """Return pybtex's backend for a markup, with what it leaves unescaped made safe."""
    from pybtex.plugin import find_plugin

    base = find_plugin("pybtex.backends", BACKENDS[to])

    class Backend(base):  # type: ignore[misc,valid-type]  # pybtex has no type hints
        def __init__(self, shield: Shield) -> None:
            super().__init__("UTF-8")
            self.shield = shield

        def format_str(self, text: str) -> str:
            return self.shield.escape(text)

        def format_href(self, url: str, text: str, external: bool = False) -> str:
            address = safe_url(url)
            if address is None or not text:
                return text
            for char in "\"'<>`\\{}^()":
                address = address.replace(char, f"%{ord(char):02X}")
            return super().format_href(self.shield.url(address), text, external)  # type: ignore[no-any-return]  # pybtex has no types

        def format_protected(self, text: str) -> str:
            return f"{{{text}}}" if to == "latex" else text

        def write_entry(self, key: str, label: str, text: str) -> None:
            shown = self.shield.escape(label)
            super().write_entry(key.translate(_KEY), f"{{{shown}}}" if "]" in shown else shown, text)

        def write_prologue(self) -> None:
            if to == "html":  # a fragment, to stand in a page
                self.output("<dl>\n")
            elif list(self.formatted_bibliography):  # pybtex's LaTeX needs a longest label
                super().write_prologue()
            elif to == "latex":
                self.output("\\begin{thebibliography}{0}")

        def write_epilogue(self) -> None:
            if to == "html":
                self.output("</dl>\n")
            else:
                super().write_epilogue()

    return Backend


# A key stands in \bibitem{…} as it is; what would end or break it is left out.
_KEY = {ord(char): None for char in "{}\\%#^~\n\r"}
