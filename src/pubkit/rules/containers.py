"""J02x: does the container fit the type: journals, proceedings, series, editions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.model.ordinals import ordinal, ordinal_number
from pubkit.model.venues import MAX_NAME, find
from pubkit.rules.base import Finding, rule
from pubkit.text.fold import fold

_CONFERENCE = re.compile(
    r"\b(?:conference|conf\.|symposium|symp\.|workshop|congress|meeting|colloquium|tagung|kongress|congrès|conférence)",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"^(?:(?:the\s+)?(?:[\w-]+\s+){0,3}(?:journal|transactions|annals|zeitschrift|magazine)\b|revue\b|archives\b)",
    re.IGNORECASE,
)
# Series of books whose volumes are proceedings: never the title of one.
_SERIES = {
    fold(name): name
    for name in (
        "Lecture Notes in Computer Science",
        "Lecture Notes in Artificial Intelligence",
        "Lecture Notes in Bioinformatics",
        "Lecture Notes in Mathematics",
        "Lecture Notes in Physics",
        "Lecture Notes in Statistics",
        "Lecture Notes in Networks and Systems",
        "Lecture Notes in Electrical Engineering",
        "Lecture Notes in Business Information Processing",
        "Lecture Notes in Control and Information Sciences",
        "Communications in Computer and Information Science",
        "IFIP Advances in Information and Communication Technology",
        "Advances in Intelligent Systems and Computing",
        "Studies in Computational Intelligence",
        "Studies in Health Technology and Informatics",
        "Frontiers in Artificial Intelligence and Applications",
        "CEUR Workshop Proceedings",
        "Leibniz International Proceedings in Informatics",
        "Springer Proceedings in Mathematics and Statistics",
        "Graduate Texts in Mathematics",
        "Contemporary Mathematics",
        "AIP Conference Proceedings",
        "Methods in Molecular Biology",
        "Advances in Experimental Medicine and Biology",
    )
}
_ACRONYMS = {
    "LNCS": "lecture notes in computer science",
    "LNAI": "lecture notes in artificial intelligence",
    "LNBI": "lecture notes in bioinformatics",
    "LNM": "lecture notes in mathematics",
    "LNBIP": "lecture notes in business information processing",
    "CCIS": "communications in computer and information science",
    "AISC": "advances in intelligent systems and computing",
    "LIPIcs": "leibniz international proceedings in informatics",
    "CEUR": "ceur workshop proceedings",
}
# These are cited as journals, by their publishers too.
_ALSO_JOURNALS = frozenset(
    map(fold, ("Contemporary Mathematics", "AIP Conference Proceedings", "Methods in Molecular Biology"))
)
_SERIES_NUMBER = re.compile(
    r"(.*?[^\s,;0-9(])[\s,;(]+(?:(?:vol|volume|no|number|band|bd)\b\.?\s*)?([0-9]{1,5})\)?", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:-\w+)?")


@rule(
    "J020",
    "container-of-other-type",
    "Articles stand in journals, papers of conferences in proceedings.",
    fields="journaltitle booktitle",
)
def container_of_other_type(entry: Entry) -> Iterable[Finding]:
    """`@article` with `booktitle` and no journal becomes `@inproceedings`, and the other way round.

    An article whose journal is called `Proceedings of the … Conference` is a paper of a conference too.
    Styles print the name of one and leave a hole for the other. Done only when asked for.
    """
    journal, book = entry.fields.get("journaltitle", ""), entry.fields.get("booktitle", "")
    hint = "correct the type, or the field"
    if entry.type == "article" and book and not journal:
        wanted = "inproceedings" if _is_conference(entry.text("booktitle")) else "incollection"
        yield Finding("an article in a book", "booktitle", type=wanted, hint=hint)
    elif entry.type == "inproceedings" and journal and not book:
        yield Finding("a paper of a conference in a journal", "journaltitle", type="article", hint=hint)
    elif entry.type == "article" and journal and not book and _is_proceedings(entry.text("journaltitle")):
        repair = {"journaltitle": None, "booktitle": journal}
        yield Finding("proceedings as a journal", "journaltitle", repair, "inproceedings", hint)
    elif entry.type in ("misc", "unpublished") and journal and find(entry.text("journaltitle")) is None:
        if "eprint" not in entry.fields:
            yield Finding(f"a journal in this {entry.type}", "journaltitle", type="article", hint=hint)
    elif entry.type in ("book", "collection", "proceedings", "thesis") and journal:
        yield Finding(f"a {entry.type} in a journal", "journaltitle", hint=hint)
    elif (
        entry.type in ("inproceedings", "incollection")
        and _JOURNAL.match(entry.text("booktitle"))
        and find(entry.text("booktitle")) is None
    ):
        yield Finding("a journal as title of a book", "booktitle", hint=hint, severity=Severity.INFO)


@rule(
    "J021",
    "series-as-container",
    "A series is not the title of the proceedings.",
    fields="journaltitle booktitle",
)
def series_as_container(entry: Entry) -> Iterable[Finding]:
    """`booktitle = {Lecture Notes in Computer Science}` becomes `series`.

    Then the proceedings' own title is missing and must be looked up; so it is done only when asked for.
    """
    for field in ("booktitle", "journaltitle"):
        text = entry.text(field)
        found = _series(text)
        if found is None or (field == "journaltitle" and fold(found) in _ALSO_JOURNALS):
            continue
        hint = "give the title of the proceedings, and the series in series"
        if "series" in entry.fields:
            yield Finding(f"the series as {field}", field, hint=hint)
            continue
        kind = "inproceedings" if entry.type == "article" else ""
        repair = {field: None, "series": entry.fields[field]}
        yield Finding(f"the series as {field}", field, repair, kind, hint)


@rule(
    "J022", "number-in-series", "The number in a series stands in its own field.", safe=True, fields="series"
)
def number_in_series(entry: Entry) -> Iterable[Finding]:
    """`series = {LNCS 1234}` becomes `series = {LNCS}, number = {1234}`.

    Where there is a volume or number already, only one that repeats it goes.
    """
    value = entry.fields.get("series", "").strip()
    found = _SERIES_NUMBER.fullmatch(value) if len(value) < MAX_NAME and "{" not in value else None
    if found is None or not any(char.isalpha() for char in found[1]) or _is_year(found[2]):
        return
    known = {entry.fields.get(name, "").strip() for name in ("volume", "number")} - {""}
    repair: dict[str, str | None] = {"series": found[1].rstrip(" ,;(")}
    if not known:
        repair["number"] = found[2]
    elif found[2] not in known:
        return
    yield Finding("a number in the name of a series", "series", repair, severity=Severity.INFO)


@rule(
    "J023",
    "edition-of-other-year",
    "The edition that proceedings name is that of the year.",
    repairs=False,
    fields="booktitle",
)
def edition_of_other_year(entry: Entry) -> Iterable[Finding]:
    """`Proceedings of the 31st International Conference on Machine Learning` of 2025 is ten too low.

    Told where the table of venues knows the editions; a year before or after counts as right, since
    proceedings may appear later than they are named. Reported only.
    """
    text = entry.text("booktitle")
    year = entry.year
    venue = find(text) if text and year else None
    if venue is None or year is None or not venue.editions:
        return
    named = _ordinals_in(text)
    near = {venue.edition(one) for one in (year - 1, year, year + 1)} - {None}
    if len(named) == 1 and near and named[0] not in near:
        right = venue.edition(year)
        told = f"; that of {year} is the {ordinal(right)}" if right else ""
        message = f"the {ordinal(named[0])} {venue.acronym} was not in {year}"
        yield Finding(message, "booktitle", hint=f"correct the edition or the year{told}")


@lru_cache(maxsize=1024)  # all papers of a conference name one book
def _ordinals_in(text: str) -> tuple[int, ...]:
    """Return the ordinals in a text: 41st, Forty-First, Forty First."""
    found = _WORD.findall(text[:MAX_NAME])
    numbers: list[int] = []
    at = 0
    while at < len(found):
        both = ordinal_number(" ".join(found[at : at + 2]))
        number = both or ordinal_number(found[at])
        numbers += [number] if number else []
        at += 2 if both else 1
    return tuple(numbers)


def _is_conference(text: str) -> bool:
    venue = find(text)
    return _CONFERENCE.search(text) is not None or (
        venue is not None and venue.kind in ("conference", "workshop")
    )


def _is_proceedings(text: str) -> bool:
    folded = fold(text)
    return (
        folded.startswith(("proceedings of ", "proc ", "in proceedings of "))
        and bool(_CONFERENCE.search(text))
        and find(text) is None
    )


def _series(text: str) -> str | None:
    """Return the series that a text is the name of, with its number or not."""
    found = _SERIES_NUMBER.fullmatch(text) if len(text) < MAX_NAME else None
    name = (found[1] if found else text).strip(" ,;(").partition("(")[0].strip()
    return _SERIES.get(_ACRONYMS.get(name, fold(name)))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("19", "20"))


RULES = (number_in_series, series_as_container, container_of_other_type, edition_of_other_year)
