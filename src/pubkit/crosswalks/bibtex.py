"""The border between classic BibTeX and BibLaTeX, crossed once in reading and once in writing.

Reading takes both dialects, field by field: a file may say `journal` in one entry and `journaltitle` in
the next. What a table (`bibtex_tables`) renames is renamed only where its target is free, so nothing is
overwritten, and `to_biblatex(to_bibtex(x)) == x` for every `x` that `to_biblatex` gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Literal

from pubkit.crosswalks import bibtex_tables as tables
from pubkit.crosswalks.bibtex_dates import (
    date_in_words,
    join_date,
    month_alone,
    split_date,
    start_of,
    year_to_date,
)
from pubkit.diagnostics import Diagnostic, Location, Severity
from pubkit.model.months import MONTHS

_NUMERIC = re.compile(r"[0-9]+(?:[-–/]{1,2}[0-9]+)?", re.ASCII)
# Fields whose value decides what becomes of them; an entry without them is only renamed.
_BY_VALUE = frozenset(
    {"month", "day", "date", "issue", "arxivid", tables.TYPE_FIELD} | {s for _, s in tables.TITLE_PAIRS}
)

Converted = tuple[str, dict[str, str], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What reading does to all entries of one type and one sequence of field names.

    Attributes:
        type: The BibLaTeX entry type.
        names: The BibLaTeX field names, in the order of the fields; a lone year is called "date" here.
        implied: The `type` field that a classic type such as phdthesis implies, or "".
        year: Position of a lone year in `names`, or -1.
        by_value: Whether values have a say, so that renaming is not all.
        findings: What the names alone tell.
    """

    type: str
    names: tuple[str, ...]
    implied: str
    year: int
    by_value: bool
    findings: tuple[Diagnostic, ...] = ()


@lru_cache(maxsize=4096)
def reading_plan(kind: str, names: tuple[str, ...]) -> ReadingPlan:
    """Return the plan for an entry type and its field names, both in lower case, each name once.

    >>> reading_plan("article", ("title", "journal", "year")).names
    ('title', 'journaltitle', 'date')
    """
    target, implied = tables.TO_BIBLATEX_TYPE.get(kind, (kind, ""))
    if "type" in names:
        implied = ""
    taken = set(names)
    made: list[str] = []
    findings: list[Diagnostic] = []
    for name in names:
        new = tables.TO_BIBLATEX_FIELD.get(name, name)
        if name == "location" and _has_both_places(names):
            new = "venue"
        if new != name:
            if new in taken and not (name == "address" and _has_both_places(names)):
                findings.append(_both(name, new))
                new = name
            taken.add(new)
        made.append(intern(new))
    by_value = not _BY_VALUE.isdisjoint(names)
    year = -1
    if not by_value and "year" in names:
        year = names.index("year")
        made[year] = "date"
    return ReadingPlan(intern(target), tuple(made), implied, year, by_value, tuple(findings))


def _has_both_places(names: tuple[str, ...]) -> bool:
    """Tell whether places are given as the ACM does: `address` of the publisher, `location` of the event."""
    return "address" in names and "location" in names and "venue" not in names


def to_biblatex(kind: str, fields: Mapping[str, str]) -> Converted:
    """Return an entry's type and fields under BibLaTeX names.

    Args:
        kind: Entry type in lower case, of either dialect.
        fields: Field name (lower case, of either dialect) → source text.

    Returns:
        Type, fields and findings (without a place: the caller knows it).

    >>> to_biblatex("phdthesis", {"school": "MIT", "year": "1998", "month": "sep"})[:2]
    ('thesis', {'institution': 'MIT', 'type': 'phdthesis', 'date': '1998-09'})
    """
    marked = fields.get(tables.TYPE_FIELD)
    if marked is not None and kind in _classic_types(marked) and tables.TYPE_FIELD in fields:
        fields = {name: value for name, value in fields.items() if name != tables.TYPE_FIELD}
        plan = reading_plan(marked, tuple(fields))
    else:
        plan = reading_plan(kind, tuple(fields))
    return apply_plan(plan, list(fields.values()))


def apply_plan(plan: ReadingPlan, values: list[str]) -> Converted:
    """Return the entry that a plan makes of values, which come in the order of the plan's names."""
    made = dict(zip(plan.names, values, strict=True))
    findings = list(plan.findings)
    if plan.implied:
        made["type"] = plan.implied
    if plan.year >= 0:
        made["year"] = made.pop("date")
    _read_date(made, findings)
    if plan.by_value:
        _read_titles(made)
        _read_numbers(plan.type, made)
    return plan.type, made, tuple(findings)


def _classic_types(kind: str) -> tuple[str, ...]:
    """Return the classic types that `to_bibtex` may give to a BibLaTeX type it has to mark."""
    nearest = tables.NEAREST_TYPE.get(kind)
    thesis = ("mastersthesis",) if kind == "thesis" else ()
    part = tables.WITH_BOOKTITLE.get(kind)
    return tuple(name for name in (nearest, part, *thesis) if name)


def _read_date(made: dict[str, str], findings: list[Diagnostic]) -> None:
    """Make `date` of year, month and day; what cannot be a date stays, with a finding."""
    year, month, given = made.get("year"), made.get("month"), made.get("date")
    day = made.get("day") or None
    if month is not None and (number := month_alone(month)):
        made["month"] = str(number)
    if given is not None:
        _read_beside_date(made, given, findings)
        return
    if year is None:
        return
    if month is not None:
        whole = join_date(year, month, day or "")
        if whole is None and day is not None:
            whole, day = join_date(year, month), None
        if whole is not None:
            _settle(made, whole, "year", "month", *(("day",) if day is not None else ()))
            return
    plain = year_to_date(year)
    if plain is not None:
        _settle(made, plain, "year")
        if month:
            findings.append(_finding("PK402", f"the month {month!r} is no month; it stays text", "month"))
        return
    state = tables.PUBSTATES.get(" ".join(year.lower().strip("[](){}. ").split()))
    if state and "pubstate" not in made:
        del made["year"]
        made["pubstate"] = state
        return
    findings.append(
        _finding(
            "PK402", f"the year {year!r} is no date; it stays text", "year", "give a year of four digits"
        )
    )


def _read_beside_date(made: dict[str, str], given: str, findings: list[Diagnostic]) -> None:
    """Drop a year, month and day that only repeat the date; complete a date that is only a year."""
    year, month, day = made.get("year") or None, made.get("month"), made.get("day") or None
    own_year, own_month, own_day = start_of(given)
    if not own_year and (whole := date_in_words(given, year)):
        agrees = month is None or start_of(whole)[1] == month_alone(month)
        _settle(made, whole, *(("year",) if year is not None else ()), *(("month",) if agrees else ()))
        return
    if year is not None and year.strip("{} ") == own_year:
        del made["year"]
        year = None
    to_month = own_month is not None and given == f"{own_year}-{own_month:02}"
    if day is not None and to_month and (whole := join_date(own_year, str(own_month), day)):
        _settle(made, whole, "day")
        given, own_day = whole, int(day)
    if month is not None:
        number = month_alone(month)
        seasonal = join_date(own_year, month) if own_year else None
        if given == own_year and year is None and (whole := join_date(given, month, day or "")):
            _settle(made, whole, "month", *(("day",) if day is not None else ()))
            return
        if own_month and (own_month == number or (seasonal and start_of(seasonal)[1] == own_month)):
            del made["month"]
            if day is not None and own_day is not None and day.isdecimal() and int(day) == own_day:
                del made["day"]
    for name in ("year", "month"):
        if made.get(name):
            findings.append(
                _finding(
                    "PK403",
                    f"{name} {made[name]!r} does not agree with the date {given!r}",
                    name,
                    "drop one of them",
                )
            )


def _settle(made: dict[str, str], whole: str, *parts: str) -> None:
    """Put a date where its parts were."""
    for name in parts:
        made.pop(name, None)
    made["date"] = whole


def _read_titles(made: dict[str, str]) -> None:
    """Take the subtitle off a title that repeats it: classic BibTeX has both in one field."""
    for title, subtitle in tables.TITLE_PAIRS:
        tail = made.get(subtitle)
        whole = made.get(title)
        if not tail or not whole:
            continue
        while True:
            if whole.endswith(": " + tail):
                head = whole[: -len(tail) - 2]
            elif whole.endswith(" " + tail) and whole[: -len(tail) - 1].endswith(("?", "!")):
                head = whole[: -len(tail) - 1]
            else:
                break
            if not head:
                break
            whole = head
        made[title] = whole


def _read_numbers(kind: str, made: dict[str, str]) -> None:
    """Move a numeric `issue` of an article to `number`, and Mendeley's arXiv id to `eprint`."""
    issue = made.get("issue")
    if issue and kind == "article" and "number" not in made and _NUMERIC.fullmatch(issue):
        made["number"] = made.pop("issue")
    if "arxivid" in made and "eprint" not in made:
        made["eprint"] = made.pop("arxivid")
        made.setdefault("eprinttype", "arxiv")


# -- writing --------------------------------------------------------------------------------------


def to_bibtex(kind: str, fields: Mapping[str, str]) -> Converted:
    """Return an entry's type and fields as classic BibTeX has them.

    Months are macro names (`sep`), two joined by `--`. A type that classic styles do not know becomes the
    nearest one they know and is kept in the field `entrytype`; a date that year, month and day cannot
    say is kept in `date` as well. Styles ignore both, and `to_biblatex` reads them.

    Args:
        kind: BibLaTeX entry type.
        fields: BibLaTeX field name → source text.

    Returns:
        Type, fields and findings: what classic styles will not print, though it is written.

    >>> to_bibtex("online", {"title": "T", "date": "1998-09-01"})[:2]
    ('misc', {'title': 'T', 'year': '1998', 'month': 'sep', 'day': '1', 'entrytype': 'online'})
    """
    made = dict(fields)
    target = _write_type(kind, made)
    names = _writing_names(target, tuple(made))
    if names is not None:
        made = dict(zip(names, made.values(), strict=True))
    findings: tuple[Diagnostic, ...] = ()
    if "date" in made or "pubstate" in made or "month" in made:
        made, findings = _write_date(made)
    _write_titles(made)
    return target, made, findings


def _write_type(kind: str, made: dict[str, str]) -> str:
    """Return the classic type; changes the `type` field, or adds the mark that brings the type back."""
    detail = made.get("type", "")
    both = tables.TO_BIBTEX_TYPE.get((kind, detail))
    if both and tables.TYPE_FIELD not in made:
        del made["type"]
        return both
    nearest = tables.NEAREST_TYPE.get(kind)
    if "booktitle" in made:
        nearest = tables.WITH_BOOKTITLE.get(kind, nearest)
    if nearest is None or tables.TYPE_FIELD in made:
        return kind
    if kind == "thesis" and any(word in detail.lower() for word in tables.MASTERS_WORDS):
        nearest = "mastersthesis"
    # A thesis or report whose `type` says what it is comes back by itself.
    if not (detail and tables.TO_BIBLATEX_TYPE.get(nearest, ("",))[0] == kind):
        made[tables.TYPE_FIELD] = kind
    return nearest


@lru_cache(maxsize=4096)
def _writing_names(target: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the classic field names in order, or None where all stay."""
    special = tables.FIELD_BY_TYPE.get(target, {})
    new = [special.get(name) or tables.TO_BIBTEX_FIELD.get(name, name) for name in names]
    taken = set(names)
    made = tuple(
        intern(name if classic in taken and classic != name else classic)
        for name, classic in zip(names, new, strict=True)
    )
    return made if made != names else None


def _write_date(made: dict[str, str]) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Replace the date by year, month and day, in its place."""
    findings: list[Diagnostic] = []
    if month := made.get("month"):
        number = month_alone(month)
        if number:
            made["month"] = MONTHS[number - 1]
    given = made.get("date")
    if given is None:
        state = tables.YEAR_WORDS.get(made.get("pubstate", ""))
        if state and "year" not in made:
            made = {("year" if name == "pubstate" else name): value for name, value in made.items()}
            made["year"] = state
        return made, ()
    parts = dict(split_date(given))
    if not parts.keys().isdisjoint(made.keys() - {"date"}):
        # Something of the date stands there already and disagrees: all of it stays, the date too.
        year = {"year": parts["year"]} if "year" in parts and "year" not in made else {}
        parts = {**year, "date": given}
    if "date" in parts:
        findings.append(
            _finding(
                "PK404",
                f"classic styles see only a part of the date {given!r}",
                "date",
                "write BibLaTeX to keep all",
            )
        )
    result: dict[str, str] = {}
    for name, value in made.items():
        if name == "date":
            result.update(parts)
        else:
            result[name] = value
    return result, tuple(findings)


def _write_titles(made: dict[str, str]) -> None:
    """Put the subtitle behind the title, where classic styles print it; the subtitle's own field stays."""
    for title, subtitle in tables.TITLE_PAIRS:
        name = title if title in made else _classic_name(title)
        whole, tail = made.get(name), made.get(subtitle)
        if whole and tail:
            made[name] = f"{whole}{' ' if whole.endswith(('?', '!')) else ': '}{tail}"


def _classic_name(name: str) -> str:
    return tables.TO_BIBTEX_FIELD.get(name, name)


def dialect_of(kind: str, names: frozenset[str] | set[str]) -> Literal["bibtex", "biblatex"]:
    """Return the dialect that an entry as written is of: "biblatex" where a name tells, else "bibtex".

    >>> dialect_of("article", {"title", "journaltitle"}), dialect_of("article", {"title", "year"})
    ('biblatex', 'bibtex')
    """
    told = kind in tables.BIBLATEX_TYPES or not tables.BIBLATEX_FIELDS.isdisjoint(names)
    return "biblatex" if told else "bibtex"


def _finding(code: str, message: str, field: str, hint: str = "") -> Diagnostic:
    return Diagnostic(code, message, Severity.WARNING, Location(field=field), hint)


def _both(classic: str, ours: str) -> Diagnostic:
    return _finding(
        "PK401",
        f"the entry has both {classic!r} and {ours!r}; each stays as it is",
        classic,
        "keep one of them",
    )
