"""N01x: the parts of a name: suffixes, particles, corporate names, titles, numbers of homonyms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from pubkit.diagnostics import Severity
from pubkit.markup.words import words
from pubkit.model.entry import Entry
from pubkit.model.names import parse_name, split_names
from pubkit.rules.base import Finding, fields_of, odd_name_lists, rule
from pubkit.rules.traits import ODD_NAMES

_NAME_LISTS = frozenset({"name-list"})
_MARKED = re.compile(r"[{}\\$~=]")
_JUNIOR = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?")
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr)\.?|II|III|IV|VI|VII|VIII")
_LAST_SUFFIX = re.compile(rf"(.*\S) ({_SUFFIX.pattern})")
_HOMONYM = re.compile(r"(?<=[^\W\d_]) 0[0-9]{3}(?=$|,)")
_DEGREE = re.compile(
    r"(?:Ph\.?\s?D|M\.?\s?D|D\.?\s?Phil|M\.?\s?Sc|B\.?\s?Sc|M\.?\s?A|M\.?\s?P\.?\s?H|R\.?\s?N|Dr\.?\s?(?:med|rer\.\s?nat))\.?",
)
_TITLE = re.compile(
    r"(?:(?:Prof|Professor|Dr|Doctor|Mr|Mrs|Ms)\b\.?(?:\s?(?:-Ing|rer\.\s?nat|med|phil|habil|h\.\s?c)\b\.?)*\s*)+(?=[^\W\d_])"
)
# PhD, M.Sc. and D.Phil. are nobody's initials.
_WORD_OF_DEGREE = re.compile(r"[a-z]")
_INITIAL = re.compile(r"(?:^|[\s-])[^\W\d_]\.")
PARTICLES = words(
    """
    von van de der den del della di da dos das do du la le lo ter ten te zu zur zum af av al el bin ibn
    vom und y e 't 's
    """
)
_ORGANISATIONS = words(
    """
    organization organisation university universität université universidad universidade università
    institute institut instituto istituto consortium collaboration committee commission council
    association society foundation ministry department agency corporation laboratory laboratories
    federation initiative authority administration nations gmbh inc inc. ltd ltd. llc investigators
    contributors developers team collaborators verein gesellschaft stiftung
    """
)
# These are family names too: they count only in a longer name.
_SOMETIMES = words(
    """
    center centre bureau group union academy company network project working office secretariat study
    board bank parliament government
    """
)
_HINTS = _ORGANISATIONS | _SOMETIMES


@rule("N010", "name-suffix", "A suffix such as Jr. stands in its own place.", safe=True, when=ODD_NAMES)
def name_suffix(entry: Entry) -> Iterable[Finding]:
    """`Martin Luther King, Jr.` becomes `King, Jr., Martin Luther`.

    BibTeX takes what stands behind the only comma for the given name, and the last word for the family name,
    so this person would be listed as `Jr. M. L. King`, and `Sammy Davis Jr.` under J. A Roman number at the
    end of a name without commas (`John Paul II`) may belong to a ruler: that is changed only when asked for.
    """
    for field in odd_name_lists(entry):
        names = split_names(entry.fields[field])
        read = [_with_suffix(name) for name in names]
        sure = [new if certain else name for (new, certain), name in zip(read, names, strict=True)]
        wanted = sure if sure != names else [new for new, _ in read]
        if wanted != names:
            repair = {field: " and ".join(wanted)}
            message = "a suffix in the place of a name"
            yield Finding(message, field, repair, severity=Severity.INFO, safe=wanted is sure)


@rule("N011", "name-particle", "A particle stands before the family name.", when=ODD_NAMES)
def name_particle(entry: Entry) -> Iterable[Finding]:
    """`Cruz, Juan de la` becomes `de la Cruz, Juan`, and `Humboldt, Alexander von` `von Humboldt, Alexander`.

    BibTeX would shorten the particle with the given names, to `J. d. l. Cruz`. Some people do count the
    particle to their given names, so the repair is done only when asked for.
    """
    return _each_name(entry, _with_particle, "a particle behind the given names")


@rule("N012", "corporate-name", "The name of an organisation is in braces.", safe=True)
def corporate_name(entry: Entry) -> Iterable[Finding]:
    """`World Health Organization` becomes `{World Health Organization}`.

    BibTeX would take it for a person called W. H. Organization. It is certain where the list names nobody
    else, or the others as `Family, Given`; otherwise, and where an “and” may belong to the name (`National
    Institute of Standards and Technology`), it is done only when asked for.
    """
    for field in fields_of(entry, _NAME_LISTS):
        value = entry.fields[field]
        if _HINTS.isdisjoint(value.replace(",", " ").lower().split()):
            continue
        names = split_names(value)
        at = [number for number, name in enumerate(names) if _is_organisation(name)]
        if not at:
            continue
        braced = [_in_braces(name) if number in at else name for number, name in enumerate(names)]
        certain = all(
            "," in name or name.startswith("{") or name == "others" or number in at or _is_acronym(name)
            for number, name in enumerate(names)
        ) and not any("," in names[number] for number in at)
        if not certain and (joined := _joined(names, at)):
            braced = joined
        repair = {field: " and ".join(braced)}
        hint = "braces keep a name together"
        yield Finding("an organisation that reads as a person", field, repair, hint=hint, safe=certain)


@rule("N013", "academic-title", "A name carries no title or degree.", when=ODD_NAMES)
def academic_title(entry: Entry) -> Iterable[Finding]:
    """`Prof. Dr. Anna Schmidt` becomes `Anna Schmidt`, and `Smith, John, PhD` becomes `Smith, John`.

    BibTeX takes the title for a given name. Done only when asked for. `Smith, M. A.` has initials, and no
    degree.
    """
    return _each_name(entry, _without_title, "a title or degree in a name")


@rule("N014", "homonym-number", "A name carries no number of a homonym.", safe=True, when=ODD_NAMES)
def homonym_number(entry: Entry) -> Iterable[Finding]:
    """`Wei Wang 0001` becomes `Wei Wang`.

    DBLP numbers people of one name; the number would be printed, and taken for the family name.
    """
    return _each_name(
        entry, lambda name: _HOMONYM.sub("", name), "a number of DBLP in a name", severity=Severity.INFO
    )


def _each_name(
    entry: Entry, change: Callable[[str], str], message: str, *, severity: Severity = Severity.WARNING
) -> Iterable[Finding]:
    """Yield a finding for each list in which `change` changes a name that has no markup."""
    for field in odd_name_lists(entry):
        names = split_names(entry.fields[field])
        changed = [name if _MARKED.search(name) or name == "others" else change(name) for name in names]
        if changed != names:
            yield Finding(message, field, {field: " and ".join(changed)}, severity=severity)


def _with_suffix(name: str) -> tuple[str, bool]:
    """Return a name with its suffix in the second place, and whether that is certain."""
    if _MARKED.search(name):
        return name, True
    parts = [part.strip() for part in name.split(",")]
    certain = True
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]) and not _SUFFIX.fullmatch(parts[1]) and parts[1]:
        return f"{parts[0]}, {parts[2]}, {parts[1]}", True
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        whole, suffix = parts
    elif len(parts) == 2 and (found := _LAST_SUFFIX.fullmatch(parts[0])) and parts[1]:
        return f"{found[1]}, {found[2]}, {parts[1]}", True
    elif len(parts) == 1 and (found := _LAST_SUFFIX.fullmatch(name)):
        whole, suffix = found.groups()
        certain = _JUNIOR.fullmatch(suffix) is not None
    else:
        return name, True
    read = parse_name(whole)
    if not read.given or not read.family:
        return name, True
    return f"{read.full_family}, {suffix}, {read.given}", certain


def _with_particle(name: str) -> str:
    family, comma, given = name.partition(",")
    parts = given.split()
    at = len(parts)
    while at and parts[at - 1] in PARTICLES:
        at -= 1
    if not comma or "," in given or at in (0, len(parts)) or not family[:1].isupper():
        return name
    return f"{' '.join(parts[at:])} {family.strip()}, {' '.join(parts[:at])}"


def _is_organisation(name: str) -> bool:
    """Say whether a name without markup is that of an organisation."""
    if _MARKED.search(name) or _INITIAL.search(name):
        return False
    parts = name.replace(",", " ").lower().split()
    if len(parts) < 2 or not parts[0][:1].isalpha():
        return False
    known = any(part in _ORGANISATIONS for part in parts)
    return known or (len(parts) > 2 and any(part in _SOMETIMES for part in parts))


def _is_acronym(name: str) -> bool:
    """Say whether a name is one word in capitals: UNICEF, IEEE."""
    return len(name) > 2 and name.isalpha() and name.isupper()


def _in_braces(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{{{given.strip()} {family.strip()}}}" if comma and given.strip() else f"{{{name}}}"


def _joined(names: Sequence[str], at: Sequence[int]) -> list[str]:
    """Return the list with an organisation joined to the lone word behind it; nothing where there is none."""
    made: list[str] = []
    number = 0
    joined = False
    while number < len(names):
        name = names[number]
        following = names[number + 1] if number + 1 < len(names) else ""
        lone = following and " " not in following and "," not in following and following != "others"
        if number in at and lone and not _MARKED.search(following) and not _is_acronym(following):
            made.append(f"{{{name} and {following}}}")
            number, joined = number + 2, True
        else:
            made.append(_in_braces(name) if number in at else name)
            number += 1
    return made if joined else []


def _without_title(name: str) -> str:
    parts = [part.strip() for part in name.split(",")]
    while len(parts) > 1 and _DEGREE.fullmatch(parts[-1]) and not _is_given(parts):
        parts.pop()
    parts = [_TITLE.sub("", part) if _TITLE.match(part) else part for part in parts]
    parts = [part for part in parts if part]
    return ", ".join(parts) if len(parts) > 1 else (parts[0] if parts else name)


def _is_given(parts: Sequence[str]) -> bool:
    """Say whether the last part of a name is where its given names stand, and may be initials."""
    behind_family = len(parts) == 2 or (len(parts) == 3 and _SUFFIX.fullmatch(parts[1]))
    return bool(behind_family) and not _WORD_OF_DEGREE.search(parts[-1])


RULES = (homonym_number, academic_title, name_suffix, corporate_name, name_particle)
