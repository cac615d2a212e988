"""The one inline tree: what LaTeX, HTML, CSL and every output format have in common.

A piece of rich text is a tuple of strings and nodes (`Rich`). Strings are plain Unicode, never escaped;
each writer escapes for its own format. Nodes are frozen values, so trees can be shared and memoised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Emph:
    """Italic."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold."""

    children: Rich


@dataclass(frozen=True, slots=True)
class SmallCaps:
    """Small capitals."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Underline:
    """Underlined."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Sup:
    """Superscript."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Sub:
    """Subscript."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Plain:
    """Turns one property back to normal inside a node that set it (italic in italic, bold in bold …)."""

    children: Rich
    property: Literal["font-style", "font-weight", "font-variant", "text-decoration", "vertical-align"]


@dataclass(frozen=True, slots=True)
class Mono:
    """Typewriter or code."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation whose marks the writer or the style chooses. `level` 1 is the outer one."""

    children: Rich
    level: int = 1


@dataclass(frozen=True, slots=True)
class NoCase:
    """Text whose letter case must not be changed: LaTeX braces, CSL `nocase`."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Math:
    """Inline mathematics as LaTeX source, without the dollar signs."""

    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink. Writers emit only http, https and mailto targets as links."""

    children: Rich
    url: str


@dataclass(frozen=True, slots=True)
class Raw:
    """LaTeX that is not understood, kept verbatim: an unknown macro with its arguments."""

    source: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """Text that came from a CSL variable: a whole field, or one name of a name list (`index` from 0)."""

    children: Rich
    variable: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """Text that the caller wants to stand out, such as the owner's own name."""

    children: Rich


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a bibliography entry that the style places by itself (CSL `display`, second-field-align)."""

    children: Rich
    display: Literal["block", "left-margin", "right-inline", "indent"]


Node: TypeAlias = (
    Emph
    | Strong
    | SmallCaps
    | Underline
    | Sup
    | Sub
    | Plain
    | Mono
    | Quote
    | NoCase
    | Math
    | Link
    | Raw
    | Tagged
    | Highlight
    | Block
)
Inline: TypeAlias = str | Node
Rich: TypeAlias = tuple[Inline, ...]

# Readers build no deeper trees than this; what nests deeper keeps its text and loses its markup.
MAX_DEPTH = 60


def join(items: Iterable[Inline]) -> Rich:
    """Return a sequence as rich text: neighbouring strings joined, empty strings and nodes left out.

    >>> join(["a", "", "b", Emph(()), Emph(("c",))])
    ('ab', Emph(children=('c',)))
    """
    out: list[Inline] = []
    pieces: list[str] = []
    for item in items:
        if isinstance(item, str):
            pieces.append(item)
            continue
        if not (item.source if isinstance(item, Math | Raw) else item.children):
            continue
        if pieces:
            if text := "".join(pieces):
                out.append(text)
            pieces = []
        out.append(item)
    if text := "".join(pieces):
        out.append(text)
    return tuple(out)


def strings(rich: Rich) -> Iterator[str]:
    """Yield the text of a tree in reading order; mathematics and raw LaTeX as their source.

    >>> "".join(strings(("On ", Emph(("Drosophila",)), " wings")))
    'On Drosophila wings'
    """
    stack: list[Inline] = list(reversed(rich))
    while stack:  # a stack of our own: input may nest deeper than Python's
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, Math | Raw):
            yield node.source
        else:
            stack.extend(reversed(node.children))
