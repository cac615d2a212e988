r"""BibTeX's grammar of names, on undecoded source text, as BibTeX 0.99d applies it.

Source: `bibtex.web` 0.99d, modules "name_scan_for_and" and "von_token_found". What differs on purpose:
letter case and white space are Unicode's, where 0.99d knows ASCII only, so that `Émile` means what
`{\'E}mile` means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_AND_OR_BRACE = re.compile(r"[{}]|(?<= )[aA][nN][dD](?= )")
# What may stand around a name without belonging to it: white space, ties, hyphens.
_JUNK = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + "~-"
# Macros that are letters by themselves: their own case decides.
_LOWER_MACROS = frozenset(("i", "j", "o", "l", "oe", "ae", "aa", "ss"))
_UPPER_MACROS = frozenset(("O", "L", "OE", "AE", "AA"))
# Braces in pairs, three deep at most, which is all that most names need.
_BALANCED = re.compile(r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+")
# What a name is made of: runs of other characters, and single braces and separators.
_PIECES = re.compile(r"(?:\\~|[^\s{},~-])+|[\s{},~-]")  # \~ is an accent, ~ a tie
_MACRO = re.compile(r"[A-Za-z]*")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The four parts of one name as tuples of undecoded tokens.

    Hyphens join words to one token, as BibTeX prints them. Where a hyphen stood between two parts, as in
    `al-Saleh`, it belongs to neither.
    """

    first: tuple[str, ...] = ()
    von: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    jr: tuple[str, ...] = ()


class Tokens(NamedTuple):
    """One name cut into words.

    Attributes:
        words: The words; hyphens, ties and white space at brace depth 0 separate them.
        before: The separator that stood before each word: "-", " " or ",".
        commas: The number of words before each of the first two commas.
        faults: What is wrong with the name, as messages.
    """

    words: list[str]
    before: list[str]
    commas: list[int]
    faults: list[str]


def split_names(text: str) -> list[str]:
    r"""Split a name list at each `and` that stands at brace depth 0 with white space around it.

    Args:
        text: The source text of a name-list field.

    Returns:
        The names, each run of white space as one space; two `and` in a row give an empty name. An empty text
        gives no names.

    >>> split_names(r"Donald E. Knuth and {Simon and Schuster} AND others")
    ['Donald E. Knuth', '{Simon and Schuster}', 'others']
    """
    return list(_split(text))


@lru_cache(maxsize=1024)  # each rule about names asks for the same list
def _split(text: str) -> tuple[str, ...]:
    text = " ".join(text.split())
    if not text:
        return ()
    names = text.split(" and ")  # the short way, unless an `and` is in capitals, doubled or in braces
    lower = text.lower()
    if lower.count(" and ") == len(names) - 1 and " and and " not in lower:
        if "{" not in text and "}" not in text:
            return tuple(names)
        if all(_BALANCED.fullmatch(name) for name in names if "{" in name or "}" in name):
            return tuple(names)
    names = []
    start = depth = 0
    for found in _AND_OR_BRACE.finditer(text):
        what = found[0]
        if what == "{":
            depth += 1
        elif what == "}":
            depth = max(depth - 1, 0)
        elif not depth:
            names.append(text[start : found.start()].strip())
            start = found.end()
    names.append(text[start:].strip())
    return tuple(names)


def parse_parts(name: str) -> NameParts:
    r"""Cut one name into first, von, last and jr parts.

    Args:
        name: The source text of one name, without `and`.

    Returns:
        Undecoded tokens. A name that is not well formed is read the way BibTeX reads it after its complaint.

    >>> parse_parts(r"Charles Louis de la Vall{\'e}e Poussin")
    NameParts(first=('Charles', 'Louis'), von=('de', 'la'), last=("Vall{\\'e}e", 'Poussin'), jr=())
    >>> parse_parts("King, Jr., Martin Luther")
    NameParts(first=('Martin', 'Luther'), von=(), last=('King',), jr=('Jr.',))
    """
    tokens = tokenize(name)
    return NameParts(*(tuple(join(tokens, part)) for part in bounds(tokens)))


def join(tokens: Tokens, part: range) -> list[str]:
    """Return the words of a part, those with a hyphen between them joined to one."""
    words, before = tokens.words, tokens.before
    if "-" not in before:
        return words[part.start : part.stop]
    joined: list[list[str]] = []
    for at in part:
        if joined and before[at] == "-":
            joined[-1].append(words[at])
        else:
            joined.append([words[at]])
    return ["-".join(pieces) for pieces in joined]


def tokenize(name: str) -> Tokens:
    """Cut one name into words at white space, ties, hyphens and commas outside braces."""
    faults: list[str] = []
    stripped = name.strip(_JUNK)
    while stripped.endswith(","):
        if not faults:
            faults.append("a comma at the end")
        stripped = stripped[:-1].rstrip(_JUNK)
    words: list[str] = []
    before: list[str] = []
    commas: list[int] = []
    depth = 0
    word: list[str] = []
    separator = " "  # what stands before the next word; the first separator of a run counts
    starting = True
    for piece in _PIECES.findall(stripped):
        if piece == "{":
            word.append(piece)
            depth += 1
            starting = False
        elif depth:
            word.append(piece)
            if piece == "}":
                depth -= 1
        elif piece == "}":
            starting = False  # BibTeX complains and drops the brace
            if "a closing brace too many" not in faults:
                faults.append("a closing brace too many")
        elif piece in "-~," or piece.isspace():
            if not starting:
                words.append("".join(word))
                before.append(separator)
                word = []
                separator = "-" if piece == "-" else " "
                starting = True
            if piece == ",":
                separator = ","
                if len(commas) < 2:
                    commas.append(len(words))
                elif "too many commas" not in faults:
                    faults.append("too many commas")
        else:
            word.append(piece)
            starting = False
    if depth:
        faults.append("an opening brace that is never closed")
    if not starting:
        words.append("".join(word))
        before.append(separator)
    return Tokens(words, before, commas, faults)


def bounds(tokens: Tokens) -> tuple[range, range, range, range]:
    """Return which words are the first, von, last and jr parts."""
    words, before, commas, _ = tokens
    count = len(words)
    if commas:
        last_end = commas[0]
        first_start = commas[-1]
        von_end = _von_end(words, 0, last_end)
        return (
            range(first_start, count),
            range(von_end),
            range(von_end, last_end),
            range(last_end, first_start),
        )
    for von_start in range(count - 1):
        if is_von(words[von_start]):
            von_end = _von_end(words, von_start, count)
            return range(von_start), range(von_start, von_end), range(von_end, count), range(0)
    last_start = max(count - 1, 0)
    while last_start > 0 and before[last_start] == "-":
        last_start -= 1
    return range(last_start), range(0), range(last_start, count), range(0)


def _von_end(words: list[str], start: int, last_end: int) -> int:
    """Return where the von part ends: behind its last lower-case word, leaving one word for the last name."""
    end = max(last_end - 1, start)
    while end > start and not is_von(words[end - 1]):
        end -= 1
    return end


def is_von(word: str) -> bool:
    r"""Whether a word's first cased letter is lower case, by BibTeX's idea of "first".

    Letters in braces do not count, unless the group begins with a backslash (a "special character").

    >>> is_von("de"), is_von(r"{\'E}mile"), is_von("{van}der"), is_von("{Van}")
    (True, False, True, False)
    """
    at, end = 0, len(word)
    while at < end:
        char = word[at]
        if char == "{":
            at += 1
            if at + 2 < end and word[at] == "\\":
                return _special_is_lower(word, at + 1)
            at = _behind_group(word, at)
            continue
        if char.islower():
            return True
        if char.isupper() or char.istitle():
            return False
        at += 1
    return False


def _special_is_lower(word: str, at: int) -> bool:
    """Whether a special character is lower case; `at` is behind its backslash."""
    macro = _MACRO.match(word, at)
    name = macro[0] if macro else ""
    if name in _LOWER_MACROS:
        return True
    if name in _UPPER_MACROS:
        return False
    depth = 1
    for char in word[at + len(name) :]:
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                return False
        elif char.islower():
            return True
        elif char.isupper() or char.istitle():
            return False
    return False


def _behind_group(word: str, at: int) -> int:
    """Return the offset behind the group whose inside begins at `at`."""
    depth = 1
    while at < len(word):
        char = word[at]
        at += 1
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
            if not depth:
                break
    return at
