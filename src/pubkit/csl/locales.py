"""CSL locales: terms, ordinals, date formats and options of a language, with a style's own overrides.

Locale files are the data of the package `citeproc-py`. What a lookup finds is merged beforehand, from the
most general to the most specific source: en-US, the language's primary dialect, the locale itself, then the
style's `cs:locale` elements without language, for the language, and for the dialect (CSL 1.0.2, "Locale
Fallback").
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pubkit.csl.styles import data_folder
from pubkit.csl.xml import Node, parse_xml
from pubkit.errors import LocaleNotFoundError

DEFAULT_LOCALE = "en-US"

# What a term falls back to where a form is not defined (CSL 1.0.2, "Terms").
FORM_CHAINS: dict[str, tuple[str, ...]] = {
    "long": ("long",),
    "short": ("short", "long"),
    "symbol": ("symbol", "short", "long"),
    "verb": ("verb", "long"),
    "verb-short": ("verb-short", "verb", "long"),
}

# Codes in use that neither are file names nor share their language with one.
_OTHER_CODES: dict[str, str] = {
    "in": "id-ID",
    "iw": "he-IL",
    "no": "nb-NO",
    "sr-cyrl": "sr-Cyrl-RS",
    "sr-latn": "sr-Latn-RS",
    "zh-hans": "zh-CN",
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-mo": "zh-TW",
}

_Terms = dict[tuple[str, str, str], tuple[str, str]]  # name, form, gender form → singular and plural
_Ordinals = dict[tuple[str, int, str], str]  # match rule, number, gender form → suffix


@dataclass(slots=True)
class _Parts:
    """What locale files and `cs:locale` elements hold; later ones are merged over earlier ones."""

    terms: _Terms = field(default_factory=dict)
    ordinals: _Ordinals = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    dates: dict[str, Node] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    def copy(self) -> _Parts:
        parts = (self.terms, self.ordinals, self.genders, self.dates, self.options)
        return _Parts(*(part.copy() for part in parts))  # type: ignore[arg-type]  # one by one, in order

    def merge(self, locale: Node) -> None:
        """Merge a `locale` element over what is there."""
        for child in locale.children:
            if child.tag == "terms":
                terms = child.find_all("term")
                if any(term.get("name") == "ordinal" for term in terms):
                    self.ordinals.clear()  # a locale's ordinals are one system and never mix with another's
                    for gender_form in ("masculine", "feminine"):
                        self.terms.pop(("ordinal", "long", gender_form), None)
                for term in terms:
                    self.merge_term(term)
            elif child.tag == "date":
                self.dates[child.get("form")] = child
            elif child.tag == "style-options":
                self.options.update(child.attrib)

    def merge_term(self, term: Node) -> None:
        name, gender_form = term.get("name"), term.get("gender-form")
        single, multiple = term.find("single"), term.find("multiple")
        singular = single.text if single else (multiple.text if multiple else term.text)
        plural = multiple.text if multiple else singular
        if term.get("gender"):
            self.genders[name] = term.get("gender")
        number = name.removeprefix("ordinal-")
        if number != name and len(number) == 2 and number.isascii() and number.isdigit():
            usual = "last-digit" if number[0] == "0" else "last-two-digits"
            self.ordinals[term.get("match", usual), int(number), gender_form] = singular
        else:
            form = term.get("form", "long")
            self.terms[name, form, gender_form] = (singular, plural)


class Locale:
    """The terms and conventions of one locale, for one style.

    Attributes:
        lang: The locale's code, e.g. "de-AT".
        punctuation_in_quote: Whether a full stop or comma goes inside a closing quotation mark.
        limit_day_ordinals_to_day_1: Whether only the first day of a month is written as an ordinal.
    """

    __slots__ = (
        "_dates",
        "_genders",
        "_ordinals",
        "_terms",
        "lang",
        "limit_day_ordinals_to_day_1",
        "punctuation_in_quote",
    )

    def __init__(self, lang: str, parts: _Parts) -> None:
        self.lang = lang
        self._terms = parts.terms
        self._genders = parts.genders
        self._dates = parts.dates
        self._ordinals = parts.ordinals
        self.punctuation_in_quote = parts.options.get("punctuation-in-quote") == "true"
        self.limit_day_ordinals_to_day_1 = parts.options.get("limit-day-ordinals-to-day-1") == "true"

    def __repr__(self) -> str:
        return f"<Locale {self.lang}>"

    def term(
        self, name: str, form: str = "long", plural: bool = False, gender: str | None = None
    ) -> str | None:
        """Return a term; None where it is defined in no form that this one falls back to.

        Args:
            name: Name of the term, e.g. "editor".
            form: "long", "short", "symbol", "verb" or "verb-short".
            plural: Whether the plural is wanted.
            gender: "masculine" or "feminine" for a term that has gender variants.

        >>> english = load_locale("en-US")
        >>> english.term("page", "short", plural=True), english.term("and", "symbol"), english.term("x")
        ('pp.', '&', None)
        """
        for candidate in FORM_CHAINS.get(form, ("long",)):
            pair = self._terms.get((name, candidate, gender)) if gender else None
            if pair is None:
                pair = self._terms.get((name, candidate, ""))
            if pair is not None:
                return pair[plural]
        return None

    def gender(self, term: str) -> str | None:
        """Return the grammatical gender of a term's noun: "masculine", "feminine" or None."""
        return self._genders.get(term)

    def date(self, form: str) -> Node | None:
        """Return the `cs:date` element for a form, "text" or "numeric"."""
        return self._dates.get(form)

    def ordinal(self, number: int, gender: str | None = None) -> str:
        """Return a number as an ordinal in figures.

        Args:
            number: The number.
            gender: Gender of the noun that it counts.

        >>> [load_locale("en-US").ordinal(number) for number in (1, 2, 11, 23, 111, 121)]
        ['1st', '2nd', '11th', '23rd', '111th', '121st']
        >>> load_locale("fr-FR").ordinal(1, "feminine")
        '1ʳᵉ'
        """
        return f"{number}{self.ordinal_suffix(number, gender)}"

    def ordinal_suffix(self, number: int, gender: str | None = None) -> str:
        """Return what `ordinal` puts behind the figures."""
        size = abs(number)
        genders = (gender, "") if gender else ("",)
        values = (("whole-number", size), ("last-two-digits", size % 100), ("last-digit", size % 10))
        for match, value in values:  # the most specific rule wins
            for gender_form in genders:
                suffix = self._ordinals.get((match, value, gender_form))
                if suffix is not None:
                    return suffix
        return self.term("ordinal", gender=gender) or ""

    def long_ordinal(self, number: int, gender: str | None = None) -> str:
        """Return a number from 1 to 10 as a word ("first"), another one as `ordinal` does."""
        if 1 <= number <= 10:
            word = self.term(f"long-ordinal-{number:02}", gender=gender)
            if word is not None:
                return word
        return self.ordinal(number, gender)


def find_locale(lang: str) -> str:
    """Return the code of the locale file for a language code.

    Args:
        lang: A code such as "de-AT", "de", "pt_BR"; letter case does not matter. A dialect without a file is
            served by the primary dialect of its language.

    Raises:
        LocaleNotFoundError: No locale for that language; the hint offers the nearest ones.

    >>> find_locale("de"), find_locale("en-AU"), find_locale("pt_BR")
    ('de-DE', 'en-US', 'pt-BR')
    """
    found = _file_code(lang)
    if found is None:
        from rapidfuzz import fuzz, process

        names: dict[str, str] = {}
        for code, pair in list_locales().items():
            primary = _index()["primary-dialects"].get(_language(code), code)
            names.update({name.lower(): code for name in (code, *pair)})
            names.update({name.lower().partition(" ")[0]: primary for name in pair})  # "German (Austria)"
        near = process.extract(lang.lower(), names.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=50)
        codes = ", ".join(dict.fromkeys(names[match[0]] for match in near))
        hint = f"did you mean {codes}?" if codes else "give a code such as en-GB"
        raise LocaleNotFoundError(f"there is no CSL locale {lang!r}", hint=hint)
    return found


def list_locales() -> dict[str, tuple[str, str]]:
    """Return the code of each locale file → the language's own name and its English name."""
    names = _index()["language-names"]
    return {code: (names[code][0], names[code][1]) for code in sorted(_files().values()) if code in names}


def load_locale(lang: str, overrides: Sequence[Node] = ()) -> Locale:
    """Return a locale, with a style's own `cs:locale` elements merged over it.

    Args:
        lang: A language code; en-US serves one that has no locale file (a style's default locale may name
            such a one). For a code that a user typed, ask `find_locale` first.
        overrides: The style's `cs:locale` elements in document order, for all languages.

    >>> from pubkit.csl.xml import parse_xml
    >>> own = parse_xml("<locale xml:lang='fr'><terms><term name='and'>&amp;</term></terms></locale>")
    >>> load_locale("fr-CA", [own]).term("and"), load_locale("de", [own]).term("and")
    ('&', 'und')
    """
    code = _file_code(lang) or DEFAULT_LOCALE
    parts = _file_parts(code)
    language = _language(lang)
    dialect = code if lang.lower() == language else lang  # a bare language means its primary dialect
    primary = _language(code) if _file_code(lang) else language
    wanted = dict.fromkeys(("", primary, language, dialect.lower().replace("_", "-")))
    chosen = [node for level in wanted for node in overrides if node.get("xml:lang").lower() == level]
    if chosen:
        parts = parts.copy()
        for node in chosen:
            parts.merge(node)
    return Locale(code, parts)


@lru_cache(maxsize=64)
def _file_parts(code: str) -> _Parts:
    """Return a locale file merged over the ones that it falls back to."""
    primary = _index()["primary-dialects"].get(_language(code), code)
    parts = _Parts()
    for file in dict.fromkeys((DEFAULT_LOCALE, primary, code)):
        parts.merge(_file_root(file))
    return parts


@lru_cache(maxsize=64)
def _file_root(code: str) -> Node:
    path = _folder() / f"locales-{code}.xml"
    return parse_xml(path.read_bytes(), path.name)


@lru_cache(maxsize=256)
def _file_code(lang: str) -> str | None:
    """Return the code of the file that serves a language code, or None."""
    wanted = lang.strip().lower().replace("_", "-")
    files = _files()
    if wanted in files:
        return files[wanted]
    subtags = wanted.split("-")
    for length in range(len(subtags), 0, -1):  # zh-hant-tw → zh-hant → zh
        shorter = "-".join(subtags[:length])
        code = _OTHER_CODES.get(shorter) or files.get(shorter) or _index()["primary-dialects"].get(shorter)
        if code is not None:
            return str(code)
    return None


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """Return the codes of the locale files, lower case → as written."""
    prefix = "locales-"
    codes = [path.stem.removeprefix(prefix) for path in _folder().glob(f"{prefix}*.xml")]
    return {code.lower(): code for code in codes}


@lru_cache(maxsize=1)
def _index() -> dict[str, dict[str, Any]]:
    """Return the tables of primary dialects and language names."""
    index: dict[str, dict[str, Any]] = json.loads((_folder() / "locales.json").read_text(encoding="utf-8"))
    return index


def _folder() -> Path:
    return data_folder("citeproc", "citeproc-py") / "data" / "locales"


def _language(code: str) -> str:
    return code.lower().replace("_", "-").partition("-")[0]
