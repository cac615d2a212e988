"""Measure the reference reader: `python -m tests.formats.paperlist.reference.score [--misses FIELD]`.

Two sets: the tenth of GROBID's strings that is held out of training, and AnyStyle's core set, never trained
on. Strict: texts folded (case, accents, punctuation) are equal. Soft: for title and venue a
Levenshtein similarity of .9 is enough, for authors nine tenths of the words, where "and" does not count and
"JF" is "J. F.".
"""

from __future__ import annotations

import argparse
import re
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from pubkit.formats.paperlist.reference import Reading, read_reference
from pubkit.model.names import parse_names
from pubkit.text.fold import fold
from tests.conftest import DATA
from training.grobid import is_held_out, records

FIELDS = ("title", "authors", "year", "venue", "volume", "pages", "doi")
# The answers have volumes without the letter of a journal's part: "Phys. Rev. D96" is volume 96.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_VENUES = ("journaltitle", "booktitle", "eventtitle")


@dataclass
class Score:
    """Counts by field, strict and soft, and the references of which all fields are right."""

    strict: Counter[str] = field(default_factory=Counter)
    soft: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    count: int = 0
    seconds: float = 0.0
    misses: list[tuple[str, Any, Any, str]] = field(default_factory=list)

    def f1(self, right: Counter[str], names: tuple[str, ...] = FIELDS) -> float:
        total = sum(self.said[name] + self.wanted[name] for name in names)
        return 2 * sum(right[name] for name in names) / total if total else 1.0


def values(reading: Reading) -> dict[str, str]:
    """Return what was read under the names of the answers."""
    fields = reading.fields
    names = parse_names(fields.get("author", ""))
    return {
        "title": fields.get("title", ""),
        "authors": " ".join(str(name) for name in names) + (" et al" if names.others else ""),
        "year": fields.get("date", "")[:4],
        "venue": next((fields[name] for name in _VENUES if name in fields), ""),
        "volume": fields.get("volume", "").lstrip(_LETTERS),
        "pages": (fields.get("pages") or fields.get("eid") or fields.get("pagetotal") or "").replace(
            "--", "-"
        ),
        "doi": fields.get("doi", ""),
    }


def is_close(name: str, said: str, wanted: str) -> bool:
    one, other = fold(said), fold(wanted)
    if one == other:
        return True
    if name in ("title", "venue"):
        return Levenshtein.normalized_similarity(one, other) >= 0.9
    if name == "authors":
        bags = _people(said), _people(wanted)
        return 2 * (bags[0] & bags[1]).total() >= 0.9 * (bags[0].total() + bags[1].total())
    return False


def _people(text: str) -> Counter[str]:
    """Return the words of a list of names: no connecting words, initials taken apart."""
    apart = re.sub(r"(?<![^\W\d_])[A-Z]{2,4}(?![^\W\d_])", lambda match: " ".join(match[0]), text)
    return Counter(word for word in fold(apart).split() if word not in _JOINING)


_JOINING = frozenset(["and", "et", "und", "y", "e", "al", "others", "alii", "etal"])


def measure(answers: list[dict[str, Any]]) -> Score:
    """Read the strings and compare."""
    score = Score(count=len(answers))
    read_reference("Warm up. 1999.")
    start = time.process_time()
    readings = [read_reference(answer["raw"]) for answer in answers]
    score.seconds = time.process_time() - start
    for answer, reading in zip(answers, readings, strict=True):
        said = values(reading)
        whole = True
        for name in FIELDS:
            one, other = said[name], answer["fields"].get(name, "")
            score.said[name] += bool(one)
            score.wanted[name] += bool(other)
            if not one and not other:
                continue
            close = bool(one and other) and is_close(name, one, other)
            score.soft[name] += close
            score.strict[name] += bool(one and other) and fold(one) == fold(other)
            whole = whole and close
            if not close:
                score.misses.append((name, one, other, answer["raw"]))
        score.whole += whole
    return score


def sets() -> dict[str, list[dict[str, Any]]]:
    """Return the sets measured on, by name."""
    grobid = records(DATA / "refs/grobid-train.jsonl")
    return {
        "grobid, held out": [record for record in grobid if is_held_out(record["raw"])],
        "anystyle core": records(DATA / "refs/anystyle-core.jsonl"),
        "our own": written(),
    }


def written() -> list[dict[str, Any]]:
    """Return the strings that were written for measuring, in the styles of the world."""
    styles = tomllib.loads(Path(__file__).with_name("unseen.toml").read_text(encoding="utf-8"))
    return [{"raw": one["text"], "fields": one} for style in styles.values() for one in style["refs"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", metavar="FIELD", help="print what is wrong in a field")
    arguments = parser.parse_args()
    print(f"{'set':18} {'n':>5} strict  soft whole refs/s  " + " ".join(f"{name:>7}" for name in FIELDS))
    for name, answers in sets().items():
        score = measure(answers)
        fields = " ".join(f"{score.f1(score.soft, (one,)):7.3f}" for one in FIELDS)
        print(
            f"{name:18} {score.count:5} {score.f1(score.strict):6.3f} {score.f1(score.soft):5.3f} "
            f"{score.whole / score.count:5.2f} {score.count / score.seconds:6.0f}  {fields}"
        )
        for field_name, said, wanted, raw in score.misses:
            if field_name == arguments.misses:
                print(f"   {said!r}\n   {wanted!r}\n      {raw}")


if __name__ == "__main__":
    main()
