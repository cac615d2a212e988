"""Lists with known duplicates, made up: real titles and names, given to several sources that each write them their way.

The kinds of list are those that people de-duplicate: a systematic review from medical databases, a bibliography
beside what a web search found, references cut out of papers, a journal's archive with its editorials. Besides
copies they hold what is easily taken for a copy: a study with one word changed, the meeting abstract of a paper,
another text under the same short title, the editorial of the next issue.
"""

# ruff: noqa: E501  # facts are easier to compare unbroken

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from pubkit.api import read_string
from pubkit.text.fold import fold

Row = dict[str, str]

# Full name, abbreviation, acronym.
JOURNALS = (
    ("New England Journal of Medicine", "N Engl J Med", "NEJM"),
    ("Journal of the American Medical Association", "J Am Med Assoc", "JAMA"),
    ("American Journal of Respiratory and Critical Care Medicine", "Am J Respir Crit Care Med", ""),
    ("European Respiratory Journal", "Eur Respir J", ""),
    ("Journal of Allergy and Clinical Immunology", "J Allergy Clin Immunol", ""),
    ("Cochrane Database of Systematic Reviews", "Cochrane Database Syst Rev", ""),
    ("British Medical Journal", "Br Med J", "BMJ"),
    ("Acta Cytologica", "Acta Cytol", ""),
    ("Diabetes Care", "Diabetes Care", ""),
    ("Diabetologia", "Diabetologia", ""),
    ("American Journal of Physiology - Endocrinology and Metabolism", "Am J Physiol Endocrinol Metab", ""),
    ("Cancer Research", "Cancer Res", ""),
    ("Neuropsychopharmacology", "Neuropsychopharmacology", ""),
    ("Journal of Neuroscience", "J Neurosci", ""),
    ("Chinese Journal of Clinical Rehabilitation", "Chin J Clin Rehabil", ""),
    ("Zeitschrift für Kardiologie", "Z Kardiol", ""),
    ("MIS Quarterly", "MIS Q", "MISQ"),
    ("Information Systems Research", "Inf Syst Res", "ISR"),
    ("Journal of Management Information Systems", "J Manage Inf Syst", "JMIS"),
    ("European Journal of Information Systems", "Eur J Inf Syst", "EJIS"),
    ("ACM Transactions on Database Systems", "ACM Trans. Database Syst.", "TODS"),
    ("IEEE Transactions on Knowledge and Data Engineering", "IEEE Trans. Knowl. Data Eng.", "TKDE"),
    ("The VLDB Journal", "VLDB J.", "VLDB J"),
    ("SIGMOD Record", "SIGMOD Rec.", "SIGMOD Record"),
    ("Machine Learning", "Mach. Learn.", ""),
    ("Artificial Intelligence", "Artif. Intell.", "AIJ"),
    ("Communications of the ACM", "Commun. ACM", "CACM"),
)
MEETINGS = (
    ("International Conference on Very Large Data Bases", "Very Large Data Bases", "VLDB"),
    ("ACM SIGMOD International Conference on Management of Data", "SIGMOD Conf.", "SIGMOD"),
    ("International Conference on Machine Learning", "Int. Conf. Machine Learning", "ICML"),
    ("National Conference on Artificial Intelligence", "Nat. Conf. Artif. Intell.", "AAAI"),
    ("International Conference on Data Engineering", "Int. Conf. Data Eng.", "ICDE"),
    ("International Conference on Information Systems", "Int. Conf. Inf. Syst.", "ICIS"),
    ("Americas Conference on Information Systems", "Americas Conf. Inf. Syst.", "AMCIS"),
    ("Annual Conference on Computational Learning Theory", "Comp. Learning Theory", "COLT"),
    ("Symposium on the Foundations of Computer Science", "Found. Comp. Sci.", "FOCS"),
    ("Neural Information Processing Systems", "Neural Inf. Proc. Syst.", "NIPS"),
)
CONGRESSES = (
    "Annual Meeting of the American Thoracic Society",
    "European Congress of Immunology Berlin Germany",
    "Congress of the European Respiratory Society",
    "Annual Scientific Sessions of the American Diabetes Association",
)
GENERIC = (
    *("Editorial", "Editor's Comments", "Guest Editorial", "Introduction to the Special Issue", "Preface"),
    *("Book Review", "Message from the Editors", "From the Editor", "Foreword", "Letter to the Editor"),
)
#: Words that tell two studies of one series apart.
OPPOSITES = (
    *(
        ("adults", "children"),
        ("adult", "pediatric"),
        ("male", "female"),
        ("mice", "rats"),
        ("acute", "chronic"),
    ),
    *(("early", "late"), ("local", "global"), ("type 1", "type 2"), ("supervised", "unsupervised")),
    *(("high", "low"), ("positive", "negative"), ("static", "dynamic"), ("resistant", "sensitive")),
)


@dataclass(frozen=True)
class Publication:
    """A publication as it really is."""

    title: str
    authors: tuple[tuple[str, str], ...]
    year: int
    venue: tuple[str, str, str]
    kind: str
    volume: int
    number: int
    first: int
    last: int
    doi: str
    work: int
    supplement: bool = False


@dataclass
class Corpus:
    """Titles and names to draw from."""

    titles: list[tuple[str, tuple[tuple[str, str], ...], int]]
    words: list[str] = field(default_factory=list)


def corpus(path: Path) -> Corpus:
    """Read titles with their authors from a `.bib` file."""
    found: dict[str, tuple[str, tuple[tuple[str, str], ...], int]] = {}
    for entry in read_string(path.read_text(encoding="utf-8"), format="bibtex"):
        names = tuple((name.given, name.family) for name in entry.names("author"))
        title = entry.text("title").rstrip(".")
        if names and len(title) > 15 and entry.year:
            found[fold(title)] = title, names, entry.year
    words = sorted(
        {word for title, *_ in found.values() for word in title.split() if len(word) > 5 and word.isalpha()}
    )
    return Corpus(list(found.values()), words)


# -- publications --------------------------------------------------------------------------------------------


def publications(source: Corpus, rng: random.Random, count: int, *, journals: float) -> Iterator[Publication]:
    """Yield publications, and beside some of them others that look like them.

    Args:
        source: Titles and names.
        rng: The source of chance.
        count: How many works.
        journals: The share of journal articles; the rest are papers of meetings.
    """
    for number, (title, authors, year) in enumerate(rng.sample(source.titles, count)):
        if rng.random() < 0.04:
            title = rng.choice(GENERIC)
            authors = authors[:1]
        elif rng.random() < 0.3:  # one of a series of studies
            title = f"{title} {rng.choice(('in', 'of', 'for'))} {rng.choice(OPPOSITES)[0]} {rng.choice(source.words).lower()}"
        elif rng.random() < 0.03:  # "Data Mining": a title that several people gave
            title = " ".join(title.split()[:2])
        here = _placed(
            Publication(title, authors, year, ("", "", ""), "article", 0, 0, 0, 0, "", number), rng, journals
        )
        yield here
        if journals > 0.9 and rng.random() < 0.04:
            yield _abstract(here, source, rng)
        for chance, twin in _TWINS:
            if rng.random() < chance:
                yield twin(here, source, rng)


def _placed(what: Publication, rng: random.Random, journals: float) -> Publication:
    """Return a publication in some issue of some journal, or at some meeting."""
    journal = rng.random() < journals
    venue = rng.choice(JOURNALS if journal else MEETINGS)
    first = rng.randrange(1, 2500)
    return replace(
        what,
        venue=venue,
        kind="article" if journal else "inproceedings",
        volume=rng.randrange(1, 150) if journal else 0,
        number=rng.randrange(1, 13) if journal else 0,
        first=first,
        last=first + rng.randrange(0, 20),
        doi=f"10.{rng.randrange(1000, 1400)}/{rng.randrange(10**6)}",
    )


def _changed_word(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """Another study of the same people: one word is another one."""
    words = of.title.split()
    at = rng.randrange(len(words))
    one, other = rng.choice(OPPOSITES)
    found = [place for place, word in enumerate(words) if word.lower() == one]
    words[found[0] if found else at] = other if found else rng.choice(source.words)
    others = rng.choice(source.titles)[1]
    mixed = list({*of.authors[: len(of.authors) // 2 + 1], *others[: rng.randrange(3)]})
    rng.shuffle(mixed)
    authors = rng.choice((of.authors, of.authors, tuple(mixed), others))
    twin = replace(of, title=" ".join(words), authors=authors, year=of.year + rng.choice((0, 0, 0, 1, 2, -1)))
    if rng.random() < 0.4:  # in the same issue; short abstracts stand on one page
        first = of.first if rng.random() < 0.4 else of.last + rng.randrange(3)
        return replace(
            twin,
            year=of.year,
            first=first,
            last=first + rng.randrange(2),
            doi=f"{of.doi}9",
            work=of.work + 10**6,
        )
    return replace(_placed(twin, rng, 1.0 if of.kind == "article" else 0.0), work=of.work + 10**6)


def _longer(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """Another study, whose title goes on."""
    tail = " ".join(rng.choice(source.titles)[0].split()[:4])
    twin = replace(
        of,
        title=f"{of.title} {rng.choice(('and', 'for', 'with', 'in'))} {tail}",
        year=of.year + rng.choice((0, 1, 2)),
    )
    return replace(_placed(twin, rng, 1.0 if of.kind == "article" else 0.0), work=of.work + 2 * 10**6)


def _abstract(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """The abstract of a talk about a study, in the supplement of another journal."""
    authors = list(of.authors)
    if rng.random() < 0.5:
        rng.shuffle(authors)
    venue = rng.choice(JOURNALS)
    if rng.random() < 0.4:
        name = f"{venue[0]}.Conference: {rng.choice(CONGRESSES)}"
        venue = (name, name, "")
    first = rng.randrange(1, 999)
    return replace(
        of, authors=tuple(authors), year=of.year - rng.choice((0, 0, 1)), venue=venue, volume=rng.randrange(1, 150),
        number=rng.randrange(1, 13), first=first, last=first, doi=f"10.1999/{rng.randrange(10**6)}", supplement=True,
    )  # fmt: skip


def _same_title(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """Another text under the same title: only short ones recur."""
    authors = rng.choice(source.titles)[1]
    title = of.title if len(of.title) < 30 else " ".join(of.title.split()[:2])
    twin = replace(of, title=title, authors=authors, year=of.year + rng.randrange(-6, 6))
    return replace(_placed(twin, rng, 0.7), work=of.work + 3 * 10**6)


def _column(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """A column under a title of its own, by the same people in another year."""
    first = rng.randrange(1, 900)
    return replace(
        of, title=" ".join(of.title.split()[:2]), year=of.year + rng.choice((-4, -2, -1, 1, 3, 5)),
        volume=of.volume and of.volume + 2, first=first, last=first + 3, doi=f"{of.doi}6", work=of.work + 5 * 10**6,
    )  # fmt: skip


def _next_issue(of: Publication, source: Corpus, rng: random.Random) -> Publication:
    """The same column, an issue later."""
    title = of.title if of.title in GENERIC else rng.choice(GENERIC)
    first = rng.randrange(1, 900)
    return replace(
        of, title=title, authors=of.authors[:1], number=of.number % 12 + 1, first=first, last=first + 3,
        doi=f"{of.doi}7", work=of.work + 4 * 10**6, year=of.year + rng.choice((0, 0, 1)),
    )  # fmt: skip


_TWINS: tuple[tuple[float, Callable[[Publication, Corpus, random.Random], Publication]], ...] = (
    (0.06, _changed_word),
    (0.02, _longer),
    (0.02, _same_title),
    (0.02, _next_issue),
    (0.02, _column),
)


# -- how sources write them ----------------------------------------------------------------------------------


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
