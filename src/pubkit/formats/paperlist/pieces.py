"""Where an entry can go from one field to the next: punctuation, line breaks and changes of mark-up."""

from __future__ import annotations

import re

from pubkit.formats.paperlist import people
from pubkit.formats.paperlist.blocks import Mark
from pubkit.formats.paperlist.build import NO_MARKS
from pubkit.formats.paperlist.entries import Item
from pubkit.formats.paperlist.people import UPPER
from pubkit.formats.paperlist.places import COUNTRIES
from pubkit.formats.paperlist.shapes import QUOTED

#: Mark-up that says nothing about fields.
QUIET: frozenset[Mark] = frozenset(("small", "sup"))
LONG = 3  # spaces in a stretch of mark-up or quotation marks that is a whole field
# Emphasis of more than this share of an entry is that of the whole.
MOST_SET_ALIKE = 0.8
_SEPARATOR = re.compile(
    r"(?P<line>\s*\n\s*)"
    r"|(?P<stop>[.?!。](?:[\"”’'»],?|[*†‡§#✉]{1,3})?\s+(?=\S)|[.。]$|．(?=\S))"
    r"|(?P<gost>\s+//\s*|(?<=[^\W\d])//\s*)"
    r"|(?P<comma>[,，、]\s+(?=\S)|[，、])"
    r"|(?P<semi>[;；]\s*)"
    rf"|(?P<colon>:\s+(?=[{UPPER}\"“\u3040-\u9fff])|(?<=[\u3040-\u9fff])[:：](?=[\u3040-\u9fff]))"
    r"|(?P<dash>\s+[-–—|·•/]+\s+|\s*[|]\s*| {2,})"
    r"|(?P<bracket>\s+(?=\([^()]{0,60}(?i:press|verlag|publish|springer|wiley|routledge|éditions"
    r"|ediciones)[^()]{0,20}(?:\d{4}|$)))"
    r"|(?P<open>\s+(?=[\"“„«「『\[]))"
    r"|(?P<close>(?<=[\"”“»」』]),?\s+)"
)
_ABBREVIATION = re.compile(
    rf"(?:^|[\s(\[-])(?:(?-i:[{UPPER}][a-z]{{0,3}})|vs|no|vol|pp?|eds?|et al|cf|al|resp|approx|st"
    r"|proc|conf|int|intl|univ"
    r"|symp|trans|dept|ph\.?d|i\.e|e\.g|[A-ZÀ-Þ]\.[A-ZÀ-Þ])$",
    re.IGNORECASE,
)
# Capitalised words behind a boundary; two of them dotted are a journal, "Earth Planet. Sci. Lett.".
_RUN = re.compile(
    r"(?:(?<=[.,?!;:] )|(?<=[\"”»] ))(?:(?:J\.|[A-ZÀ-Þ][\w-]{1,12}(?:\.,?)?|&|and"
    r"|of|ePrint) ){1,6}[A-ZÀ-Þ](?:[\w-]{1,12}\.?)?(?!\w)"
)
_JOURNAL_LEAD = re.compile(r"(?<=[a-z]{4}\. )(?:Proc\.|J\.|Trans\.|Ann\.|Bull\.|Int\.|IEEE |ACM )")
_INITIAL_BEFORE = re.compile(rf"(?:^|[\s.-])[{UPPER}]\.\s$")
_DOTTED = re.compile(r"\w\w\.,? .*\w\w\.")
_INITIAL = re.compile(rf"(?:^|[\s.\-(])[{UPPER}]$")
# "…, Berg K. Effects of": initials behind a family name end a name, and may end the names.
_FAMILY_FIRST = re.compile(
    rf"(?:^|[,;&/] ?|\b(?:and|und|et|y|en|e"
    rf"|и) )(?:[a-z]{{1,3}} )?[{UPPER}][\w'’-]+,? (?:[{UPPER}]\.[ -]?){{0,3}}[{UPPER}]{{1,3}}$"
)
# "…, C. Lamb. Proofs of": a short family name behind initials ends the names, and is no abbreviation.
# "A. Okafor, Bo Lindqvist, and Feng Li. On": the last of several names.
_NAMED_LAST = re.compile(rf"\b(?:and|und|et|y|e|&) [{UPPER}][\w'’-]+ [{UPPER}][a-z]{{1,3}}$")
_GIVEN_FIRST = re.compile(rf"(?:^|[,;&] |\band )(?:[{UPPER}]\.[ -]?)+[{UPPER}][\w'’-]+$")


def pieces_of(
    item: Item, start: int, end: int, boundary: str, labelled: tuple[int, ...] = ()
) -> list[tuple[int, int, str]]:
    """Cut a stretch at punctuation and changes of mark-up; leave out what holds no letter."""
    text = item.text
    edges: list[tuple[int, int, str]] = []  # a boundary's start, end, kind
    quoted = [(match.start(), match.end()) for match in QUOTED.finditer(text, start, end)]
    whole = [*quoted, *_journals(text, start, end)]
    # A full stop within emphasis that is not all of the entry ends no field: "*A Title. A Subtitle.* Place".
    set_alike = [
        (first, last)
        for first, last, marks, _ in item.runs
        if marks - QUIET
        and text.count(" ", first, last) >= LONG
        and last - first < len(text) * MOST_SET_ALIKE
    ]
    for match in _SEPARATOR.finditer(text, start, end):
        kind = match.lastgroup or "comma"
        if any(first < match.start() and match.end() < last for first, last in whole):
            continue
        if any(first < match.start() and match.end() < last for first, last in set_alike):
            if kind == "stop":
                edges.append((match.start() + 1, match.end(), "label"))
                continue
            if kind in ("colon", "dash"):
                edges.append((match.start(), match.end(), "inside"))
                continue
        if kind == "stop" and "\n" in match[0]:
            edges.append((match.start() + 1, match.end(), "line"))
            continue
        if (
            kind == "stop"
            and match[0][0] == "."
            and _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start()])
        ):
            before = text[max(start, match.start() - 40) : match.start()]
            if _GIVEN_FIRST.search(before) or (
                _NAMED_LAST.search(before) and people.is_list(text[start : match.start()])
            ):
                edges.append((match.start() + 1, match.end(), "stop"))
                continue
            initial = _INITIAL.search(text[max(start, match.start() - 3) : match.start()])
            if initial and not _FAMILY_FIRST.search(text[max(start, match.start() - 30) : match.start()]):
                continue
            kind = "abbr"
        first = match.start() + (kind in ("stop", "abbr") and match[0][0] in ".?!。")
        edges.append(
            (first, match.end(), {"open": "mark", "bracket": "mark", "close": "mark"}.get(kind, kind))
        )
    before_end, before_marks = -1, NO_MARKS
    for run_start, run_end, marks, _ in item.runs:
        if marks:
            # Two stretches set alike, with nothing but punctuation between them, are two fields.
            apart = (
                before_end >= 0
                and marks == before_marks
                and not any(map(str.isalnum, text[before_end:run_start]))
            )
            before_end, before_marks = run_end, marks
            # A long stretch set in one way is a field of its own: what follows it belongs to another one.
            ending = "closed" if marks - QUIET and text.count(" ", run_start, run_end) >= LONG else "mark"
            edges += [
                (edge, edge, kind)
                for edge, kind in ((run_start, "apart" if apart else "mark"), (run_end, ending))
                if start < edge < end and not any(first < edge < last for first, last in quoted)
            ]
    for first, last in quoted:
        closed = "closed" if text.count(" ", first, last) >= LONG else "mark"
        edges += [(first, first, "mark"), (last, last, closed)]
    edges += [(edge, edge, "label") for edge in labelled if start < edge < end]
    edges.sort()
    pieces: list[tuple[int, int, str]] = []
    at = start
    rank = (
        "inside",
        "label",
        "abbr",
        "comma",
        "colon",
        "semi",
        "stop",
        "dash",
        "mark",
        "apart",
        "closed",
        "atom",
        "gost",
        "date",
        "with",
        "line",
        "start",
    )
    for first, last, kind in [*edges, (end, end, "end")]:
        if first > at and any(character.isalnum() for character in text[at:first]):
            left = at + len(text[at:first]) - len(text[at:first].lstrip())
            right = at + len(text[at:first].rstrip())
            pieces.append((left, right, boundary))
            boundary = kind
        elif kind in rank and rank.index(kind) > rank.index(boundary if boundary in rank else "comma"):
            boundary = kind
        at = max(at, last)
    return pieces


def _journals(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where abbreviated journal names stand: "Earth Planet. Sci. Lett.", "J. Chem. Phys."."""
    found: list[tuple[int, int]] = []
    for match in _RUN.finditer(text, start, end):
        if _INITIAL_BEFORE.search(text[max(start, match.start() - 4) : match.start()]):
            continue  # "C. Lamb. Proofs": a name
        if match[0].startswith(("and ", "& ")) and _NAMED_LAST.match(match[0].partition(".")[0]):
            continue  # "and Feng Li. View Maintenance": the last of several
        if _DOTTED.search(match[0]):
            first = match.start()
            head, _, rest = match[0].partition(". ")
            if head.casefold() in COUNTRIES and _DOTTED.search(rest):
                first += len(head) + 2
            elif lead := _JOURNAL_LEAD.search(match[0]):
                first += lead.start()  # the end of a title stands before it
            found.append((first, match.end()))
    return found
