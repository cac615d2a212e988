"""Letter case of titles and terms: the six text cases of CSL 1.0.2.

A text comes as pieces, each with a flag that protects it (LaTeX braces, CSL `nocase`), so that markup between
pieces survives; words may run across pieces. Rules: CSL 1.0.2, "Text-case". Where the specification leaves
room (stop words, single letters, what starts a sentence), this does what citation processors commonly do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias, get_args

TextCase: TypeAlias = Literal[
    "lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"
]
TEXT_CASES: tuple[TextCase, ...] = get_args(TextCase)

Pieces: TypeAlias = tuple[tuple[str, bool], ...]  # text, protected

# Words that title case leaves alone inside a title: articles, conjunctions, prepositions, name particles.
_STOP_WORDS_TEXT = (
    "a an the and as but for nor or so yet "
    "about above across afore after against along alongside amid amidst among amongst anenst apropos apud "
    "around aside astride at athwart atop barring before behind below beneath beside besides between beyond "
    "by circa despite down during except forenenst from given in inside into lest like modulo near next "
    "notwithstanding of off on onto out over per plus pro qua sans since than through throughout thruout "
    "till to toward towards under underneath until unto up upon versus via vs with within without "
    "al c ca d de e et i l o v van von w y"
)
STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())

# What stands between words; an apostrophe or a full stop inside a word does not ("it's", "node.js").
_SEPARATORS = r"\s\-‐‑‒–—―/,;:?!…()\[\]{}\"“”„‟«»‹›¿¡"
_LETTERS = rf"[^{_SEPARATORS}.'‘’`]"
_WORD = re.compile(rf"{_LETTERS}+(?:[.'‘’`](?=[^\W_]){_LETTERS}*)*")
_SEPARATOR = re.compile(r"[^\w\s]")
_VERSION = re.compile(r"v\d")
_STARTS = re.compile("[:?!]")  # what makes the next word the first of a sentence
_GREEK = re.compile("[\u0370-\u03ff]")


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    protected: bool


class _Edit(NamedTuple):
    start: int
    end: int
    capital: bool  # else lower case


@lru_cache(maxsize=8192)
def convert(text: str, case: TextCase, lang: str = "en") -> str:
    """Return a text in another case.

    Args:
        text: Plain text.
        case: The CSL text case.
        lang: Language of the text, a code such as "en-US". Title case is for English only.

    >>> convert("the state-of-the-art in iPad design: a survey", "title")
    'The State-of-the-Art in iPad Design: A Survey'
    >>> convert("The Role of DNA in an iPad World", "sentence")
    'The role of DNA in an iPad world'
    >>> convert("über den Wolken", "title", "de")
    'über den Wolken'
    """
    return convert_pieces(((text, False),), case, lang)[0]


@lru_cache(maxsize=8192)
def convert_pieces(pieces: Pieces, case: TextCase, lang: str = "en") -> tuple[str, ...]:
    """Return the texts of all pieces in another case; protected ones as they are.

    Args:
        pieces: Text and whether its case is protected, in order.
        case: The CSL text case.
        lang: Language of the text, a code such as "en-US". Title case is for English only.

    >>> convert_pieces((("effects of ", False), ("mRNA", True), (" on ", False), ("cells", False)), "title")
    ('Effects of ', 'mRNA', ' on ', 'Cells')
    """
    language = lang.lower().partition("-")[0]
    if case == "lowercase":
        return tuple(text if protected else _lower(text, language) for text, protected in pieces)
    if case == "uppercase":
        return tuple(text if protected else _upper(text, language) for text, protected in pieces)
    if case == "title" and language != "en":
        return tuple(text for text, _ in pieces)
    return _apply(pieces, _EDITS[case](pieces, language), language)


def sentence_case(pieces: Pieces, lang: str = "en") -> tuple[str, ...]:
    """Return the texts of all pieces in sentence case, each part behind a colon starting anew, as APA has it.

    Args:
        pieces: Text and whether its case is protected, in order.
        lang: Language of the text.

    >>> sentence_case((("Dying Experts: New Rules for ", False), ("Bayes", True), (" Games", False)))
    ('Dying experts: New rules for ', 'Bayes', ' games')
    """
    language = lang.lower().partition("-")[0]
    return _apply(pieces, _sentence(pieces, language, restart=True), language)


def is_title_cased(lang: str) -> bool:
    """Return whether title case applies to a language: CSL keeps it for English."""
    return lang.lower().partition("-")[0] == "en"


class _Text:
    """The joined pieces, cut into words; what stands round a word is looked at only when asked."""

    def __init__(self, pieces: Pieces, most: int | None = None) -> None:
        joined = pieces[0][0] if len(pieces) == 1 else "".join([text for text, _ in pieces])
        self.joined = joined
        found = _WORD.finditer(joined)
        if most is not None:
            found = islice(found, most)
        if any(protected for _, protected in pieces):
            self.words = list(_with_protection(found, pieces))
        else:
            self.words = [_Word(*match.span(), match[0], False) for match in found]

    def starts(self, number: int) -> bool:
        """Whether a word is the first, or the first behind a colon, question or exclamation mark."""
        if number == 0:
            return True
        return _STARTS.search(self.joined, self.words[number - 1].end, self.words[number].start) is not None

    def leads(self, word: _Word) -> bool:
        """Whether a word stands before the text's first hyphen, as "in" does in "living in-house"."""
        return (
            self.joined[word.end : word.end + 1] == "-"
            and _SEPARATOR.search(self.joined, 0, word.end) is None
        )


def _with_protection(found: Iterable[re.Match[str]], pieces: Pieces) -> Iterator[_Word]:
    spans: list[tuple[int, int]] = []
    at = 0
    for text, protected in pieces:
        if protected and text:
            spans.append((at, at + len(text)))
        at += len(text)
    span = 0
    for match in found:
        start, end = match.span()
        while span < len(spans) and spans[span][1] <= start:
            span += 1
        yield _Word(start, end, match[0], span < len(spans) and spans[span][0] < end)


def _capital(word: _Word, language: str) -> _Edit | None:
    """Return the edit that capitalises a word; none for mixed case ("iPad") and lone Greek letters."""
    text = word.text
    if word.protected or not text[0].islower() or text[1:] != text[1:].lower():
        return None
    if len(text) == 1 and _GREEK.match(text):
        return None
    letters = 2 if language == "nl" and text.startswith("ij") else 1  # Dutch ij is one letter
    return _Edit(word.start, word.start + letters, True)


def _capitalize_first(pieces: Pieces, language: str) -> Iterator[_Edit | None]:
    for word in _Text(pieces, 1).words:
        yield _capital(word, language)


def _capitalize_all(pieces: Pieces, language: str) -> Iterator[_Edit | None]:
    for word in _Text(pieces).words:
        yield _capital(word, language)


def _title(pieces: Pieces, language: str) -> Iterator[_Edit | None]:
    text = _Text(pieces)
    last = len(text.words) - 1
    for number, word in enumerate(text.words):
        stop = word.text in STOP_WORDS or _VERSION.match(word.text) is not None
        plain = not stop and len(word.text) > 1
        if plain or (stop and number == last) or text.starts(number) or text.leads(word):
            yield _capital(word, language)


def _sentence(pieces: Pieces, language: str, *, restart: bool = False) -> Iterator[_Edit | None]:
    """Yield the edits for sentence case; with `restart`, a colon starts a new sentence."""
    text = _Text(pieces)
    open_words = [word.text for word in text.words if not word.protected]
    shouted = len(open_words) > 2 and all(one == one.upper() for one in open_words)
    for number, word in enumerate(text.words):
        if word.protected:
            continue
        if number == 0 or (restart and text.starts(number)):
            yield _Edit(word.start + 1, word.end, False) if shouted else _capital(word, language)
        elif shouted or (_is_capitalised(word.text) and word.text[:2] not in ("I'", "I’")):
            yield _Edit(word.start, word.end, False)


def _is_capitalised(text: str) -> bool:
    """Whether a word has a capital only at its start; lone letters ("vitamin C") have not, save "A"."""
    return text[0].isupper() and text[1:] == text[1:].lower() and (len(text) > 1 or text == "A")


_EDITS = {
    "capitalize-first": _capitalize_first,
    "capitalize-all": _capitalize_all,
    "sentence": _sentence,
    "title": _title,
}


def _apply(pieces: Pieces, edits: Iterator[_Edit | None], language: str) -> tuple[str, ...]:
    """Return the pieces' texts with the edits made, which are in order and do not overlap."""
    pending = [edit for edit in edits if edit is not None]
    result: list[str] = []
    number, base = 0, 0
    for text, protected in pieces:
        parts: list[str] = []
        done, end = 0, base + len(text)
        while number < len(pending) and pending[number].start < end:
            edit = pending[number]
            first, last = max(edit.start - base, 0), min(edit.end, end) - base
            changed = text[first:last]
            if not protected:
                changed = _titlecase(changed, language) if edit.capital else _lower(changed, language)
            parts += (text[done:first], changed)
            done = last
            if edit.end > end:  # goes on in the next piece
                break
            number += 1
        parts.append(text[done:])
        result.append("".join(parts))
        base = end
    return tuple(result)


def _titlecase(letters: str, language: str) -> str:
    """Return the form of a letter that starts a capitalised word; two letters are Dutch ij."""
    if letters == "i" and language in _DOTTED:
        return "İ"
    return letters.upper() if len(letters) > 1 else letters.title()


_DOTTED = ("tr", "az")  # languages with a dotted and a dotless i


def _lower(text: str, language: str) -> str:
    if language in _DOTTED:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def _upper(text: str, language: str) -> str:
    if language in _DOTTED:
        text = text.replace("i", "İ")
    return text.upper()
