"""A short form of trees for case files: names of nodes with their content in brackets."""

from __future__ import annotations

from pubkit.markup.tree import Link, Math, Plain, Quote, Raw, Rich


def show(rich: Rich) -> str:
    """`Emph[a]b` for (Emph(("a",)), "b"); characters that would not be seen by their escapes."""
    out = []
    for node in rich:
        if isinstance(node, str):
            out.append(node.replace("\u00a0", "␣").replace("\n", "⏎"))
        elif isinstance(node, Math | Raw):
            out.append(f"{type(node).__name__}[{node.source}]")
        else:
            detail = {Link: "url", Plain: "property", Quote: "level"}.get(type(node))
            name = type(node).__name__ + (f"({getattr(node, detail)})" if detail else "")
            out.append(f"{name}[{show(node.children)}]")
    return "".join(out)
