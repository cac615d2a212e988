"""What stands around the name of a venue: editors before or behind it, publisher and place at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pubkit.formats.paperlist import people, places
from pubkit.formats.paperlist.labels import Labels

PUBLISHER = re.compile(
    r"\b(?:springer|elsevier|wiley|press|verlag|publish(?:er|ers|ing|ed)|acm|ieee|pmlr|siam|usenix"
    r"|aaai|mit|iospress|ios|routledge|sage|iop|birkhäuser|de gruyter|taylor|dagstuhl|curran|o'reilly|morgan"
    r"|world scientific|isca|brill|mohr siebeck|nomos|suhrkamp|beck|hanser|éditions?|editor(?:a|ial|e)"
    r"|ediciones"
    r"|association for computing machinery|(?-i:[A-Z]\w+ UP|U of [A-Z]\w+ P)|presses|edizioni|uitgeverij"
    r"|издательство|наука|出版社|書房|書店|書院|大学出版会)\b|出版社|書房|書店",
    re.IGNORECASE,
)
_ROLE = (
    r"eds?|editors?|hrsg|hg|hgg|orgs?|organizadores|coords?|coordinadores|dirs?|ed\. by|a cura di|red"
    r"|ред|под ред"
)
# "A. Li & B. Ng (Eds.), Handbook of Lists"; "In: K. Vogt (Hrsg.): Handbuch".
_BEFORE = re.compile(
    rf"(?:i(?=:)|in|en|em|dans|nel"
    rf"|в)?:?\s*(?P<names>\S.{{2,250}}?)\s*[(,\[]\s*(?:{_ROLE})(?!\.?\s+(?:by|with|von)\b)\.?\s*"
    rf"[)\],:.]+[.,:\s]*(?P<title>\S.{{2,}})",
    re.IGNORECASE,
)
# "Handbook of Lists (A. Li & B. Ng eds., …", "Handbook, edited by A. Li, …".
_BRACKETED = re.compile(
    rf"(?P<title>.{{3,300}}?)\s*\(\s*(?P<names>[^()]{{4,200}}?),?\s+(?:{_ROLE})\.?\s*(?:[,;]\s*(?P<rest>[^()]*))?\)?(?P<more>[^()]*)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?P<title>.{3,300}?)[,.;(]*\s+\(?(?:edited (?:by|with)|eds?\. by|eds?\.:?|red\.|a cura di"
    r"|hrsg\.? (?:von|v\.)"
    r"|herausgegeben von|sous la (?:direction|dir\.) de|(?:co)?dirigée? par|editado por|organizado por"
    r"|edición de"
    r"|onder redactie van|под (?:ред\.|редакцией))\s+(?P<names>[^\d:]{3,200}?)"
    r"(?P<rest>[,.;)]\s+.*|\s\(.*|\)?)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:edited (?:by|with)|eds?\. by|a cura di|hrsg\.? von|herausgegeben von|sous la (?:direction"
    r"|dir\.) de)\s+",
    re.I,
)
_ISSUE = re.compile(
    r"(?:^|[,;:(]\s*)(?P<issue>(?:special (?:issue|section)|themenheft|numéro spécial"
    r"|número especial)\b[^,;()]{0,120})\)?(?:,\s*|$)",
    re.I,
)
# "Insects of the Past, BAR International Series": a series by its last word.
_SERIES_LAST = re.compile(
    r"(?P<title>.{8,}?)[,.;(]\s+(?P<series>[A-ZÀ-Þ][^,.;()]{3,60}\b(?:Series|Monographs|Reihe|Schriften"
    r"|Studien|Studies))"
    r"(?:,? (?:no\. ?|vol\. ?|Bd\. ?)?(?P<number>\d{1,5}))?\)?[,.]?"
)
_SERIES = re.compile(
    r"(?P<title>.{8,}?)[,.;:(]?\s+(?:in\s+)?(?P<series>(?:lecture notes in|communications in computer and"
    r"|springer tracts|advances in intelligent"
    r"|studies in|ceur workshop|ifip advances|graduate texts in)\b[^,;()]{3,80}|LNCS|LNAI|CCIS"
    r"|Proc\. Symp\w*\.? (?:Pure|Appl\.) Math\.|Contemp\. Math\.|Progr\. Math\.|Lecture Notes in Math\w*\.?"
    r"|LIPIcs)\)?[,.]?",
    re.IGNORECASE,
)
_INITIAL_END = re.compile(r"(?:^|[\s.-])\w$")
# "… Rio de Janeiro: Garamond", "… (New York: Wiley)", "Madrid: Catarata".
_PLACE_PUBLISHER = re.compile(
    r"(?:^|(?P<title>.{3,}?)[.,;(]\s*)(?P<place>[^\W\d][^.,:()\d]{1,29}(?:, (?:[A-Z]{2}|D\.C\.)| "
    r"[IJM]\.| u\. "
    r"?a\.)?|[А-Я]\."
    r"|N\.Y\.)(?:\s?: |：)(?P<publisher>[^:()\d]{2,60})\)?"
)
_NO_TAIL = re.compile(
    r"proc|conf|symp|workshop|congress|meeting|journal|transactions|letters|review|annals|bulletin|\d",
    re.IGNORECASE,
)
# Names of journals that are two words or more around a colon.
_IS_PERIODICAL = re.compile(
    r"[^:]{3,60}: (?:practice|theory|research|applications?|methods?|science|experience)\b", re.I
)
_COUNTRY_END = re.compile(r"(?<=\bUSA)\.\s+|(?<=\bUK)\.\s+")
_PRESS = re.compile(r"([^,]{2,40}), (.{3,50})")
_MEETING = re.compile(
    r"conf|symp|workshop|congres|kongress|meeting|tagung|colloq|convegno|конференц", re.IGNORECASE
)
_PIECES = re.compile(r",\s+|(?<=[»”])\.\s+|(?<=[^\W\d_]{4})\.\s+|(?<=\))\.\s+|\s+\(|;\s+|\s[-–—]\s|\n")


@dataclass(slots=True)
class Container:
    """A book, proceedings or journal as an entry names it.

    Attributes:
        title: Its name.
        editors: The text of its editors' names.
        publisher: Who published it.
        place: Where it was published or held.
        rest: What else stands there.
        seat: Where the publisher sits.
        issue: Title of the journal's issue.
        series: The series that the book is a part of.
        number: Its number in that series.
    """

    title: str
    editors: str = ""
    publisher: str = ""
    place: str = ""
    rest: tuple[str, ...] = ()
    seat: str = ""
    issue: str = ""
    series: str = ""
    number: str = ""


def read(text: str, rest: Sequence[str], labels: Labels | None, whole: str) -> Container:
    """Take a venue apart.

    Args:
        text: The venue as the entry has it, without dates and numbers.
        rest: What stands behind it, piece by piece.
        labels: What the reference labeller says about the entry.
        whole: The entry's text, in which the labels have their places.

    >>> found = read("A. Li & B. Ng (Eds.), Handbook of Lists. Oxford: OUP", (), None, "")
    >>> found.title, found.editors, found.place, found.publisher
    ('Handbook of Lists', 'A. Li & B. Ng', 'Oxford', 'OUP')
    """
    found = Container(text, rest=tuple(rest))
    _issue_and_series(found)
    _editors(found)
    _place_and_publisher(found)
    _tail(found, labels, whole)
    if not found.series:
        _issue_and_series(found)  # place and publisher stood behind the series
    found.title = found.title.strip(" ,;:")
    if places.is_town(found.publisher) and not places.is_town(found.place):
        found.place, found.publisher = found.publisher, found.place  # "Roma, Carocci"
    return found


def _issue_and_series(found: Container) -> None:
    """Take off the title of a special issue, and the series that stands behind a book."""
    if match := _ISSUE.search(found.title):
        found.issue = match["issue"]
        found.title = found.title[: match.start()] + found.title[match.end() :]
        found.title = found.title.strip(" ,;:.")
    if match := _SERIES.fullmatch(found.title):
        found.title, found.series = match["title"], match["series"]
    elif match := _SERIES_LAST.fullmatch(found.title):
        found.title, found.series, found.number = match["title"], match["series"], match["number"] or ""


def _editors(found: Container) -> None:
    text = found.title
    if match := _LEADING.match(text):
        names, _, rest = text[match.end() :].partition(". ")
        while rest and _INITIAL_END.search(names):
            more, _, rest = rest.partition(". ")
            names += f". {more}"
        found.editors, found.title = names, rest
    elif parted := _title_then_editors(text):
        found.title, found.editors, rest = parted
        found.rest = tuple(part for part in (rest, *found.rest) if part)
    elif (match := _BEFORE.fullmatch(text)) and _are_editors(
        match["names"], _FIRST_PART.split(match["title"])[0]
    ):
        found.editors, found.title = match["names"], match["title"]
    elif match := _BRACKETED.fullmatch(text):
        found.editors, found.title = match["names"], match["title"]
        found.rest = tuple(
            part for part in (match["rest"], match["more"], *found.rest) if part and part.strip(" .,")
        )
    elif match := _BEHIND.fullmatch(text):
        names, behind = match["names"], match["rest"]
        while (cut := re.match(r"[,.]\s+([^,]*)", behind)) and (
            _INITIAL_END.search(names) or _is_initials(cut[1])
        ):  # the stop of an initial, or initials behind a family name
            names, behind = names + behind[: cut.end()], behind[cut.end() :]
        while (cut := re.match(r"(?:,| and| &| i| y| e| und| et)\s+([^,]{3,40}?)(?=,\s|$)", behind)) and (
            people.score(cut[1]) >= _SURE_NAME
        ):  # further editors
            names, behind = names + behind[: cut.end()], behind[cut.end() :]
        names, _, bracketed = names.partition(" (")  # "A. Li (Springer, Berlin)"
        found.editors, found.title = names, match["title"]
        left = f"{bracketed}{behind}".strip(" ,.;()")
        found.rest = tuple(part for part in (left, *found.rest) if part)


_FIRST_PART = re.compile(r"(?<=\w{3})\. |\s\(|, (?=\w+:)")
_ROLE_BRACKET = re.compile(r"\s*[(\[](?:eds?|editors?|hrsg|hgg?)\.?[)\]][.,:]?\s*", re.IGNORECASE)


def _title_then_editors(text: str) -> tuple[str, str, str] | None:
    """Part "Handbook of Lists. Li, A. (ed.). Oxford: OUP" into title, editors and what follows."""
    role = _ROLE_BRACKET.search(text)
    if role is None:
        return None
    before = text[: role.start()]
    if people.are_names(before):
        return None
    for stop in _STOPS.finditer(before[:_MOST]):
        title, names = before[: stop.start()], before[stop.end() :]
        if people.are_names(names) and not people.are_names(title) and len(title) > _SHORTEST_TITLE:
            return title, names, text[role.end() :]
    return None


_STOPS = re.compile(r"(?<=[\w)]{2})[.,]\s+")
_MOST, _SHORTEST_TITLE = 400, 6


def _are_editors(text: str, behind: str) -> bool:
    """Tell whether what stands before "(eds.)" is names: "The Medieval Economy, ed. A. Li" has none there."""
    if people.are_names(text):
        return True
    first = behind.partition(",")[0]
    title = (
        text.startswith(("The ", "A ", "An "))
        or people.are_names(behind)
        or people.score(first) >= _SURE_NAME  # "A Book, red. A. Li, B. Ng, Kraków"
    )
    return len(text.split()) <= 14 and not title


_SURE_NAME = 3.0


def _is_initials(text: str) -> bool:
    return bool(re.fullmatch(r"(?:\w\.[ -]?){1,3}", text.strip()))


def _place_and_publisher(found: Container) -> None:
    """Find "Place: Publisher" at the end of the name, or as a piece behind it."""
    match = _PLACE_PUBLISHER.fullmatch(found.title)
    if match and (_NO_TAIL.search(match["place"]) or _IS_PERIODICAL.match(found.title)):
        return  # "American Economic Journal: Economic Policy"
    if match:
        found.title = match["title"] or ""
    elif named := next(
        ((part, m) for part in found.rest if (m := _PLACE_PUBLISHER.fullmatch(_bare(part)))), None
    ):
        part, match = named
        if match["title"] and len(match["title"]) > 3:
            return
        found.rest = tuple(other for other in found.rest if other != part)
    else:
        return
    found.place, found.publisher = match["place"].strip(), match["publisher"].strip(" .,")


def _bare(part: str) -> str:
    """Return a piece without the stops, brackets and the year around it."""
    return _YEAR_LAST.sub("", part.strip(" .,;()[]"))


_YEAR_LAST = re.compile(r",? ?(?:19|20)\d\d$")


def _tail(found: Container, labels: Labels | None, whole: str) -> None:
    """Take publisher and place off the end, where their words or the labeller say so."""
    cuts = [*(match.span() for match in _PIECES.finditer(found.title))]
    text = found.title
    end = len(text)
    for start, stop in reversed(cuts):
        if text[start] == "." and " " not in text[:start]:
            break  # "Commun. ACM": the stop of a shortened word ends no name
        piece = text[stop:end].strip(" .,()")
        town = end == len(text) and text[start] == "," and _MEETING.search(text[:start]) is not None
        kind = _kind(piece, labels, whole, last=town)
        if (
            kind != "publisher"
            and not places.is_town(piece)
            and _is_press(text, start, piece, last=end == len(text))
        ):
            kind = "publisher"  # "L'arte della pietra, Firenze, Olschki"
        if not kind or _taken(found, kind):
            break
        if kind == "place" and "(" in text[start : stop + 1] and not _MEETING.search(text):
            break  # "Ann. Phys. (Berlin)"
        setattr(found, kind, piece)
        end = start
    found.title = text[:end]
    left: list[str] = []
    for part in (piece for whole_ in found.rest for piece in _COUNTRY_END.split(whole_)):
        if places.is_place(part) and not found.place:
            found.place = part
            continue
        press = _PRESS.fullmatch(part)
        if press and not found.publisher and PUBLISHER.search(press[1]) and places.is_place(press[2]):
            found.publisher, found.seat = press[1], press[2]
            continue
        kept: list[str] = []
        for piece in _PIECES.split(part):
            kind = _kind(piece.strip(" .,()"), labels, whole)
            if kind and not _taken(found, kind):
                setattr(found, kind, piece.strip(" .,()"))
            elif found.place and places.is_place(f"{found.place}, {piece.strip(' .')}"):
                found.place += f", {piece.strip(' .')}"
            else:
                kept.append(piece)
        if len(kept) == len(_PIECES.split(part)):
            left.append(part)
        else:
            left += [piece for piece in kept if any(map(str.isalnum, piece))]
    found.rest = tuple(left)


def _is_press(text: str, start: int, piece: str, *, last: bool) -> bool:
    """Tell whether the last piece is a publisher since a town stands before it."""
    before = text[:start].rpartition(", ")[2].strip()
    return (
        last and places.is_town(before) and len(piece.split()) <= places.PRESS_WORDS and piece[:1].isupper()
    )


def _taken(found: Container, kind: str) -> bool:
    return bool(getattr(found, kind))


def _is_town(piece: str) -> bool:
    """Tell whether a piece behind the name of a meeting can be its place: capitalised, no word of titles."""
    words = piece.split()
    return 1 <= len(words) <= 3 and all(
        word[0].isupper() and word[1:].islower() and word.casefold() not in people.COMMON for word in words
    )


def _kind(piece: str, labels: Labels | None, whole: str, *, last: bool = False) -> str:
    """Tell whether a piece is a publisher or a place."""
    if places.is_town(piece):
        return "place"
    if not piece or len(piece) > 60 or _NO_TAIL.search(piece):
        return ""
    if PUBLISHER.search(piece) and len(piece.split()) <= 6:
        return "publisher"
    if last and _is_town(piece):
        return "place"
    if labels is None:
        return ""
    at = whole.find(piece)
    if at < 0:
        return ""
    said = labels.at(at, at + len(piece))
    return {"publisher": "publisher", "location": "place"}.get(said, "")
