"""What a rule is: a code, what it finds in an entry or a library, and how that is repaired."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from inspect import cleandoc
from typing import TYPE_CHECKING

from pubkit.diagnostics import Location, Severity
from pubkit.keys import DEFAULT_PATTERN
from pubkit.model.fields import FIELDS
from pubkit.rules.ordinary import is_ordinary
from pubkit.rules.traits import ANY

if TYPE_CHECKING:
    from pubkit.model.entry import Entry
    from pubkit.model.library import Library


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found in one entry, with the repair where there is one.

    Attributes:
        message: What is wrong, in one clause.
        field: The field it is about; "" for the whole entry.
        fields: The repair: field name → new source text, None removes the field.
        type: The repair: the new entry type; "" keeps it.
        hint: What a person can do, in one clause.
        severity: How bad it is.
        safe: Whether this repair is certain; None takes the rule's word.
        place: Where it is, for what is about no entry.
    """

    message: str
    field: str = ""
    fields: Mapping[str, str | None] = dataclasses.field(default_factory=dict)
    type: str = ""
    hint: str = ""
    severity: Severity = Severity.WARNING
    safe: bool | None = None
    place: Location | None = None

    @property
    def repairs(self) -> bool:
        """Whether the finding says how to repair what it found."""
        return bool(self.fields or self.type)


@dataclass(frozen=True, slots=True)
class Settings:
    """What some rules need to know beside the library.

    Attributes:
        key_pattern: How citation keys should be made (K002).
        sort: By what entries should be sorted (L013): "key", "author", "year", "title" or "type".
    """

    key_pattern: str = DEFAULT_PATTERN
    sort: str = "key"


DEFAULTS = Settings()

EntryFinder = Callable[["Entry"], Iterable[Finding]]
LibraryFinder = Callable[["Library", Settings], Iterable[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check or clean-up.

    Attributes:
        code: Letter of the family and three digits, e.g. "N002".
        name: Name in words with hyphens, e.g. "et-al".
        summary: What it is about, in one line.
        safe: Whether its repair may be done unasked: it is certain, not a guess.
        repairs: Whether it repairs at all; a rule that only reports does not.
        documentation: What it does, why, and an example.
        find: Looks at one entry; None for a rule about the library.
        find_in_library: Looks at the library, yields entry index and finding; None for one about entries.
        on_request: Whether it runs only when its own code or name is selected: a matter of house style.
        fields: The fields it looks at: in an entry that has none of them it finds nothing. Empty for any.
        when: Traits (`rules.traits`) of which an entry must have one, else the rule finds nothing in it.
    """

    code: str
    name: str
    summary: str
    safe: bool
    repairs: bool
    documentation: str
    find: EntryFinder | None = None
    find_in_library: LibraryFinder | None = None
    on_request: bool = False
    fields: frozenset[str] = frozenset()
    when: int = ANY


def rule(
    code: str,
    name: str,
    summary: str,
    *,
    safe: bool = False,
    repairs: bool = True,
    on_request: bool = False,
    fields: str = "",
    when: int = ANY,
) -> Callable[[EntryFinder], Rule]:
    """Make a rule about entries of a function; its docstring is the rule's documentation.

    `fields` (names with spaces between) and `when` say in which entries it can find anything: see `Rule`.
    """

    def make(find: EntryFinder) -> Rule:
        documentation = cleandoc(find.__doc__ or "")
        return Rule(
            code,
            name,
            summary,
            safe,
            repairs,
            documentation,
            find=find,
            on_request=on_request,
            fields=frozenset(fields.split()),
            when=when,
        )

    return make


def library_rule(
    code: str, name: str, summary: str, *, repairs: bool = False, on_request: bool = False
) -> Callable[[LibraryFinder], Rule]:
    """Make a rule about the whole library of a function; what such a rule repairs is never certain.

    The function yields the index of an entry with each finding; -1 for what is about no entry.
    """

    def make(find: LibraryFinder) -> Rule:
        documentation = cleandoc(find.__doc__ or "")
        return Rule(
            code, name, summary, False, repairs, documentation, find_in_library=find, on_request=on_request
        )

    return make


def value_findings(
    entry: Entry,
    names: Iterable[str],
    clean: Callable[[str], str],
    message: str,
    *,
    severity: Severity = Severity.INFO,
    safe: bool | None = None,
) -> Iterable[Finding]:
    """Yield one finding for each of the fields whose value `clean` changes."""
    for name in names:
        value = entry.fields.get(name)
        if value:
            cleaned = clean(value)
            if cleaned != value:
                yield Finding(message, name, {name: cleaned}, severity=severity, safe=safe)


def fields_of(entry: Entry, datatypes: frozenset[str]) -> tuple[str, ...]:
    """Return the names of an entry's fields of these datatypes, in its order; unknown fields never."""
    return _of_datatypes(tuple(entry.fields), datatypes)


def odd_name_lists(entry: Entry) -> list[str]:
    """Return the names of an entry's fields that hold other than ordinary names."""
    return [name for name in fields_of(entry, _NAME_LISTS) if not is_ordinary(entry.fields[name])]


_NAME_LISTS = frozenset({"name-list"})


@lru_cache(maxsize=4096)
def _of_datatypes(names: tuple[str, ...], datatypes: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in names if FIELDS.get(name) in datatypes)


def is_kept(entry: Entry, finding: Finding) -> bool:
    """Whether the user marked what a finding is about, or would change, with `% pubkit: keep`."""
    kept: frozenset[str] = entry.extra.get("keep", frozenset())
    return bool(kept) and ("*" in kept or finding.field in kept or not kept.isdisjoint(finding.fields))
