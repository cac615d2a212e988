"""N02x: people across a library: one person written in several ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubkit.diagnostics import Severity
from pubkit.model.library import Library
from pubkit.model.names import Name, parse_name, split_names
from pubkit.rules.base import Finding, Settings, library_rule
from pubkit.text.fold import fold

_FIELDS = ("author", "editor")
_WORDS = re.compile(r"[\s~]+|(?<=\.)(?=[^\W\d_])")
_HYPHENS = re.compile(r"[-‐‑–]+")
# Whoever stands in so large a share of a library is one person.
_OWNER_SHARE = 0.2
_LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class _Given:
    """Given names, folded; an initial is one letter.

    Attributes:
        parts: The names, those with a hyphen as one: jean-paul is "jeanpaul"; initials each by itself.
        pieces: The same, cut at hyphens too.
        letters: All letters, by which spellings are compared.
    """

    parts: tuple[str, ...]
    pieces: tuple[str, ...]
    letters: str

    @property
    def rank(self) -> tuple[int, int]:
        """What sorts fuller names first: whole names, then letters in all."""
        return -sum(len(piece) > 1 for piece in self.pieces), -len(self.letters)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name where it stands."""

    entry: int
    field: str
    position: int
    source: str
    name: Name
    with_whom: frozenset[str]


@library_rule("N020", "one-person-several-names", "A person is written in one way throughout.", repairs=True)
def one_person_several_names(library: Library, settings: Settings) -> Iterable[tuple[int, Finding]]:
    """`Wu, T.`, `Wu, Tianhao` and `Tian-Hao Wu` with the same co-authors are probably one person.

    Styles that sort or shorten by name would list them apart. The fullest form is proposed; the repair is
    done only when asked for, since two people may share family name and initials. Names are compared where
    they share a family name and their given names agree as far as written, and they have a co-author in
    common, or differ only in accents, hyphens or letter case.
    """
    proposals: dict[tuple[int, str], list[tuple[_Mention, str, str]]] = defaultdict(list)
    for mentions in _by_family(library).values():
        forms: dict[str, list[_Mention]] = defaultdict(list)
        for mention in mentions:
            forms[str(mention.name)].append(mention)
        if len(forms) > 1:
            for mention, source, told in _proposals(forms, len(library)):
                proposals[mention.entry, mention.field].append((mention, source, told))
    for (at, field), proposed in sorted(proposals.items()):
        names = split_names(library[at].fields[field])
        for mention, source, _ in proposed:
            names[mention.position] = source
        message = "; ".join(told for _, _, told in proposed)
        repair = {field: " and ".join(names)}
        yield at, Finding(message, field, repair, hint="write a person in one way", severity=Severity.INFO)


def _by_family(library: Library) -> Mapping[str, list[_Mention]]:
    """Return where people are named, by folded family name."""
    found: dict[str, list[_Mention]] = defaultdict(list)
    for at, entry in enumerate(library):
        for field in _FIELDS:
            value = entry.fields.get(field)
            pieces = split_names(value) if value else []
            if len(pieces) > _LONGEST_LIST:
                continue
            names = [parse_name(piece) for piece in pieces]
            families = [fold(name.full_family) for name in names]
            everyone = frozenset(families)
            for position, (piece, name, family) in enumerate(zip(pieces, names, families, strict=True)):
                if name.given and family and not name.literal:
                    found[family].append(_Mention(at, field, position, piece, name, everyone - {family}))
    return found


def _proposals(forms: Mapping[str, list[_Mention]], entries: int) -> Iterator[tuple[_Mention, str, str]]:
    """Yield for the forms of one family name: a mention, the source to write there, and why."""
    given = {form: _given(mentions[0].name) for form, mentions in forms.items()}
    company = {
        form: frozenset[str]().union(*(one.with_whom for one in mentions)) for form, mentions in forms.items()
    }
    fullest_first = sorted(forms, key=lambda form: (given[form].rank, -len(forms[form]), form))
    settled: dict[str, str] = {}
    seen: dict[str, list[str]] = defaultdict(list)  # what a shorter form can begin with → fuller forms
    for form in fullest_first:
        asked, offered = _lookups(given[form])
        candidates = dict.fromkeys(other for key in asked for other in seen.get(key, ()))
        for key in offered:
            seen[key].append(form)
        fuller = [
            other
            for other in candidates
            if _shortens(given[form], given[other])
            and (
                given[form].letters == given[other].letters
                or not company[form].isdisjoint(company[other])
                or len(forms[form]) + len(forms[other]) >= max(_OWNER_SHARE * entries, 3)
            )
        ]
        if not fuller or not _one_person([given[other] for other in fuller]):
            continue
        best = settled.get(fuller[0], fuller[0])
        settled[form] = best
        source = Counter(one.source for one in forms[best]).most_common(1)[0][0]
        for mention in forms[form]:
            yield mention, source, f"{form} may be {best} (who is found {len(forms[best])}×)"


def _lookups(given: _Given) -> tuple[list[str], list[str]]:
    """Return under what fuller forms of given names are looked for, and under what this form is found."""
    first = given.parts[0] if given.parts else ""
    offered = {f"={given.letters}", first, first[:1]} | ({given.pieces[0]} if given.pieces else set())
    return [f"={given.letters}", first], sorted(offered)


def _given(name: Name) -> _Given:
    parts: list[str] = []
    pieces: list[str] = []
    for word in _WORDS.split(name.given):
        cut = [folded for piece in _HYPHENS.split(word) if (folded := fold(piece).replace(" ", ""))]
        pieces += cut
        parts += cut if all(len(piece) == 1 for piece in cut) else ["".join(cut)]
    return _Given(tuple(parts), tuple(pieces), "".join(pieces))


def _shortens(short: _Given, full: _Given) -> bool:
    """Say whether given names shorten others (J. or Jean for Jean Paul), or are another spelling of them."""
    if not short.parts or not full.parts:
        return False
    if short.letters == full.letters:
        return True
    return any(
        len(short.parts) <= len(parts)
        and all(
            part == whole or (len(part) == 1 and whole.startswith(part))
            for part, whole in zip(short.parts, parts, strict=False)
        )
        for parts in (full.parts, full.pieces)
        if parts is full.parts or all(len(part) == 1 for part in short.parts)
    )


def _one_person(forms: Sequence[_Given]) -> bool:
    """Say whether all the fuller forms can be one person, so that the short one is not ambiguous."""
    return all(_shortens(other, forms[0]) for other in forms[1:])


RULES = (one_person_several_names,)
