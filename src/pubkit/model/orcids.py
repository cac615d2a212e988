"""Data annotations of BibLaTeX that carry ORCIDs: `author+an:orcid = {1="0000-0002-1825-0097"}`.

Source: the BibLaTeX manual 3.20, section 3.7 (data annotations).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ITEM = re.compile(r'\s*(\d{1,6})\s*=\s*"?([^";]*)"?\s*')


def orcid_field(field: str) -> str:
    """Return the field that holds the ORCIDs of a name-list field.

    >>> orcid_field("author")
    'author+an:orcid'
    """
    return f"{field}+an:orcid"


def read_orcids(source: str) -> dict[int, str]:
    """Return ORCIDs by the place of their name in the list, counted from 1.

    Args:
        source: The source text of an annotation.

    >>> read_orcids('1="0000-0002-1825-0097"; 3="0000-0001-5109-3700"')
    {1: '0000-0002-1825-0097', 3: '0000-0001-5109-3700'}
    """
    found = (_ITEM.fullmatch(piece) for piece in source.split(";"))
    return {int(one[1]): one[2].strip() for one in found if one and one[2].strip()}


def write_orcids(orcids: Mapping[int, str]) -> str:
    """Return the source text of an annotation, in the order of the places.

    >>> write_orcids({2: "0000-0002-1825-0097"})
    '2="0000-0002-1825-0097"'
    """
    return "; ".join(f'{place}="{orcid}"' for place, orcid in sorted(orcids.items()))
