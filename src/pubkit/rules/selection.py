"""All rules in their order, and which of them a selection names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from pubkit.errors import PubkitError
from pubkit.rules import (
    citation_keys,
    containers,
    date_checks,
    dates,
    field_names,
    fields,
    identifier_checks,
    identifiers,
    journal_macros,
    library,
    library_macros,
    markup,
    name_parts,
    names,
    numbers,
    pages,
    people,
    text,
    title_case,
    titles,
    venue_names,
    venues,
)
from pubkit.rules.base import Rule

# The order is the order of repair: characters first, then what stands in one field, then what moves between
# fields, then venues (which need dates and identifiers in place).
RULES: dict[str, Rule] = {
    rule.code: rule
    for family in (
        *(markup, text, field_names, fields, names, name_parts, dates, date_checks, pages, numbers),
        *(
            identifier_checks,
            identifiers,
            journal_macros,
            containers,
            venues,
            venue_names,
            titles,
            title_case,
        ),
        *(library, library_macros, citation_keys, people),
    )
    for rule in family.RULES
}

Codes = str | Iterable[str] | None


def select_rules(select: Codes = None, ignore: Codes = None, extend: Codes = None) -> tuple[Rule, ...]:
    """Return the rules that a selection names, in order of repair.

    Rules of house style (`on_request`) run only when their own code or name is given.

    Args:
        select: Codes (`"T001"`), beginnings of codes (`"T"`), or names of rules (`"et-al"`); None for all
            but those of house style.
        ignore: The same, to leave out.
        extend: The same, to add to what `select` says.

    Raises:
        PubkitError: No rule has such a code or name.

    >>> [rule.code for rule in select_rules(["N002", "P00"], ignore="P002", extend="title-case")]
    ['N002', 'P001', 'T021']
    """
    wanted = _usual(RULES) if select is None else _codes(select)
    if extend is not None:
        wanted |= _codes(extend)
    unwanted = set() if ignore is None else _codes(ignore, all_of=True)
    return tuple(rule for code, rule in RULES.items() if code in wanted and code not in unwanted)


def _usual(codes: Iterable[str]) -> set[str]:
    return {code for code in codes if not RULES[code].on_request}


def _codes(selection: str | Iterable[str], *, all_of: bool = False) -> set[str]:
    """Return the codes that a selection names; rules on request by a beginning only with `all_of`."""
    words = [selection] if isinstance(selection, str) else list(selection)
    codes: set[str] = set()
    for word in words:
        exact = {code for code, rule in RULES.items() if word in (code, rule.name)}
        matching = {code for code in RULES if word and code.startswith(word)}
        if not exact and not matching:
            known = [*RULES, *(rule.name for rule in RULES.values())]
            near = get_close_matches(word, known, 3)
            hint = f"near: {', '.join(near)}" if near else "`pubkit rules` lists them all"
            raise PubkitError(f"no rule has the code or name {word!r}", hint=hint)
        codes |= exact | (matching if all_of else _usual(matching))
    return codes
