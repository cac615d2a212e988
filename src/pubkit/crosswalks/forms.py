"""How values are spelled outside: plain texts of other formats ↔ source texts of BibLaTeX fields.

A `Form` goes both ways. Texts outside are plain Unicode; italics, bold, sub- and superscripts are kept as
the tags `<i> <b> <sub> <sup>`, which Zotero, Scopus and publishers write into such files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pubkit.markup import csl as tags
from pubkit.markup import latex
from pubkit.markup.tree import NoCase, Rich
from pubkit.markup.walk import with_children
from pubkit.model.dates import entry_date, guess_date, parse_date
from pubkit.model.fields import Datatype, rich_value
from pubkit.model.languages import LANGUAGE_NAMES, language_tag
from pubkit.model.names import Name, format_name, parse_names, split_names
from pubkit.model.pages import parse_pages


@dataclass(frozen=True, slots=True)
class Form:
    """How values of one kind are spelled outside.

    Attributes:
        read: Texts, as often as the tag or column stood → field source; "" where they say nothing.
        write: Field source → texts, one for each time the tag or column is to stand. A form of a format that
            is only read has no other side: it writes nothing.
    """

    read: Callable[[Sequence[str]], str]
    write: Callable[[str], list[str]] = lambda source: []


# -- text ------------------------------------------------------------------------------------------


def text_source(text: str) -> str:
    r"""Return a plain text, in which tags may stand, as field source.

    >>> text_source("R&D of CO<sub>2</sub>, 5 < 6")
    'R\\&D of CO\\textsubscript{2}, 5 < 6'
    """
    text = text.strip()
    if "<inf>" in text:  # of Scopus and Compendex
        text = text.replace("<inf>", "<sub>").replace("</inf>", "</sub>")
    return latex.write(tags.parse(text)) if "<" in text else latex.escape(text)


def plain_text(source: str) -> str:
    r"""Return field source as plain text with tags; case protection has no place there.

    >>> plain_text(r"The {TeX}book \& \emph{E. coli}")
    'The TeXbook & <i>E. coli</i>'
    """
    if latex.is_ordinary(source):
        return source
    return tags.write(without_nocase(latex.parse(source)))


def without_nocase(rich: Rich) -> Rich:
    """Return a tree without protection from changes of letter case, at any depth."""
    pieces: list[object] = []
    for piece in rich:
        if isinstance(piece, NoCase):
            pieces.extend(without_nocase(piece.children))
        elif isinstance(piece, str) or not hasattr(piece, "children"):
            pieces.append(piece)
        else:
            pieces.append(with_children(piece, without_nocase(piece.children)))
    return tuple(pieces)  # type: ignore[arg-type]  # the kinds of pieces are those of the tree


def _joined(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return text_source(texts[0])
    return "; ".join(filter(None, map(text_source, dict.fromkeys(texts))))


TEXT = Form(_joined, lambda source: [plain_text(source)])


def paragraphs_source(texts: Sequence[str]) -> str:
    """Return paragraphs, one or several a text, as source; single line ends are spaces."""
    parts = [" ".join(part.split()) for text in texts for part in re.split(r"\n\s*\n", text)]
    return "\n\n".join(filter(None, map(text_source, parts)))


PARAGRAPHS = Form(
    paragraphs_source,
    lambda source: [plain_text(part) for part in re.split(r"\n\s*\n", source) if part.strip()],
)
_DOI_LABEL = re.compile(r"(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/|doi\s*[:=]?\s*(?=10\.)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")


def doi_source(text: str) -> str:
    """Return a DOI without label or resolver, its letters as they stand; "" where the text is none.

    >>> doi_source("https://doi.org/10.1000/ABC"), doi_source("doi: 10.1000/x"), doi_source("Article")
    ('10.1000/ABC', '10.1000/x', '')
    """
    text = _DOI_LABEL.sub("", text.strip(), count=1)
    return text if _DOI.fullmatch(text) else ""


DOI = Form(lambda texts: doi_source(texts[0]) or texts[0].strip(), lambda source: [source])
VERBATIM = Form(lambda texts: texts[0].strip(), lambda source: [source])


# -- names -----------------------------------------------------------------------------------------

_PLAIN_NAME = re.compile(r"([A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*), ?([^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*)")
_ET_AL = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|junior|senior|i{2,3}|iv|vi{0,3}|ph\.?d|m\.?d|esq)\.?", re.IGNORECASE)
# "Adler D.G.", "van der Berg JA": what Embase, Ovid and PubMed write.
_INITIALS_LAST = re.compile(r"([^\W\d_][^\W\d_]+(?:[ '’-][^\W\d_]+)*) ((?:[A-Z]\.?[ -]?){1,4})")
# Words that only organisations have in their names.
_ORGANISATION = re.compile(
    r"\b(?:universit|institut|laborator|organi[sz]ation|association|societ|committee|commission|consorti|council|"
    r"ministr|department|agency|corporation|company|center|centre|collaborat|working\s+group|study\s+group|"
    r"group|team|foundation|academy|college|bureau|office|network|investigators|union|press|network|initiative|"
    r"project|programme|program|task\s+force|federation|board|bank|trust|service|inc\b|ltd\b|gmbh\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=65_536)
def name_source(text: str) -> str:
    """Return one name as most formats have it, "Family, Given, Suffix", as BibLaTeX source.

    A name that ends in a comma is an organisation (EndNote's habit), and so is one without a comma that has
    a word of organisations in it; other names without a comma are in reading order.

    >>> name_source("van der Berg, J. A., Jr."), name_source("World Health Organization"), name_source("IBM,")
    ('van der Berg, Jr., J. A.', '{World Health Organization}', '{IBM}')
    """
    text = " ".join(text.split()).strip("; ")
    if found := _PLAIN_NAME.fullmatch(text):
        return f"{found[1]}, {found[2]}"
    if _ET_AL.fullmatch(text):
        return "others"
    if text.startswith("{") and text.endswith("}") and not set(text[1:-1]) & set("{}\\"):
        return format_name(Name(text[1:-1].strip(), literal=True))  # an organisation, as BibTeX marks it
    if text.endswith(",") or text.count(",") > 2:
        return format_name(Name(text.rstrip(", "), literal=True))
    family, *rest = (part.strip() for part in text.split(","))
    if not rest:
        return _unordered(text)
    if not family:
        return _unordered(" ".join(rest).strip())
    given, suffix = rest[0], rest[1] if len(rest) > 1 else ""
    if suffix and _SUFFIX.fullmatch(given) and not _SUFFIX.fullmatch(suffix):
        given, suffix = suffix, given
    pieces = [family, *filter(None, (suffix,)), given]
    source = ", ".join(latex.escape(piece) for piece in pieces)
    names = parse_names(source)
    if len(names) == 1 and (names[0].full_family, names[0].given, names[0].suffix) == (family, given, suffix):
        return source
    return format_name(Name(family, given, "", suffix))


def _unordered(text: str) -> str:
    """Return a name without a comma: an organisation, "Family XY", or a person in reading order."""
    if not text:
        return ""
    if (found := _INITIALS_LAST.fullmatch(text)) and not _ORGANISATION.search(text):
        return name_source(f"{found[1]}, {found[2]}")
    source = latex.escape(text)
    names = parse_names(source)
    if _ORGANISATION.search(text) or len(names) != 1 or not any(char.isalpha() for char in text):
        return format_name(Name(text, literal=True))
    return source


_INITIALS = re.compile(r"[A-Z]{1,4}|[A-Z]+(?:-[A-Z]+)+")


def with_dots(given: str) -> str:
    """Return initials that stand without dots with them; other given names stay.

    Only for formats that say that these are initials.

    >>> with_dots("PS"), with_dots("J-P"), with_dots("Siggi")
    ('P. S.', 'J.-P.', 'Siggi')
    """
    if not _INITIALS.fullmatch(given):
        return given
    return "-".join(" ".join(f"{letter}." for letter in part) for part in given.split("-"))


def names_source(texts: Sequence[str]) -> str:
    """Return names, one a text, as the source of a name-list field."""
    return " and ".join(filter(None, map(name_source, texts)))


def name_texts(source: str) -> list[str]:
    """Return the names of a field as texts "Family, Given, Suffix"; organisations end in a comma.

    >>> name_texts("Ludwig van Beethoven and {World Health Organization} and others")
    ['van Beethoven, Ludwig', 'World Health Organization,', 'et al.']
    """
    names = parse_names(source)
    texts = [_name_text(name) for name in names]
    return [*texts, "et al."] if names.others else texts


def _name_text(name: Name) -> str:
    if name.literal:
        return f"{name.family},"
    parts = [name.full_family, name.given]
    if name.suffix:
        parts.append(name.suffix)
    return ", ".join(parts) if any(parts[1:]) else parts[0]


NAMES = Form(names_source, name_texts)


# -- lists -----------------------------------------------------------------------------------------

_AND = re.compile(r"\band\b", re.IGNORECASE)
_OUTSIDE = re.compile(r",(?![^{]*\})")


def list_source(texts: Sequence[str]) -> str:
    """Return texts as the source of a literal list, which is joined by "and"."""
    made = [text_source(text) for text in dict.fromkeys(texts) if text.strip()]
    return " and ".join(f"{{{text}}}" if _AND.search(text) else text for text in made)


LIST = Form(list_source, lambda source: [plain_text(part) for part in split_names(source)])


def keywords_source(texts: Sequence[str]) -> str:
    """Return keywords as the source of a `keywords` field, separated by commas.

    One text may hold several, separated by semicolons or, where it is the only text, by commas. A comma in a
    keyword that stands by itself ("Models, Theoretical") is protected by braces.

    >>> keywords_source(["Models, Theoretical", "a; b"]), keywords_source(["a, b"])
    ('{Models, Theoretical}, a, b', 'a, b')
    """
    if len(texts) == 1 and ";" not in texts[0]:
        words = texts[0].split("\n") if "\n" in texts[0] else texts[0].split(",")
    else:
        words = [word for text in texts for word in re.split(r"[;\n]", text)]
    made = [text_source(word) for word in dict.fromkeys(word.strip() for word in words) if word]
    return ", ".join(f"{{{word}}}" if "," in word else word for word in made)


def keyword_texts(source: str) -> list[str]:
    """Return the keywords of a field, one a text."""
    parts = (part.strip() for part in _OUTSIDE.split(source.replace(";", ",")))
    return [plain_text(part) for part in parts if part]


KEYWORDS = Form(keywords_source, keyword_texts)


# -- dates, pages, languages -------------------------------------------------------------------------


_SLASHED = re.compile(r"([0-9]{4})/([^/]*)(?:/([^/]*))?(?:/(.*))?", re.DOTALL)
_COMPACT = re.compile(r"((?:1[5-9]|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")
_FOUR_DIGITS = re.compile(r"(?<![0-9])((?:1[0-9]|20)[0-9]{2})(?![0-9])")
_TIME_OF_DAY = re.compile(
    r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\s?[+-][0-9]{2}:?[0-9]{2})?$"
)


@lru_cache(maxsize=8192)
def date_source(text: str, year: str = "") -> str:
    """Return a date, as databases and people write it, as EDTF; "" where it is none.

    Args:
        text: E.g. "2020/05/17/", "2020//", "2020 Nov-Dec", "17 May 2020", "20200517", "4-8 Aug. 2020".
        year: The year, where it stands apart and the text has only month and day: "MAY 5".

    >>> date_source("2020/05//"), date_source("2019 Dec 15"), date_source("Mar. 2017"), date_source("soon")
    ('2020-05', '2019-12-15', '2017-03', '')
    >>> date_source("2014///Winter"), date_source("MAY-JUN", "1998"), date_source("4-8 Aug. 2020")
    ('2014-24', '1998-05/1998-06', '2020-08-04/2020-08-08')
    """
    text = _TIME_OF_DAY.sub("", " ".join(text.split()))
    if not text or len(text) > _LONGEST_DATE:
        return ""
    if found := _SLASHED.fullmatch(text):
        return _slashed_date(*(part.strip() if part else "" for part in found.groups()))
    if found := _COMPACT.search(text):
        text = "-".join(found.groups())
    text = _NUMERIC_DATE.sub(_iso, _DASHED_DAY.sub(r"\1 \2 \3", text))
    text = _SEASON_WORD.sub(lambda found: _SEASON_WORDS[found[0].upper()], text)
    date = parse_date(text) or guess_date(text)
    if date:
        return str(date)
    years = _FOUR_DIGITS.findall(text)
    if len(years) == 1:
        year = years[0]
        text = text.replace(year, " ").strip(" ,-–")
    elif years:
        return _between(text, years)
    if not year:
        return ""
    found_date = entry_date({"year": year, "month": text})
    return str(found_date) if found_date else ""


_LONGEST_DATE = 64
_DASHED_DAY = re.compile(r"([0-9]{1,2})-([A-Za-z]{3,9})-([0-9]{4})")
_NUMERIC_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
# How Web of Science shortens seasons.
_SEASON_WORDS = {"SPR": "spring", "SUM": "summer", "FAL": "fall", "AUT": "autumn", "WIN": "winter"}
_SEASON_WORD = re.compile(rf"\b(?:{'|'.join(_SEASON_WORDS)})\b", re.IGNORECASE)


def _iso(found: re.Match[str]) -> str:
    """Return 27/10/2022 or 10/27/2022 as 2022-10-27; where both may be the month only the year is sure."""
    one, other, year = int(found[1]), int(found[2]), found[3]
    if one > 12 >= other:
        return f"{year}-{other:02}-{one:02}"
    if other > 12 >= one:
        return f"{year}-{one:02}-{other:02}"
    return f"{year}-{one:02}-{other:02}" if one == other else year


def _slashed_date(year: str, month: str, day: str, other: str) -> str:
    """Return the date of RIS, YEAR/MONTH/DAY/OTHER, of which any part may be missing or a word."""
    month = "" if month.strip("0") == "" else month
    day = "" if day.strip("0") == "" else day
    if not month and other:
        found = entry_date({"year": year, "month": other})
    else:
        found = entry_date({"year": year, "month": month, "day": day})
    return str(found) if found else ""


def _between(text: str, years: list[str]) -> str:
    """Return the range of a text with two years: "1998 Dec-1999 Jan", "1998-1999"."""
    for dash in ("--", "–", "—", "-", "/", " to "):
        head, found, tail = text.partition(dash)
        if (
            found
            and len(_FOUR_DIGITS.findall(head)) == 1 == len(_FOUR_DIGITS.findall(tail)) == len(years) - 1
        ):
            first, last = date_source(head.strip()), date_source(tail.strip())
            whole = parse_date(f"{first}/{last}") if first and last else None
            return str(whole) if whole else ""
    return ""


DATE = Form(lambda texts: date_source(texts[0]), lambda source: [source])


def pages_source(text: str) -> str:
    """Return page ranges in BibLaTeX's form; what is none stays text."""
    pages = parse_pages(latex.escape(text))
    return str(pages) if pages.ranges else latex.escape(text.strip().replace("--", "-"))


def pages_text(source: str) -> str:
    """Return page ranges with hyphens, as most formats have them."""
    pages = parse_pages(source)
    return str(pages).replace("--", "-") if pages.ranges else plain_text(source)


PAGES = Form(lambda texts: pages_source(", ".join(texts)), lambda source: [pages_text(source)])

# ISO 639-2 codes (bibliographic and terminological) → BCP 47 tags.
ISO_639_2: Mapping[str, str] = {
    "afr": "af", "ara": "ar", "arm": "hy", "hye": "hy", "baq": "eu", "eus": "eu", "bul": "bg", "cat": "ca",
    "chi": "zh", "zho": "zh", "hrv": "hr", "cze": "cs", "ces": "cs", "dan": "da", "dut": "nl", "nld": "nl",
    "eng": "en", "est": "et", "per": "fa", "fas": "fa", "fin": "fi", "fre": "fr", "fra": "fr", "glg": "gl",
    "ger": "de", "deu": "de", "gre": "el", "ell": "el", "heb": "he", "hin": "hi", "hun": "hu", "ice": "is",
    "isl": "is", "gle": "ga", "ind": "id", "ita": "it", "jpn": "ja", "kor": "ko", "lat": "la", "lav": "lv",
    "lit": "lt", "nob": "nb", "nor": "nb", "nno": "nn", "pol": "pl", "por": "pt", "rum": "ro", "ron": "ro",
    "rus": "ru", "srp": "sr", "slo": "sk", "slk": "sk", "slv": "sl", "spa": "es", "swe": "sv", "tha": "th",
    "tur": "tr", "ukr": "uk", "vie": "vi", "wel": "cy", "cym": "cy",
}  # fmt: skip


def language_source(text: str) -> str:
    """Return a language, by name or code, as the name that BibLaTeX's `langid` takes; "" for an unknown one.

    >>> language_source("eng"), language_source("German"), language_source("pt-BR"), language_source("Elvish")
    ('english', 'german', 'brazilian', '')
    """
    word = text.strip()
    tag = ISO_639_2.get(word.lower()) or language_tag(word)
    if tag in LANGUAGE_NAMES:
        return LANGUAGE_NAMES[tag]
    return LANGUAGE_NAMES.get(tag.partition("-")[0].lower(), "")


def language_text(source: str) -> str:
    """Return a BibLaTeX language as the English name that databases use.

    >>> language_text("ngerman"), language_text("brazilian"), language_text("Elvish")
    ('German', 'Brazilian', 'Elvish')
    """
    tag = language_tag(source)
    return LANGUAGE_NAMES.get(tag, plain_text(source).strip()).capitalize()


LANGUAGE = Form(
    lambda texts: language_source(texts[0]) if len(texts) == 1 else "",
    lambda source: [language_text(source)],
)
LANGUAGES = Form(
    lambda texts: " and ".join(language_source(text) or latex.escape(text) for text in texts),
    lambda source: [language_text(part) for part in split_names(source)],
)

#: The form of a field where nothing else is said, by its datatype.
FORMS: Mapping[Datatype, Form] = {
    "literal": TEXT,
    "name-list": NAMES,
    "literal-list": LIST,
    "key-list": LANGUAGES,
    "range": PAGES,
    "date": DATE,
    "integer": TEXT,
    "key": TEXT,
    "keys": KEYWORDS,
    "verbatim": VERBATIM,
    "uri": VERBATIM,
    "pattern": VERBATIM,
}


def same_value(datatype: Datatype, field: str, one: str, other: str) -> bool:
    """Say whether two sources of a field mean the same to a reader.

    >>> same_value("name-list", "author", "Donald E. Knuth", "Knuth, Donald E.")
    True
    """
    if one == other:
        return True
    if datatype == "name-list":
        return parse_names(one) == parse_names(other)
    if datatype == "date":
        first, second = parse_date(one), parse_date(other)
        return first is not None and str(first) == str(second)
    if datatype == "range":
        return bool(parse_pages(one).ranges) and str(parse_pages(one)) == str(parse_pages(other))
    if datatype == "keys":
        return keyword_texts(one) == keyword_texts(other)
    if datatype in ("literal-list", "key-list"):
        return [rich_value(field, part) for part in split_names(one)] == [
            rich_value(field, part) for part in split_names(other)
        ]
    return rich_value(field, one) == rich_value(field, other)
