r"""Which words of a title keep their letter case: acronyms, inner capitals, names, formulas."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from pubkit.markup.words import words
from pubkit.rules.spans import plain_spans, replace_plain

# A word is letters and digits; a compound is words joined by hyphens, periods or slashes, as in TCP/IP.
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑–.+/]+[^\W_]+)*(?:\+\+|#)?")
# In ASCII no word without these needs protection.
_MAY_NEED = re.compile(r"[A-Z][A-Z]|[a-z][A-Z]|[0-9]|\b[A-Z]\b|[+#&]|[A-Z]_|_[A-Z]")
_AMPERSANDS = re.compile(r"(?<![\w\\{&-])[A-Z]{1,8}(?:\\?&[A-Z]{1,8})+(?![\w&-])")
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th|s)|[0-9]+", re.IGNORECASE)
_BEHIND_MACRO = re.compile(r"\\(?:[A-Za-z]+|.)\Z")
_LETTERS = re.compile(r"[^\W\d_]{2,}")

# "Starling-7B" and "Llama-3" are names as wholes; "Type-2" and "Post-2008" are not.
_ORDINARY_HEADS = words(
    """
    act article chapter class day days early era fall form generation grade group late layer
    level line lot mid model month no number order page part phase plan post pre rank round
    section series spring stage step summer table theorem tier top track type unit version vol
    volume wave week winter world year
    """
)
# Behind a name these are ordinary words again: "Covid-19-Related", "Llama-3-Based".
_ORDINARY_TAILS = words(
    """
    aided associated assisted augmented aware based bound centered centric compatible
    conditioned dependent derived driven enabled enhanced focused free generated guided induced
    infected informed inspired like linked mediated negative oriented only positive powered
    ready related specific style targeted trained type
    """
)
# Single capitals that are a word in some language ("a", "e", "i", "o", "y", "u", "z", "w", "k", "s", "v") may
# stand in a title for just that, "I" excepted: English, where title case is usual, always writes it large.
_SINGLE_LETTERS = frozenset("BCDFGHIJLMNPQRTVX")

# Symbols of two letters: those that are also a word or a beginning count only beside another one.
_ELEMENTS = words(
    """
    He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Zr Nb Mo
    Tc Ru Rh Pd Ag Cd In Sn Sb Te Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta Re
    Os Ir Pt Au Hg Tl Pb Bi Po At Rn
    """
)
_ALSO_WORDS = words(
    """
    He Be As In At Co Re La Po Al Ho Pr Mo Ne Os Ta Er Am Pa No Te Se
    """
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:(?:-|‐|‑|–|--|/)[^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_OPTION = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\[\]]*\])+$")
_SENTENCE_END = re.compile(r"[:?!.;“”\"‘«»(\[]\W*$|(?:--|[–—]|\s-)\s*$")


def protect_names(source: str) -> str:
    r"""Return a title with braces around names that title case would not set apart from other words.

    A word counts as a name where the table of names has it, or where the title itself tells: in a title whose
    other words are in lower case, a capital inside it was set by hand.

    >>> protect_names("A Bayesian View of the Kullback-Leibler Divergence")
    'A {Bayesian} View of the {Kullback-Leibler} Divergence'
    >>> protect_names("On the zeros of the Zorgon function in spaces")
    'On the zeros of the {Zorgon} function in spaces'
    """
    if in_capitals(source) or source.islower():
        return source
    table = proper_nouns()
    by_hand = _is_sentence_case(source)
    if not by_hand and table.isdisjoint(words := _PART.findall(source)) and _ELEMENTS.isdisjoint(words):
        return source
    parts: list[str] = []
    at = 0
    opening = len(source) - len(source.lstrip())
    for start, end in plain_spans(source):
        for found in _NAME_WORD.finditer(source, start, end):
            text = found.group()
            if text.islower() or found.start() == opening or _touches_markup(source, found):
                continue
            words = _PART.findall(text)
            capitals = [word for word in words if word[0].isupper() and word[1:].islower() and len(word) > 1]
            known = [word for word in capitals if word in table]
            if (
                not known
                and by_hand
                and not _SENTENCE_END.search(source[max(found.start() - 8, 0) : found.start()])
            ):
                known = [word for word in capitals if word.lower() not in _BEGINS_COMPOUNDS]
            if not known and _is_alloy(words):
                known = capitals
            if not known:
                continue
            protected = f"{{{text}}}" if len(capitals) == len(words) else _brace(text, set(known))
            parts += source[at : found.start()], protected
            at = found.end()
    parts.append(source[at:])
    return "".join(parts)


_BEGINS_COMPOUNDS = frozenset({"i"})


@cache
def proper_nouns() -> frozenset[str]:
    """Return the words that English always writes with a capital."""
    text = files("pubkit.rules").joinpath("proper_nouns.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.replace("-", " ").split())


def _brace(text: str, words: set[str]) -> str:
    return _PART.sub(lambda found: f"{{{found[0]}}}" if found[0] in words else found[0], text)


def _is_alloy(words: list[str]) -> bool:
    """Say whether a compound is made of chemical symbols: Fe-Ni, Si/Ge, not Co-Training."""
    return (
        len(words) > 1
        and all(word in _ELEMENTS for word in words)
        and any(word not in _ALSO_WORDS for word in words)
    )


def _is_sentence_case(source: str) -> bool:
    """Say whether a title is in sentence case, so that a capital inside it means something."""
    words = [word for word in _words_inside(source) if len(word) > 3]
    lower = sum(map(str.islower, words))
    return len(words) > 2 and lower >= 0.6 * len(words) and lower >= 3


def _words_inside(source: str) -> list[str]:
    """Return the words of a title but the first."""
    return [word for start, end in plain_spans(source) for word in _PART.findall(source, start, end)][1:]


def protect(source: str) -> str:
    r"""Return a title with braces around the words whose letter case must stay.

    >>> protect("RouteLLM: Learning to Route LLMs with Preference Data")
    '{RouteLLM}: Learning to Route {LLMs} with Preference Data'
    >>> protect("Starling-7B: Self-Improving Alignment with LLM-as-a-Meta-Judge")
    '{Starling-7B}: Self-Improving Alignment with {LLM}-as-a-Meta-Judge'
    >>> protect(r"How R\&D Pays")
    'How {R\\&D} Pays'
    """
    if (source.isascii() and not _MAY_NEED.search(source)) or in_capitals(source):
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


@lru_cache(maxsize=1024)
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
    if before in ("}", "$", "\\", "{", "_", "^") or after in ("{", "$", "\\"):
        return True
    # braces there would be read as the argument of a macro
    if before == "]":
        return _OPTION.search(source, 0, compound.start()) is not None
    return before.isalpha() and _BEHIND_MACRO.search(source, 0, compound.start()) is not None


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
