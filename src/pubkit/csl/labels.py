"""`cs:label` beside numbers and locators; labels of names are in `pubkit.csl.names`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.csl.casing import cased
from pubkit.csl.compile import Scope, compiles, decorate
from pubkit.csl.inline import term_runs
from pubkit.csl.numbers import is_plural, value_of
from pubkit.csl.runs import CALLED, TERM, Part, Runs
from pubkit.csl.variables import CITE_VARIABLES, COUNT_VARIABLES
from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context


@compiles("label")
def compile_label(node: Node, scope: Scope) -> Part:
    """Compile `cs:label`: the term for a number variable or for the kind of locator."""
    variable = node.get("variable")
    form = node.get("form", "long")
    plural = node.get("plural", "contextual")
    if variable == "locator":
        return decorate(cased(_locator_label(form, plural, scope), node, scope), node, scope)
    if variable not in CITE_VARIABLES and variable not in scope.shape.variables:
        return CALLED
    singular = term_runs(scope.locale.term(variable, form, False) or "")
    several = term_runs(scope.locale.term(variable, form, True) or "")

    def label(ctx: Context, out: Runs) -> int:
        value = value_of(ctx, variable)
        if not value:
            return CALLED
        many = plural == "always" or (plural == "contextual" and _many(variable, value))
        out.extend(several if many else singular)
        return TERM

    return decorate(cased(label, node, scope), node, scope)


def _many(variable: str, value: str) -> bool:
    if variable in COUNT_VARIABLES:
        return value.strip() not in ("1", "0") and (not value.isdecimal() or int(value) > 1)
    return is_plural(value)


def _locator_label(form: str, plural: str, scope: Scope) -> Part:
    locale = scope.locale

    def label(ctx: Context, out: Runs) -> int:
        if not ctx.locator:
            return CALLED
        many = plural == "always" or (plural == "contextual" and is_plural(ctx.locator))
        term = locale.term(ctx.label, form, many)
        if term is None and ctx.label == "sub verbo":
            term = locale.term("sub-verbo", form, many)
        if term:
            out.extend(term_runs(term))
        return TERM

    return label
