"""Who wrote with whom: one person has one name, however the entries spell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pubkit.cite.highlight import is_person, people
from pubkit.model.entry import Entry
from pubkit.model.names import Name
from pubkit.text.fold import fold


class People:
    """The authors of a list.

    Args:
        entries: The list.
        owner: Whose list it is; they are nobody's co-author.
    """

    def __init__(self, entries: Iterable[Entry], owner: str = "") -> None:
        self._owner = people(owner) if owner else ()
        spellings: dict[str, Counter[str]] = {}
        for entry in entries:
            for name in entry.names("author"):
                spellings.setdefault(_key(name), Counter())[_shown(name)] += 1
        # The fullest spelling, of those the most frequent: "Isaac Ong" over "I. Ong".
        self._names = {
            key: max(counts, key=lambda shown, counts=counts: (len(shown), counts[shown], shown))  # type: ignore[misc]  # a default argument binds the loop's value
            for key, counts in spellings.items()
        }

    def coauthors(self, entry: Entry) -> list[str]:
        """Return the names of an entry's authors without the owner."""
        names = [name for name in entry.names("author") if not self._is_owner(name)]
        return list(dict.fromkeys(self._names[_key(name)] for name in names))

    def _is_owner(self, name: Name) -> bool:
        parts = {"family": name.full_family, "given": name.given}
        return any(is_person(person, parts) for person in self._owner)


def most_frequent(lists: Iterable[Sequence[str]], count: int) -> list[tuple[str, int]]:
    """Return the most frequent names and how often they occur, by number, then in alphabetical order.

    >>> most_frequent([["B", "A"], ["A"], ["C"]], 2)
    [('A', 2), ('B', 1)]
    """
    counts = Counter(name for names in lists for name in names)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def _key(name: Name) -> str:
    """Return what spellings of one person share: the family name and the first initial."""
    return f"{fold(name.full_family)}, {fold(name.given)[:1]}"


def _shown(name: Name) -> str:
    return " ".join(part for part in (name.given, name.full_family, name.suffix) if part)
