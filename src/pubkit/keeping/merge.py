"""Two libraries made one, with or without the one that both came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from pubkit.crosswalks.forms import keyword_texts, keywords_source
from pubkit.keeping.diff import says_the_same
from pubkit.keeping.pairs import is_other_work, same_records
from pubkit.keys.assign import free_key
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.references import rename_references

if TYPE_CHECKING:
    from pubkit.diagnostics import Diagnostic

Side = Literal["ours", "theirs"]
# Lists of words: each side's additions and removals hold.
_SETS = frozenset({"keywords", "groups"})


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """What the two sides say differently; one of them was taken.

    Attributes:
        key: The entry's key; "" for a macro.
        field: The field; "entry" where one side removed what the other changed; "@string NAME" for a macro.
        base: What the common ancestor says; None where it says nothing or there is none.
        ours: What our side says; None where it says nothing.
        theirs: What their side says; None where it says nothing.
        taken: Whose word stands in the result.
    """

    key: str
    field: str
    base: str | None
    ours: str | None
    theirs: str | None
    taken: Side


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge gives.

    Attributes:
        library: The result: our entries in their places with what is new, theirs behind the one they follow.
        conflicts: What a person has to decide.
        renamed: A key of either side → the key in the result, where it is another one.
        added: Keys that came from their side.
        removed: Keys that one side removed and the other left as it was.
    """

    library: Library
    conflicts: tuple[MergeConflict, ...]
    renamed: Mapping[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "conflicts": [asdict(conflict) for conflict in self.conflicts],
            "renamed": dict(self.renamed),
            "added": list(self.added),
            "removed": list(self.removed),
        }


def merge(ours: Library, theirs: Library, base: Library | None = None, *, prefer: Side = "ours") -> Merged:
    """Merge two libraries.

    With the common ancestor (`base`) every field goes its own way: what one side changed holds, what both
    changed in the same way holds, what both changed differently is a conflict. Without it, what only one side
    says holds. One record under two keys keeps ours; two works under one key get two.

    Args:
        ours: The library that is kept: order, comments and layout are its own.
        theirs: The other one.
        base: What both came from.
        prefer: Whose word stands where both say different things; it is a conflict all the same.

    Returns:
        The merged library, and the conflicts.

    >>> from pubkit.model.library import Library
    >>> base = Library((Entry("misc", "a", {"title": "Bees", "date": "2020"}),))
    >>> mine = base.with_entries([base[0].replace(title="Honey Bees")])
    >>> yours = base.with_entries([base[0].replace(date="2021")])
    >>> dict(merge(mine, yours, base).library["a"])
    {'title': 'Honey Bees', 'date': '2021'}
    """
    return _Merge(ours, theirs, base, prefer).run()


@dataclass(slots=True)
class _Merge:
    ours: Library
    theirs: Library
    base: Library | None
    prefer: Side
    conflicts: list[MergeConflict] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)  # our key → the new one that they gave

    def run(self) -> Merged:
        """Merge entries, then what stands around them."""
        known = _by_key(self.base or ())
        partner = self._partners(known)
        taken = {id(entry) for entry in partner.values()}
        new = [entry for entry in self.theirs if id(entry) not in taken]
        self._rename_new(new, known)
        result: list[tuple[Entry, Entry | None]] = []  # (merged, theirs)
        for entry in self.ours:
            other = partner.get(id(entry))
            base = known.get(entry.key) or (known.get(other.key) if other is not None else None)
            merged = self._one(base, entry, other)
            if merged is not None:
                result.append((merged, other))
        place = {id(other): at for at, (_, other) in enumerate(result) if other is not None}
        following: dict[int, list[Entry]] = {}
        added: list[str] = []
        last = -1
        for entry in self.theirs:
            if id(entry) in taken:
                last = place.get(id(entry), last)
            elif self._is_new(known.get(entry.key), entry):
                came = self._referring(entry)
                came = came.replace(key=self.renamed.get(came.key, came.key))
                added.append(came.key)
                following.setdefault(last, []).append(came)
        entries = list(following.get(-1, ())) if not result else []
        for at, (merged, _) in enumerate(result):
            entries.append(merged)
            entries += following.get(at, ())
        if result:
            entries += following.get(-1, ())
        if self.moved:
            entries = [rename_references(entry, self.moved) for entry in entries]
        base_library = self.base if self.base is not None else Library()
        library = replace(
            self.ours,
            entries=tuple(entries),
            strings=self._strings(base_library.strings),
            preamble=_merged_texts(base_library.preamble, self.ours.preamble, self.theirs.preamble),
            comments=_merged_texts(base_library.comments, self.ours.comments, self.theirs.comments),
            diagnostics=_told(self.ours, self.theirs),
        )
        renamed = {**self.renamed, **self.moved}
        return Merged(library, tuple(self.conflicts), renamed, tuple(added), tuple(self.removed))

    def _partners(self, known: Mapping[str, Entry]) -> dict[int, Entry]:
        """Return their entry for each of ours that is the same one, under its key or another."""
        waiting: dict[str, list[Entry]] = {}
        for entry in self.theirs:
            if entry.key:
                waiting.setdefault(entry.key, []).append(entry)
        partner: dict[int, Entry] = {}
        for entry in self.ours:
            others = waiting.get(entry.key)
            if others and (entry.key in known or not is_other_work(entry, others[0])):
                partner[id(entry)] = others.pop(0)
        taken = {id(entry) for entry in partner.values()}
        found = same_records(
            [entry for entry in self.ours if id(entry) not in partner],
            [entry for entry in self.theirs if id(entry) not in taken],
        )
        for entry in self.ours:
            other = found.get(id(entry))
            if other is None or other.key == entry.key:
                continue
            if entry.key in known and other.key in known:
                del found[id(entry)]  # two entries of the base: one side removed one, the other the other
            elif other.key and entry.key not in known:
                self.renamed[other.key] = entry.key
        return partner | found

    def _rename_new(self, new: Sequence[Entry], known: Mapping[str, Entry]) -> None:
        """Give what only their side has another key where ours has the same one for another work."""
        ours = {entry.key for entry in self.ours}
        keys = {key.casefold() for key in ours} | {entry.key.casefold() for entry in self.theirs}
        for entry in new:
            if entry.key and entry.key in ours and entry.key not in known:
                self.renamed[entry.key] = free_key(entry.key, keys)
                keys.add(self.renamed[entry.key].casefold())

    def _referring(self, entry: Entry) -> Entry:
        """Return an entry of theirs whose references follow the keys that were changed."""
        return rename_references(entry, self.renamed) if self.renamed else entry

    def _one(self, base: Entry | None, ours: Entry, theirs: Entry | None) -> Entry | None:
        """Return an entry of ours with what their side did to it; None where they removed it."""
        if theirs is None:
            if base is None:
                return ours
            if ours == base:
                self.removed.append(ours.key)
                return None
            taken: Side = self.prefer
            self.conflicts.append(MergeConflict(ours.key, "entry", _shown(base), _shown(ours), None, taken))
            return ours if taken == "ours" else None
        if theirs in (ours, base):
            return ours
        key = ours.key
        if base is not None and theirs.key != ours.key == base.key:
            key = self.moved[ours.key] = theirs.key  # they gave it a new key, we did not
        theirs = self._referring(theirs)
        changed: dict[str, str | None] = {}
        for name in dict.fromkeys((*ours, *theirs)):
            value = self._field(ours.key, name, base.get(name) if base is not None else None,
                                ours.get(name), theirs.get(name), known=base is not None)  # fmt: skip
            if value != ours.get(name):
                changed[name] = value
        kind = self._field(ours.key, "type", base.type if base is not None else None,
                           ours.type, theirs.type, known=base is not None)  # fmt: skip
        return ours.with_fields(changed, type=kind, key=key)

    def _field(
        self, key: str, name: str, base: str | None, ours: str | None, theirs: str | None, *, known: bool
    ) -> str | None:
        """Return what a field says after the merge; None for nothing."""
        if ours == theirs or (known and says_the_same(name, theirs, base)):
            return ours
        if known and says_the_same(name, ours, base):
            return theirs
        if not known and (ours is None or theirs is None):
            return theirs if ours is None else ours
        if says_the_same(name, ours, theirs):
            return ours
        if name in _SETS:
            return _merged_words(base, ours, theirs)
        taken: Side = self.prefer
        self.conflicts.append(MergeConflict(key, name, base, ours, theirs, taken))
        return ours if taken == "ours" else theirs

    def _is_new(self, base: Entry | None, theirs: Entry) -> bool:
        """Say whether an entry that only their side has comes in; one that we removed stays away."""
        if base is None:
            return True
        if theirs == base:
            self.removed.append(theirs.key)
            return False
        # Nothing is lost: what they changed comes back, and a person decides.
        self.conflicts.append(
            MergeConflict(theirs.key, "entry", _shown(base), None, _shown(theirs), "theirs")
        )
        return True

    def _strings(self, base: Mapping[str, str]) -> dict[str, str]:
        """Return the macros: ours as they are, for our entries are written with them, and what is new."""
        for name, theirs in self.theirs.strings.items():
            ours = self.ours.strings.get(name)
            if ours is not None and theirs not in (ours, base.get(name)):
                conflict = MergeConflict("", f"@string {name}", base.get(name), ours, theirs, "ours")
                self.conflicts.append(conflict)
        new = {name: value for name, value in self.theirs.strings.items() if name not in base}
        return {**new, **self.ours.strings}


def _by_key(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in reversed(list(entries)) if entry.key}


def _merged_words(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    """Return a list of words with what each side added and without what either removed."""
    before, mine, yours = (keyword_texts(text or "") for text in (base, ours, theirs))
    gone = {word for word in before if word not in mine or word not in yours}
    words = [word for word in dict.fromkeys((*mine, *yours)) if word not in gone]
    return keywords_source(words) or None


def _merged_texts(base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Return comments (or preambles) with what each side added and without what either removed."""
    kept = [text for text in ours if text in theirs or text not in base]
    return (*kept, *(text for text in theirs if text not in ours and text not in base))


def _shown(entry: Entry) -> str:
    return f"@{entry.type}: {entry.text('title')}"


def _told(ours: Library, theirs: Library) -> tuple[Diagnostic, ...]:
    return (*ours.diagnostics, *(found for found in theirs.diagnostics if found not in ours.diagnostics))
