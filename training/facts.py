"""Made-up metadata of all fields, and real metadata of computing, as CSL items."""

# ruff: noqa: E501  # lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Item = dict[str, Any]
_SLOT = re.compile(r"\{(\w+)\}")
LANGUAGES = ("en", "en", "en", "en", "en", "de", "fr", "es")


@cache
def table(path: str) -> tuple[str, ...]:
    """Return a list of `tables.toml`, e.g. "people.given"."""
    tables = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    group, name = path.split(".")
    return tuple(" ".join(text.split()) for text in tables[group][name].split("|"))


def pick(rng: random.Random, path: str) -> str:
    """Return a random value of a list."""
    return rng.choice(table(path))


def pair(rng: random.Random, path: str) -> tuple[str, str]:
    """Return a random value of a list of pairs."""
    first, _, second = pick(rng, path).partition(" = ")
    return first, second


def title(rng: random.Random, language: str = "en") -> str:
    """Return a made-up title; a few in title case, a few with a subtitle."""
    text = _filled(rng, pick(rng, f"titles.{language}"))
    if rng.random() < 0.15:
        sub = {"en": "sub", "de": "desub", "fr": "frsub", "es": "essub"}[language]
        text += (": " if language != "de" else ". ") + _capital(_filled(rng, "{" + sub + "}"))
    if language == "en" and rng.random() < 0.3:
        text = re.sub(
            r"\b(?!(?:of|and|in|on|the|a|to|with|after|as)\b)[a-z]", lambda match: match[0].upper(), text
        )
    return text


def _filled(rng: random.Random, text: str) -> str:
    def value(match: re.Match[str]) -> str:
        found = pick(rng, f"words.{match[1].lower()}")
        return _capital(found) if match[1][0].isupper() else found

    return _capital(_SLOT.sub(value, text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def name(rng: random.Random) -> dict[str, str]:
    """Return a made-up name."""
    family = pick(rng, "people.family")
    if rng.random() < 0.06:
        family += "-" + pick(rng, "people.family")
    given = pick(rng, "people.given")
    draw = rng.random()
    if draw < 0.35:
        given += " " + rng.choice("ABCDEFGHJKLMNPRSTW") + "."
    elif draw < 0.6:
        given = rng.choice("ABCDEFGHJKLMNPRSTW") + "."
        if rng.random() < 0.5:
            given += " " + rng.choice("ABCDEFGHJKLMNPRSTW") + "."
    elif draw < 0.65:
        given += " " + pick(rng, "people.given")
    person = {"family": family, "given": given}
    if rng.random() < 0.05:
        person["non-dropping-particle"] = pick(rng, "people.particle")
    if rng.random() < 0.02:
        person["suffix"] = rng.choice(("Jr.", "III"))
    return person


def names(rng: random.Random, most: int = 6) -> list[dict[str, str]]:
    """Return one to `most` names, few more often than many."""
    return [name(rng) for _ in range(min(most, 1 + int(rng.expovariate(0.8))))]


def made_up(rng: random.Random) -> Item:
    """Return a made-up item of any type and field."""
    kind = rng.choices(
        (
            "article-journal",
            "book",
            "chapter",
            "paper-conference",
            "thesis",
            "report",
            "webpage",
            "article-newspaper",
        ),
        (30, 26, 24, 12, 4, 5, 3, 2),
    )[0]
    language = rng.choice(LANGUAGES)
    item: Item = {"type": kind, "title": title(rng, language), "author": names(rng), "language": language}
    item["issued"] = {"date-parts": [_date(rng, kind)]}
    if rng.random() < 0.03:
        item["author"] = [{"literal": pair(rng, "venues.institutions")[0]}]
    _BUILD[kind](rng, item, language)
    if rng.random() < 0.2 and kind in ("article-journal", "paper-conference", "chapter"):
        item["DOI"] = (
            f"10.{rng.randint(1000, 9999)}/{rng.choice(('j.', 's', 'acs.', ''))}{rng.randint(1000, 999999)}.{rng.randint(1, 999)}"
        )
    if rng.random() < 0.12 or kind == "webpage":
        item["URL"] = rng.choice(("http://", "https://")) + rng.choice(
            (
                "www.jstor.org/stable/{}",
                "www.example.org/paper{}.pdf",
                "hdl.handle.net/2027/{}",
                "www.nber.org/papers/w{}",
                "archive.example.edu/~doc/{}.html",
            )
        ).format(rng.randint(1000, 999999))
        if rng.random() < 0.7:
            item["accessed"] = {
                "date-parts": [[rng.randint(2001, 2024), rng.randint(1, 12), rng.randint(1, 28)]]
            }
    return item


def _date(rng: random.Random, kind: str) -> list[int]:
    year = int(min(2024, max(1880, rng.gauss(1996, 17))))
    date = [year]
    if rng.random() < 0.2 or kind in ("webpage", "article-newspaper"):
        date.append(rng.randint(1, 12))
        if rng.random() < 0.4 or kind == "article-newspaper":
            date.append(rng.randint(1, 28))
    return date


def _pages(rng: random.Random) -> str:
    first = int(rng.expovariate(1 / 300)) + 1
    return f"{first}-{first + rng.randint(1, 40)}"


def _journal(rng: random.Random, item: Item, language: str) -> None:
    full, short = pair(rng, "venues.journals")
    item["container-title"] = full if rng.random() < 0.6 else short
    item["volume"] = str(rng.randint(1, 420 if rng.random() < 0.3 else 90))
    if rng.random() < 0.6:
        item["issue"] = rng.choice((str(rng.randint(1, 12)),) * 8 + ("1-2", "3/4", "Suppl. 1", "S2"))
    item["page"] = _pages(rng) if rng.random() < 0.85 else str(rng.randint(1, 190000))
    if rng.random() < 0.05:
        del item["page"]


def _publisher(rng: random.Random, item: Item) -> None:
    item["publisher"], item["publisher-place"] = pair(rng, "venues.publishers")
    if rng.random() < 0.2:
        del item["publisher-place"]
    elif rng.random() < 0.15:
        del item["publisher"]


def _book(rng: random.Random, item: Item, language: str) -> None:
    _publisher(rng, item)
    if rng.random() < 0.15:
        item["edition"] = str(rng.randint(2, 5))
    if rng.random() < 0.1:
        item["collection-title"] = pick(rng, "venues.series")
        if rng.random() < 0.5:
            item["collection-number"] = str(rng.randint(1, 900))
    if rng.random() < 0.08:
        item["volume"] = str(rng.randint(1, 6))
    if rng.random() < 0.08:
        item["translator"] = [name(rng)]
    if rng.random() < 0.1:
        item["number-of-pages"] = str(rng.randint(80, 800))
    if rng.random() < 0.05:
        item["ISBN"] = (
            f"978-{rng.randint(0, 9)}-{rng.randint(100, 999)}-{rng.randint(10000, 99999)}-{rng.randint(0, 9)}"
        )
    if rng.random() < 0.1:
        item["editor"] = item.pop("author")


def _chapter(rng: random.Random, item: Item, language: str) -> None:
    _book(rng, item, language)
    item.pop("number-of-pages", None)
    item["author"] = item.get("author") or item["editor"]
    item["container-title"] = title(rng, language)
    if rng.random() < 0.85:
        item["editor"] = names(rng, 3)
    else:
        item.pop("editor", None)
    if rng.random() < 0.85:
        item["page"] = _pages(rng)


def _meeting(rng: random.Random, item: Item, language: str) -> None:
    meeting = pick(rng, "venues.meetings")
    number = rng.choice(("", "", "", f"{rng.randint(2, 40)}th ", "Third ", "Tenth ", "2nd ", "1st "))
    lead = rng.choice(
        ("Proceedings of the ", "Proceedings of the ", "Proc. of the ", "Proc. ", "", "", "Proceedings of ")
    )
    item["container-title"] = lead + number + meeting
    draw = rng.random()
    if draw < 0.15:
        item["container-title"] += f" ({pick(rng, 'venues.acronyms')})"
    elif draw < 0.25:
        item["container-title"] += f" ({pick(rng, 'venues.acronyms')}'{rng.randint(80, 99)})"
    elif draw < 0.35:
        item["container-title"] = (
            lead
            + pick(rng, "venues.acronyms")
            + rng.choice(("", f"-{rng.randint(70, 99)}", f" {item['issued']['date-parts'][0][0]}"))
        )
    if rng.random() < 0.7:
        item["page"] = _pages(rng)
    if rng.random() < 0.4:
        _publisher(rng, item)
    if rng.random() < 0.35:
        item["event-place"] = item["publisher-place"] = pick(rng, "venues.cities")
    if rng.random() < 0.15:
        item["editor"] = names(rng, 3)
    if rng.random() < 0.12:
        item["collection-title"] = pick(rng, "venues.series")
        item["volume"] = str(rng.randint(100, 9999))


def _thesis(rng: random.Random, item: Item, language: str) -> None:
    item["genre"] = {
        "en": rng.choice(
            (
                "PhD thesis",
                "Ph.D. dissertation",
                "Doctoral dissertation",
                "Master's thesis",
                "Unpublished doctoral dissertation",
            )
        ),
        "de": rng.choice(("Dissertation", "Diss. phil.", "Habilitationsschrift", "Diplomarbeit")),
        "fr": rng.choice(("Thèse de doctorat", "Mémoire de maîtrise")),
        "es": "Tesis doctoral",
    }[language]
    item["publisher"], place = pair(rng, "venues.institutions")
    if rng.random() < 0.5:
        item["publisher-place"] = place
    item["author"] = item["author"][:1]


def _report(rng: random.Random, item: Item, language: str) -> None:
    item["genre"] = rng.choice(
        (
            "Technical report",
            "Working paper",
            "Discussion paper",
            "Tech. Rep.",
            "Research report",
            "NBER Working Paper",
        )
    )
    if rng.random() < 0.7:
        item["number"] = rng.choice(("", "TR-", "CS-", "No. ", "LBL-")) + str(rng.randint(1, 99999))
    item["publisher"], place = pair(rng, "venues.institutions")
    if rng.random() < 0.5:
        item["publisher-place"] = place


def _page(rng: random.Random, item: Item, language: str) -> None:
    if rng.random() < 0.5:
        item["container-title"] = pair(rng, "venues.institutions")[0]


def _newspaper(rng: random.Random, item: Item, language: str) -> None:
    item["container-title"] = rng.choice(
        (
            "The New York Times",
            "The Guardian",
            "Le Monde",
            "Die Zeit",
            "The Washington Post",
            "El País",
            "The Economist",
        )
    )
    if rng.random() < 0.5:
        item["page"] = rng.choice(("A", "B", "")) + str(rng.randint(1, 30))


_BUILD = {
    "article-journal": _journal,
    "book": _book,
    "chapter": _chapter,
    "paper-conference": _meeting,
    "thesis": _thesis,
    "report": _report,
    "webpage": _page,
    "article-newspaper": _newspaper,
}


def real(path: Path, rng: random.Random) -> Iterator[Item]:
    """Yield real items in a random order, some with another venue or other people.

    Args:
        path: A CSL-JSON file.
        rng: The source of chance.
    """
    items = json.loads(path.read_text(encoding="utf-8"))
    rng.shuffle(items)
    for item in items:
        if item["type"] == "article-journal" and rng.random() < 0.4:
            item["container-title"] = pair(rng, "venues.journals")[int(rng.random() < 0.5)]
        if rng.random() < 0.3:
            item["author"] = names(rng)
        if (
            "," in item.get("container-title", "") and rng.random() < 0.7
        ):  # "…, place, date" behind the meeting's name
            item["container-title"] = item["container-title"].split(",")[0]
        if item["type"] == "chapter" and rng.random() < 0.5:
            item["publisher"], item["publisher-place"] = pair(rng, "venues.publishers")
        yield item
