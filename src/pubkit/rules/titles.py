"""T0xx: titles: which words keep their letter case, what a title should not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.model.titles import split_title
from pubkit.rules.base import Finding, rule
from pubkit.rules.languages import is_english
from pubkit.rules.protecting import in_capitals, protect, protect_names, sentence_case

TITLES = ("title", "subtitle", "maintitle", "mainsubtitle", "shorttitle")
_ALL_TITLES = ("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle")
_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:\.\.|\\[.]|\b(?:etc|Jr|Sr|Inc|Ltd|Co|Corp|al|vs|Vol|vol|No|no|ed|eds|St|[^\W\d_]\.[^\W\d_]|[^\W\d_]))\.$"
)
_QUOTED = re.compile(r"``(.+)''|“([^“”]+)”|\"([^\"]+)\"|„([^„“”]+)[“”]|«\s?([^«»]+?)\s?»", re.DOTALL)


@rule("T001", "protect-case", "Acronyms and names with inner capitals are protected by braces.", safe=True)
def protect_case(entry: Entry) -> Iterable[Finding]:
    """`LLM`, `RouteLLM`, `mRNA`, `P3O` and `Starling-7B` get braces; ordinary capitalised words do not.

    Styles that set titles in sentence case would else print "llm" and "Routellm". In a compound only the part
    that needs it is protected: `{LLM}-as-a-Meta-Judge`. Words that stand in braces, macros or mathematics
    already are left alone, and so is a title that is in capitals throughout, where capitals say nothing.
    """
    for name in TITLES:
        value = entry.fields.get(name, "")
        if value and not value.islower():
            protected = protect(value)
            if protected != value:
                message = "words whose letter case a style must not change"
                yield Finding(message, name, {name: protected}, severity=Severity.INFO)


@rule("T002", "title-in-capitals", "A title in capitals throughout is rewritten in sentence case.")
def title_in_capitals(entry: Entry) -> Iterable[Finding]:
    """`ON THE ORIGIN OF SPECIES` becomes `On the origin of species`.

    No style can restore the letter case of such a title. The repair is a guess (names and acronyms lose their
    capitals too), so it is done only when asked for.
    """
    for name in ("title", "subtitle", "maintitle", "booktitle"):
        value = entry.fields.get(name, "")
        if in_capitals(value):
            hint = "restore the letter case by hand"
            yield Finding(
                "the title is in capitals throughout", name, {name: sentence_case(value)}, hint=hint
            )


@rule("T003", "final-period", "A title does not end in a period.", safe=True)
def final_period(entry: Entry) -> Iterable[Finding]:
    """`A study of bees.` becomes `A study of bees`: the style sets the period, and would set a second one.

    An ellipsis, an abbreviation with inner periods (`U.S.A.`) and `etc.` or `Jr.` at the end stay.
    """
    for name in ("title", "subtitle", "booktitle", "maintitle"):
        value = entry.fields.get(name, "")
        if value.endswith(".") and not _ENDS_IN_ABBREVIATION.search(value):
            yield Finding("period at the end of a title", name, {name: value[:-1]}, severity=Severity.INFO)


@rule("T004", "braced-title", "Braces around a whole title are removed.")
def braced_title(entry: Entry) -> Iterable[Finding]:
    """`{{Deep Learning with LLMs}}` becomes `{Deep Learning with {LLMs}}`.

    Braces around the whole title keep any style from setting it in its own letter case. Whether they were
    meant to is a guess, so the repair is done only when asked for.
    """
    for name in TITLES:
        value = entry.fields.get(name, "")
        inner = value[1:-1]
        if value.startswith("{") and len(inner.split()) > 1 and _is_one_group(value):
            hint = "braces keep styles from changing the letter case"
            repair = {name: protect(inner)}
            yield Finding("braces around a whole title", name, repair, hint=hint, severity=Severity.INFO)


@rule("T005", "proper-nouns", "Names in titles are protected by braces.", safe=True)
def proper_nouns_in_title(entry: Entry) -> Iterable[Finding]:
    """`A Bayesian View of European Law` becomes `A {Bayesian} View of {European} Law`.

    Styles that set titles in sentence case would else print "bayesian". Protected are words that English
    always writes with a capital (languages, places, people behind terms, genera), compounds of chemical
    symbols (`Fe-Ni`), and in a title that is in sentence case already every capital inside it. Only English
    titles, and those that name no language, are looked at: no style changes the others.
    """
    if not is_english(entry):
        return
    for name in TITLES:
        value = entry.fields.get(name, "")
        if value:
            protected = protect_names(value)
            if protected != value:
                message = "names whose letter case a style must not change"
                yield Finding(message, name, {name: protected}, severity=Severity.INFO)


@rule("T006", "trailing-punctuation", "A title does not end in a comma, colon or semicolon.", safe=True)
def trailing_punctuation(entry: Entry) -> Iterable[Finding]:
    """`Deep learning,` becomes `Deep learning`: the mark was copied with the title."""
    for name in _ALL_TITLES:
        value = entry.fields.get(name, "")
        kept = value.rstrip(" ,;:")
        if kept and kept != value.rstrip() and not _ends_in_macro(kept):
            yield Finding("stray mark at the end of a title", name, {name: kept}, severity=Severity.INFO)


@rule("T007", "quoted-title", "A title does not stand in quotes.")
def quoted_title(entry: Entry) -> Iterable[Finding]:
    """`“Deep learning”` becomes `Deep learning`: styles that want quotes set them.

    A title may be a quotation as a whole, so the repair is done only when asked for.
    """
    for name in ("title", "booktitle", "maintitle"):
        value = entry.fields.get(name, "")
        found = _QUOTED.fullmatch(value.rstrip("., "))
        if found:
            inner = next(group for group in found.groups() if group)
            yield Finding("a title in quotes", name, {name: inner}, severity=Severity.INFO)


@rule(
    "T008",
    "repeated-subtitle",
    "A title does not hold its subtitle again.",
    safe=True,
    fields="subtitle booksubtitle mainsubtitle",
)
def repeated_subtitle(entry: Entry) -> Iterable[Finding]:
    """`title = {Bees: A Study}, subtitle = {A Study}` becomes `title = {Bees}, subtitle = {A Study}`.

    BibLaTeX prints title and subtitle one behind the other, so the subtitle would stand there twice.
    """
    for name, part in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("maintitle", "mainsubtitle")):
        value, subtitle = entry.fields.get(name, ""), entry.fields.get(part, "")
        if not subtitle or not value.endswith(subtitle):
            continue
        head = value.removesuffix(subtitle).rstrip()
        if head[-1:] in (":", "?", "!", ".") and head.strip(" :?!."):
            kept = head.rstrip(" :") if head[-1] == ":" else head
            yield Finding("the title holds the subtitle", name, {name: kept}, severity=Severity.INFO)


@rule("T009", "subtitle", "The subtitle stands in its own field.", safe=True, on_request=True)
def split_subtitle(entry: Entry) -> Iterable[Finding]:
    """`title = {Bees: A Study}` becomes `title = {Bees}, subtitle = {A Study}`.

    A matter of style, for BibLaTeX: selected by `--extend-select subtitle`. Only where there is one colon.
    """
    for name, part in (("title", "subtitle"), ("booktitle", "booksubtitle"), ("maintitle", "mainsubtitle")):
        found = split_title(entry.fields.get(name, ""))
        if found and part not in entry.fields:
            repair: dict[str, str | None] = {name: found[0], part: found[1]}
            yield Finding("a subtitle in the title", name, repair, severity=Severity.INFO)


def _ends_in_macro(source: str) -> bool:
    return source.endswith("\\")


def _is_one_group(value: str) -> bool:
    """Say whether a value is one pair of braces with its content, and no macro's argument."""
    depth = 0
    for at, char in enumerate(value):
        if char == "\\" and at == 1:
            return False
        if char in "{}" and value[at - 1 : at] != "\\":
            depth += 1 if char == "{" else -1
            if depth == 0:
                return at == len(value) - 1
    return False


RULES = (
    title_in_capitals,
    final_period,
    trailing_punctuation,
    quoted_title,
    repeated_subtitle,
    braced_title,
    protect_case,
    proper_nouns_in_title,
    split_subtitle,
)
