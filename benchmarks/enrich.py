"""`pubkit enrich` from a local index: how sure, how complete, how fast.

2,000 entries of a set are damaged by `benchmarks.damage`, a tenth of them taken out of the index, and
completed from it. Precision: accepted records that are the right ones. Recall: right records accepted, of
the entries that the rules can reach. `python -m benchmarks.enrich [SET.bib…]`; `--errors` shows what went
wrong.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from pathlib import Path

import pubkit as pk
from benchmarks.damage import Damaged, damage
from pubkit.enrich.index import LocalIndex
from pubkit.model.library import Library
from tests.conftest import DATA

SETS = ("dblp-10k.bib", "mixed-10k.bib", "dblp-55k.bib.gz")
ENTRIES = 2000
_COMPLETE_KEYS = 15  # of the wrong ones, so many are shown


def measure(path: Path, *, errors: bool) -> str:
    """Return the row of a set."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        library = pk.read_string(stream.read(), "bibtex")
    whole = [entry for entry in library if entry.get("title") and entry.get("author") and entry.key]
    chosen = random.Random(7).sample(whole, ENTRIES)  # a benchmark
    damaged = damage(chosen)
    absent = {entry.key for entry, made in zip(chosen, damaged, strict=True) if not made.truth}
    started = time.process_time()
    index = LocalIndex([entry for entry in library if entry.key not in absent], path.name)
    built = time.process_time() - started
    started = time.process_time()
    done = pk.enrich(Library(tuple(made.entry for made in damaged)), index)
    took = time.process_time() - started
    taken = {key: found[0].record for key, found in done.matches.items()}
    proposed = {each.entry: each.origin.record for each in reversed(done.proposed)}
    right = [made for made in damaged if made.truth and taken.get(made.entry.key) == made.truth]
    reachable = [made for made in damaged if made.reachable]
    reached = [made for made in reachable if taken.get(made.entry.key) == made.truth]
    left = [made for made in damaged if made.truth and made.entry.key not in taken]
    offered = [
        made
        for made in left
        if any(
            each.entry == made.entry.key and each.origin.record == made.truth
            for each in (*done.proposed, *done.preprints)
        )
    ]
    if errors:
        _show(damaged, taken, proposed, index)
    precision, recall = len(right) / len(taken), len(reached) / len(reachable)
    return (
        f"| {path.name} | {len(index):,} | {precision:.2%} | {recall:.2%} "
        f"({len(reachable):,}) | {len(offered)} of {len(left)} | {ENTRIES / took:,.0f} | {built:.1f} |"
    )


def _show(damaged: list[Damaged], taken: dict[str, str], proposed: dict[str, str], index: LocalIndex) -> None:
    wrong = [made for made in damaged if made.entry.key in taken and taken[made.entry.key] != made.truth]
    missed = [made for made in damaged if made.reachable and made.entry.key not in taken]
    for name, found in (("wrong", wrong), ("missed", missed)):
        print(f"{name}: {len(found)}")
        for made in found[:_COMPLETE_KEYS]:
            entry = made.entry
            print(
                f"  {sorted(made.done)} {entry.get('date')} {entry.get('author', '')[:40]} | {entry['title']}"
            )
            print(f"    truth {made.truth}, taken {taken.get(entry.key)}, proposed {proposed.get(entry.key)}")


def main(arguments: list[str]) -> None:
    names = [name for name in arguments if not name.startswith("-")]
    print("| set | records | precision | recall (reachable) | others proposed | entries/s | index, CPU s |")
    print("|---|---|---|---|---|---|---|")
    for path in map(Path, names) if names else [DATA / "bench" / name for name in SETS]:
        print(measure(path, errors="--errors" in arguments), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
