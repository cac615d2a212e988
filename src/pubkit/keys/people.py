"""What key markers say about people: authors, or editors.

The names are those of JabRef's documentation; each marker is a function of names, so that authors, editors
and "authors only" share them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pubkit.model.entry import Entry
from pubkit.model.names import Name


@dataclass(frozen=True, slots=True)
class People:
    """The names that a marker looks at.

    Attributes:
        names: The names in order.
        more: Whether the list went on with "and others".
    """

    names: tuple[Name, ...]
    more: bool

    @property
    def families(self) -> list[str]:
        """Family names, each as one word."""
        return [family(name) for name in self.names]


Find = Callable[[Entry], People]
PeopleMarker = Callable[[People, int, int], list[str]]


def family(name: Name) -> str:
    """Return a family name with its prefix, as one word."""
    return "".join(f"{name.prefix} {name.family or name.given}".split())


def _in_field(field: str, entry: Entry) -> People:
    names = entry.names(field)
    return People(tuple(names), names.others)


def authors_or_editors(entry: Entry) -> People:
    """Return the authors; where there are none, the editors."""
    found = _in_field("author", entry)
    return found if found.names else _in_field("editor", entry)


def _first(people: People, length: int, number: int) -> list[str]:
    """Return the N-th family name, cut to a length; 0 is the whole name."""
    return [name[: length or None] for name in people.families[number - 1 : number]]


def _given_initial(people: People, at: int) -> list[str]:
    return [(name.given or name.family)[:1] for name in people.names[at : at + 1 or None]]


def _all(people: People, count: int, _: int) -> list[str]:
    """Return up to `count` family names, all for 0, with EtAl where there are more."""
    families = people.families
    if not count:
        return families
    return families[:count] + (["EtAl"] if len(families) > count or people.more else [])


def _et_al(people: People, _length: int, _number: int, *, shown: int, dot: str, tail: str) -> list[str]:
    """Return up to `shown` names where there are more, else up to two, and the tail."""
    families = people.families
    more = len(families) > 2 or people.more
    kept = families[: shown if more else 2]
    words = [*kept, tail] if more else kept
    return [word if at == 0 else dot + word for at, word in enumerate(words)]


def _alpha(people: People, _length: int, _number: int) -> list[str]:
    """Return a label as the alpha style makes it: three letters of one name, else first letters."""
    families = people.families
    if len(families) == 1 and not people.more:
        return [families[0][:3]]
    shown = families if len(families) < 5 and not people.more else families[:3]
    return [name[:1] for name in shown] + (["+"] if len(shown) < len(families) or people.more else [])


def _short(people: People, _length: int, _number: int) -> list[str]:
    """Return a single name, or the first letters of up to three."""
    families = people.families
    if len(families) == 1:
        return families
    return [name[:1] for name in families[:3]] + (["+"] if len(families) > 3 else [])


def _beginnings(people: People, length: int, _: int) -> list[str]:
    """Return the beginning of each family name."""
    return [name[: length or 1] for name in people.families]


def _ini(people: People, _length: int, _number: int) -> list[str]:
    """Return five letters of the first family name and the initials of the others."""
    families = people.families
    return [families[0][:5], *(name[:1] for name in families[1:])] if families else []


def _markers(auth: str, authors: str) -> dict[str, PeopleMarker]:
    """Return the markers under the names that begin with these words, such as `edtr` and `editors`."""
    one = authors.removesuffix("s")
    et_al = partial(_et_al, shown=1, dot=".", tail="etal")
    two = partial(_et_al, shown=2, dot=".", tail="ea")
    return {
        auth: _first,
        authors: _all,
        f"{one}Last": lambda people, _l, _n: people.families[-1:],
        f"{auth}FirstFull": _first,
        f"{auth}ForeIni": lambda people, _l, _n: _given_initial(people, 0),
        f"{auth}FirstInitial": lambda people, _l, _n: _given_initial(people, 0),
        f"{one}LastForeIni": lambda people, _l, _n: _given_initial(people, -1),
        f"{auth}EtAl": partial(_et_al, shown=1, dot="", tail="EtAl"),
        f"{auth}.etal": et_al,
        f"{auth}Etal2": et_al,
        f"{auth}EtAl2": et_al,
        f"{auth}.{auth}.ea": two,
        f"{auth}AuthEa": two,
        f"{authors}Alpha": _alpha,
        f"{auth}short": _short,
        f"{auth}Ini": _beginnings,
        f"{one}Ini": _ini,
    }


#: Marker → (where it finds names, what it says about them).
PEOPLE_MARKERS: dict[str, tuple[Find, PeopleMarker]] = {
    f"{before}{name}": (find, marker)
    for before, find, auth, authors in (
        ("", authors_or_editors, "auth", "authors"),
        ("pure", partial(_in_field, "author"), "auth", "authors"),
        ("", partial(_in_field, "editor"), "edtr", "editors"),
    )
    for name, marker in _markers(auth, authors).items()
}
