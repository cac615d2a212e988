"""What both doors share: the dialect at the border, and the way back without loss.

Classic BibTeX has no place for much that an entry holds (a day, an online source, a thesis type). So a
record that goes out carries the entry it was made from. When it comes back unchanged, that entry is the
answer; when a script changed it, only the script's changes are applied to that entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from pubkit.diagnostics import Diagnostic
from pubkit.errors import FieldError
from pubkit.model.entry import Entry
from pubkit.model.fields import NAME_FIELDS
from pubkit.model.names import format_name, parse_name, split_names

_EXTENDED = re.compile(r"\s*(?:[a-z-]+\s*=[^,]*,\s*)*(?:family|given)\s*=")

# In `entry.extra`: the foreign record.
_ORIGIN = "foreign"

Dialect: TypeAlias = Literal["bibtex", "biblatex"]


@dataclass(frozen=True, slots=True)
class Carried:
    """The entry that a foreign record was made from, and the record's content when it was made."""

    entry: Entry
    key: str
    type: str
    fields: Mapping[str, str]

    def __deepcopy__(self, memo: dict[int, Any]) -> Carried:
        """Stay one object: middlewares copy each block, and this holds the whole input text."""
        return self


@dataclass(frozen=True, slots=True)
class Origin:
    """A foreign record that an entry was made from, and what the entry was then."""

    dialect: str
    type: str
    fields: Mapping[str, str]
    entry_type: str
    entry_fields: Mapping[str, str]


def outward(entry: Entry, dialect: Dialect) -> Carried:
    """Return an entry in the dialect that the other library is to see.

    An entry that came from there, and that nobody changed, goes back as it came.
    """
    origin = entry.extra.get(_ORIGIN)
    if (
        isinstance(origin, Origin)
        and origin.dialect == dialect
        and (origin.entry_type, origin.entry_fields) == (entry.type, entry.fields)
    ):
        return Carried(entry, entry.key, origin.type, origin.fields)
    kind, fields = entry.type, dict(entry.fields)
    if _checked(dialect) == "bibtex":
        from pubkit.crosswalks.bibtex import to_bibtex

        # What classic BibTeX cannot say stays in the carried entry, so nothing is lost by dropping the notes.
        kind, fields, _ = to_bibtex(kind, fields)
        for name in NAME_FIELDS:
            if "=" in fields.get(name, ""):
                fields[name] = _classic_names(fields[name])
    return Carried(entry, entry.key, kind, fields)


def inward(
    kind: str, key: str, fields: Mapping[str, str], dialect: Dialect, carried: object = None
) -> tuple[Entry, tuple[Diagnostic, ...]]:
    """Return the entry for a foreign record.

    Args:
        kind: The record's entry type.
        key: Its citation key.
        fields: Its fields by lower-case name.
        dialect: The dialect of type and fields.
        carried: The `Carried` that the record brought along, if any.

    Returns:
        The entry, and what the crosswalk had to say about it.
    """
    kind = kind.lower()
    if not isinstance(carried, Carried):
        made, converted, found = _to_biblatex(kind, fields, dialect)
        origin = Origin(dialect, kind, dict(fields), made, converted)
        return Entry(made, key, converted, {_ORIGIN: origin}), found
    same = kind == carried.type and fields == carried.fields
    if same and key == carried.key:
        return carried.entry, ()
    entry = carried.entry.replace(key=key) if key != carried.key else carried.entry
    if same:
        return entry, ()
    now_type, now, found = _to_biblatex(kind, fields, dialect)
    then_type, then, _ = _to_biblatex(carried.type, carried.fields, dialect)
    changes: dict[str, str | None] = {name: value for name, value in now.items() if then.get(name) != value}
    changes.update(dict.fromkeys(then.keys() - now.keys()))
    return entry.with_fields(changes, type=now_type if now_type != then_type else None), found


def _classic_names(value: str) -> str:
    """Write biblatex's `family=…, given=…` names as `von Last, Jr, First`, which all BibTeX tools know."""
    pieces = [
        format_name(replace(parse_name(piece), options=())) if _EXTENDED.match(piece) else piece
        for piece in split_names(value)
    ]
    return " and ".join(pieces)


def _to_biblatex(
    kind: str, fields: Mapping[str, str], dialect: Dialect
) -> tuple[str, dict[str, str], tuple[Diagnostic, ...]]:
    if _checked(dialect) == "biblatex":
        return kind, dict(fields), ()
    from pubkit.crosswalks.bibtex import to_biblatex

    kind, converted, found = to_biblatex(kind, dict(fields))
    return kind, dict(converted), tuple(found)


def _checked(dialect: str) -> str:
    if dialect not in ("bibtex", "biblatex"):
        raise FieldError(f"there is no BibTeX dialect {dialect!r}", hint="use 'bibtex' or 'biblatex'")
    return dialect
