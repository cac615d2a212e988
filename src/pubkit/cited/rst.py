"""Citations in reStructuredText: roles of sphinxcontrib-bibtex, and docutils' own `[key]_`.

Sources: sphinxcontrib-bibtex, "Roles and Directives"; docutils, "reStructuredText Markup Specification".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.cited.blanking import blank
from pubkit.cited.manuscript import Event, words

# :cite:`a,b`, :cite:p:`…`, :footcite:ts:`…`, :citet:`…`; in MyST {cite:p}`…`, {citet}`…`
_ROLE = re.compile(
    r"(?::((?:foot)?cite(?::[a-z]+)?|(?:foot)?cite[a-z]{1,12}|nocite):|\{((?:foot)?cite(?::[a-z]+)?|cite[a-z]{1,12}|nocite)\})"
    r"`([^`]+)`"
)
# {see}key{p. 3}: what stands before and behind.
_NOTE = re.compile(r"\{[^{}]*\}")
_NATIVE = re.compile(r"(?<![\w\]])\[([A-Za-z][\w.+:-]*)\]_(?!\w)")
_DEFINED = re.compile(r"^\.\.[ \t]+\[([A-Za-z][\w.+:-]*)\][ \t]", re.MULTILINE)
_LITERAL = re.compile(r"``(?:[^`\n]|\n(?!\s*\n)|`(?!`))+``")
_DIRECTIVE = re.compile(r"^([ \t]*)\.\.[ \t]+([\w:-]+)::[ \t]*(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^([ \t]*)\.\.(?=[ \t]+\S|[ \t]*$)(?![ \t]+(?:[\w:+.-]+::|_|\[|\|))", re.MULTILINE)
_LITERAL_BLOCK = re.compile(r"^([ \t]*)(?!\.\.[ \t])\S[^\n]*::[ \t]*$|^([ \t]*)::[ \t]*$", re.MULTILINE)
_CODE_DIRECTIVES = words(
    "code code-block sourcecode literalinclude highlight raw parsed-literal math prompt doctest testcode "
    "testoutput testsetup graphviz mermaid plantuml ipython jupyter-execute"
)
_BIB_DIRECTIVES = frozenset(("bibliography", "footbibliography"))
_BIB_FILES = re.compile(r"\S+\.bib\b")


def scan(text: str) -> Iterator[Event]:
    """Yield what a text in reStructuredText cites."""
    spans: list[tuple[int, int]] = []
    for found in _DIRECTIVE.finditer(text):
        name = found[2].lower()
        start, end = _block(text, found.end(), len(found[1]))
        if name in _CODE_DIRECTIVES:
            spans.append((found.start(), end))
        elif name in _BIB_DIRECTIVES:
            yield from _bibliography(found[3], text[start:end], found.start())
            spans.append((found.start(), end))
        elif name == "include" and found[3].strip():
            yield Event("include", found[3].strip(), found.start())
    for pattern in (_COMMENT, _LITERAL_BLOCK):
        for found in pattern.finditer(text):
            indent = next(group for group in found.groups() if group is not None)
            first = found.start() if pattern is _COMMENT else found.end()
            spans.append((first, _block(text, found.end(), len(indent))[1]))
    body = blank(text, sorted(spans))
    body = blank(body, (found.span() for found in _LITERAL.finditer(body)))
    yield from role_events(body)
    for found in _DEFINED.finditer(body):
        yield Event("label", found[1], found.start())
    for found in _NATIVE.finditer(body):
        yield Event("cite", found[1], found.start(), maybe=True)


def role_events(text: str) -> Iterator[Event]:
    """Yield the citations of roles, those of MyST too."""
    for found in _ROLE.finditer(text):
        for key in _NOTE.sub("", found[3]).split(","):
            name = " ".join(key.split())
            if name == "*":
                yield Event("all", "*", found.start())
            elif name:
                yield Event("cite", name, found.start())


def _bibliography(argument: str, body: str, start: int) -> Iterator[Event]:
    """Yield what a bibliography directive says: its libraries, `:all:`, and keys that it lists."""
    for found in _BIB_FILES.finditer(argument):
        yield Event("resource", found[0], start)
    for line in body.splitlines():
        option = line.strip()
        if option == ":all:":
            yield Event("all", "*", start)
        elif option and not option.startswith(":"):
            for key in option.split(","):
                if key.strip() and " " not in key.strip():
                    yield Event("cite", key.strip(), start)


def _block(text: str, at: int, indent: int) -> tuple[int, int]:
    """Return the span of the lines behind an offset that are indented deeper."""
    start = end = text.find("\n", at) + 1 or len(text)
    while end < len(text):
        stop = text.find("\n", end) + 1 or len(text)
        line = text[end:stop]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end = stop
    return start, end
