"""Field values as LaTeX that is safe in a document: what a title says is printed, never executed."""

from __future__ import annotations

import re

from pubkit.markup import latex
from pubkit.markup.tree import Inline, Math, Quote, Raw, Rich
from pubkit.markup.walk import with_children
from pubkit.model.fields import FIELDS

VERBATIM = frozenset(name for name, datatype in FIELDS.items() if datatype in ("verbatim", "uri"))

# TeX commands that read, write or redefine; mathematics is passed on without them only.
_ACTIVE = re.compile(
    r"\\(input|include|@@?input|InputIfFileExists|openin|openout|read|write|immediate|csname|expandafter|[egx]?def|"
    r"let|futurelet|catcode|special|directlua|latelua|usepackage|RequirePackage|newcommand|renewcommand|"
    r"verbatiminput|lstinputlisting|includegraphics|ShellEscape|scantokens|begin|end|jobname|pdf\w+|loop|every\w+)"
    r"(?![A-Za-z])"
)


def bst_value(name: str, value: str) -> str:
    r"""Return a field's value for a `.bst`: accents as macros, special characters escaped, macros disarmed.

    Args:
        name: The field.
        value: Its source text.

    >>> bst_value("title", r"100% \input{/etc/passwd}")
    '100\\% \\textbackslash{}input\\{/etc/passwd\\}'
    """
    if name in VERBATIM:
        return re.sub(r"[\\{}^`\s]", lambda found: f"%{ord(found[0]):02X}", value.strip())
    if value.isascii() and value.isalnum():
        return value
    return latex.write(disarmed(latex.parse(value)), ascii=True)


def disarmed(rich: Rich) -> Rich:
    """Return a tree whose unknown macros and active mathematics are text, quotations with their marks."""
    done: list[Inline] = []
    # Each level: what is left of a node's children, what they became, and the node.
    stack: list[tuple[list[Inline], list[Inline], Inline]] = [(list(reversed(rich)), done, "")]
    while stack:
        left, made, parent = stack[-1]
        if not left:
            stack.pop()
            if not isinstance(parent, str):
                stack[-1][1].extend(_rebuilt(parent, tuple(made)))
            continue
        node = left.pop()
        if isinstance(node, str):
            made.append(node)
        elif isinstance(node, Raw):
            made.append(node.source)
        elif isinstance(node, Math):
            made.append(node.source if _ACTIVE.search(node.source) else node)
        else:
            stack.append((list(reversed(node.children)), [], node))
    return tuple(done)


def _rebuilt(node: Inline, children: Rich) -> Rich:
    if isinstance(node, Quote):
        opening, closing = ("“", "”") if node.level % 2 else ("‘", "’")
        return (opening, *children, closing)
    if isinstance(node, str | Raw | Math):
        return (node,)
    return (with_children(node, children),)
