"""Names of which nothing can be wrong: most lists are of these, and one look spares the rules a dozen."""

from __future__ import annotations

import re
from functools import lru_cache

_MARK = r"\\(?:['`\"^~=.]|[uvHckr](?=\{))"
# A letter, with an accent as LaTeX's macro too: {\'{e}}, {\"u}, {\o}.
_UPPER = rf"(?:[A-ZÀ-ÖØ-Þ]|\{{(?:{_MARK}(?:[A-Z]|\{{[A-Z]\}})|\\(?:O|L|AE|AA|OE))\}})"
_LOWER = rf"(?:[a-zß-öø-ÿ]|\{{(?:{_MARK}(?:[a-z]|\{{[a-z]\}}|\\[ij]|\{{\\[ij]\}})|\\(?:o|l|ss|ae|aa|oe))\}})"
# A word with one capital that is no suffix and no title, or an initial with its period; hyphens join them.
_PART = rf"(?:(?!(?:Jr|Sr|Jnr|Snr|Prof|Professor|Dr|Doctor|Mr|Mrs|Ms)\b){_UPPER}(?:{_LOWER})++|{_UPPER}\.)"
_WORDS = rf"{_PART}(?:(?:[ -]|\{{-\}}){_PART})*+"
_NAME = rf"{_WORDS}(?:, {_WORDS})?+"
_LIST = re.compile(rf"{_NAME}(?: and {_NAME})*+(?: and others)?+")


@lru_cache(maxsize=64)  # the rules look at one entry after the other
def is_ordinary(names: str) -> bool:
    r"""Say whether all names of a list are of words with one capital, and of initials, well spaced.

    >>> is_ordinary(r"Doe, Jane and Hans-Peter K. M{\"u}ller and others"), is_ordinary("Doe, J.R. and Wu AB")
    (True, False)
    """
    return _LIST.fullmatch(names) is not None
