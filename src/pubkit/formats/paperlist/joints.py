"""How two lines that were broken by width are put together again."""

from __future__ import annotations

import re

from pubkit.formats.paperlist.words import words

_KEEP = words("hyphens.keep")
# The word before the hyphen; behind "state-of-the-" there is none that the line could have parted.
_LAST_WORD = re.compile(r"(?<![-\w])[^\W\d_]+(?=-$)")

# Scripts that put no spaces between words.
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# An address that was broken behind one of its signs goes on.
_ADDRESS = re.compile(r"(?:://|\bwww\.|\b10\.\d{4,9}/)\S{0,300}(?<=[/_=?&%#~+-])$|https?:$|https?:/$")


def joint(before: str, after: str) -> tuple[int, str]:
    """Return how much of the end of a line goes, and what comes between it and the next one.

    >>> joint("a de-", "vice"), joint("a self-", "made man"), joint("pages 3–", "9"), joint("電子", "情報")
    ((1, ''), (0, ''), (0, ' '), (0, ''))
    """
    if _ADDRESS.search(before[-400:]):
        return 0, ""
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        word = _LAST_WORD.search(before[-40:])
        return (1, "") if word is not None and word[0].lower() not in _KEEP else (0, "")
    if before.endswith(("–", "—")) and after[:1].islower():
        return 0, ""
    if _NO_SPACES.match(before[-1:]) and _NO_SPACES.match(after[:1]):
        return 0, ""
    return 0, " "
