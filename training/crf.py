"""Trains the model from labelled strings."""

# lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pycrfsuite

from pubkit.formats.paperlist.reference.features import features
from pubkit.formats.paperlist.reference.tokens import tokenize
from training.strings import Labelled


def train(
    strings: Iterable[Labelled], model: Path, *, iterations: int, l1: float, l2: float, minimum: float = 1
) -> int:
    """Train a model and write it to a file.

    Args:
        strings: The strings to learn from.
        model: The file to write.
        iterations: Rounds of L-BFGS.
        l1: Weight of the L1 penalty, which keeps the model small.
        l2: Weight of the L2 penalty.
        minimum: Features seen less often are dropped.

    Returns:
        The number of strings.
    """
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=True)
    count = 0
    for string in strings:
        tokens = tokenize(string.text)
        trainer.append(features(tokens, string.text, string.marks), string.labels())
        count += 1
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": iterations, "feature.minfreq": minimum})
    trainer.train(str(model))
    return count
