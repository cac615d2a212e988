"""Partial evaluation: a style element and an item shape become Python closures.

A shape is an item's type, the set of its non-empty variables and which of them are numeric. Conditions on
these, macros, terms and inherited options are decided here, once a shape; what stays is code that appends
runs to a list. An element that renders nothing for a shape becomes a plain status number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from pubkit.csl.runs import (
    CALLED,
    DISPLAYS,
    END,
    FULL,
    OPEN_QUOTE,
    TERM,
    Mark,
    Part,
    Renderer,
    Runs,
    format_marks,
)
from pubkit.csl.style import Style
from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context
    from pubkit.csl.locales import Locale


class Shape(NamedTuple):
    """What items have in common that render by the same program."""

    type: str
    variables: frozenset[str]
    numeric: frozenset[str]
    language: str


class Scope:
    """What is known at a place in the style while compiling.

    Attributes:
        style: The style.
        locale: The locale.
        shape: The item shape.
        area: "citation" or "bibliography".
        options: Name options inherited from `cs:style` and the area.
        delimiter: Delimiter between the children of the enclosing group or layout, for `cs:choose`.
        names: The enclosing `cs:names` when inside its `cs:substitute`, else None.
        sorting: Whether a sort key is compiled.
        annotate: Whether runs carry their variable.
        links: Whether DOI and URL become links.
        shared: What does not depend on the shape and is made once an area.
    """

    def __init__(
        self,
        style: Style,
        locale: Locale,
        shape: Shape,
        area: str,
        options: dict[str, str],
        *,
        sorting: bool = False,
        annotate: bool = False,
        links: bool = False,
        shared: dict[Any, Any] | None = None,
    ) -> None:
        self.shared: dict[Any, Any] = {} if shared is None else shared
        self.style = style
        self.locale = locale
        self.shape = shape
        self.area = area
        self.options = options
        self.sorting = sorting
        self.annotate = annotate
        self.links = links
        self.delimiter = ""
        self.names: Node | None = None
        language = shape.language or locale.lang
        self.english = language[:2].lower() == "en"

    def inside(self, *, delimiter: str = "", names: Node | None = None) -> Scope:
        """Return the scope of an element's children."""
        scope = Scope.__new__(Scope)
        scope.__dict__.update(self.__dict__)
        scope.delimiter = delimiter
        if names is not None:
            scope.names = names
        return scope


Compiler = Callable[[Node, Scope], Part]
COMPILERS: dict[str, Compiler] = {}


def compiles(tag: str) -> Callable[[Compiler], Compiler]:
    """Register the compiler of an element."""

    def register(function: Compiler) -> Compiler:
        COMPILERS[tag] = function
        return function

    return register


def compile_node(node: Node, scope: Scope) -> Part:
    """Compile one rendering element."""
    return COMPILERS[node.tag](node, scope)


def compile_children(nodes: list[Node], scope: Scope) -> tuple[list[Renderer], int]:
    """Compile elements in a row.

    Returns:
        The renderers of those that render something, and the status of those that are known not to.
    """
    renderers: list[Renderer] = []
    status = 0
    for node in nodes:
        part = COMPILERS[node.tag](node, scope)
        if isinstance(part, int):
            status |= part
        else:
            renderers.append(part)
    return renderers, status


# Renderers that always render a variable, and renderers that already follow the rule for groups: wrapping
# these in a group changes nothing, so it is left out.
_SURE = "renders_surely"
_CLOSED = "is_group"


def sure(part: Renderer) -> Renderer:
    """Mark a renderer that always renders a variable."""
    setattr(part, _SURE, True)
    return part


def is_sure(part: Part) -> bool:
    """Tell whether a renderer always renders a variable."""
    return hasattr(part, _SURE)


def like(part: Renderer, source: Renderer) -> Renderer:
    """Give a wrapper the marks of what it wraps."""
    for mark in (_SURE, _CLOSED):
        if hasattr(source, mark):
            setattr(part, mark, True)
    return part


def sequence(renderers: list[Renderer], known: int, delimiter: str) -> Part:
    """Return one renderer for several in a row, delimited."""
    if not renderers:
        return known
    if len(renderers) == 1:
        return renderers[0] if not known else _with_status(renderers[0], known)
    if not delimiter:

        def plain(ctx: Context, out: Runs) -> int:
            status = known
            for renderer in renderers:
                status |= renderer(ctx, out)
            return status

        return sure(plain) if any(map(is_sure, renderers)) else plain

    def delimited(ctx: Context, out: Runs) -> int:
        status = known
        before = start = len(out)
        for renderer in renderers:
            if before != start:
                out.append(delimiter)
                here = before + 1
            else:
                here = before
            status |= renderer(ctx, out)
            end = len(out)
            if end == here:
                if here != before:
                    out.pop()
            else:
                before = end
        return status

    return sure(delimited) if any(map(is_sure, renderers)) else delimited


def _with_status(renderer: Renderer, known: int) -> Renderer:
    return like(lambda ctx, out: renderer(ctx, out) | known, renderer)


def grouped(part: Part) -> Part:
    """Apply the rule for groups: no variable rendered where some were asked for, then no output.

    A group that stays counts as a rendered variable for the group around it.
    """
    if isinstance(part, int):
        return CALLED if part & CALLED else 0
    if is_sure(part) or hasattr(part, _CLOSED):
        return part

    def group(ctx: Context, out: Runs) -> int:
        start = len(out)
        status = part(ctx, out)
        if status & FULL:
            return status
        if status & TERM and not status & CALLED:
            return FULL
        if len(out) != start:
            del out[start:]
        return CALLED if status & CALLED else 0

    setattr(group, _CLOSED, True)
    return group


def decorate(part: Part, node: Node, scope: Scope, *, quotes: bool = False) -> Part:
    """Put formatting, quotation marks, affixes and display around what a renderer renders."""
    if isinstance(part, int):
        return part
    attrib = node.attrib
    marks: list[Mark] = []
    if not scope.sorting:
        display = DISPLAYS.get(attrib.get("display", ""))
        if quotes and attrib.get("quotes") == "true":
            marks.append(OPEN_QUOTE)
        marks.extend(format_marks(node))
    else:
        display = None
    prefix, suffix = attrib.get("prefix", ""), attrib.get("suffix", "")
    head: list[str | Mark] = []
    if display is not None:
        head.append(display)
    if prefix:
        head.append(prefix)
    head.extend(marks)
    tail: list[str | Mark] = [END] * len(marks)
    if suffix:
        tail.append(suffix)
    if display is not None:
        tail.append(END)
    return wrap(part, head, tail)


def wrap(part: Renderer, head: list[str | Mark], tail: list[str | Mark]) -> Renderer:
    """Put runs before and after what a renderer renders, if it renders anything."""
    if not head and not tail:
        return part
    if not head and len(tail) == 1:
        single = tail[0]

        def suffixed(ctx: Context, out: Runs) -> int:
            start = len(out)
            status = part(ctx, out)
            if len(out) != start:
                out.append(single)
            return status

        return like(suffixed, part)
    size = len(head)

    def wrapped(ctx: Context, out: Runs) -> int:
        start = len(out)
        out.extend(head)
        status = part(ctx, out)
        if len(out) == start + size:
            del out[start:]
        else:
            out.extend(tail)
        return status

    return like(wrapped, part)


def constant(runs: list[str | Mark], status: int) -> Part:
    """Return a renderer of fixed runs."""
    if not runs:
        return status
    if len(runs) == 1:
        single = runs[0]

        def one(ctx: Context, out: Runs) -> int:
            out.append(single)
            return status

        return one

    def many(ctx: Context, out: Runs) -> int:
        out.extend(runs)
        return status

    return many


def guard(part: Part, variable: str, scope: Scope) -> Part:
    """Suppress a variable that a substitution has rendered, and note it while one is under way."""
    if isinstance(part, int) or variable not in scope.style.substitutable:
        return part

    def guarded(ctx: Context, out: Runs) -> int:
        if ctx.suppressed and variable in ctx.suppressed:
            return CALLED
        start = len(out)
        status = part(ctx, out)
        if ctx.recorder is not None and len(out) != start:
            ctx.record(variable)
        return status

    return guarded
