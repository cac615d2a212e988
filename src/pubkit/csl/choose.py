"""`cs:choose`: conditions decided while compiling where the item's shape tells, else at run time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pubkit.csl.compile import Scope, compile_children, compiles, sequence
from pubkit.csl.context import IBID, IBID_WITH_LOCATOR, SUBSEQUENT
from pubkit.csl.numbers import is_numeric
from pubkit.csl.runs import Part, Renderer, Runs
from pubkit.csl.variables import CITE_VARIABLES
from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context

Test = Callable[["Context"], bool]
_TESTS = ("type", "variable", "is-numeric", "is-uncertain-date", "locator", "position", "disambiguate")


@compiles("choose")
def compile_choose(node: Node, scope: Scope) -> Part:
    """Compile `cs:choose`; branches inherit the delimiter of the group around it."""
    branches: list[tuple[Test, Part]] = []
    for branch in node.children:
        outcome = True if branch.tag == "else" else _condition(branch, scope)
        if outcome is False:
            continue
        renderers, known = compile_children(branch.children, scope)
        part = sequence(renderers, known, scope.delimiter)
        if outcome is True:
            if not branches:
                return part
            branches.append((_always, part))
            break
        branches.append((outcome, part))
    if not branches:
        return 0
    return _chooser(branches)


def _always(ctx: Context) -> bool:
    return True


def _chooser(branches: list[tuple[Test, Part]]) -> Renderer:
    def choose(ctx: Context, out: Runs) -> int:
        for test, part in branches:
            if test(ctx):
                return part if isinstance(part, int) else part(ctx, out)
        return 0

    return choose


def _condition(node: Node, scope: Scope) -> bool | Test:
    """Return whether a branch is taken, or the test to ask."""
    match = node.get("match", "all")
    known: list[bool] = []
    tests: list[Test] = []
    wanted = scope.shared.get(id(node))
    if wanted is None:
        wanted = scope.shared[id(node)] = [
            (_TEST_OF[name], value) for name in _TESTS for value in node.attrib.get(name, "").split()
        ]
    for find, value in wanted:
        outcome = find(value, scope)
        if isinstance(outcome, bool):
            known.append(outcome)
        else:
            tests.append(outcome)
    if not known and not tests:
        return match != "any"
    if match == "any":
        if any(known):
            return True
        return (lambda ctx: any(test(ctx) for test in tests)) if tests else False
    if match == "none":
        if any(known):
            return False
        return (lambda ctx: not any(test(ctx) for test in tests)) if tests else True
    if not all(known):
        return False
    if not tests:
        return True
    return tests[0] if len(tests) == 1 else (lambda ctx: all(test(ctx) for test in tests))


def _type(value: str, scope: Scope) -> bool:
    return scope.shape.type == value


def _variable(value: str, scope: Scope) -> bool | Test:
    if value in CITE_VARIABLES:
        return _CITE_TESTS.get(value, _never)
    return value in scope.shape.variables


def _never(ctx: Context) -> bool:
    return False


_CITE_TESTS: dict[str, Test] = {
    "locator": lambda ctx: ctx.locator != "",
    "citation-number": lambda ctx: ctx.number > 0,
    "first-reference-note-number": lambda ctx: ctx.first_note > 0,
    "year-suffix": lambda ctx: ctx.suffix_text != "",
    "citation-label": lambda ctx: bool(ctx.item.texts.get("citation-label")),
}


def _numeric(value: str, scope: Scope) -> bool | Test:
    if value == "locator":
        return lambda ctx: is_numeric(ctx.locator)
    if value in CITE_VARIABLES:
        return _CITE_TESTS.get(value, _never)
    return value in scope.shape.numeric


def _uncertain(value: str, scope: Scope) -> bool | Test:
    if value not in scope.shape.variables:
        return False

    def test(ctx: Context) -> bool:
        date = ctx.item.dates.get(value)
        return date is not None and date.circa

    return test


def _locator(value: str, scope: Scope) -> bool | Test:
    wanted = value.replace("sub-verbo", "sub verbo")
    return lambda ctx: ctx.locator != "" and ctx.label == wanted


def _position(value: str, scope: Scope) -> bool | Test:
    if scope.area == "bibliography":
        return False
    return _POSITION_TESTS.get(value, _never)


_POSITION_TESTS: dict[str, Test] = {
    "first": lambda ctx: ctx.position < SUBSEQUENT,
    "subsequent": lambda ctx: ctx.position >= SUBSEQUENT,
    "ibid": lambda ctx: ctx.position >= IBID,
    "ibid-with-locator": lambda ctx: ctx.position == IBID_WITH_LOCATOR,
    "near-note": lambda ctx: ctx.near_note,
}


def _disambiguate(value: str, scope: Scope) -> bool | Test:
    if value != "true":
        return False

    def test(ctx: Context) -> bool:
        return ctx.disambiguation is not None and ctx.disambiguation.condition

    return test


_TEST_OF: dict[str, Callable[[str, Scope], bool | Test]] = {
    "type": _type,
    "variable": _variable,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
