"""Measure the reader on lists with hand-made answers: `python -m tests.formats.paperlist.score DIR [NAME…]`.

A list `x.txt` (or .md, .html, .tex, .org) has its answers in `x.gold.json`. A field is right when its text,
folded, is equal or nearly so (Levenshtein similarity of at least .9; for authors the bag of their words).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from pubkit.formats.paperlist import PAPER_LIST
from pubkit.model.entry import Entry
from pubkit.model.names import parse_names
from pubkit.model.source import Document
from pubkit.text.fold import fold

VENUES = ("booktitle", "journaltitle", "organization", "institution", "howpublished", "publisher")
FIELDS = ("title", "authors", "year", "venue", "volume", "pages", "doi")


@dataclass
class Score:
    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    gold: int = 0
    found: int = 0
    read: int = 0
    invented: int = 0
    whole: int = 0
    types: int = 0
    misses: list[str] = field(default_factory=list)

    def f1(self, names: tuple[str, ...] = FIELDS) -> float:
        right, said, wanted = (sum(c[n] for n in names) for c in (self.right, self.said, self.wanted))
        return 2 * right / (said + wanted) if said + wanted else 1.0

    def __iadd__(self, other: Score) -> Score:
        for name in ("right", "said", "wanted"):
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


def same(name: str, said: Any, wanted: Any) -> bool:
    if name == "authors":
        words = [Counter(fold(" ".join(people)).split()) for people in (said, wanted)]
        return 2 * sum((words[0] & words[1]).values()) >= 0.9 * sum(map(sum, (w.values() for w in words)))
    one, other = fold(str(said)), fold(str(wanted))
    if name in ("year", "volume", "pages", "doi"):
        return one == other
    return one == other or Levenshtein.normalized_similarity(one, other) >= 0.9


def measure(path: Path, answers: list[dict[str, Any]]) -> Score:
    """Compare the reading of a list with its answers, title by title.

    Some answers hold only a list's first entries: what else was read counts only if it was invented, that is,
    if its title does not stand in the list.
    """
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    library = PAPER_LIST.read(Document(path.name, text)) if PAPER_LIST.read else ()
    read = [(values(entry), entry) for entry in library]
    score = Score(gold=len(answers), read=len(read))
    source = fold(text)
    for value, _ in read:
        loose = fold(value["title"]).split()
        score.invented += sum(word in source for word in loose) < len(loose) * 0.9
    used: set[int] = set()
    for answer in answers:
        wanted = fold(answer["title"])
        ranked = sorted(
            (
                (Levenshtein.normalized_similarity(fold(v["title"]), wanted), -n)
                for n, (v, _) in enumerate(read)
                if n not in used
            ),
            reverse=True,
        )
        close = bool(ranked) and ranked[0][0] >= 0.5
        value: dict[str, Any] = dict.fromkeys(FIELDS)
        if close:
            used.add(-ranked[0][1])
            value, entry = read[-ranked[0][1]]
            score.found += 1
            score.types += entry.type == answer.get("type")
        whole = close
        for name in FIELDS:
            want, said = answer.get(name), value[name]
            score.wanted[name] += bool(want)
            score.said[name] += bool(said)
            if want and said and same(name, said, want):
                score.right[name] += 1
            elif want or said:
                whole = whole and name not in ("title", "authors", "year", "venue")
                score.misses.append(f"{name}: {said!r}  wanted {want!r}  [{answer['title'][:40]}]")
        score.whole += whole
    return score


def main(arguments: list[str]) -> None:
    root, names = Path(arguments[0]), arguments[1:]
    total = Score()
    print(f"{'list':22} gold found read inv. whole type   F1  " + " ".join(f"{name:>7}" for name in FIELDS))
    for gold in sorted(root.glob("*.gold.json")):
        stem = gold.name.removesuffix(".gold.json")
        if names and not any(name in stem for name in names):
            continue
        path = next(p for p in sorted(root.glob(f"{stem}.*")) if p != gold)
        answers = json.loads(gold.read_text(encoding="utf-8"))
        score = measure(path, answers)
        total += score
        show(stem, score)
        if names:
            print("\n".join(score.misses))
    show("all", total)


def show(name: str, score: Score) -> None:
    fields = " ".join(f"{score.f1((field_name,)):7.2f}" for field_name in FIELDS)
    print(
        f"{name[:22]:22} {score.gold:4} {score.found:5} {score.read:4} {score.invented:4} {score.whole:5} "
        f"{score.types:4} {score.f1():5.3f} {fields}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
