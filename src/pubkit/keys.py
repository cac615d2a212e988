"""Citation keys by pattern, in the manner of JabRef: `[auth:lower][year][veryshorttitle:lower]`.

A pattern is text with markers in brackets. A marker stands for a part of the entry, modifiers behind colons
change it, `(…)` gives what to take where it is empty.

| marker | gives, for "Newton, Maxwell and Einstein 1905, On the Meta-Theory of Light" |
|---|---|
| `auth`, `authN`, `authN_M` | `Newton`; its first N letters; the first N letters of the M-th author |
| `authors`, `authorsN` | `NewtonMaxwellEinstein`; the first N authors, `EtAl` where there are more |
| `authEtAl`, `auth.etal`, `auth.auth.ea` | `NewtonEtAl`; `Newton.etal`; `Newton.Maxwell.ea` |
| `authshort`, `authorsAlpha` | `NME`, as the alpha style labels entries |
| `authorLast`, `authFirstInitial` | `Einstein`; `I` |
| `editors …` | the same with `edtr` for `auth` and `editors` for `authors`, looking at editors only |
| `year`, `shortyear`, `month`, `date` | `1905`, `05`, … |
| `title`, `camel`, `camelN` | all words; all but function words, capitalised and joined; N of them |
| `shorttitle`, `shorttitleN`, `veryshorttitle` | the first three, N, or one word that is no function word |
| `firstpage`, `lastpage`, `journal`, `booktitle`, `entrytype` | … |
| any field name | the field's text |

Modifiers: `lower`, `upper`, `capitalize` (each word), `titlecase`, `sentencecase`, `abbr` (first letters),
`truncateN`, `(default text)`. Where there are no authors, the author markers look at the editors.

Keys hold only characters that every BibTeX program takes: letters and digits of ASCII, and `-_.:+/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Literal

from pubkit.errors import PubkitError
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.names import Name
from pubkit.model.references import rename_references
from pubkit.text.transliterate import to_ascii

DEFAULT_PATTERN = "[auth:lower][year][veryshorttitle:lower]"
#: For entries that name neither authors nor editors.
ANONYMOUS_PATTERN = "[shorttitle:lower][year]"

Umlauts = Literal["a", "ae"]

# Words that say nothing by themselves, a paragraph a language group: English; German; French; Spanish,
# Portuguese, Italian; Dutch and Scandinavian; Slavic.
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

_PATTERN = re.compile(r"\[([^\[\]]*)\]|([^\[\]]+)|(.)", re.DOTALL)
_MODIFIER = re.compile(r":([a-z]+[0-9]*|\([^()]*\))")
_MARKER = re.compile(r"[A-Za-z][\w.-]*")
_ILLEGAL = re.compile(r"[^A-Za-z0-9_.:+/-]")
# French and Italian articles that lost their vowel are no part of the word.
_TITLE_WORD = re.compile(r"(?:\b(?:[cdjlmnstCDJLMNST]|[Qq]u|[Dd]ell|[Aa]ll)['’])?([^\W_]+(?:['’][^\W_]+)?)")
_NUMBERED = re.compile(r"([A-Za-z.]+?)([0-9]+)(?:_([0-9]+))?")


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a pattern: literal text, or a marker with its modifiers."""

    text: str = ""
    marker: str = ""
    modifiers: tuple[str, ...] = ()


def make_key(
    entry: Entry,
    pattern: str = DEFAULT_PATTERN,
    *,
    anonymous: str = ANONYMOUS_PATTERN,
    umlauts: Umlauts = "a",
) -> str:
    """Return the key that a pattern gives for an entry, before collisions are looked at.

    Args:
        entry: The entry.
        pattern: The pattern.
        anonymous: The pattern for entries without authors and editors, where `pattern` asks for them.
        umlauts: "a" writes ä as a, "ae" as ae.

    Returns:
        The key. Where no name or word of the entry can be written in ASCII, its type stands for them.

    Raises:
        PubkitError: The pattern cannot be read.

    >>> entry = Entry("misc", fields={"author": "Tianhao Wu", "date": "2025", "title": "Meta-Rewarding LMs"})
    >>> make_key(entry), make_key(entry, "[authors:upper]_[shortyear]:[camel2]")
    ('wu2025meta', 'WU_25:MetaRewarding')
    """
    parts = _parse_pattern(pattern)
    if not _people(entry) and any(part.marker.startswith("auth") for part in parts):
        parts = _parse_pattern(anonymous)
    made = "".join(_part_text(part, entry, umlauts) for part in parts)
    words_wanted = any("auth" in part.marker or "title" in part.marker for part in parts)
    if re.search(r"[A-Za-z]" if words_wanted else r"[A-Za-z0-9]", made):
        return made
    return (_ILLEGAL.sub("", to_ascii(entry.type)) or "entry") + made


def make_keys(
    library: Library,
    pattern: str = DEFAULT_PATTERN,
    *,
    which: Literal["missing", "all"] = "missing",
    anonymous: str = ANONYMOUS_PATTERN,
    umlauts: Umlauts = "a",
) -> tuple[Library, dict[str, str]]:
    """Give entries keys by a pattern.

    Of entries that get the same key the first keeps it, the next ones get a, b, c … behind it. Keys that
    differ only in letter case count as the same, as they do for BibTeX. References between entries
    (`crossref`, `xdata`, `related` …) follow the keys.

    Args:
        library: The library.
        pattern: The pattern, see the head of this module.
        which: "missing" gives keys to entries without one, and a letter to keys that stood before; "all"
            gives keys to every entry.
        anonymous: The pattern for entries without authors and editors.
        umlauts: "a" writes ä as a, "ae" as ae.

    Returns:
        The library, and the keys that changed: old → new. Entries without a key before are not among them.

    Raises:
        PubkitError: A pattern cannot be read.

    >>> wu = {"author": "Wu, T.", "date": "2024", "title": "On Bees"}
    >>> library, changed = make_keys(Library((Entry("misc", "", wu), Entry("misc", "x", wu))), which="all")
    >>> [entry.key for entry in library], changed
    (['wu2024bees', 'wu2024beesa'], {'x': 'wu2024beesa'})
    """
    _parse_pattern(pattern)
    _parse_pattern(anonymous)
    taken = {entry.key.casefold() for entry in library if entry.key} if which == "missing" else set()
    keys: list[str] = []
    kept: set[str] = set()
    next_suffix: dict[str, int] = {}
    for entry in library:
        if which == "missing" and entry.key and entry.key not in kept:
            keys.append(entry.key)
            kept.add(entry.key)
            continue
        repeated = which == "missing" and entry.key
        base = entry.key if repeated else make_key(entry, pattern, anonymous=anonymous, umlauts=umlauts)
        key, number = base, next_suffix.get(base.casefold(), 0)
        while key.casefold() in taken:
            number += 1
            key = base + _suffix(number)
        next_suffix[base.casefold()] = number
        taken.add(key.casefold())
        keys.append(key)
    changed: dict[str, str] = {}
    for entry, key in zip(library, keys, strict=True):
        # A key that another entry keeps still means that one.
        if entry.key and entry.key != key and entry.key not in kept:
            changed.setdefault(entry.key, key)
    renamed = [_renamed(entry, key, changed) for entry, key in zip(library, keys, strict=True)]
    if all(new is old for new, old in zip(renamed, library, strict=True)):
        return library, {}
    return replace(library, entries=tuple(renamed)), changed


def check_pattern(pattern: str) -> None:
    """Raise PubkitError where a pattern cannot be read, with what is wrong in it."""
    _parse_pattern(pattern)


def _renamed(entry: Entry, key: str, changed: dict[str, str]) -> Entry:
    entry = rename_references(entry, changed)
    return entry if entry.key == key else entry.replace(key=key)


def _suffix(number: int) -> str:
    """Return a, b … z, aa, ab … for 1, 2 … and so on."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


# -- patterns ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _parse_pattern(pattern: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for match in _PATTERN.finditer(pattern):
        marked, text, stray = match.groups()
        if stray:
            raise PubkitError(
                f"unbalanced bracket in the key pattern {pattern!r}", hint="markers are written [like:this]"
            )
        if marked is None:
            parts.append(_Part(text=_ILLEGAL.sub("", text)))
            continue
        marker = _MARKER.match(marked)
        rest = marked[marker.end() :] if marker else ""
        modifiers = tuple(_MODIFIER.findall(rest))
        if marker is None or "".join(":" + modifier for modifier in modifiers) != rest:
            raise PubkitError(
                f"[{marked}] in a key pattern is no marker with modifiers", hint="for example [auth:lower]"
            )
        for modifier in modifiers:
            if modifier[0] != "(" and modifier.rstrip("0123456789") not in _MODIFIERS:
                known = ", ".join(sorted(_MODIFIERS))
                raise PubkitError(f"no key modifier is called {modifier!r}", hint=f"there are {known}")
        parts.append(_Part(marker=marker.group(), modifiers=modifiers))
    return tuple(parts)


def _part_text(part: _Part, entry: Entry, umlauts: Umlauts) -> str:
    if not part.marker:
        return part.text
    words = [
        word
        for word in (to_ascii(word, umlauts=umlauts) for word in _marker_words(part.marker, entry))
        if word
    ]
    for modifier in part.modifiers:
        if modifier.startswith("("):
            words = words or [modifier[1:-1]]
            continue
        number = modifier.lstrip("abcdefghijklmnopqrstuvwxyz")
        words = _MODIFIERS[modifier.removesuffix(number)](words, int(number or 0))
    return _ILLEGAL.sub("", "".join(words))


Modifier = Callable[[list[str], int], list[str]]
_MODIFIERS: dict[str, Modifier] = {
    "lower": lambda words, _: [word.lower() for word in words],
    "upper": lambda words, _: [word.upper() for word in words],
    "capitalize": lambda words, _: [word[:1].upper() + word[1:] for word in words],
    "titlecase": lambda words, _: [word.capitalize() for word in words],
    "sentencecase": lambda words, _: [
        word.lower() if at else word.capitalize() for at, word in enumerate(words)
    ],
    "abbr": lambda words, _: [word[:1] for word in words],
    "truncate": lambda words, number: ["".join(words)[:number]],
}


# -- markers -----------------------------------------------------------------------------------------------


def _marker_words(marker: str, entry: Entry) -> list[str]:
    """Return what a marker stands for, as words."""
    simple = _MARKERS.get(marker)
    if simple is not None:
        return simple(entry)
    match = _NUMBERED.fullmatch(marker)
    if match and match[1] in _NUMBERED_MARKERS:
        return _NUMBERED_MARKERS[match[1]](entry, int(match[2]), int(match[3] or 1))
    return _TITLE_WORD.findall(entry.text(marker.lower()))


def _people(entry: Entry) -> list[Name]:
    """Return the authors; where there are none, the editors."""
    return list(entry.names("author")) or list(entry.names("editor"))


def _editors(entry: Entry) -> list[Name]:
    return list(entry.names("editor"))


def _has_more(entry: Entry) -> bool:
    return entry.names("author" if entry.fields.get("author") else "editor").others


People = Callable[[Entry], list[Name]]


def _family(name: Name) -> str:
    """Return a family name with its prefix, as one word."""
    return "".join(f"{name.prefix} {name.family or name.given}".split())


def _first(people: People, entry: Entry) -> list[str]:
    return [_family(name) for name in people(entry)[:1]]


def _last(people: People, entry: Entry) -> list[str]:
    return [_family(name) for name in people(entry)[-1:]]


def _all(people: People, entry: Entry) -> list[str]:
    return [_family(name) for name in people(entry)]


def _first_initial(people: People, entry: Entry) -> list[str]:
    return [(name.given or name.family)[:1] for name in people(entry)[:1]]


def _et_al(people: People, entry: Entry, shown: int, dot: str, tail: str) -> list[str]:
    """Return up to `shown` names where there are more, else up to two, and the tail."""
    families = _all(people, entry)
    more = len(families) > 2 or _has_more(entry)
    kept = families[: shown if more else 2]
    words = [*kept, tail] if more else kept
    return [word if at == 0 else dot + word for at, word in enumerate(words)]


def _alpha(people: People, entry: Entry) -> list[str]:
    """Return a label as the alpha style makes it: three letters of one name, else first letters."""
    families = _all(people, entry)
    if len(families) == 1 and not _has_more(entry):
        return [families[0][:3]]
    shown = families if len(families) < 5 and not _has_more(entry) else families[:3]
    return [family[:1] for family in shown] + (
        ["+"] if len(shown) < len(families) or _has_more(entry) else []
    )


def _short(people: People, entry: Entry) -> list[str]:
    """Return a single name, or the first letters of up to three."""
    families = _all(people, entry)
    if len(families) == 1:
        return families
    return [family[:1] for family in families[:3]] + (["+"] if len(families) > 3 else [])


def _first_letters(people: People, entry: Entry, length: int, number: int) -> list[str]:
    return [_family(name)[:length] for name in people(entry)[number - 1 : number]]


def _first_names(people: People, entry: Entry, count: int, _: int) -> list[str]:
    families = _all(people, entry)
    return families[:count] + (["EtAl"] if len(families) > count or _has_more(entry) else [])


def _title_words(entry: Entry) -> list[str]:
    return _TITLE_WORD.findall(entry.text("title"))


def _content_words(entry: Entry) -> list[str]:
    """Return the title's words without function words; all words where there are only such."""
    words = _title_words(entry)
    return [word for word in words if word.lower() not in FUNCTION_WORDS] or words


def _capitalized(words: Iterable[str]) -> list[str]:
    return [word[:1].upper() + word[1:] for word in words]


def _year(entry: Entry) -> list[str]:
    return [] if entry.year is None else [str(entry.year)]


def _page(entry: Entry, which: str) -> list[str]:
    pages = entry.pages
    if not pages:
        return []
    last = pages.ranges[-1] if pages.ranges else None
    text = pages.first if which == "first" else (last.last or last.first if last else "")
    return [text] if text else []


_MARKERS: dict[str, Callable[[Entry], list[str]]] = {
    **{
        name: partial(function, people)
        for people, auth, authors in ((_people, "auth", "authors"), (_editors, "edtr", "editors"))
        for name, function in (
            (auth, _first),
            (authors, _all),
            (f"{authors.removesuffix('s')}Last", _last),
            (f"{auth}FirstInitial", _first_initial),
            (f"{auth}EtAl", partial(_et_al, shown=1, dot="", tail="EtAl")),
            (f"{auth}.etal", partial(_et_al, shown=1, dot=".", tail="etal")),
            (f"{auth}.{auth}.ea", partial(_et_al, shown=2, dot=".", tail="ea")),
            (f"{authors}Alpha", _alpha),
            (f"{auth}short", _short),
        )
    },
    "year": _year,
    "shortyear": lambda entry: [year[-2:] for year in _year(entry)],
    "month": lambda entry: [f"{entry.date.month:02d}"] if entry.date and entry.date.month else [],
    "date": lambda entry: [str(entry.date)] if entry.date else [],
    "title": lambda entry: _capitalized(_title_words(entry)),
    "camel": lambda entry: _capitalized(_content_words(entry)),
    "shorttitle": lambda entry: _content_words(entry)[:3],
    "veryshorttitle": lambda entry: _content_words(entry)[:1],
    "firstpage": lambda entry: _page(entry, "first"),
    "lastpage": lambda entry: _page(entry, "last"),
    "journal": lambda entry: _TITLE_WORD.findall(entry.text("journaltitle")),
    "entrytype": lambda entry: [entry.type],
}
_NUMBERED_MARKERS: dict[str, Callable[[Entry, int, int], list[str]]] = {
    "auth": partial(_first_letters, _people),
    "edtr": partial(_first_letters, _editors),
    "authors": partial(_first_names, _people),
    "editors": partial(_first_names, _editors),
    "camel": lambda entry, count, _: _capitalized(_content_words(entry)[:count]),
    "shorttitle": lambda entry, count, _: _content_words(entry)[:count],
}
