r"""Citations in what LaTeX writes beside a manuscript: `.aux` of BibTeX, `.bcf` of biblatex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.cited.manuscript import Event
from pubkit.diagnostics import Diagnostic
from pubkit.formats import xml
from pubkit.model.source import Document

_AUX = re.compile(
    r"\\(citation|bibdata|@input|abx@aux@cite|abx@aux@nocite|abx@aux@nociteall)\b(?:\{(\d+)\}(?=\{))?\{([^{}]*)\}"
)


def scan_aux(text: str) -> Iterator[Event]:
    """Yield what an `.aux` file says: keys, libraries, further `.aux` files."""
    for found in _AUX.finditer(text):
        command, value = found[1], found[3]
        if command == "@input":
            yield Event("include", value.strip(), found.start())
            continue
        if command == "abx@aux@nociteall":
            yield Event("all", "*", found.start())
            continue
        for name in filter(None, map(str.strip, value.split(","))):
            if command == "bibdata":
                if not name.endswith("-blx"):  # biblatex's own control file
                    resource = name if name.lower().endswith(".bib") else f"{name}.bib"
                    yield Event("resource", resource, found.start())
            else:
                yield Event("all" if name == "*" else "cite", name, found.start())
    if "\\abx@aux" in text:
        yield Event("dialect", "biblatex", 0)


def scan_bcf(document: Document, findings: list[Diagnostic]) -> Iterator[Event]:
    """Yield what biblatex tells biber in a `.bcf` file: keys and libraries; entities are not followed."""
    yield Event("dialect", "biblatex", 0)
    for element in xml.records(document, {"citekey", "datasource"}, findings):
        value = "".join(element.itertext()).strip()
        if not value:
            continue
        line = getattr(element, "sourceline", None) or 0
        offset = document.line_span(line)[0] if line else 0
        if element.tag == "datasource":
            yield Event("resource", value, offset)
        else:
            yield Event("all" if value == "*" else "cite", value, offset)
