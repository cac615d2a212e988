r"""Old and new citation keys: the map as a file, and the manuscripts that cite them.

A key map is a JSON object, old key → new key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pubkit.errors import ReadError

# Every command that cites has "cite" in its name (\cite, \Textcite*, \footcitetext, \nocite, \citeauthor …);
# \bibentry names keys too. Options in brackets, then one group of keys; behind \cites several.
_COMMAND = re.compile(r"\\(?:[A-Za-z]*[cC]ite[A-Za-z]*|bibentry|bibitem)\*?(?![A-Za-z@])")
_OPTION = re.compile(r"\s*(?:\[[^\]]*\]|\([^()]*\))")
_KEYS = re.compile(r"[^\S\n]*\n?[^\S\n]*\{([^{}]*)\}")
_KEY = re.compile(r"[^\s,{}]+(?:[^\S\n]+[^\s,{}]+)*")
# Pandoc's citations: @key, @{key}, [-@key]; a key ends in a letter, digit or underscore.
_MARKDOWN = re.compile(r"(?<![\w@])@(?:\{([^{}\s]+)\}|(\w(?:[\w:.#$%&+?<>~/-]*\w)?))")


def rename_citations(text: str, renamed: Mapping[str, str], *, syntax: str = "tex") -> tuple[str, int]:
    r"""Return a manuscript with its citations renamed, and how many were.

    Args:
        text: The manuscript.
        renamed: Old key → new key. All are renamed at once, so keys that swap do swap.
        syntax: "tex" (every command with "cite" in its name) or "markdown" (pandoc's `@key`).

    >>> rename_citations(r"\autocite[see][5]{old,b} and \nocite{*} {old}", {"old": "wu2025meta"})
    ('\\autocite[see][5]{wu2025meta,b} and \\nocite{*} {old}', 1)
    """
    return _rename_markdown(text, renamed) if syntax == "markdown" else _rename_tex(text, renamed)


def _rename_tex(text: str, renamed: Mapping[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    done = count = 0
    for command in _COMMAND.finditer(text):
        at = command.end()
        many = command[0].rstrip("*").endswith("s")
        while True:
            while option := _OPTION.match(text, at):
                at = option.end()
            keys = _KEYS.match(text, at)
            if keys is None or keys.start(1) < done:
                break
            new, number = _rename_list(keys[1], renamed)
            parts += text[done : keys.start(1)], new
            done, count, at = keys.end(1), count + number, keys.end()
            if not many:
                break
    parts.append(text[done:])
    return "".join(parts), count


def _rename_list(keys: str, renamed: Mapping[str, str]) -> tuple[str, int]:
    count = 0

    def new(found: re.Match[str]) -> str:
        nonlocal count
        key = found[0]
        count += key in renamed
        return renamed.get(key, key)

    return _KEY.sub(new, keys), count


def _rename_markdown(text: str, renamed: Mapping[str, str]) -> tuple[str, int]:
    count = 0

    def new(found: re.Match[str]) -> str:
        nonlocal count
        key = found[1] or found[2]
        if key not in renamed:
            return found[0]
        count += 1
        return f"@{{{renamed[key]}}}" if found[1] else f"@{renamed[key]}"

    return _MARKDOWN.sub(new, text), count


def write_key_map(renamed: Mapping[str, str]) -> str:
    """Return a key map as JSON text."""
    return json.dumps(dict(renamed), ensure_ascii=False, indent=2) + "\n"


def read_key_map(text: str, where: str = "") -> dict[str, str]:
    """Read a key map.

    Raises:
        ReadError: It is no JSON object of texts.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(
            f"is no key map ({error})", hint="it is a JSON object: old key → new key", where=where
        ) from error
    if not isinstance(found, dict) or not all(isinstance(new, str) for new in found.values()):
        raise ReadError("is no key map", hint="it is a JSON object: old key → new key", where=where)
    return found


def compose(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Return the map of two renamings one after the other.

    >>> compose({"a": "b"}, {"b": "c", "x": "y"})
    {'a': 'c', 'x': 'y'}
    """
    both = {old: second.get(new, new) for old, new in first.items()}
    made = set(first.values())
    both |= {old: new for old, new in second.items() if old not in both and old not in made}
    return {old: new for old, new in both.items() if old != new}
