"""How values are spelled outside: plain texts of other formats ↔ source texts of BibLaTeX fields.

A `Form` goes both ways. Texts outside are plain Unicode; italics, bold, sub- and superscripts are kept as
the tags `<i> <b> <sub> <sup>`, which Zotero, Scopus and publishers write into such files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pubkit.crosswalks.date_forms import date_source
from pubkit.crosswalks.name_forms import name_texts, names_source
from pubkit.markup import csl as tags
from pubkit.markup import latex
from pubkit.markup.tree import NoCase, Rich
from pubkit.markup.walk import with_children
from pubkit.model.dates import parse_date
from pubkit.model.fields import Datatype, rich_value
from pubkit.model.languages import LANGUAGE_NAMES, language_tag
from pubkit.model.names import parse_names, split_names
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
