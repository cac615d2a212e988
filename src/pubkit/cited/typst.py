"""Citations in Typst: `@key`, `#cite(<key>)`; a reference to a label of the document is none.

Source: Typst's reference on `cite`, `ref`, `bibliography` and `label`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pubkit.cited.blanking import blank
from pubkit.cited.manuscript import Event

_NAME = r"[\w][\w.:-]*?(?=[.:]*(?:[^\w.:-]|\Z))"
_REFERENCE = re.compile(rf"(?<![\w\\/.])@({_NAME})")
_CITE = re.compile(rf"\bcite\(\s*(?:<({_NAME})>|label\(\s*\"([^\"]+)\"\s*\))")
_LABEL = re.compile(rf"(?<!cite\()(?<!ref\()<({_NAME})>")
_FILE = re.compile(r"\b(include|import)\s+\"([^\"\n]+\.typ)\"")
_BIBLIOGRAPHY = re.compile(r"\bbibliography\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"")
# Raw text, addresses and comments: whichever opens first. Strings are such only where code stands, which a
# scanner cannot tell from markup, so they stay.
_HIDDEN = re.compile(r"(`{3,}+)|`[^`]*+(?:`|\Z)|\bhttps?://[^\s\])>\"]+|(?<!:)//[^\n]*|\\.|(/\*)", re.DOTALL)


def scan(text: str) -> Iterator[Event]:
    """Yield what a text in Typst cites."""
    body = blank(text, _hidden(text))
    for found in _FILE.finditer(body):
        yield Event("include", found[2], found.start())
    for found in _BIBLIOGRAPHY.finditer(body):
        for name in _STRING.findall(found[1]):
            if name.lower().endswith((".bib", ".yml", ".yaml")):
                yield Event("resource", name, found.start())
        if re.search(r"\bfull:\s*true\b", found[1]):
            yield Event("all", "*", found.start())
    for found in _CITE.finditer(body):
        yield Event("cite", found[1] or found[2], found.start())
    for found in _LABEL.finditer(body):
        yield Event("label", found[1], found.start())
    for found in _REFERENCE.finditer(body):
        yield Event("cite", found[1], found.start())


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _HIDDEN.search(text, at):
        at = found.end()
        if found[1]:
            at = _raw_end(text, found[1], at)
        elif found[2]:
            at = _comment_end(text, at)
        yield found.start(), at


def _raw_end(text: str, fence: str, at: int) -> int:
    """Return the offset behind a raw block."""
    end = text.find(fence, at)
    return len(text) if end < 0 else end + len(fence)


_COMMENT_MARK = re.compile(r"/\*|\*/")


def _comment_end(text: str, at: int) -> int:
    """Return the offset behind a block comment; they nest."""
    depth = 1
    for found in _COMMENT_MARK.finditer(text, at):
        depth += 1 if found[0] == "/*" else -1
        if depth == 0:
            return found.end()
    return len(text)
