"""What all identifiers have in common before they are read."""

from __future__ import annotations

import re

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_LONGEST = 1000


def cleaned(text: str) -> str:
    """Return what may be an identifier with plain hyphens, without invisible characters and outer braces.

    A text that is longer than any identifier comes back empty, so that hostile input costs nothing.
    """
    if len(text) > _LONGEST:
        return ""
    return _INVISIBLE.sub("", text).translate(_DASHES).strip().strip("{}").strip()
