"""How much a piece of an entry looks like its authors, its title or its venue."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pubkit.formats.paperlist import people, places
from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.entries import Item
from pubkit.model import venues

VENUE_WORDS = re.compile(
    r"\b(?:proc(?:eedings|\.)|conf(?:erence|\.)|journal|j\.|trans(?:actions|\.)|symp(?:osium|\.)"
    r"|workshops?|lett(?:ers|\.)"
    r"|rev(?:iews?|\.)|annals|ann\.|bulletin|magazine|congress|meeting|acta|archives?|arxiv"
    r"|preprint|[a-z]+rxiv|advances in"
    r"|international|intl?\.|ieee|acm|siam|aaai|springer|elsevier|wiley|press|verlag|university"
    r"|universität|université"
    r"|politechnika|politecnico|polytechni\w*|college|akademia|universidad|universitat|universidade"
    r"|università|universiteit|universitet|yliopisto|uniwersytet"
    r"|hochschule|tijdschrift|tidskrift|jahrbuch|årsbok|anuario|annuaire|cuadernos|cahiers|quaderni"
    r"|boletín|boletim|bollettino|actes|atti|doktorsavhandling|licentiatavhandling|tese de|dissertação"
    r"|университет|известия|записки|thesis|dissertation|thèse|tesis|tesi di|proefschrift|diplomarbeit"
    r"|doktorarbeit|masterarbeit|avhandling|afhandling|rozprawa|диссертация|technical report|tech\. rep\."
    r"|lecture notes|lncs"
    r"|companion|colloquium"
    r"|zeitschrift|tagungsband|revue|revista|rivista|physics|quarterly|forum|track|chapter|handbook"
    r"|encyclopedia|book of"
    r"|журнал|вестник|труды|сборник)"
    # No spaces part the words of these languages.
    r"|학회지|논문지|학회|학술대회|발표회|学报|期刊|会议|大会|論文誌|学会|紀要|研究会|発表会|講演会|シンポジウム|論文集|予稿集"
    r"|研究報告|ジャーナル|技術報告|技報|ワークショップ|杂志|通报|研讨会|大学学|出版社|年会|论坛"
)
# A piece that only leads to the venue: "In", "in:", "En".
_LEAD = re.compile(
    r"(?:published in|appeared in|presented at|accepted (?:at|by|in)|i(?=:)|in|en|em|dans|nel|в"
    r"|in proc(?:eedings|\.)?(?: of)?|\[(?:in|w|v|u|i|en|dans):?\]|[wvu](?=:))\s*:?",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"(?:edited (?:by|with)|ed\. by|eds?\. |a cura di|hrsg\.? von|herausgegeben von|sous la dir|dirigé"
    r"|under redaktion|под ред)"
    r"|\([^()]{4,160} eds?\.,?$"
    r"|.{3,200}[(,] ?(?:eds?|éds?|red|hrsg|hgg?|orgs?|dirs?|coords?|a cura di|a c\. di|curatori)\b\.?\)?",
    re.IGNORECASE,
)
# Behind a title and a comma, no title goes on so: ", in The Oxford Handbook of Lists".
_IN_BOOK = re.compile(
    r"in:?\s+(?:the |a )?(?=[A-Z\"“])[^\n]{0,40}?(?i:handbook|encyclop|companion|proceedings|proc\."
    r"|advances in)"
)
_IN = re.compile(
    r"(?:published in|appeared in|presented at|i(?=:)|in|in proc\w*\.?|in:|em|dans|en|nel"
    r"|в|[wvu](?=:)|\[(?:w|in|v|u)(?=:?\]))\b:?\]?\s*(?=[A-ZÀ-Þ\"“0-9])",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?:\b[A-ZÀ-Þ][\w-]{0,8}\.\s?)(?:(?:[a-z]{1,3}|&)\s)?(?:[A-ZÀ-Þ][\w-]{0,12}\.?\s?){0,6}"
)
_ACRONYM = re.compile(r"(?:[A-Z]+[a-z]?[A-Z&*/-]+[A-Za-z]*)(?:[ -@]?[A-Z][\w-]*)?(?:\s?(?:19|20)?['’]?\d\d)?")
# "RFIAP 2020 - Reconnaissance des formes", "ICLR 2021 Workshop on Lists".
_ACRONYM_YEAR = re.compile(
    r"[A-Z][A-Za-z]*[A-Z]{2}[A-Za-z]*(?:[-/][A-Z][A-Za-z]+)?[ ’'](?:(?:19|20)?\d\d)(?= -| –|[,:]| [A-Z])"
)
# "Cambridge UP", "U of Chicago P", as the MLA shortens them.
_UNIVERSITY_PRESS = re.compile(r"\b(?:[A-Z]\w+ UP|U of [A-Z]\w+ P)\b")
_ROLE_LAST = re.compile(r"\(?\b(?:eds?|hrsg|hg|orgs?|dirs?|coords?|red)\b\.?\)?[,:.]?$", re.IGNORECASE)
_ROLE_ALONE = re.compile(
    r"\(?(?:co-)?(?:eds?|edited|editors?|hrsg|hg|coord|org|trans)\b\.?\)?[,:]?", re.IGNORECASE
)
# From this score on a piece is a venue, whatever names look like.
SURE_VENUE = 2.5
_SPACELESS = re.compile(r"[\u3040-\u9fff]")
# Particles: titles have them, names of journals rarely.
_KANA = re.compile(r"[のをはがにとでる的与和]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def scores(
    item: Item, pieces: list[tuple[int, int, str]], number: int, owners: frozenset[str]
) -> Mapping[str, float]:
    """Return how much a piece of an item looks like authors, title and venue.

    Args:
        item: The item.
        pieces: Its pieces: start, end, boundary before.
        number: Which of them.
        owners: Names that stand in many entries of the list.
    """
    start, end, boundary = pieces[number]
    text = item.text[start:end]
    marks = item.marks(start)
    words = _WORD.findall(text[:600])
    lower = sum(word[0].islower() for word in words)
    name = _name_score(item, pieces, number, owners)
    if not number and _ROLE_ALONE.fullmatch(text):
        return {"A": 2.0, "T": -2.0, "V": -1.0}  # "ed. with A. Li, *A Book*"
    if number and (_LEAD.fullmatch(text) or _EDITED.match(text)):
        return {"A": -2.0, "T": -1.5, "V": 2.5}
    if number and _is_imprint(item, pieces, number):
        return {"A": -2.0, "T": -1.5, "V": 1.0}
    if number and name < 2.5 and _is_place_of_publisher(item, pieces, number):
        return {"A": -1.5, "T": -1.0, "V": 1.2}
    venue = _venue_score(text, lower, marks, name, boundary)
    if number and _ACRONYM_YEAR.match(item.text, start):
        venue += 2.0
    if number and _ROLE_LAST.search(item.text[pieces[number - 1][0] : pieces[number - 1][1]]):
        venue, name = venue + 2.0, min(name, -1.0)  # a book stands behind its editors
    if number and _LEAD.fullmatch(item.text[pieces[number - 1][0] : pieces[number - 1][1]]):
        venue, name = venue + 2.0, min(name, -1.0)
    if venue >= SURE_VENUE:
        name = min(name, 0.0)
    return {
        "A": name + ("strong" in marks) * 0.2 - ("quote" in marks) * 3,
        "T": _title_score(text, words, lower, marks, name)
        - 2.0 * (number > 0 and bool(_IN_BOOK.match(text))),
        "V": venue,
    }


def _is_imprint(item: Item, pieces: list[tuple[int, int, str]], number: int) -> bool:
    """Tell whether a piece is a half of "Roma, Carocci, 2020": town, publisher, and the year behind them."""
    for at in (number, number - 1):
        if at < 1 or at + 1 >= len(pieces) or pieces[at + 1][2] != "comma":
            continue
        town, press = (item.text[start:end].strip(" ,") for start, end, _ in pieces[at : at + 2])
        behind = pieces[at + 2][2] if at + 2 < len(pieces) else "atom"
        if (
            behind in ("atom", "date")
            and places.is_town(town)
            and press[:1].isupper()
            and len(press.split()) <= places.PRESS_WORDS
        ):
            return True
    return False


def _is_place_of_publisher(item: Item, pieces: list[tuple[int, int, str]], number: int) -> bool:
    """Tell whether a piece is the place in "London: Routledge"."""
    if number + 1 >= len(pieces) or pieces[number + 1][2] != "colon" or number < 2:
        return False
    place, publisher = (item.text[start:end] for start, end, _ in pieces[number : number + 2])
    return not VENUE_WORDS.search(place.lower()) and (
        len(place.split()) <= 3
        and len(publisher.split()) <= 5
        and all(word[0].isupper() for word in _WORD.findall(place))
        and publisher[:1].isupper()
    )


def _name_score(item: Item, pieces: list[tuple[int, int, str]], number: int, owners: frozenset[str]) -> float:
    start, end, _ = pieces[number]
    text = item.text[start:end]
    value = people.score(text)
    if people.bare(text).casefold() in owners:
        value = max(value, 0) + 2.0
    if value >= 0 and people.is_initials(text):
        before = item.text[pieces[number - 1][0] : pieces[number - 1][1]] if number else ""
        return 2.8 if number and people.is_surname(before) else -0.5
    if (number < 2 and _inverted(item, pieces)) or _paired(item, pieces, number):
        return 2.0
    if 0 <= value < 2 and number + 1 < len(pieces):
        after = item.text[pieces[number + 1][0] : pieces[number + 1][1]]
        if people.is_initials(after) and pieces[number + 1][2] == "comma" and people.is_surname(text):
            return 2.8
    return value


def _inverted(item: Item, pieces: list[tuple[int, int, str]]) -> bool:
    """Tell whether an item begins "Family, Given" with the names spelt out."""
    if len(pieces) < 3 or pieces[1][2] != "comma" or pieces[2][2] not in ("comma", "stop", "date", "mark"):
        return False
    third = item.text[pieces[2][0] : pieces[2][1]]
    if pieces[2][2] == "comma" and third[:4] in ("and ", "und ") and people.score(third) < -1:
        return False  # "Keys, Locks, and the Fourth Amendment"
    first, second = (item.text[start:end] for start, end, _ in pieces[:2])
    return people.is_surname(first) and " " not in first and people.is_given(second)


def _paired(item: Item, pieces: list[tuple[int, int, str]], number: int) -> bool:
    """Tell whether a piece is half of a name behind a semicolon: "Li, An; Wu, Bo (eds.): A Book"."""
    at = number if pieces[number][2] == "semi" else number - 1
    if at < 1 or at + 1 >= len(pieces) or pieces[at][2] != "semi" or pieces[at + 1][2] != "comma":
        return False
    family, given = (item.text[start:end] for start, end, _ in pieces[at : at + 2])
    return people.is_surname(family) and people.is_given(given)


def _title_score(text: str, words: list[str], lower: int, marks: frozenset[Mark], name: float) -> float:
    spaceless = len(_SPACELESS.findall(text[:120]))
    count = max(len(words), sum(not _SPACELESS.search(word) for word in words) + spaceless // 3)
    value = min(count, 14) * 0.22 + min(lower + len(_KANA.findall(text[:120])) // 2, 6) * 0.12
    if count <= 1:
        value -= 0.4
    if name >= 2.5:
        value -= 1.5
    value += ("strong" in marks) * 1.0 + ("link" in marks) * 0.8 + ("emph" in marks) * 0.3
    if text[0] in '"“„«「『':
        value += 3.0
    if _IN.match(text):
        value -= 0.8
    return value


def _venue_score(text: str, lower: int, marks: frozenset[Mark], name: float, boundary: str) -> float:
    value = -0.7 - 0.12 * min(lower, 10)
    known = venues.find(text) if len(text) < 200 else None
    if known is None and (lead := _IN.match(text)):
        known = venues.find(text[lead.end() :])
    if known is not None:
        value = 3.5 if len(text) > 3 else 2.0
    hits = len({match[0] for match in VENUE_WORDS.finditer(text[:300].lower())})
    hits += _UNIVERSITY_PRESS.search(text[:300]) is not None
    value += min(hits, 3) * 1.2
    if hits and "emph" in marks:
        value += 0.8
    if _IN.match(text) and boundary != "start":
        value += 2.5 if hits else 1.5
    if _ABBREVIATED.fullmatch(text) and name < 2.5:
        value += 1.5 if " " in text else 0.5
    elif _ACRONYM.fullmatch(text):
        value += 1.2
    elif "emph" in marks:
        value += 0.8
    return value
