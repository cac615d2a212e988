"""`cs:names`: lists of names, et-al, labels, substitution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.csl.casing import cased
from pubkit.csl.compile import Scope, compile_node, compiles, decorate
from pubkit.csl.inline import term_runs
from pubkit.csl.name_list import NameList
from pubkit.csl.name_options import resolve_options
from pubkit.csl.names_data import Name
from pubkit.csl.runs import CALLED, END, FULL, NAMES, TERM, Mark, Part, Renderer, Runs
from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context

_NAMES_MARK = Mark(NAMES)
_LABELLED_PAIRS = {("editor", "translator"): "editortranslator", ("translator", "editor"): "editortranslator"}


@compiles("names")
def compile_names(node: Node, scope: Scope) -> Part:
    """Compile `cs:names`."""
    parent = scope.names
    variables = node.get("variable").split()
    present = [name for name in variables if name in scope.shape.variables]
    name_node, et_al, label, label_first = _children(node, parent)
    options = resolve_options(node, name_node, parent, scope)
    key = (id(node), id(parent), scope.sorting)
    names_list = scope.shared.get(key)
    if names_list is None:
        names_list = scope.shared[key] = NameList(options, name_node, et_al, scope)
    substitute = node.find("substitute")
    alternatives: list[Part] = []
    if substitute is not None:
        inner = scope.inside(names=node)
        for child in substitute.children:
            part = compile_node(child, inner)
            alternatives.append(part)
            if isinstance(part, int) and part & TERM:
                break  # a term that is defined but empty is what is wanted
    if not present and not any(not isinstance(part, int) for part in alternatives):
        return CALLED
    labels = {name: _label(label, name, scope) for name in (*present, "editortranslator")} if label else {}
    suppressible = frozenset(present) & scope.style.substitutable
    delimiter = options.get("names-delimiter", "")
    mark_names = _marks_names(scope)
    can_combine = len(present) == 2 and bool(scope.locale.term("editortranslator"))
    count_only = options.get("form") == "count"

    def lists(ctx: Context, out: Runs) -> int:
        if not present:
            return CALLED
        names = ctx.item.names
        start = len(out)
        combined = _combined(present, names) if can_combine else None
        for variable in combined[1:] if combined else present:
            people = names.get(variable)
            if people is None or (ctx.suppressed and variable in ctx.suppressed):
                continue
            before = len(out)
            if before != start and delimiter:
                out.append(delimiter)
            term = combined[0] if combined else variable
            write = labels.get(term)
            if write is not None and label_first:
                write(ctx, out, len(people))
            marked = mark_names and ctx.author_key is None and not ctx.marked
            if marked:
                out.append(_NAMES_MARK)
            at = len(out)
            end = names_list.write(variable, people, ctx, out)
            if len(out) == at:
                del out[before:]
                continue
            if marked:
                key = "".join(run for run in out[at:end] if type(run) is str)
                out[at - 1] = Mark(NAMES, value=key)
                out.append(END)
                ctx.marked = True
            if write is not None and not label_first:
                write(ctx, out, len(people))
        if ctx.recorder is not None and len(out) != start:
            for name in present:
                ctx.record(name)
        return CALLED | FULL if len(out) != start else CALLED

    def count(ctx: Context, out: Runs) -> int:
        before = ctx.name_count
        for variable in present:
            people = ctx.item.names.get(variable)
            if people is not None and not (ctx.suppressed and variable in ctx.suppressed):
                ctx.name_count += names_list.visible(people, ctx)
        if scope.sorting or ctx.name_count == before:
            return CALLED
        out.append(str(ctx.name_count - before))
        return CALLED | FULL

    main: Renderer = count if count_only else lists
    whole = decorate(_substituting(main, alternatives, bool(present), suppressible), node, scope)
    if isinstance(whole, int) or scope.sorting or parent is not None:
        return whole
    return _as_author(whole, scope)


def _children(node: Node, parent: Node | None) -> tuple[Node | None, Node | None, Node | None, bool]:
    """Return name, et-al and label of a `cs:names`; in a substitute they come from the names around it."""
    name, et_al, label = node.find("name"), node.find("et-al"), node.find("label")
    source = node
    if parent is not None and name is None and et_al is None:
        name, et_al = parent.find("name"), parent.find("et-al")
        if label is None:
            label, source = parent.find("label"), parent
    label_first = False
    for child in source.children:
        if child.tag == "label":
            label_first = source.find("name") is not None
            break
        if child.tag == "name":
            break
    return name, et_al, label, label_first


def _combined(present: list[str], names: dict[str, tuple[Name, ...]]) -> tuple[str, str] | None:
    """Return term and variable where editors and translators are the same people."""
    term = _LABELLED_PAIRS.get((present[0], present[1])) if len(present) == 2 else None
    if term and names.get(present[0]) == names.get(present[1]):
        return term, present[0]
    return None


class _Label:
    """A label behind or before a list of names."""

    def __init__(self, node: Node, variable: str, scope: Scope) -> None:
        form = node.get("form", "long")
        self.plural = node.get("plural", "contextual")
        self.texts: list[Part | None] = []
        for several in (False, True):
            term = scope.locale.term(variable, form, several)
            if not term:
                self.texts.append(None)
                continue
            runs = list(term_runs(term))

            def write(ctx: Context, out: Runs, runs: Runs = runs) -> int:
                out.extend(runs)
                return FULL

            self.texts.append(decorate(cased(write, node, scope), node, scope))

    def __call__(self, ctx: Context, out: Runs, size: int) -> None:
        many = self.plural == "always" or (self.plural == "contextual" and size > 1)
        write = self.texts[many]
        if write is not None and not isinstance(write, int):
            write(ctx, out)


def _label(node: Node, variable: str, scope: Scope) -> _Label | None:
    return None if scope.sorting else _Label(node, variable, scope)


def _substituting(
    main: Renderer, alternatives: list[Part], present: bool, suppressible: frozenset[str]
) -> Renderer:
    """Try the names, then the substitutes; what a substitute renders is not rendered again."""
    renderers = [part for part in alternatives if not isinstance(part, int)]

    def names(ctx: Context, out: Runs) -> int:
        if present:
            count = ctx.name_count
            start = len(out)
            status = main(ctx, out)
            if len(out) != start or ctx.name_count != count:
                return status
            if suppressible and ctx.suppressed and suppressible & ctx.suppressed:
                return status
        for renderer in renderers:
            outer, ctx.recorder = ctx.recorder, []
            start = len(out)
            count = ctx.name_count
            status = renderer(ctx, out)
            recorded, ctx.recorder = ctx.recorder, outer
            if len(out) != start or ctx.name_count != count:
                if outer is not None:
                    outer.extend(recorded)
                return CALLED | FULL if len(out) != start else status
        return CALLED

    return names


def _marks_names(scope: Scope) -> bool:
    """Tell whether the first names must be found again, to be replaced by a substitute."""
    bibliography = scope.style.bibliography
    return (
        scope.area == "bibliography"
        and not scope.sorting
        and bibliography is not None
        and "subsequent-author-substitute" in bibliography.attrib
    )


def _as_author(part: Renderer, scope: Scope) -> Renderer:
    """Note the first list of names: it is what cites are grouped by, and what subsequent entries repeat."""
    mark_names = _marks_names(scope)

    def first(ctx: Context, out: Runs) -> int:
        if ctx.author_key is not None:
            return part(ctx, out)
        start = len(out)
        if mark_names:
            out.append(_NAMES_MARK)
        at = len(out)
        status = part(ctx, out)
        if len(out) == at:
            del out[start:]
            return status
        ctx.author_key = "".join(run for run in out[at:] if type(run) is str)
        if mark_names:
            if ctx.marked:  # the names have their own marks, without label
                del out[start]
            else:
                out.append(END)
        if ctx.keep_author:
            ctx.author_runs = out[at:]
        if ctx.hide_author:
            del out[start:]
            return CALLED
        return status

    return first
