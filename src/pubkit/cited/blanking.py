"""Blanking out what is no text, so that offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

_INK = re.compile(r"[^\n]")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text in which some spans are spaces; line ends stay.

    Args:
        text: The text.
        spans: Start and end of each span, in order.
    """
    parts: list[str] = []
    at = 0
    for begin, end in spans:
        if end <= at:
            continue
        start = max(begin, at)
        parts += text[at:start], _INK.sub(" ", text[start:end])
        at = end
    parts.append(text[at:])
    return "".join(parts)


def blank_all(text: str, pattern: re.Pattern[str]) -> str:
    """Return a text in which everything that matches is spaces."""
    return blank(text, (found.span() for found in pattern.finditer(text)))
