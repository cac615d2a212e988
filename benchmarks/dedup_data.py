"""Made-up lists with known duplicates, of any size: `python -m benchmarks.dedup_data 1000000 works.csv.gz`.

Works are DBLP entries (CC0) from `$PUBKIT_DATA`; past their number, titles are put together of two halves of
others. A record is a corrupted copy of a work's publication: typos, truncation, transliteration,
abbreviations, missing fields. Beside them stands what must not be merged: other versions of the work,
"Part II", errata, replies, and titles such as "Editorial". `dup_id` is equal in records of one publication,
`work_id` in publications of one work. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pubkit.markup import latex
from tests.conftest import DATA

COLUMNS = (
    *("id", "type", "title", "author", "year", "venue", "volume", "number", "pages", "doi", "abstract"),
    *("source", "dup_id", "work_id"),
)
_ENTRY = re.compile(r"@(\w+)\{[^,]+,(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"(\w+)\s*=\s*\{(.*?)\}\s*(?:,\s*\n|,?\s*$)", re.DOTALL)
_GENERIC = ("Editorial", "Preface", "Guest Editorial", "Introduction", "Message from the Chairs", "Foreword")
_TWINS = ("Part I", "Part II", "Part III", "1", "2")
_WORDS = {
    "international": "int.", "conference": "conf.", "proceedings": "proc.", "journal": "j.",
    "transactions": "trans.", "computer": "comput.", "systems": "syst.", "symposium": "symp.",
}  # fmt: skip
# How often a publication stands in a list that holds it more than once: as in `bench/dedup-100k.csv.gz`, so
# that as great a part of a million belongs to groups, and times of the two can be compared.
_COPIES = (2, 3, 4, 5, 6, 7), (720, 173, 72, 12, 11, 12)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Work:
    """One publication as it is, before anybody copied it badly."""

    type: str
    title: str
    authors: tuple[str, ...]
    year: int
    venue: str
    volume: str
    number: str
    pages: str
    doi: str


def works(path: Path) -> list[Work]:
    """Read the publications of a DBLP `.bib`, packed or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    found = []
    for kind, body in _ENTRY.findall(content.decode()):
        fields = {
            name.lower(): latex.to_text(re.sub(r"\s+", " ", value)).strip()
            for name, value in _FIELD.findall(body + "\n")
        }
        title = fields.get("title", "").rstrip(".")
        if len(title.split()) < 3 or not fields.get("author"):
            continue
        found.append(
            Work(
                kind.lower(), title, tuple(fields["author"].split(" and ")),
                int(re.sub(r"\D", "", fields.get("year", ""))[:4] or 2000),
                fields.get("journal") or fields.get("booktitle", ""), fields.get("volume", ""),
                fields.get("number", ""), re.sub("--|–", "-", fields.get("pages", "")),
                fields.get("doi", "").lower(),
            )
        )  # fmt: skip
    return found


def records(count: int, seed: int, sources: list[Work]) -> Iterator[dict[str, object]]:
    """Yield so many records, work after work."""
    rng = random.Random(seed)
    made = dups = number = 0
    while made < count:
        work = _work(number, rng, sources)
        publications = [work, *_versions(work, rng), *_near_misses(work, rng)]
        for at, publication in enumerate(publications):
            copies = 1 if rng.random() < 0.747 else rng.choices(*_COPIES)[0]
            # Near misses are works of their own.
            of = f"{number}" if publication.title == work.title else f"{number}.{at}"
            for copy in range(copies):
                if made == count:
                    return
                row = _row(publication if copy == 0 else _corrupted(publication, rng), rng, first=copy == 0)
                yield {**row, "dup_id": dups, "work_id": of}
                made += 1
            dups += 1
        number += 1


def _work(number: int, rng: random.Random, sources: list[Work]) -> Work:
    if number < len(sources):
        return sources[number]
    one, other = rng.choice(sources), rng.choice(sources)
    left, right = one.title.split(), other.title.split()
    title = " ".join((*left[: max(2, len(left) // 2)], *right[len(right) // 2 :]))
    return replace(
        one, title=title, authors=tuple(rng.sample(one.authors + other.authors, min(len(one.authors), 5))),
        year=other.year, pages=_pages(rng), doi=f"10.5555/{number}" if rng.random() < 0.6 else "",
    )  # fmt: skip


def _pages(rng: random.Random) -> str:
    first = rng.randrange(1, 9000)
    return f"{first}-{first + rng.randrange(4, 30)}"


def _versions(work: Work, rng: random.Random) -> list[Work]:
    """Return other versions of a work, one in fifteen has any: a preprint or a journal article."""
    if rng.random() > 0.07:
        return []
    if rng.random() < 0.7:
        number = f"{rng.randrange(10, 26)}{rng.randrange(1, 13):02}.{rng.randrange(100000):05}"
        preprint: dict[str, Any] = {"venue": "CoRR", "volume": f"abs/{number}", "number": "", "pages": ""}
        doi, year = f"10.48550/arxiv.{number}", work.year - rng.randrange(2)
        return [replace(work, type="article", doi=doi, year=year, **preprint)]
    journal = {"venue": "Journal of Machine Learning Research", "volume": str(rng.randrange(1, 25))}
    doi, year = f"10.5555/j{rng.randrange(10**9)}", work.year + rng.choice((0, 1, 2))
    return [replace(work, type="article", number="", pages=_pages(rng), doi=doi, year=year, **journal)]


def _near_misses(work: Work, rng: random.Random) -> list[Work]:
    """Return what looks like a work and is another one."""
    kind = rng.random()
    changed: dict[str, object] = {"pages": _pages(rng), "doi": ""}
    if kind < 0.02:
        return [replace(work, title=f"{work.title}, {rng.choice(_TWINS)}", **changed)]
    if kind < 0.03:
        return [
            replace(
                work,
                title=f"{rng.choice(('Erratum to', 'Correction to', 'Erratum:'))} {work.title}",
                **changed,
            )
        ]
    if kind < 0.035:
        return [replace(work, title=f"{rng.choice(('Comment on', 'Reply to'))} {work.title}", **changed)]
    if kind < 0.045:
        words = work.title.split()
        words[rng.randrange(len(words))] = rng.choice(
            ("Robust", "Deep", "Sparse", "Quantum", "Online", "Parallel")
        )
        return [replace(work, title=" ".join(words), authors=work.authors[:1], **changed)]
    if kind < 0.05:
        return [replace(work, title=rng.choice(_GENERIC), authors=work.authors[:1], **changed)]
    return []


def _corrupted(work: Work, rng: random.Random) -> Work:
    """Return a publication as somebody else would have typed it."""
    title, authors, venue = work.title, list(work.authors), work.venue
    if rng.random() < 0.45:
        title = _typos(title, rng, 1 + (rng.random() < 0.3))
    if rng.random() < 0.05 and ":" in title:
        title = title.partition(":")[0 if len(title.partition(":")[0].split()) > 2 else 2].strip()
    if rng.random() < 0.04 and len(title) > 60:
        title = title[: rng.randrange(50, len(title))].rstrip() + "..."
    style = rng.random()
    if style < 0.15:
        title = title.upper()
    elif style < 0.4:
        title = title.lower()
    if rng.random() < 0.3:
        authors = [_transliterated(name) for name in authors]
    form = rng.random()
    if form < 0.35:
        authors = [_initials(name) for name in authors]
    elif form < 0.6:
        authors = [_family_first(name) for name in authors]
    if len(authors) > 3 and rng.random() < 0.1:
        authors = [*authors[: rng.randrange(1, 3)], "others"]
    if rng.random() < 0.1:
        authors = [_typos(authors[0], rng, 1), *authors[1:]]
    if rng.random() < 0.4:
        venue = " ".join(_WORDS.get(word.lower().strip(","), word) for word in venue.split())
    elif rng.random() < 0.3:
        venue = venue.partition(",")[0]
    return replace(
        work, title=title, authors=tuple(authors), venue=venue,
        year=work.year + (rng.choice((-1, 1)) if rng.random() < 0.04 else 0),
        pages=work.pages.replace("-", "--") if rng.random() < 0.5 else work.pages.partition("-")[0],
    )  # fmt: skip


def _typos(text: str, rng: random.Random, count: int) -> str:
    for _ in range(count):
        at = rng.randrange(len(text)) if text else 0
        kind = rng.randrange(4)
        letter = rng.choice(_LETTERS)
        if kind == 0:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + letter + text[at:]
        elif kind == 2:
            text = text[:at] + letter + text[at + 1 :]
        else:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return text


def _transliterated(name: str) -> str:
    for sign, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ø", "oe")):
        name = name.replace(sign, letters)
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def _initials(name: str) -> str:
    *given, family = name.split() or [""]
    return " ".join([*(f"{part[0]}." for part in given), family])


def _family_first(name: str) -> str:
    *given, family = name.split() or [""]
    return f"{family}, {' '.join(given)}" if given else family


def _row(work: Work, rng: random.Random, *, first: bool) -> dict[str, object]:
    def kept(value: object, share: float) -> object:
        return value if first or rng.random() < share else ""

    return {
        "type": kept(work.type, 0.9), "title": work.title, "author": kept(" and ".join(work.authors), 0.97),
        "year": kept(work.year, 0.95), "venue": kept(work.venue, 0.9), "volume": kept(work.volume, 0.7),
        "number": kept(work.number, 0.7), "pages": kept(work.pages, 0.7), "doi": kept(work.doi, 0.5),
        "abstract": "", "source": "",
    }  # fmt: skip


def write(path: Path, count: int, seed: int, sources: list[Work]) -> None:
    """Write a list of so many records in a random order, as CSV, packed where the name ends in `.gz`."""
    text = io.StringIO()
    line = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    lines = []
    for row in records(count, seed, sources):
        line.writerow({**row, "id": ""})
        lines.append(text.getvalue())
        text.seek(0)
        text.truncate()
    random.Random(seed).shuffle(lines)
    packed = path.suffix == ".gz"
    with path.open("wb") as raw:
        # No name and no time in the head of the file: the same list is the same bytes.
        stream = gzip.GzipFile("", "wb", 6, raw, mtime=0) if packed else raw
        stream.write((",".join(COLUMNS) + "\n").encode())
        for number, said in enumerate(lines):
            stream.write(f"r{number:08}{said}".encode())
        if packed:
            stream.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, help="how many records")
    parser.add_argument("output", type=Path, help="a .csv or .csv.gz")
    parser.add_argument("--seed", type=int, default=20261125)
    given = parser.parse_args()
    write(given.output, given.count, given.seed, works(DATA / "bench/dblp-55k.bib.gz"))


if __name__ == "__main__":
    main()
