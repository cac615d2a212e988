"""Marks on names and what they mean: equal contribution, corresponding author, student, the owner's own name.

They go to `author+an`, BibLaTeX's annotations of a name list: `1=equal; 3=corresponding`. A mark that the
list does not explain is kept as it stands: `2="†"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.people import MARKS, Person

_MARK = r"\*{1,3}|[†‡§¶#♯♣♠♦✉∗⁎⋆☨✝🖂+]"
_MEANINGS: tuple[tuple[str, str], ...] = (
    (r"equal|co-?first|joint(?:ly)? first|shared first|first authors|alphabetical", "equal"),
    (r"correspond", "corresponding"),
    (r"advisee|mentee|students?\b|supervisee|undergrad", "student"),
    (r"advis[oe]r|supervis[oe]r|senior author|last author", "senior"),
)
_KEY = re.compile(
    rf"(?P<mark>{_MARK})[)\]]?\s*[:=–-]?\s*(?:\w+ ){{0,4}}?(?:"
    + "|".join(f"(?P<{name}>{words})" for words, name in _MEANINGS)
    + ")",
    re.IGNORECASE,
)
# What says it in words behind a name: "Jane Example (corresponding author)".
_IN_WORDS = tuple((re.compile(words, re.IGNORECASE), name) for words, name in _MEANINGS)
_BEHIND = re.compile(r"[^,;&\n]{0,60}")
_SAME = str.maketrans("∗⁎⋆☨✝🖂♯", "***††✉#")
OWN = "own"


def explained(texts: Iterable[str]) -> dict[str, str]:
    """Return what the marks of a list mean, where a line of it says so.

    >>> explained(["(* equal contribution, † corresponding author)", "* denotes joint first authors"])
    {'*': 'equal', '†': 'corresponding'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for match in _KEY.finditer(text[:2000]):
            found.setdefault(match["mark"].translate(_SAME), match.lastgroup or "")
    return found


def meaning_of(text: str) -> str:
    """Return what a note on an author says, in one word; "" for something else.

    >>> meaning_of("Equal contribution"), meaning_of("On leave")
    ('equal', '')
    """
    return next((name for words, name in _IN_WORDS if words.search(text)), "")


def annotation(
    item: Item, span: tuple[int, int], people: Sequence[Person], meanings: Mapping[str, str]
) -> str:
    """Return the annotations of an entry's names, "" for none.

    Args:
        item: The entry.
        span: Where its names stand in the text.
        people: The names, in their order.
        meanings: What marks mean in this list.
    """
    at, stop = span
    rows: list[list[str]] = []
    strong: list[bool] = []
    for person in people:
        anchor = (person.family or person.text).split()[-1]
        start = item.text.find(anchor, at, stop + 20)
        if start < 0:
            rows.append([])
            strong.append(False)
            continue
        strong.append("strong" in item.marks(start))
        end = start + len(anchor)
        given = person.given.split(" ")[-1] if person.given else ""
        if given and (behind := item.text.find(given, end, end + 30)) >= 0:
            end = behind + len(given)
        # Marks stand at once behind the last part of a name.
        tail = _BEHIND.match(item.text, end)
        rows.append(_read(tail[0] if tail else "", meanings))
        at = end
    if len(people) > 1 and sum(strong) == 1:
        rows[strong.index(True)].append(OWN)
    return "; ".join(f"{number}={','.join(row)}" for number, row in enumerate(rows, 1) if row)


def _read(text: str, meanings: Mapping[str, str]) -> list[str]:
    """Read what stands between a name and the next one."""
    found: list[str] = []
    if match := MARKS.match(text.lstrip(" .~")):
        for mark in re.findall(_MARK, match[0]):
            plain = mark.translate(_SAME)
            meaning = meanings.get(plain) or ("corresponding" if plain == "✉" else f'"{plain}"')
            found.append(meaning)
    if "(" in text:
        inside = text.partition("(")[2].partition(")")[0]
        found += [name for words, name in _IN_WORDS if words.search(inside)]
    return list(dict.fromkeys(found))
