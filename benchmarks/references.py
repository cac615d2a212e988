"""How fast single reference strings are read, from text to entry: `python -m benchmarks references`.

Every fifth string of the two measured sets, from text to entry, in one process on one core, in CPU time, the
best of ten runs, since other work on a machine slows all it does. With "empty caches" no word was met before;
in the other runs each was, as most are in a long list.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from pubkit.formats.paperlist.people import score
from pubkit.formats.paperlist.reference import read_reference
from pubkit.formats.paperlist.reference.features import _look
from pubkit.model.name_reading import parse_name

DATA = Path(__file__).parents[2] / "shared" / "data" / "refs"
RUNS = 10
# What others need for the same work, measured on the same machine; see docs/paper-lists.md.
PEERS = (("AnyStyle 1.6", "206 to 412"), ("refextract 1.1.7", "7 to 18"))


def strings() -> list[str]:
    """Return every fifth reference string of both sets."""
    return [
        json.loads(line)["raw"]
        for name in ("anystyle-core.jsonl", "grobid-train.jsonl")
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()[::5]
    ]


def measured(texts: list[str], *, empty: bool) -> float:
    """Return references a second of CPU time."""
    if empty:
        _look.cache_clear()
        parse_name.cache_clear()
        score.cache_clear()
    start = time.process_time()
    for text in texts:
        read_reference(text).entry()
    return len(texts) / (time.process_time() - start)


def main() -> str:
    """Return the table."""
    texts = strings()
    read_reference("The model is loaded once. 1999.")
    cold = max(measured(texts, empty=True) for _ in range(RUNS))
    warm = max(measured(texts, empty=False) for _ in range(RUNS))
    rows = [
        "## Reference strings\n",
        f"References a second, one core, {len(texts):,} strings, best of {RUNS} runs.\n",
        "| tool | references a second |",
        "|---|---|",
        f"| pubkit, empty caches | {cold:,.0f} |",
        f"| pubkit, words met before | {warm:,.0f} |",
        *(f"| {name} | {speed} |" for name, speed in PEERS),
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(main())
