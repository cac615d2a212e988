"""Options of names and where they are inherited from: style, citation or bibliography, names, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.compile import Scope

_INHERITED = [
    "and",
    "delimiter-precedes-et-al",
    "delimiter-precedes-last",
    "et-al-min",
    "et-al-use-first",
    "et-al-use-last",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "initialize",
    "initialize-with",
    "name-as-sort-order",
    "sort-separator",
]
# Attribute on cs:style, cs:citation and cs:bibliography → name of the option here.
_RENAMED = {"name-form": "form", "name-delimiter": "delimiter", "names-delimiter": "names-delimiter"}
_OWN = (*_INHERITED, "form", "delimiter")


def inherited_options(*nodes: Node | None) -> dict[str, str]:
    """Return the name options of a style's outer elements, the inner ones winning."""
    options: dict[str, str] = {}
    for node in nodes:
        if node is None:
            continue
        for key in _INHERITED:
            if key in node.attrib:
                options[key] = node.attrib[key]
        for key, option in _RENAMED.items():
            if key in node.attrib:
                options[option] = node.attrib[key]
    return options


def resolve_options(node: Node, name: Node | None, parent: Node | None, scope: Scope) -> dict[str, str]:
    """Return the options that hold for a `cs:names`.

    Args:
        node: The `cs:names` element.
        name: Its `cs:name`, its own or the one it inherits in a substitute.
        parent: The `cs:names` around its `cs:substitute`, or None.
        scope: Where it stands.
    """
    options = dict(scope.options)
    for names in (parent, node):
        if names is not None:
            for key in _INHERITED:
                if key in names.attrib:
                    options[key] = names.attrib[key]
            if "delimiter" in names.attrib:
                options["names-delimiter"] = names.attrib["delimiter"]
    if name is not None:
        for key in _OWN:
            if key in name.attrib:
                options[key] = name.attrib[key]
    return options
