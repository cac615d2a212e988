r"""LaTeX field source: to the markup tree, to plain Unicode, and back.

>>> parse(r"{\'E}tude of \emph{E.~coli} {DNA}")
('Étude of ', Emph(children=('E.\xa0coli',)), ' ', NoCase(children=('DNA',)))
>>> to_text(r"G{\"o}del & {Turing}"), escape("50% & more"), encode("Gödel")
('Gödel & Turing', '50\\% \\& more', 'G{\\"{o}}del')
"""

from __future__ import annotations

from pubkit.markup.latex.decode import is_ordinary, to_text
from pubkit.markup.latex.encode import encode, unencodable
from pubkit.markup.latex.reader import read
from pubkit.markup.latex.writer import escape, write
from pubkit.markup.tree import Rich

__all__ = ["encode", "escape", "is_ordinary", "parse", "problems", "to_text", "unencodable", "write"]


def parse(source: str) -> Rich:
    r"""Return the tree of a LaTeX field; never fails.

    Braces become `NoCase` unless they start with a macro, mathematics becomes `Math`, and an unknown macro
    with its arguments `Raw`. A bare `%`, `&`, `#` or `_` is text.

    Args:
        source: The value of a field, without its delimiters.
    """
    if is_ordinary(source):
        return (source,) if source else ()
    return read(source).rich


def problems(source: str) -> tuple[str, ...]:
    r"""Return what is wrong with a LaTeX field: unknown macros, unbalanced braces, unpaired dollars.

    >>> problems(r"The \foo{x} of \foo{y} {z")
    ('unbalanced brace', 'unknown macro \\foo')
    """
    if "\\" not in source and "{" not in source and "}" not in source and "$" not in source:
        return ()
    return read(source).problems
