"""Lists with known duplicates, made up: publications given to several sources that each write them their way.

The kinds of list are those that people de-duplicate: a systematic review from medical databases, a bibliography
beside what a web search found, references cut out of papers, a journal's archive with its editorials.
"""

# ruff: noqa: E501  # facts are easier to compare unbroken

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.publications import Corpus, Publication, publications

Row = dict[str, str]


@dataclass(frozen=True)
class Source:
    """How a source writes its records; shares say how often.

    Attributes:
        names: How names look: "Family, I. I.", "Family I", "Given Family", "I Given Family".
        separator: What stands between names.
        venue: Which of full name, abbreviation, acronym.
        missing: Field → how often it is missing.
        typo: How often a title has a slip of the pen.
        cut: How often a title ends early.
        few_names: How often only some of the authors are named.
        loud: How often titles are in capitals.
        short_pages: Whether the last page is abbreviated.
        lower: Whether all is in lower case, with what stands around it in a reference.
    """

    names: str
    separator: str = " and "
    venue: tuple[int, ...] = (0,)
    missing: tuple[tuple[str, float], ...] = ()
    typo: float = 0.03
    cut: float = 0.0
    few_names: float = 0.03
    loud: float = 0.0
    short_pages: bool = False
    lower: bool = False
    notes: tuple[str, ...] = ()
    untyped: bool = False


_NO_PLACE = (("volume", 1.0), ("number", 1.0), ("pages", 1.0), ("doi", 1.0))
_FEW = (
    ("volume", 0.04),
    ("number", 0.12),
    ("pages", 0.06),
    ("authors", 0.02),
    ("venue", 0.02),
    ("year", 0.01),
)
REVIEW = (
    Source("{f}, {i}", venue=(1, 0), missing=(*_FEW, ("doi", 0.3)), short_pages=True, notes=(".",)),
    Source("{f}, {i.}", venue=(0,), missing=(*_FEW, ("doi", 0.6)), notes=("", " [Chinese]", " [see comment]")),
    Source("{f}, {i. }", venue=(0, 1), missing=(*_FEW, ("doi", 1.0)), loud=0.1),
    Source("{f} {i}", venue=(1,), missing=(*_FEW, ("doi", 1.0), ("number", 0.5)), few_names=0.2),
    Source("{f}, {g}", venue=(0,), missing=(*_FEW, ("doi", 0.5)), typo=0.05),
    Source("{f}, {i.}", venue=(0, 1), missing=(("volume", 0.5), ("number", 0.6), ("pages", 0.5), ("venue", 0.3),
           ("authors", 0.2), ("doi", 1.0), ("year", 0.05))),
)  # fmt: skip
WEB = (
    Source("{g} {f}", ", ", venue=(2, 1), missing=_NO_PLACE, untyped=True),
    Source("{g} {f}", ", ", venue=(0, 1), missing=_NO_PLACE, untyped=True, typo=0.05),
    Source("{i} {f}", ", ", venue=(0, 1, 2), missing=(*_NO_PLACE, ("venue", 0.3), ("year", 0.45), ("authors", 0.03)),
           typo=0.08, cut=0.12, few_names=0.2, untyped=True),
)  # fmt: skip
REFERENCES = (
    Source("{i. } {f}", ", ", venue=(0, 1, 2), missing=(("number", 0.8), ("doi", 1.0), ("pages", 0.4), ("volume", 0.4),
           ("venue", 0.1), ("year", 0.05)), lower=True, typo=0.1, few_names=0.08, untyped=True),
    Source("{g} {f}", ", ", venue=(0, 1, 2), missing=(("number", 0.8), ("doi", 1.0), ("pages", 0.5), ("volume", 0.5),
           ("venue", 0.1), ("year", 0.1)), lower=True, typo=0.1, untyped=True),
    Source("{f}, {i.}", ", ", venue=(0, 1, 2), missing=(("number", 0.7), ("doi", 1.0), ("pages", 0.3), ("volume", 0.3)),
           lower=True, typo=0.1, untyped=True),
)  # fmt: skip
ARCHIVE = (
    Source("{f}, {g}", venue=(0,), missing=(("doi", 0.1), ("number", 0.05), ("pages", 0.05), ("authors", 0.03))),
    Source("{g} {f}", venue=(1, 0), missing=(("doi", 0.5), ("pages", 0.05))),
    Source("{f}, {g}", venue=(0, 2), missing=(("doi", 0.7), ("volume", 0.8), ("number", 0.9), ("pages", 0.8), ("venue", 0.5),
           ("year", 0.4), ("authors", 0.08)), typo=0.12, cut=0.05, few_names=0.2, loud=0.15),
    Source("{f}, {i.}", venue=(0,), missing=(("doi", 0.8), ("pages", 0.2), ("number", 0.3), ("volume", 0.1))),
)  # fmt: skip
#: Kind of list → its sources, the share of journal articles, how many copies a publication has.
KINDS: dict[str, tuple[tuple[Source, ...], float, tuple[int, ...]]] = {
    "review": (REVIEW, 0.97, (1, 1, 1, 2, 3)),
    "web": (WEB, 0.4, (1, 2, 2, 3)),
    "references": (REFERENCES, 0.4, (1, 2, 4, 8)),
    "archive": (ARCHIVE, 0.7, (1, 1, 2, 3)),
}


def made_up(kind: str, source: Corpus, *, works: int = 2500, seed: int = 1) -> list[Row]:
    """Return the rows of a list of some kind, with `dup_id` and `work_id`.

    Args:
        kind: One of `KINDS`.
        source: Titles and names.
        works: How many works it is about.
        seed: The same seed makes the same list.
    """
    rng = random.Random(f"{kind} {seed}")
    sources, journals, copies = KINDS[kind]
    rows: list[Row] = []
    for number, what in enumerate(publications(source, rng, works, journals=journals)):
        for _ in range(rng.choice(copies)):
            row = written(what, rng.choice(sources), rng)
            rows.append(row | {"id": str(len(rows)), "dup_id": str(number), "work_id": f"w{number}"})
    rng.shuffle(rows)
    return rows


def written(what: Publication, how: Source, rng: random.Random) -> Row:
    """Return a publication as a source writes it."""
    missing = {name for name, share in how.missing if rng.random() < share}
    title = what.title
    if rng.random() < how.typo:
        title = _slip(title, rng)
    words = title.split()
    if len(words) > 6 and rng.random() < how.cut:
        title = " ".join(words[: rng.randrange(4, len(words))]) + rng.choice(("", "...", " …"))
    if rng.random() < how.loud:
        title = title.upper()
    title += rng.choice(how.notes) if how.notes else ""
    authors = list(what.authors)
    others = False
    if len(authors) > 1 and rng.random() < how.few_names:
        authors = authors[: rng.randrange(1, len(authors))]
        others = rng.random() < 0.5
    names = [_name(given, family, how.names, rng) for given, family in authors]
    names += ["others"] if others and how.separator == " and " else []
    venue = what.venue[rng.choice(how.venue)] or what.venue[0]
    if what.kind == "inproceedings" and rng.random() < 0.4:
        venue = rng.choice(
            (f"Proceedings of the {venue}", f"Proc. {venue}", f"{venue} {what.year}", f"in {venue}")
        )
    last = str(what.last)
    if how.short_pages and len(last) > 2 and str(what.first)[0] == last[0]:
        last = last[1:]
    pages = f"{what.first}-{last}" if what.last != what.first or rng.random() < 0.5 else str(what.first)
    pages = f"S{what.first}" if what.supplement and rng.random() < 0.3 else pages
    if rng.random() < 0.03:  # before it was in an issue
        pages = f"1-{what.last - what.first + 1}" if rng.random() < 0.7 else str(rng.randrange(1, 3000))
        missing |= {"number"} if rng.random() < 0.4 else set()
        what = replace(what, number=what.number % 12 + 1 if rng.random() < 0.5 else what.number)
    year = what.year + (rng.choice((-1, 1)) if rng.random() < 0.02 else 0)
    row = {
        "type": "" if how.untyped else what.kind,
        "title": title,
        "author": "" if "authors" in missing else how.separator.join(names),
        "year": "" if "year" in missing else str(year),
        "venue": "" if "venue" in missing else venue,
        "volume": "" if "volume" in missing or not what.volume else str(what.volume),
        "number": "" if "number" in missing or not what.number else str(what.number),
        "pages": "" if "pages" in missing else pages,
        "doi": "" if "doi" in missing else what.doi,
        "abstract": "",
        "source": "",
    }
    if how.lower:
        row |= {name: row[name].lower() for name in ("title", "author", "venue")}
        row["title"] += rng.choice((".", ",", ""))
    return row


def _name(given: str, family: str, form: str, rng: random.Random) -> str:
    if rng.random() < 0.01 and len(family) > 4:
        family = _slip(family, rng)
    initials = [word[0] for word in given.replace("-", " ").split() if word] or [""]
    if len(initials) > 1 and rng.random() < 0.15:
        initials = initials[:1]
    parts = {
        "{f}": family,
        "{g}": given,
        "{i}": "".join(initials),
        "{i.}": " ".join(f"{i}." for i in initials),
    }
    parts["{i. }"] = parts["{i.}"]
    for sign, text in parts.items():
        form = form.replace(sign, text)
    return form.strip(" ,")


def _slip(text: str, rng: random.Random) -> str:
    """Return a text with a letter lost, doubled, changed, or two swapped; or a word or hyphen lost."""
    at = rng.randrange(max(len(text) - 1, 1))
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 1] + text[at:],
            text[:at] + rng.choice("aeinorst") + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            text.replace("-", " ", 1) if "-" in text else text.replace(" ", "", 1),
            text.replace("the ", "", 1).replace("for ", "of ", 1),
        )
    )
