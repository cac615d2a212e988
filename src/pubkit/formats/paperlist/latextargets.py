"""What LaTeX prints nothing of: labels, targets of links, lines of the table of contents. It is blanked."""

from __future__ import annotations

import re
from collections.abc import Mapping

# "\\hypertarget{papers}{%" of pandoc: what is in the braces that it opens is printed.
_TARGET = re.compile(r"\\hypertarget\s*\{[^{}\n]{0,200}\}\s*\{")
_GROUP = r"\s?\{[^{}\n]{0,200}\}"
_SILENT = re.compile(
    rf"\\(?:(?:label|index|phantomsection){_GROUP}|phantomsection\b|hypertarget{_GROUP}\s?\{{\}}"
    rf"|pdfbookmark(?:\[[^\[\]\n]{{0,20}}\])?{_GROUP}{_GROUP}|addcontentsline{_GROUP}{_GROUP}{_GROUP})"
)


def without_targets(body: str, closed: Mapping[int, int]) -> str:
    r"""Blank out what is not printed; offsets stay.

    Args:
        body: A LaTeX text.
        closed: Where each brace that opens a group is closed.

    >>> without_targets(r"\hypertarget{a}{\section{A}\label{a}}", {12: 14, 15: 36, 24: 26, 33: 35})
    '                \\section{A}          '
    """
    pieces = list(body)
    for match in _TARGET.finditer(body):
        end = closed.get(match.end() - 1)
        if end is not None:
            pieces[match.start() : match.end()] = " " * (match.end() - match.start())
            pieces[end] = " "
    return _SILENT.sub(lambda match: " " * len(match[0]), "".join(pieces))
