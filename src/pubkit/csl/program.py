"""The compiled programs of one area of a style (its citation or its bibliography), one per item shape."""

from __future__ import annotations

from collections.abc import Iterable

from pubkit.csl.compile import Scope, Shape, compile_children, sequence
from pubkit.csl.context import Context
from pubkit.csl.items import Item
from pubkit.csl.locales import Locale
from pubkit.csl.name_options import inherited_options
from pubkit.csl.numbers import is_numeric
from pubkit.csl.runs import ATOM, CLOSE, DISPLAY, DISPLAYS, END, Mark, Part, Run, Runs, format_marks
from pubkit.csl.style import Style
from pubkit.csl.xml import Node

# Element modules register their compilers when imported.
from pubkit.csl import choose, dates, group, labels, names, numbers, text  # noqa: F401  # isort: skip

_MAX_PROGRAMS = 4000


class Programs:
    """Layout of one area, compiled for each item shape when it first occurs.

    Attributes:
        node: The `cs:citation` or `cs:bibliography` element.
        layout: Its `cs:layout`.
    """

    def __init__(
        self,
        style: Style,
        node: Node,
        locale: Locale,
        *,
        annotate: bool = False,
        links: bool = False,
        collation: str = "table",
    ) -> None:
        layout = node.find("layout") or node  # that there is one was checked with the style
        self.style = style
        self.node = node
        self.layout = layout
        self.locale = locale
        self.annotate = annotate
        self.links = links
        self.collation = collation
        self.options = inherited_options(style.root, node)
        self.numeric_tests = frozenset(
            name for below in style.root.iter() for name in below.attrib.get("is-numeric", "").split()
        )
        self.aligned = node.get("second-field-align")
        marks = format_marks(layout)
        self.prefix: tuple[Run, ...] = tuple(filter(None, (layout.get("prefix"),)))
        self.suffix: tuple[Run, ...] = tuple(filter(None, (layout.get("suffix"),)))
        self.marks: tuple[Mark, ...] = marks
        self.tail: tuple[Run, ...] = (END,) * len(marks)
        self._programs: dict[Shape, Part] = {}
        self._shared: dict[object, object] = {}

    def shape(self, item: Item) -> Shape:
        """Return an item's shape; it is the same in all areas of a style."""
        if item.shape is not None:
            return item.shape  # type: ignore[no-any-return]  # Item.shape is Any
        numeric = frozenset(
            name for name in self.numeric_tests if name in item.texts and is_numeric(item.text(name))
        )
        shape = Shape(item.type, item.variables, numeric, item.language)
        item.shape = self.style.shapes.setdefault(shape, shape)
        return item.shape  # type: ignore[no-any-return]  # Item.shape is Any

    def scope(self, shape: Shape, *, sorting: bool = False) -> Scope:
        """Return the scope that compiling for a shape starts in."""
        return Scope(
            self.style, self.locale, shape, self.node.tag, self.options,
            sorting=sorting, annotate=self.annotate, links=self.links, shared=self._shared,
        )  # fmt: skip

    def program(self, item: Item) -> Part:
        """Return the program for an item."""
        shape = item.shape or self.shape(item)
        program = self._programs.get(shape)
        if program is None:
            if len(self._programs) >= _MAX_PROGRAMS:
                self._programs.clear()
            program = self._programs[shape] = self._compile(shape)
        return program

    def render(self, ctx: Context) -> Runs:
        """Render an item; the layout's own affixes are not included."""
        out: Runs = []
        program = self.program(ctx.item)
        if not isinstance(program, int):
            program(ctx, out)
        return out

    def _compile(self, shape: Shape) -> Part:
        scope = self.scope(shape)
        children = self.layout.children
        if self.aligned and len(children) > 1:
            return _aligned(children, scope)
        renderers, known = compile_children(children, scope)
        return sequence(renderers, known, "")


def _aligned(children: list[Node], scope: Scope) -> Part:
    """Put the first field into the margin and all that follows beside it."""
    first = sequence(*compile_children(children[:1], scope), "")
    rest = sequence(*compile_children(children[1:], scope), "")
    margin, beside = DISPLAYS["left-margin"], DISPLAYS["right-inline"]

    def aligned(ctx: Context, out: Runs) -> int:
        status = 0
        for mark, part in ((margin, first), (beside, rest)):
            if isinstance(part, int):
                status |= part
                continue
            out.append(mark)
            start = len(out)
            status |= part(ctx, out)
            if len(out) == start:
                out.pop()
            else:
                out.append(END)
        return status

    return aligned


def with_affixes(programs: Programs, bodies: Iterable[Run]) -> Runs:
    """Put a layout's affixes and formatting around what it rendered."""
    body = list(bodies)
    if programs.suffix and body and body[-1] is END and _ends_in_block(body):
        body[-1:] = [*programs.suffix, END]
        return [*programs.marks, *programs.prefix, *body, *programs.tail]
    return [*programs.marks, *programs.prefix, *body, *programs.suffix, *programs.tail]


def _ends_in_block(body: Runs) -> bool:
    """Tell whether the last closing mark closes a display block."""
    stack: list[int] = []
    kind = -1
    for run in body:
        if isinstance(run, Mark):
            if run.kind == CLOSE:
                kind = stack.pop()
            elif run.kind < ATOM:
                stack.append(run.kind)
    return kind == DISPLAY
