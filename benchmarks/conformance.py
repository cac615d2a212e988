"""Compare bibliographies with citeproc-js: `python -m benchmarks.conformance [STYLE …] [--diff]`.

Prints for each style how many of the 1,000 items of bench/mixed-1k.csl.json come out the same, as text, in
the style's own default locale; with --diff also the entries that do not.
"""

from __future__ import annotations

import json
import sys

from benchmarks.peers import citeproc_js
from pubkit.csl import Engine
from pubkit.csl.styles import styles_folder
from tests.conftest import DATA

STYLES = (
    "apa",
    "association-for-computing-machinery",
    "ieee",
    "modern-language-association",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "nature",
    "nlm-citation-sequence",
    "harvard-cite-them-right",
    "american-medical-association",
    "associacao-brasileira-de-normas-tecnicas",
    "gost-r-7-0-5-2008",
    "china-national-standard-gb-t-7714-2015-numeric",
    "din-1505-2",
)
ITEMS = DATA / "bench/mixed-1k.csl.json"


def compare(styles: list[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Return for each style the entries that differ: id, ours, theirs."""
    items = json.loads(ITEMS.read_text(encoding="utf-8"))
    differences = {}
    for run in citeproc_js.run(ITEMS, [styles_folder() / f"{style}.csl" for style in styles]):
        ours = {entry.id: entry.text for entry in Engine(run.style, items).bibliography(to="text").entries}
        differences[run.style] = [
            (key, ours.get(key, ""), text.strip())
            for key, text in run.entries
            if ours.get(key, "").strip() != text.strip()
        ]
    return differences


def main(arguments: list[str]) -> None:
    reason = citeproc_js.available()
    if reason:
        raise SystemExit(f"citeproc-js cannot run: {reason}")
    styles = [name for name in arguments if not name.startswith("-")] or list(STYLES)
    print("| style | identical of 1,000 |\n|---|---|")
    for style, found in compare(styles).items():
        print(f"| {style} | {1000 - len(found)} |")
        if "--diff" in arguments:
            for key, ours, theirs in found:
                print(f"\n{key}\n  pubkit      {ours}\n  citeproc-js {theirs}")


if __name__ == "__main__":
    main(sys.argv[1:])
