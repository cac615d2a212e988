"""Dates, names and languages between BibLaTeX and CSL-JSON, value by value, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from pubkit.markup.tree import Rich
from pubkit.model.dates import Date, guess_date, parse_date
from pubkit.model.identifiers import normalize_orcid
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
    if isinstance(value, list):  # of pandoc's YAML: a list of points, each with year, month, day or season
        value = {"date-parts": [_named_parts(point) for point in value], **_circa(value)}
    if not isinstance(value, Mapping):
        return None
    if "year" in value and "date-parts" not in value:
        value = {**value, "date-parts": [_named_parts(value)]}
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


def _named_parts(point: Any) -> Any:
    """Return a point with named parts as a list of numbers; anything else as it is."""
    if not isinstance(point, Mapping):
        return point
    year, month, season = point.get("year"), point.get("month"), _season(point.get("season"))
    if season:
        return [year, season]
    return [year, month, point.get("day")] if month else [year]


def _circa(points: list[Any]) -> dict[str, Any]:
    return {"circa": any(isinstance(point, Mapping) and point.get("circa") for point in points)}


def _point(parts: Any) -> str | None:
    """Return date parts as EDTF; None where they are no year, month, day."""
    try:
        year, *rest = [int(part) for part in parts if part not in (None, "")]
    except (TypeError, ValueError, OverflowError):  # the last one: JSON of Python knows Infinity
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
    if isinstance(value, list):
        value = {"date-parts": [_named_parts(point) for point in value]}
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


def names_to_csl(
    names: Names, *, use_prefix: bool | None = None, orcids: Mapping[int, str] = MappingProxyType({})
) -> list[dict[str, str]]:
    """Return names as a CSL-JSON name variable.

    Args:
        names: The names.
        use_prefix: What the entry says of biblatex's option `useprefix`: False drops particles in short
            forms. By default they stay with the family name, as classic BibTeX has it.
        orcids: ORCIDs by the place of their name, from 1. CSL has no word for them; citation-js has `_orcid`.
    """
    result = [_name_to_csl(name, use_prefix) for name in names]
    for place, orcid in orcids.items():
        if 0 < place <= len(result):
            result[place - 1]["_orcid"] = orcid
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
            if " " in family and not given and not prefix and not get("suffix"):
                names.append(Name(family, literal=True))  # of several words and nothing else: no person's
            elif family or given:
                names.append(
                    Name(family or given, given if family else "", prefix, get("suffix", ""), options=options)
                )
    return Names(tuple(names), others)


_NOT_IN_ANNOTATIONS = str.maketrans("", "", '";{}')


def orcids_from_csl(value: Any) -> dict[int, str]:
    """Return the ORCIDs that names bring along, as Crossref and citation-js give them, by place from 1."""
    found: dict[int, str] = {}
    for place, item in enumerate(value if isinstance(value, list) else [], 1):
        said = (item.get("_orcid") or item.get("ORCID")) if isinstance(item, Mapping) else None
        if isinstance(said, str) and said.strip():
            found[place] = normalize_orcid(said) or said.strip().translate(_NOT_IN_ANNOTATIONS)
    return found


# -- addresses and keywords -----------------------------------------------------------------------

_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ADDRESS = "%!#$&'()*+,/:;=?@[]~"  # what may stand in an address besides letters, digits, `-`, `.` and `_`


def url_to_csl(address: str) -> str:
    """Return an address as a URI, in which letters beyond ASCII and stray per cent signs are escaped.

    >>> url_to_csl("https://example.org/шел"), url_to_csl("https://example.org/a%20b")
    ('https://example.org/%D1%88%D0%B5%D0%BB', 'https://example.org/a%20b')
    """
    if address.isascii() and "%" not in address:
        return address
    broken = _NO_ESCAPE.search(address)
    safe = _ADDRESS[1:] if broken else _ADDRESS
    return quote(address, safe=safe, errors="replace") if broken or not address.isascii() else address


def keywords_to_csl(keywords: str | Rich) -> str | Rich:
    """Return a list of keywords with nothing but commas between them, as Zotero and citation-js write it."""
    if not isinstance(keywords, str):
        return keywords
    return ",".join(word for piece in keywords.split(",") if (word := piece.strip()))


def keywords_from_csl(keywords: str) -> str:
    """Return a list of keywords with a comma and a space between them, as people write it."""
    return ", ".join(word for piece in keywords.split(",") if (word := piece.strip()))


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
    wanted = "nb" if wanted.lower() == "no" else wanted  # Norwegian, of which most is Bokmål
    if wanted.lower() in LANGUAGES:
        return wanted.lower()
    if wanted in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[wanted]
    primary = wanted.partition("-")[0].lower()
    return next(
        (name for name, known in LANGUAGES.items() if known.partition("-")[0] == primary), tag.strip()
    )
