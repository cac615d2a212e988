"""Initials of given names (specification, "Name", attributes initialize and initialize-with)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_USUAL = re.compile(r"(?:[A-Z](?:[a-z]+|\.?)(?: |$))+")
_SPACES = re.compile(r"[\s\ufeff]+")
_TAGS = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?:\s[^<>]*)?>")
_HYPHEN = re.compile(r"\s*-\s*")
_DOT_INSIDE = re.compile(r"\.(?=[^\s.])")
_SPLIT = re.compile(r"(\s*-\s*|\s+)")


@lru_cache(maxsize=65536)
def initials(given: str, separator: str, *, hyphen: bool = True) -> str:
    """Reduce given names to initials.

    Args:
        given: Given names.
        separator: Text after each initial, the style's `initialize-with`.
        hyphen: Keep the hyphen of compound names (`initialize-with-hyphen`).

    >>> initials("Jean-Luc", ". "), initials("Jean-Luc", ".", hyphen=False), initials("John de C. M.", ". ")
    ('J.-L.', 'J.L.', 'J. de C. M.')
    """
    return _with_tags(given, separator, hyphen, _initialize)


@lru_cache(maxsize=65536)
def normalize_initials(given: str, separator: str, *, hyphen: bool = True) -> str:
    """Keep full given names, but set the initials among them with the style's separator.

    >>> normalize_initials("James T", "."), normalize_initials("J.R.R. Ronald", ". ")
    ('James T.', 'J. R. R. Ronald')
    """
    return _with_tags(given, separator, hyphen, _normalize)


def _with_tags(given: str, separator: str, hyphen: bool, change: Callable[[str, str, bool], str]) -> str:
    """Apply a change to the words of a name, leaving inline tags where they are."""
    if not given or given in ("Lord", "Lady"):
        return given
    if "<" not in given:
        return change(given, separator, hyphen)
    tags: list[str] = []

    def take(match: re.Match[str]) -> str:
        tags.append(match[0])
        return chr(0xE000 + len(tags) - 1) if len(tags) < 6000 else ""

    text = change(_TAGS.sub(take, given), separator, hyphen)
    return "".join(tags[ord(c) - 0xE000] if 0xE000 <= ord(c) < 0xE000 + len(tags) else c for c in text)


def _words(given: str, hyphen: bool) -> list[str]:
    """Split into words and the separators between them, alternating."""
    if not hyphen:
        given = given.replace("-", " ")
    given = _SPACES.sub(" ", _HYPHEN.sub("-", given.strip()))
    given = re.sub(r"-(?=[a-z])", "\u2013", given)  # "Ahmed al-amin": the hyphen is part of the word
    given = _DOT_INSIDE.sub(". ", given)
    return [word.replace("\u2013", "-") for word in _SPLIT.split(given)]


def _tidy(text: str) -> str:
    return _SPACES_KEEPING.sub(" ", _HYPHEN.sub("-", text.rstrip(" \t\n\r\ufeff\u00a0")))


_SPACES_KEEPING = re.compile(r"[ \t\n\r]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def _initialize(given: str, separator: str, hyphen: bool) -> str:
    given = given.strip()
    if _USUAL.fullmatch(given) is not None:
        return separator.join([word[0] for word in given.split(" ")]) + separator.rstrip(" ")
    pieces = _words(given, hyphen)
    result: list[str] = []
    for at in range(0, len(pieces), 2):
        word = pieces[at]
        between = pieces[at + 1] if at + 1 < len(pieces) else ""
        if not word:
            continue
        before, core, after = _strip_private(word)
        if not core:
            result.append(word + between)
            continue
        first = core[0]
        if first.isalpha() and first == first.upper():
            extra = ""
            if core.endswith("."):  # an abbreviation already: "Ph.", "Me."
                extra = core[1:-1]
            else:  # of "JPaul" the capitals count
                run = 0
                while run + 1 < len(core) and core[run + 1].isalpha() and core[run + 1].isupper():
                    run += 1
                if run + 1 < len(core):
                    extra = core[1 : run + 1].lower()
            result.append(before + first + extra)
            glue = "-" if "-" in between else ""
            # Closing tags go right behind the initial's full stop, openers before the next word.
            result.append((separator.rstrip() if after else separator) + after)
            if after and separator != separator.rstrip():
                result.append(" ")
            result.append(glue)
        else:
            result.append(" " + word + " ")
    return _tidy("".join(result)).strip(" ")


def _strip_private(word: str) -> tuple[str, str, str]:
    start, end = 0, len(word)
    while start < end and "\ue000" <= word[start] <= "\uf8ff":
        start += 1
    while end > start and "\ue000" <= word[end - 1] <= "\uf8ff":
        end -= 1
    return word[:start], word[start:end], word[end:]


def _normalize(given: str, separator: str, hyphen: bool) -> str:
    pieces = _words(given, hyphen)
    words = pieces[::2]
    marks = [_strip_private(word) for word in words]
    abbreviated = [
        (len(core) > 1 and core.endswith(".")) or (len(core) == 1 and core.isalpha() and core.isupper())
        for _, core, _ in marks
    ]
    result: list[str] = []
    for number, (before, core, after) in enumerate(marks):
        last = number == len(words) - 1
        between = "" if last else pieces[2 * number + 1]
        if not abbreviated[number]:
            result.append(before + core + after + between)
            continue
        result.append(before + core.rstrip("."))
        if last:
            result.append(separator.rstrip() + after)
        elif "-" in between:
            result.append(separator.rstrip() + after + "-")
        else:
            tail = "" if abbreviated[number + 1] else " "
            result.append(separator + after + tail)
    return _tidy("".join(result))
