"""Segments → plain values: connecting words, brackets and quotation marks off, numbers told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pubkit.formats.paperlist.reference.tagger import Segment
from pubkit.formats.paperlist.words import words

_EDGES = " \t\r\n,;:|·•–—-/"
_PAIRS = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "«": "»",
    "‘": "’",
    "'": "'’",
    "`": "'",
    "「": "」",
    "『": "』",
    "《": "》",
}
_LEAD = {
    "title": re.compile(r"^(?:\W*\b(?:entitled|titled)\b:?\s+)"),
    "booktitle": re.compile(
        r"^\W*(?:(?:(?:published|presented|appeared|included|paper)\s+)?(?:in|at|dans|en|em|nel|aus|из)\b)\s*[:.]?\s+"
        r"(?:the\s+(?=proc))?",
        re.IGNORECASE,
    ),
    "journal": re.compile(r"^\W*(?:in|dans)\b\s*:?\s+", re.IGNORECASE),
    "publisher": re.compile(r"^\W*(?:published by|publié par|verlegt bei)\s+", re.IGNORECASE),
    "location": re.compile(r"^\W*(?:held in)\s+", re.IGNORECASE),
    "author": re.compile(r"^\W*(?:by|von|par)\s+(?=[A-Z])"),
    "series": re.compile(r"^\W*(?:of|in)\s+", re.IGNORECASE),
}
_EDITED = re.compile(
    r"\b(?:(?:edited|compiled)\s+by|eds?\.?\s+by|(?:hrsg|herausgegeben|hg)\.?\s+von"
    r"|(?:éd|dir|ed|coord|a cura)\w*\.?\s+(?:par|por|di|de)"
    r"|sous la direction de)\b|\(?\b(?:editors?|eds?|edd|edn|hrsg|hg|herausgeber|éds?|dirs?|coords?"
    r"|red|orgs?|редактор|ред)\b\.?\)?",
    re.IGNORECASE,
)
# Names that "(Eds.)" follows are no authors.
_ONLY_EDITED = re.compile(
    r"[\s,(]\(?(?:editors?|eds?|hrsg|hg|éds?|dirs?|coords?)\.?\)?[\s.,:]*$", re.IGNORECASE
)
_TRANSLATED = re.compile(
    r"\(?\b(?:translated|trans|transl|trad|traduit|übersetzt|übers|traducción|tr)\b\.?(?:\s+(?:by|par|por|de|von))?\)?",
    re.IGNORECASE,
)
_PAGE_RANGE = re.compile(
    r"(?P<first>[A-Za-z]{0,3}\.?\d[\d.:]*[A-Za-z]?|\b[ivxlc]+\b)\s*(?:[-–—−#]{1,3}|\bto\b|\bbis\b)\s*(?P<last>[A-Za-z]{0,3}\d[\d.:]*[A-Za-z]?|\b[ivxlc]+\b)"
)
_PAGE = re.compile(r"(?<!\w)[A-Za-z]{0,4}\d[\d.]*\d?[A-Za-z]{0,2}|\b[ivxlc]{2,}\b")
_PAGE_WORD = re.compile(r"^\W*(?:pp?|pages?|pgs?|seiten?|s|págs?|páginas|ss|стр)\b\.?", re.IGNORECASE)
_EID_WORD = re.compile(r"\b(?:art(?:icle)?|paper|id|e-?id)\b", re.IGNORECASE)
_MEETING = re.compile(r"\b(?:proc|conf|workshop|symp|congress|meeting)", re.IGNORECASE)
_FIRST_PAGE = re.compile(r"^\W*(\d+),\s*(\d+)\s*[-–]\s*\d+\W*$")
_ARTICLE_PAGES = re.compile(r"(?<![\d(])(\d+):\d+(?:--|[-–])(\d+):\d+")
_TOTAL = re.compile(
    r"^\W*(?:[ivxlc]+\s*[,+]\s*)?(\d{2,4})\s*(?:pp?|pages|s|seiten|págs?|стр|с)\b\.?\W*$", re.IGNORECASE
)
_ISSUE_WORD = re.compile(
    r"\b(?:no|nos|nr|nrs|num|number|issue|iss|heft|h|fasc|n|cahier|numéro|número|part|pt)\b\.?\s*[°º]?\s*(\d[\w/–-]*)|[№#]\s*(\d[\w/–-]*)",
    re.IGNORECASE,
)
_VOLUME_WORD = re.compile(
    r"\b(?:volume|vol|bd|band|tome?|t|jg|jahrgang|v|том|т)\b\.?\s*([A-Z]?\d+[A-Z]?|[IVXLC]+\b)", re.IGNORECASE
)
_VOLUME = re.compile(r"(?:(?<!\w)[A-Z]+-?)?\d+[A-Z]?(?:[-–/]\d+)?|\b[IVXLC]{1,7}\b")
_BRACKETED = re.compile(r"\(\s*([^()]{1,24}?)\s*\)")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Values:
    """The plain text of each field.

    Attributes:
        text: Field → text: title, author, editor, translator, journal, booktitle, series, volume, number,
            pages, eid, pagetotal, date, publisher, location, genre.
        confidence: Field → how sure the model was, 0 to 1.
        rest: Segments that no field came from.
    """

    text: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    rest: list[Segment] = field(default_factory=list)

    def put(self, name: str, text: str, confidence: float) -> bool:
        """Set a field unless it has a value; tells whether it took the text."""
        if not text or name in self.text:
            return False
        self.text[name] = text
        self.confidence[name] = confidence
        return True


def read_values(segments: Sequence[Segment]) -> Values:
    """Return the values that the segments of one reference hold."""
    values = Values()
    for segment in _in_order(segments):
        reader = _READERS.get(segment.label)
        if not _WORD.search(segment.text):
            continue
        if reader is None or not reader(values, segment):
            values.rest.append(segment)
    values.rest.sort(key=lambda segment: segment.start)
    _settle(values, segments)
    return values


def _settle(values: Values, segments: Sequence[Segment]) -> None:
    """Put right what only the whole reference tells."""
    text = values.text
    if (
        "title" not in text
        and "booktitle" in text
        and not {"pages", "volume", "journal"} & set(text)
        and not _MEETING.search(text["booktitle"])
    ):  # a report: nothing else could be its title
        text["title"] = text.pop("booktitle")
        values.confidence["title"] = values.confidence.pop("booktitle")
    if len(segments) > 1 and segments[0].label == "author" and "author" in text and "editor" not in text:
        second = segments[1]
        if second in values.rest and not _WORD.search(_EDITED.sub("", second.text)):  # "Doe, J. (Eds.)"
            values.rest.remove(second)
            text["editor"] = text.pop("author")
            values.confidence["editor"] = values.confidence.pop("author")
    first = segments[0] if segments else None
    if (
        first
        and first.label == "publisher"
        and "publisher" in text
        and "author" not in text
        and "title" in text
    ):
        # A body stands where authors stand; who published comes later.
        later = [one for one in values.rest if one.label == "publisher"]
        values.put("author", text.pop("publisher"), values.confidence.pop("publisher"))
        for segment in later:
            if values.put("publisher", clean(segment.text, "publisher"), segment.confidence):
                values.rest.remove(segment)
    if "date" not in text and _YEAR.fullmatch(text.get("pages", "")):
        # "Bee World 12(3), 2021": a reference without a year is rarer than one without pages.
        values.put("date", text.pop("pages"), values.confidence.pop("pages"))
    if "date" not in text:  # "ICML 2022"
        for name in ("booktitle", "journal"):
            if years := _YEAR.findall(text.get(name, "")):
                values.put("date", years[-1], values.confidence[name])


def _in_order(segments: Sequence[Segment]) -> Iterable[Segment]:
    """Yield the title first, everything else as it stands.

    The title is the first stretch labelled so that is no scrap beside the longest one.
    """
    titles = [segment for segment in segments if segment.label == "title"]
    longest = max((segment.end - segment.start for segment in titles), default=0)
    title = next((segment for segment in titles if (segment.end - segment.start) * 4 >= longest), None)
    if title is not None:
        yield title
    for segment in segments:
        if segment is not title:
            yield segment


_Reader: TypeAlias = Callable[[Values, Segment], bool]


def clean(text: str, label: str = "") -> str:
    """Return a text without the punctuation, the quotation marks and the connecting words around it.

    >>> clean('“On Lists.”'), clean("In: Proc. of X,", "booktitle"), clean("(New York:")
    ('On Lists', 'Proc. of X', 'New York')
    """
    text = _straight(text).replace("``", "“").replace("''", "”")
    lead = _LEAD.get(label)
    if lead is not None:
        text = lead.sub("", text)
    while text:
        before = text
        text = text.strip(_EDGES)
        if text.endswith(".") and not _is_abbreviation(text):
            text = text[:-1]
        for opening, closing in ("()", "[]"):
            if text.startswith(opening) and (text.endswith(closing) or closing not in text):
                text = text[1:]
            if text.endswith(closing) and text.count(closing) > text.count(opening):
                text = text[:-1]
            if text.startswith(closing) or text.endswith(opening):
                text = text.strip(opening + closing)
        if text[:1] in _PAIRS and not any(mark in text[1:-1] for mark in _PAIRS[text[0]] + text[0]):
            text = text[1:].rstrip(_PAIRS[text[0]] + text[0]) if len(text) > 1 else ""
        elif text and text[-1] in '"”»“' and not any(mark in text[:-1] for mark in '"“„«'):
            text = text[:-1]
        text = text.lstrip(".)]")
        if text == before:
            break
    return text


_BROKEN = re.compile(r"(\w+)-[ \t]*\n\s*(?=[^\W\d_A-Z])")
_PARTED = re.compile(r"(?<=\w) ([.,])(?=[^\W\d_])")


def _straight(text: str) -> str:
    """Return a text in one line; words broken at a line's end, marks parted from words are made whole."""
    if "\n" in text:
        text = _BROKEN.sub(lambda m: m[0].strip() if m[1].casefold() in words("hyphens.keep") else m[1], text)
    return _PARTED.sub(r"\1 ", " ".join(text.split())).replace(" ,", ",")


def _is_abbreviation(text: str) -> bool:
    """Tell whether the full stop at the end is the last word's: "Phys. Rev.", "et al.", "Jr.", "Doe, J."."""
    parts = text.split()
    last = parts[-1][:-1]
    if len(last) == 1 and last.isupper():
        return True
    if last.casefold() in ("al", "jr", "sr", "inc", "ltd", "co", "etc"):
        return True
    return (
        len(parts) > 1
        and len(last) <= 8
        and any(word.endswith(".") for word in parts[:-1])
        and last[:1].isupper()
    )


def _text(name: str, label: str) -> _Reader:
    def reader(values: Values, segment: Segment) -> bool:
        return values.put(name, clean(segment.text, label), segment.confidence)

    return reader


def _author(values: Values, segment: Segment) -> bool:
    text = clean(segment.text, "author")
    if _ONLY_EDITED.search(text) and "author" not in values.text:
        return values.put("editor", clean(_EDITED.sub(" ", text)), segment.confidence)
    if "author" in values.text:  # a list that something stands in the midst of
        values.text["author"] += f", {text}"
        return True
    return values.put("author", text, segment.confidence)


def _editor(values: Values, segment: Segment) -> bool:
    text = _LEAD["booktitle"].sub("", " ".join(segment.text.split()))
    name = "editor"
    if _TRANSLATED.search(text) and not _EDITED.search(text):
        name = "translator"
    text = _TRANSLATED.sub(" ", _EDITED.sub(" ", text))
    return values.put(name, clean(text), segment.confidence)


def _date(values: Values, segment: Segment) -> bool:
    if not _YEAR.search(segment.text):
        return values.put("month", clean(segment.text), segment.confidence)
    return values.put("date", clean(segment.text), segment.confidence)


def _volume(values: Values, segment: Segment) -> bool:
    """Volume and issue, and pages where they are glued to them: "17(2)", "vol. 6, no. 3", "9 (Suppl. 1)"."""
    text, sure = segment.text, segment.confidence
    found = False
    if issue := _ISSUE_WORD.search(text):
        found = values.put("number", issue[1] or issue[2], sure)
        text = text[: issue.start()] + " " + text[issue.end() :]
    if volume := _VOLUME_WORD.search(text):
        found = values.put("volume", volume[1], sure) or found
        text = text[: volume.start()] + " " + text[volume.end() :]
    head = text.split("(")[0]
    if "volume" not in values.text and (volume := _VOLUME.search(head) or _VOLUME.search(text)):
        found = values.put("volume", volume[0], sure) or found
        text = text[: volume.start()] + " " + text[volume.end() :]
    if (inside := _BRACKETED.search(text)) and _WORD.search(inside[1]):
        found = values.put("number", inside[1], sure) or found
        text = text[: inside.start()] + " " + text[inside.end() :]
    if "number" not in values.text and (rest := re.match(r"^[\s,;:./(]*(\d[\d–/-]*)[\s,;:.)]*$", text)):
        found = values.put("number", rest[1], sure) or found
    return found


def _pages(values: Values, segment: Segment) -> bool:
    text, sure = segment.text, segment.confidence
    articles = _ARTICLE_PAGES.search(text)  # "22:1–22:28": the pages of article 22
    if articles and articles[1] == articles[2]:
        return values.put("pages", articles[0].replace("–", "--").replace("---", "--"), sure)
    if "volume" not in values.text and (glued := re.match(r"^\W*(\d+)\s*(?:\((\d+)\))?\s*:\s*(?=\d)", text)):
        values.put("volume", glued[1], sure)
        values.put("number", glued[2] or "", sure)
        text = text[glued.end() :]
    if total := _TOTAL.match(text):
        return values.put("pagetotal", total[1], sure)
    bare = _PAGE_WORD.sub("", text)
    if (first := _FIRST_PAGE.match(bare)) and int(first[1]) <= int(first[2]):
        # "201, 215–18": where an article begins, and the pages meant.
        return values.put("pages", first[1], sure)
    if match := _PAGE_RANGE.search(bare):
        return values.put("pages", f"{match['first'].rstrip('.')}--{match['last'].rstrip('.:')}", sure)
    if match := _PAGE.search(bare):
        name = "eid" if _EID_WORD.search(text) or len(match[0]) > 6 else "pages"
        return values.put(name, match[0].strip("."), sure)
    return False


_READERS: dict[str, _Reader] = {
    "title": _text("title", "title"),
    "author": _author,
    "editor": _editor,
    "journal": _text("journal", "journal"),
    "booktitle": _text("booktitle", "booktitle"),
    "series": _text("series", "series"),
    "publisher": _text("publisher", "publisher"),
    "location": _text("location", "location"),
    "genre": _text("genre", ""),
    "date": _date,
    "volume": _volume,
    "pages": _pages,
}
