r"""T0xx: titles: which words keep their letter case, what a title should not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, rule
from pubkit.rules.spans import plain_spans, replace_plain

TITLES = ("title", "subtitle", "maintitle", "mainsubtitle", "shorttitle")

# A word is letters and digits; a compound is words joined by hyphens, periods or slashes, as in TCP/IP.
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑–.+/]+[^\W_]+)*(?:\+\+|#)?")
_AMPERSANDS = re.compile(r"(?<![\w\\{&-])[A-Z]{1,8}(?:\\?&[A-Z]{1,8})+(?![\w&-])")
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th|s)|[0-9]+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")

# "Starling-7B" and "Llama-3" are names as wholes; "Type-2" and "Post-2008" are not.
_ORDINARY_HEADS = frozenset(
    [
        "act",
        "article",
        "chapter",
        "class",
        "day",
        "days",
        "early",
        "era",
        "fall",
        "form",
        "generation",
        "grade",
        "group",
        "late",
        "layer",
        "level",
        "line",
        "lot",
        "mid",
        "model",
        "month",
        "no",
        "number",
        "order",
        "page",
        "part",
        "phase",
        "plan",
        "post",
        "pre",
        "rank",
        "round",
        "section",
        "series",
        "spring",
        "stage",
        "step",
        "summer",
        "table",
        "theorem",
        "tier",
        "top",
        "track",
        "type",
        "unit",
        "version",
        "vol",
        "volume",
        "wave",
        "week",
        "winter",
        "world",
        "year",
    ]
)
# Behind a name these are ordinary words again: "Covid-19-Related", "Llama-3-Based".
_ORDINARY_TAILS = frozenset(
    [
        "aided",
        "associated",
        "assisted",
        "augmented",
        "aware",
        "based",
        "bound",
        "centered",
        "centric",
        "compatible",
        "conditioned",
        "dependent",
        "derived",
        "driven",
        "enabled",
        "enhanced",
        "focused",
        "free",
        "generated",
        "guided",
        "induced",
        "infected",
        "informed",
        "inspired",
        "like",
        "linked",
        "mediated",
        "negative",
        "oriented",
        "only",
        "positive",
        "powered",
        "ready",
        "related",
        "specific",
        "style",
        "targeted",
        "trained",
        "type",
    ]
)
# Single capitals that are a word in some language ("a", "e", "i", "o", "y", "u", "z", "w", "k", "s", "v") may
# stand in a title for just that, "I" excepted: English, where title case is usual, always writes it large.
_SINGLE_LETTERS = frozenset("BCDFGHIJLMNPQRTVX")


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


_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:\.\.|\\[.]|\b(?:etc|Jr|Sr|Inc|Ltd|Co|Corp|al|vs|Vol|vol|No|no|ed|eds|St|[^\W\d_]\.[^\W\d_]|[^\W\d_]))\.$"
)


def protect(source: str) -> str:
    r"""Return a title with braces around the words whose letter case must stay.

    >>> protect("RouteLLM: Learning to Route LLMs with Preference Data")
    '{RouteLLM}: Learning to Route {LLMs} with Preference Data'
    >>> protect("Starling-7B: Self-Improving Alignment with LLM-as-a-Meta-Judge")
    '{Starling-7B}: Self-Improving Alignment with {LLM}-as-a-Meta-Judge'
    >>> protect(r"How R\&D Pays")
    'How {R\\&D} Pays'
    """
    if in_capitals(source):
        return source
    source = _protect_ampersands(source)
    parts: list[str] = []
    at = 0
    opening = len(source) - len(source.lstrip())
    for start, end in plain_spans(source):
        for compound in _COMPOUND.finditer(source, start, end):
            text = compound.group()
            if text.islower() or (text.isalpha() and text[1:].islower()) or _touches_markup(source, compound):
                continue
            protected = _protect_compound(text, opens=compound.start() == opening)
            if protected != text:
                parts += source[at : compound.start()], protected
                at = compound.end()
    parts.append(source[at:])
    return "".join(parts)


def _protect_ampersands(source: str) -> str:
    r"""Brace `R\&D` and `AT&T` as the one word that they are."""
    if "&" not in source:
        return source
    spans = plain_spans(source)
    return _AMPERSANDS.sub(
        lambda found: (
            f"{{{found[0]}}}" if any(start <= found.start() < end for start, end in spans) else found[0]
        ),
        source,
    )


def in_capitals(source: str) -> bool:
    """Say whether a title is in capitals throughout, so that its capitals tell nothing.

    >>> in_capitals("ON THE USE OF LLMs"), in_capitals("BERT"), in_capitals("BERT and GPT")
    (True, False, False)
    """
    if source.islower() or not re.search(r"[^\W\d_]{2,}", source):
        return False
    words = [word for start, end in plain_spans(source) for word in _LETTERS.findall(source[start:end])]
    upper = sum(word.isupper() for word in words)
    return (len(words) > 1 and upper == len(words)) or (len(words) > 3 and upper >= 0.8 * len(words))


def sentence_case(source: str) -> str:
    """Return a title in lower case but for the first letter and what stands in braces."""
    lowered = replace_plain(source, str.lower)
    first = re.search(r"[^\W\d_]", lowered)
    if first is None or not any(start <= first.start() < end for start, end in plain_spans(lowered)):
        return lowered
    return lowered[: first.start()] + first.group().upper() + lowered[first.end() :]


def _touches_markup(source: str, compound: re.Match[str]) -> bool:
    """Say whether a compound is glued to a group, a macro or mathematics, and so only a part of a word."""
    before, after = (
        source[compound.start() - 1 : compound.start()],
        source[compound.end() : compound.end() + 1],
    )
    return before in ("}", "$", "\\", "{", "_", "^") or after in ("{", "$", "\\")


def _protect_compound(compound: str, *, opens: bool) -> str:
    """Return a compound with braces around the whole, or around those parts that need them."""
    words = list(_WORD.finditer(compound))
    texts = [word.group() for word in words]
    last = _last_name_part(texts)
    protected: list[str] = []
    at = 0
    if last:
        protected.append("{" + compound[: words[last].end()] + "}")
        at = words[last].end()
    for number, word in enumerate(words[last + 1 if last else 0 :]):
        first = number == 0 and not last
        if _keeps_case(word.group(), opens=opens and first, leads=first and len(texts) > 1):
            protected += compound[at : word.start()], "{" + word.group() + "}"
            at = word.end()
    protected.append(compound[at:])
    return "".join(protected)


def _last_name_part(words: list[str]) -> int:
    """Return up to which word a compound is a name with a number (`Starling-7B`); 0 where it is none."""
    head = words[0]
    if len(words) < 2 or not head[0].isupper() or len(head) < 2 or head.lower() in _ORDINARY_HEADS:
        return 0
    if not head.isalpha() or head.isupper():  # these keep their case by themselves
        return 0
    numbered = [at for at, word in enumerate(words) if at and _is_version(word)]
    if not numbered:
        return 0
    last = len(words) - 1
    while last > numbered[-1] and words[last].lower() in _ORDINARY_TAILS:
        last -= 1
    return last


def _is_version(word: str) -> bool:
    """Say whether a part of a compound marks a name: `7B`, `8x7b`, `3`, but not `20th` or `1990`."""
    if not any(char.isdigit() for char in word):
        return False
    if _ORDINAL.fullmatch(word):
        return word.isdigit() and len(word) < 4
    return True


def _keeps_case(word: str, *, opens: bool, leads: bool) -> bool:
    """Say whether a word would be spoiled by a change of letter case.

    Args:
        word: Letters and digits.
        opens: Whether it opens the title.
        leads: Whether it is the first word of a compound.
    """
    upper = sum(char.isupper() for char in word)
    if not upper:
        return False
    if len(word) == 1:
        return word in _SINGLE_LETTERS and not opens and not (leads and word == "I")
    if word[-1] in "+#":  # C++, F#
        return True
    return upper > 1 or not word[0].isupper() or any(char.isdigit() for char in word)


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


RULES = (title_in_capitals, final_period, braced_title, protect_case)
