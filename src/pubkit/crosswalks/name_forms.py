"""Names as most formats spell them, one a text, ↔ the source of a name-list field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pubkit.markup import latex
from pubkit.model.names import Name, format_name, parse_names

_PLAIN_NAME = re.compile(r"([A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*), ?([^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*)")
_ET_AL = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:jr|sr|jun|sen|junior|senior|i{2,3}|iv|vi{0,3}|ph\.?d|m\.?d|esq)\.?", re.IGNORECASE)
_SUFFIX_LAST = re.compile(r"([^,]+),? ((?:Jr|Sr)\.?|II|III|IV)")
# "Adler D.G.", "van der Berg JA": what Embase, Ovid and PubMed write.
_INITIALS_LAST = re.compile(r"([^\W\d_][^\W\d_]+(?:[ '’-][^\W\d_]+)*) ((?:[A-Z]\.?[ -]?){1,4})")
# Words that only organisations have in their names.
_ORGANISATION = re.compile(
    r"\b(?:universit|institut|laborator|organi[sz]ation|association|societ|committee|commission|consorti|council|"
    r"ministr|department|agency|corporation|company|center|centre|collaborat|working\s+group|study\s+group|"
    r"group|team|foundation|academy|college|bureau|office|network|investigators|union|press|initiative|"
    r"project|programme|program|task\s+force|federation|board|bank|trust|service|inc\b|corp\b|llc\b|plc\b|ltd\b|gmbh\b)",
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
    if found := _SUFFIX_LAST.fullmatch(text):  # J. Smith Jr.
        names = parse_names(latex.escape(found[1]))
        if len(names) == 1 and names[0].family and names[0].given and not names[0].literal:
            one = names[0]
            return format_name(Name(one.family, one.given, one.prefix, found[2]))
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
