"""The weights of de-duplication, learnt: `python -m training.dedupe [--leave-one-out] FOLDER…`.

Additive log-odds by penalised logistic regression on the pairs that blocking brings together and no guard
forbids. Small data sets count nearly as much as large ones, so that no large set's habits rule. Writes
`src/pubkit/dedupe/weights.toml`; `--leave-one-out` measures each set with the weights of the others.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pubkit.dedupe.block import candidate_pairs
from pubkit.dedupe.columns import to_columns
from pubkit.dedupe.compare import compare
from pubkit.dedupe.decide import worth_comparing
from pubkit.dedupe.evidence import evidence
from pubkit.dedupe.score import NO_GUARD, VERSION, score
from tests.dedup.score import gold, measured, prepared, read

OUT = Path(__file__).parent.parent / "src/pubkit/dedupe/weights.toml"
PENALTY = 0.0005
STEPS = 30
# 0: every pair counts the same; 1: every data set does.
EVENNESS = 0.8
# At the default threshold of .8 a pair shall be merged that is as likely as this by the fit.
EVEN_ODDS = 0.6


@dataclass
class Examples:
    """Pairs of a data set: their evidence, and whether they are duplicates."""

    name: str
    names: list[str]
    matrix: np.ndarray
    labels: np.ndarray


def examples(path: Path) -> Examples:
    """Return the evidence about the pairs of a data set, and which of them are known duplicates."""
    rows = read(path)
    records = prepared(rows)
    columns = to_columns(records)
    left, right, title = worth_comparing(columns, *candidate_pairs(columns))
    known = gold(path, rows)
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
    return Examples(path.name, list(found), matrix[use], labels[use].astype(float))


def fit(sets: list[Examples], penalty: float = PENALTY, evenness: float = EVENNESS) -> dict[str, float]:
    """Return evidence → log-odds, by Newton's method on the penalised likelihood."""
    matrix = np.concatenate([one.matrix for one in sets])
    labels = np.concatenate([one.labels for one in sets])
    share = np.concatenate([np.full(len(one.labels), len(one.labels) ** -evenness) for one in sets])
    share /= share.sum()
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], penalty / 100)
    ridge[0] = 0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (share * (likely - labels)) + ridge * weights
        bend = (matrix * (share * likely * (1 - likely))[:, None]).T @ matrix + np.diag(ridge + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, 4.0 / max(np.abs(step).max(), 1e-9))
        if np.abs(step).max() < 1e-4:
            break
    weights[0] += np.log(0.8 / 0.2) - np.log(EVEN_ODDS / (1 - EVEN_ODDS))
    return {name: round(float(weight), 3) for name, weight in zip(sets[0].names, weights, strict=True)}


def write(weights: dict[str, float]) -> None:
    lines = [
        "# Evidence about a pair → log-odds. Made by `python -m training.dedupe`.",
        "# Names that end in a number are points of a broken line: in between, weights are interpolated.",
        "",
        "[weights]",
        *(f'"{name}" = {weight}' for name, weight in weights.items() if weight),
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    sets = [examples(path) for path in paths]
    if "--leave-one-out" in arguments:
        for at, path in enumerate(paths):
            print(measured(path, fit(sets[:at] + sets[at + 1 :])))
        return
    weights = fit(sets)
    write(weights)
    for path in paths:
        print(measured(path, weights))


if __name__ == "__main__":
    main(sys.argv[1:])
