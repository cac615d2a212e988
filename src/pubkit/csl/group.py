"""`cs:group`, `cs:layout` and macros: several elements as one."""

from __future__ import annotations

from pubkit.csl.compile import Scope, compile_children, compiles, decorate, grouped, sequence
from pubkit.csl.runs import Part
from pubkit.csl.xml import Node


@compiles("group")
def compile_group(node: Node, scope: Scope) -> Part:
    """Compile `cs:group`."""
    delimiter = node.get("delimiter")
    renderers, known = compile_children(node.children, scope.inside(delimiter=delimiter))
    return decorate(grouped(sequence(renderers, known, delimiter)), node, scope)


def compile_macro(name: str, scope: Scope) -> Part:
    """Compile the elements of a macro; a macro is suppressed like a group."""
    renderers, known = compile_children(scope.style.macros[name].children, scope.inside())
    return grouped(sequence(renderers, known, ""))


def compile_layout(node: Node, scope: Scope) -> Part:
    """Compile the elements of `cs:layout`; its affixes and formatting belong to the whole."""
    renderers, known = compile_children(node.children, scope.inside())
    return sequence(renderers, known, "")
