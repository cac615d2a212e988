"""How fast single reference strings are read, from text to entry: `python -m benchmarks references`.

All strings of the two measured sets, each read once, in one process on one core, in CPU time. The first pass starts
with empty caches; the second finds the words of the first, as in a long list.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from pubkit.formats.paperlist.reference import read_reference

DATA = Path(__file__).parents[2] / "shared" / "data" / "refs"
# What others need for the same work, measured on the same machine; see docs/paper-lists.md.
PEERS = (("AnyStyle 1.6", "206 to 412"), ("refextract 1.1.7", "7 to 18"))


def strings() -> list[str]:
    """Return the reference strings of both sets."""
    return [
        json.loads(line)["raw"]
        for name in ("anystyle-core.jsonl", "grobid-train.jsonl")
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    ]


def measured(texts: list[str]) -> float:
    """Return references a second of CPU time."""
    start = time.process_time()
    for text in texts:
        read_reference(text).entry()
    return len(texts) / (time.process_time() - start)


def main() -> str:
    """Return the table."""
    texts = strings()
    read_reference("The model is loaded once. 1999.")
    cold, warm = measured(texts), measured(texts)
    rows = [
        f"## Reference strings\n\nReferences a second, one core, {len(texts):,} strings.\n",
        "| tool | references a second |",
        "|---|---|",
        f"| pubkit, empty caches | {cold:,.0f} |",
        f"| pubkit, second pass | {warm:,.0f} |",
        *(f"| {name} | {speed} |" for name, speed in PEERS),
    ]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(main())
