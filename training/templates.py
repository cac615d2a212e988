"""Reference strings from our own templates: CV and home-page entries, law, footnotes, journals without titles.

A template is a line of fields in braces and text around them; "|" parts label from value, and "?" makes a part in
square brackets optional.
"""

# ruff: noqa: E501  # lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import random
import re
from collections.abc import Callable

from pubkit.formats.paperlist.reference.features import Marked
from training import facts
from training.strings import Labelled

# {field} is filled; *…* is italic, **…** bold. [[…]] is left out half of the time.
TEMPLATES = """
{title}. {authors}. *{venue}*, {year}.
{title}. {authors}. {venue} {year}[[. {remark}]]
{title}, {authors}, {venue}, {year}
**{title}** {authors} *{venue}*, {year}[[ ({remark})]]
**{title}**. {authors}. In {booktitle}, {place}, {monthyear}.
{title} {authors} In: {booktitle}, pp. {pages}, {year}
{venue} {year}: {title}. {authors}
{venue} {year} {title}
{title}. {venue}, {year}[[ (with {others})]]
“{title}” (with {others}), *{journal}*, {volume}({issue}): {pages}, {year}.
"{title}," with {others}, {journal}, Vol. {volume}, No. {issue}, {monthyear}, pp. {pages}
({year}) {title}, *{journal}* {volume}, {pages}
{year}. {title}. *{journal}* {volume}: {pages}[[ (with {others})]]
{year}, {authors}, {title}, {journal}, {volume}, {pages}
[[{year} – ]]{authors}: „{title}“, in: {journal} {volume} ({year}), S. {pages}.
{authors}: {title}. In: {editors} (Hrsg.): {book}. {city}: {publisher} {year}, S. {pages}.
{authors}, {title}, {city} {year}, S. {pages}.
{authors}, {title}, {city}, {publisher}, {year}[[, p. {page}]].
{authors}, « {title} », {journal}, vol. {volume}, n° {issue}, {year}, p. {pages}.
{authors}, « {title} », dans {editors} (dir.), {book}, {city}, {publisher}, {year}, p. {pages}.
{authors} ({year}), « {title} », *{journal}*, {volume}, {issue}, pp. {pages}.
{lawauthors}, {title}, {lawvolume} {lawjournal} {page} ({year}).
{lawauthors}, *{title}*, {lawvolume} {lawjournal} {page}, {page} ({year}).
{lawauthors}, *{title}*, {lawvolume} {lawjournal} __ (forthcoming {year})
{lawauthors}, {title} {page} ({publisher} {year}).
{lawauthors}, {title} (2d ed. {year}).
See {authors}, {title} ({city}: {publisher}, {year}), {pages}.
{authors}, {title} ({city}: {publisher}, {year}), p. {page}.
{authors}, ‘{title}’, {journal}, {volume}:{issue} ({year}), pp. {pages}.
{authors}, "{title}," *{journal}* {volume}, no. {issue} ({monthyear}): {pages}.
{authors}, *{title}* ({city}: {publisher}, {year}), {page}.
{authors}, {short} **{volume}**, {page} ({year}).
{authors}, {short} {volume} ({year}) {page}.
{authors}. {short} {volume}, {page} ({year});
{authors}; {short} **{year}**, *{volume}*, {pages}.
{authors}. {short}. {year};{volume}:{pages}
{authors}, {year}, {short}, {volume}, {page}
{authors} {year} {title} *{short}* **{volume}** {page}
{authors} {year} {short} {volume} {page}
{authors}, {title}, {short} {volume} ({year}) {pages}.
{authors}, {title}, arXiv:{arxiv} ({year}).
{authors}. {title}. arXiv preprint arXiv:{arxiv}, {year}.
{title}. {authors}. arXiv:{arxiv}[[, {year}]]
{authors}. {title}. In {acronym}, {year}.
{authors}. {title}. In {acronym}’{yy}, pages {pages}[[, {year}]].
{authors}. {title}. In *{booktitle}*, pages {pages}. {publisher}, {year}.
{authors}. {title}. In {editors}, editors, *{book}*, volume {volume} of *{series}*, pages {pages}. {publisher}, {city}, {year}.
{authors}. {title}. *{journal}*, {volume}({issue}):{pages}, {month} {year}.
{authors}. *{title}*. PhD thesis, {institution}, {year}.
{authors}. {title}. Technical Report {reportnumber}, {institution}, {city}, {monthyear}.
{authors}. *{title}*. {publisher}, {city}, {year}.
{authors}. {title}. {city}: {publisher}.
{authors}. ({year}). {title}. {city}: {publisher}.
{authors} ({year}) {title}. {publisher}, {city}
{authors} ({year}). {title}. In {editors} (Eds.), {book} (pp. {pages}). {city}: {publisher}.
{authors}. “{title}.” In *{book}*, edited by {editors}, {pages}. {city}: {publisher}, {year}.
{authors}. "{title}." {book}. Ed. {editors}. {city}: {publisher}, {year}. {pages}. Print.
{authors}. *{title}*. Trans. {translators}. {city}: {publisher}, {year}. Print.
{authors}. {title}. Translated by {translators}. {city}: {publisher}, {year}.
{authors} (ed.), {title}. {city}: {publisher}, {year}.
{authors}, eds. {year}. *{title}*. {city}: {publisher}.
{authors}. {year}. {title}. {journal} {volume}.{pages}.
{authors}, {title}, {booktitle}, {city}, {year}, pp. {pages}.
{authors}: {title}. {journal} {volume}({issue}), {pages} ({year})
{authors}. {title}. Unpublished manuscript, {year}.
{authors}. {title} (in preparation).
{authors}, {title}, *{journal}* (in press).
{authors} ({status}). {title}. *{journal}*.
{authors}. ({status}). {title}. *{journal}*.
{authors} ({status}) {title}. In {editors} (Eds.), {book}. {city}: {publisher}.
{authors}. {title}. *{journal}*, to appear.
{authors}, {title}, {booktitle}, {monthyear}.
{authors}, “{title},” {booktitle}, {city}, {monthyear}, pp. {pages}.
{authors}, "{title}," in {acronym}, {city}, {year}.
{authors}. {title}. In {editors}, ed., *{book}*, pages {pages}. {publisher}, {year}.
{authors}, {title}, in: {editors} (ed.), {book}, {series} {volume}, {publisher}, {city}, {year}, pp. {pages}.
{authors}, {title}, in: {editors} (eds.), {book}, {publisher}, {city}, {year}.
{authors}. {title}. {book} ({city}, {year}), {editors}, Eds., vol. {volume}, {publisher}, pp. {pages}.
{authors}. {title}. {publisher}, {year}.
{authors}, editors. *{title}*. {publisher}, {year}.
{authors}. {title}. *{journal}*, {volume}:{pages}, {year}.
{authors}, "{title}", {journal}, {volume}, {issue}, {monthyear}, {pages}.
{authors}. {title}. {journal} {volume}, {issue} ({monthyear}), {pages}.
{authors}: {title}; {city}: {publisher}, {year}
{authors} [{year}]: {title}, {city}.
{authors} ({year}a) {title}, {journal} {volume}, {pages}.
{lawauthors}, {title}, {lawvolume} {lawjournal} {page}, {page}–{page} ({year}).
{lawauthors}, Note, {title}, {lawvolume} {lawjournal} {page} ({year}).
{lawauthors}, *{title}*, {lawvolume} {lawjournal} (forthcoming {year}).
{authors}. {title}. Paper presented at the {meeting}, {city}, {monthyear}.
{authors} ({year}, {month}). {title}. Paper presented at the {meeting}, {city}.
{authors}. {title}. {year}. [Online]. Available: {url}
{authors}. {title}. {accessed}, from {url}
{institution} ({year}). {title}. {city}: {institution2}.
{title}. {city}: {publisher}, {year}.
{title}, {editors} (eds.), {city}, {publisher}, {year}
{title} ({year}). Available at {url}
{title}. {edition}. Aufl. {city}: {publisher}, {year}.
{mlaauthors}. *{title}*. {publisher}, {year}.
{mlaauthors}. {title}. {publisher}, {year}.
{mlaauthors}. "{title}." *{journal}*, vol. {volume}, no. {issue}, {monthyear}, pp. {pages}.
{frenchauthors}, *{title}*, {city}, {publisher}, {year}, {total} p.
{frenchauthors}, {title}, {city}, {publisher}, {year}.
{parenauthors}, « {title} », *{journal}*, vol. {volume}, n° {issue}, {year}, p. {pages}.
{authors}, « {title} », {journal}, n° {volume}, {year}/{issue}, p. {pages}.
{abntauthors}. {title}. **{journal}**, {city}, v. {volume}, n. {issue}, p. {pages}, {year}.
{abntauthors}. {title}. {city}: {publisher}, {year}. {total} p.
{authors}, *{title}*, in «{journal}», {roman}, {year}, pp. {pages}.
{authors}, {title}, {publisher}, {city} {year}.
{lawcaps}, {captitle} {page} (2d ed. {year}).
{lawcaps}, {captitle} ({publisher} {year}).
{lawauthors}, {title}, {lawvolume} {lawjournal} {page}, {pages} ({year}).
{lawauthors}, '{title}' ({year}) {lawvolume} {lawjournal} {page}.
{authors}: {title}. {title2} {span}. {city}: {publisher} {year}.
{authors}: {title}. {title2}. {city}: {publisher}[[,]] {year}.
{authors}: {title} {span}. {edition}. Aufl. {city}: {publisher} {year}.
{authors}, {title}, in: {journal} {volume}, {year}, S. {pages}.
{slashauthors}: {title}. In: {journal} {volume} ({year}), H. {issue}, S. {pages}.
{authors}, ‘{title}’, in {book}, ed. {editors} ({city}: {publisher}, {year}), pp. {pages}.
{authors}, ‘{title}’, in *{book}*, edited by {editors} ({city}, {year}), {pages}.
{authors}, ‘{title}’, *{journal}*, 2nd ser., {volume} ({year}), pp. {pages}.
{authors} ({year}) '{title}', *{journal}*, {volume}({issue}), pp. {pages}.
{authors} ({year}) *{title}*. {city}: {publisher}.
{authors} ({year}) {title}. Available at: {url} ({accessed}).
{institution}. ({year}, {month} {day}). {title}. {url}
{institution}. ({year}). *{title}*. {institution2}. {url}
{authors}, "{title}," {year}, arXiv:{arxiv}.
{semiauthors} *{short}* **{year}**, *{volume}*, {page}.
{semiauthors} {title}. *{short}* **{year}**, *{volume}* ({issue}), {pages}.
"""
_FIELD = re.compile(r"\{(\w+)\}|\*\*|\*|\[\[|\]\]")
LAW = """Harv. L. Rev.|Yale L.J.|Stan. L. Rev.|Colum. L. Rev.|Geo. L.J.|Mich. L. Rev.|U. Chi. L. Rev.|J. Legal Stud.|
Am. J. Int'l L.|Va. L. Rev.|Nw. U. L. Rev.|Tex. L. Rev.|Law & Soc'y Rev.|U. Pa. L. Rev.|N.Y.U. L. Rev."""
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan.",
    "Feb.",
    "Mar.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
]
_LABELS = {
    "authors": "author", "lawauthors": "author", "others": "author", "editors": "editor", "translators": "editor",
    "year": "date", "monthyear": "date", "month": "date", "yy": "date", "venue": "booktitle", "book": "booktitle",
    "acronym": "booktitle", "meeting": "booktitle", "short": "journal", "lawjournal": "journal", "lawvolume": "volume",
    "issue": "volume", "page": "pages", "place": "location", "city": "location", "arxiv": "note", "remark": "note", "status": "note", "edition": "note", "accessed": "note",
    "mlaauthors": "author", "frenchauthors": "author", "parenauthors": "author", "abntauthors": "author",
    "slashauthors": "author", "semiauthors": "author", "lawcaps": "author", "captitle": "title",
    "title2": "title", "span": "title", "total": "pages", "roman": "volume", "day": "date",
    "reportnumber": "genre", "institution": "publisher", "institution2": "publisher",
}  # fmt: skip
# Words between fields that are no part of the next one.
_OWN = re.compile(
    r"(?P<genre>PhD thesis|Technical Report)|(?P<note>arXiv preprint arXiv|arXiv|Unpublished manuscript|in preparation|in press|to appear|Note|\[Online\]"
    r"|forthcoming|2d ed|Print|Aufl)|(?P<series>2nd ser\.)|(?P<editor>\(Hrsg\.\)|\(dir\.\)|\(Eds\.\)|Eds\.|editors|\(eds?\.\)|eds)|(?P<author>^See)"
)


def templated(rng: random.Random, count: int) -> list[Labelled]:
    """Return strings from random templates."""
    lines = [line for line in TEMPLATES.strip().splitlines() if line]
    return [fill(rng.choice(lines), rng) for _ in range(count)]


def fill(template: str, rng: random.Random) -> Labelled:
    """Return a template with its fields filled."""
    language = (
        "de"
        if "S. {" in template or "Hrsg" in template or "Aufl" in template
        else "fr"
        if "«" in template
        else "en"
    )
    values = _values(rng, language)
    template = re.sub(r"\[\[(.*?)\]\]", lambda match: match[1] if rng.random() < 0.5 else "", template)
    text = ""
    spans: list[tuple[int, int, str]] = []
    marks: list[Marked] = []
    opened: dict[str, int] = {}
    gap = 0
    matches = [*_FIELD.finditer(template), None]
    for number, match in enumerate(matches):
        between = template[gap : match.start() if match else len(template)]
        if text.endswith((".", "?", "!")) and between.startswith("."):
            between = between[1:]
        start = len(text)
        text += between
        gap = match.end() if match else gap
        following = next((later[1] for later in matches[number:] if later and later[1]), "")
        label = _LABELS.get(following, following)
        if following == "venue" and values["venue kind"] == "journal":
            label = "journal"
        spans += _words(between, start, label)
        if match is None:
            continue
        if match[1]:
            value = values[match[1]]
            spans.append((len(text), len(text) + len(value), label))
            text += value
        elif match[0] in opened:
            marks.append(
                Marked(opened.pop(match[0]), len(text), frozenset({"bold" if match[0] == "**" else "italic"}))
            )
        else:
            opened[match[0]] = len(text)
    return Labelled(text, tuple(spans), tuple(marks))


def _words(text: str, start: int, label: str) -> list[tuple[int, int, str]]:
    """Label the words between two fields: known ones by themselves, others as the field that they lead to."""
    spans = []
    at = 0
    for match in _OWN.finditer(text):
        spans.append((start + match.start(), start + match.end(), match.lastgroup or ""))
        at = match.end()
    rest = text[at:]
    if label and any(char.isalnum() for char in rest):
        spans.append((start + at, start + len(text), label))
    return spans


def _values(rng: random.Random, language: str) -> dict[str, str]:
    full, short = facts.pair(rng, "venues.journals")
    publisher, city = facts.pair(rng, "venues.publishers")
    institution, _ = facts.pair(rng, "venues.institutions")
    acronym = facts.pick(rng, "venues.acronyms")
    meeting = facts.pick(rng, "venues.meetings")
    year = str(rng.randint(1950, 2025))
    first = rng.randint(1, 1900)
    pages = f"{first}{rng.choice(('-', '–', '--'))}{first + rng.randint(2, 40)}"
    style = rng.choice(_PEOPLE)
    is_journal = rng.random() < 0.4
    month = rng.choice(MONTHS)
    first_year = rng.randint(1500, 1950)
    return {
        "title": facts.title(rng, language),
        "book": facts.title(rng, language),
        "authors": style(rng, facts.names(rng)),
        "others": _forward(rng, facts.names(rng, 4)),
        "mlaauthors": _full_inverted(rng, facts.names(rng, 3)),
        "frenchauthors": " et ".join(
            f"{_family(one).upper()}, {one['given']}" for one in facts.names(rng, 2)
        ),
        "parenauthors": ", ".join(f"{_family(one)} ({one['given']})" for one in facts.names(rng, 3)),
        "abntauthors": "; ".join(
            f"{_family(one).upper()}, {_short(one['given'])}" for one in facts.names(rng, 3)
        ),
        "slashauthors": "/".join(f"{_family(one)}, {one['given']}" for one in facts.names(rng, 3)),
        "semiauthors": _semicolons(rng, facts.names(rng, 5)),
        "lawcaps": _law(rng, facts.names(rng, 2)).upper(),
        "captitle": facts.title(rng).upper(),
        "title2": facts.title(rng, language),
        "span": f"{first_year}{rng.choice('–-')}{first_year + rng.randint(2, 60)}",
        "total": str(rng.randint(90, 700)),
        "roman": rng.choice(("XXII", "IV", "LXI", "XII", "CVIII", "XIX", "VII", "XXXIV")),
        "day": str(rng.randint(1, 28)),
        "lawauthors": rng.choice((_forward, _law))(rng, facts.names(rng, 3)),
        "editors": rng.choice((_forward, _initials_first))(rng, facts.names(rng, 3)),
        "translators": _forward(rng, facts.names(rng, 1)),
        "venue": full if is_journal else rng.choice((acronym, acronym, meeting, f"{meeting} ({acronym})")),
        "venue kind": "journal" if is_journal else "booktitle",
        "booktitle": rng.choice(("Proceedings of the ", "Proc. ", "", "Proc. of the "))
        + rng.choice((meeting, acronym)),
        "meeting": meeting,
        "acronym": acronym,
        "journal": full,
        "short": short,
        "lawjournal": " ".join(rng.choice(LAW.split("|")).split()),
        "lawvolume": str(rng.randint(10, 130)),
        "series": facts.pick(rng, "venues.series"),
        "volume": str(rng.randint(1, 300)) if language == "en" else str(rng.randint(1, 60)),
        "issue": rng.choice((str(rng.randint(1, 12)),) * 6 + ("1-2", "3/4")),
        "pages": pages,
        "page": str(first) if rng.random() < 0.8 else f"{rng.randint(0, 199999):06}",
        "year": year,
        "yy": year[2:],
        "month": month,
        "monthyear": f"{month} {year}",
        "place": facts.pick(rng, "venues.cities"),
        "city": city,
        "publisher": publisher,
        "institution": institution,
        "institution2": publisher,
        "reportnumber": rng.choice(("TR-", "CS-", "", "No. ")) + str(rng.randint(10, 9999)),
        "arxiv": f"{rng.randint(7, 25):02}{rng.randint(1, 12):02}.{rng.randint(10, 99999):05}",
        "remark": rng.choice(
            ("Best paper award", "Oral presentation", "Spotlight", "Acceptance rate 21%", "Oral")
        ),
        "status": rng.choice(
            (
                "in press",
                "forthcoming",
                "submitted",
                "to appear",
                "in preparation",
                "n.d.",
                "im Druck",
                "accepted",
            )
        ),
        "edition": str(rng.randint(2, 6)),
        "accessed": rng.choice(("Retrieved", "Accessed", "Last accessed"))
        + f" {month} {rng.randint(1, 28)}, {year}",
        "url": f"http://www.example.org/{rng.randint(1, 99999)}.html",
    }


# -- names -----------------------------------------------------------------------------------------------------

_People = Callable[[random.Random, list[dict[str, str]]], str]


def _short(given: str, dot: str = ".", space: str = " ") -> str:
    return space.join(word[0] + dot for word in re.split(r"[ -]", given.replace(".", "")) if word)


def _family(person: dict[str, str]) -> str:
    return " ".join(filter(None, (person.get("non-dropping-particle"), person["family"])))


def _list(
    rng: random.Random, names: list[str], last: tuple[str, ...] = (" and ", ", and ", " & ", ", & ", ", ")
) -> str:
    if len(names) > 2 and rng.random() < 0.12:
        return names[0] + rng.choice((" et al.", ", et al.", " et al"))
    return ", ".join(names[:-1]) + rng.choice(last) + names[-1] if len(names) > 1 else names[0]


def _forward(rng: random.Random, people: list[dict[str, str]]) -> str:
    marks = ("*", "†", "") if rng.random() < 0.06 else ("",)
    return _list(rng, [f"{person['given']} {_family(person)}{rng.choice(marks)}" for person in people])


def _initials_first(rng: random.Random, people: list[dict[str, str]]) -> str:
    space = rng.choice((" ", ""))
    return _list(rng, [f"{_short(person['given'], space=space)} {_family(person)}" for person in people])


def _law(rng: random.Random, people: list[dict[str, str]]) -> str:
    return " & ".join(f"{person['given']} {_family(person)}" for person in people)


def _family_first(rng: random.Random, people: list[dict[str, str]]) -> str:
    space, comma = rng.choice((" ", "")), rng.choice((", ", ", ", " "))
    return _list(
        rng, [f"{_family(person)}{comma}{_short(person['given'], space=space)}" for person in people]
    )


def _vancouver(rng: random.Random, people: list[dict[str, str]]) -> str:
    return ", ".join(f"{_family(person)} {_short(person['given'], '', '')}" for person in people)


def _semicolons(rng: random.Random, people: list[dict[str, str]]) -> str:
    return "; ".join(f"{_family(person)}, {_short(person['given'])}" for person in people)


def _full_inverted(rng: random.Random, people: list[dict[str, str]]) -> str:
    first = f"{_family(people[0])}, {people[0]['given']}"
    return _list(
        rng, [first, *[f"{person['given']} {_family(person)}" for person in people[1:]]], (", and ", " and ")
    )


def _capitals(rng: random.Random, people: list[dict[str, str]]) -> str:
    return _list(rng, [f"{_family(person).upper()}, {_short(person['given'])}" for person in people])


_PEOPLE: tuple[_People, ...] = (
    _forward, _forward, _initials_first, _initials_first, _family_first, _family_first, _vancouver, _semicolons,
    _full_inverted, _full_inverted, _capitals,
)  # fmt: skip
