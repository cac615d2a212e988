"""Tables written as text: easier to read and to compare than rows of quotes and commas."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text.

    >>> sorted(words("b a b"))
    ['a', 'b']
    """
    return frozenset(text.split())


def pairs(text: str) -> dict[str, str]:
    """Return a table from the words of a text: name and value in turn.

    >>> pairs("alpha α  beta β")
    {'alpha': 'α', 'beta': 'β'}
    """
    items = text.split()
    return dict(zip(items[::2], items[1::2], strict=True))
