"""Publications to make lists of: real titles and names, placed in journals and at meetings, and what looks like them.

Beside some stands what is easily taken for a copy: a study with one word changed, the meeting abstract of a paper,
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
    for number, drawn in enumerate(rng.sample(source.titles, count)):
        title, authors, year = drawn
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
