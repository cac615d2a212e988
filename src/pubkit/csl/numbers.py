"""Numbers: which values are numeric, their parts, ranges of pages, and `cs:number`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from pubkit.csl.casing import cased
from pubkit.csl.compile import Scope, compiles, decorate, guard
from pubkit.csl.inline import script_runs
from pubkit.csl.runs import CALLED, FULL, Part, Runs
from pubkit.csl.variables import CITE_VARIABLES
from pubkit.csl.xml import Node

if TYPE_CHECKING:
    from pubkit.csl.context import Context

_NUMBER = r"[^\W\d_]{0,4}\d+(?:\.\d+)*[^\W\d_]{0,4}"
_NUMERIC = re.compile(rf"{_NUMBER}(?:\s*[,&–—-]\s*{_NUMBER})*")
_SEPARATOR = re.compile(r"(\s*(?:\\-|,?\s*\b(?:and|et|und|y|e)\b|[,&;–—-]+)\s*)")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_PAGE = re.compile(r"([^\W\d_]*|[^\W\d_]*\d+[^\W\d_]+|.*\W)(\d+)([^\W\d_]{0,2})")
_ROMAN_UNITS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@lru_cache(maxsize=65536)
def is_numeric(value: str) -> bool:
    """Tell whether a value is numeric in the sense of CSL: numbers only, with affixes and separators.

    >>> is_numeric("2nd"), is_numeric("D2, 3-4"), is_numeric("second"), is_numeric("2 ed.")
    (True, True, False, False)
    """
    return value.isdecimal() or _NUMERIC.fullmatch(value.strip()) is not None


@lru_cache(maxsize=65536)
def is_plural(value: str) -> bool:
    """Tell whether a value names several numbers: a range or a list.

    >>> is_plural("12-15"), is_plural("i–ix"), is_plural("12"), is_plural("A-1 Motors"), is_plural("5 & 6")
    (True, True, False, False, True)
    """
    if value.isdecimal():
        return False
    pieces = _SEPARATOR.split(value.strip())
    for at in range(1, len(pieces), 2):
        if "\\" not in pieces[at] and _counts(pieces[at - 1]) and _counts(pieces[at + 1]):
            return True
    return False


def _counts(atom: str) -> bool:
    atom = atom.strip()
    if not atom:
        return False
    return bool(re.fullmatch(r"[^\W\d_]{0,4}\d+[^\W_]*", atom)) or bool(_ROMAN.fullmatch(atom))


def roman(number: int) -> str:
    """Return a number in lower-case Roman numerals.

    >>> roman(1994)
    'mcmxciv'
    """
    result = []
    for value, letters in _ROMAN_UNITS:
        count, number = divmod(number, value)
        result.append(letters * count)
    return "".join(result)


# Characters that print nothing: copied along with pages, they are no part of a number.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


@lru_cache(maxsize=65536)
def format_range(value: str, style: str, dash: str, ampersand: str) -> str:
    """Set the ranges in a value of pages or other numbers.

    Args:
        value: E.g. "12-15, 21".
        style: Page-range format: "expanded", "minimal", "minimal-two", "chicago" ("chicago-15"),
            "chicago-16", or "" to keep the digits as they are.
        dash: The locale's range delimiter.
        ampersand: The locale's short "and".

    >>> format_range("1536-1538", "minimal", "–", "&"), format_range("100-4", "expanded", "–", "&")
    ('1536–8', '100–104')
    """
    if value.isdecimal():
        return value
    if not value.isascii():
        value = _UNSEEN.sub("", value)
    pieces = _SEPARATOR.split(value.strip())
    if len(pieces) == 1:
        return value
    result = [pieces[0]]
    for at in range(1, len(pieces), 2):
        separator, atom = pieces[at], pieces[at + 1]
        mark = separator.strip()
        if mark in ("-", "–", "—", "--"):
            joined = _range(pieces[at - 1], atom, style, dash)
            if joined is None:
                result.append(separator + atom)
            else:
                result.append(joined)
        elif mark == "\\-":
            result.append("-" + atom)
        elif mark == "&":
            result.append(f" {ampersand} {atom}")
        elif mark in (",", ";"):
            result.append(f"{mark} {atom}" if atom else mark)
        else:
            result.append(separator + atom)
    return "".join(result)


def _range(first: str, last: str, style: str, dash: str) -> str | None:
    """Return dash and end of a range, or None where this is none."""
    if not (_counts(first) and _counts(last)) or not first or not last:
        left, right = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
        if not (left and right and left[1] == right[1]):
            return None
    left, right = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if left is None or right is None:
        return dash + last
    if left[3] or right[3] or not style:
        return (dash if left[1] == right[1] else "-") + last
    if left[1] != right[1]:
        return "-" + last
    return dash + (left[1] if style == "expanded" else "") + _end_digits(left[2], right[2], style)


def _end_digits(start: str, end: str, style: str) -> str:
    """Return the digits to print for a range's end."""
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    if len(end) > len(start) or style == "expanded":
        return end
    same = 0
    while same < len(end) - 1 and start[same] == end[same]:
        same += 1
    if style == "minimal":
        return end[same:]
    if style == "minimal-two":
        return end[min(same, max(len(end) - 2, 0)) :]
    if style.startswith("chicago"):
        return _chicago(start, end, same, style)
    return end


def _chicago(start: str, end: str, same: int, style: str) -> str:
    """Abbreviate by the Chicago Manual of Style's table (specification, appendix V)."""
    if len(start.lstrip("0")) <= 2 or start.endswith("00"):
        return end
    if start[-2] == "0":
        return end[same:]
    if style != "chicago-16" and len(start) == 4 and len(end) - same >= 3:
        return end
    return end[min(same, len(end) - 2) :]


@compiles("number")
def compile_number(node: Node, scope: Scope) -> Part:
    """Compile `cs:number`."""
    variable = node.get("variable")
    if variable not in CITE_VARIABLES and variable not in scope.shape.variables:
        return CALLED
    form = node.get("form", "numeric")
    gender = scope.locale.gender(variable) or None
    render = number_text(variable, scope)
    locale = scope.locale
    dash = locale.term("page-range-delimiter") or "–"
    cache: dict[str, str] = {}

    def formatted(value: str) -> str:
        if form == "numeric" or not is_numeric(value):
            return render(value)
        pieces = _SEPARATOR.split(value.strip())
        for at in range(0, len(pieces), 2):
            if pieces[at].isdecimal() and len(pieces[at]) <= 9:
                number = int(pieces[at])
                if form == "ordinal":
                    pieces[at] = locale.ordinal(number, gender)
                elif form == "long-ordinal":
                    pieces[at] = locale.long_ordinal(number, gender)
                elif form == "roman" and 0 < number < 5000:
                    pieces[at] = roman(number)
        for at in range(1, len(pieces), 2):
            mark = pieces[at].strip()
            pieces[at] = {"&": f" {locale.term('and', 'symbol') or '&'} ", ",": ", "}.get(mark, dash)
        return "".join(pieces)

    def number(ctx: Context, out: Runs) -> int:
        value = ctx.locator if variable == "locator" else value_of(ctx, variable)
        if not value:
            return CALLED
        text = cache.get(value)
        if text is None:
            if len(cache) > 10000:
                cache.clear()
            text = cache[value] = formatted(value)
        out.extend(script_runs(text))
        return FULL

    return guard(decorate(cased(number, node, scope), node, scope), variable, scope)


def value_of(ctx: Context, variable: str) -> str:
    """Return a variable's text; numbers of the cite come from the context."""
    if variable == "citation-number":
        return str(ctx.number) if ctx.number else ""
    if variable == "first-reference-note-number":
        return str(ctx.first_note) if ctx.first_note else ""
    if variable == "locator":
        return ctx.locator
    return ctx.item.text(variable)


def number_text(variable: str, scope: Scope) -> Callable[[str], str]:
    """Return the function that sets ranges and separators in a number variable's value."""
    locale = scope.locale
    ampersand = locale.term("and", "symbol") or "&"
    dash = locale.term("page-range-delimiter") or "–"
    style = ""
    if variable in ("page", "locator"):
        style = scope.style.root.get("page-range-format")
    return lambda value: format_range(value, style, dash, ampersand)
