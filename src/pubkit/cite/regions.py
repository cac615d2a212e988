"""Regions of a document that pubkit keeps current: a marker, the list, an end marker.

    <!-- pubkit: publications style=apa group=year -->
    …
    <!-- pubkit: end -->

Everything outside of them stays as it is, byte for byte.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
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
        newline: How the line of the marker ends.
    """

    options: Mapping[str, str]
    start: int
    end: int
    line: int
    indent: str
    newline: str = "\n"


def find_regions(text: str, extension: str, name: str = "") -> list[Region]:
    r"""Return the regions of a document, in order.

    Args:
        text: The document.
        extension: Its extension, a key of `KINDS`.
        name: Its name, for error messages.

    Raises:
        ParseError: The kind of document is not known, a marker is broken or has an unknown option, or a
            region has no end.

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
    end_hint = f"write {opening} pubkit: end {closing}".strip()
    regions: list[Region] = []
    begun: _Marker | None = None
    for marker in _markers(text, extension):
        where = f"{name}:{marker.line}"
        if not marker.whole:
            raise ParseError(
                "a marker does not stand in one line by itself",
                hint=f"write {opening} pubkit: publications … {closing}".strip(),
                where=where,
            )
        if marker.word == "publications":
            if begun:
                raise ParseError(
                    "a region begins inside another", hint=f"end the first: {end_hint}", where=where
                )
            begun = marker
        elif marker.word == "end":
            if not begun:
                raise ParseError("a region ends that did not begin", hint="remove the marker", where=where)
            if marker.options:
                raise ParseError("the marker at the end takes no options", hint=end_hint, where=where)
            options = _options(begun.options, f"{name}:{begun.line}")
            regions.append(Region(options, begun.end, marker.start, begun.line, begun.indent, begun.newline))
            begun = None
        else:
            raise ParseError(
                f"there is no marker {marker.word!r}", hint="it is publications or end", where=where
            )
    if begun:
        raise ParseError("a region has no end", hint=end_hint, where=f"{name}:{begun.line}")
    return regions


@dataclass(frozen=True, slots=True)
class _Marker:
    """A line that is a marker, or wants to be one (`whole` is false)."""

    word: str
    options: str
    start: int
    end: int
    line: int
    indent: str
    newline: str
    whole: bool


def _markers(text: str, extension: str) -> Iterator[_Marker]:
    """Yield the markers of a document; those in blocks of code are examples.

    What stands between two markers is pubkit's own, and its blocks of code are not looked for.
    """
    _, opening, closing = KINDS[extension]
    wanted = re.compile(rf"(\ufeff?[ \t]*){re.escape(opening)}[ \t]*pubkit:")
    marker = re.compile(rf"[ \t]*(\w+)(?:[ \t]+([^\n]*?))?[ \t]*{re.escape(closing)}[ \t]*")
    code = _Code(KINDS[extension][0])
    inside = False
    at = 0
    for number, whole in enumerate(text.split("\n"), 1):
        end = min(at + len(whole) + 1, len(text))
        line = whole.removesuffix("\r")
        start = wanted.match(line)
        if (inside or not code.holds(line)) and start:
            found = marker.fullmatch(line, start.end())
            word, options = (found[1], found[2] or "") if found else ("", "")
            inside = word == "publications" or (inside and word != "end")
            newline = "\r\n" if line != whole else "\n"
            indent = start[1].removeprefix("\ufeff")
            yield _Marker(word, options.strip(), at, end, number, indent, newline, found is not None)
        at = end


class _Code:
    """Follows a document line by line, and tells which lines stand in a block of code."""

    def __init__(self, kind: str) -> None:
        self._marks = _CODE.get(kind)
        self._until: re.Pattern[str] | None = None
        self._indented = kind == "rst"  # a block ends before the first line that is indented less

    def holds(self, line: str) -> bool:
        """Whether this line, the next one of the document, stands in a block of code."""
        if self._marks is None:
            return False
        begin, end = self._marks
        if self._until is not None:
            ends = self._until.match(line) is not None
            if ends:
                self._until = None
            if not (ends and self._indented):
                return True
        if found := begin.match(line):
            self._until = re.compile(end(found[1]))
            return not self._indented
        return False


# Output format of a document → what begins a block of code there, and from its first group what ends it.
_CODE: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "markdown": (
        re.compile(r"[ \t>]*(?:[-*+][ \t]+)*(`{3,}(?=[^`]*$)|~{3,})"),
        lambda fence: rf"[ \t>]*{fence[0]}{{{len(fence)},}}[ \t]*$",
    ),
    "latex": (
        re.compile(r"[ \t]*\\begin\{(verbatim\*?|Verbatim\*?|lstlisting|minted|alltt|comment)\}"),
        lambda name: rf".*\\end\{{{re.escape(name)}\}}",
    ),
    "org": (
        re.compile(r"[ \t]*#\+begin_(src|example|export)\b", re.IGNORECASE),
        lambda name: rf"(?i)[ \t]*#\+end_{name}\b",
    ),
    "typst": (re.compile(r"[^`]*(`{3,})(?!.*`{3})"), lambda fence: rf".*{fence}"),
    "rst": (
        re.compile(r"( *)(?:(?!\.\. )\S.*::[ \t]*$|\.\. (?:code-block|code|sourcecode|parsed-literal)::)"),
        lambda indent: rf" {{0,{len(indent)}}}\S",
    ),
}


def replace_regions(
    text: str, regions: list[Region], content: Callable[[Region], str], *, airy: bool = False
) -> str:
    """Return a document with new content in its regions, in the line endings that their markers have.

    Args:
        text: The document.
        regions: Its regions, as `find_regions` returns them.
        content: Returns the new content of a region.
        airy: Set a blank line between the markers and the content, as reStructuredText wants.
    """
    parts, done = [], 0
    for region in regions:
        lines = content(region).rstrip("\n").split("\n")
        if airy and lines != [""]:
            lines = ["", *lines, ""]
        new = region.newline.join(f"{region.indent}{line}" if line else "" for line in lines)
        parts += [text[done : region.start], f"{new}{region.newline}" if new else ""]
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
