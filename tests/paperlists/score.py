"""Measure the reader on lists with hand-made answers: `python -m tests.paperlists.score DIR [NAME…]`.

A list `x.txt` (or .md, .html, .tex, .org, .docx, .pdf) has its answers in `x.gold.json`, beside it or in the
folder `gold` here (facts only: the lists themselves belong to their authors). Strictly, a field is right when
its text, folded, is equal; softly, when it is nearly so: for title and venue a Levenshtein similarity of at
least .9, for authors nine tenths of the bag of their words, "SA" being "S. A.". Numbers and identifiers
must be equal in both.

Columns: entries in the answers; found; read in all; invented (the title does not stand in the folded source);
wholly right (title, authors, year, venue; softly); right type; F1 over all fields, strict and soft; soft F1
by field. With NAMEs, only the lists whose names hold one of them, and each field that is wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from pubkit.formats.paperlist.files import read_bytes, sniff_bytes
from pubkit.formats.paperlist.inputs import READERS, kind_of
from pubkit.formats.paperlist.reader import read
from pubkit.markup.latex import to_text
from pubkit.model.entry import Entry
from pubkit.model.library import Library
from pubkit.model.names import parse_names
from pubkit.model.source import Document
from pubkit.text.fold import fold

VENUES = ("booktitle", "journaltitle", "organization", "institution", "howpublished", "publisher")
FIELDS = ("title", "authors", "year", "venue", "volume", "pages", "doi")
# Answers made here, for lists of the test data that have none.
GOLD = Path(__file__).parent / "gold"
_INITIALS = re.compile(r"\b[A-ZÀ-Þ]{2,3}\b(?!\.)")


@dataclass
class Score:
    """Counts over the entries of a list."""

    right: Counter[str] = field(default_factory=Counter)
    equal: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    gold: int = 0
    found: int = 0
    read: int = 0
    invented: int = 0
    whole: int = 0
    types: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, names: tuple[str, ...] = FIELDS, *, strict: bool = False) -> float:
        """Return the harmonic mean of precision and recall over some fields."""
        counted = (self.equal if strict else self.right, self.said, self.wanted)
        right, said, wanted = (sum(counts[name] for name in names) for counts in counted)
        return 2 * right / (said + wanted) if said + wanted else 1.0

    def __iadd__(self, other: Score) -> Score:
        for name in ("right", "equal", "said", "wanted"):
            getattr(self, name).update(getattr(other, name))
        for name in ("gold", "found", "read", "invented", "whole", "types"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


def values(entry: Entry) -> dict[str, Any]:
    """Return an entry's fields as the answers have them."""
    names = parse_names(entry["author"]) if "author" in entry else ()
    return {
        "title": entry.text("title"),
        "authors": [str(name) for name in names] or None,
        "year": entry["date"][:4] if "date" in entry else None,
        "venue": next((entry.text(name) for name in VENUES if name in entry), None),
        "volume": entry.get("volume"),
        "pages": entry.get("pages") or entry.get("eid"),
        "doi": entry.get("doi"),
    }


def equal(name: str, said: Any, wanted: Any) -> bool:
    """Tell whether a value is right strictly."""
    if name == "authors":
        return [fold(person) for person in said] == [fold(person) for person in wanted]
    return fold(str(said)) == fold(str(wanted))


def close(name: str, said: Any, wanted: Any) -> bool:
    """Tell whether a value is right softly."""
    if name == "authors":
        words = [Counter(fold(_spaced(" ".join(people))).split()) for people in (said, wanted)]
        return 2 * sum((words[0] & words[1]).values()) >= 0.9 * sum(map(sum, (w.values() for w in words)))
    if equal(name, said, wanted):
        return True
    return name in ("title", "venue") and alike(fold(str(said)), fold(str(wanted))) >= 0.9


def _spaced(names: str) -> str:
    """Write "Hill, SA" as "Hill, S A": lists differ in it, and so do the answers."""
    return _INITIALS.sub(lambda match: " ".join(match[0]), names)


alike = Levenshtein.normalized_similarity


def reading(path: Path) -> tuple[Library, str]:
    """Return a list's entries, and its text folded without mark-up: where titles must be found."""
    data = path.read_bytes()
    if sniff_bytes(data):  # Word, PDF: the text is what entries refer to
        library = read_bytes(data, path.name)
        text = next((entry.source.document.text for entry in library if entry.source), "")
        return library, fold(text).replace(" ", "")
    text = data.decode("utf-8-sig", errors="replace")
    kind = kind_of(text, path.name)
    lines = " ".join(block.text for block in READERS[kind](text)) if kind in READERS else ""
    source = " ".join(fold(version).replace(" ", "") for version in (lines, to_text(lines), text))
    return read(Document(path.name, text)), source


def measure(path: Path, answers: list[dict[str, Any]]) -> Score:
    """Compare the reading of a list with its answers, title by title.

    Some answers hold only a list's first entries: what else was read counts only if it was invented, that is,
    if its title does not stand in the list.
    """
    library, source = reading(path)
    entries = [(values(entry), entry) for entry in library]
    score = Score(gold=len(answers), read=len(entries))
    for shown, _ in entries:
        if fold(shown["title"]).replace(" ", "") not in source:
            score.invented += 1
            score.misses.append(f"invented: {shown['title']!r}")
    used: set[int] = set()
    for answer in answers:
        wanted = fold(answer["title"])
        ranked = sorted(
            (
                (alike(fold(value["title"]), wanted), -number)
                for number, (value, _) in enumerate(entries)
                if number not in used
            ),
            reverse=True,
        )
        found = bool(ranked) and ranked[0][0] >= 0.5
        value: dict[str, Any] = dict.fromkeys(FIELDS)
        if found:
            used.add(-ranked[0][1])
            value, entry = entries[-ranked[0][1]]
            score.found += 1
            score.types += entry.type == answer.get("type")
        whole = found
        for name in FIELDS:
            want, said = answer.get(name), value[name]
            score.wanted[name] += bool(want)
            score.said[name] += bool(said)
            if want and said and close(name, said, want):
                score.right[name] += 1
                score.equal[name] += equal(name, said, want)
            elif want or said:
                whole = whole and name not in ("title", "authors", "year", "venue")
                score.misses.append(f"{name}: {said!r}  wanted {want!r}  [{answer['title'][:40]}]")
        score.whole += whole
    return score


def pairs(root: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield the lists of a folder that have answers: name, answers, list."""
    for path in sorted(root.iterdir()):
        if path.name.endswith(".gold.json"):
            continue
        beside, ours = (folder / f"{path.stem}.gold.json" for folder in (root, GOLD))
        if beside.exists() or ours.exists():
            yield path.stem, beside if beside.exists() else ours, path


def main(arguments: list[str]) -> None:
    """Print the table."""
    if not arguments:
        raise SystemExit(__doc__)
    root, names = Path(arguments[0]), arguments[1:]
    total = Score()
    print(f"{'list':22} gold found read inv. whole type strict soft " + " ".join(f"{n:>7}" for n in FIELDS))
    for stem, gold, path in pairs(root):
        if names and not any(name in stem for name in names):
            continue
        answers = json.loads(gold.read_text(encoding="utf-8"))
        score = measure(path, answers)
        total += score
        show(stem, score)
        if names:
            print("\n".join(score.misses))
    show("all", total)


def show(name: str, score: Score) -> None:
    """Print one line of the table."""
    fields = " ".join(f"{score.f1((field_name,)):7.2f}" for field_name in FIELDS)
    print(
        f"{name[:22]:22} {score.gold:4} {score.found:5} {score.read:4} {score.invented:4} {score.whole:5} "
        f"{score.types:4}  {score.f1(strict=True):5.3f} {score.f1():5.3f} {fields}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
