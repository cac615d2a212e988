"""A crosswalk as a table: which foreign name holds which field of which entry type, read both ways.

A foreign record is flat here: a kind ("JOUR") and names (tags, columns, paths) with one text or several.
What a table cannot say (a date in three tags, pages in two) a format does before reading and after writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pubkit.crosswalks.csl_tables import SUBTITLES
from pubkit.crosswalks.forms import FORMS, Form
from pubkit.model.entrytypes import canonical_type
from pubkit.model.fields import datatype
from pubkit.model.titles import join_title

Way = Literal["both", "read", "write"]

#: Words for several entry types in the text of a table.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "@journal": ("article", "review", "suppperiodical"),
    "@paper": ("inproceedings",),
    "@part": (
        "inbook",
        "incollection",
        "inproceedings",
        "inreference",
        "bookinbook",
        "suppbook",
        "suppcollection",
    ),
    "@whole": (
        "book",
        "mvbook",
        "collection",
        "mvcollection",
        "proceedings",
        "mvproceedings",
        "reference",
        "mvreference",
        "booklet",
        "commentary",
    ),
    "@made": ("misc", "manual", "online"),
    "@numbered": ("report", "patent", "standard"),
    "@schooled": ("thesis", "report"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record, and the entry type that it is.

    Attributes:
        name: What the format calls it.
        type: BibLaTeX entry type.
        implied: Fields that the kind says, such as `(("entrysubtype", "newspaper"),)`.
        way: "read" for other names that are met but not written, "write" for the nearest kind of a type that
            the format does not know.
    """

    name: str
    type: str
    implied: tuple[tuple[str, str], ...] = ()
    way: Way = "both"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in a foreign record.

    Attributes:
        field: BibLaTeX field.
        name: Foreign tag, column or path.
        types: The entry types for which that holds; empty for all.
        way: Whether it is read, written, or both.
        form: How the value is spelled there; by default as the field's datatype has it.
    """

    field: str
    name: str
    types: frozenset[str] = frozenset()
    way: Way = "both"
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a crosswalk made of a foreign record.

    Attributes:
        type: Entry type.
        fields: Fields, as source.
        unmapped: Foreign names without a place in BibLaTeX, with their texts.
        known: Whether the format knows this kind of record.
    """

    type: str
    fields: dict[str, str]
    unmapped: dict[str, Sequence[str]]
    known: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """What a crosswalk made of an entry.

    Attributes:
        kind: Kind of the record.
        values: Foreign names and texts, in the order of the table.
        left: Fields without a place.
    """

    kind: str
    values: list[tuple[str, str]]
    left: tuple[str, ...] = ()


_Plan = tuple[tuple[str, tuple[tuple[str, Form], ...]], ...]


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """A table and the two ways through it.

    Earlier places win: the first name that says something fills a field, and a later one that says something
    else goes to its next place or is unmapped. Written fields take the first place that is free.

    Args:
        title: What users call the format.
        kinds: Kinds of records. Of several for one type the one whose implied fields the entry has is
            written, else the first that implies nothing.
        places: Fields and names, in the order in which names are written.
        single: Names that can stand only once in a record.
        silent: Foreign names that say nothing about the work (dates of export, record numbers): not missed.
        otherwise: Kind of types that the table does not know, and type of such kinds.
    """

    title: str
    kinds: tuple[Kind, ...]
    places: tuple[Place, ...]
    single: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    otherwise: tuple[str, str] = ("", "misc")
    _kinds_in: dict[str, Kind] = field(init=False, repr=False)
    _kinds_out: dict[str, list[Kind]] = field(init=False, repr=False)
    _rank: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        read: dict[str, Kind] = {}
        out: dict[str, list[Kind]] = {}
        for kind in self.kinds:
            if kind.way != "write":
                read.setdefault(kind.name, kind)
            if kind.way != "read":
                out.setdefault(kind.type, []).append(kind)
        rank = {place.name: at for at, place in reversed(list(enumerate(self.places)))}
        object.__setattr__(self, "_kinds_in", read)
        object.__setattr__(self, "_kinds_out", out)
        object.__setattr__(self, "_rank", rank)
        # a cache of this table's own: plans are few, and gone with the table
        object.__setattr__(self, "_reading_plan", lru_cache(maxsize=4096)(self._reading_plan))
        object.__setattr__(self, "_places_of", lru_cache(maxsize=4096)(self._places_of))

    # -- reading ---------------------------------------------------------------------------------

    def kind_of(self, name: str) -> Kind | None:
        """Return the kind of that name, or None."""
        return self._kinds_in.get(name)

    def read(
        self,
        kind: str,
        values: Mapping[str, Sequence[str]],
        fields: Mapping[str, str] | None = None,
        *,
        type: str = "",  # noqa: A002  # the field's own name
    ) -> Reading:
        """Return a foreign record as type and fields.

        Args:
            kind: Kind of the record.
            values: Foreign name → texts, none of them empty.
            fields: Fields that the format made by itself; they stand first and are not overwritten.
            type: The entry type, where the format knows better than the table.
        """
        known = self._kinds_in.get(kind)
        entry_type = type or (known.type if known else self.otherwise[1])
        made = dict(fields or {})
        plan, without_place = self._reading_plan(entry_type, tuple(values))
        unmapped = {name: values[name] for name in without_place}
        for name, candidates in plan:
            texts = values[name]
            for target, form in candidates:
                if target in made:
                    # What another name has said already is not missed; what differs goes on.
                    if form.read(texts) == made[target]:
                        break
                elif source := form.read(texts):
                    made[target] = source
                    break
            else:
                if name not in self.silent:
                    unmapped[name] = texts
        if known:
            for target, value in known.implied:
                made.setdefault(target, value)
        return Reading(entry_type, made, unmapped, known is not None)

    def _reading_plan(self, entry_type: str, names: tuple[str, ...]) -> tuple[_Plan, tuple[str, ...]]:
        steps: dict[str, list[tuple[str, Form]]] = {}
        for place in self.places:
            if place.name in names and place.way != "write" and _fits(place, entry_type):
                steps.setdefault(place.name, []).append((place.field, _form(place)))
        plan = tuple((name, tuple(candidates)) for name, candidates in steps.items())
        return plan, tuple(name for name in names if name not in steps and name not in self.silent)

    # -- writing ---------------------------------------------------------------------------------

    def kind_for(self, entry_type: str, fields: Mapping[str, str]) -> Kind:
        """Return the kind that says best what an entry is."""
        wanted = canonical_type(entry_type)
        kinds = self._kinds_out.get(entry_type) or self._kinds_out.get(wanted, [])
        told = [
            kind for kind in kinds if all(fields.get(name, "").lower() == text for name, text in kind.implied)
        ]
        if told:
            return max(told, key=lambda kind: len(kind.implied))
        return kinds[0] if kinds else Kind(self.otherwise[0], entry_type)

    def write(
        self,
        entry_type: str,
        fields: Mapping[str, str],
        *,
        done: Iterable[str] = (),
        kind: Kind | None = None,
    ) -> Writing:
        """Return an entry as a foreign record.

        Args:
            entry_type: Entry type.
            fields: Its fields, as source.
            done: Fields that the format writes by itself.
            kind: The kind, where the format knows better than the table.
        """
        chosen = kind or self.kind_for(entry_type, fields)
        fields = self._with_subtitles(entry_type, fields)
        implied = {name for name, text in chosen.implied if fields.get(name, "").lower() == text}
        skipped = implied.union(done)
        used: set[str] = set()
        values: list[tuple[int, str, str]] = []
        left: list[str] = []
        for name, source in fields.items():
            if name in skipped or not source:
                continue
            for place, form in self._places_of(entry_type, name):
                if place.name in used and place.name in self.single:
                    continue
                used.add(place.name)
                values.extend((self._rank[place.name], place.name, text) for text in form.write(source))
                break
            else:
                left.append(name)
        values.sort(key=lambda value: value[0])  # stable: values of one name keep their order
        return Writing(chosen.name, [(name, text) for _, name, text in values], tuple(left))

    def _with_subtitles(self, entry_type: str, fields: Mapping[str, str]) -> Mapping[str, str]:
        """Join titles and subtitles where the format has no place for a subtitle."""
        joined: dict[str, str] = {}
        for title, subtitle in SUBTITLES.items():
            if subtitle in fields and not self._places_of(entry_type, subtitle):
                joined[title] = join_title(fields.get(title, ""), fields[subtitle])
        if not joined:
            return fields
        gone = {subtitle for title, subtitle in SUBTITLES.items() if title in joined}
        return {**{name: source for name, source in fields.items() if name not in gone}, **joined}

    def _places_of(self, entry_type: str, name: str) -> tuple[tuple[Place, Form], ...]:
        wanted = canonical_type(entry_type)
        return tuple(
            (place, _form(place))
            for place in self.places
            if place.field == name and place.way != "read" and _fits(place, wanted)
        )


def _fits(place: Place, entry_type: str) -> bool:
    return not place.types or entry_type in place.types


def _form(place: Place) -> Form:
    return place.form or FORMS[datatype(place.field)]


def places(table: str, forms: Mapping[str, Form] | None = None, *, spaced: bool = True) -> tuple[Place, ...]:
    r"""Return the places of a table written as text, one a line: field, name, and what else holds.

    Words behind field and name are entry types or `GROUPS` of them, `<` (only read), `>` (only written), and
    `=form` for one of the forms given. A line that begins with # is a comment.

    >>> places("title TI\njournaltitle T2 article <")[1]
    Place(field='journaltitle', name='T2', types=frozenset({'article'}), way='read', form=None)
    """
    made = []
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        target, name, *rest = line.split()
        way: Way = "read" if "<" in rest else "write" if ">" in rest else "both"
        form = next((forms[word[1:]] for word in rest if word.startswith("=") and forms), None)
        words = [word for word in rest if word[0] not in "<>="]
        types = frozenset(kind for word in words for kind in GROUPS.get(word, (word,)))
        # In a table of words a name with spaces in it has underlines, unless its format has these itself.
        made.append(Place(target, name.replace("_", " ") if spaced else name, types, way, form))
    return tuple(made)


def kinds(table: str) -> tuple[Kind, ...]:
    r"""Return the kinds of a table written as text, one a line: name, entry type, `field=value`, `<` or `>`.

    >>> kinds("JOUR article\nNEWS article entrysubtype=newspaper")[1]
    Kind(name='NEWS', type='article', implied=(('entrysubtype', 'newspaper'),), way='both')
    """
    made = []
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, kind, *rest = line.split()
        way: Way = "read" if "<" in rest else "write" if ">" in rest else "both"
        implied = tuple((word.partition("=")[0], word.partition("=")[2]) for word in rest if "=" in word)
        made.append(Kind(name.replace("_", " "), kind, implied, way))
    return tuple(made)
