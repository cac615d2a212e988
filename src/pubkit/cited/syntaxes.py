"""The syntaxes of manuscripts, by name and by file extension."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import PurePath

from pubkit.cited import auxiliary, markdown, org, rst, typst
from pubkit.cited.manuscript import Event
from pubkit.cited.tex import TexScanner
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.errors import UnknownFormatError
from pubkit.model.source import Document

#: Document and a list for findings → what the document says.
Scanner = Callable[[Document, list[Diagnostic]], Iterator[Event]]


def _of_text(scan: Callable[[str], Iterator[Event]]) -> Scanner:
    return lambda document, _: scan(document.text)


def _notebook(document: Document, findings: list[Diagnostic]) -> Iterator[Event]:
    """Yield what the Markdown cells of a Jupyter notebook cite."""
    try:
        cells = json.loads(document.text)["cells"]
        sources = [cell["source"] for cell in cells if cell.get("cell_type") == "markdown"]
        texts = ["".join(source) for source in sources]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"is no Jupyter notebook ({type(error).__name__}: {error})"
        findings.append(Diagnostic("PK803", message, Severity.ERROR, Location(document.name)))
        return
    at = 0
    for source, text in zip(sources, texts, strict=True):
        # A cell stands in the file as JSON strings: its first line tells where.
        first = json.dumps(source[0] if isinstance(source, list) and source else text[:40])[1:30]
        at = max(document.text.find(first, at), 0)
        for event in markdown.scan(text):
            yield event._replace(offset=at)


#: Name → a new scanner for one manuscript.
SYNTAXES: dict[str, Callable[[], Scanner]] = {
    "tex": lambda: _of_text(TexScanner()),
    "aux": lambda: _of_text(auxiliary.scan_aux),
    "bcf": lambda: auxiliary.scan_bcf,
    "markdown": lambda: _of_text(markdown.scan),
    "typst": lambda: _of_text(typst.scan),
    "rst": lambda: _of_text(rst.scan),
    "org": lambda: _of_text(org.scan),
    "notebook": lambda: _notebook,
}
_EXTENSIONS = {
    **dict.fromkeys((".tex", ".ltx", ".latex", ".sty", ".cls", ".rnw"), "tex"),
    ".aux": "aux",
    ".bcf": "bcf",
    **dict.fromkeys((".md", ".markdown", ".mdown", ".qmd", ".rmd", ".rmarkdown", ".myst"), "markdown"),
    ".typ": "typst",
    ".rst": "rst",
    ".rest": "rst",
    ".org": "org",
    ".ipynb": "notebook",
}


def syntax_of(name: str, fallback: str = "") -> str:
    """Return the syntax of a file by its name.

    Args:
        name: The file's name.
        fallback: What to return where the extension says nothing.

    Raises:
        UnknownFormatError: It says nothing, and there is no fallback.

    >>> syntax_of("thesis/main.TEX"), syntax_of("figure.pgf", "tex")
    ('tex', 'tex')
    """
    found = _EXTENSIONS.get(PurePath(name).suffix.lower(), fallback)
    if not found:
        raise UnknownFormatError(
            "the extension tells no manuscript format",
            hint=f"say which it is: {', '.join(SYNTAXES)}",
            where=name,
        )
    return found


def get_scanner(syntax: str) -> Scanner:
    """Return a new scanner.

    Raises:
        UnknownFormatError: No such syntax.
    """
    try:
        return SYNTAXES[syntax]()
    except KeyError:
        raise UnknownFormatError(
            f"no manuscript format is called {syntax!r}", hint=f"use one of: {', '.join(SYNTAXES)}"
        ) from None
