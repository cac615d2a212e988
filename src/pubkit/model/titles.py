"""A title and its subtitle: one source, or two."""

from __future__ import annotations

import re

#: Behind these a subtitle follows without a colon.
CLOSED = ("?", "!", ".", ":", "…")
_SPLIT = re.compile(r"([^:]*[^:\s]): +([^:\s][^:]*)")


def join_title(title: str, subtitle: str) -> str:
    """Return a title and its subtitle as one source.

    >>> join_title("Why?", "A Study"), join_title("Lists", "A Study")
    ('Why? A Study', 'Lists: A Study')
    """
    if not title or not subtitle:
        return title or subtitle
    return f"{title}{' ' if title.endswith(CLOSED) else ': '}{subtitle}"


def split_title(source: str) -> tuple[str, str] | None:
    """Return the title and the subtitle of a source that has one colon, with both braces and formulas whole.

    Args:
        source: A title as field source.

    Returns:
        Both, or None where there is no subtitle, or no saying where it begins.

    >>> split_title("Lists: A {Study} of Them")
    ('Lists', 'A {Study} of Them')
    >>> split_title("{Lists: A Study}"), split_title("Ratios of 3:1"), split_title("One: Two: Three")
    (None, None, None)
    """
    found = _SPLIT.fullmatch(source)
    if found is None or not _is_whole(found[1]):
        return None
    return found[1], found[2]


def _is_whole(source: str) -> bool:
    return source.count("{") == source.count("}") and source.count("$") % 2 == 0
