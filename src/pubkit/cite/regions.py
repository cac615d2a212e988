"""Regions of a document that pubkit keeps current: a marker, the list, an end marker.

    <!-- pubkit: publications style=apa group=year -->
    …
    <!-- pubkit: end -->

Everything outside of them stays as it is, byte for byte.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pubkit.errors import ParseError

# Extension of a document → output format of lists in it, and how a comment line begins and ends there.
KINDS: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(("md", "markdown", "qmd", "rmd"), ("markdown", "<!--", "-->")),
    **dict.fromkeys(("html", "htm", "xhtml"), ("html", "<!--", "-->")),
    **dict.fromkeys(("tex", "ltx", "latex"), ("latex", "%", "")),
    "rst": ("rst", "..", ""),
    "typ": ("typst", "//", ""),
    "org": ("org", "#", ""),
    "txt": ("text", "#", ""),
}
# Option of a marker → what it holds, for its error message.
OPTIONS: dict[str, str] = {
    "from": "a library beside the document",
    "style": "a style",
    "locale": "a language",
    "group": "year, type or a field",
    "sort": "year, -year, title …",
    "limit": "a number",
    "number": "forward or reverse",
    "highlight": "a name",
    "titles": "keep or sentence",
    "environment": "a LaTeX environment",
    "width": "a number",
    "type": "entry types, with commas",
    "keyword": "a keyword",
    "since": "a year",
    "until": "a year",
}


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its options, and where its content stands in the text.

    Attributes:
        options: Option → value, as written in the marker.
        start: Where the content begins, behind the line of the marker.
        end: Where it ends, before the line of the end marker.
        line: Line of the marker, from 1.
        indent: Blanks in front of the marker; the content gets them too.
    """

    options: Mapping[str, str]
    start: int
    end: int
    line: int
    indent: str


def find_regions(text: str, extension: str, name: str = "") -> list[Region]:
    r"""Return the regions of a document, in order.

    Args:
        text: The document.
        extension: Its extension, a key of `KINDS`.
        name: Its name, for error messages.

    Raises:
        ParseError: The kind of document is not known, a marker has an unknown option, or a region has no end.

    >>> text = "# CV\n<!-- pubkit: publications style=apa -->\nold\n<!-- pubkit: end -->\n"
    >>> [dict(region.options) for region in find_regions(text, "md")]
    [{'style': 'apa'}]
    """
    if extension not in KINDS:
        raise ParseError(
            f"documents of kind {extension!r} have no regions",
            hint=f"use one of {', '.join(KINDS)}",
            where=name,
        )
    _, opening, closing = KINDS[extension]
    marker = re.compile(
        rf"^([ \t]*){re.escape(opening)}[ \t]*pubkit:[ \t]*(\w+)([^\n]*?)[ \t]*{re.escape(closing)}"
        r"[ \t]*\r?$",
        re.MULTILINE,
    )
    regions: list[Region] = []
    begun: re.Match[str] | None = None
    for found in marker.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        where = f"{name}:{line}"
        if found[2] == "publications":
            if begun:
                raise ParseError(
                    "a region begins inside another", hint="end the first: pubkit: end", where=where
                )
            begun = found
        elif found[2] == "end":
            if not begun:
                raise ParseError("a region ends that did not begin", hint="remove the marker", where=where)
            first = text.count("\n", 0, begun.start()) + 1
            options = _options(begun[3], f"{name}:{first}")
            start = min(begun.end() + 1, found.start())  # behind the line break
            regions.append(Region(options, start, found.start(), first, begun[1]))
            begun = None
        else:
            raise ParseError(
                f"there is no marker {found[2]!r}", hint="it is publications or end", where=where
            )
    if begun:
        line = text.count("\n", 0, begun.start()) + 1
        hint = f"write {opening} pubkit: end {closing}".strip()
        raise ParseError("a region has no end", hint=hint, where=f"{name}:{line}")
    return regions


def replace_regions(
    text: str, regions: list[Region], content: Callable[[Region], str], *, airy: bool = False
) -> str:
    """Return a document with new content in its regions, in the line endings that it has.

    Args:
        text: The document.
        regions: Its regions, as `find_regions` returns them.
        content: Returns the new content of a region.
        airy: Set a blank line between the markers and the content, as reStructuredText wants.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    parts, done = [], 0
    for region in regions:
        lines = content(region).rstrip("\n").split("\n")
        if airy and lines != [""]:
            lines = ["", *lines, ""]
        new = newline.join(f"{region.indent}{line}" if line else "" for line in lines)
        parts += [text[done : region.start], f"{new}{newline}" if new else ""]
        done = region.end
    return "".join([*parts, text[done:]])


def _options(source: str, where: str) -> dict[str, str]:
    try:
        words = shlex.split(source)
    except ValueError as error:
        message = f"the options cannot be read ({error})"
        raise ParseError(message, hint="close the quotes", where=where) from error
    options = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or name not in OPTIONS:
            near = get_close_matches(name, OPTIONS, 1)
            hint = f"did you mean {near[0]}=…" if near else f"the options are {', '.join(OPTIONS)}"
            raise ParseError(f"there is no option {word!r}", hint=hint, where=where)
        if OPTIONS[name] in ("a number", "a year") and not value.isdecimal():
            raise ParseError(f"{word!r} is not {OPTIONS[name]}", hint="give digits", where=where)
        options[name] = value
    return options
