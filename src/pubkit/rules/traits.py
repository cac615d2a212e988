"""What can be wrong with an entry at all: one look at its values spares most rules a look of their own."""

from __future__ import annotations

from functools import lru_cache

from pubkit.model.entry import Entry
from pubkit.model.fields import FIELDS
from pubkit.rules.ordinary import is_ordinary

#: Bits of `Rule.when` and of what `traits` returns. Every entry has the first.
ANY = 1
#: A character beyond printable ASCII, two spaces in a row, or one at the end of a value.
ODD_CHARACTERS = 2
#: A list with other than ordinary names.
ODD_NAMES = 4
#: One of `\\ { } $`.
MARKUP = 8
#: One of ``& % # _ < " ` ``.
SPECIALS = 16

# Verbatim fields belong to the rules on identifiers, which look at no traits.
_DATATYPES = frozenset(
    {"literal", "literal-list", "name-list", "range", "integer", "date", "key", "key-list"}
)


def traits(entry: Entry) -> int:
    """Return the traits that an entry's texts have, as bits.

    >>> traits(Entry("misc", "a", {"title": "A study", "author": "Doe, Jane"})) == ANY
    True
    >>> traits(Entry("misc", "a", {"title": "R&D {A}"})) == ANY | MARKUP | SPECIALS
    True
    """
    fields = entry.fields
    texts, lists = _names(tuple(fields))
    whole = "|".join([fields[name] for name in texts])
    found = ANY
    if (
        not whole.isascii()
        or not whole.isprintable()
        or "  " in whole
        or " |" in whole
        or "| " in whole
        or whole[:1] == " "
        or whole[-1:] == " "
    ):
        found |= ODD_CHARACTERS
    if "\\" in whole or "{" in whole or "}" in whole or "$" in whole:
        found |= MARKUP
    # one look per mark, written out: several times faster than a regular expression
    if (
        "&" in whole
        or "%" in whole
        or "#" in whole
        or "_" in whole
        or "<" in whole
        or '"' in whole
        or "`" in whole
    ):
        found |= SPECIALS
    for name in lists:
        if not is_ordinary(fields[name]):
            found |= ODD_NAMES
    return found


@lru_cache(maxsize=4096)
def _names(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of fields of text, and those of name lists."""
    texts = tuple(name for name in names if FIELDS.get(name) in _DATATYPES)
    return texts, tuple(name for name in texts if FIELDS[name] == "name-list")
