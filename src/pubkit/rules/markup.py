"""F03x: text that came from somewhere else: HTML, MathML, mojibake, placeholders, abstracts, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.markup import html, latex, mathml
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, fields_of, rule, value_findings
from pubkit.rules.traits import ODD_CHARACTERS, SPECIALS

_PROSE = frozenset({"literal", "literal-list"})
_TEXT = frozenset({"literal", "literal-list", "name-list"})
# A pair of tags, or one of MathML: what is less ("x < y", "<k>-connected") is no HTML.
_TAGS = (
    "i|em|b|strong|sub|sup|u|sc|scp|span|p|title|italic|bold|small|tt|font|inf|"
    "mml:math|math|mml:m[a-z]+|msub|msup|msubsup|mi|mo|mn|mrow|mtext"
)
_HTML = re.compile(rf"<({_TAGS})\b[^<>]{{0,300}}>.{{0,1000}}?</\1\s*>|<br\s*/?>", re.DOTALL | re.IGNORECASE)
_JATS = re.compile(r"(</?)jats:(?=(?:italic|bold|sub|sup|sc|monospace)\b)", re.IGNORECASE)
_JATS_BLOCK = re.compile(r"</?jats:[a-z-]+\b[^<>]{0,300}>", re.IGNORECASE)
_MATHML = re.compile(r"<(mml:math|math)\b[^<>]{0,300}>.{0,4000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_MARKED = re.compile(r"[\\{}$]")
_LONGEST = 50_000
# What UTF-8 looks like when it was read as Windows-1252 or Latin-1.
_MOJIBAKE = re.compile(
    "[ÂÃÐÑâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_REPLACED = "\ufffd"
_PLACEHOLDERS = re.compile(
    r"(?:n/?\.?a\.?|none|null|nan|nil|unknown|undefined|tbd|tba|todo|xxx+|\?+|-+|\.{2,}|not available|"
    r"no (?:title|author)(?: available)?|\[?no date\]?|n\.?\s?d\.?|\[?s\.\s?[ln]\.?\]?|anonymous|anon\.?)",
    re.IGNORECASE,
)
# In these fields a person may be called Null, and a date may be unknown for good.
_NO_PLACEHOLDER = frozenset(
    {"title", "shorttitle", "label", "shorthand", "keywords", "note", "type", "version"}
)
_ABSTRACT_WORD = re.compile(r"(?:abstract|summary|zusammenfassung|résumé)\s*[:.—–-]+\s*(?=\S)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"\s*(?:©|\(c\)|copyright\b)[^.]{0,20}\b(?:19|20)[0-9]{2}\b.{0,160}$|\s*all rights reserved\.?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_KEYWORD_WORD = re.compile(r"(?:key\s?words?|index terms)\s*[:—–-]+\s*", re.IGNORECASE)


@rule("F030", "html-markup", "HTML and MathML in text become LaTeX.", safe=True, when=SPECIALS)
def html_markup(entry: Entry) -> Iterable[Finding]:
    r"""`<i>E. coli</i> and CO<sub>2</sub>` becomes `\emph{E. coli} and CO\textsubscript{2}`.

    Crossref and PubMed deliver titles so; LaTeX would print the tags. Tags of JATS in abstracts go too. What
    only looks like a tag (`x < y`) stays.
    """
    names = fields_of(entry, _PROSE)
    return value_findings(entry, names, _without_html, "HTML in text")


@rule("F031", "mojibake", "Text was decoded as what it is.", when=ODD_CHARACTERS)
def mojibake(entry: Entry) -> Iterable[Finding]:
    """`GÃ¶del` becomes `Gödel`: UTF-8 that was read as another encoding, and written again.

    The package `ftfy` repairs it, where asked for. The mark of a character that was lost is reported too.
    """
    for name in fields_of(entry, _TEXT):
        value = entry.fields[name]
        if value.isascii():
            continue
        if _REPLACED in value:
            yield Finding("a character was lost", name, hint="look it up in the publication itself")
        elif _MOJIBAKE.search(value):
            fixed = _unscrambled(value)
            repair = {name: fixed} if fixed != value else {}
            hint = "" if repair else "correct it by hand"
            yield Finding("text that was decoded wrongly", name, repair, hint=hint)


@rule("F032", "placeholder", "A field says something.")
def placeholder(entry: Entry) -> Iterable[Finding]:
    """`pages = {n/a}`, `volume = {unknown}` and `address = {[s.l.]}` say that there is nothing to say.

    A style prints them all the same. Done only when asked for.
    """
    for name in fields_of(
        entry, frozenset({"literal", "literal-list", "range", "date", "integer", "name-list"})
    ):
        value = entry.fields[name]
        if name not in _NO_PLACEHOLDER and len(value) < 24 and _PLACEHOLDERS.fullmatch(value.strip(" {}")):
            yield Finding(f"“{value}” says nothing", name, {name: None}, hint="delete the field")


@rule("F033", "abstract", "An abstract begins with its first sentence.", safe=True, fields="abstract")
def abstract(entry: Entry) -> Iterable[Finding]:
    """`Abstract: We study …` becomes `We study …`.

    A publisher's line of copyright at the end is taken off only when asked for.
    """
    value = entry.fields.get("abstract", "")
    if not value:
        return
    bare = _ABSTRACT_WORD.sub("", value, count=1) if _ABSTRACT_WORD.match(value) else value
    if bare != value:
        yield Finding("an abstract that names itself", "abstract", {"abstract": bare}, severity=Severity.INFO)
    elif (
        len(value) < 20_000
        and (found := _COPYRIGHT.search(value, max(len(value) - 240, 1)))
        and found.start()
    ):
        cut = value[: found.start()].rstrip()
        message = "a line of copyright in an abstract"
        yield Finding(message, "abstract", {"abstract": cut}, severity=Severity.INFO, safe=False)


@rule("F034", "keywords", "Keywords are separated by commas, each once.", safe=True, fields="keywords")
def keywords(entry: Entry) -> Iterable[Finding]:
    """`Keywords: bees; wasps; bees.` becomes `bees, wasps`: BibLaTeX separates keywords by commas only.

    Keywords with semicolons between them and commas inside are reported: which was meant is for a person. In
    a list with commas only, what stands twice goes only when asked for (`Women, Working, Women, Pregnant`).
    """
    value = entry.fields.get("keywords", "")
    if not value:
        return
    text = _KEYWORD_WORD.sub("", value, count=1) if _KEYWORD_WORD.match(value) else value
    if ";" in text and "," in text:
        if any("," in part for part in text.split(";")):
            hint = "separate keywords by commas"
            yield Finding(
                "keywords with commas and semicolons", "keywords", hint=hint, severity=Severity.INFO
            )
        return
    if "{" in text or "\\" in text:
        return
    separator = ";" if ";" in text else ","
    parts = [part.strip() for part in text.split(separator)]
    if parts and parts[-1].endswith(".") and parts[-1].count(".") == 1:
        parts[-1] = parts[-1].removesuffix(".")
    unique: dict[str, str] = {}
    for part in parts:
        if part:
            unique.setdefault(part.casefold(), part)
    clean = ", ".join(unique.values())
    if clean != value and (separator == ";" or len(unique) < len(parts) or text != value):
        # Between commas "Women" may be the first half of "Women, Working", which stands twice for a reason.
        certain = separator == ";" or len(unique) == len(parts)
        repair = {"keywords": clean or None}
        message = "keywords not separated by commas, or twice"
        yield Finding(message, "keywords", repair, severity=Severity.INFO, safe=certain)


def _without_html(value: str) -> str:
    if "<" not in value or len(value) > _LONGEST:
        return value
    text = _MATHML.sub(lambda found: mathml.to_latex(found[0]) or found[0], value)
    text = _JATS_BLOCK.sub(" ", _JATS.sub(r"\1", text))
    text = _HTML.sub(_as_latex, text)
    return text if text == value else text.strip()


def _as_latex(found: re.Match[str]) -> str:
    """Return an element as LaTeX; one that holds LaTeX already is left to a person."""
    return found[0] if _MARKED.search(found[0]) else latex.write(html.parse(found[0]))


def _unscrambled(value: str) -> str:
    import ftfy  # costly, and most values are ASCII

    return ftfy.fix_encoding(value)


RULES = (mojibake, html_markup, placeholder, abstract, keywords)
