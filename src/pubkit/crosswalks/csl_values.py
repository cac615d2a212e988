"""Dates, names and languages between BibLaTeX and CSL-JSON, value by value, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pubkit.model.dates import Date, guess_date, parse_date
from pubkit.model.languages import LANGUAGE_NAMES, LANGUAGES, language_tag
from pubkit.model.months import month_number
from pubkit.model.names import Name, Names

OTHERS = {"literal": "others"}  # what CSL-JSON has for `and others`, by the convention of pandoc
_SPRING = 21  # EDTF counts seasons from here, CSL from 1


# -- dates ---------------------------------------------------------------------------------------


def date_to_csl(date: Date) -> dict[str, Any]:
    """Return a date as a CSL-JSON date variable.

    >>> date_to_csl(parse_date("2019-05~/2020"))
    {'date-parts': [[2019, 5], [2020]], 'circa': True}
    """
    if date.open_start or date.unspecified:
        return {"literal": f"–{_year_text(date.end)}" if date.open_start else str(date)}
    value: dict[str, Any] = {"date-parts": [_parts(date)]}
    if date.end is not None:
        value["date-parts"].append(_parts(date.end))
    elif date.open_end:
        value["date-parts"].append([0])
    if date.season and date.end is None and _SPRING <= date.season <= _SPRING + 3:
        value["date-parts"] = [[_csl_year(date.year)]]
        value["season"] = date.season - _SPRING + 1
    if date.circa or date.uncertain or (date.end is not None and (date.end.circa or date.end.uncertain)):
        value["circa"] = True
    return value


def _year_text(date: Date | None) -> str:
    return str(date.year) if date and date.year is not None else ""


def _csl_year(year: int | None) -> int:
    """Return a year in CSL's counting, where -1 is 1 BC and 0 is no year; EDTF's 0 is 1 BC."""
    return 0 if year is None else year if year > 0 else year - 1


def _parts(date: Date) -> list[int]:
    parts = [_csl_year(date.year), *date.parts[1:]]
    return [*parts[:1], date.season] if date.season else parts


def date_from_csl(value: Any) -> str | None:
    """Return a CSL-JSON date variable as EDTF text; None where it cannot be read as a date.

    >>> date_from_csl({"date-parts": [[2019, 5], [2020]], "circa": 1})
    '2019-05~/2020'
    >>> date_from_csl({"date-parts": [["2020"]], "season": 3}), date_from_csl({"raw": "3 May 2020"})
    ('2020-23', '2020-05-03')
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = {"date-parts": [[value]]}
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and any(parts):
        if not isinstance(parts[0], list):
            parts = [parts]
        points = [_point(point) for point in parts[:2]]
        text = points[0]
        if text is None:
            return None
        season = _season(value.get("season"))
        if season and len(points) == 1 and len(text) == 4:
            text += f"-{season}"
        if value.get("circa") not in (None, False, 0, "", "0", "false"):
            text += "~"
        if len(points) > 1 and points[1] != points[0]:
            text += f"/{points[1] or '..'}"
        date = parse_date(text)
        return str(date) if date else None
    for name in ("raw", "literal", "edtf"):
        text = value.get(name)
        if isinstance(text, str) and text.strip():
            date = parse_date(text.strip()) or guess_date(text)
            if date:
                return str(date)
    return None


def _point(parts: Any) -> str | None:
    """Return date parts as EDTF; None where they are no year, month, day."""
    try:
        year, *rest = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError):
        return None
    if year == 0:
        return None
    year += year < 0
    text = f"{year:04d}" if year >= 0 else f"{year:05d}"
    if abs(year) > 9999:
        text = f"y{year}"
    if rest and 13 <= rest[0] <= 16:  # citeproc's months for seasons
        rest = [rest[0] - 13 + _SPRING]
    for part in rest[:2]:
        if part <= 0:
            break
        text += f"-{part:02d}"
    return text


def _season(value: Any) -> int | None:
    text = str(value).strip().lower()
    if text in ("1", "2", "3", "4"):
        return int(text) - 1 + _SPRING
    number = month_number(text)
    return number if number and number > 12 else None


def date_text(value: Any) -> str:
    """Return what a CSL-JSON date that is no date says, for a `year` or `pubstate` field."""
    if isinstance(value, Mapping):
        parts = value.get("date-parts")
        points = parts if isinstance(parts, list) else []
        spelled = "/".join(
            "-".join(str(part) for part in point if isinstance(part, str | int | float))
            for point in points
            if isinstance(point, list)
        )
        value = value.get("literal") or value.get("raw") or spelled
    return str(value).strip() if isinstance(value, str | int) else ""


# -- names ---------------------------------------------------------------------------------------


def names_to_csl(names: Names, *, use_prefix: bool | None = None) -> list[dict[str, str]]:
    """Return names as a CSL-JSON name variable.

    Args:
        names: The names.
        use_prefix: What the entry says of biblatex's option `useprefix`: False drops particles in short
            forms. By default they stay with the family name, as classic BibTeX has it.
    """
    result = [_name_to_csl(name, use_prefix) for name in names]
    return [*result, dict(OTHERS)] if names.others else result


def _name_to_csl(name: Name, use_prefix: bool | None) -> dict[str, str]:
    if name.literal:
        return {"literal": name.family}
    if name.given and not name.prefix and not name.suffix:
        return {"family": name.family, "given": name.given} if name.family else {"given": name.given}
    own = name.use_prefix
    drops = (use_prefix if own is None else own) is False
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle" if drops else "non-dropping-particle": name.prefix,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def names_from_csl(value: Any) -> Names | None:
    """Return a CSL-JSON name variable as names; None where it is not one."""
    if isinstance(value, Mapping | str):
        value = [value]
    if not isinstance(value, list):
        return None
    names: list[Name] = []
    others = False
    for item in value:
        if isinstance(item, str):
            item = {"literal": item}  # noqa: PLW2901  # one shape from here on
        if not isinstance(item, Mapping):
            return None
        if len(item) == 2 and isinstance(item.get("given"), str) and isinstance(item.get("family"), str):
            family, given = item["family"].strip(), item["given"].strip()  # most names
            if family:
                names.append(Name(family, given))
                continue
        get = {key: text.strip() for key, text in item.items() if isinstance(text, str)}.get
        literal = get("literal") or get("name") or ""
        if literal in ("others", "et al.", "et al") and item is value[-1]:
            others = True
        elif literal:
            names.append(Name(literal, literal=True))
        elif item.get("isInstitution") and get("family"):
            names.append(Name(get("family", ""), literal=True))
        else:
            dropping, kept = get("dropping-particle", ""), get("non-dropping-particle", "")
            prefix = " ".join(part for part in (dropping, kept) if part)
            options = (("useprefix", "false"),) if dropping and not kept else ()
            family, given = get("family", ""), get("given", "")
            if family or given:
                names.append(
                    Name(family or given, given if family else "", prefix, get("suffix", ""), options=options)
                )
    return Names(tuple(names), others)


# -- languages -----------------------------------------------------------------------------------


def language_to_csl(name: str) -> str:
    """Return a BibLaTeX language name as a language tag; one that is not known stays.

    >>> language_to_csl("ngerman"), language_to_csl("pt_BR"), language_to_csl("Elvish")
    ('de', 'pt-BR', 'Elvish')
    """
    return language_tag(name) or name.strip()


def language_from_csl(tag: str) -> str:
    """Return a language tag as the language name that BibLaTeX's `langid` takes; an unknown one stays.

    >>> [language_from_csl(tag) for tag in ("de-DE", "en", "fr-BE", "tlh")]
    ['german', 'english', 'french', 'tlh']
    """
    wanted = tag.strip().replace("_", "-")
    if wanted in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[wanted]
    primary = wanted.partition("-")[0].lower()
    return next((name for name, known in LANGUAGES.items() if known.partition("-")[0] == primary), wanted)
