"""What raw LaTeX shows outside LaTeX, and which macros do not print where they stand."""

from __future__ import annotations

import re

from pubkit.markup.words import words

# Macros whose arguments do not print, or print elsewhere: kept in the tree as `Raw`, absent from text.
HIDDEN = words(
    """
    footnote footnotemark thanks label index noopsort NoOpSort SortNoop sortnoop noop vspace hspace
    hskip vskip phantom hphantom vphantom selectlanguage hyphenation discretionary todo cite citep
    citet nocite marginpar pagestyle color setcounter stepcounter kern fontsize selectfont usefont
    vspace* hspace* phantomsection
    """
)

_NAME = re.compile(r"\\([A-Za-z]+\*?)")


def raw_text(source: str) -> str:
    r"""Return what a reader should see of raw LaTeX: nothing of what does not print, else the source.

    >>> raw_text(r"\footnote{Not here.}"), raw_text(r"\foo{bar}")
    ('', '\\foo{bar}')
    """
    name = _NAME.match(source)
    return "" if name and name[1] in HIDDEN else source
