"""What stands behind the colons of a marker: JabRef's modifiers, and the common filters of Better BibTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pubkit.errors import PubkitError
from pubkit.keys.markers import Value
from pubkit.keys.words import is_function_word, with_capital
from pubkit.text.transliterate import to_ascii

Modifier = Callable[[Value, Sequence[str]], Value]
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_PUNCTUATION_BUT_DASH = re.compile(r"[^\w\s\-‐‑–]|_")
_GROUP = re.compile(r"\$([0-9])")


def _words(change: Callable[[str], str]) -> Modifier:
    """Make a modifier of a function that changes each word."""
    return lambda value, _: replace(value, words=tuple(map(change, value.words)))


def _sentence_case(value: Value, _: Sequence[str]) -> Value:
    words = [word.lower() if at else word.capitalize() for at, word in enumerate(value.words)]
    return replace(value, words=tuple(words))


def _title_case(value: Value, _: Sequence[str]) -> Value:
    words = [
        word.lower() if at and is_function_word(word) else word.capitalize()
        for at, word in enumerate(value.words)
    ]
    return replace(value, words=tuple(words))


def _truncate(value: Value, given: Sequence[str]) -> Value:
    return Value((value.text[: _number(given, 0, 0)].rstrip(),), "")


def _regex(value: Value, given: Sequence[str]) -> Value:
    """Replace matches; `$1` names a group, as Java writes it."""
    if len(given) != 2:
        raise PubkitError("regex needs a pattern and a replacement", hint='as in :regex("\\.etal","EtAl")')
    try:
        changed = re.sub(given[0], _GROUP.sub(r"\\\1", given[1]), value.text)
    except (re.error, IndexError) as error:
        raise PubkitError(f"the regular expression {given[0]!r} cannot be used: {error}") from None
    return Value((changed,), "")


def _replace(value: Value, given: Sequence[str]) -> Value:
    """Replace a text, whatever its letter case."""
    if len(given) != 2:
        raise PubkitError("replace needs a text and its replacement", hint="as in :replace=.etal,&etal")
    changed = re.sub(re.escape(given[0]), lambda _: given[1], value.text, flags=re.IGNORECASE)
    return Value((changed,), "")


def _select(value: Value, given: Sequence[str]) -> Value:
    """Take words from the N-th on, or M of them."""
    start = max(_number(given, 0, 1), 1) - 1
    count = _number(given, 1, 0)
    return replace(value, words=value.words[start : start + count if count else None])


def _substring(value: Value, given: Sequence[str]) -> Value:
    start = max(_number(given, 0, 1), 1) - 1
    count = _number(given, 1, 0)
    return Value(("".join(value.words)[start : start + count if count else None],), "")


def _default(value: Value, given: Sequence[str]) -> Value:
    return value if any(value.words) else Value(tuple(given[:1]))


def _around(value: Value, before: str = "", behind: str = "") -> Value:
    """Put a text before and behind, unless there is nothing."""
    return Value((f"{before}{value.text}{behind}",), "") if any(value.words) else value


def _number(given: Sequence[str], at: int, default: int) -> int:
    text = given[at].strip() if len(given) > at else ""
    if text and not text.isdecimal():
        raise PubkitError(f"{text!r} is no number", hint="key modifiers count words and letters")
    return int(text) if text else default


MODIFIERS: dict[str, Modifier] = {
    # JabRef's
    "lower": _words(str.lower),
    "upper": _words(str.upper),
    "capitalize": _words(str.capitalize),
    "titlecase": _title_case,
    "sentencecase": _sentence_case,
    "abbr": _words(lambda word: word[:1]),
    "truncate": _truncate,
    "regex": _regex,
    "default": _default,
    # Better BibTeX's
    "alphanum": _words(lambda word: "".join(filter(str.isalnum, word))),
    "ascii": _words(lambda word: word.encode("ascii", "ignore").decode()),
    "clean": _words(to_ascii),
    "condense": lambda value, given: Value(((given[0] if given else "").join(value.words),), ""),
    "fold": _words(to_ascii),
    "nopunct": _words(lambda word: _PUNCTUATION_BUT_DASH.sub("", word)),
    "nopunctordash": _words(lambda word: _PUNCTUATION.sub("", word)),
    "numeric": lambda value, _: value if value.text.isdecimal() else Value(()),
    "postfix": lambda value, given: _around(value, behind="".join(given[:1])),
    "prefix": lambda value, given: _around(value, before="".join(given[:1])),
    "replace": _replace,
    "select": _select,
    "skipwords": lambda value, _: replace(
        value, words=tuple(word for word in value.words if not is_function_word(word))
    ),
    "substring": _substring,
    "transliterate": _words(to_ascii),
    "camelcase": _words(with_capital),
}
