"""What was given up in a merge though it says something else than what was kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pubkit.dedupe.compare_venues import compare_names
from pubkit.dedupe.people import People, read_people
from pubkit.dedupe.places import Place, read_place
from pubkit.dedupe.prepare import first_and_last_page, number_of, prepare
from pubkit.dedupe.record import Record
from pubkit.dedupe.recut import recut
from pubkit.dedupe.result import Conflict
from pubkit.dedupe.titles import MAX_TITLE, read_title
from pubkit.model.entry import Entry
from pubkit.text.fold import fold


@dataclass(frozen=True, slots=True)
class _Field:
    """How two values of a field are compared, their form left aside.

    Attributes:
        read: What an entry says in the field.
        means: The part of that which must be equal.
        prepared: The same of all that `prepare` sees, asked where the parts differ.
        says_less: Whether a value given up says the same as the one kept, only shorter.
    """

    read: Callable[[Entry], object]
    means: Callable[..., object] = lambda value: value
    prepared: Callable[[Record], object] | None = None
    says_less: Callable[..., bool] = lambda kept, other: False


def conflicts(merged: Entry, members: Iterable[Entry]) -> Iterable[Conflict]:
    """Yield the essential values that were given up and say something else.

    Args:
        merged: The entry that was made.
        members: The entries that it was made of.
    """
    known: dict[str, object] = {}
    ours: Record | None = None
    for entry in members:
        theirs: Record | None = None
        for name, field in _ESSENTIAL.items():
            kept, other = merged.fields.get(name), entry.fields.get(name)
            if not kept or not other or kept.casefold() == other.casefold():
                continue
            if name not in known:
                known[name] = field.read(merged)
            said, given_up = known[name], field.read(entry)
            if field.means(said) == field.means(given_up) or field.says_less(said, given_up):
                continue
            if field.prepared:
                ours, theirs = ours or prepare(merged), theirs or prepare(entry)
                if field.prepared(ours) == field.prepared(theirs):
                    continue
            yield Conflict(name, kept, other, entry.key)


def title_alone(title: str) -> str:
    """Return a folded title without what databases and parsers leave around it.

    >>> title_alone("On the Dances of Bees. In Proceedings of STOC"), title_alone("Bees [in German]")
    ('on the dances of bees', 'bees')
    """
    return read_title(recut(title[:MAX_TITLE], "", dated=True).title).title


def _title(entry: Entry) -> str:
    return title_alone(" ".join(filter(None, (entry.text("title"), entry.text("subtitle")))))


def _says_less_people(kept: People, other: People) -> bool:
    return other.more_names and kept.families[: len(other.families)] == other.families


def _journals(kept: Place, other: Place) -> bool:
    return "conference" not in (kept.stage, other.stage) and not kept.meeting and not other.meeting


_VENUE = _Field(
    lambda entry: read_place(entry.fields),
    lambda place: place.known_venue or place.venue,
    says_less=lambda kept, other: (
        compare_names(kept.venue, other.venue, journals=_journals(kept, other)) == 1
    ),
)
# Values that differ in these are told, whatever their form.
_ESSENTIAL: dict[str, _Field] = {
    "date": _Field(lambda entry: entry.year),
    "author": _Field(
        lambda entry: read_people(entry.fields["author"]),
        lambda people: people.families,
        lambda record: record.families,
        _says_less_people,
    ),
    "title": _Field(
        _title,
        prepared=lambda record: record.title,
        says_less=lambda kept, other: kept.startswith(f"{other} "),
    ),
    "journaltitle": _VENUE,
    "booktitle": _VENUE,
    "volume": _Field(lambda entry: number_of(entry.fields["volume"])),
    "number": _Field(lambda entry: number_of(entry.fields["number"])),
    "pages": _Field(lambda entry: first_and_last_page(entry.fields)[0]),
    "doi": _Field(lambda entry: entry.doi),
    "isbn": _Field(lambda entry: fold(entry.text("isbn"))),
}
