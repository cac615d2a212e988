"""Make the training strings and train the model: `python -m training.train` (see README.md)."""

# lines of facts and patterns are easier to compare unbroken

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from pubkit.text.fold import fold
from training.crf import train
from training.facts import real
from training.grobid import records, training_strings
from training.noise import damage
from training.render import rendered
from training.strings import Labelled
from training.templates import templated

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "src/pubkit/formats/paperlist/reference/model.crfsuite"
SEED = 20261123


def main() -> None:
    """Read the options, train, and say what was trained on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared/data", help="folder of the test data"
    )
    parser.add_argument("--model", type=Path, default=MODEL, help="file to write")
    parser.add_argument("--styles", type=int, default=1500, help="how many citation styles to render in")
    parser.add_argument("--templated", type=int, default=6000, help="how many strings from templates")
    parser.add_argument("--iterations", type=int, default=90)
    parser.add_argument("--l1", type=float, default=0.15)
    parser.add_argument("--l2", type=float, default=0.02)
    options = parser.parse_args()
    start = time.monotonic()
    strings = make(options.data, styles=options.styles, templates=options.templated)
    made = time.monotonic() - start
    counts = Counter(source for source, _ in strings)
    train(
        (string for _, string in strings),
        options.model,
        iterations=options.iterations,
        l1=options.l1,
        l2=options.l2,
    )
    facts = {
        "seed": SEED,
        "strings": dict(counts),
        "tokens": sum(len(string.labels()) for _, string in strings),
        "seconds to make": round(made),
        "seconds to train": round(time.monotonic() - start - made),
        "bytes": options.model.stat().st_size,
    }
    sys.stdout.write(json.dumps(facts, indent=1) + "\n")


def make(data: Path, *, styles: int, templates: int) -> list[tuple[str, Labelled]]:
    """Return the training strings with their sources, shuffled; the same ones each time.

    Args:
        data: The folder of the test data.
        styles: Number of citation styles to render in.
        templates: Number of strings from templates.
    """
    rng = random.Random(SEED)
    measured = frozenset(fold(record["raw"]) for record in records(data / "refs/anystyle-core.jsonl"))
    strings = [("grobid", string) for string in training_strings(data / "refs/grobid-train.jsonl", measured)]
    items = real(data / "bench/mixed-10k.csl.json", rng)
    strings += [("styles", damage(string, rng)) for string in rendered(rng, styles, items)]
    strings += [("templates", damage(string, rng)) for string in templated(rng, templates)]
    rng.shuffle(strings)
    return strings


if __name__ == "__main__":
    main()
