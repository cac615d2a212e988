"""The citation-label variable: a label made from names and year where the item brings none."""

from __future__ import annotations

from pubkit.csl.items import Item
from pubkit.csl.variables import NAME_VARIABLES

_LETTERS = {1: 4, 2: 2, 3: 2}  # number of authors → letters taken from each name


def citation_label(item: Item) -> str:
    """Return a label such as "Knut68" or "AhSU74": letters of up to four names, and two digits of the year.

    Args:
        item: The item; its first name variable in alphabetical order counts where it has no author.
    """
    variables = ["author", *sorted(NAME_VARIABLES)]
    names = next((item.names[name] for name in variables if name in item.names), ())
    size = _LETTERS.get(len(names), 1)
    letters = "".join(name.family[:size] for name in names[:4])
    if not letters:
        letters = "".join(word[0] for word in item.text("title").split()[:4])
    date = item.dates.get("issued")
    year = f"{abs(date.start[0]) % 100:02d}" if date and date.start[0] else ""
    return letters + year
