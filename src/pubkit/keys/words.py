"""Words of titles, and which of them say nothing by themselves."""

from __future__ import annotations

import re

from pubkit.model.entry import Entry

# A paragraph a language group: English; German; French; Spanish, Portuguese, Italian; Dutch and
# Scandinavian; Slavic.
FUNCTION_WORDS = frozenset(
    """
    a about above across after against along amid among an and around as at before behind below beneath
    beside between beyond but by down during except for from in inside into is it its like near nor of off on
    onto or our over per since so than that the their through to toward towards under until up upon via vs
    versus what when where whether which while why with within without yet how are be do does can
    das dem den der des die ein eine einem einen einer eines und oder aber auf aus bei bis durch für gegen im
    ins mit nach ohne über um unter vom von vor zu zum zur zwischen wie
    au aux avec ce ces dans de du et en entre la le les l d leur ou par pour sans sous sur un une vers
    al con da dal dalla das dei del della delle di dos e el em gli i il las lo los na nas no nos o os para
    per por su sul sulla tra um uma una uno y
    aan bij een het naar op te tot uit van voor af att ett för med och og på som till til
    и в во на о об с со к ко по из за от для или od po pro pri se u v ve w z za ze
    """.split()  # noqa: SIM905  # a list literal of 250 strings would take 250 lines
)
# French and Italian articles that lost their vowel are no part of the word.
_WORD = re.compile(r"(?:\b(?:[cdjlmnstCDJLMNST]|[Qq]u|[Dd]ell|[Aa]ll)['’])?([^\W_]+(?:['’][^\W_]+)?)")


def words_of(text: str) -> list[str]:
    """Return the words of a text, articles such as l' left out.

    >>> words_of("L'État et l'École: don't")
    ['État', 'et', 'École', "don't"]
    """
    return _WORD.findall(text)


def is_function_word(word: str) -> bool:
    """Whether a word says nothing by itself."""
    return word.lower() in FUNCTION_WORDS


def title_words(entry: Entry) -> list[str]:
    """Return the words of the title."""
    return words_of(entry.text("title"))


def content_words(entry: Entry) -> list[str]:
    """Return the title's words without function words; all words where there are only such."""
    words = title_words(entry)
    return [word for word in words if not is_function_word(word)] or words


def with_capital(word: str) -> str:
    """Return a word with its first letter as capital, the others as they stand."""
    return word[:1].upper() + word[1:]
