"""Citations in Markdown as pandoc writes them: `[see @a, p. 3; -@b]` and `@a [p. 3]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pubkit.csl.citations import Citation, Cite

# A key begins with a letter, digit or "_" and holds single punctuation inside; in braces it may be anything.
KEY = r"(?:\{[^{}\s]+\}|[^\W_][\w]*(?:[:.#$%&\-+?<>~/]?\w+)*|_\w+)"
_CITE = re.compile(rf"(-?)@({KEY})")
_BRACKETED = re.compile(r"(?<![\w\\!\]])\[(?=[^\[\]\n]*@)([^\[\]]{1,2000}?)\](?![(\[:{])")
_IN_TEXT = re.compile(rf"(?<![\w\\/@.:`\-])(-?)@({KEY})(?:[ \t]*\[([^\[\]@\n]{{1,200}})\])?")
# Code and mathematics, comments and HTML tags, where "@" cites nothing.
_SHIELDED = re.compile(
    r"(^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$\$.*?\$\$|<!--.*?-->|<[^<>\n]{1,500}>"
    r"|^(?: {4}|\t)[^\n]*$)",
    re.DOTALL | re.MULTILINE,
)
_LOCATOR = re.compile(
    r"\s*,?\s*(?:\{(?P<braced>[^{}]*)\}|(?P<plain>(?:[A-Za-z]+\.?\s+)?(?:[ivxlcdmIVXLCDM]+(?=[\s,]|$)|[A-Za-z]?\d[\w.:]*)"
    r"(?:\s*(?:[-–—,&]|and)\s*[A-Za-z]?\d[\w.:]*)*))",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        citation: What it cites.
    """

    start: int
    end: int
    citation: Citation


def find_citations(text: str, is_known: Callable[[str], bool] = lambda key: True) -> list[Found]:
    """Return the citations of a Markdown text, in order; code, mathematics and addresses hold none.

    Args:
        text: The text.
        is_known: Says whether a key is one; `@somebody` that is none stays as it is.

    >>> [found.citation.cites for found in find_citations("As [see @a, p. 3; -@b] and @a [4] say.")][1]
    (Cite(id='a', locator='4', label='page', prefix='', suffix='', suppress_author=False, author_only=False, \
position='', near_note=None),)
    """
    found = list(_find(_shielded(text), text, is_known))
    return sorted(found, key=lambda one: one.start)


def _shielded(text: str) -> str:
    """Return a text of the same length in which what cannot cite is blank."""
    return _SHIELDED.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)


def _find(shielded: str, text: str, is_known: Callable[[str], bool]) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for match in _BRACKETED.finditer(shielded):
        cites = [_cite(part) for part in match[1].split(";")]
        if all(cite is not None and is_known(cite.id) for cite in cites):
            taken.append(match.span())
            yield Found(match.start(), match.end(), Citation(tuple(cite for cite in cites if cite)))
    at = 0
    for match in _IN_TEXT.finditer(shielded):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        inside = at < len(taken) and taken[at][0] < match.end()
        key = match[2].strip("{}")
        if inside or not is_known(key):
            continue
        locator, suffix = split_suffix(match[3] or "")
        cite = Cite(key, locator=locator, suffix=suffix, suppress_author=bool(match[1]))
        mode = "" if match[1] else "composite"
        yield Found(match.start(), match.end(), Citation((cite,), mode=mode))


def _cite(part: str) -> Cite | None:
    """Return one part of a bracketed citation: prefix, key, locator, suffix; None where it cites nothing."""
    match = _CITE.search(part)
    if match is None:
        return None
    locator, suffix = split_suffix(part[match.end() :])
    prefix = part[: match.start()].strip()
    return Cite(
        match[2].strip("{}"),
        locator=locator,
        prefix=f"{prefix} " if prefix else "",
        suffix=suffix,
        suppress_author=bool(match[1]),
    )


def split_suffix(text: str) -> tuple[str, str]:
    """Cut what follows a key into locator and suffix.

    >>> split_suffix(", pp. 3-5, emphasis mine"), split_suffix(" and elsewhere")
    (('pp. 3-5', ', emphasis mine'), ('', ' and elsewhere'))
    """
    match = _LOCATOR.match(text)
    if match is None:
        return "", text.rstrip()
    locator = match["braced"] if match["braced"] is not None else match["plain"]
    return locator.strip(), text[match.end() :].rstrip()
