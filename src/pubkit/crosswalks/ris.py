"""RIS records ↔ entries: what the tables of `ris_tables` cannot say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.forms import doi_source, pages_source, pages_text, text_source
from pubkit.crosswalks.ris_databases import as_usual
from pubkit.crosswalks.ris_tables import REMARKS, RIS
from pubkit.crosswalks.table import GROUPS, Reading
from pubkit.model.dates import Date, entry_date, parse_date
from pubkit.model.entry import Entry
from pubkit.model.identifiers import normalize_issn, normalize_pmcid, normalize_pmid
from pubkit.model.pages import parse_pages

Texts = dict[str, list[str]]

_WHOLE = frozenset((*GROUPS["@whole"], "thesis", "report"))
_NUMBERED = frozenset(GROUPS["@numbered"])
_PART = frozenset(GROUPS["@part"])
_MARKED = re.compile(r"(\w+)\[(pmid|pmcid)\]", re.IGNORECASE)
# What Mendeley takes for the type of a preprint.
_ARXIV_TYPE = re.compile(r"arxiv:\s*([\w.-]+(?:/[0-9]+)?(?:v[0-9]+)?)(?:\s*\[([\w.-]+)\])?", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_EPUB = re.compile(r"[0-9]{4}/[0-9]")
_PAGE_COUNT = re.compile(r"[0-9]+\s*(?:p|pp|pages)?\.?", re.IGNORECASE)
_SERIAL = re.compile(r"(?<![0-9Xx-])(?:97[89][- ]?)?(?:[0-9][- ]?){7,9}[0-9Xx](?![0-9Xx-])")


def from_ris(values: Texts) -> Reading:
    r"""Return a RIS record as type and fields.

    Args:
        values: Tag → its texts, none of them empty, `TY` among them; it is used up.

    >>> reading = from_ris({"TY": ["JOUR"], "TI": ["A & B"], "PY": ["2020/05//"], "SP": ["1"], "EP": ["9"]})
    >>> reading.type, reading.fields
    ('article', {'title': 'A \\& B', 'date': '2020-05', 'pages': '1--9'})
    """
    kind = values.pop("TY", [""])[-1].split(" ")[0].upper()
    if kind not in _TYPES:
        kind = _guessed_kind(kind, values)
    if "AN" in values:
        as_usual(values)
    entry_type = _type_of(kind, values)
    more: dict[str, str] = {}
    _read_dates(values, more)
    _read_pages(entry_type, values, more)
    if "A1" in values and "AU" in values:  # two names of one tag
        values["AU"] = list(dict.fromkeys((*values["AU"], *values.pop("A1"))))
    if "SN" in values:
        _read_serials(entry_type, values, more)
    _read_identifiers(values, more)
    if "N1" in values:
        _read_notes(values, more)
    if "ET" in values and _EPUB.match(values["ET"][0]):
        values["ET (first online)"] = values.pop("ET")
    reading = RIS.read(kind, values, type=entry_type)
    for name, source in more.items():
        reading.fields.setdefault(name, source)
    return reading


_TYPES = frozenset(kind.name for kind in RIS.kinds if kind.way != "write")


def _guessed_kind(kind: str, values: Texts) -> str:
    """Return the kind of a record without one: a journal article where journal and volume say so."""
    if (
        not kind
        and ("VL" in values or "IS" in values)
        and not values.keys().isdisjoint(("JF", "JO", "JA", "T2"))
    ):
        return "JOUR"
    return kind


def _type_of(kind: str, values: Texts) -> str:
    """Return the entry type where the kind alone does not tell it."""
    edited = "A2" in values or "ED" in values
    if kind in ("CHAP", "ECHAP") and edited:
        return "incollection"
    if kind in ("CONF", "CPAPER") and edited and "AU" not in values and "A1" not in values:
        return "inproceedings" if "SP" in values and "EP" in values else "proceedings"
    known = RIS.kind_of(kind)
    return known.type if known else RIS.otherwise[1]


# -- dates -----------------------------------------------------------------------------------------


def _read_dates(values: Texts, made: dict[str, str]) -> None:
    """Make the date of `PY`, `Y1` and `DA`: the most exact one of the first year; `Y2` is that of access."""
    texts = [*values.pop("PY", ()), *values.pop("Y1", ()), *values.pop("DA", ())]
    if texts:
        date = _best_date(tuple(texts))
        if date:
            made["date"] = date
        elif said := [text for text in texts if text.strip("/ ")]:
            made["year"] = text_source(said[0])
    if "Y2" in values:
        accessed = date_source(values["Y2"][0])
        if accessed:
            del values["Y2"]
            made["urldate"] = accessed


@lru_cache(maxsize=8192)
def _best_date(texts: tuple[str, ...]) -> str:
    """Return the most exact date of the year that comes first."""
    first = year = ""
    best: Date | None = None
    for text in texts:
        source = date_source(text, year)
        date = parse_date(source) if source else None
        if date is None:
            continue
        if not first:
            first, year, best = source, str(date.year), date
        elif best and date.year == best.year and _exactness(date) > _exactness(best):
            best = date
    return str(best) if best else ""


def _exactness(date: Date) -> int:
    return len(date.parts) + bool(date.season)


# -- pages, serial numbers, identifiers --------------------------------------------------------------


def _read_pages(entry_type: str, values: Texts, made: dict[str, str]) -> None:
    """Make `pages` of `SP` and `EP`; a lone number of a whole book or thesis counts its pages."""
    first, last = values.pop("SP", None), values.pop("EP", None)
    start = first[0] if first else ""
    end = last[0] if last else ""
    if start and end and start != end and not _is_range(start):
        made["pages"] = _pages(start, end)
    elif start or end:
        text = start or end
        if entry_type in _WHOLE and not end and _PAGE_COUNT.fullmatch(text):
            made["pagetotal"] = text_source(text)
        else:
            made["pages"] = pages_source(text)


def _is_range(text: str) -> bool:
    ranges = parse_pages(text).ranges
    return bool(ranges) and ranges[0].last is not None


@lru_cache(maxsize=8192)
def _pages(first: str, last: str) -> str:
    if first.isdecimal() and last.isdecimal() and len(first) <= len(last):
        return f"{first}--{last}"
    return pages_source(f"{first}--{last}")


def _read_serials(entry_type: str, values: Texts, made: dict[str, str]) -> None:
    """Sort what stands in `SN`: ISSN, ISBN, or the number of a report, patent or standard."""
    issn: list[str] = []
    isbn: list[str] = []
    other: list[str] = []
    for text in dict.fromkeys(values.pop("SN")):
        found = _serials(text)
        if not found:
            other.append(text)
        for kind, number in found:
            (issn if kind == "issn" else isbn).append(number)
    for name, numbers in (("issn", issn), ("isbn", isbn)):
        if numbers:
            made[name] = ", ".join(dict.fromkeys(numbers))
    if other:
        name = "number" if entry_type in _NUMBERED else "isbn" if entry_type in _WHOLE else "issn"
        made.setdefault(name, ", ".join(map(text_source, other)))


@lru_cache(maxsize=8192)
def _serials(text: str) -> tuple[tuple[str, str], ...]:
    """Return the ISSNs and ISBNs in a text as they stand, with what each is.

    >>> _serials("1999-7777(Electronic),0222-6666(Print)")
    (('issn', '1999-7777'), ('issn', '0222-6666'))
    """
    found = []
    for match in _SERIAL.finditer(text):
        digits = re.sub(r"[- ]", "", match[0])
        if len(digits) == 8:
            found.append(("issn", normalize_issn(digits) or match[0].strip()))
        elif len(digits) in (10, 13):
            found.append(("isbn", match[0].strip()))
    return tuple(found)


def _read_identifiers(values: Texts, made: dict[str, str]) -> None:
    """Find PubMed's numbers, arXiv's, and DOIs where databases put them."""
    for tag in ("U1", "U2", "U3", "C2", "AN", "PM"):
        if tag not in values:
            continue
        left = []
        for text in values[tag]:
            name, number = _identifier(tag, text, values)
            if name and name not in made:
                made[name] = number
                if name == "eprint":
                    made["eprinttype"] = "arxiv"
            elif name is None or made[name] != number:
                left.append(text)
        if left:
            values[tag] = left
        else:
            del values[tag]
    if "eprint" not in made and (found := _ARXIV_TYPE.fullmatch(values.get("M3", [""])[0].strip())):
        del values["M3"]
        made.update({"eprint": found[1], "eprinttype": "arxiv"})
        if found[2]:
            made["eprintclass"] = found[2]
    for tag in ("M3", "L3"):
        if tag in values:
            dois = [doi_source(text) for text in values[tag]]
            left = [text for text, doi in zip(values[tag], dois, strict=True) if not doi]
            if len(left) < len(dois):
                values.setdefault("DO", [doi for doi in dois if doi][:1])
                if left:
                    values[tag] = left
                else:
                    del values[tag]


def _identifier(tag: str, text: str, values: Mapping[str, Sequence[str]]) -> tuple[str | None, str]:
    if found := _MARKED.fullmatch(text.strip()):
        return found[2].lower(), found[1]
    if found := _ARXIV.fullmatch(text.strip()):
        return "eprint", found[1]
    if tag == "PM" or (tag == "AN" and _is_pubmed(text, values)):
        number = normalize_pmid(text)
        return ("pmid", number) if number else (None, "")
    if tag in ("C2", "AN") and (number := normalize_pmcid(text)):
        return "pmcid", number
    return None, ""


def _is_pubmed(text: str, values: Mapping[str, Sequence[str]]) -> bool:
    database = values.get("DB", ("",))[0].lower()
    return text.lower().startswith("pmid") or "pubmed" in database or "medline" in database


def _read_notes(values: Texts, made: dict[str, str]) -> None:
    """Set apart notes that only repeat the DOI, and what databases note about themselves."""
    doi = doi_source(values["DO"][0]).lower() if "DO" in values else None
    kept: list[str] = []
    remarks: list[str] = []
    for text in values["N1"]:
        if doi and doi_source(text).lower() == doi:
            continue
        if text.startswith("PubMed ID:") and (number := normalize_pmid(text[10:])):
            made.setdefault("pmid", number)
            continue
        (remarks if text.startswith(REMARKS) else kept).append(text)
    if kept:
        values["N1"] = kept
    else:
        del values["N1"]
    if remarks:
        values["N1 (remarks)"] = remarks


# -- writing ---------------------------------------------------------------------------------------


def to_ris(entry: Entry) -> list[tuple[str, str]]:
    """Return an entry as tags and texts, from `TY` to before `ER`.

    >>> to_ris(Entry("book", "k", {"title": "T", "date": "2020-05", "pagetotal": "90"}))
    [('TY', 'BOOK'), ('ID', 'k'), ('TI', 'T'), ('PY', '2020'), ('DA', '2020/05//'), ('SP', '90')]
    """
    fields = dict(entry.fields)
    first: list[tuple[str, str]] = []
    extra: list[tuple[str, str]] = []
    if "eventtitle" in fields and "booktitle" in fields:  # then T2 is the event's, and C3 takes the book
        fields = {"eventtitle": fields["eventtitle"], **fields}
    done = {"date", "year", "month", "day", "pages", "urldate", "eprint", "eprinttype", "pmid", "pmcid"}
    date = entry_date(fields)
    if date and date.year is not None:
        extra += _date_tags(date)
    elif fields.get("year") or fields.get("date"):
        extra.append(("PY", fields.get("year") or fields["date"]))
    if "pages" in fields:
        extra += _page_tags(fields["pages"])
        if "pagetotal" in fields:
            done.add("pagetotal")
    if fields.get("urldate"):
        accessed = parse_date(fields["urldate"])
        extra.append(("Y2", _slashed(accessed) if accessed else fields["urldate"]))
    if "pmid" in fields:
        extra.append(("U1", f"{fields['pmid']}[pmid]"))
    if "pmcid" in fields:
        extra.append(("U2", f"{fields['pmcid']}[pmcid]"))
    if fields.get("eprint") and fields.get("eprinttype", "").lower() == "arxiv":
        extra.append(("AN", f"arXiv:{fields['eprint']}"))
    writing = RIS.write(entry.type, fields, done=done)
    first = [("TY", writing.kind)]
    if entry.key:
        first.append(("ID", entry.key))
    body = [*writing.values, *extra]
    body.sort(key=lambda pair: _ORDER.get(pair[0], _LAST))
    return [(tag, " ".join(text.split())) for tag, text in (*first, *body) if text.strip()]


_ORDER_OF_TAGS = """
AU A2 ED A4 TI T2 C3 T3 ST J2 PY DA VL NV IS M1 SP EP C7 SE ET PB CY SN DO UR Y2 L1 M3 LA
"""
_ORDER = {tag: at for at, tag in enumerate(_ORDER_OF_TAGS.split())}
_LAST = len(_ORDER)


def _date_tags(date: Date) -> list[tuple[str, str]]:
    tags = [("PY", f"{date.year:04}" if date.year and date.year >= 0 else str(date.year))]
    if date.month or date.season or date.is_range or date.open_start:
        tags.append(("DA", _slashed(date)))
    return tags


_SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}


def _slashed(date: Date) -> str:
    """Return a date as RIS has it, YEAR/MONTH/DAY/OTHER; a range goes as EDTF, which this reader takes."""
    if date.is_range or date.open_start or date.year is None:
        return str(date)
    month = f"{date.month:02}" if date.month else ""
    day = f"{date.day:02}" if date.day else ""
    return f"{date.year:04}/{month}/{day}/{_SEASONS.get(date.season or 0, '')}"


def _page_tags(source: str) -> list[tuple[str, str]]:
    pages = parse_pages(source)
    only = pages.ranges[0] if len(pages) == 1 else None
    if only and only.last and not only.following:
        return [("SP", only.first), ("EP", only.last)]
    return [("SP", pages_text(source))]
