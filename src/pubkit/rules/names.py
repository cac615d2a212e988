"""N0xx: name lists: spacing, separators, "et al.", capitals, initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from pubkit.diagnostics import Severity
from pubkit.model.entry import Entry
from pubkit.model.names import name_problems, split_names
from pubkit.rules.base import Finding, odd_name_lists, rule
from pubkit.rules.name_parts import PARTICLES
from pubkit.rules.spans import plain_spans, replace_plain
from pubkit.rules.traits import ODD_NAMES

_INITIALS_TOGETHER = re.compile(r"(?<![^\W_])([^\W\d_]\.)(?=[^\W\d_])")
_COMMA = re.compile(r" ?, ?")
# "and others" in the lists of other languages and in prose.
_ET_AL = re.compile(
    r"(?:^|[\s,]+)(?:et\.?\s*al(?:ii|iae|ia)?\b\.?|u\.\s?a\.|и\s+др\.?|та\s+ін\.?|他|ほか|等|y\s+otros|e\s+outros|et\s+autres)$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?|[^\W\d_]['’][^\W\d_]+")
_SUFFIX = re.compile(r"II|III|IV")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_LONGEST_ET_AL = 24  # characters, so that looking for it costs the same in a name of any length

# Rules look at each name of a list, and people stand in many lists.
_REMEMBERED = 8192


@rule("N001", "name-spacing", "Names are spaced as `Family, J. R.`.", safe=True, when=ODD_NAMES)
def name_spacing(entry: Entry) -> Iterable[Finding]:
    """`Tolkien,J.R.R.` becomes `Tolkien, J. R. R.`.

    BibTeX takes `J.R.R.` for one name, and a style that shortens names keeps only its first letter. Stray
    commas and semicolons at the end of a name go too. What stands in braces is left alone.
    """
    for field in odd_name_lists(entry):
        names = split_names(entry.fields[field])
        spaced = [name for name in map(_spaced, names) if name]
        if spaced != names and spaced:
            repair = {field: " and ".join(spaced)}
            yield Finding("odd spacing in a name list", field, repair, severity=Severity.INFO)


@rule("N002", "et-al", "“et al.” in a name list becomes “and others”.", safe=True, when=ODD_NAMES)
def et_al(entry: Entry) -> Iterable[Finding]:
    """`Wu, T. et al.` becomes `Wu, T. and others`, which each style prints in its own words.

    The same goes for its counterparts in other languages (`u. a.`, `и др.`, `等`).
    """
    for field in odd_name_lists(entry):
        names = split_names(entry.fields[field])
        if not names or names[-1] == "others":
            continue
        match = _ET_AL.search(names[-1], max(len(names[-1]) - _LONGEST_ET_AL, 0))
        if match is None or not _ends_plain(names[-1]):
            continue
        rest = [name for name in (*names[:-1], names[-1][: match.start()].strip(" ,;")) if name]
        if rest:
            value = " and ".join([*rest, "others"])
            yield Finding("“et al.” in a name list", field, {field: value}, severity=Severity.INFO)


@rule("N003", "name-in-capitals", "A name in capitals throughout gets small letters.", when=ODD_NAMES)
def name_in_capitals(entry: Entry) -> Iterable[Finding]:
    """`SMITH, JOHN` becomes `Smith, John`, and `DE LA CRUZ, ANA` becomes `de la Cruz, Ana`.

    Which letters were capitals (McDonald, van Dyke) cannot be known, so the repair is done only when asked
    for.
    """
    return _rewritten(entry, _recased, "a name in capitals throughout", Severity.WARNING)


@rule(
    "N004",
    "initials-without-periods",
    "Initials as in `Smith AB` are written `Smith, A. B.`.",
    when=ODD_NAMES,
)
def initials_without_periods(entry: Entry) -> Iterable[Finding]:
    """`Smith AB` becomes `Smith, A. B.`: BibTeX would take AB for the family name.

    This is the form of PubMed and the Vancouver style. Some family names look like initials (Wu, Ng, Li), so
    the repair is done only when asked for.
    """
    return _rewritten(entry, _spelled_initials, "initials without periods", Severity.WARNING)


@rule("N005", "name-separator", "Names in a list are separated by “and”.", safe=True, when=ODD_NAMES)
def name_separator(entry: Entry) -> Iterable[Finding]:
    """`Wu, T.; Ong, I.` becomes `Wu, T. and Ong, I.`.

    A semicolon belongs to no name, and a comma before “and” ends a list of full names, so these repairs are
    certain. A list such as `A. Wu, B. Ong, C. Lee` is rewritten only when asked for, since a comma may also
    stand between a family name and a given name.
    """
    for field in odd_name_lists(entry):
        value = entry.fields[field]
        names = split_names(value)
        split = [part.strip() for name in names for part in _split_plain(name, ";") if part.strip(" ,;")]
        if len(split) > len(names):
            repair = {field: " and ".join(split)}
            yield Finding("names separated by semicolons", field, repair, severity=Severity.INFO, safe=True)
        elif several := _comma_list(names):
            repair = {field: " and ".join(several)}
            hint = "names are separated by “and”"
            certain = any(name.endswith(",") for name in names)
            yield Finding("names separated by commas", field, repair, hint=hint, safe=certain)


@rule(
    "N006",
    "name-debris",
    "A name holds no digits, e-mail addresses or footnote marks.",
    repairs=False,
    when=ODD_NAMES,
)
def name_debris(entry: Entry) -> Iterable[Finding]:
    """`Tianhao Wu1*` carries marks of affiliation that were copied with the name. Reported only."""
    for field in odd_name_lists(entry):
        for name in split_names(entry.fields[field]):
            text = "".join(name[start:end] for start, end in plain_spans(name))
            if re.search(r"[0-9@*†‡§#]", text) and "=" not in text:
                yield Finding(f"digits or marks in the name “{name}”", field, hint="remove what is no name")
                break


@rule("N007", "unreadable-name", "Every name can be read by BibTeX's grammar.", repairs=False, when=ODD_NAMES)
def unreadable_name(entry: Entry) -> Iterable[Finding]:
    r"""`Kim, J., Lee, S., Park, M.` has too many commas: BibTeX reads one odd name where three are meant.

    Also unmatched braces, macros around a name, and control words that swallow the blank behind them.
    Reported only.
    """
    for field in odd_name_lists(entry):
        for problem in name_problems(entry.fields[field]):
            yield Finding(problem, field)


def _rewritten(
    entry: Entry, change: Callable[[str], str], message: str, severity: Severity
) -> Iterable[Finding]:
    """Yield a finding for each name list in which `change` changes a name."""
    for field in odd_name_lists(entry):
        names = split_names(entry.fields[field])
        changed = [name if name == "others" else change(name) for name in names]
        if changed != names:
            yield Finding(message, field, {field: " and ".join(changed)}, severity=severity)


@lru_cache(maxsize=_REMEMBERED)
def _spaced(name: str) -> str:
    if "=" in name:  # biblatex's family=…, given=… form has a grammar of its own
        return name
    spaced = " ".join(name.split())
    spaced = replace_plain(spaced, lambda text: _INITIALS_TOGETHER.sub(r"\1 ", _COMMA.sub(", ", text)))
    spaced = spaced.lstrip(" ,;")
    return spaced.rstrip(" ,;") if _ends_plain(spaced) else spaced


def _ends_plain(name: str) -> bool:
    """Say whether a name's last character stands outside braces and macros."""
    spans = plain_spans(name)
    return bool(spans) and spans[-1][1] == len(name)


@lru_cache(maxsize=_REMEMBERED)
def _recased(name: str) -> str:
    spans = plain_spans(name)
    words = [word for start, end in spans for word in re.findall(r"[^\W\d_]+", name[start:end])]
    long = [word for word in words if len(word) > 2]
    if len(words) < 2 or not long or not all(word.isupper() for word in words):
        return name
    return replace_plain(name, lambda text: _CAPITALS.sub(_small, text))


def _small(found: re.Match[str]) -> str:
    """Return a word in capitals as names are written: DE → de, MCDONALD → McDonald, OBRIEN → Obrien."""
    word = found[0]
    if word.lower() in PARTICLES or _SUFFIX.fullmatch(word):
        return word if _SUFFIX.fullmatch(word) else word.lower()
    if word.startswith("MC") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.title().replace("'S", "'s")


@lru_cache(maxsize=_REMEMBERED)
def _spelled_initials(name: str) -> str:
    family, _, initials = name.rpartition(" ")
    family = family.removesuffix(",").rstrip()
    if not _INITIALS.fullmatch(initials) or not initials.isupper() or not any(map(str.islower, family)):
        return name
    if set(family) & set("=.,") or plain_spans(name) != [(0, len(name))]:
        return name
    return f"{family}, {' '.join(letter + '.' for letter in initials)}"


def _comma_list(names: list[str]) -> list[str]:
    """Return the names of a list such as `A. Wu, B. Ong, and C. Lee`; nothing where it is no such list.

    The list must be one "name" of several full ones, or hold a comma before "and".
    """
    if len(names) > 1 and not any(name.endswith(",") for name in names[:-1]):
        return []
    parts = [part.strip() for name in names for part in _split_plain(name.rstrip(", "), ",")]
    if parts and parts[-1].startswith(("& ", r"\& ")):
        parts[-1] = parts[-1].partition(" ")[2].strip()
    complete = all(len(part.split()) > 1 or part == "others" for part in parts)
    return parts if len(parts) > 2 and complete else []


def _split_plain(value: str, separator: str) -> list[str]:
    """Split at a separator that stands outside braces and macros."""
    if separator not in value:
        return [value]
    cuts = [
        at for start, end in plain_spans(value) for at in range(start, end) if value.startswith(separator, at)
    ]
    starts = [0, *(cut + 1 for cut in cuts)]
    return [value[start:cut] for start, cut in zip(starts, [*cuts, len(value)], strict=True)]


RULES = (
    name_separator,
    et_al,
    name_spacing,
    name_in_capitals,
    initials_without_periods,
    name_debris,
    unreadable_name,
)
