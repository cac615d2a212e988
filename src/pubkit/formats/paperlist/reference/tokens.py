"""Cutting a reference string into tokens: words with the punctuation on them, glued ones taken apart."""

from __future__ import annotations

import re
from typing import NamedTuple

# What closes a word stays on it, for it tells where a field ends.
_STOPS = r",;:()\[\]{}\"“”„«»，。；：、（）「」『』《》"
_CLOSING = r",;:.)\]}\"”»，。；：、）」』》"
_TOKEN = re.compile(
    r"<?(?:https?|ftp)\s?:\s?//\S+|\bwww\.\S+"  # an address
    r"|(?:\bdoi\s?[:.]?\s?)?\b10\.\d{4,9}/\S+"
    rf"|[^\w\s]{{0,8}}[^\s{_STOPS}]+?(?:(?<=[^\W\d_]{{2}}\.)(?=\d)|(?=[\s{_STOPS}]|$))[{_CLOSING}]*"
    r"|[^\w\s]{1,8}",
    re.IGNORECASE,
)


class Tokens(NamedTuple):
    """The tokens of a string: their texts, and where each starts and ends in it."""

    texts: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.texts)


def tokenize(text: str) -> Tokens:
    """Return the tokens of a reference string; every character that is no white space is in one of them.

    White space parts tokens, and so does punctuation with a letter or digit on both sides, as texts taken
    from PDF have it: `17(2):111-130` holds three fields. Addresses and DOIs stay whole.

    >>> tokenize('Doe, J.(1999).“On Lists,”Phys.Rev.58,783').texts
    ['Doe,', 'J.', '(1999).', '“On', 'Lists,”', 'Phys.Rev.', '58,', '783']
    >>> tokenize("17(2):111-130, doi:10.1000/a(b)c").texts
    ['17', '(2):', '111-130,', 'doi:10.1000/a(b)c']
    """
    found = list(_TOKEN.finditer(text))
    return Tokens(
        [match[0] for match in found], [match.start() for match in found], [match.end() for match in found]
    )
