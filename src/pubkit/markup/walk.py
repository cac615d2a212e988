"""One loop for all writers: a tree becomes text without recursion, however deep it nests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeAlias

from pubkit.markup import mathtext
from pubkit.markup.tree import Inline, Link, Math, Node, Rich

# What a node becomes: the text before its children, the children, the text behind them. A leaf, such as
# mathematics, has its whole text in front and no children.
Tag: TypeAlias = tuple[str, Rich, str]
# Node type → function from such a node to its tag.
Build: TypeAlias = Callable[[Any], Tag]
Tags: TypeAlias = Mapping[type[Any], Build]


def pieces(rich: Rich, text: Callable[[str], str], tags: Tags) -> list[str]:
    """Return the output of a tree as a list of strings, in order.

    Args:
        rich: The tree.
        text: Escapes a plain string for the output format.
        tags: What each node type becomes; must know every type of `pubkit.markup.tree.Node`.
    """
    out: list[str] = []
    stack: list[tuple[Iterator[Inline], str]] = [(iter(rich), "")]
    link = 0  # the stack's height inside a link: no format has links in links
    while stack:
        nodes, closing = stack[-1]
        for node in nodes:
            if isinstance(node, str):
                out.append(text(node))
                continue
            if isinstance(node, Link):
                opening, children, close = tags[Link](node) if not link else ("", node.children, "")
                link = link or (len(stack) + 1 if opening else 0)
            else:
                opening, children, close = tags[type(node)](node)
            out.append(opening)
            if len(children) == 1 and isinstance(child := children[0], str):  # most nodes hold one text
                out.append(text(child))
                out.append(close)
                if link > len(stack):
                    link = 0
                continue
            stack.append((iter(children), close))
            break
        else:
            out.append(closing)
            if link == len(stack):
                link = 0
            stack.pop()
    return out


def render(rich: Rich, text: Callable[[str], str], tags: Tags) -> str:
    """Return the output of a tree as one string; arguments as for `pieces`."""
    return "".join(pieces(rich, text, tags))


class Parent(Protocol):
    """A node with children."""

    @property
    def children(self) -> Rich:
        """What stands in it."""


def wrap(opening: str, closing: str) -> Callable[[Any], Tag]:
    """Return a tag function that puts fixed strings around the children."""

    def tag(node: Parent) -> Tag:
        return opening, node.children, closing

    return tag


def unwrap(node: Parent) -> Tag:
    """Tag function for nodes that a format cannot show: the children stand alone."""
    return "", node.children, ""


def by_attribute(attribute: str, marks: Mapping[Any, tuple[str, str]]) -> Callable[[Any], Tag]:
    """Return a tag function that chooses the strings by the value of an attribute; others stand alone."""

    def tag(node: Any) -> Tag:
        opening, closing = marks.get(getattr(node, attribute), ("", ""))
        return opening, node.children, closing

    return tag


def quote(*marks: tuple[str, str]) -> Callable[[Any], Tag]:
    """Return a tag function for quotations: the pairs of marks by level, starting again after the last."""

    def tag(node: Any) -> Tag:
        opening, closing = marks[(node.level - 1) % len(marks)]
        return opening, node.children, closing

    return tag


def leaf(text: Callable[[str], str]) -> Callable[[Any], Tag]:
    """Return a tag function for nodes with a `source`, shown as a text made from it."""

    def tag(node: Any) -> Tag:
        return text(node.source), (), ""

    return tag


def mathematics(otherwise: Callable[[str], str]) -> Build:
    """Return a tag function for mathematics: text with scripts where simple, else made of its source."""

    def tag(node: Math) -> Tag:
        rich = mathtext.to_rich(node.source)
        return (otherwise(f"${node.source}$"), (), "") if rich is None else ("", rich, "")

    return tag


def backslash(found: re.Match[str]) -> str:
    """Replacement for `re.sub`: the match behind a backslash."""
    return "\\" + found[0]


def safe_url(url: str) -> str | None:
    """Return a link target that may be written: http, https or mailto, without spaces or controls.

    >>> safe_url(" https://example.org/a b "), safe_url("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    url = "".join(c for c in url.strip() if c >= " " and c != "\\x7f").replace(" ", "%20")
    return url if url.lower().startswith(("http://", "https://", "mailto:")) else None


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Return a text without the control characters and lone surrogates that no format allows.

    >>> printable("a\x00b")
    'ab'
    """
    return text if _CONTROL.search(text) is None else _CONTROL.sub("", text)


def map_text(rich: Rich, change: Callable[[str], str]) -> Rich:
    """Return the tree with every plain string changed; mathematics and raw LaTeX stay."""
    done: list[Inline] = []
    stack: list[tuple[Iterator[Inline], list[Inline], Node | None]] = [(iter(rich), done, None)]
    while stack:
        nodes, items, parent = stack[-1]
        for node in nodes:
            if isinstance(node, str):
                items.append(change(node))
            elif not hasattr(node, "children"):
                items.append(node)
            else:
                stack.append((iter(node.children), [], node))
                break
        else:
            stack.pop()
            if parent is not None:
                stack[-1][1].append(with_children(parent, tuple(items)))
    return tuple(done)


def with_children(node: Any, children: Rich) -> Node:
    """Return a copy of a node with other children."""
    copy: Node = replace(node, children=children)
    return copy
