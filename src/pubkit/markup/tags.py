"""Find the tags in a text that may hold some: shared by the HTML and the CSL-JSON reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Attributes are bounded, so that a text full of "<a" costs no more than its length.
_TAG = re.compile(
    r"""
    < (/?) ([A-Za-z][A-Za-z0-9:-]{0,40}+)
    ( (?: \s (?: [^<>"']{1,1000}+ | "[^"<>]{0,2000}+" | '[^'<>]{0,2000}+' ){0,40}+ )?+ ) /?+ >
    """,
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


class Tag(NamedTuple):
    """A tag in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        name: Element name in lower case.
        closing: Whether it is an end tag.
        attributes: What stands between name and ">".
    """

    start: int
    end: int
    name: str
    closing: bool
    attributes: str


def find_tags(text: str) -> Iterator[Tag]:
    """Yield the tags of a text in order."""
    for found in _TAG.finditer(text):
        yield Tag(found.start(), found.end(), found[2].lower(), bool(found[1]), found[3])


def attributes(source: str) -> dict[str, str]:
    """Return attribute name (lower case) → value as it stands.

    >>> attributes(' class="nocase" lang=en')
    {'class': 'nocase', 'lang': 'en'}
    """
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(source)}


def pair_tags(tags: list[Tag]) -> dict[int, int]:
    """Return index of a start tag → index of its end tag; tags without a partner are left out.

    An end tag closes the latest open start tag of its name; start tags between them stay open for ever.
    """
    pairs: dict[int, int] = {}
    stack: list[int] = []
    open_names: dict[str, int] = {}
    for index, tag in enumerate(tags):
        if not tag.closing:
            stack.append(index)
            open_names[tag.name] = open_names.get(tag.name, 0) + 1
        elif open_names.get(tag.name):
            while stack:
                candidate = stack.pop()
                open_names[tags[candidate].name] -= 1
                if tags[candidate].name == tag.name:
                    pairs[candidate] = index
                    break
    return pairs
