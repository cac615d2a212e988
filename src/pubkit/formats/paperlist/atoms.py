"""The parts of an entry that their own shape gives away: links, identifiers, dates, numbers, remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.words import table, words
from pubkit.model import venues

Kind = Literal[
    "link",
    "doi",
    "arxiv",
    "isbn",
    "issn",
    "pmid",
    "date",
    "volume",
    "status",
    "remark",
    "number",
    "with",
    "noise",
]


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of an entry that is no running text.

    Attributes:
        kind: What it is.
        start: Where it starts in the item's text, brackets around it included.
        end: Where it ends.
        value: What it says: a URL, an identifier, "2015-06", a status.
        more: Further values under field names ("volume", "number", "pages", "label" …).
        sure: Whether the shape alone is proof; an unsure one may be part of a title.
    """

    kind: Kind
    start: int
    end: int
    value: str
    more: tuple[tuple[str, str], ...] = ()
    sure: bool = True


# -- words --------------------------------------------------------------------------------------------

MONTHS = {name: int(number) for number, names in table("months").items() for name in names}

# What an entry says about its state, in BibLaTeX's words for `pubstate`.
STATUS: tuple[tuple[str, str], ...] = (
    (
        r"in preparation|in prep\.?|work in progress|in vorbereitung|en préparation|en preparación"
        r"|em preparação"
        r"|in preparazione|в подготовке|準備中",
        "inpreparation",
    ),
    (
        r"(?:currently )?(?:under|in) (?:peer )?review(?: (?:at|for|by|in)\b)?|under revision"
        r"|(?:major|minor) revision"
        r"|(?:to be )?submitted(?: (?:to|for publication)\b)?"
        r"|revise and resubmit|eingereicht(?: bei)?|soumis(?:e)?(?: à)?|enviado(?: a)?"
        r"|submetido(?: a)?|sottomesso"
        r"|ingediend|投稿中|审稿中|在审|на рецензии",
        "submitted",
    ),
    (
        r"in press|im druck|im erscheinen|sous presse|en prensa|no prelo|in stampa|in druk|в печати"
        r"|印刷中|online first"
        r"|early access|advance online publication",
        "inpress",
    ),
    (
        r"(?:to|will) app?ear(?: (?:in|at)\b)?|forthcoming(?: (?:in|article)\b)?|(?:conditionally )?accepted"
        r"(?: (?:for publication(?: in)?|at|to|by|in|with minor revisions?)\b)?|erscheint(?: in)?"
        r"|angenommen|à paraître"
        r"|accepté|aceptado|aceito|accettato|geaccepteerd|принято|已接收|已录用|录用|採択",
        "forthcoming",
    ),
)
_STATUS = re.compile(
    r"(?<!\w)(?:" + "|".join(f"(?P<{value}>{words})" for words, value in STATUS) + r")(?!\w)[.:]?",
    re.IGNORECASE,
)

# What is said beside a publication: kept as a note.
_REMARK = re.compile(
    r"\b(?:best|outstanding|distinguished|honou?rable|award(?:ed)?|winner"
    r"|finalist|runner[- ]up|oral"
    r"|spotlight|poster|highlight(?:ed)?|short(?: paper)?|long(?: paper)?|full paper|demo(?:s"
    r"|nstration)?|findings"
    r"|main(?: conference)?|invited|nominat\w+|equal contribution|co-first authors?"
    r"|corresponding author|joint first"
    r"|top \d+(?:\.\d+)?\s?%|acceptance rate|extended abstract|featured|editor'?s? (?:choice"
    r"|suggestion)|late[- ]breaking"
    r"|journal version|conference version|preprint|in english|in german|in french|in russian"
    r"|in japanese|peer[- ]reviewed"
    r")\b",
    re.IGNORECASE,
)
_LABEL_WORDS = words("links.labels")

# -- shapes --------------------------------------------------------------------------------------------

_URL = re.compile(r"<?\b(?:https?://|www\.)[^\s<>\"'{}|\\^`，。、）]+>?", re.IGNORECASE)
_DOI = re.compile(
    r"(?:\bdoi\s*[:=]?\s*|https?://(?:dx\.)?doi\.org/)?\b(10\.\d{4,9}/[^\s\"<>{}|\\^`\]，。、]+)",
    re.IGNORECASE,
)
_DOI_WORD = re.compile(r"(?:\bdoi\s*[:=]?\s*|https?://(?:dx\.)?doi\.org/)$", re.IGNORECASE)
_ARXIV = re.compile(
    r"\(?\[?\b(?:(?P<lead>arxiv(?:[- ](?:e-?prints?|preprints?|pre-prints?))?(?:\.org/(?:abs"
    r"|pdf)/)?)[\s:,]*(?:arxiv:)?\s*)"
    r"(?P<id>\d{4}\.\d{4,5}(?:v\d+)?"
    r"|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)(?:\s*\[(?P<class>[\w.-]+)\])?\]?\)?",
    re.IGNORECASE,
)
_ISBN = re.compile(r"\bISBN(?:-1[03])?:?\s*((?:97[89][- ]?)?[\d][\d -]{7,14}[\dXx])", re.IGNORECASE)
_ISSN = re.compile(r"\b[ep]?-?ISSN:?\s*(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_IDENTIFIERS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("isbn", _ISBN),
    ("issn", _ISSN),
    ("pmid", re.compile(r"\bPMID:?\s*(\d{1,8})\b")),
)
# A line that says itself what it holds.
_CAPTION = re.compile(
    r"(?:^|(?<=\n))(?:title|authors?|venue|journal|conference|published in|publication|year|date"
    r"|abstract|autoren|titel"
    r"|auteurs|autores|作者|标题|期刊|会议)\s*[:：]\s*",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:^|(?<=[\n(.,;] )|(?<=[\n(]))(?:joint(?: work)? )?with\s+(?=[A-ZÀ-Þ])", re.IGNORECASE)

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–—/]\s?\d{1,2}(?:st|nd|rd|th)?)?"
_DATE = re.compile(
    rf"(?<![\w./:–-])(?:(?:{_DAYS}\.?\s+(?:de\s+)?)?(?P<month>{_MONTH})\b\.?(?:\s?[-–/]\s?(?:{_MONTH})\b\.?)?,?\s*"
    rf"(?:(?:de|of)\s+)?(?:{_DAYS},?\s+)?)?(?P<year>(?:1[89]|20)\d\d)(?:[a-e](?!\w)"
    rf"|\s?年(?:\s?(?P<cjk>\d{{1,2}})\s?月)?)?"
    rf"(?![\w–-]|[/.:]\d|\s?[-–]\s?\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DIGIT = re.compile(r"\d")
_ISO_DATE = re.compile(r"(?<![\w./-])((?:1[89]|20)\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?(?![\w/-]|\.\d)")
_MONTH_YEAR = re.compile(r"(?<![\w./-])(0?[1-9]|1[0-2])/((?:(?:19|20)\d\d)|\d\d)(?![\w/-])")
_SHORT_YEAR = re.compile(r"(?<=[A-Za-z&])\s?['’‘](\d\d)(?!\w)")

_RANGE = r"[A-Za-z]{0,4}\d{1,6}(?:[.:]\d{1,5})?(?:\s?[-–—−]{1,3}\s?[A-Za-z]{0,2}\d{1,6}(?:[.:]\d{1,5})?)?"
_TRUE_RANGE = r"[A-Za-z]{0,4}\d{1,6}(?:[.:]\d{1,5})?\s?[-–—−]{1,3}\s?[A-Za-z]{0,2}\d{1,6}(?:[.:]\d{1,5})?"
_NUMBERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:vol(?:ume|\.)?|bd\.?|band|том|т\.)\s*(?P<volume>[A-Z]?\d{1,5}[A-Z]?|[IVXLC]{1,7}\b)"
        r"(?:\s?\((?P<number>[\w –/-]{1,12})\)(?:\s?:\s?(?P<pages>" + _RANGE + r"))?)?",
        r"\bv\.?\s?(?P<volume>\d{1,5})\b",
        r"(?:\b(?:issue|no\.?|nos\.|nr\.?|number|num\.|n[°º]|heft|fasc\.)|№)\s*(?P<number>\d[\w/–-]{0,12})",
        r"\b(?:pp?|pages?|pgs?|seiten?|pág(?:s|inas)?)\.?\s*(?P<pages>" + _RANGE + r")\b",
        r"\b(?:S|С|стр)\.\s*(?P<pages>" + _RANGE + r")\b",
        r"\b(?:art(?:icle|\.)?(?:\s?(?:no\.?|number|id|#))?|id\.|paper(?:\s?(?:no\.?|#))|e-?id)\s*[.:]?\s*"
        r"(?P<eid>[A-Z]{0,3}[\d.]*\d[\w.]{0,10})\b",
        r"(?<![\w.])(?P<volume>[A-Z]?\d{1,4})\s?\((?P<number>\d{1,4}(?:\s?[-–/]\s?\d{1,4})?)\)\s?[:,.]?\s*"
        r"(?P<pages>" + _RANGE + r")(?!\w|\s?\()",
        r"(?<![\w.])(?P<volume>[A-Z]?\d{1,4})\s?\((?P<number>\d{1,3}(?:\s?[-–/]\s?\d{1,3})?)\)",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?:\s?(?P<eid>[A-Za-z]{1,5}\d{2,8})(?!\w)",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?:\s?(?P<pages>" + _TRUE_RANGE + r")(?!\w)",
        r"(?<![\w.])(?P<volume>[A-Z]?\d{1,4}),\s*(?P<pages>(?:" + _TRUE_RANGE + r"|[A-Z]{0,2}\d{1,7}))"
        r"(?=\s*[,.;(]|\s*$|\s*\n)",
        r"(?<=[,;:.(] )(?P<pages>\d{1,5}\s?[-–—−]{1,2}\s?\d{1,5})(?=\s*[,.;()]|\s*$|\s*\n)",
        r"(?<=[a-z.)], )(?P<volume>\d{1,4})(?=\s*[,.;]|\s*\(|\s*$|\s*\n)",
        r"(?<=[a-z.)] )(?P<volume>\d{1,4})(?=\s*,?\s*\((?:19|20)\d\d|\s*\n)",
    )
)
_SERIES = re.compile(
    r"\b(?:LNCS|LNAI|LIPIcs|CCIS|PMLR|CEUR(?:-WS)?)\b[\s,]*(?:v(?:ol)?\.?\s*)?(?P<volume>\d{1,6})?"
)
_BEFORE = re.compile(r"(?:^|[\n,.;:(\[|·–—/-]|['’])\s*$")
_AFTER = re.compile(r"\s*(?:$|[\n,.;:)\]|·–—])")


def scan(item: Item) -> list[Atom]:
    """Return the atoms of an item in order, without overlaps; the first kind that claims a text has it."""
    text, lower = item.text, item.text.lower()
    found = _Found(text)
    _links(item, found)
    _identifiers(text, lower, found)
    if ":" in text or "：" in text:
        for match in _CAPTION.finditer(text):
            found.add("noise", match.start(), match.end(), match[0])
    _dates(text, found)
    for match in _STATUS.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            start, end = start - 1, end + 1
        if _stands_alone(text, start, end):
            found.add("status", start, end, match.lastgroup or "")
    if found.has_digits():
        _numbers(text, found)
    _remarks(text, found)
    if "with" in lower:
        for match in _WITH.finditer(text):
            found.add("with", match.start(), match.end(), "with")
    return found.sorted()


def _identifiers(text: str, lower: str, found: _Found) -> None:
    """Identifiers and addresses; a look at the letters saves most searches."""
    if "10." in text:
        for match in _DOI.finditer(text):
            value = _unglue(match[1])
            found.add("doi", match.start(), match.start(1) + len(value), value)
    if "arxiv" in lower:
        for match in _ARXIV.finditer(text):
            more = (("class", match["class"] or ""), ("lead", match["lead"]))
            found.add("arxiv", match.start(), match.end(), match["id"], more)
    if "://" in text or "www." in lower:
        for match in _URL.finditer(text):
            value = _unglue(match[0].strip("<>"))
            found.add("link", match.start(), match.start() + len(value) + (match[0][0] == "<") * 2, value)
    for kind, pattern in _IDENTIFIERS:
        if kind in lower:
            for match in pattern.finditer(text):
                found.add(kind, match.start(), match.end(), match[1].strip())


def _numbers(text: str, found: _Found) -> None:
    for match in _SERIES.finditer(text):
        if match["volume"]:
            series = match[0][: match.start("volume") - match.start()].strip(" ,.vol")
            more = (("series", series), ("volume", match["volume"]))
            found.add("volume", match.start(), match.end(), match[0], more)
    for shape in _NUMBERS:
        for match in shape.finditer(text):
            numbers = tuple((name, value.strip()) for name, value in match.groupdict().items() if value)
            found.add("volume", match.start(), match.end(), match[0], numbers, sure=match[0][0].isalpha())


class _Found:
    """Atoms found so far, and which characters they have taken."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.atoms: list[Atom] = []

    def add(
        self,
        kind: Kind,
        start: int,
        end: int,
        value: str,
        more: tuple[tuple[str, str], ...] = (),
        *,
        sure: bool = True,
    ) -> None:
        """Add an atom unless a part of its text is taken; brackets right around it belong to it."""
        if start >= end or any(self.taken[start:end]):
            return
        text = self.text
        while start and end < len(text) and text[start - 1] + text[end] in ("()", "[]"):
            start, end = start - 1, end + 1
        self.taken[start:end] = b"\1" * (end - start)
        self.atoms.append(Atom(kind, start, end, value, more, sure))

    def has_digits(self) -> bool:
        """Tell whether a digit stands in what no atom has taken."""
        return any(not self.taken[match.start()] for match in _DIGIT.finditer(self.text))

    def sorted(self) -> list[Atom]:
        return sorted(self.atoms, key=lambda atom: atom.start)


def _links(item: Item, found: _Found) -> None:
    """Links with a label such as "PDF" are no text of the entry; links around text only mark it."""
    for start, end, marks, url in item.runs:
        label = item.text[start:end]
        if not ("link" in marks or url):
            continue
        if is_label(label) or _is_lead(item.text, start, end):
            found.add("link", start, end, url, (("label", label.strip(" []()")),))
        elif _URL.fullmatch(label.strip()) or _DOI.fullmatch(label.strip()):
            continue
    for match in _BRACKETED.finditer(item.text):
        if is_label(match[1]):
            found.add("noise", match.start(), match.end(), match[1])


def _is_lead(text: str, start: int, end: int) -> bool:
    """Tell whether a link that fills a line below the others only leads on: "Available from the …"."""
    first = text[start:end].split(maxsplit=1)
    alone = text[:start].rstrip(" ").endswith("\n") and (
        not text[end:].strip(" ") or text[end:].lstrip(" ")[0] == "\n"
    )
    return alone and bool(first) and first[0].casefold() in _LABEL_WORDS and len(text[start:end].split()) <= 6


_BRACKETED = re.compile(r"\[([^\[\]]{0,30})\]|\|\s*(?=\||$|\n)")


def is_label(text: str | None) -> bool:
    """Tell whether a link text only names what it leads to.

    >>> is_label("[PDF]"), is_label("project page"), is_label("On Links"), is_label("Available from arXiv")
    (True, True, False, True)
    """
    if text is None:
        return True
    found = re.findall(r"[^\W_]+", text.casefold())
    return len(found) <= 6 and all(word in _LABEL_WORDS or word.isdigit() for word in found)


def _unglue(address: str) -> str:
    """Take off the punctuation of the sentence around an address."""
    while address:
        if address[-1] in ".,;:'\"!?*>" or (address[-1] == ")" and address.count("(") < address.count(")")):
            address = address[:-1]
        else:
            break
    return address


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch is set off from the running text on one side at least."""
    return bool(_BEFORE.search(text[max(0, start - 12) : start]) or text[start] == "(") and (
        bool(_AFTER.match(text, end))
        or text[end - 1] == ")"
        or bool(re.match(r"\s+[A-ZÀ-Þ]", text[end : end + 12]))
    )


def _dates(text: str, found: _Found) -> None:
    for match in _ISO_DATE.finditer(text):
        month, day = int(match[2]), int(match[3] or 1)
        if 1 <= month <= 12 and 1 <= day <= 31 and _stands_alone(text, match.start(), match.end()):
            value = f"{match[1]}-{month:02}" + (f"-{day:02}" if match[3] else "")
            found.add("date", match.start(), match.end(), value)
    for match in _MONTH_YEAR.finditer(text):
        if _stands_alone(text, match.start(), match.end()):
            found.add("date", match.start(), match.end(), f"{_century(match[2])}-{int(match[1]):02}")
    for match in _SHORT_YEAR.finditer(text):
        if (
            venues.find(_word_before(text, match.start()))
            or text[match.start() - 2 : match.start()].isupper()
        ):
            found.add("date", match.start(), match.end(), _century(match[1]))
    for match in _full_dates(text):
        month = MONTHS.get((match["month"] or "").lower(), 0) or int(match["cjk"] or 0)
        value = match["year"] + (f"-{month:02}" if 1 <= month <= 12 else "")
        found.add("date", match.start(), match.end(), value, sure=bool(month) or _is_date(text, match))


def _full_dates(text: str) -> Iterator[re.Match[str]]:
    """Yield the dates around each number that can be a year: looking there only is much faster."""
    at = 0
    for year in _YEAR.finditer(text):
        if year.start() >= at and (match := _DATE.search(text, max(at, year.start() - 40), year.end() + 16)):
            at = match.end()
            yield match


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Tell whether a bare year is a date and no part of the running text."""
    start, end = match.start("year"), match.end()
    before, after = bool(_BEFORE.search(text[max(0, start - 12) : start])), bool(_AFTER.match(text, end))
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return not re.match(r"\)?\s+[a-zß-ÿ]", text[end : end + 8])
    if before and after:
        return True
    # "EMNLP 2025 A Title", "ICML 2021", "NeurIPS 2023, Oral"
    return venues.find(_word_before(text, start)) is not None


def _word_before(text: str, at: int) -> str:
    """Return the venue-like words before a position: back to the nearest separator, at most 40 characters."""
    return re.split(r"[\n,.;:(\[|]\s*", text[max(0, at - 40) : at].rstrip())[-1].strip(" -–'’")


def _century(year: str) -> str:
    return year if len(year) == 4 else ("19" if int(year) > 50 else "20") + year


def _remarks(text: str, found: _Found) -> None:
    """Remarks stand in brackets or between separators; in running text such words are a title's."""
    for match in re.finditer(r"\(([^()]{3,160})\)|\[([^\[\]]{3,160})\]", text):
        inside = match[1] or match[2]
        if _REMARK.search(inside) and not venues.find(inside):
            found.add("remark", match.start(), match.end(), inside.strip())
    for match in re.finditer(r"(?<=[,;.\n])\s*([^,;.()\n]{3,80})(?=[,;.!]|\s*$|\n)", text):
        if len(match[1].split()) <= 8 and _SHORT_REMARK.fullmatch(match[1].strip()):
            found.add("remark", match.start(1), match.end(1), match[1].strip())


_SHORT_REMARK = re.compile(
    r"(?:an? )?(?:oral|spotlight|poster|highlight|short|long|demo|findings|short paper|long paper"
    r"|full paper|oral presentation"
    r"|spotlight presentation|poster presentation|extended abstract|(?:\w+ )?(?:best|outstanding"
    r"|distinguished)"
    r"(?: [\w-]+){0,4} (?:award|paper|finalist|nominee|nomination|runner-up|mention)(?: [\w-]+){0,3}"
    r"|winner of (?:the )?[\w' -]{3,60}award)",
    re.IGNORECASE,
)

_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d\b")


def looks_whole(text: str) -> bool:
    """Tell whether a text has what an entry needs: a year or a status, and words enough for a title."""
    head = text[:2000]
    return len(head.split()) >= 6 and bool(_ANY_YEAR.search(head) or _STATUS.search(head))
