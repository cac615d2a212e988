"""The writers by the names that `to=` and `--to` take."""

from __future__ import annotations

from collections.abc import Callable

from pubkit.markup import html, markdown, org, plain, rst, rtf, typst
from pubkit.markup.latex import document
from pubkit.markup.tree import Rich

WRITERS: dict[str, Callable[[Rich], str]] = {
    "text": plain.write,
    "html": html.write,
    "markdown": markdown.write,
    "latex": document.write,
    "rtf": rtf.write,
    "typst": typst.write,
    "rst": rst.write,
    "org": org.write,
}
