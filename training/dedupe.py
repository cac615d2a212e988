"""The weights of de-duplication, learnt: `python -m training.dedupe [--leave-one-out] TITLES.bib FOLDER…`.

Additive log-odds by penalised logistic regression on the pairs that blocking brings together and no guard
forbids, and on lists made up from the titles of a `.bib` file (`training.corrupt`). Small data sets count
nearly as much as large ones, so that no large set's habits rule; made-up lists count for little, and say what
the others are silent about. Writes `src/pubkit/dedupe/weights.toml`; `--leave-one-out` measures each set with
the weights of the others.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pubkit.dedupe.block import candidate_pairs
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.compare import compare
from pubkit.dedupe.decide import worth_comparing
from pubkit.dedupe.evidence import LINES, evidence
from pubkit.dedupe.score import NO_GUARD, VERSION, score
from tests.dedup.score import Gold, gold, groups, measured, prepared, read
from training.corrupt import made_up
from training.publications import corpus

OUT = Path(__file__).parent.parent / "src/pubkit/dedupe/weights.toml"
PENALTY = 0.0005
STEPS = 30
# 0: every pair counts the same; 1: every data set does.
EVENNESS = 0.8
# How much a made-up list counts beside a real one, and how many works it is about.
MADE_UP_SHARE = 0.15
# Sets whose known groups often contradict each other count for little too.
SHARES = {"cora": 0.1}
MADE_UP = {"review": 2500, "web": 2500, "references": 800, "archive": 2500}
# At the default threshold of .8 a pair shall be merged that is as likely as this by the fit.
EVEN_ODDS = 0.42
_SHIFT = np.log(0.8 / 0.2) - np.log(EVEN_ODDS / (1 - EVEN_ODDS))

# What can only speak for (+1) or against (-1) a pair, whatever a set of examples happens to say: lines rise
# or fall, agreements never count against, conflicts never for. Other evidence is free.
SIGNS = {
    "title": 1, "information": 1, "unmatched": -1, "swapped": -1, "authors": 1, "all authors": 1,
    "first author": 1, "other first author": -1, "other initial": -1,
    "next year": -1, "two years apart": -1, "years apart": -1,
    "same venue": 1, "other venue": -1, "same volume": 1, "other volume": -1, "same number": 1,
    "other number": -1, "same first page": 1, "other first page": -1, "same last page": 1,
    "other last page": -1, "other known venue": -1, "same place": 1, "other place": -1,
    "same venue, other page": -1, "same venue, other issue, other page": -1,
    "other venue, other year": -1, "other page, other year": -1, "other volume, other page": -1,
    "same title, same authors": 1, "same title, same authors, same year": 1,
    "same long title, same venue, same year": 1,
    "no authors, other title": -1, "few authors, other title": -1, "same DOI": 1,
    "same title, no author shared": -1,
    "same preprint DOI": 1, "same arXiv number": 1, "same PMID": 1, "same ISBN": 1,
}  # fmt: skip


@dataclass
class Examples:
    """Pairs of a data set: their evidence, and whether they are duplicates."""

    name: str
    names: list[str]
    matrix: np.ndarray
    labels: np.ndarray
    share: float = 1.0


def examples(path: Path) -> Examples:
    """Return the evidence about the pairs of a data set, and which of them are known duplicates."""
    rows = read(path)
    return replace(evident(path.name, rows, gold(path, rows)), share=SHARES.get(path.name, 1.0))


def evident(name: str, rows: list[dict[str, str]], known: Gold) -> Examples:
    """Return the evidence about the pairs of rows, and which of them are known duplicates."""
    columns = to_columns(prepared(rows))
    left, right, title = worth_comparing(columns, *candidate_pairs(columns))
    count = len(rows)
    codes = np.array([min(pair) * count + max(pair) for pair in known.pairs], dtype=np.int64)
    of_work = np.array([min(pair) * count + max(pair) for pair in known.work_pairs], dtype=np.int64)
    if known.across is not None:
        across = known.across[left] != known.across[right]
        left, right, title = left[across], right[across], title[across]
    seen = compare(columns, left, right, title)
    scores = score(columns, left, right, seen, {})
    found = evidence(columns, left, right, seen, scores.relation == VERSION)
    labels = np.where(
        scores.relation == VERSION,
        np.isin(left * count + right, of_work),
        np.isin(left * count + right, codes),
    )
    # What pairs of versions are told only by sets that say which records are one work.
    use = (scores.guard == NO_GUARD) & ((scores.relation != VERSION) | (len(known.work_pairs) > 0))
    matrix = np.stack(list(found.values()), axis=1)
    return Examples(name, list(found), matrix[use], labels[use].astype(float))


def fit(sets: list[Examples]) -> dict[str, float]:
    """Return evidence → log-odds: Newton's method on the penalised likelihood, bounded by `SIGNS`."""
    names = sets[0].names
    steps, low, high = _bounds(names)
    matrix = np.concatenate([one.matrix for one in sets]) @ steps
    labels = np.concatenate([one.labels for one in sets])
    share = np.concatenate(
        [np.full(len(one.labels), one.share * len(one.labels) ** -EVENNESS) for one in sets]
    )
    share /= share.sum()
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], PENALTY / 100)
    ridge[0] = 0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (share * (likely - labels)) + ridge * weights
        bend = (matrix * (share * likely * (1 - likely))[:, None]).T @ matrix + np.diag(ridge + 1e-9)
        step = _bounded_step(bend, slope, low - weights, high - weights)
        weights += step * min(1.0, 4.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 5e-3:
            break
    weights = steps @ weights
    weights[0] += _SHIFT
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _bounds(names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what turns steps of broken lines into their heights, and the bounds of all weights."""
    steps = np.eye(len(names))
    low, high = np.full(len(names), -np.inf), np.full(len(names), np.inf)
    for line, points in LINES.items():
        at = [names.index(f"{line} {point:g}") for point in points]
        for number, row in enumerate(at):
            steps[row, at[: number + 1]] = 1.0
        low[at[0]] = high[at[0]] = 0.0  # the bias says it
        (low if SIGNS[line] > 0 else high)[at[1:]] = 0.0
    for name, sign in SIGNS.items():
        if name not in LINES:
            (low if sign > 0 else high)[names.index(name)] = 0.0
    return steps, low, high


def _bounded_step(bend: np.ndarray, slope: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return where a quadratic is lowest within bounds, one coordinate after the other."""
    step = np.clip(np.zeros(len(slope)), low, high)
    rest = slope + bend @ step
    for _ in range(100):
        largest = 0.0
        for at in range(len(slope)):
            new = min(max(step[at] - rest[at] / bend[at, at], low[at]), high[at])
            change = new - step[at]
            if change:
                step[at] = new
                rest += bend[:, at] * change
                largest = max(largest, abs(change))
        if largest < 1e-4:
            break
    return step


def write(weights: dict[str, float]) -> None:
    lines = [
        "# Evidence about a pair → log-odds. Made by `python -m training.dedupe`.",
        "# Names that end in a number are points of a broken line: in between, weights are interpolated.",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in weights.items() if weight),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def made_up_sets(titles: Path) -> list[Examples]:
    """Return the evidence about lists made up from the titles and names of a `.bib` file."""
    source = corpus(titles)
    sets = []
    for kind, works in MADE_UP.items():
        rows = made_up(kind, source, works=works)
        known = Gold(groups(rows, "dup_id"), set(), None)
        sets.append(replace(evident(kind, rows, known), share=MADE_UP_SHARE))
    return sets


def main(arguments: list[str]) -> None:
    titles, *paths = (Path(argument) for argument in arguments if not argument.startswith("-"))
    sets, others = [examples(path) for path in paths], made_up_sets(titles)
    if "--leave-one-out" in arguments:
        for at, path in enumerate(paths):
            print(measured(path, fit([*sets[:at], *sets[at + 1 :], *others])))
        return
    weights = fit([*sets, *others])
    write(weights)
    for path in paths:
        print(measured(path, weights))


if __name__ == "__main__":
    main(sys.argv[1:])
