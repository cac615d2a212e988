"""Traps and rules, as cases: a list, the records, and what is made of them."""

from __future__ import annotations

import pytest

import pubkit as pk
from tests.cases import Case, parametrize

_OPTIONS = {"owner", "overwrite", "upgrade"}


@parametrize("enrich")
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    case.check(_told(case.input), request.config)


def _told(text: str) -> str:
    """Return what becomes of a list: options ("owner: X"), the list, a line of "=", the records."""
    options: dict[str, str] = {}
    lines = text.split("\n")
    while (name := lines[0].partition(": ")[0]) in _OPTIONS:
        options[name] = lines.pop(0).partition(": ")[2]
    mine, _, records = "\n".join(lines).partition("\n=\n")
    library = pk.read_string(mine, format="bibtex")
    done = pk.enrich(
        library,
        pk.read_string(records, format="bibtex"),
        owner=options.get("owner", ""),
        overwrite=filter(None, options.get("overwrite", "").split(", ")),
        upgrade_preprints=options.get("upgrade") == "yes",
    )
    told = [f"{entry} is {', '.join(o.record for o in found)}" for entry, found in done.matches.items()]
    told += [
        f"{f.entry}: {f.field} = {f.value or 'nothing'} ({f.how}, {f.origin.record})" for f in done.filled
    ]
    told += [f"{f.entry}: {f.field} {f.ours} ≠ {f.theirs} ({f.origin.record})" for f in done.findings]
    told += [f"{p.entry}: another version is {p.origin.record}: {p.reasons[0]}" for p in done.preprints]
    told += [f"{p.entry}: perhaps {p.origin.record}: {', '.join(p.reasons)}" for p in done.proposed]
    told += [f"{entry} is not known" for entry in done.unmatched]
    again = pk.enrich(
        done.library,
        pk.read_string(records, format="bibtex"),
        owner=options.get("owner", ""),
        overwrite=filter(None, options.get("overwrite", "").split(", ")),
        upgrade_preprints=options.get("upgrade") == "yes",
    )
    assert again.library == done.library or not again.filled, "a second run changes nothing"
    return "\n".join(told)
