"""P0xx: pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.model.pages import parse_pages
from pubkit.rules.base import Finding, fields_of, rule

_NUMBER = re.compile(r"[0-9]+")


@rule("P001", "page-range", "Page ranges are written with two hyphens.", safe=True)
def page_range(entry: Entry) -> Iterable[Finding]:
    """`12-15`, `12–15` and `pp. 12 - 15` become `12--15`, which LaTeX prints with an en dash.

    What is no range that we can read (an article number with a hyphen, words) stays as it is. `1234-41`
    becomes `1234--1241` only when asked for: the second number may be no page.
    """
    for name in fields_of(entry, frozenset({"range"})):
        value = entry.fields[name]
        read = parse_pages(value)
        if read.ranges and str(read) != value:
            same_numbers = _NUMBER.findall(str(read)) == _NUMBER.findall(value)
            message = "page range not in canonical form" if same_numbers else "last page abbreviated"
            yield Finding(message, name, {name: str(read)}, severity=Severity.INFO, safe=same_numbers)


@rule("P002", "page-order", "The last page is not before the first.", repairs=False)
def page_order(entry: Entry) -> Iterable[Finding]:
    """`120--98` may be reversed or mistyped. Reported only."""
    if any(part.reversed for part in entry.pages or ()):
        yield Finding("the last page is before the first", "pages", hint="look the pages up")


RULES = (page_range, page_order)
