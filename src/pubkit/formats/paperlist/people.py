"""How much a piece of text looks like the names of people, and the names it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pubkit.formats.paperlist.places import is_place
from pubkit.formats.paperlist.words import words

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽȘȚḤṢṬΆ-ΏΑ-ΩЀ-Я"
_INITIALS = re.compile(rf"(?:[{UPPER}][a-zß-ÿ]?\.\s?-?\s?)+[{UPPER}]?\.?|[{UPPER}](?:-?[{UPPER}]){{0,3}}\.?")
_CAPITALISED = re.compile(
    rf"(?:[{UPPER}]['’]|Mc|Mac|[Dd]['’]|[Ll]['’]|al-|el-|Al-|El-)?[{UPPER}][\w'’ʼ.-]*\w|[{UPPER}]\w"
)
_PARTICLES = words("people.particles")
_SUFFIX = words("people.suffixes")
_ANDS = r"and|&|und|et|y|и|en|e|og|och|sowie|ed"
# "Y Demirel", "E Ito": a capital letter is an initial, and no "y" or "e".
_AND = re.compile(r"^(?:(?i:and|und|et|en|og|och|sowie|ed)|&|[yиeiс])\s+")
# Words of a title in capitals that look like initials.
_CAPITALS = frozenset(("THE", "OF", "FOR", "AND", "LAW", "ART", "WAR"))
_CONJUNCTIONS = frozenset(("and", "&", "und", "et", "y", "и", "en", "og", "och", "sowie"))
# As in "Li B. et al. (including Ng A.)".
_INCLUDING = re.compile(r"\s*\((?:including|incl\.|with) ([^()]{3,80})\)")
_AND_LAST = re.compile(r"\s+(?:and|&|und|et|y|и|en|e)\s*$")
_AND_INSIDE = re.compile(rf"\s+(?:{_ANDS})\s+")
ET_AL = re.compile(
    r"\b(?:et\s+al\.?|and\s+(?:\d+\s+)?others|u\.\s?a\.|et\s+coll?\.?|и др\.?|and colleagues"
    r"|(?:(?:and|&)\s+)?\d+ (?:(?:more|other|additional) )?(?:co-?)?authors)"
    r"|(?<=[,;] )(?:…|(?<!\.)\.\.\.(?!\.))(?=\s*(?:$|[,;(&]))|(?<=\w)…(?=\s*$)"
)
_CJK = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・]{2,6}(?:\s?[\u3400-\u9fff\u3040-\u30ff]{1,4})?"
)
# Marks on names: equal contribution, corresponding author, footnotes.
MARKS = re.compile(r"[*†‡§¶#♯♣♠♦✉∗⁎⋆☨✝🖂¹²³⁴⁵⁶⁷⁸⁹⁰⁺]+|\\\*|\$\^[^$]{0,20}\$")
_REMARK = re.compile(
    r"\s*\((?:[^()]{0,40}(?:author|contribut|advis|student|equal|supervis|lead|eds?\.?"
    r"|hrsg|hgg?\.)[^()]{0,40}|(?:dirs?|coords?|orgs?|red|éds?|comps?)\.?|a cura di|\d|[*†‡§])\)",
    re.I,
)

# "Bo Lindqvist 0002", as DBLP tells namesakes apart.
HOMONYM = re.compile(r"(?<=[^\W\d_]) 0\d{3}(?=\s*(?:,|;|:|$))")
# Who else is an author: "for the HIVE Study Group", "(Atlas Collaboration)".
COLLECTIVE = re.compile(
    r"(?:[,;]\s*|\(\s*|^)(?:(?:and )?(?:on behalf of|for) )?(?:the )?"
    r"(?P<name>(?:[A-ZÀ-Þ][\w&/.’'-]*|of|for|and|the|in|on)(?: (?:[A-ZÀ-Þ][\w&/.’'-]*|of|for|and|the"
    r"|in|on)){0,7}"
    r" (?:Collaborations?|Consortium|Consortia|(?:Study|Working|Research|Writing|Trial) Group"
    r"|Investigators))\)?"
    r"(?=\s*(?:[.,;:)(]|$))"
)
_LONGEST_GROUP = 90
# "Human–AI Collaboration" heads papers, too: such a group says "for the" or stands in brackets.
_MAY_BE_TITLE = re.compile(r"Collaborations?$")
_CLOSING = re.compile(r"[)\]][.,;]*$")
_STOP = re.compile(r"[^\W\d_]{3,}\.$")
_DIGIT = re.compile(r"\d")

COMMON = words("people.common")
_ENDING = re.compile(
    r"(?:tion|tions|ment|ments|ness|ity|ities|ology|ological|ism|ical|ically|ization|isation|aware|based)$"
)


@dataclass(frozen=True, slots=True)
class Person:
    """One name as it stands, and its parts where the list's order tells them; `whole` is that of a group."""

    text: str
    family: str = ""
    given: str = ""
    suffix: str = ""
    whole: bool = False


@lru_cache(maxsize=65536)
def score(text: str) -> float:
    """Return how surely a text between two commas is a name: above 2 is sure, below 0 is no name.

    >>> score("A.V. Matveev") > 2, score("Shumin Deng") > 1
    (True, True)
    >>> score("Deep Learning") < 0, score("we show that") < 0
    (True, True)
    """
    bracketed = text.lstrip()[:1] == "("
    text = bare(text)
    if not text:
        return 0.0
    group = COLLECTIVE.fullmatch(text) if len(text) <= _LONGEST_GROUP else None
    if group and (bracketed or group.start("name") or not _MAY_BE_TITLE.search(text)):
        return 3.0
    if text.casefold() in _CONJUNCTIONS:
        return 0.5  # "Hao Wu, and *Sofia Li*": what stands between two names
    rest, count = ET_AL.subn(" ", text)
    rest = _AND.sub("", rest.strip(" ,;")).strip()
    if count and not rest:
        return 2.5
    parts = _AND_INSIDE.split(rest)
    if len(parts) > 6:
        return -4.0
    values = [_one(part.strip(" ,;")) for part in parts]
    least = min(values)
    return least if least < 0 else sum(values) + (0.8 * (len(parts) - 1) + 1.5 * count)


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return a name without marks, and without remarks in brackets."""
    text = " ".join(HOMONYM.sub("", MARKS.sub("", _REMARK.sub("", text))).split())
    text = _AND_LAST.sub("", _CLOSING.sub("", text).lstrip("(["))
    return text[:-1] if _STOP.search(text) else text


def _one(text: str) -> float:
    """Score one name."""
    if len(text) > 60 or _DIGIT.search(text) or is_place(text):
        return -4.0
    if _CJK.fullmatch(text):
        return 1.6 if len(text) <= 4 else 0.2
    if _INITIALS.fullmatch(text):
        return 1.5 if "." in text else 0.4
    tokens = text.split()
    initials = capitalised = common = 0
    dotted = any(token[-1] == "." and _INITIALS.fullmatch(token) for token in tokens)
    for token in tokens:
        if token in _CAPITALS:
            return -2.0
        if token.lower() in _SUFFIX or _is_particle(token):
            continue
        if _INITIALS.fullmatch(token) and not (len(token) > 1 and dotted and "." not in token):
            initials += 1
        elif (_CAPITALISED.fullmatch(token) and not token.isupper()) or (
            token.isupper() and len(token) > (1 if dotted else 3)  # "J. LI" beside "J. PARK"
        ):
            capitalised += 1
            lower = token.lower()
            common += len(lower) > 3 and lower[-1] == "." and lower not in _SUFFIX
            common += lower in COMMON or (len(lower) > 7 and _ENDING.search(lower) is not None)
        else:
            lower_words = sum(word[:1].islower() and not _is_particle(word) for word in tokens)
            return -2.0 - 0.5 * min(lower_words, 8)
    if capitalised > 4 or not capitalised or capitalised + initials > 5:
        return -1.5
    if common:
        return -1.0 - common + (0.8 if initials and any("." in token for token in tokens) else 0)
    if initials:
        return 3.0
    return {1: -0.1, 2: 1.9, 3: 1.4}.get(capitalised, 0.3)


def is_list(text: str) -> bool:
    """Tell whether a text is a list of names and nothing else.

    >>> is_list("A. Li, Jane Example and B. Ng"), is_list("A list of things, and more of them")
    (True, False)
    """
    text = _INCLUDING.sub(r", \1", text[:2000])
    pieces = [piece for piece in re.split(r"[,;]\s", ET_AL.sub("", text)) if piece.strip()]
    sure = sum(score(piece) > 1 or is_initials(piece) for piece in pieces)
    return bool(pieces) and sure >= 0.7 * len(pieces)


def are_names(text: str) -> bool:
    """Tell whether a text is names and nothing else, those with the family first among them.

    >>> are_names("Li, A."), are_names("Example, Jane, and Bo Wu"), are_names("A list of things")
    (True, True, False)
    """
    found, _ = parse(text[:2000])
    return bool(found) and all(score(person.text.replace(",", "")) > 1 for person in found)


def is_initials(text: str) -> bool:
    """Tell whether a text is nothing but initials, as in "Holt, A. F."."""
    return _INITIALS.fullmatch(bare(text)) is not None


def is_given(text: str) -> bool:
    """Tell whether a text can be given names alone, as in "Example, Jane"."""
    tokens = bare(text).split()
    plain = [token for token in tokens if not _INITIALS.fullmatch(token)]
    return (
        1 <= len(tokens) <= 3
        and len(plain) <= 2
        and all(_CAPITALISED.fullmatch(token) and token.lower() not in COMMON for token in plain)
    )


def is_surname(text: str) -> bool:
    """Tell whether a text can be a family name alone."""
    tokens = _AND.sub("", bare(text)).split()
    return 1 <= len(tokens) <= 3 and all(
        _is_particle(token) or (_CAPITALISED.fullmatch(token) and token.lower() not in COMMON)
        for token in tokens
    )


def _is_particle(token: str) -> bool:
    """Tell whether a word can stand between names; a capital letter alone is an initial: "Y Demirel"."""
    return token.lower() in _PARTICLES and not (len(token) == 1 and token.isupper())


# -- a list of names ------------------------------------------------------------------------------------

_INITIALS_FIRST = re.compile(rf"(?:[{UPPER}]\.?-?){{1,3}}\s")
_OWNED = re.compile(r"^\W*(?:by|von|par|por|di|door|authors?\s*:)\s+", re.IGNORECASE)
# "TAN M.L.": a short family name in capitals, and initials with stops.
_DOTTED_LAST = re.compile(rf"^[{UPPER}]{{2,}} (?:[{UPPER}]\.[ -]?)+$")
_DOTLESS_LAST = re.compile(rf"[a-zß-ÿ] [{UPPER}]{{1,3}}$")
_DOTLESS_FIRST = re.compile(
    rf"^(?P<given>[{UPPER}]{{1,3}})\s+(?P<family>[{UPPER}][\w'’-]*[a-zß-ÿ][\w'’ -]*)$"
)
_GIVEN_LAST = re.compile(rf"^(?P<family>[^\s].*?)\s+(?P<given>(?:[{UPPER}]\.?[ -]?){{1,4}})$")


def parse(text: str) -> tuple[list[Person], bool]:
    """Return the names in a text, and whether it says that there are more.

    The order is told by the whole list: "Holt, A. F., and Condit, C. B." and "Holt A.F., Condit C.B." name
    the family first, "A. F. Holt and C. B. Condit" last.

    >>> [(person.family, person.given) for person in parse("Holt, A. F., and Condit, C. B.")[0]]
    [('Holt', 'A. F.'), ('Condit', 'C. B.')]
    >>> found, others = parse("B. Li, A.V. Matveev et al.")
    >>> [person.text for person in found], others
    (['B. Li', 'A.V. Matveev'], True)
    """
    text = _INCLUDING.sub(r", \1", HOMONYM.sub("", text))
    groups = [match["name"] for match in COLLECTIVE.finditer(text)]
    text = COLLECTIVE.sub(" ", text)
    text = _OWNED.sub("", MARKS.sub("", _REMARK.sub("", text)).replace("\n", " "))
    text, others = ET_AL.subn(" ", text)
    text = re.sub(r"\s*\((?:[^()]{0,80})\)", " ", text)
    slashed = [chunk for chunk in text.split("/") if chunk.strip()]
    if len(slashed) > 1 and all(
        _FAMILY_GIVEN.fullmatch(chunk.strip()) or score(chunk) > 1 for chunk in slashed
    ):
        text = ";".join(slashed)  # "Li, An/Wu, Bo", as German footnotes have it
    parts = [part for chunk in _SEMICOLON.split(text) for part in _names_of(chunk)]
    parts = [" ".join(_stripped(part).split()) for part in parts if part.strip(" .,")]
    parts = [part for part in parts if part.lower().strip(".") not in _ROLES]
    return [*_people(parts), *(Person(name, whole=True) for name in groups)], bool(others)


# What the people before it are: "Li, A. (ed.)", "Ed., with A. Li".
_ROLES = frozenset(("ed", "eds", "editor", "editors", "hrsg", "hg", "co-ed"))
_FAMILY_GIVEN = re.compile(rf"[{UPPER}][\w'’ -]*, [{UPPER}][\w'’. -]*")
_SEMICOLON = re.compile(r"\s*;\s*|\s+/\s+")
_JOINED = re.compile(rf",?\s+(?:(?i:and|und|et)|&|(?:y|и|en|e|og|och|sowie|ed)(?=\s+[{UPPER}]))\s+(?=\S)")
_LAST_INITIAL = re.compile(rf"\b[{UPPER}]\.$")


def _stripped(part: str) -> str:
    """Take off what stands around a name; the full stop of an initial stays."""
    part = part.strip(" ,;:()[]–—-")
    return part if _LAST_INITIAL.search(part) else part.strip(" ,.;:()[]–—-")


def _names_of(text: str) -> list[str]:
    """Split at commas and "and", with "Family, Initials" kept together."""
    text = _JOINED.sub(", ", f" {text} ")
    text = _AND.sub("", text.strip())
    pieces = [piece.strip() for piece in re.split(r"[,，、]|\s[-–—·•|]\s", text) if piece.strip(" .")]
    # "A. Li, B. Wu." is no family with initials, though "B. Wu." could be: a family has no initial before it.
    inverted = not any(_INITIALS_FIRST.match(piece) for piece in pieces[::2])
    pairs = inverted and sum(is_initials(piece) for piece in pieces[1::2])
    if len(pieces) >= 2 and len(pieces) % 2 == 0 and pairs * 2 == len(pieces):
        return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    single = [is_surname(piece) and " " not in piece for piece in pieces]
    if len(pieces) % 2 == 0 and pieces and all(single):  # "Family, Given, and Family, Given"
        return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    if (
        len(pieces) >= 2
        and single[0]
        and is_given(pieces[1])
        and not any(single[2:])
        and (len(pieces) > 2 or single[1])
    ):  # "Family, Given, and Given Family"
        pieces[:2] = [f"{pieces[0]}, {pieces[1]}"]
    joined: list[str] = []
    for piece in pieces:
        if (piece.lower() in _SUFFIX and joined) or (
            is_initials(piece) and joined and "," not in joined[-1] and is_surname(joined[-1])
        ):
            joined[-1] += f", {piece}"
        else:
            joined.append(piece)
    return joined


def _people(parts: list[str]) -> list[Person]:
    """Read each name; initials say which end is the given name: "Hill SA", "S Hill", "Hill, S. A."."""
    people: list[Person] = []
    dotless = any(_DOTLESS_LAST.search(part) for part in parts)
    for part in parts:
        family, comma, given = (piece.strip() for piece in part.partition(","))
        if comma and given.lower() not in _SUFFIX:
            people.append(Person(part, family, given))
        elif comma:
            people.append(Person(f"{family} {given}"))
        elif (not _INITIALS_FIRST.match(part) or _DOTTED_LAST.search(part)) and (
            match := _GIVEN_LAST.match(part)
        ):
            given = match["given"]
            if dotless and re.fullmatch(rf"[{UPPER}]{{1,3}}\.", given):
                given = given[:-1]  # the full stop behind the last name
            people.append(Person(part, match["family"], _spaced(given)))
        elif match := _DOTLESS_FIRST.match(part):
            people.append(Person(part, match["family"], match["given"]))
        else:
            people.append(Person(part))
    return people


def _spaced(initials: str) -> str:
    """Write "D.S." as "D. S."; "DS" stays as it stands."""
    return re.sub(r"\.(?=\w)", ". ", initials)
